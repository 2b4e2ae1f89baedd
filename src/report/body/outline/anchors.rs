//! Anchors: those that are made of words, and what keeps every anchor of a document its own.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The anchors that are given, and how often each was asked for: a text may repeat one
/// heading thousands of times.
#[derive(Default)]
pub(super) struct Anchors(BTreeMap<String, usize>);

impl Anchors {
    /// What makes `base` an anchor of its own: nothing, `-b`, `-c` … `-z`, `-27` and so on.
    pub(super) fn take(&mut self, base: &str) -> String {
        let Some(asked) = self.0.get(base) else {
            self.0.insert(base.to_owned(), 1);
            return String::new();
        };
        let mut asked = (*asked).max(1);
        let suffix = loop {
            asked += 1;
            let suffix = match asked {
                number @ ..=26 => format!("-{}", char::from(b'a' + u8::try_from(number - 1).unwrap_or(25))),
                number => format!("-{number}"),
            };
            let anchor = format!("{base}{suffix}");
            if let Entry::Vacant(free) = self.0.entry(anchor) {
                // Nobody has asked for this one itself.
                free.insert(0);
                break suffix;
            }
        };
        self.0.insert(base.to_owned(), asked);
        suffix
    }
}

/// An anchor from the words of an unnumbered heading. It never looks like one of the page's
/// own or like a path of ordinals.
pub(super) fn text_anchor(text: &str) -> String {
    let mut anchor = String::new();
    for c in text.trim().chars().take(40) {
        match c {
            c if c.is_alphanumeric() => anchor.extend(c.to_lowercase()),
            _ if anchor.ends_with('-') || anchor.is_empty() => {}
            _ => anchor.push('-'),
        }
    }
    let anchor = anchor.trim_end_matches('-');
    let kept = ["sec-", "w-", "page-", "fn", "fig-"].iter().any(|prefix| anchor.starts_with(prefix));
    match anchor {
        "" => "section".into(),
        anchor if kept || anchor.is_ascii() => format!("h-{anchor}"),
        anchor => anchor.into(),
    }
}
