//! What the documents of one place said first, word for word and but for their figures.

use super::{SayingsOf, Voice};

/// The sentences of a place, each with the first of its voices that has it.
pub(super) struct OwnSentences {
    exact: Vec<KeyedVoice>,
    masked: Vec<KeyedVoice>,
}

/// A number, and the place of a voice among those of the place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct KeyedVoice {
    key: u64,
    voice: u32,
}

impl OwnSentences {
    /// The sentences of all voices of a place, which come oldest first.
    pub(super) fn of(voices: &[Voice], said: &SayingsOf<'_>) -> Self {
        let (mut exact, mut masked) = (Vec::new(), Vec::new());
        for (voice, number) in voices.iter().zip(0..) {
            for saying in said(voice.document).all().filter(|saying| saying.is_own) {
                exact.push(KeyedVoice { key: saying.exact, voice: number });
                masked.extend(saying.masked.map(|key| KeyedVoice { key, voice: number }));
            }
        }
        Self { exact: firsts(exact), masked: firsts(masked) }
    }

    /// The first voice that says so word for word.
    pub(super) fn exact(&self, key: u64) -> Option<u32> {
        find(&self.exact, key)
    }

    /// The first voice that says so but for its figures.
    pub(super) fn masked(&self, key: u64) -> Option<u32> {
        find(&self.masked, key)
    }
}

fn firsts(mut entries: Vec<KeyedVoice>) -> Vec<KeyedVoice> {
    entries.sort_unstable();
    entries.dedup_by_key(|entry| entry.key);
    entries
}

fn find(entries: &[KeyedVoice], key: u64) -> Option<u32> {
    entries.binary_search_by_key(&key, |entry| entry.key).ok().map(|at| entries[at].voice)
}
