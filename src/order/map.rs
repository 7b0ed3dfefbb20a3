//! Maps and sets that are in order.

use std::borrow::Borrow;
use std::fmt;

use super::tree::Tree;

/// Keys with a value each, in the order of the keys.
#[derive(Clone)]
pub struct Map<K, V> {
    /// In the order in which they came.
    entries: Vec<(K, V)>,
    tree: Tree,
}

impl<K: Ord, V> Map<K, V> {
    /// Without an entry.
    pub const fn new() -> Self {
        Map { entries: Vec::new(), tree: Tree::EMPTY }
    }

    /// How many keys it has.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a key.
    pub fn get<Q: Ord + ?Sized>(&self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entries.get(self.find(key)?).map(|(_, value)| value)
    }

    /// Whether it has the key.
    pub fn contains_key<Q: Ord + ?Sized>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.find(key).is_some()
    }

    /// Gives the key this value; what it had before.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let known = self.find(&key).and_then(|at| self.entries.get_mut(at));
        if let Some((_, known)) = known {
            return Some(std::mem::replace(known, value));
        }
        self.add(key, value);
        None
    }

    /// Changes the value of the key, which it is given first if it has none.
    pub fn update(&mut self, key: K, value: impl FnOnce() -> V, change: impl FnOnce(&mut V)) {
        let at = self.find(&key).unwrap_or_else(|| {
            self.add(key, value());
            self.entries.len() - 1
        });
        if let Some((_, value)) = self.entries.get_mut(at) {
            change(value);
        }
    }

    /// The entries, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&K, &V)> {
        let order = self.tree.in_order().into_iter();
        order.filter_map(|at| self.entries.get(at).map(|(key, value)| (key, value)))
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &K> {
        self.iter().map(|(key, _)| key)
    }

    /// The first key in order, with its value.
    pub fn first(&self) -> Option<(&K, &V)> {
        let (key, value) = self.entries.get(self.tree.first()?)?;
        Some((key, value))
    }

    fn add(&mut self, key: K, value: V) {
        let entries = &self.entries;
        self.tree.add(&|at| key.cmp(entries.get(at).map_or(&key, |(known, _)| known)));
        self.entries.push((key, value));
    }

    fn find<Q: Ord + ?Sized>(&self, key: &Q) -> Option<usize>
    where
        K: Borrow<Q>,
    {
        self.tree.find(&|at| {
            self.entries
                .get(at)
                .map_or(std::cmp::Ordering::Equal, |(known, _)| key.cmp(known.borrow()))
        })
    }
}

impl<K: Ord, V> IntoIterator for Map<K, V> {
    type Item = (K, V);
    type IntoIter = std::vec::IntoIter<(K, V)>;

    /// In order.
    fn into_iter(self) -> Self::IntoIter {
        let mut left: Vec<Option<(K, V)>> = self.entries.into_iter().map(Some).collect();
        let order = self.tree.in_order().into_iter();
        let sorted: Vec<_> = order.filter_map(|at| left.get_mut(at)?.take()).collect();
        sorted.into_iter()
    }
}

impl<K: Ord, V> FromIterator<(K, V)> for Map<K, V> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut map = Map::new();
        for (key, value) in entries {
            map.insert(key, value);
        }
        map
    }
}

impl<K: Ord, V> Default for Map<K, V> {
    fn default() -> Self {
        Map::new()
    }
}

impl<K: Ord, V: PartialEq> PartialEq for Map<K, V> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<K: Ord, V: Eq> Eq for Map<K, V> {}

impl<K: Ord + fmt::Debug, V: fmt::Debug> fmt::Debug for Map<K, V> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

/// Elements, each once, in order.
#[derive(Clone, PartialEq, Eq)]
pub struct Set<T: Ord>(Map<T, ()>);

impl<T: Ord> Set<T> {
    /// Without an element.
    pub const fn new() -> Self {
        Set(Map::new())
    }

    /// How many elements it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it has the element.
    pub fn contains<Q: Ord + ?Sized>(&self, element: &Q) -> bool
    where
        T: Borrow<Q>,
    {
        self.0.contains_key(element)
    }

    /// Adds an element; whether it was not there before.
    pub fn insert(&mut self, element: T) -> bool {
        self.0.insert(element, ()).is_none()
    }

    /// Adds the elements.
    pub fn extend(&mut self, elements: impl IntoIterator<Item = T>) {
        for element in elements {
            self.insert(element);
        }
    }

    /// The first element in order.
    pub fn first(&self) -> Option<&T> {
        self.0.first().map(|(element, ())| element)
    }

    /// The elements, in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.0.keys()
    }
}

impl<T: Ord> IntoIterator for Set<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    /// In order.
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter().map(|(element, ())| element).collect::<Vec<_>>().into_iter()
    }
}

impl<T: Ord> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(elements: I) -> Self {
        let mut set = Set::new();
        set.extend(elements);
        set
    }
}

impl<T: Ord> Default for Set<T> {
    fn default() -> Self {
        Set::new()
    }
}

impl<T: Ord + fmt::Debug> fmt::Debug for Set<T> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Map, Set};

    #[test]
    fn a_map_has_the_last_value_of_each_key_in_order() {
        let mut map: Map<String, u32> = [("b", 1), ("a", 2), ("b", 3)]
            .map(|(key, value)| (key.to_owned(), value))
            .into_iter()
            .collect();
        assert_eq!(map.get("b"), Some(&3));
        assert_eq!(map.get("c"), None);
        map.update("c".to_owned(), || 7, |value| *value += 1);
        map.update("a".to_owned(), || 7, |value| *value += 1);
        let pairs: Vec<_> = map.iter().map(|(key, value)| (key.as_str(), *value)).collect();
        assert_eq!(pairs, [("a", 3), ("b", 3), ("c", 8)]);
        assert_eq!(map.first().map(|(key, _)| key.as_str()), Some("a"));
        assert_eq!(map.insert("a".to_owned(), 0), Some(3));
        let same: Map<String, u32> = map.clone().into_iter().collect();
        assert_eq!(map, same);
        assert_eq!(format!("{map:?}"), r#"{"a": 0, "b": 3, "c": 8}"#);
    }

    #[test]
    fn a_set_has_each_element_once_in_order() {
        let mut set: Set<u32> = [3, 1, 3, 2].into_iter().collect();
        assert!(set.insert(0) && !set.insert(1));
        assert_eq!(set.first(), Some(&0));
        assert_eq!(set.len(), 4);
        assert_eq!(format!("{set:?}"), "{0, 1, 2, 3}");
        assert_eq!(set.into_iter().collect::<Vec<_>>(), [0, 1, 2, 3]);
        assert_eq!(Set::<u32>::new().first(), None);
    }
}
