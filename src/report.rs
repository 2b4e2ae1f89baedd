//! One file of the archive, read: what its author says of the document, and the document.
//!
//! A report knows its own file and nothing else: whether its place exists or its links lead
//! anywhere is for the archive to say. Reading never fails; what is wrong comes along.

pub mod body;
mod clean;
mod evidence;
pub mod html;
pub mod matter;
mod write;

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use rust_decimal::Decimal;

use crate::config::{Config, Registry};
use crate::diag::{Diagnosed, Diagnostic, Words};
use crate::route::{Address, Route};
use crate::source::{Source, Span};

pub use body::{Body, Link, Section};
pub use write::write;
pub use matter::{Matter, Published, Qualifier, Status};

/// A document of a place and a year.
#[derive(Clone, Debug)]
pub struct Report {
    /// The file, below the site's folder.
    pub path: Utf8PathBuf,
    /// Place, year and name, from the path.
    pub address: Address,
    /// What its author says of it.
    pub matter: Matter,
    /// The text, as places in the source.
    pub body: Body,
    /// Its figures, each bound to its words, in the order of the registry.
    pub figures: Vec<Figure>,
}

/// A declared value and the words that it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The indicator.
    pub indicator: String,
    /// The value.
    pub value: Decimal,
    /// How exact it is.
    pub qualifier: Option<Qualifier>,
    /// Where figure and unit stand in the source; `None` where they come from an attachment
    /// or are broken by markup.
    pub span: Option<Span>,
    /// The anchor of the section, if the words stand in one.
    pub anchor: Option<Box<str>>,
    /// The sentence, or the row of the table.
    pub sentence: Box<str>,
}

impl Figure {
    /// The place on the page to link to.
    #[must_use]
    pub fn fragment(&self) -> String {
        match (&self.span, &self.anchor) {
            (Some(_), _) => format!("fig-{}", self.indicator),
            (None, Some(anchor)) => anchor.to_string(),
            (None, None) => String::new(),
        }
    }
}

impl Report {
    /// The address of its page.
    #[must_use]
    pub fn route(&self) -> Route {
        self.address.route()
    }

    /// The folder of its file, where its attachments are.
    #[must_use]
    pub fn folder(&self) -> &Utf8Path {
        self.path.parent().unwrap_or(Utf8Path::new(""))
    }
}

/// Reads the document in `source`, which stands at `address`.
#[must_use]
pub fn parse(source: &Source, address: Address, settings: (&Config, &Registry)) -> Diagnosed<Option<Report>> {
    let (config, registry) = settings;
    let mut diagnostics = Vec::new();
    let Some((matter_span, body_span)) = split(source) else {
        return Diagnosed { value: None, diagnostics: vec![no_matter(source)] };
    };
    let matter = matter::read(source, matter_span, (&address, config)).into(&mut diagnostics);
    let body = body::read(source, body_span, matter.as_ref()).into(&mut diagnostics);
    let Some(matter) = matter else {
        return Diagnosed { value: None, diagnostics };
    };
    let mut body = body;
    body.body.links.extend(wrapper_links(source, &matter));
    let figures = bind(source, (&matter, &body, registry), address.year.get()).into(&mut diagnostics);
    accept(source, &matter, &mut diagnostics);
    let report = Report {
        path: source.path().to_owned(),
        address,
        matter,
        body: body.body,
        figures,
    };
    Diagnosed { value: Some(report), diagnostics }
}

/// The links of a wrapper that stands in the front matter; each is complained of there.
fn wrapper_links(source: &Source, matter: &Matter) -> Vec<Link> {
    let Some(text) = matter.wrapper.as_ref().and_then(|wrapper| wrapper.text.as_ref()) else {
        return Vec::new();
    };
    let alone = Source::new(source.path(), text.value.as_str());
    let read = body::read(&alone, Span::new(0..text.value.len()), None).value;
    read.body.links.into_iter().map(|link| Link { span: text.span, ..link }).collect()
}

