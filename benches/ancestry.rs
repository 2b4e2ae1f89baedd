//! Measures how long it takes to find where the sentences of an archive come from, on invented numbers:
//! `measure-ancestry REPORTS`. Each report has 200 sentences, ten reports are of one place; of two
//! neighbours six in ten sentences are the same, three have other figures, one is new, and a third
//! of what is new was said by another place before.

#![allow(clippy::disallowed_methods, reason = "a measurement reads the clock, and its memory of the system")]

#[path = "archive/random.rs"]
mod random;

use std::process::ExitCode;
use std::time::Instant;

use random::Random;
use xiangwei::ancestry::{Ancestry, Tally, Voice};
use xiangwei::report::{Saying, Sayings};

const SENTENCES: usize = 200;
const YEARS: usize = 10;

#[allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a small program of its own, which says what it found"
)]
fn main() -> ExitCode {
    let asked = std::env::args().nth(1).and_then(|text| text.parse::<usize>().ok());
    let Some(reports) = asked.filter(|reports| *reports >= YEARS) else {
        eprintln!("usage: measure-ancestry REPORTS");
        return ExitCode::from(2);
    };
    let texts = texts(reports);
    let voice = |document: usize| Voice {
        document,
        place: u32::try_from(document / YEARS).unwrap_or(u32::MAX),
        year: i16::try_from(2015 + document % YEARS).unwrap_or(i16::MAX),
        day: None,
        id: document as u64,
    };
    let voices = (0..texts.len()).map(voice).collect();
    let said = |document: usize| &texts[document];
    let held = memory();
    let begun = Instant::now();
    let ancestry = Ancestry::of(voices, &said);
    let took = begun.elapsed();
    let begun = Instant::now();
    let step = (texts.len() / 1000).max(1);
    let asked = (0..texts.len()).step_by(step);
    let told: usize =
        asked.clone().filter_map(|document| Some(ancestry.origins(document, &said)?.len())).sum();
    let each = begun.elapsed() / u32::try_from(asked.count()).unwrap_or(1);
    let mut all = Tally::default();
    for tally in (0..texts.len()).filter_map(|document| ancestry.tally(document)) {
        all.new += tally.new;
        all.kept += tally.kept;
        all.figures += tally.figures;
        all.elsewhere += tally.elsewhere;
    }
    let sentences: usize = texts.iter().map(|text| text.exact().len()).sum();
    println!(
        "{} reports, {sentences} sentences: {took:.2?}; one report {each:.2?} ({told} asked)",
        texts.len()
    );
    println!("memory {held} before, at most {} (MiB)", memory());
    println!("{all:?}");
    ExitCode::SUCCESS
}

/// What the reports say.
fn texts(reports: usize) -> Vec<Sayings> {
    let mut random = Random::new(1);
    let mut texts = Vec::with_capacity(reports);
    let mut last: Vec<Saying> = Vec::new();
    let mut heard: Vec<Saying> = Vec::new();
    for report in 0..reports {
        if report % YEARS == 0 {
            last.clear();
        }
        let sentences = (0..SENTENCES).map(|at| match (last.get(at), random.between(1, 10)) {
            (Some(said), 1..=6) => *said,
            (Some(said), 7..=9) if said.masked.is_some() => Saying { exact: random.next(), ..*said },
            _ if random.happens(333) && !heard.is_empty() => random.one(&heard),
            _ => {
                let exact = random.next();
                let masked = random.happens(400).then(|| random.next());
                Saying { exact, masked, is_own: random.happens(920) }
            }
        });
        last = sentences.collect();
        heard.push(random.one(&last));
        texts.push(last.iter().copied().collect());
    }
    texts
}

/// The most resident memory so far, in MiB, where the system tells.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<usize>().ok());
    kib.unwrap_or(0) / 1024
}
