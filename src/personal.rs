//! Personal data in a text: numbers of identity, bank cards, telephones, papers, plates and private
//! e-mail, found by their own laws (check digits, dates, divisions, issuers), and shown masked.
//!
//! The room knows texts alone. It stands before the vocabulary of complaint, which hides with
//! it ([`mask`]) whatever a message, a frame or a log would show of a number. A number itself never
//! leaves this room but by [`PersonalFinding::value`], which nothing prints and nothing keeps on a disk.
//!
//! | what | rule | how sure | as a finding |
//! |---|---|---|---|
//! | identity number, 18 digits | GB 11643-1999: division, date of birth, check character | certain | error |
//! | bank card, 16–19 digits | an issuer's prefix and the Luhn digit (GB/T 17552, ISO/IEC 7812-1) | certain | error |
//! | the same, of a foreign issuer or like a document's number | the same | likely | warning |
//! | identity number, 15 digits | division and date, words such as 身份证 near it | likely | warning |
//! | the same without such words | a stricter division, no number of a business licence | possible | note |
//! | mobile number | `1[3-9]` and nine digits | likely | warning |
//! | passport | E, G, D, S, P and others with 7 or 8 digits, by form or by words near it | likely | warning |
//! | number plate | province, letter, five or six characters | likely | warning |
//! | e-mail of a person | a mailbox at a host where people have theirs | likely | warning |
//! | landline | area code and number, and no words of an office before it | possible | note |
//!
//! What is masked (`138****1234`, `35*************123`) is no finding, nor is a part of a longer
//! number, a credit code (GB 32100-2015), a hotline or an amount.

mod card;
mod identity;
mod mail;
mod paper;
mod phone;
mod run;
mod seen;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use run::runs;

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PersonalKind {
    /// A citizen's identity number of 18 characters.
    Identity,
    /// One of 15 digits, as given out until 1999.
    OldIdentity,
    /// The number of a bank card.
    Card,
    /// A mobile number.
    Mobile,
    /// The number of a telephone on a line.
    Landline,
    /// The number of a passport.
    Passport,
    /// The number plate of a vehicle.
    Plate,
    /// The mailbox of a person.
    Mail,
}

/// How sure it is that something found is what it looks like, and a person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Certainty {
    /// Its own check digit and form say so.
    Certain,
    /// Its form says so.
    Likely,
    /// It may be; an office has the same.
    Possible,
}

/// Something personal in a text. It prints itself masked.
#[derive(Clone, PartialEq, Eq)]
pub struct PersonalFinding {
    /// What it is.
    pub kind: PersonalKind,
    /// How sure that is.
    pub certainty: Certainty,
    /// Where it stands, in bytes.
    pub place: Range<usize>,
    /// The number as it stands, without what parts its digits.
    value: String,
}

impl PersonalFinding {
    /// The number or address itself, folded to plain characters: to tell whether two findings are the same, and
    /// for nothing that is shown or kept.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// What may be shown of it: `11*************715`, `138****0000`.
    #[must_use]
    pub fn masked(&self) -> String {
        let length = self.value.chars().count();
        let shown = self.kind.shown(&self.value);
        let hide = |(at, c): (usize, char)| if shown.hides(at, length) { '*' } else { c };
        self.value.chars().enumerate().map(hide).collect()
    }
}

impl std::fmt::Debug for PersonalFinding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {:?} {} at {:?}", self.certainty, self.kind, self.masked(), self.place)
    }
}

/// How many characters at either end of a number may be shown.
struct ShownEnds {
    first: usize,
    last: usize,
}

impl ShownEnds {
    fn hides(&self, at: usize, length: usize) -> bool {
        at >= self.first && at + self.last < length
    }
}

impl PersonalKind {
    /// As cities' own rules for lists have it: enough to find the place, and too little to know the number.
    fn shown(self, value: &str) -> ShownEnds {
        let (first, last) = match self {
            Self::Identity | Self::OldIdentity => (2, 3),
            Self::Card => (4, 4),
            Self::Mobile => (3, 4),
            Self::Landline => (4, 2),
            Self::Passport | Self::Plate => (2, 2),
            Self::Mail => (1, value.len() - value.find('@').unwrap_or(0)),
        };
        ShownEnds { first, last }
    }
}

/// The numbers and mailboxes that a site gives as its own, and that are nobody's private ones.
#[derive(Clone, Debug, Default)]
pub struct OwnNumbers(BTreeSet<String>);

impl OwnNumbers {
    /// The numbers and mailboxes in these texts.
    pub fn of<'a>(texts: impl IntoIterator<Item = &'a str>) -> Self {
        let found = texts.into_iter().flat_map(|text| find(&format!("电话 {text}")));
        Self(found.map(|finding| finding.value).collect())
    }

    /// Whether this is one of them.
    #[must_use]
    pub fn has(&self, finding: &PersonalFinding) -> bool {
        finding.certainty != Certainty::Certain && self.0.contains(&finding.value)
    }
}

