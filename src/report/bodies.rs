//! The names of bodies that a document tells, and names that are nearly those: one character different, doubled, or
//! two exchanged. What is wrong is not said, since there may be two such bodies.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::diag::{Diagnostic, Words};
use crate::han::is_han;
use crate::report::body::ReadBody;
use crate::report::evidence::Passage;
use crate::report::signs::has_slip;
use crate::report::wordlist::WordList;
use crate::source::{Source, Span};

/// Characters with which a name begins: those of the level that a body belongs to.
const LEVELS: [char; 6] = ['省', '市', '县', '區', '区', '镇'];
/// Words with which a name ends.
const ENDS: [&str; 4] = ["局", "委员会", "办公室", "厅"];
static ENDINGS: WordList = WordList::new(&ENDS);
/// Shorter names differ by a character as a rule: 市民政局, 市财政局.
const SHORTEST: usize = 8;
/// Longer ones are no names.
const LONGEST: usize = 20;
/// Of one document so many names are kept.
const MOST: usize = 200;
/// Of one document so many slips are told.
const MOST_TOLD: usize = 20;
/// Characters by which bodies of one name are told apart.
const NUMBERED: &str = "一二三四五六七八九十甲乙丙丁东西南北中上下前后省市县区镇";

/// The name of a body, how often a document tells it, and where it does first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedBody {
    /// The name from the level on: 市政务服务和大数据管理局.
    pub name: Box<str>,
    /// How often.
    pub times: u32,
    /// Where first.
    pub place: Option<Span>,
}

/// The bodies that a document tells, by name.
pub(super) fn read(read: &ReadBody) -> Vec<NamedBody> {
    let mut found: BTreeMap<&str, (u32, Option<Span>)> = BTreeMap::new();
    for (passage, map) in read.passages.iter().zip(&read.maps) {
        let Passage::Prose { text } = passage else { continue };
        for place in names(text) {
            let name = &text[place.clone()];
            let is_full = found.len() >= MOST;
            match found.get_mut(name) {
                Some((times, _)) => *times += 1,
                None if is_full => {}
                None => {
                    found.insert(name, (1, map.span(None, &place)));
                }
            }
        }
    }
    let body =
        |(name, (times, place)): (&str, (u32, Option<Span>))| NamedBody { name: name.into(), times, place };
    found.into_iter().map(body).collect()
}

/// Where names stand in a text.
fn names(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for Range { start: at, end } in ENDINGS.places(text) {
        let before = text[..at].char_indices().rev().take(LONGEST).take_while(|(_, c)| is_han(*c));
        let is_long = |start: &usize| text[*start..end].chars().count() >= SHORTEST;
        let mut starts = before.filter(|(_, c)| LEVELS.contains(c)).map(|(start, _)| start);
        found.extend(starts.find(is_long).map(|start| start..end));
    }
    found.sort_unstable_by_key(|place| place.start);
    found
}

/// The pairs of names that are nearly the same, by their numbers.
#[must_use]
pub fn near(names: &[&str]) -> Vec<(usize, usize)> {
    let numbers: BTreeMap<&str, usize> = names.iter().enumerate().map(|(at, name)| (*name, at)).collect();
    let mut gaps: BTreeMap<(usize, String), Vec<(char, usize)>> = BTreeMap::new();
    let mut found = BTreeSet::new();
    for (number, name) in names.iter().enumerate() {
        let chars: Vec<char> = name.chars().collect();
        let end = ENDS.iter().find(|end| name.ends_with(*end)).map_or(0, |end| end.chars().count());
        for at in 1..chars.len().saturating_sub(end) {
            let without = |gap: usize| -> String {
                chars.iter().enumerate().filter(|(other, _)| *other != gap).map(|(_, c)| *c).collect()
            };
            let own = chars[at];
            if !NUMBERED.contains(own) {
                let others = gaps.entry((at, without(at))).or_default();
                found.extend(others.iter().filter(|(c, _)| *c != own).map(|(_, other)| pair(number, *other)));
                if others.len() < 4 {
                    others.push((own, number));
                }
            }
            if own == chars[at - 1] {
                found.extend(numbers.get(&*without(at)).map(|other| pair(number, *other)));
            }
            let mut exchanged = chars.clone();
            exchanged.swap(at - 1, at);
            let exchanged: String = exchanged.into_iter().collect();
            found.extend(
                numbers.get(&*exchanged).filter(|other| **other != number).map(|other| pair(number, *other)),
            );
        }
    }
    found.into_iter().collect()
}