/// The spans of front matter and body; `None` without front matter.
pub(crate) fn split(source: &Source) -> Option<(Span, Span)> {
    let text = source.text();
    let start = text.strip_prefix("---\n").map(|_| 4)?;
    let end = match text[start..].starts_with("---\n") {
        true => start,
        false => start + text[start..].find("\n---\n").or_else(|| unterminated(&text[start..]))? + 1,
    };
    let body = (end + 4).min(text.len());
    Some((Span::new(start..end), Span::new(body..text.len())))
}

/// A file may end right after its front matter, without a last line end.
fn unterminated(text: &str) -> Option<usize> {
    text.ends_with("\n---").then(|| text.len() - 4)
}

/// The complaint that a file has no front matter.
pub(crate) fn no_matter(source: &Source) -> Diagnostic {
    let line = source.text().find('\n').unwrap_or(source.text().len());
    Diagnostic::error(
        "matter/absent",
        source.path(),
        Words::new("文件开头没有元数据", "the file does not begin with front matter"),
    )
    .at(Span::new(0..line))
    .help(
        "在第一行写 `---`，接着写 `title:` 等，再以一行 `---` 结束",
        "begin with a line `---`, then `title:` and the rest, then a line `---`",
    )
}

/// Drops what the author accepted by name, and complains of acceptances that accept nothing.
fn accept(source: &Source, matter: &Matter, diagnostics: &mut Vec<Diagnostic>) {
    for accepted in &matter.accept {
        let before = diagnostics.len();
        diagnostics.retain(|diagnostic| diagnostic.code != accepted.code.value);
        if diagnostics.len() == before {
            let code = &accepted.code.value;
            diagnostics.push(
                Diagnostic::warning(
                    "accept/unused",
                    source.path(),
                    Words::new(format!("没有需要接受的 `{code}`"), format!("there is no `{code}` to accept")),
                )
                .at(accepted.code.span)
                .help("删去这一条", "remove this entry"),
            );
        }
    }
}

/// Finds the words of every declared value.
fn bind(source: &Source, parts: (&Matter, &body::Read, &Registry), year: i16) -> Diagnosed<Vec<Figure>> {
    let (matter, body, registry) = parts;
    let mut diagnostics = Vec::new();
    let mut found = BTreeMap::new();
    let index = evidence::Index::new(&body.passages);
    for declared in &matter.indicators {
        let Some(at) = registry.position(&declared.id.value) else {
            diagnostics.push(unknown_indicator(source, declared, registry));
            continue;
        };
        let indicator = &registry.all()[at];
        if declared.from_attachment {
            found.insert(at, attached(declared));
            continue;
        }
        let names = std::iter::once(indicator.name.as_str()).chain(indicator.aliases.iter().map(String::as_str));
        let claim = evidence::Claim {
            value: declared.value.value,
            quote: declared.quote.as_ref().map(|quote| quote.value.as_str()),
            names: names.collect(),
            unit: &indicator.unit,
            year,
        };
        match index.find(&claim) {
            Ok(place) => {
                diagnostics.extend(otherwise_qualified(source, declared, (body, &place)));
                found.insert(at, figure(declared, body, &place));
            }
            Err(miss) => diagnostics.push(unsupported(source, (declared, indicator), (body, &miss))),
        }
    }
    Diagnosed { value: found.into_values().collect(), diagnostics }
}

fn attached(declared: &matter::Declared) -> Figure {
    Figure {
        indicator: declared.id.value.clone(),
        value: declared.value.value,
        qualifier: declared.qualifier,
        span: None,
        anchor: None,
        sentence: Box::default(),
    }
}

fn figure(declared: &matter::Declared, body: &body::Read, place: &evidence::Place) -> Figure {
    let passage = &body.maps[place.passage];
    Figure {
        indicator: declared.id.value.clone(),
        value: declared.value.value,
        qualifier: declared.qualifier,
        span: passage.span(place.cell, &place.figure),
        anchor: passage.section.map(|at| body.body.sections[at].anchor.clone()),
        sentence: body.sentence(place).into(),
    }
}

