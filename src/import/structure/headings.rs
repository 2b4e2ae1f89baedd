//! Which paragraphs are headings: an ordinal with nothing behind its head, a line of its own with text below.

use super::TextInWork;
use crate::han::ordinal::{self, OrdinalForm, PrintedOrdinal};
use crate::import::parts::PartRole;
use crate::import::repair::heading_marks;
use crate::import::traced::Replacement;

/// The longest heading, in characters.
const LONGEST: usize = 60;

/// Gives every heading its level, and takes the marks that stood before it.
pub(super) fn set_headings(work: &mut TextInWork<'_>) {
    let live = work.live();
    let levels: Vec<Option<u8>> = (0..live.len()).map(|number| level(work, &live, number)).collect();
    let asked = questions(work, &live, &levels);
    for (number, at) in live.iter().enumerate() {
        let level = levels[number].or(asked.contains(&number).then_some(2));
        if let Some(level) = level {
            work.parts[*at].role = PartRole::Heading(level);
        } else if matches!(work.parts[*at].role, PartRole::Heading(_) | PartRole::Title) {
            work.parts[*at].role = PartRole::Text;
        }
    }
}

/// The level of the heading numbered `number`, by its ordinal, or by what the file says it is.
fn level(work: &TextInWork<'_>, live: &[usize], number: usize) -> Option<u8> {
    let at = live[number];
    if !work.is_text(at) {
        return None;
    }
    let said = work.said(at);
    let styled = match work.parts[at].role {
        PartRole::Heading(level) => Some(level),
        _ => None,
    };
    let Some(printed) = ordinal::read(&said) else {
        return styled.filter(|_| said.chars().count() <= LONGEST && !said.is_empty());
    };
    let next = live.get(number + 1).map(|next| work.said(*next));
    (is_alone(&said, &printed) && has_text(&printed, next.as_deref())).then(|| printed.form.level() + 1)
}

/// Whether all of a paragraph is head, as far as one can be.
fn is_alone(said: &str, printed: &PrintedOrdinal) -> bool {
    let rest = said[printed.len..].trim();
    let inner = rest.strip_suffix('。').unwrap_or(rest);
    let ends = rest.ends_with(['；', ';', '，', ',', '、', '：', ':']);
    !inner.is_empty() && !inner.contains('。') && !ends && said.chars().count() <= LONGEST
}

/// Whether something stands below a heading: of 一、 always, of the others what is no item beside it.
fn has_text(printed: &PrintedOrdinal, next: Option<&str>) -> bool {
    let Some(next) = next else { return false };
    let beside = ordinal::read(next).is_some_and(|other| other.form <= printed.form);
    printed.form <= OrdinalForm::Han || !beside
}

/// The lines that ask what the paragraph below answers, in a text that has no ordinals of the first level.
fn questions(work: &TextInWork<'_>, live: &[usize], levels: &[Option<u8>]) -> Vec<usize> {
    if levels.iter().flatten().any(|level| *level == 2) {
        return Vec::new();
    }
    let asks = |number: &usize| {
        let said = work.said(live[*number]);
        let short =
            (4..=40).contains(&said.chars().count()) && !said.contains('。') && !said.starts_with(['“', '"']);
        work.is_text(live[*number]) && short && said.ends_with(['？', '?']) && ordinal::read(&said).is_none()
    };
    let answered = |number: &usize| number + 1 < live.len() && !asks(&(number + 1));
    let found: Vec<usize> = (0..live.len()).filter(asks).filter(answered).collect();
    if found.len() >= 2 { found } else { Vec::new() }
}

/// Takes the `#` before headings, which are set anew, and notes what they said.
pub(crate) fn take_marks(work: &mut TextInWork<'_>) {
    for at in work.live() {
        if !matches!(work.parts[at].role, PartRole::Text) {
            continue;
        }
        let shown = work.parts[at].shown(work.source);
        let indent = shown.len() - shown.trim_start().len();
        let Some((level, length)) = heading_marks(&shown[indent..]) else { continue };
        work.parts[at].body.edit(&[Replacement {
            at: 0..indent + length,
            put: String::new(),
            rule: "heading-mark",
        }]);
        work.parts[at].role = if level == 1 { PartRole::Title } else { PartRole::Heading(level) };
    }
}
