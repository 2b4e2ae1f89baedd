//! What others may count of each document, a line a document: by this a site that gathers those of many offices
//! knows which there are, and where the source of each is. Every row says by which
//! schema it is written, so that a reader of another version knows before it counts.

use super::shared::{EXTENT, INVENTED, KIND, PLACE, PUBLISHED, TITLE, YEAR};
use super::table::{Cell, Column, Table, Type};
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

/// Every document that stands on this site, by place, year and name. Those that a federated site gathers are in the
/// records of their own sites.
pub(super) fn table<'a>(ask: &'a Ask<'_>) -> Table<12, impl Iterator<Item = [Cell<'a>; 12]>> {
    Table { columns: &COLUMNS, rows: own(ask).map(|report| row(ask, report)) }
}

/// The documents that stand on this site.
pub(super) fn own<'a>(ask: &'a Ask<'_>) -> impl Iterator<Item = &'a Record> {
    ask.all().iter().map(Document::record).filter(|report| ask.elsewhere(&report.route()).is_none())
}

fn row<'a>(ask: &'a Ask<'_>, record: &'a Record) -> [Cell<'a>; 12] {
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
        Cell::made(Some(below(route.as_str()))),
        Cell::Whole(RECORDS_SCHEMA),
        Cell::text(Some(&record.address.place)),
        Cell::Year(record.address.year),
        Cell::text(Some(&matter.kind)),
        Cell::text(Some(&matter.title.value)),
        Cell::text(Some(words::status(matter.status))),
        Cell::made(published),
        if stands { Cell::Whole(record.figures.len()) } else { Cell::Empty },
        Cell::made(source.map(|route| below(route.as_str()))),
        Cell::text(Some(matter.extent.name())),
        Cell::Truth(ask.is_invented(&record.address.place)),
    ]
}
