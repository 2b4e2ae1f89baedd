//! Emphasis as writers of Chinese mean it. CommonMark asks for a space between a closing `**` behind
//! punctuation and the word that follows, and Chinese has no such spaces: `**加强领导。**全年` would
//! show its stars. Here Han punctuation counts as a letter, and so does Han text beside any other
//! punctuation, as in the proposal “CJK friendly emphasis” for CommonMark. Between other scripts
//! nothing changes, but that one `~` is a sign of ranges and strikes nothing out.
//!
//! The parser's own pairs are taken apart into their marks again, and the marks of each paragraph
//! are paired anew by the algorithm of CommonMark. Code, HTML and addresses hold no marks.

use std::collections::{BTreeMap, VecDeque};
use std::ops::Range;

use memchr::memchr3;
use pulldown_cmark::{CowStr, Event, Tag, TagEnd};

/// An event of the parser and where it stands.
pub(super) type PlacedEvent<'a> = (Event<'a>, Range<usize>);

/// The events of a text with its emphasis paired anew.
pub(super) struct PairedEvents<'a, I> {
    events: I,
    text: &'a str,
    /// What is written between two blocks, until the second one begins.
    inline: Vec<PlacedEvent<'a>>,
    ready: VecDeque<PlacedEvent<'a>>,
    in_code: bool,
    /// Whether the last words that wait stand in the text byte for byte.
    is_exact: bool,
}

impl<'a, I: Iterator<Item = PlacedEvent<'a>>> PairedEvents<'a, I> {
    /// The events that the parser found in `text`.
    pub(super) fn new(text: &'a str, events: I) -> Self {
        Self { events, text, inline: Vec::new(), ready: VecDeque::new(), in_code: false, is_exact: false }
    }

    /// Takes in what stands in a line. The parser parts words at every character that might have
    /// been a mark; they become one again.
    fn take(&mut self, event: Event<'a>, range: Range<usize>) {
        let is_exact = matches!(&event, Event::Text(words) if **words == self.text[range.clone()]);
        let goes_on = self.is_exact && is_exact;
        self.is_exact = is_exact;
        match self.inline.last_mut() {
            Some((Event::Text(words), before)) if goes_on && before.end == range.start => {
                before.end = range.end;
                *words = CowStr::Borrowed(&self.text[before.clone()]);
            }
            _ => self.inline.push((event, range)),
        }
        // Looked at each time that there are twice as many, all are looked at twice.
        if self.inline.len() >= MANY && self.inline.len().is_power_of_two() {
            self.let_go();
        }
    }

    /// Lets go of what waits, where no mark is among it: marks pair with marks alone. What was taken
    /// in last stays, because the next mark may stand beside it.
    fn let_go(&mut self) {
        let starts = self.inline.iter().filter(|(event, _)| matches!(event, Event::Start(_))).count();
        let ends = self.inline.iter().filter(|(event, _)| matches!(event, Event::End(_))).count();
        if starts == ends && !self.is_marked() {
            let last = self.inline.pop();
            self.ready.extend(self.inline.drain(..));
            self.inline.extend(last);
        }
    }

    /// Whether anything that waits may be a mark.
    fn is_marked(&self) -> bool {
        self.inline.iter().any(|(event, range)| match event {
            Event::Text(_) => memchr3(b'*', b'_', b'~', self.text[range.clone()].as_bytes()).is_some(),
            Event::Start(tag) => is_emphasis(tag.to_end()),
            _ => false,
        })
    }

    fn flush(&mut self) {
        self.is_exact = false;
        let is_marked = self.is_marked();
        let inline = std::mem::take(&mut self.inline);
        let paired = if is_marked { pair(self.text, inline) } else { inline };
        // Nothing was ready, or nothing would have been read.
        self.ready = paired.into();
    }
}

