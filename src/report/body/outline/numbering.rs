//! Whether the printed ordinals follow one another, and what belongs to what.
//!
//! Which form stands in which is what the text makes of it: commonly `一、` holds `(一)` holds
//! `1.`, but where `(二)` goes on after a 一、 and a 二、 that stood behind `(一)`, these belong to
//! `(一)`. A slip is one complaint, whatever follows from it.

use super::ordinals::Ordinals;
use crate::han::ordinal::{self, OrdinalForm, PrintedOrdinal};
use crate::source::{Source, Span};

/// The deepest that forms stand in one another against their common order.
const DEEPEST: usize = 8;

/// What is wrong with an ordinal, and which would have followed.
pub(super) enum OrdinalSlip {
    /// It was there already.
    Repeated { number: u16 },
    /// One before it is missing.
    Skipped { number: u16, expected: u16 },
    /// Its number is due in another form: `三、` for `(三)`.
    Misshapen { number: u16, meant: OrdinalForm },
}

/// Where a section belongs.
pub(super) struct PlacedSection {
    /// The head of the section that it is a part of.
    pub(super) parent: Option<usize>,
    /// Its place in the path of its anchor, from 1.
    pub(super) slot: u8,
    /// What is wrong with its ordinal.
    pub(super) fault: Option<OrdinalSlip>,
}

/// The ordinals printed so far.
pub(super) struct Numbering<'a> {
    source: &'a Source,
    ordinals: &'a Ordinals,
    begin: u32,
    /// The printed numbers on the way to here, the outermost first.
    steps: Vec<Rung>,
    /// The last of each form in the document.
    last: [Option<LastOrdinal>; OrdinalForm::ALL.len()],
    /// The forms that were seen within a form that they commonly hold.
    inverted: Vec<(OrdinalForm, OrdinalForm)>,
}

/// A printed number on the way to a section.
struct Rung {
    head: usize,
    form: OrdinalForm,
    slot: u8,
    run: RunningCount,
    /// How it stands in anchors.
    name: String,
}

/// The last ordinal of a form.
#[derive(Clone, Copy)]
struct LastOrdinal {
    number: u16,
    /// Where the text behind it begins.
    end: u32,
}

/// A count, as far as it got.
struct RunningCount {
    number: u16,
    /// The number that should have been printed: one slip is one complaint, and what follows
    /// may go on from either.
    meant: u16,
    highest: u16,
    /// Numbers that were complained of as missing; they may still come.
    missing: std::ops::Range<u16>,
    /// Whether a heading without an ordinal came since, after which a count may begin anew.
    interrupted: bool,
}

impl RunningCount {
    fn at(number: u16) -> Self {
        Self { number, meant: number, highest: number, missing: 0..0, interrupted: false }
    }

    fn goes_on(&self, number: u16) -> bool {
        let before = Some(number.saturating_sub(1));
        [self.number, self.meant, self.highest].into_iter().any(|last| Some(last) == before)
            || self.missing.contains(&number)
    }

    fn go_on(&mut self, number: u16) {
        if self.missing.contains(&number) {
            self.missing.start = number + 1;
        }
        *self = Self { highest: self.highest.max(number), missing: self.missing.clone(), ..Self::at(number) };
    }

    /// Goes on at a number that is wrong where `expected` was due.
    fn slip(&mut self, number: u16, expected: u16) {
        self.go_on(number);
        self.meant = expected;
        self.missing = expected..number;
    }

    /// Takes the number that is printed next, whatever is wrong with it.
    fn take(&mut self, number: u16, fault: Option<&OrdinalSlip>) {
        match fault {
            Some(OrdinalSlip::Skipped { expected, .. }) => self.slip(number, *expected),
            Some(OrdinalSlip::Repeated { .. }) => self.slip(number, self.number.saturating_add(1)),
            _ if self.goes_on(number) && number > 1 => self.go_on(number),
            _ => *self = Self::at(number),
        }
    }
}

