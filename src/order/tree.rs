//! A search tree of indices, which knows nothing of what they stand for.

use std::cmp::Ordering;

/// No node.
const NONE: usize = usize::MAX;

/// An AA tree (Andersson 1993): a node is on the level of its right child, which is not on that of its own right child,
/// and above its left child. So no path is longer than twice the shortest.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    /// The node with an index stands for the entry with this index.
    nodes: Vec<Node>,
    root: usize,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    left: usize,
    right: usize,
    level: u32,
}

impl Tree {
    pub const EMPTY: Tree = Tree { nodes: Vec::new(), root: NONE };

    /// The entry that is looked for, which `compare` compares with an entry.
    pub fn find(&self, compare: &dyn Fn(usize) -> Ordering) -> Option<usize> {
        let mut at = self.root;
        while let Some(node) = self.nodes.get(at) {
            at = match compare(at) {
                Ordering::Less => node.left,
                Ordering::Equal => return Some(at),
                Ordering::Greater => node.right,
            };
        }
        None
    }

    /// Adds the next index, which `compare` compares with an entry.
    pub fn add(&mut self, compare: &dyn Fn(usize) -> Ordering) {
        self.nodes.push(Node { left: NONE, right: NONE, level: 1 });
        self.root = self.add_below(self.root, compare);
    }

    /// As deep as the tree is, which is at most twice the logarithm of its length.
    fn add_below(&mut self, at: usize, compare: &dyn Fn(usize) -> Ordering) -> usize {
        let Some(mut node) = self.nodes.get(at).copied() else {
            return self.nodes.len() - 1;
        };
        if compare(at).is_lt() {
            node.left = self.add_below(node.left, compare);
        } else {
            node.right = self.add_below(node.right, compare);
        }
        self.set(at, node);
        let top = self.skew(at);
        self.split(top)
    }

    /// A left child on the same level becomes the top.
    fn skew(&mut self, at: usize) -> usize {
        let Some(node) = self.nodes.get(at).copied() else { return at };
        match self.nodes.get(node.left).copied() {
            Some(left) if left.level == node.level => {
                self.set(at, Node { left: left.right, ..node });
                self.set(node.left, Node { right: at, ..left });
                node.left
            }
            _ => at,
        }
    }

    /// Of three in a row on one level, the middle one becomes the top.
    fn split(&mut self, at: usize) -> usize {
        let Some(node) = self.nodes.get(at).copied() else { return at };
        let Some(right) = self.nodes.get(node.right).copied() else { return at };
        match self.nodes.get(right.right) {
            Some(last) if last.level == node.level => {
                self.set(at, Node { right: right.left, ..node });
                self.set(node.right, Node { left: at, level: right.level + 1, ..right });
                node.right
            }
            _ => at,
        }
    }

    fn set(&mut self, at: usize, node: Node) {
        if let Some(place) = self.nodes.get_mut(at) {
            *place = node;
        }
    }

    /// The first in order.
    pub fn first(&self) -> Option<usize> {
        let (mut at, mut first) = (self.root, None);
        while let Some(node) = self.nodes.get(at) {
            first = Some(at);
            at = node.left;
        }
        first
    }

    /// All indices, in order.
    pub fn in_order(&self) -> Vec<usize> {
        let (mut order, mut above) = (Vec::with_capacity(self.nodes.len()), Vec::new());
        let mut at = self.root;
        loop {
            while let Some(node) = self.nodes.get(at) {
                above.push(at);
                at = node.left;
            }
            let Some(next) = above.pop() else { return order };
            order.push(next);
            at = self.nodes.get(next).map_or(NONE, |node| node.right);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Tree, NONE};

    fn depth(tree: &Tree, at: usize) -> usize {
        let node = tree.nodes.get(at);
        node.map_or(0, |node| 1 + depth(tree, node.left).max(depth(tree, node.right)))
    }

    #[test]
    fn whatever_the_order_of_the_keys_the_tree_is_shallow_and_in_order() {
        let orders: [fn(usize) -> usize; 4] = [
            |i| i,
            |i| 10_000 - i,
            |i| i * 7_919 % 10_007,
            |i| if i % 2 == 0 { i } else { 20_000 - i },
        ];
        for key in orders {
            let mut tree = Tree::EMPTY;
            for i in 0..10_000 {
                assert_eq!(tree.find(&|at| key(i).cmp(&key(at))), None);
                tree.add(&|at| key(i).cmp(&key(at)));
            }
            assert!((0..10_000).all(|i| tree.find(&|at| key(i).cmp(&key(at))) == Some(i)));
            let keys: Vec<_> = tree.in_order().into_iter().map(key).collect();
            assert!(keys.len() == 10_000 && keys.is_sorted());
            assert!(depth(&tree, tree.root) <= 28, "{}", depth(&tree, tree.root));
        }
        assert_eq!(Tree::EMPTY.find(&|_| std::cmp::Ordering::Equal), None);
        assert_eq!(Tree::EMPTY.root, NONE);
    }
}