impl<'a, I: Iterator<Item = PlacedEvent<'a>>> Iterator for PairedEvents<'a, I> {
    type Item = PlacedEvent<'a>;

    fn next(&mut self) -> Option<PlacedEvent<'a>> {
        while self.ready.is_empty() {
            let Some((event, range)) = self.events.next() else {
                self.flush();
                return self.ready.pop_front();
            };
            match event {
                Event::Start(Tag::CodeBlock(_)) => self.in_code = true,
                Event::End(TagEnd::CodeBlock) => self.in_code = false,
                _ => {}
            }
            let stays = self.in_code || !is_inline(&event);
            match stays {
                true => {
                    self.flush();
                    self.ready.push_back((event, range));
                }
                false => self.take(event, range),
            }
        }
        self.ready.pop_front()
    }
}

/// So many events of one block do not wait for its end, if they need not.
const MANY: usize = 1 << 10;

/// What marks emphasis.
const MARKS: [char; 3] = ['*', '_', '~'];

fn is_emphasis(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
}

fn is_inline(event: &Event<'_>) -> bool {
    let is_inline_tag = |tag| is_emphasis(tag) || matches!(tag, TagEnd::Link | TagEnd::Image);
    match event {
        Event::Start(tag) => is_inline_tag(tag.to_end()),
        Event::End(tag) => is_inline_tag(*tag),
        Event::Html(_) | Event::Rule => false,
        _ => true,
    }
}

/// What stands between two blocks: marks, and all else as the parser found it.
enum Strand<'a> {
    Other(PlacedEvent<'a>),
    Marks(usize),
}

/// A run of one mark.
struct MarkRun {
    mark: char,
    range: Range<usize>,
    can_open: bool,
    can_close: bool,
    /// How many marks are not paired yet, those in the middle.
    left: usize,
    /// How many marks each pair takes that ends or begins here, outermost last.
    closes: Vec<usize>,
    opens: Vec<usize>,
}

/// Pairs the marks among `events`, which stand in one block of `text`.
fn pair<'a>(text: &'a str, events: Vec<PlacedEvent<'a>>) -> Vec<PlacedEvent<'a>> {
    let (tokens, mut runs) = tokens(text, events);
    let mut openers = Openers::default();
    for token in &tokens {
        match token {
            Strand::Marks(at) => openers.meet(&mut runs, *at),
            // What stands in a link is paired there.
            Strand::Other((Event::Start(_), _)) => openers.enter(),
            Strand::Other((Event::End(_), _)) => openers.leave(),
            Strand::Other(_) => {}
        }
    }
    let mut paired = Vec::with_capacity(tokens.len());
    for token in tokens {
        match token {
            Strand::Other(event) => paired.push(event),
            Strand::Marks(at) => runs[at].write(text, &mut paired),
        }
    }
    paired
}

/// Takes the pairs of the parser apart, and finds the marks that it left in the text.
fn tokens<'a>(text: &'a str, events: Vec<PlacedEvent<'a>>) -> (Vec<Strand<'a>>, Vec<MarkRun>) {
    let whole = extent(&events);
    let mut gathered =
        EmphasisText { text, whole, tokens: Vec::with_capacity(events.len()), runs: Vec::new() };
    let mut seen = 0;
    for (event, range) in events {
        let end = range.end;
        match &event {
            Event::Start(tag) if is_emphasis(tag.to_end()) => {
                let length = length(&text[range.clone()], tag.to_end());
                gathered.marks(range.start..range.start + length);
                seen = seen.max(range.start + length);
                continue;
            }
            Event::End(tag) if is_emphasis(*tag) => {
                let length = length(&text[range.clone()], *tag);
                gathered.marks(range.end - length..range.end);
            }
            Event::Text(words) if **words == text[range.clone()] => {
                // A backslash that no event has takes its meaning from the mark behind it.
                let escaped = range.start > seen && text[..range.start].ends_with('\\');
                gathered.words(range, escaped);
            }
            Event::Start(_) => {
                seen = seen.max(range.start + 1);
                gathered.tokens.push(Strand::Other((event, range)));
                continue;
            }
            _ => gathered.tokens.push(Strand::Other((event, range))),
        }
        seen = seen.max(end);
    }
    gathered.flank();
    (gathered.tokens, gathered.runs)
}