/// Everything personal in `text`, in the order of places; no two overlap.
#[must_use]
pub fn find(text: &str) -> Vec<PersonalFinding> {
    let mut found = Vec::new();
    for run in runs(text) {
        paper::find(&run, &mut found);
        identity::find(&run, &mut found);
        card::find(&run, &mut found);
        phone::find(&run, &mut found);
    }
    paper::find_plates(text, &mut found);
    mail::find(text, &mut found);
    apart(found)
}

/// So long is a part of a long text, in bytes.
const PART: usize = 1 << 20;
/// So far back words may stand that say what a number is.
const LEAD: usize = 128;

/// The same, part by part of a long text as the caller asks for more, so that a text that consists of numbers takes
/// no more memory than another.
pub fn find_in_parts(text: &str) -> impl Iterator<Item = PersonalFinding> {
    let mut next = 0;
    let parts = std::iter::from_fn(move || {
        let start = (next < text.len()).then_some(next)?;
        next = end_of_part(text, start);
        Some((start, next))
    });
    parts.flat_map(move |(start, end)| {
        let lead = text.floor_char_boundary(start.saturating_sub(LEAD));
        let is_of_part = move |finding: &PersonalFinding| lead + finding.place.start >= start;
        let found = find(&text[lead..end]).into_iter().filter(is_of_part);
        found.map(move |mut finding| {
            finding.place = lead + finding.place.start..lead + finding.place.end;
            finding
        })
    })
}

/// Where a part that begins at `start` ends: where no digit is near, if there is such a place.
fn end_of_part(text: &str, start: usize) -> usize {
    let most = text.floor_char_boundary(start.saturating_add(PART));
    if most == text.len() {
        return most;
    }
    let near = |end: usize| &text.as_bytes()[end - LEAD / 2..end];
    let is_calm = |end: &usize| text.is_char_boundary(*end) && !near(*end).iter().any(u8::is_ascii_digit);
    // Letters but an X and marks of sentences are part of no number; next best is where no digit is cut off.
    let is_other = |c: char| c.is_alphabetic() && !matches!(c, 'x' | 'X') || "，。；：、,;".contains(c);
    let behind =
        |end: usize, is: &dyn Fn(char) -> bool| text.is_char_boundary(end) && text[..end].ends_with(is);
    let ends = (most - PART / 16..most).rev();
    let calm = ends.clone().find(is_calm);
    let apart = || ends.clone().find(|end| behind(*end, &is_other));
    let whole = || ends.clone().find(|end| behind(*end, &|c| !c.is_numeric()));
    calm.or_else(apart).or_else(whole).unwrap_or(most)
}

/// An identity number that a spreadsheet keeps as a number of 15 digits and a power: the division and the date
/// of birth are still there (`4.40703199003077E+17`).
#[must_use]
pub fn find_rounded(number: &str) -> Option<PersonalFinding> {
    identity::rounded(number)
}

/// The findings without those that overlap a surer or longer one.
fn apart(mut found: Vec<PersonalFinding>) -> Vec<PersonalFinding> {
    if found.len() > 1 {
        found.sort_by_key(|finding| {
            let length = finding.place.len();
            (finding.certainty, finding.kind, Reverse(length), finding.place.start)
        });
        let mut taken: Vec<PersonalFinding> = Vec::with_capacity(found.len());
        // By end, so that one look tells whether a place is free: those that are taken do not overlap.
        let mut ends: BTreeMap<usize, usize> = BTreeMap::new();
        for finding in found {
            let next = ends.range(finding.place.start + 1..).next();
            if next.is_none_or(|(_, start)| *start >= finding.place.end) {
                ends.insert(finding.place.end, finding.place.start);
                taken.push(finding);
            }
        }
        taken.sort_by_key(|finding| finding.place.start);
        found = taken;
    }
    found
}

/// `text` with every number in it masked, a character for a character and a byte for a byte, so that
/// places in it stay true.
#[must_use]
pub fn mask(text: &str) -> Cow<'_, str> {
    let found = find(text);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let (mut masked, mut done) = (String::with_capacity(text.len()), 0);
    for finding in &found {
        masked.push_str(&text[done..finding.place.start]);
        masked.push_str(&covered(&text[finding.place.clone()], finding));
        done = finding.place.end;
    }
    masked.push_str(&text[done..]);
    Cow::Owned(masked)
}

/// The words of a finding with stars in place of what may not be shown. What stands between its characters
/// stays, but that letters of tags are hidden as well.
fn covered(words: &str, finding: &PersonalFinding) -> String {
    let is_whole = matches!(finding.kind, PersonalKind::Mail | PersonalKind::Plate);
    let is_part = |c: &char| is_whole || seen::folded(*c).is_ascii_alphanumeric();
    let length = words.chars().filter(is_part).count();
    let shown = finding.kind.shown(words);
    let mut at = 0;
    let cover = |c: char| {
        if !is_part(&c) {
            return c;
        }
        at += 1;
        match (shown.hides(at - 1, length), c.len_utf8()) {
            (true, 1) => '*',
            (true, 3) => '＊',
            _ => c,
        }
    };
    words.chars().map(cover).collect()
}

#[cfg(test)]
mod tests;
