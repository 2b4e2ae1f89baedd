//! What changed in a document since the site was last built into `public/`. The manifest there
//! names every published file with its digest, and the source of each document is published
//! beside its page, so the two texts can be held against each other line by line. A file whose
//! bytes are not what the manifest says is not believed.

use std::ops::Range;

use camino::Utf8Path;
use imara_diff::{Algorithm, Diff, InternedInput};
use pulldown_cmark::{CowStr, Event, Parser};
use serde::Serialize;

use super::finished::BuiltSite;
use super::press::FindingManner;
use crate::compare::{self, ComparedText};
use crate::report;
use crate::route::Route;
use crate::site::FileDigest;
use crate::source::Source;

/// More changes than these are counted, not shown.
const MOST_CHANGES: usize = 40;

/// So many characters of what did not change are shown beside what did.
const CONTEXT: usize = 14;

/// So many characters of a line that is new or gone are shown.
const LONGEST_PIECE: usize = 240;

/// An address, and the document there as it is now.
pub(super) struct PresentDocument {
    /// The address of its page.
    pub(super) route: Route,
    /// The document, where there is one.
    pub(super) now: Option<CurrentVersion>,
}

/// A document as it is now.
pub(super) struct CurrentVersion {
    /// Its text.
    pub(super) source: Source,
    /// Whether it is withdrawn, so that its text is not published.
    pub(super) is_withdrawn: bool,
    /// What its page would be in the finished site; `None` where it cannot be drawn.
    pub(super) page: Option<FileDigest>,
    /// Where each section begins in the source, with its anchor.
    pub(super) sections: Vec<(usize, String)>,
    /// How links into the editor are made.
    pub(super) manner: FindingManner,
}

/// What became of a document since the last publication.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "lowercase")]
pub(super) enum SincePublication {
    /// No site has been built yet.
    Unbuilt,
    /// The document was not published.
    New,
    /// It was published as withdrawn and is not any longer.
    Returned,
    /// It is as it was published.
    Same,
    /// Its text is as it was published, and the page around it is not.
    Around,
    /// Its text is another.
    Changed {
        /// What changed, in the order of the present text.
        changes: Vec<LineChange>,
        /// How many changes are not shown.
        more: usize,
    },
    /// It was published and is withdrawn.
    Withdrawn,
    /// It was published and is no longer there, or held back as a draft.
    Gone,
    /// What is in the folder is not what its manifest says.
    Doubtful,
}

/// A line that changed.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct LineChange {
    /// `changed`, `added`, `removed` or `moved`.
    kind: &'static str,
    /// The line in the present text, or the one that stands where a removed line stood.
    line: usize,
    /// The link that opens the editor there.
    link: String,
    /// The line in both its forms.
    pieces: Vec<LinePart>,
    /// Words by which the paragraph is found on the page; empty where it shows none.
    words: String,
    /// The anchor of the section that the line is in; empty before the first one.
    anchor: String,
}

/// A stretch of a line.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(super) struct LinePart {
    /// `same`, `old` or `new`.
    kind: &'static str,
    text: String,
}

impl PresentDocument {
    /// What became of it since the site in the folder `root` was last built.
    pub(super) fn since(&self, root: &Utf8Path) -> SincePublication {
        match BuiltSite::open(root) {
            Ok(Some(finished)) => self.published_in(&finished),
            Ok(None) => SincePublication::Unbuilt,
            Err(_) => SincePublication::Doubtful,
        }
    }

    /// What became of it since that site was built.
    fn published_in(&self, finished: &BuiltSite) -> SincePublication {
        let markdown = self.route.beside("index.md").map(|route| route.output()).unwrap_or_default();
        let (text, page) = (finished.entry(&markdown), finished.entry(&self.route.output()));
        match (&self.now, text, page) {
            (_, None, None) => SincePublication::New,
            (None, ..) => SincePublication::Gone,
            (Some(now), Some(_), _) if now.is_withdrawn => SincePublication::Withdrawn,
            (Some(now), None, page) if now.is_withdrawn => now.around(page),
            (Some(_), None, Some(_)) => SincePublication::Returned,
            (Some(now), Some(_), page) => match finished.bytes(&markdown) {
                Some(bytes) => now.held_against(&String::from_utf8_lossy(&bytes), page),
                None => SincePublication::Doubtful,
            },
        }
    }
}

impl CurrentVersion {
    /// What became of a document whose text is as it was published.
    fn around(&self, page: Option<&FileDigest>) -> SincePublication {
        if page == self.page.as_ref() { SincePublication::Same } else { SincePublication::Around }
    }

