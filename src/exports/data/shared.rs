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
