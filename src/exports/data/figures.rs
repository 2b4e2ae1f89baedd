//! The rows of figures: each a value, what it measures, and the words of the report that it
//! comes from. This is the only place that makes them.

use std::rc::Rc;

use super::shared::{EXTENT, INVENTED, PLACE, YEAR};
use super::table::{Column, DataValue, Type, TypedTable};
use crate::archive;
use crate::ask::{Ask, FigureInReport};
use crate::config::Indicator;
use crate::outline::data::Slice;
use crate::page::Place;
use crate::report::{Figure, PublicationDay, PublicationStatus, Record};

/// The columns of figures.
pub(super) static COLUMNS: [Column; 22] = [
    PLACE,
    Column::needed("place_name", Type::Text, "column.figures.place_name"),
    Column::optional("division_code", Type::Text, "column.figures.division_code"),
    Column::needed("level", Type::Text, "column.figures.level"),
    YEAR,
    Column::needed("indicator", Type::Text, "column.figures.indicator"),
    Column::needed("indicator_name", Type::Text, "column.figures.indicator_name"),
    Column::needed("indicator_kind", Type::Text, "column.figures.indicator_kind"),
    Column::optional("unit", Type::Text, "column.figures.unit"),
    Column::needed("value", Type::Number, "column.figures.value"),
    Column::optional("value_to", Type::Number, "column.figures.value_to"),
    Column::optional("qualifier", Type::Text, "column.figures.qualifier"),
    Column::needed("basis", Type::Text, "column.figures.basis"),
    Column::needed("preferred", Type::Truth, "column.figures.preferred"),
    Column::optional("sentence", Type::Text, "column.figures.sentence"),
    Column::needed("title", Type::Text, "column.figures.title"),
    Column::needed("document_kind", Type::Text, "column.figures.document_kind"),
    Column::optional("published", Type::Date, "column.figures.published"),
    Column::needed("address", Type::Address, "column.figures.address"),
    Column::optional("anchor", Type::Text, "column.figures.anchor"),
    EXTENT,
    INVENTED,
];

/// A document as its rows name it.
pub(super) struct DocumentColumns<'a> {
    pub(super) report: &'a Record,
    pub(super) place: Option<&'a Place>,
    /// Its whole address.
    pub(super) address: String,
    /// The day it was published.
    pub(super) published: Option<String>,
    /// Whether its place is invented.
    pub(super) invented: bool,
}

/// A figure with everything that is said of it.
pub(super) struct FigureRecord<'a> {
    pub(super) document: Rc<DocumentColumns<'a>>,
    pub(super) indicator: &'a Indicator,
    pub(super) figure: &'a Figure,
    /// Whether this figure speaks for its year.
    pub(super) preferred: bool,
}

/// The rows of a slice, by place, year, document and indicator; those of an indicator by
/// place, year and document. Those of one in `step` documents are enough to guess how large a
/// file will be.
pub(super) fn rows<'a>(
    ask: &'a Ask<'_>,
    slice: &Slice,
    step: usize,
) -> impl Iterator<Item = FigureRecord<'a>> {
    let mut last: Option<Rc<DocumentColumns<'a>>> = None;
    values(ask, slice, step).into_iter().filter_map(move |FigureInReport { report, figure }| {
        // Rows of one document mostly follow each other.
        let kept = last.take().filter(|document| std::ptr::eq(document.report, report));
        let document = kept.unwrap_or_else(|| Rc::new(document(ask, report)));
        last = Some(Rc::clone(&document));
        let indicator = ask.registry().get(&figure.indicator)?;
        Some(FigureRecord { document, indicator, figure, preferred: is_preferred(ask, report, figure) })
    })
}

/// The table of a slice, or of one in `step` of its documents.
pub(super) fn table<'a>(
    ask: &'a Ask<'_>,
    slice: &Slice,
    step: usize,
) -> TypedTable<22, impl Iterator<Item = [DataValue<'a>; 22]>> {
    TypedTable { columns: &COLUMNS, rows: rows(ask, slice, step).map(FigureRecord::cells) }
}

