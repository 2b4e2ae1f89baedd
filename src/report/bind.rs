//! Declared figures bound to the words that they come from, and the complaints where there are
//! no such words, or too many.

use std::collections::BTreeMap;

use super::evidence::{self, Claim, ClaimMiss, PassageIndex};
use super::statute::StatuteTables;
use super::{Amount, Figure, Matter, body, matter};
use crate::config::{Indicator, IndicatorId, Registry};
use crate::diag::{Diagnosed, Diagnostic, Words};
use crate::source::{Source, Span};

/// A figure, and where it is marked.
pub(super) struct BoundFigure {
    pub(super) figure: Figure,
    pub(super) span: Option<Span>,
}

/// What figures are bound to, and by.
pub(super) struct Bindings<'a> {
    pub(super) matter: &'a Matter,
    pub(super) body: &'a body::ReadBody,
    pub(super) registry: &'a Registry,
    /// The tables that the law prescribes, which tell figures that nobody declares.
    pub(super) tables: &'a StatuteTables,
}

/// Finds the words of every declared value, and the values that a prescribed table tells.
pub(super) fn bind(source: &Source, parts: &Bindings<'_>, year: i16) -> Diagnosed<Vec<BoundFigure>> {
    let Bindings { matter, body, registry, .. } = *parts;
    let mut diagnostics = Vec::new();
    let mut found = BTreeMap::new();
    let mut claimed = Vec::new();
    let mut claims = Vec::new();
    for declared in &matter.indicators {
        let Some(at) = registry.position(&declared.id.value) else {
            diagnostics.push(unknown_indicator(source, declared, registry));
            continue;
        };
        if declared.from_attachment {
            found.insert(at, attached(declared));
            continue;
        }
        claimed.push((at, declared));
        claims.push(claim(declared, &registry.all()[at], year));
    }
    let index = PassageIndex::new(&body.passages, &claims);
    for ((at, declared), claim) in claimed.into_iter().zip(&claims) {
        match index.find(claim) {
            Ok(place) => {
                diagnostics.extend(otherwise_qualified(source, declared, (body, &place)));
                found.insert(at, figure(declared, body, &place));
            }
            Err(miss) => {
                diagnostics.push(unsupported(source, (declared, &registry.all()[at]), (body, &miss)));
            }
        }
    }
    for (at, bound) in tabled(parts) {
        found.entry(at).or_insert(bound);
    }
    let mut figures: Vec<BoundFigure> = found.into_values().collect();
    share_marks(&mut figures);
    for bound in &mut figures {
        bound.figure.is_marked = bound.span.is_some();
    }
    Diagnosed { value: figures, diagnostics }
}

/// The figures that the prescribed tables tell of indicators that name a cell of them, by the place of these in
/// the registry. What is declared by hand, well or not, is left to who declared it.
fn tabled(parts: &Bindings<'_>) -> Vec<(IndicatorId, BoundFigure)> {
    let Bindings { matter, body, registry, tables } = *parts;
    let is_declared = |id: &str| matter.indicators.iter().any(|declared| declared.id.value == id);
    let indicators = registry.all().entries().filter(|(_, indicator)| !is_declared(&indicator.id));
    let tabled = indicators.filter_map(|(at, indicator)| {
        let cell = indicator.cell.as_deref()?;
        let amount = Amount::exact(tables.number(cell)?);
        let place = tables.mention(cell, body)?;
        Some((at, placed(indicator.id.clone(), amount, (body, &place))))
    });
    tabled.collect()
}

fn claim<'a>(declared: &'a matter::DeclaredValue, indicator: &'a Indicator, year: i16) -> Claim<'a> {
    let names = std::iter::once(indicator.name.as_str()).chain(indicator.aliases.iter().map(String::as_str));
    Claim {
        value: declared.value.value,
        to: declared.to,
        quote: declared.quote.as_ref().map(|quote| quote.value.as_str()),
        names: names.collect(),
        unit: &indicator.unit,
        year,
    }
}

/// Two indicators may stand on one figure; only the first can be marked there, and the other
/// leads to its mark.
fn share_marks(figures: &mut [BoundFigure]) {
    let mut order: Vec<usize> = (0..figures.len()).collect();
    order.sort_by_key(|at| (figures[*at].span, *at));
    let mut last: Option<usize> = None;
    for at in order {
        let Some(span) = figures[at].span else {
            continue;
        };
        match last.filter(|last| figures[*last].span.is_some_and(|before| span.start < before.end)) {
            Some(first) => {
                let mark = format!("fig-{}", figures[first].figure.indicator);
                figures[at].span = None;
                figures[at].figure.anchor = Some(mark.into());
            }
            None => last = Some(at),
        }
    }
}

fn attached(declared: &matter::DeclaredValue) -> BoundFigure {
    let figure = Figure {
        indicator: declared.id.value.clone(),
        amount: declared.amount(),
        is_marked: false,
        anchor: None,
        sentence: Box::default(),
    };
    BoundFigure { figure, span: None }
}

fn figure(
    declared: &matter::DeclaredValue,
    body: &body::ReadBody,
    place: &evidence::FigureMention,
) -> BoundFigure {
    placed(declared.id.value.clone(), declared.amount(), (body, place))
}

