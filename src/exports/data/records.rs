//! What others may count of each document, a line a document: by this a site that gathers those of many offices
//! knows which there are, and where the source of each is. Every row says by which
//! schema it is written, so that a reader of another version knows before it counts.

use super::shared::{EXTENT, INVENTED, KIND, PLACE, PUBLISHED, TITLE, YEAR};
use super::table::{Column, DataValue, Type, TypedTable};
use crate::archive::Document;
use crate::ask::Ask;
use crate::outline::data::RECORDS_SCHEMA;
use crate::report::{PublicationDay, PublicationStatus, Record};
use crate::words;

/// The columns: a row for every document, withdrawn ones among them.
pub(super) static COLUMNS: [Column; 12] = [
    Column::needed("path", Type::Text, "column.records.path"),
    Column::needed("schema", Type::Whole, "column.records.schema"),
    PLACE,
    YEAR,
    KIND,
    TITLE,
    Column::needed("status", Type::Text, "column.records.status"),
    PUBLISHED,
    Column::optional("figures", Type::Whole, "column.records.figures"),
    Column::optional("source", Type::Text, "column.records.source"),
    EXTENT,
    INVENTED,
];

/// Every document that stands on this site, by place, year and name, or one in `step` of them. Those that a federated site gathers are in the
/// records of their own sites.
pub(super) fn table<'a>(
    ask: &'a Ask<'_>,
    step: usize,
) -> TypedTable<12, impl Iterator<Item = [DataValue<'a>; 12]>> {
    TypedTable { columns: &COLUMNS, rows: own(ask).step_by(step).map(|report| row(ask, report)) }
}

/// The documents that stand on this site.
pub(super) fn own<'a>(ask: &'a Ask<'_>) -> impl Iterator<Item = &'a Record> {
    ask.all().iter().map(Document::record).filter(|report| ask.elsewhere(&report.route()).is_none())
}

fn row<'a>(ask: &'a Ask<'_>, record: &'a Record) -> [DataValue<'a>; 12] {
    let matter = &record.matter;
    let route = record.route();
    let stands = matter.status != PublicationStatus::Withdrawn;
    let published = match matter.published {
        PublicationDay::On(moment) => Some(moment.date.to_string()),
        PublicationDay::Unknown => None,
    };
    let source = route.beside("index.md").filter(|_| stands);
    let below = |path: &str| path.trim_start_matches('/').to_owned();
    [
        DataValue::made(Some(below(route.as_str()))),
        DataValue::Whole(RECORDS_SCHEMA),
        DataValue::text(Some(&record.address.place)),
        DataValue::Year(record.address.year),
        DataValue::text(Some(&matter.kind)),
        DataValue::text(Some(&matter.title.value)),
        DataValue::text(Some(words::status(matter.status))),
        DataValue::made(published),
        if stands { DataValue::Whole(record.figures.len()) } else { DataValue::Empty },
        DataValue::made(source.map(|route| below(route.as_str()))),
        DataValue::text(Some(matter.extent.name())),
        DataValue::Truth(ask.is_invented(&record.address.place)),
    ]
}
