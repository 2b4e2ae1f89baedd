//! Why a package is not read, each in the reader's words.

use crate::diag::Words;
use crate::import::refused::Refused;

/// It is no zip archive, or a broken one.
pub(super) fn no_archive() -> Refused {
    Refused::Damaged(Words::new("不是完整的 .docx 压缩包", "it is no whole .docx archive"))
}

/// Nothing in it is a document's text.
pub(super) fn no_document() -> Refused {
    Refused::Damaged(Words::new("包里没有正文部分", "the archive has no part that is a document"))
}

/// A part of it is no XML.
pub(super) fn malformed(part: &str) -> Refused {
    Refused::Damaged(Words::new(
        format!("{part} 不是格式正确的 XML"),
        format!("{part} is no well-formed XML"),
    ))
}

/// A part declares a document type or names entities, which no word processor writes.
pub(super) fn entity(part: &str) -> Refused {
    Refused::Damaged(Words::new(
        format!("{part} 声明了 DTD 或实体，文字处理软件不会这样写"),
        format!("{part} declares a document type or entities, which no word processor writes"),
    ))
}

/// A part cannot be unpacked.
pub(super) fn unpacked(part: &str) -> Refused {
    Refused::Damaged(Words::new(format!("{part} 解不开"), format!("{part} cannot be unpacked")))
}

/// A part has a name that leads out of the archive, or has it twice.
pub(super) fn bad_name(part: &str) -> Refused {
    Refused::Damaged(Words::new(
        format!("包里有不合规的文件名：{part:?}"),
        format!("the archive has a name that may not be there: {part:?}"),
    ))
}

/// It holds too many files.
pub(super) fn too_many_parts(most: usize) -> Refused {
    limit(format!("包里的文件多于 {most} 个"), format!("the archive holds more than {most} files"))
}

/// A part of it, or all together, is too long when it is unpacked.
pub(super) fn too_long(part: &str, most: usize) -> Refused {
    let most = most >> 20;
    limit(
        format!("{part} 解开后超过 {most} MB"),
        format!("{part} takes more than {most} MB when it is unpacked"),
    )
}

/// A part has too many elements.
pub(super) fn too_many_elements(part: &str) -> Refused {
    limit(format!("{part} 的元素太多"), format!("{part} has more elements than any report"))
}

/// Elements of a part nest too deep.
pub(super) fn too_deep(part: &str, most: usize) -> Refused {
    limit(format!("{part} 的元素嵌套超过 {most} 层"), format!("elements of {part} nest deeper than {most}"))
}

/// It has too many paragraphs.
pub(super) fn too_many_paragraphs(most: usize) -> Refused {
    limit(format!("段落多于 {most} 个"), format!("it has more than {most} paragraphs"))
}

/// Its tables have too many cells.
pub(super) fn too_many_cells(most: usize) -> Refused {
    limit(format!("单元格多于 {most} 个"), format!("its tables have more than {most} cells"))
}

/// An automatic ordinal is longer than any.
pub(super) fn long_ordinal(most: usize) -> Refused {
    limit(
        format!("自动编号长于 {most} 个字符"),
        format!("an automatic ordinal is longer than {most} characters"),
    )
}

fn limit(zh: String, en: String) -> Refused {
    Refused::Limit(Words::new(zh, en))
}
