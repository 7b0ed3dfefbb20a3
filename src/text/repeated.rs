//! Which texts of a list repeat an earlier one.

use crate::sort::{sort, sort_by};

/// The indices of the texts that repeat an earlier one, in order.
pub fn repeated(texts: &[&str]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..texts.len()).collect();
    // Equal ones keep their order, so the first of them comes first.
    sort_by(&mut order, &|a, b| texts.get(*a).cmp(&texts.get(*b)));
    let mut last = None;
    order.retain(|at| std::mem::replace(&mut last, texts.get(*at)) == texts.get(*at));
    sort(&mut order);
    order
}

#[cfg(test)]
mod tests {
    use super::repeated;

    #[test]
    fn what_repeats_an_earlier_text_is_found() {
        assert_eq!(repeated(&["b", "a", "b", "", "a", "b", "c", ""]), [2, 4, 5, 7]);
        assert!(repeated(&["b", "a"]).is_empty());
        assert!(repeated(&[]).is_empty());
    }
}