/// Where an ordinal goes.
#[derive(Clone, Copy)]
enum OrdinalSpot {
    /// Behind the step at this place, whose count it goes on with.
    Behind(usize),
    /// Into the innermost of so many steps that stay open.
    Into(usize),
}

impl<'a> Numbering<'a> {
    /// For a text that begins at `begin`.
    pub(super) fn new(source: &'a Source, ordinals: &'a Ordinals, begin: u32) -> Self {
        let last = [None; OrdinalForm::ALL.len()];
        Self { source, ordinals, begin, steps: Vec::new(), last, inverted: Vec::new() }
    }

    /// Places the head at `at`, whose ordinal stands at `start`. It is right if it follows the
    /// last one of its form, in its parent or in the document, or is one.
    pub(super) fn place(&mut self, at: usize, printed: PrintedOrdinal, start: Span) -> PlacedSection {
        let PrintedOrdinal { form, number, .. } = printed;
        let spot = self.spot(at, printed);
        let fault = self.fault(printed, spot, start);
        let meant = fault.as_ref().and_then(|_| self.misshapen(printed));
        let (spot, fault) = match meant {
            Some(step) => (
                OrdinalSpot::Behind(step),
                Some(OrdinalSlip::Misshapen { number, meant: self.steps[step].form }),
            ),
            None => (spot, fault),
        };
        let mut step = self.enter(spot, form, at);
        step.run.take(number, fault.as_ref());
        (step.head, step.name) = (at, number.to_string());
        self.steps.push(step);
        let form = self.steps.last().map_or(form, |step| step.form);
        self.last[form as usize] = Some(LastOrdinal { number, end: start.end });
        let parent = self.steps.len().checked_sub(2).map(|above| self.steps[above].head);
        PlacedSection { parent, slot: self.steps.last().map_or(1, |step| step.slot), fault }
    }

    fn spot(&mut self, at: usize, printed: PrintedOrdinal) -> OrdinalSpot {
        let PrintedOrdinal { form, number, .. } = printed;
        let goes_on = |step: &Rung| step.form == form && step.run.goes_on(number);
        if let Some(step) = self.steps.iter().rposition(goes_on) {
            return OrdinalSpot::Behind(step);
        }
        if number == 1 && self.inverts(at, form) {
            return OrdinalSpot::Into(self.steps.len());
        }
        match self.steps.iter().rposition(|step| step.form == form) {
            Some(step) => OrdinalSpot::Behind(step),
            None => OrdinalSpot::Into(
                self.steps.iter().rposition(|step| step.form < form).map_or(0, |step| step + 1),
            ),
        }
    }

    /// Whether a count of `form` that begins at the head `at` stands within the innermost step,
    /// although it commonly holds such steps: they go on behind it, and it begins anew there.
    fn inverts(&mut self, at: usize, form: OrdinalForm) -> bool {
        let Some(top) = self.steps.last().filter(|top| form < top.form) else {
            return false;
        };
        let pair = (top.form, form);
        let seen = self.inverted.contains(&pair);
        let goes_on = || {
            let (next, number) = self.ordinals.next(top.form, at)?;
            let begins = self.ordinals.next(form, next).is_none_or(|(_, number)| number == 1);
            Some(begins && top.run.number.checked_add(1) == Some(number))
        };
        let inverts = self.steps.len() < DEEPEST && (seen || goes_on() == Some(true));
        if inverts && !seen {
            self.inverted.push(pair);
        }
        inverts
    }

    fn fault(&self, printed: PrintedOrdinal, spot: OrdinalSpot, start: Span) -> Option<OrdinalSlip> {
        let PrintedOrdinal { form, number, .. } = printed;
        let here = match spot {
            OrdinalSpot::Behind(step) => Some(&self.steps[step].run),
            OrdinalSpot::Into(_) => None,
        };
        let last = self.last[form as usize];
        let begins = number == 1 && here.is_none_or(|run| run.number != 1 || run.interrupted);
        let right = begins
            || here.is_some_and(|run| run.goes_on(number))
            || last.is_some_and(|last| last.number.checked_add(1) == Some(number))
            || self.is_counted_within(printed, last, start);
        if right {
            return None;
        }
        match here.map(|run| run.number).or(last.map(|last| last.number)) {
            Some(last) if number <= last => Some(OrdinalSlip::Repeated { number }),
            last => {
                Some(OrdinalSlip::Skipped { number, expected: last.map_or(1, |last| last.saturating_add(1)) })
            }
        }
    }

