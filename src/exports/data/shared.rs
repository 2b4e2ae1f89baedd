//! Columns that several tables have.

use super::table::{Column, Type};

/// How much of a document is held.
pub(super) const EXTENT: Column = Column::needed(
    "extent",
    Type::Text,
    "收录的范围：full 全文、opening 仅开头、excerpt 节选、digest 本站摘编（不是原文）",
    "How much of the document is held: full, its opening, excerpts, or a digest in the words of this site",
);

/// Whether a place is real.
pub(super) const INVENTED: Column = Column::needed(
    "invented",
    Type::Truth,
    "true 表示虚构的示例，不是真实的地方和文件，不得当作真实数据使用",
    "True for an invented example, which is no real place and no real document: not to be used as data",
);

/// The place of a row.
pub(super) const PLACE: Column =
    Column::needed("place", Type::Text, "地方在网址中的名称", "The place, by its name in addresses");

/// The year of a document.
pub(super) const YEAR: Column =
    Column::needed("year", Type::Year, "文件所述的年度", "The year that the document covers");

/// The kind of a document.
pub(super) const KIND: Column =
    Column::needed("document_kind", Type::Text, "文种编号", "The kind, by its id");

/// The title of a document.
pub(super) const TITLE: Column = Column::needed("title", Type::Text, "标题", "The title");

/// When a document was published.
pub(super) const PUBLISHED: Column = Column::optional(
    "published",
    Type::Date,
    "发布日期，日期不详的为空",
    "The day it was published; nothing where nobody knows",
);