fn pair(one: usize, other: usize) -> (usize, usize) {
    (one.min(other), one.max(other))
}

/// A warning about each name that is nearly another of the same document; the rarer one is told.
pub(super) fn judge(source: &Source, bodies: &[NamedBody]) -> Vec<Diagnostic> {
    let names: Vec<&str> = bodies.iter().map(|body| &*body.name).collect();
    let complaint = |(one, other): (usize, usize)| {
        let (one, other) = (&bodies[one], &bodies[other]);
        let is_rarer =
            (one.times, std::cmp::Reverse(one.place)) < (other.times, std::cmp::Reverse(other.place));
        let (rare, usual) = if is_rarer { (one, other) } else { (other, one) };
        let warning = complain(source.path(), rare, usual);
        match usual.place {
            Some(place) => {
                warning.label(source.path(), place, Words::new("另一处写法", "the other spelling"))
            }
            None => warning,
        }
    };
    near(&names).into_iter().take(MOST_TOLD).map(complaint).collect()
}

/// A warning about a name that is nearly another.
#[must_use]
pub fn complain(path: &camino::Utf8Path, rare: &NamedBody, usual: &NamedBody) -> Diagnostic {
    let (rare_name, usual) = (&rare.name, &usual.name);
    let words = Words::new(
        format!("“{rare_name}”和“{usual}”只差一个字，像是同一机构的两种写法"),
        format!("{rare_name} and {usual} differ by one character and look like one body"),
    );
    let warning = Diagnostic::of("form/variant", path, words).help(
        "对照机构的全称改成一致；确实是两个机构或者原文如此的，用 `accept` 注明",
        "write the full name of the body in both places; accept it if there are two bodies or it is printed so",
    );
    match rare.place {
        Some(place) => warning.at(place),
        None => warning,
    }
}

/// The end of a government's name, and words that begin like it and are others.
const GOVERNMENT: &str = "人民政府";
const OTHERS: [&str; 2] = ["人民政协", "人民政务"];

/// A warning about every name that is nearly that of a government that issued the document: the end of it with a
/// slip, or its place with a character doubled or two exchanged. Another character in a place's name makes another
/// place. Those that the site gives as `names` are looked for with these.
pub(super) fn issuers(
    source: &Source,
    read: &ReadBody,
    (issuers, names): (&[String], &[String]),
) -> Vec<Diagnostic> {
    let others = issuers.iter().filter(|issuer| !names.contains(issuer));
    let stems = others.filter_map(|issuer| issuer.strip_suffix(GOVERNMENT));
    let stems: Vec<&str> = stems.filter(|stem| stem.chars().count() > 1).take(8).collect();
    let places: Vec<(String, &str)> =
        stems.iter().flat_map(|stem| exchanged(stem).into_iter().map(move |slip| (slip, *stem))).collect();
    let mut found = Vec::new();
    for (passage, map) in read.passages.iter().zip(&read.maps) {
        let Passage::Prose { text } = passage else { continue };
        let ends = stems.iter().flat_map(|stem| text.match_indices(stem).map(move |(at, _)| (at, *stem)));
        let ends = ends.filter_map(|(at, stem)| {
            let end = at + stem.len();
            Some((at..end + slip(&text[end..])?, stem))
        });
        let starts = text.match_indices(GOVERNMENT).filter_map(|(at, end)| {
            let (slip, stem) = places.iter().find(|(slip, _)| text[..at].ends_with(slip.as_str()))?;
            Some((at - slip.len()..at + end.len(), *stem))
        });
        for (place, stem) in ends.chain(starts).filter(|(place, _)| !has_slip(&text[place.clone()])) {
            let rare =
                NamedBody { name: text[place.clone()].into(), times: 1, place: map.span(None, &place) };
            let usual = NamedBody { name: format!("{stem}{GOVERNMENT}").into(), times: 1, place: None };
            found.push(complain(source.path(), &rare, &usual));
            if found.len() == MOST_TOLD {
                return found;
            }
        }
    }
    found
}