fn values<'a>(ask: &'a Ask<'_>, slice: &Slice, step: usize) -> Vec<FigureInReport<'a>> {
    match slice {
        Slice::Whole => figures(ask.all().iter().step_by(step).map(archive::Document::record)),
        Slice::Place(slug) => figures(ask.of_place(slug).iter().step_by(step).map(archive::Document::record)),
        Slice::Year(year) => figures(ask.of_year(*year).into_iter().step_by(step)),
        Slice::Indicator(id) => {
            let values = ask.registry().position(id).map(|at| ask.told(at).step_by(step));
            values.into_iter().flatten().collect()
        }
    }
}

/// The figures of these documents. What was withdrawn says nothing any more.
fn figures<'a>(reports: impl Iterator<Item = &'a Record>) -> Vec<FigureInReport<'a>> {
    let standing = reports.filter(|report| report.matter.status != PublicationStatus::Withdrawn);
    standing
        .flat_map(|report| report.figures.iter().map(move |figure| FigureInReport { report, figure }))
        .collect()
}

fn document<'a>(ask: &'a Ask<'_>, report: &'a Record) -> DocumentColumns<'a> {
    DocumentColumns {
        report,
        place: ask.place(&report.address.place),
        address: ask.whole(&report.route()),
        published: match report.matter.published {
            PublicationDay::On(moment) => Some(moment.date.to_string()),
            PublicationDay::Unknown => None,
        },
        invented: ask.is_invented(&report.address.place),
    }
}

/// Whether a figure speaks for its year: it is the first of its place, year and indicator, as
/// in every table of the site. The year's own report stands before all others.
fn is_preferred(ask: &Ask<'_>, report: &Record, figure: &Figure) -> bool {
    let address = &report.address;
    if address.slug.is_none() {
        return true;
    }
    let of_year = ask.of_place_and_year(&address.place, address.year).iter();
    let before = of_year.take_while(|other| other.address != *address);
    let mut standing = before.filter(|other| other.matter.status != PublicationStatus::Withdrawn);
    !standing.any(|other| other.figures.iter().any(|more| more.indicator == figure.indicator))
}

impl<'a> DocumentColumns<'a> {
    /// The place's name.
    pub(super) fn place_name(&self) -> &'a str {
        self.place.map_or(&self.report.address.place, |place| &place.name.value)
    }

    /// The level of the place, by its name in front matter.
    pub(super) fn level(&self) -> &'static str {
        self.place.map_or("", |place| place.level.name())
    }
}

impl<'a> FigureRecord<'a> {
    /// Where the value stands: `text` or `attachment`.
    pub(super) fn basis(&self) -> &'static str {
        let declared = &self.document.report.matter.indicators;
        let from_attachment =
            declared.iter().any(|said| said.from_attachment && said.id.value == self.figure.indicator);
        if from_attachment { "attachment" } else { "text" }
    }

    /// How exact the value is.
    pub(super) fn qualifier(&self) -> Option<&'static str> {
        self.figure.amount.qualifier.map(crate::report::Qualifier::as_str)
    }

    fn cells(self) -> [DataValue<'a>; 22] {
        let (document, indicator) = (&*self.document, self.indicator);
        let report = document.report;
        [
            DataValue::text(Some(&report.address.place)),
            DataValue::text(Some(document.place_name())),
            DataValue::text(document.place.and_then(|place| place.code.as_deref())),
            DataValue::text(Some(document.level())),
            DataValue::Year(report.address.year),
            DataValue::text(Some(&indicator.id)),
            DataValue::text(Some(&indicator.name)),
            DataValue::text(Some(indicator.kind.name())),
            DataValue::text(Some(&indicator.unit)),
            DataValue::Number(self.figure.amount.value),
            self.figure.amount.to.map_or(DataValue::Empty, DataValue::Number),
            DataValue::text(self.qualifier()),
            DataValue::text(Some(self.basis())),
            DataValue::Truth(self.preferred),
            DataValue::text(Some(&self.figure.sentence)),
            DataValue::text(Some(&report.matter.title.value)),
            DataValue::text(Some(&report.matter.kind)),
            DataValue::made(document.published.clone()),
            DataValue::made(Some(document.address.clone())),
            DataValue::made(Some(self.figure.fragment()).filter(|fragment| !fragment.is_empty())),
            DataValue::text(Some(report.matter.extent.name())),
            DataValue::Truth(document.invented),
        ]
    }
}