/// A warning where the words around a figure qualify it in another way than its author does:
/// a bound would pass for an exact figure.
fn otherwise_qualified(
    source: &Source,
    declared: &matter::Declared,
    found: (&body::Read, &evidence::Place),
) -> Option<Diagnostic> {
    let (body, place) = found;
    let text = body.text(place);
    let (before, after) = (text.get(..place.figure.start)?, text.get(place.figure.end..)?);
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
    let span = body.maps[place.passage].span(place.cell, &place.figure);
    let diagnostic = match span {
        Some(span) => diagnostic.label(source.path(), span, Words::new("这里", "here")),
        None => diagnostic,
    };
    Some(diagnostic.help(
        format!("写成 `{{ value: {}, qualifier: {name} }}`", declared.value.value),
        format!("write `{{ value: {}, qualifier: {name} }}`", declared.value.value),
    ))
}

fn unknown_indicator(source: &Source, declared: &matter::Declared, registry: &Registry) -> Diagnostic {
    let id = &declared.id.value;
    let diagnostic = Diagnostic::error(
        "indicator/unknown",
        source.path(),
        Words::new(format!("指标登记表中没有 `{id}`"), format!("`{id}` is not in the registry of indicators")),
    )
    .at(declared.id.span);
    match crate::diag::nearest(id, registry.all().iter().map(|indicator| indicator.id.as_str())) {
        Some(near) => diagnostic.help(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?")),
        None => diagnostic.help("先在 indicators.yaml 中登记", "register it in indicators.yaml first"),
    }
}

fn unsupported(
    source: &Source,
    claim: (&matter::Declared, &crate::config::Indicator),
    found: (&body::Read, &evidence::Miss),
) -> Diagnostic {
    use evidence::Miss;
    let ((declared, indicator), (body, miss)) = (claim, found);
    let value = format!("{}{}", declared.value.value, indicator.unit);
    let name = &indicator.name;
    let error = |code, words| Diagnostic::error(code, source.path(), words);
    let quote = declared.quote.as_ref().map_or(declared.value.span, |quote| quote.span);
    match miss {
        Miss::Unsupported => error(
            "indicator/unsupported",
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
        Miss::Ambiguous(places) => {
            let words = Words::new(
                format!("“{name}”为 {value}，在正文里有 {} 处", places.len()),
                format!("{name} = {value} is found in {} places", places.len()),
            );
            let diagnostic = error("indicator/ambiguous", words).at(declared.value.span).help(
                "用 `quote:` 抄出其中一处",
                "give a `quote:` with the words of one of them",
            );
            places.iter().take(5).fold(diagnostic, |diagnostic, place| {
                match body.maps[place.passage].span(place.cell, &place.figure) {
                    Some(span) => diagnostic.label(source.path(), span, Words::new("这里", "here")),
                    None => diagnostic,
                }
            })
        }
        Miss::QuoteMissing => error(
            "indicator/quote",
            Words::new("正文里没有这句引文", "the report does not hold this quote"),
        )
        .at(quote)
        .help("照正文一字不差地抄", "copy it from the report as it stands there"),
        Miss::QuoteRepeated(times) => error(
            "indicator/quote",
            Words::new(
                format!("这句引文在正文里出现 {times} 次"),
                format!("the report holds this quote {times} times"),
            ),
        )
        .at(quote)
        .help("多抄几个字，使它只出现一次", "copy some more words, so that it occurs once"),
        Miss::QuoteWithoutValue => error(
            "indicator/quote",
            Words::new(
                format!("这句引文里没有 {}", declared.value.value),
                format!("this quote does not hold {}", declared.value.value),
            ),
        )
        .at(quote)
        .help("引文要含有所声明的数字", "the quote must hold the declared value"),
    }
}
