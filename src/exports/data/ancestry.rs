//! Where the sentences of each document come from, as a table.

use super::shared::{INVENTED, KIND, PLACE, YEAR};
use super::table::{Cell, Column, Table, Type};
use crate::ancestry::Tally;
use crate::ask::{Ask, Counted};

/// The columns: a row for every document whose sentences are looked at.
pub(super) static COLUMNS: [Column; 14] = [
    Column::needed("address", Type::Address, "文件的固定网址", "The document's permanent address"),
    PLACE,
    Column::needed("place_name", Type::Text, "地方的名称", "The place's name"),
    YEAR,
    KIND,
    Column::needed(
        "sentences",
        Type::Whole,
        "不同的句子数：十二字及以上，标题除外；等于后面六项之和",
        "How many different sentences of twelve characters or more it has, headings left out: the sum of the next six",
    ),
    Column::needed("new", Type::Whole, "此前未见的句子数", "Sentences that are not found earlier"),
    Column::needed(
        "kept",
        Type::Whole,
        "本地方往年文件已有的句子数",
        "Sentences that stand in a document of an earlier year of the same place",
    ),
    Column::needed(
        "kept_with_other_figures",
        Type::Whole,
        "本地方往年文件已有、只换了数字的句子数",
        "Sentences that stand there but for their figures",
    ),
    Column::needed(
        "elsewhere",
        Type::Whole,
        "先见于其他地方文件的句子数",
        "Sentences that stand in an earlier document of another place",
    ),
    Column::needed(
        "common",
        Type::Whole,
        "三分之一以上的地方（至少四个）都有的通用语句数，不计入比例",
        "Sentences that more than a third of the places have, and four at least; no part of shares",
    ),
    Column::needed(
        "quoted",
        Type::Whole,
        "引号、书名号以外不足十二字的句子和表格的行数，不计入比例",
        "Rows of tables, and sentences with fewer than twelve characters outside quotations and titles; no part of shares",
    ),
    Column::needed(
        "first",
        Type::Truth,
        "true 表示本站没有该地方更早年度的文件，无从判断是否沿用",
        "True where no document of an earlier year of the place is held, so that nobody can tell what is kept",
    ),
    INVENTED,
];

/// Every document whose sentences are looked at, by place, year and name.
pub(super) fn table<'a>(ask: &'a Ask<'_>) -> Table<14, impl Iterator<Item = [Cell<'a>; 14]>> {
    Table { columns: &COLUMNS, rows: ask.counted_of_all().into_iter().map(|counted| row(ask, counted)) }
}

fn row<'a>(ask: &'a Ask<'_>, Counted { record, tally, is_first }: Counted<'a>) -> [Cell<'a>; 14] {
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
