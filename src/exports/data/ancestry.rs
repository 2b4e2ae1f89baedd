//! Where the sentences of each document come from, as a table.

use super::shared::{INVENTED, KIND, PLACE, YEAR};
use super::table::{Cell, Column, Table, Type};
use crate::ancestry::Tally;
use crate::ask::{Ask, OriginCounts};

/// The columns: a row for every document whose sentences are looked at.
pub(super) static COLUMNS: [Column; 14] = [
    Column::needed("address", Type::Address, "column.ancestry.address"),
    PLACE,
    Column::needed("place_name", Type::Text, "column.ancestry.place_name"),
    YEAR,
    KIND,
    Column::needed("sentences", Type::Whole, "column.ancestry.sentences"),
    Column::needed("new", Type::Whole, "column.ancestry.new"),
    Column::needed("kept", Type::Whole, "column.ancestry.kept"),
    Column::needed("kept_with_other_figures", Type::Whole, "column.ancestry.kept_with_other_figures"),
    Column::needed("elsewhere", Type::Whole, "column.ancestry.elsewhere"),
    Column::needed("common", Type::Whole, "column.ancestry.common"),
    Column::needed("quoted", Type::Whole, "column.ancestry.quoted"),
    Column::needed("first", Type::Truth, "column.ancestry.first"),
    INVENTED,
];

/// Every document whose sentences are looked at, by place, year and name.
pub(super) fn table<'a>(ask: &'a Ask<'_>) -> Table<14, impl Iterator<Item = [Cell<'a>; 14]>> {
    Table { columns: &COLUMNS, rows: ask.counted_of_all().into_iter().map(|counted| row(ask, counted)) }
}

fn row<'a>(ask: &'a Ask<'_>, OriginCounts { record, tally, is_first }: OriginCounts<'a>) -> [Cell<'a>; 14] {
    let place = ask.place(&record.address.place);
    let Tally { new, kept, figures, elsewhere, common, aside } = tally;
    [
        Cell::made(Some(ask.whole(&record.route()))),
        Cell::text(Some(&record.address.place)),
        Cell::text(Some(place.map_or(&record.address.place, |place| &place.name.value))),
        Cell::Year(record.address.year),
        Cell::text(Some(&record.matter.kind)),
        Cell::Whole(tally.judged() + common + aside),
        Cell::Whole(new),
        Cell::Whole(kept),
        Cell::Whole(figures),
        Cell::Whole(elsewhere),
        Cell::Whole(common),
        Cell::Whole(aside),
        Cell::Truth(is_first),
        Cell::Truth(ask.is_invented(&record.address.place)),
    ]
}