    fn held_against(&self, published: &str, page: Option<&FileDigest>) -> SincePublication {
        let text = self.source.text();
        if published == text {
            return self.around(page);
        }
        let mut changes = changes(published, text);
        let more = changes.len().saturating_sub(MOST_CHANGES);
        changes.truncate(MOST_CHANGES);
        changes.iter_mut().for_each(|change| self.place(change));
        SincePublication::Changed { changes, more }
    }

    /// Says where a change is: in the file, and on the page. Front matter has no words there.
    fn place(&self, change: &mut LineChange) {
        let body = report::split(&self.source).map_or(0, |(_, body)| body.range().start);
        let at = self.start_of(change.line);
        change.link = self.manner.link(self.source.path(), change.line, 1);
        match at < body {
            true => change.words.clear(),
            false => change.anchor = self.anchor(at),
        }
    }

    /// Where a line of the source begins, counted from one.
    fn start_of(&self, line: usize) -> usize {
        self.source.text().split_inclusive('\n').take(line - 1).map(str::len).sum()
    }

    /// The anchor of the section that the line at `at` of the source is in.
    fn anchor(&self, at: usize) -> String {
        let begun = self.sections.iter().take_while(|(start, _)| *start <= at);
        begun.last().map(|(_, anchor)| anchor.clone()).unwrap_or_default()
    }
}

/// The lines that differ between two texts, empty ones left out.
fn changes(before: &str, after: &str) -> Vec<LineChange> {
    let input = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_lines(&input);
    let lines = |text| str::split_inclusive(text, '\n').map(str::trim_end).collect::<Vec<&str>>();
    let (old, new) = (lines(before), lines(after));
    let hunks = diff.hunks().map(|hunk| (range(&hunk.before), range(&hunk.after)));
    hunks.flat_map(|(left, right)| pairs(&old[left], &new[right.clone()], right.start + 1)).collect()
}

fn range(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}

/// The lines of a stretch that differs, each beside the one that it became. `first` is the
/// number of the first line of the later text.
fn pairs(before: &[&str], after: &[&str], first: usize) -> Vec<LineChange> {
    let (left, right) = (filled(before), filled(after));
    let old: Vec<&str> = left.iter().map(|at| before[*at]).collect();
    let new: Vec<&str> = right.iter().map(|at| after[*at]).collect();
    let one = ComparedText::from_parts(&[("", 0, "", old.clone())]);
    let other = ComparedText::from_parts(&[("", 0, "", new.clone())]);
    let mut changes = Vec::new();
    let mut line = first;
    for row in compare::compare(&one, &other).rows.concat().iter().filter(|row| row.counts()) {
        line = row.after.map_or(line, |at| first + right[at]);
        changes.extend(change(row.before.map(|at| old[at]), row.after.map(|at| new[at]), line));
    }
    changes
}

/// The lines that say something.
fn filled(lines: &[&str]) -> Vec<usize> {
    (0..lines.len()).filter(|at| !lines[*at].trim().is_empty()).collect()
}

/// What became of one line.
fn change(old: Option<&str>, new: Option<&str>, line: usize) -> Option<LineChange> {
    let (kind, pieces) = match (old, new) {
        (Some(old), Some(new)) if old == new => ("moved", vec![piece("same", new)]),
        (Some(old), Some(new)) => ("changed", both(old, new)),
        (Some(old), None) => ("removed", vec![piece("old", old)]),
        (None, Some(new)) => ("added", vec![piece("new", new)]),
        (None, None) => return None,
    };
    let words = new.map(as_read).unwrap_or_default();
    Some(LineChange { kind, line, link: String::new(), pieces, words, anchor: String::new() })
}

fn piece(kind: &'static str, text: &str) -> LinePart {
    let end = text.char_indices().nth(LONGEST_PIECE).map(|(at, _)| at);
    let text = end.map_or_else(|| text.to_owned(), |end| format!("{}…", &text[..end]));
    LinePart { kind, text }
}

/// A line in both its forms. Of what stayed only what stands next to a change is shown.
fn both(old: &str, new: &str) -> Vec<LinePart> {
    let found = compare::words(old, new);
    // Where only script or width differ, words are the same to the comparison.
    if !found.iter().any(|piece| piece.changed) {
        return replaced(old, new);
    }
    let last = found.len() - 1;
    let pieces = found.iter().enumerate().flat_map(|(number, found)| {
        let (left, right) = (&old[found.before.clone()], &new[found.after.clone()]);
        match found.changed {
            true => replaced(left, right),
            false => vec![LinePart { kind: "same", text: shortened(right, number > 0, number < last) }],
        }
    });
    pieces.collect()
}