    /// Whether the number before stands in the text since the last ordinal of this form: in the
    /// middle of a paragraph, in a list or a cell, where it makes no section and counts all the
    /// same.
    fn is_counted_within(&self, printed: PrintedOrdinal, last: Option<LastOrdinal>, start: Span) -> bool {
        let from = last.map_or(self.begin, |last| last.end).min(start.start);
        let between = self.source.slice(Span { start: from, end: start.start });
        printed.number > 1 && counts(between, printed.form, printed.number - 1)
    }

    /// The step whose count the number goes on with, in another form of the same script.
    fn misshapen(&self, printed: PrintedOrdinal) -> Option<usize> {
        let is_han = |form: OrdinalForm| {
            matches!(form, OrdinalForm::Formal | OrdinalForm::Han | OrdinalForm::HanBracketed)
        };
        let meant = |step: &Rung| {
            step.form != printed.form
                && is_han(step.form) == is_han(printed.form)
                && printed.number > 1
                && step.run.number + 1 == printed.number
        };
        self.steps.iter().rposition(meant)
    }

    /// Takes the step at `spot` off with all that stand within it, or makes one of `form` for the
    /// head `at`.
    fn enter(&mut self, spot: OrdinalSpot, form: OrdinalForm, at: usize) -> Rung {
        let found = match spot {
            OrdinalSpot::Behind(place) => {
                self.steps.truncate(place + 1);
                self.steps.pop()
            }
            OrdinalSpot::Into(open) => {
                self.steps.truncate(open);
                None
            }
        };
        found.unwrap_or_else(|| {
            let above = self.steps.last().map_or(0, |step| step.slot);
            Rung {
                head: at,
                form,
                slot: form.level().max(above + 1),
                run: RunningCount::at(0),
                name: String::new(),
            }
        })
    }

    /// A heading without an ordinal stands here.
    pub(super) fn interrupted(&mut self) {
        self.steps.iter_mut().for_each(|step| step.run.interrupted = true);
    }

    /// The path of the section that was placed last, as anchors have it: a slot in which nothing
    /// is printed is 0.
    pub(super) fn path(&self) -> String {
        let mut path = String::from("sec");
        let mut slots = 0;
        for step in &self.steps {
            (slots + 1..step.slot).for_each(|_| path.push_str("-0"));
            path.push('-');
            path.push_str(&step.name);
            slots = step.slot;
        }
        path
    }

    /// The anchor of the section that was placed last has this behind its number.
    pub(super) fn mark(&mut self, suffix: &str) {
        if let Some(step) = self.steps.last_mut() {
            step.name.push_str(suffix);
        }
    }
}

/// Whether `text` counts: whether the ordinal stands in it where an item may begin.
fn counts(text: &str, form: OrdinalForm, number: u16) -> bool {
    let mut before = '\n';
    for (at, c) in text.char_indices() {
        let begins = match c {
            '(' | '（' | '㈠'..='㈩' | '⑴'..='⒇' | '⒈'..='⒛' => true,
            ' ' | '\u{3000}' | '\t' => continue,
            c => {
                matches!(
                    before,
                    '\n' | '。'
                        | '；'
                        | ';'
                        | '：'
                        | ':'
                        | '，'
                        | '！'
                        | '？'
                        | '”'
                        | '）'
                        | '*'
                        | '_'
                        | '>'
                        | '|'
                        | '-'
                ) && c.is_alphanumeric()
            }
        };
        before = c;
        let found = begins.then(|| ordinal::read(&text[at..])).flatten();
        if found.is_some_and(|found| (found.form, found.number) == (form, number)) {
            return true;
        }
    }
    false
}