/// From the first to the last byte of `events`.
fn extent(events: &[PlacedEvent<'_>]) -> Range<usize> {
    let start = events.first().map_or(0, |(_, range)| range.start);
    start..events.iter().map(|(_, range)| range.end).max().unwrap_or(start)
}

/// How many marks a pair of the parser has on each side.
fn length(words: &str, tag: TagEnd) -> usize {
    match tag {
        TagEnd::Emphasis => 1,
        TagEnd::Strikethrough if !words.starts_with("~~") => 1,
        _ => 2,
    }
}

struct EmphasisText<'a> {
    text: &'a str,
    whole: Range<usize>,
    tokens: Vec<Strand<'a>>,
    runs: Vec<MarkRun>,
}

impl EmphasisText<'_> {
    /// Takes in marks, which may go on from the last ones.
    fn marks(&mut self, range: Range<usize>) {
        let mark = self.text[range.clone()].chars().next().unwrap_or('*');
        if let (Some(Strand::Marks(_)), Some(last)) = (self.tokens.last(), self.runs.last_mut())
            && last.range.end == range.start
            && last.mark == mark
        {
            last.range.end = range.end;
            return;
        }
        self.tokens.push(Strand::Marks(self.runs.len()));
        self.runs.push(MarkRun {
            mark,
            range,
            can_open: false,
            can_close: false,
            left: 0,
            closes: Vec::new(),
            opens: Vec::new(),
        });
    }

    /// Takes in a text with the marks that stand in it. One that is escaped is a character.
    fn words(&mut self, range: Range<usize>, escaped: bool) {
        let mut at = range.start;
        let mut from = at + usize::from(escaped && self.text[at..].starts_with(MARKS));
        while let Some(found) = self.text[from..range.end].find(MARKS) {
            let start = from + found;
            let mark = &self.text[start..=start];
            let rest = &self.text[start..range.end];
            let end = start + (rest.len() - rest.trim_start_matches(mark).len());
            self.plain(at..start);
            self.marks(start..end);
            (at, from) = (end, end);
        }
        self.plain(at..range.end);
    }

    fn plain(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            let words = CowStr::Borrowed(&self.text[range.clone()]);
            self.tokens.push(Strand::Other((Event::Text(words), range)));
        }
    }

    /// Finds what each run can do by what stands on both sides of it.
    fn flank(&mut self) {
        for run in &mut self.runs {
            let before = self.text[self.whole.start..run.range.start].chars().next_back();
            let behind = self.text[run.range.end..self.whole.end].chars().next();
            (run.can_open, run.can_close) = flanks(run, before, behind);
            run.left = run.range.len();
        }
    }
}

/// Whether a run can open emphasis between two characters, and whether it can close it.
fn flanks(run: &MarkRun, before: Option<char>, behind: Option<char>) -> (bool, bool) {
    let (before, behind) = (before.unwrap_or(' '), behind.unwrap_or(' '));
    let flanks = |outer: char, inner: char| {
        !inner.is_whitespace()
            && (!is_foreign_mark(inner)
                || outer.is_whitespace()
                || is_punctuation(outer)
                || is_eastern(outer))
    };
    let (left, right) = (flanks(before, behind), flanks(behind, before));
    let two = run.range.len() == 2;
    match run.mark {
        // Inside a word it is a letter; a Han sentence that ends in it is no word.
        '_' => {
            let ends = |c: char| two && is_eastern(c) && is_punctuation(c);
            (
                left && (!right || is_punctuation(before) || ends(behind)),
                right && (!left || is_punctuation(behind) || ends(before)),
            )
        }
        '~' => (left && two, right && two),
        _ => (left, right),
    }
}

/// Han characters and the punctuation that is set with them.
fn is_eastern(c: char) -> bool {
    c >= '\u{2e80}' || matches!(c, '\u{b7}' | '\u{2014}'..='\u{2026}' | '\u{2460}'..='\u{24ff}')
}

