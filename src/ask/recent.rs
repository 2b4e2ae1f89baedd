//! What is kept while the pages of a place are drawn. Several of them show the same comparison, and
//! it is worked out once. It depends on its two documents alone, so that no page can tell whether it
//! was kept; when other places are drawn it is dropped.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::Ask;
use crate::archive::DocumentId;
use crate::compare::{ComparedText, Comparison, TextWords, compare};
use crate::report::OpenDocument;

/// So many documents and comparisons are kept at a time: those of the places that some threads draw.
const MOST: usize = 48;
/// The words of a text of more bytes are counted by every page.
const LARGEST: usize = 1 << 20;

/// What was counted and compared lately.
#[derive(Debug, Default)]
pub(crate) struct RecentAnswers {
    words: RecentlyMade<DocumentId, TextWords>,
    found: RecentlyMade<(DocumentId, DocumentId), Comparison>,
}

impl<'a> Ask<'a> {
    /// A document as it is compared, by its place in the archive.
    pub(crate) fn compared_text(&self, at: DocumentId) -> ComparedText<'a> {
        let OpenDocument { source, parsed, .. } = self.text(at);
        let is_small = source.text().len() <= LARGEST;
        let words = if is_small { self.kept.words.get(at, TextWords::default) } else { Arc::default() };
        ComparedText::of(source, parsed).with(TextWords::clone(&words))
    }

    /// Two documents compared, by their places in the archive.
    pub(crate) fn found(&self, before: DocumentId, after: DocumentId) -> Arc<Comparison> {
        let make = || compare(&self.compared_text(before), &self.compared_text(after));
        for at in [before, after] {
            self.text(at);
        }
        self.kept.found.get((before, after), make)
    }
}

/// What was made last, the newest first.
#[derive(Debug)]
struct RecentlyMade<K, V>(Mutex<VecDeque<(K, Arc<V>)>>);

impl<K, V> Default for RecentlyMade<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: PartialEq, V> RecentlyMade<K, V> {
    /// What was made for `key`, or what `make` makes. Nobody waits for another thread that makes the
    /// same; that is rare.
    fn get(&self, key: K, make: impl FnOnce() -> V) -> Arc<V> {
        if let Some(kept) = self.find(&key) {
            return kept;
        }
        let made = Arc::new(make());
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.truncate(MOST - 1);
        all.push_front((key, Arc::clone(&made)));
        made
    }

    fn find(&self, key: &K) -> Option<Arc<V>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.iter().find(|(kept, _)| kept == key).map(|(_, value)| Arc::clone(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_made_lately_is_not_made_again_and_the_oldest_is_dropped() {
        let lately = RecentlyMade::default();
        for key in 0..=MOST {
            assert_eq!(*lately.get(key, || key * 10), key * 10);
        }
        assert_eq!(*lately.get(MOST, || unreachable!("it is kept")), MOST * 10);
        assert_eq!(*lately.get(0, || 8), 8);
        assert_eq!(*lately.get(0, || 9), 8);
    }
}
