//! Columns that several tables have.

use super::table::{Column, Type};

/// How much of a document is held.
pub(super) const EXTENT: Column = Column::needed("extent", Type::Text, "column.shared.extent");

/// Whether a place is real.
pub(super) const INVENTED: Column = Column::needed("invented", Type::Truth, "column.shared.invented");

/// The place of a row.
pub(super) const PLACE: Column = Column::needed("place", Type::Text, "column.shared.place");

/// The year of a document.
pub(super) const YEAR: Column = Column::needed("year", Type::Year, "column.shared.year");

/// The kind of a document.
pub(super) const KIND: Column = Column::needed("document_kind", Type::Text, "column.shared.document_kind");

/// The title of a document.
pub(super) const TITLE: Column = Column::needed("title", Type::Text, "column.shared.title");

/// When a document was published.
pub(super) const PUBLISHED: Column = Column::optional("published", Type::Date, "column.shared.published");