/// Words in the place of others, or of none.
fn replaced(old: &str, new: &str) -> Vec<LinePart> {
    let both = [("old", old), ("new", new)].into_iter();
    both.filter(|(_, text)| !text.is_empty()).map(|(kind, text)| piece(kind, text)).collect()
}

/// What stayed, cut to what stands next to a change: at its start, its end or both.
fn shortened(text: &str, at_start: bool, at_end: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let kept = CONTEXT * (usize::from(at_start) + usize::from(at_end));
    if chars.len() <= kept + 1 {
        return text.to_owned();
    }
    let head = chars[..if at_start { CONTEXT } else { 0 }].iter();
    let tail = chars[chars.len() - if at_end { CONTEXT } else { 0 }..].iter();
    head.chain(&['…']).chain(tail).collect()
}

/// The words of a line as its page shows them, or the longest cell of a row of a table.
fn as_read(line: &str) -> String {
    if line.starts_with('|') {
        let cells = line.split('|').map(str::trim);
        return cells.max_by_key(|cell| cell.len()).unwrap_or_default().to_owned();
    }
    Parser::new(line).filter_map(words_of).map(CowStr::into_string).collect()
}

fn words_of(event: Event<'_>) -> Option<CowStr<'_>> {
    match event {
        Event::Text(text) | Event::Code(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The changes, each in a line: kind, line, pieces.
    fn told(before: &str, after: &str) -> Vec<String> {
        let piece = |piece: &LinePart| match piece.kind {
            "old" => format!("[-{}-]", piece.text),
            "new" => format!("{{+{}+}}", piece.text),
            _ => piece.text.clone(),
        };
        let line = |change: &LineChange| {
            let pieces: String = change.pieces.iter().map(piece).collect();
            format!("{} {} {pieces}", change.kind, change.line)
        };
        changes(before, after).iter().map(line).collect()
    }

    #[test]
    fn a_line_stands_beside_the_one_that_it_became() {
        let before = "一、成效\n\n全年办结行政复议案件745件。\n\n开展培训。\n";
        let after = "一、成效\n\n全年办结行政复议案件812件。\n\n新设法律援助站三处。\n";
        assert_eq!(
            told(before, after),
            [
                "changed 3 全年办结行政复议案件[-745-]{+812+}件。",
                "removed 5 [-开展培训。-]",
                "added 5 {+新设法律援助站三处。+}"
            ]
        );
    }

    #[test]
    fn what_stays_is_cut_to_what_stands_beside_a_change() {
        let long = "全市各级行政机关认真履行职责，持续推进法治政府建设各项工作";
        let found =
            told(&format!("{long}，办结745件，{long}。\n"), &format!("{long}，办结812件，{long}。\n"));
        assert_eq!(
            found,
            ["changed 1 …进法治政府建设各项工作，办结[-745-]{+812+}件，全市各级行政机关认真履行…"]
        );
    }

    #[test]
    fn every_difference_is_told_even_of_width_alone() {
        assert_eq!(told("（一）甲\n", "(一)甲\n"), ["changed 1 [-（一）甲-]{+(一)甲+}"]);
        assert_eq!(told("甲。\n", "甲。\n"), [""; 0]);
        assert_eq!(told("甲。\n", "甲。\n\n\n"), [""; 0]);
        assert_eq!(told("", "甲。\n"), ["added 1 {+甲。+}"]);
        assert_eq!(told("甲。\n", ""), ["removed 1 [-甲。-]"]);
    }

    #[test]
    fn a_line_is_found_on_the_page_by_its_words() {
        for (line, words) in [
            ("## 一、主要做法", "一、主要做法"),
            ("办结**745**件，见[去年](/a/2018/)。", "办结745件，见去年。"),
            ("- 一项", "一项"),
            ("| 复议 | 办结行政复议案件 | 745 |", "办结行政复议案件"),
            ("<b>甲</b>", "甲"),
            ("", ""),
        ] {
            assert_eq!(as_read(line), words, "{line}");
        }
    }

    #[test]
    fn a_long_line_is_cut_between_characters() {
        let cut = piece("new", &"法".repeat(LONGEST_PIECE + 1)).text;
        assert_eq!(cut.chars().count(), LONGEST_PIECE + 1);
        assert!(cut.ends_with('…'));
    }
}
