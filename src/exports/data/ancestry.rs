//! Where the sentences of each document come from, as a table.

use super::shared::{INVENTED, KIND, PLACE, YEAR};
use super::table::{Column, DataValue, Type, TypedTable};
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

/// Every document whose sentences are looked at, by place, year and name, or one in `step` of them.
pub(super) fn table<'a>(
    ask: &'a Ask<'_>,
    step: usize,
) -> TypedTable<14, impl Iterator<Item = [DataValue<'a>; 14]>> {
    let some = ask.counted_of_all().into_iter().step_by(step);
    TypedTable { columns: &COLUMNS, rows: some.map(|counted| row(ask, counted)) }
}

fn row<'a>(
    ask: &'a Ask<'_>,
    OriginCounts { record, tally, is_first }: OriginCounts<'a>,
) -> [DataValue<'a>; 14] {
    let place = ask.place(&record.address.place);
    let Tally { new, kept, figures, elsewhere, common, aside } = tally;
    [
        DataValue::made(Some(ask.whole(&record.route()))),
        DataValue::text(Some(&record.address.place)),
        DataValue::text(Some(place.map_or(&record.address.place, |place| &place.name.value))),
        DataValue::Year(record.address.year),
        DataValue::text(Some(&record.matter.kind)),
        DataValue::Whole(tally.judged() + common + aside),
        DataValue::Whole(new),
        DataValue::Whole(kept),
        DataValue::Whole(figures),
        DataValue::Whole(elsewhere),
        DataValue::Whole(common),
        DataValue::Whole(aside),
        DataValue::Truth(is_first),
        DataValue::Truth(ask.is_invented(&record.address.place)),
    ]
}