/// A figure of an indicator at a place of the text.
fn placed(
    indicator: String,
    amount: Amount,
    (body, place): (&body::ReadBody, &evidence::FigureMention),
) -> BoundFigure {
    let passage = &body.maps[place.passage];
    let figure = Figure {
        indicator,
        amount,
        is_marked: false,
        anchor: passage.section.map(|at| body.body.sections[at].anchor.clone()),
        sentence: body.sentence(place).into(),
    };
    BoundFigure { figure, span: body.span(place) }
}

/// A warning where the words around a figure qualify it in another way than its author does:
/// a bound would pass for an exact figure.
fn otherwise_qualified(
    source: &Source,
    declared: &matter::DeclaredValue,
    found: (&body::ReadBody, &evidence::FigureMention),
) -> Option<Diagnostic> {
    let (body, place) = found;
    let text = body.text(place);
    let figure = text.get(place.figure.clone())?;
    // 余 and 多 may stand between a figure and its unit, or inside it: 10多万.
    let inner = figure.find(['余', '多', '餘']).map_or(place.figure.end, |at| place.figure.start + at);
    let (before, after) = (text.get(..place.figure.start)?, text.get(inner..)?);
    let said = crate::han::qualifier::qualifier(before, after)?;
    if declared.qualifier.is_some_and(|declared| declared.side() == said.side()) {
        return None;
    }
    let name = said.as_str();
    let words = Words::new(
        format!("正文里的这个数字是 `{name}`，元数据没有这样写"),
        format!("the text says that this figure is `{name}`, the front matter does not"),
    );
    let diagnostic = Diagnostic::warning("indicator/qualifier", source.path(), words).at(declared.value.span);
    let span = body.span(place);
    let diagnostic = match span {
        Some(span) => diagnostic.label(source.path(), span, Words::new("这里", "here")),
        None => diagnostic,
    };
    Some(diagnostic.help(
        format!("写成 `{{ value: {}, qualifier: {name} }}`", declared.value.value),
        format!("write `{{ value: {}, qualifier: {name} }}`", declared.value.value),
    ))
}

fn unknown_indicator(source: &Source, declared: &matter::DeclaredValue, registry: &Registry) -> Diagnostic {
    let id = &declared.id.value;
    let diagnostic = Diagnostic::error(
        "indicator/unknown",
        source.path(),
        Words::new(
            format!("指标登记表中没有 `{id}`"),
            format!("`{id}` is not in the registry of indicators"),
        ),
    )
    .at(declared.id.span);
    match crate::yaml::names::meant(id, &registry.known()) {
        Some(Words { zh, en }) => diagnostic.help(zh, en),
        None => diagnostic.help("先在 indicators.yaml 中登记", "register it in indicators.yaml first"),
    }
}

/// The complaint about a claim that has no words, or too many.
fn unsupported(
    source: &Source,
    claim: (&matter::DeclaredValue, &Indicator),
    found: (&body::ReadBody, &evidence::ClaimMiss),
) -> Diagnostic {
    let ((declared, indicator), (body, miss)) = (claim, found);
    let (name, value) = (&indicator.name, declared.value.value);
    let value = format!("{value}{}", indicator.unit);
    match miss {
        ClaimMiss::Unsupported => Diagnostic::error(
            "indicator/unsupported",
            source.path(),
            Words::new(
                format!("正文里找不到“{name}”为 {value} 的依据"),
                format!("the report has no words for {name} = {value}"),
            ),
        )
        .at(declared.value.span)
        .help(
            "核对数字；或用 `quote:` 抄出含有这个数字的原文",
            "check the figure, or give a `quote:` with the words that hold it",
        ),
        ClaimMiss::Ambiguous(places) => {
            let words = Words::new(
                format!("“{name}”为 {value}，在正文里有 {} 处", places.len()),
                format!("{name} = {value} is found in {} places", places.len()),
            );
            let complaint = Diagnostic::error("indicator/ambiguous", source.path(), words)
                .at(declared.value.span)
                .help("用 `quote:` 抄出其中一处", "give a `quote:` with the words of one of them");
            let spans = places.iter().take(5).filter_map(|place| body.span(place));
            spans.fold(complaint, |complaint, span| {
                complaint.label(source.path(), span, Words::new("这里", "here"))
            })
        }
        ClaimMiss::QuoteMissing | ClaimMiss::QuoteRepeated(_) | ClaimMiss::QuoteWithoutValue => {
            misquoted(source, declared, miss)
        }
    }
}

/// The complaint about a quote.
fn misquoted(source: &Source, declared: &matter::DeclaredValue, miss: &ClaimMiss) -> Diagnostic {
    let value = declared.value.value;
    let (words, help) = match miss {
        ClaimMiss::QuoteRepeated(times) => (
            Words::new(
                format!("这句引文在正文里出现 {times} 次"),
                format!("the report holds this quote {times} times"),
            ),
            ("多抄几个字，使它只出现一次", "copy some more words, so that it occurs once"),
        ),
        ClaimMiss::QuoteWithoutValue => (
            Words::new(format!("这句引文里没有 {value}"), format!("this quote does not hold {value}")),
            ("引文要含有所声明的数字", "the quote must hold the declared value"),
        ),
        _ => (
            Words::new("正文里没有这句引文", "the report does not hold this quote"),
            ("照正文一字不差地抄", "copy it from the report as it stands there"),
        ),
    };
    let quote = declared.quote.as_ref();
    Diagnostic::error("indicator/quote", source.path(), words)
        .at(quote.map_or(declared.value.span, |quote| quote.span))
        .help(help.0, help.1)
}
