//! The signature below a text: who issued it, and when. Both are understood and stay where they stand.

use super::{TextInWork, is_body};
use crate::import::facts::{Fact, is_day};

/// How many paragraphs from the end a signature is looked for, since notes and furniture may stand behind it.
const REACH: usize = 12;

/// Learns what the signature at the end of the text tells.
pub(super) fn read(work: &mut TextInWork<'_>) {
    let live = work.live();
    let from = live.len().saturating_sub(REACH);
    learn(work, &live[from..]);
}

/// Learns what the last signature among the parts at `places` tells.
pub(super) fn learn(work: &mut TextInWork<'_>, places: &[usize]) {
    let lines: Vec<String> =
        places.iter().map(|at| if work.is_text(*at) { work.said(*at) } else { String::new() }).collect();
    let Some(at) = lines.iter().rposition(|line| split(line).is_some()) else { return };
    let Some(SignatureLine { names, day }) = split(&lines[at]) else { return };
    let above: Vec<&String> = lines[..at].iter().rev().take_while(|line| are_bodies(line)).take(5).collect();
    let mut issuers: Vec<String> = above.into_iter().rev().flat_map(|line| parts(line)).collect();
    issuers.extend(names);
    if issuers.is_empty() {
        return;
    }
    work.facts.learn(Fact::Written, &day);
    work.facts.learn(Fact::Issuer, &issuers.join("、"));
}

/// A line of a signature that holds the day.
struct SignatureLine {
    names: Vec<String>,
    day: String,
}

/// A day alone, or behind the names of those who sign.
fn split(line: &str) -> Option<SignatureLine> {
    if is_day(line) {
        return Some(SignatureLine { names: Vec::new(), day: line.to_owned() });
    }
    let digit = |c: char| c.is_ascii_digit() || matches!(c, '二' | '一');
    let start =
        line.char_indices().filter(|(_, c)| digit(*c)).map(|(at, _)| at).find(|at| is_day(&line[*at..]))?;
    let names = line[..start].trim();
    are_bodies(names).then(|| SignatureLine { names: parts(names), day: line[start..].to_owned() })
}

fn parts(line: &str) -> Vec<String> {
    line.split([' ', '\u{3000}', '\u{a0}', '、', '\t'])
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Whether a line is names of bodies and nothing else.
fn are_bodies(line: &str) -> bool {
    let parts = parts(line);
    !parts.is_empty() && parts.iter().all(|part| is_body(part))
}
