//! A letter or notice around a text: 关于印发…的通知, with its addressees, its signature and its date, and
//! behind them the title of the text that it is about.

use super::TextInWork;
use super::title;
use crate::han::ordinal;
use crate::import::facts;

/// Where a wrapper ends.
pub(super) struct WrapperEnd {
    /// The place of its last line, among those that were given.
    last: usize,
    /// What the wrapper does.
    role: &'static str,
}

/// Words that say what a wrapper does.
const ROLES: [(&str, &[&str]); 2] = [
    (
        "issuing-notice",
        &[
            "印发给",
            "印發給",
            "现印发",
            "現印發",
            "予以印发",
            "予以印發",
            "现转发",
            "現轉發",
            "转发给",
            "现予公布",
            "现予发布",
            "现公布",
            "现发布",
        ],
    ),
    (
        "covering-letter",
        &["现报送", "现呈报", "现上报", "随文报送", "现将", "現將", "请审阅", "请审示", "报告如下"],
    ),
];

/// The most paragraphs that a wrapper has.
const LONGEST: usize = 14;

/// The wrapper that the parts at `places` begin with: a day as the last line of it, with the words of a
/// notice before and a title behind.
pub(super) fn find(work: &TextInWork<'_>, places: &[usize]) -> Option<WrapperEnd> {
    let mut role = None;
    for (number, at) in places.iter().take(LONGEST).enumerate() {
        let said = work.said(*at);
        if !work.is_text(*at) || ordinal::read(&said).is_some() {
            return None;
        }
        let says = |words: &&[&str]| words.iter().any(|word| said.contains(word));
        role = role.or_else(|| ROLES.iter().find(|(_, words)| says(words)).map(|(role, _)| *role));
        if facts::is_day(&said) || ends_in_day(&said) {
            let behind = skip_notes(work, places, number + 1);
            let titled = title::at_lines(work, places.get(behind..)?, None).is_some();
            return role.filter(|_| titled).map(|role| WrapperEnd { last: behind - 1, role });
        }
    }
    None
}

/// Whether a line is a signature and its day in one.
fn ends_in_day(said: &str) -> bool {
    let gap = said.rfind(|c: char| c.is_whitespace() || c == '\u{3000}');
    gap.is_some_and(|gap| said.chars().count() < 40 && facts::is_day(&said[gap..]))
}

/// Behind notes such as （此件公开发布） and 附件：….
fn skip_notes(work: &TextInWork<'_>, places: &[usize], from: usize) -> usize {
    let is_note = |at: &usize| {
        let said = work.said(*at);
        said.starts_with(['（', '(']) && said.ends_with(['）', ')'])
            || said.starts_with("附件")
            || said.starts_with("抄送")
    };
    from + places[from..].iter().take_while(|at| is_note(at)).count()
}

/// Sets a wrapper apart from the text: its title and that of the text become headings of level one.
pub(super) fn read(work: &mut TextInWork<'_>) {
    let live = work.live();
    let own = title::at_lines(work, &live, None).map_or(0, |found| found.lines);
    let Some(found) = find(work, &live[own..]) else { return };
    let main = own + found.last + 1;
    let lines = title::at_lines(work, &live[main..], None).map_or(1, |found| found.lines);
    work.facts.wrapper = Some(found.role);
    sign(work, &live[own..main]);
    if own > 0 {
        join(work, &live[..own]);
    }
    let title = join(work, &live[main..main + lines]);
    if found.role == "covering-letter" || work.facts.title.is_none() {
        work.facts.title = Some(title);
    }
}

/// What the wrapper's signature tells.
fn sign(work: &mut TextInWork<'_>, places: &[usize]) {
    super::ending::learn(work, places);
}

/// Makes one heading of the lines at `places`, and says what it says.
fn join(work: &mut TextInWork<'_>, places: &[usize]) -> String {
    let (first, rest) = (places[0], &places[1..]);
    for at in rest {
        let part = std::mem::take(&mut work.parts[*at]);
        let mut before = part.before;
        before.append(part.body);
        work.parts[first].body.append(before);
    }
    work.parts[first].role = crate::import::parts::PartRole::Heading(1);
    work.said(first)
}