/// The names that come of a place's by exchanging two characters or doubling one that is not its first.
fn exchanged(stem: &str) -> Vec<String> {
    let chars: Vec<char> = stem.chars().collect();
    let mut found = Vec::new();
    for at in 1..chars.len() {
        let mut swapped = chars.clone();
        swapped.swap(at - 1, at);
        let mut doubled = chars.clone();
        doubled.insert(at, chars[at]);
        found.extend([swapped, doubled].into_iter().filter(|slip| *slip != chars).map(String::from_iter));
    }
    found
}

/// How many bytes of a text are nearly a government's name.
fn slip(text: &str) -> Option<usize> {
    let right: Vec<char> = GOVERNMENT.chars().collect();
    let own: Vec<char> = text.chars().take(right.len() + 1).collect();
    let four = own.get(..right.len())?;
    if four == right || !four.iter().all(|c| is_han(*c)) {
        return None;
    }
    let length = |count: usize| own[..count].iter().map(|c| c.len_utf8()).sum();
    let doubled = (1..own.len()).find(|at| own[*at] == own[at - 1]);
    let single: Vec<char> =
        own.iter().enumerate().filter(|(at, _)| Some(*at) != doubled).map(|(_, c)| *c).collect();
    if doubled.is_some() && single == right {
        return Some(length(own.len()));
    }
    let unlike: Vec<usize> = (0..right.len()).filter(|at| four[*at] != right[*at]).collect();
    let is_slip = match *unlike {
        [_] => !OTHERS.contains(&&*String::from_iter(four)),
        [first, second] => {
            second == first + 1 && four[first] == right[second] && four[second] == right[first]
        }
        _ => false,
    };
    is_slip.then(|| length(right.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_differ_by_a_character_are_near() {
        let pairs = |names: &[&'static str]| {
            near(names)
                .into_iter()
                .map(|(a, b)| (names[a].to_owned(), names[b].to_owned()))
                .collect::<Vec<_>>()
                .len()
        };
        assert_eq!(pairs(&["市政府服务和大数据管理局", "市政务服务和大数据管理局"]), 1);
        assert_eq!(pairs(&["市市场监督管理局", "市市场监管督理局", "市市场监督督管理局"]), 2);
        assert_eq!(pairs(&["区第一人民医院管理局", "区第二人民医院管理局"]), 0);
        assert_eq!(pairs(&["市卫生健康委员会", "市生态环境委员会"]), 0);
    }

    #[test]
    fn names_are_read_from_their_level_on() {
        let of = |text: &'static str| names(text).into_iter().map(|place| &text[place]).collect::<Vec<_>>();
        assert_eq!(
            of("会同市政务服务和大数据管理局、区市场监督管理局"),
            ["市政务服务和大数据管理局", "区市场监督管理局"]
        );
        assert_eq!(of("市司法局、市民政局"), [""; 0]);
    }

    #[test]
    fn the_place_of_a_government_is_looked_at_too() {
        assert_eq!(exchanged("江门市"), ["门江市", "江门门市", "江市门", "江门市市"]);
        assert_eq!(exchanged("甲甲市").len(), 3);
    }

    #[test]
    fn a_slip_in_a_governments_name_is_found() {
        for (text, length) in [
            ("人民攻府召开", Some(4)),
            ("人民府政", Some(4)),
            ("人民政政府", Some(5)),
            ("人民政府", None),
            ("人民政协", None),
            ("人民法院", None),
            ("政府", None),
        ] {
            assert_eq!(slip(text), length.map(|count: usize| count * 3), "{text}");
        }
    }
}