fn is_punctuation(c: char) -> bool {
    match c.is_ascii() {
        true => c.is_ascii_punctuation(),
        false => !c.is_alphanumeric() && !c.is_whitespace() && !c.is_control(),
    }
}

fn is_foreign_mark(c: char) -> bool {
    is_punctuation(c) && !is_eastern(c)
}

/// The runs that wait for their other half, the innermost last.
#[derive(Default)]
struct Openers {
    waiting: Vec<usize>,
    /// Where the runs of each link begin that is open.
    scopes: Vec<usize>,
    /// Below what number of waiting runs there is nothing for a closer of this kind.
    bottoms: BTreeMap<(char, bool, usize), usize>,
}

impl Openers {
    fn enter(&mut self) {
        self.scopes.push(self.waiting.len());
        self.bottoms.clear();
    }

    fn leave(&mut self) {
        self.waiting.truncate(self.scopes.pop().unwrap_or_default());
        self.bottoms.clear();
    }

    /// Pairs the run at `at` with those that wait; what is left of it may wait in turn.
    fn meet(&mut self, runs: &mut [MarkRun], at: usize) {
        let (mark, length) = (runs[at].mark, runs[at].range.len());
        let key = (mark, runs[at].can_open, length % 3);
        while runs[at].can_close && runs[at].left > 0 {
            let bottom = self.bottoms.get(&key).copied().unwrap_or_default();
            let bottom = bottom.max(self.scopes.last().copied().unwrap_or_default());
            let from = bottom.min(self.waiting.len());
            let found = self.waiting[from..].iter().rposition(|other| fit(&runs[*other], &runs[at]));
            let Some(found) = found.map(|found| found + from) else {
                self.bottoms.insert(key, self.waiting.len());
                break;
            };
            let other = self.waiting[found];
            let taken = if runs[other].left >= 2 && runs[at].left >= 2 { 2 } else { 1 };
            runs[other].opens.push(taken);
            runs[at].closes.push(taken);
            runs[other].left -= taken;
            runs[at].left -= taken;
            self.waiting.truncate(found + usize::from(runs[other].left > 0));
            // What waits from now on stands where others stood in which nothing was found.
            let waiting = self.waiting.len();
            self.bottoms.values_mut().for_each(|bottom| *bottom = waiting.min(*bottom));
        }
        if runs[at].can_open && runs[at].left > 0 {
            self.waiting.push(at);
        }
    }
}

/// Whether one run can be opened by another; the rule of three keeps `*a**b*` in one piece.
fn fit(opener: &MarkRun, closer: &MarkRun) -> bool {
    let (first, second) = (opener.range.len(), closer.range.len());
    let both = opener.can_close || closer.can_open;
    let threes =
        both && (first + second).is_multiple_of(3) && !(first.is_multiple_of(3) && second.is_multiple_of(3));
    opener.mark == closer.mark && !threes
}

