//! A text that knows of every stretch where it came from, so that what was done to a source can be
//! told, counted and undone.

use std::ops::Range;

/// A stretch of a text that is being made from a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TracedPiece {
    /// It stands in the source, at this place.
    Kept(Range<usize>),
    /// It stood in the source and is left out.
    Gone {
        /// Where in the source.
        at: Range<usize>,
        /// The rule that left it out.
        rule: &'static str,
    },
    /// It does not stand in the source.
    Made {
        /// What it says.
        text: String,
        /// The rule that made it.
        rule: &'static str,
    },
}

/// A change of what is shown: another text at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replacement {
    /// Where, in what is shown.
    pub(crate) at: Range<usize>,
    /// What is shown instead.
    pub(crate) put: String,
    /// The rule that says so.
    pub(crate) rule: &'static str,
}

/// A text with its origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Traced {
    pieces: Vec<TracedPiece>,
}

impl Traced {
    /// Its pieces, in order.
    pub(crate) fn pieces(&self) -> &[TracedPiece] {
        &self.pieces
    }

    /// Adds `piece` at its end.
    pub(crate) fn push(&mut self, piece: TracedPiece) {
        match (self.pieces.last_mut(), piece) {
            (_, TracedPiece::Kept(at) | TracedPiece::Gone { at, .. }) if at.is_empty() => {}
            (_, TracedPiece::Made { text, .. }) if text.is_empty() => {}
            (Some(TracedPiece::Kept(last)), TracedPiece::Kept(at)) if last.end == at.start => {
                last.end = at.end
            }
            (Some(TracedPiece::Gone { at: last, rule }), TracedPiece::Gone { at, rule: other })
                if last.end == at.start && *rule == other =>
            {
                last.end = at.end;
            }
            (_, piece) => self.pieces.push(piece),
        }
    }

    /// Adds `text`, which the source does not have, by `rule`.
    pub(crate) fn make(&mut self, text: impl Into<String>, rule: &'static str) {
        self.push(TracedPiece::Made { text: text.into(), rule });
    }

    /// Adds all of `other` at its end.
    pub(crate) fn append(&mut self, other: Traced) {
        other.pieces.into_iter().for_each(|piece| self.push(piece));
    }

    /// The same in a source in which it stands so many bytes later.
    pub(crate) fn shifted(self, by: usize) -> Traced {
        let shift = |piece| match piece {
            TracedPiece::Kept(at) => TracedPiece::Kept(at.start + by..at.end + by),
            TracedPiece::Gone { at, rule } => TracedPiece::Gone { at: at.start + by..at.end + by, rule },
            made => made,
        };
        Self { pieces: self.pieces.into_iter().map(shift).collect() }
    }

    /// What is shown of it, given the source.
    pub(crate) fn shown(&self, source: &str) -> String {
        let shown = |piece: &TracedPiece| match piece {
            TracedPiece::Kept(at) => source[at.clone()].to_owned(),
            TracedPiece::Gone { .. } => String::new(),
            TracedPiece::Made { text, .. } => text.clone(),
        };
        self.pieces.iter().map(shown).collect()
    }

    /// The same with all of it left out by `rule`: what was made is forgotten.
    pub(crate) fn without(self, rule: &'static str) -> Traced {
        let mut out = Self::default();
        for piece in self.pieces {
            match piece {
                TracedPiece::Kept(at) => out.push(TracedPiece::Gone { at, rule }),
                TracedPiece::Made { .. } => {}
                gone => out.push(gone),
            }
        }
        out
    }

    /// The edits that make this of its source, if all of that is in it.
    pub(crate) fn edits(&self) -> Vec<Replacement> {
        let mut edits = Vec::new();
        let mut at = 0;
        for piece in &self.pieces {
            match piece {
                TracedPiece::Kept(range) => at = range.end,
                TracedPiece::Gone { at: range, rule } => {
                    edits.push(Replacement { at: range.clone(), put: String::new(), rule });
                    at = range.end;
                }
                TracedPiece::Made { text, rule } => {
                    edits.push(Replacement { at: at..at, put: text.clone(), rule })
                }
            }
        }
        edits
    }

    /// Makes `edits`, which are in order and do not overlap. What was made before and is changed now
    /// takes the name of the later rule.
    pub(crate) fn edit(&mut self, edits: &[Replacement]) {
        if edits.is_empty() {
            return;
        }
        let mut out = Self::default();
        let mut edits = edits.iter().peekable();
        let mut at = 0;
        for piece in std::mem::take(&mut self.pieces) {
            let length = match &piece {
                TracedPiece::Kept(range) => range.len(),
                TracedPiece::Gone { .. } => 0,
                TracedPiece::Made { text, .. } => text.len(),
            };
            let mut done = 0;
            while let Some(edit) = edits.peek().filter(|edit| edit.at.start < at + length) {
                let from = edit.at.start.saturating_sub(at).max(done);
                let to = (edit.at.end - at).min(length);
                out.part(&piece, done..from);
                if edit.at.start >= at {
                    out.make(&edit.put, edit.rule);
                }
                if let TracedPiece::Kept(range) = &piece {
                    out.push(TracedPiece::Gone { at: range.start + from..range.start + to, rule: edit.rule });
                }
                done = to;
                if edit.at.end > at + length {
                    break;
                }
                edits.next();
            }
            match length {
                0 => out.push(piece),
                _ => out.part(&piece, done..length),
            }
            at += length;
        }
        for edit in edits.filter(|edit| edit.at.start >= at) {
            out.make(&edit.put, edit.rule);
        }
        *self = out;
    }

    /// Adds a part of `piece`, which shows something.
    fn part(&mut self, piece: &TracedPiece, range: Range<usize>) {
        match piece {
            TracedPiece::Kept(at) => {
                self.push(TracedPiece::Kept(at.start + range.start..at.start + range.end))
            }
            TracedPiece::Made { text, rule } => self.make(&text[range], rule),
            TracedPiece::Gone { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn edits_show_what_replacing_would(
            source in "[a-f]{0,30}",
            rounds in proptest::collection::vec(proptest::collection::vec((0usize..40, 0usize..5, "[x-z]{0,3}"), 0..6), 1..4),
        ) {
            let mut traced = Traced::default();
                traced.push(TracedPiece::Kept(0..source.len()));
            let mut shown = source.clone();
            for round in rounds {
                let mut end = 0;
                let mut edits = Vec::new();
                let mut places: Vec<_> = round.into_iter().collect();
                places.sort();
                for (at, length, put) in places {
                    let start = at.min(shown.len()).max(end);
                    let stop = (start + length).min(shown.len());
                    if start == stop && (put.is_empty() || start < end + 1) { continue; }
                    end = stop;
                    edits.push(Replacement { at: start..stop, put, rule: "test" });
                }
                for edit in edits.iter().rev() {
                    shown.replace_range(edit.at.clone(), &edit.put);
                }
                traced.edit(&edits);
                prop_assert_eq!(traced.shown(&source), shown.clone());
                let mut at = 0;
                for piece in traced.pieces() {
                    if let TracedPiece::Kept(range) | TracedPiece::Gone { at: range, .. } = piece {
                        prop_assert_eq!(range.start, at);
                        at = range.end;
                    }
                }
                prop_assert_eq!(at, source.len());
            }
        }
    }
}
