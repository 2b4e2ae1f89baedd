//! Figures that the text tells and the registry knows. They are offered, never taken over: an editor who has
//! compared them accepts them.

use std::collections::BTreeSet;

use super::{Suggestion, WantedDocument};
use crate::compare::{self, CountedFigure};
use crate::config::{Indicator, Measure};
use crate::han::fold;
use crate::han::sentence::sentences;
use crate::report::{self, scalar};
use crate::route::Address;
use crate::source::Source;

/// The suggestions for a text, those first that the year before declared.
pub(crate) fn suggest(body: &str, wanted: &WantedDocument<'_>) -> Vec<Suggestion> {
    let lines = sentences(body).map(|at| body[at].trim_start_matches(['#', ' ']));
    let told: Vec<FiguredSentence<'_>> =
        lines.filter(|line| !line.starts_with(['|', '<'])).map(FiguredSentence::of).collect();
    let mut all: Vec<(bool, Suggestion)> = Vec::new();
    for indicator in wanted.registry.all() {
        let known = before(wanted, &indicator.id);
        if let Some(found) = of(indicator, &told, (body, known.as_deref())) {
            all.push((known.is_none(), found));
        }
    }
    all.sort_by_key(|(is_new, _)| *is_new);
    borne_out(all.into_iter().map(|(_, found)| found).collect(), body, wanted)
}

/// A sentence, and the figures in it.
struct FiguredSentence<'a> {
    text: &'a str,
    folded: String,
    figures: Vec<CountedFigure>,
}

impl<'a> FiguredSentence<'a> {
    fn of(text: &'a str) -> Self {
        let has_figures = text.chars().any(|c| c.is_numeric() || crate::han::numeral::is_numeral(c));
        let figures = if has_figures { compare::counted_in(text) } else { Vec::new() };
        Self { text, folded: fold::squeeze_str(text), figures }
    }
}

/// What the year before declared of this indicator.
fn before(wanted: &WantedDocument<'_>, id: &str) -> Option<String> {
    let declared = wanted.before?.matter.indicators.iter().find(|declared| declared.id.value == id)?;
    Some(declared.value.value.plain().to_string())
}

/// The first sentence that calls the indicator by its name and has a figure in its unit.
fn of(
    indicator: &Indicator,
    told: &[FiguredSentence<'_>],
    around: (&str, Option<&str>),
) -> Option<Suggestion> {
    let names =
        std::iter::once(&indicator.name).chain(&indicator.aliases).map(|name| fold::squeeze_str(name));
    let names: Vec<String> = names.filter(|name| name.chars().count() >= 2).collect();
    told.iter().filter(|sentence| !sentence.figures.is_empty()).find_map(|sentence| {
        let name = names.iter().find(|name| sentence.folded.contains(name.as_str()))?;
        let figure = nearest(sentence, name, indicator)?;
        Some(Suggestion {
            id: indicator.id.clone(),
            entry: entry(figure, quote(sentence.text, figure, around.0).as_deref()),
            sentence: match around.1 {
                Some(before) => format!("{}（上年 {before}）", sentence.text),
                None => sentence.text.to_owned(),
            },
        })
    })
}

/// The figure in the indicator's unit that stands next behind its name, or else before it.
fn nearest<'s>(
    sentence: &'s FiguredSentence<'_>,
    name: &str,
    indicator: &Indicator,
) -> Option<&'s CountedFigure> {
    let unit = fold::squeeze_str(&indicator.unit);
    let fits = |figure: &&CountedFigure| {
        let same = fold::squeeze_str(&figure.unit) == unit;
        same && (figure.measure == Measure::Target) == (indicator.kind == Measure::Target)
    };
    let end = sentence.folded.find(name)? + name.len();
    let place = |figure: &CountedFigure| fold::squeeze_str(&sentence.text[..figure.range.start]).len();
    let fitting: Vec<&CountedFigure> = sentence.figures.iter().filter(fits).collect();
    let behind = fitting.iter().find(|figure| place(figure) >= end);
    behind.or(fitting.iter().rev().find(|figure| place(figure) < end)).copied()
}

/// The clause around a figure, if it stands once in the text: a quote that holds the value.
fn quote(sentence: &str, figure: &CountedFigure, body: &str) -> Option<String> {
    let ends = ['，', ',', '；', ';', '。', '：', ':'];
    let start = sentence[..figure.range.start]
        .rfind(ends)
        .map_or(0, |at| at + sentence[at..].chars().next().map_or(1, char::len_utf8));
    let end = sentence[figure.range.end..].find(ends).map_or(sentence.len(), |at| figure.range.end + at);
    let squeezed = fold::squeeze_str(body);
    let once = |words: &&str| squeezed.matches(&fold::squeeze_str(words)).count() == 1;
    let clause = sentence[start..end].trim();
    [clause, sentence].into_iter().find(once).map(str::to_owned)
}

/// What stands behind the id.
fn entry(figure: &CountedFigure, quote: Option<&str>) -> String {
    let amount = &figure.amount;
    let value = match amount.to {
        Some(to) => format!("{{ from: {}, to: {} }}", amount.value.plain(), to.plain()),
        None => amount.value.plain().to_string(),
    };
    let mut parts = vec![format!("value: {value}")];
    parts.extend(amount.qualifier.map(|qualifier| format!("qualifier: {}", qualifier.as_str())));
    parts.extend(quote.map(|quote| format!("quote: {}", scalar(quote))));
    format!("{{ {} }}", parts.join(", "))
}

/// Those of the suggestions that hold: a report that declares them is read, and what it complains of is
/// dropped.
fn borne_out(all: Vec<Suggestion>, body: &str, wanted: &WantedDocument<'_>) -> Vec<Suggestion> {
    let mut front = "---\ntitle: 甲\nissuer: 甲\npublished: 2000-01-01\nindicators:\n".to_owned();
    let mut ends = Vec::with_capacity(all.len());
    for found in &all {
        front.push_str(&format!("  {}: {}\n", found.id, found.entry));
        ends.push(front.len());
    }
    let source = Source::new("content/a/2000.md", format!("{front}---\n{body}"));
    let address = Address { place: "a".into(), year: wanted.year, slug: None };
    let read = report::parse(&source, address, (wanted.config, wanted.registry));
    let wrong = read
        .diagnostics
        .iter()
        .filter(|found| found.code.starts_with("indicator/") || found.code.starts_with("matter/"));
    let places = wrong.filter_map(|found| Some(found.span?.range().start));
    let wrong: BTreeSet<usize> = places.map(|start| ends.partition_point(|end| *end <= start)).collect();
    let numbered = all.into_iter().enumerate();
    numbered.filter(|(number, _)| !wrong.contains(number)).map(|(_, found)| found).collect()
}