impl MarkRun {
    /// Writes what has become of the run: what ends, marks that stay as they are, what begins.
    fn write<'a>(&self, text: &'a str, out: &mut Vec<PlacedEvent<'a>>) {
        let mut at = self.range.start;
        let mut step = |length: usize| {
            at += length;
            at - length..at
        };
        for length in &self.closes {
            out.push((Event::End(self.tag(*length).to_end()), step(*length)));
        }
        if self.left > 0 {
            let range = step(self.left);
            out.push((Event::Text(CowStr::Borrowed(&text[range.clone()])), range));
        }
        for length in self.opens.iter().rev() {
            out.push((Event::Start(self.tag(*length)), step(*length)));
        }
    }

    fn tag(&self, length: usize) -> Tag<'static> {
        match (self.mark, length) {
            ('~', _) => Tag::Strikethrough,
            (_, 2) => Tag::Strong,
            _ => Tag::Emphasis,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Options, Parser, html};

    use super::*;

    fn own(text: &str) -> String {
        let events =
            Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TABLES).into_offset_iter();
        let mut out = String::new();
        html::push_html(&mut out, PairedEvents::new(text, events).map(|(event, _)| event));
        out.trim_end().trim_start_matches("<p>").trim_end_matches("</p>").to_owned()
    }

    fn of_the_parser(text: &str) -> String {
        let mut out = String::new();
        html::push_html(&mut out, Parser::new(text));
        out.trim_end().trim_start_matches("<p>").trim_end_matches("</p>").to_owned()
    }

    #[test]
    fn marks_behind_much_else_are_paired_and_little_waits_for_them() {
        let much = "甲<br>".repeat(2 * MANY);
        assert_eq!(own(&format!("{much}**乙。**丙")), format!("{much}<strong>乙。</strong>丙"));
        assert_eq!(own(&format!("**乙{much}。**丙")), format!("<strong>乙{much}。</strong>丙"));
        let linked = format!("[乙{much}**丙。**丁](/a)");
        let expected = format!("<a href=\"/a\">乙{much}<strong>丙。</strong>丁</a>");
        assert_eq!(own(&linked), expected);
        let mut paired = PairedEvents::new(&much, Parser::new(&much).into_offset_iter());
        let most = std::iter::from_fn(|| paired.next().map(|_| paired.inline.len())).max();
        assert!(most.is_some_and(|most| most <= MANY), "{most:?}");
    }

    #[test]
    fn what_stands_between_the_stars_is_bold() {
        let table = [
            ("**（二）健全制度。**全市开会。", "<strong>（二）健全制度。</strong>全市开会。"),
            ("3.**依法行政。**全市", "3.<strong>依法行政。</strong>全市"),
            (
                "**学习，**落实。印发**《办法》**两份",
                "<strong>学习，</strong>落实。印发<strong>《办法》</strong>两份",
            ),
            (
                "印发**“清单”**。*《甲》*和***《乙》***丙",
                "印发<strong>“清单”</strong>。<em>《甲》</em>和<em><strong>《乙》</strong></em>丙",
            ),
            ("全市**(三)开会.**共", "全市<strong>(三)开会.</strong>共"),
            ("删~~（旧）~~新", "删<del>（旧）</del>新"),
            ("__（一）学习。__全市", "<strong>（一）学习。</strong>全市"),
            ("9~12时，14~17时", "9~12时，14~17时"),
            ("甲__乙__丙，甲_乙_丙", "甲__乙__丙，甲_乙_丙"),
            (
                "[**甲。**乙](/a)**丙。**丁",
                "<a href=\"/a\"><strong>甲。</strong>乙</a><strong>丙。</strong>丁",
            ),
            (
                "`**甲。**乙`和<i title=\"**。**\">丙</i>",
                "<code>**甲。**乙</code>和<i title=\"**。**\">丙</i>",
            ),
            ("\\*\\*甲。\\*\\*乙，**甲\\*。**乙", "**甲。**乙，<strong>甲*。</strong>乙"),
            ("**甲**乙*丙", "<strong>甲</strong>乙*丙"),
            ("*a_*_a_", "<em>a_</em><em>a</em>"),
        ];
        for (text, expected) in table {
            assert_eq!(own(text), expected, "{text}");
        }
    }

    #[test]
    fn code_keeps_its_marks() {
        assert_eq!(own("    **甲。**乙"), "<pre><code>**甲。**乙</code></pre>");
    }

    #[test]
    fn marks_cost_no_more_than_their_length() {
        for text in ["**甲", "甲**。", "*a **b ", "_a*b~~", "**（"] {
            let text = text.repeat(20_000);
            let events = Parser::new_ext(&text, Options::ENABLE_STRIKETHROUGH).into_offset_iter();
            assert!(PairedEvents::new(&text, events).count() > 0);
        }
    }

    proptest! {
        #[test]
        fn other_scripts_are_read_as_the_parser_reads_them(text in "[a-c*_ .\\\\(`\\[\\]\n]{0,24}") {
            prop_assert_eq!(own(&text), of_the_parser(&text));
        }
    }
}
