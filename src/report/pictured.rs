//! A report of which nothing but pictures is there: nobody can search it, have it read aloud or compare it.

use super::body::ReadBody;
use super::evidence::Passage;
use super::matter::{Matter, PublicationStatus};
use crate::diag::{Diagnostic, Words};
use crate::han::is_han;
use crate::source::{Source, Span};

/// With fewer Chinese characters than this a text only says that there is a picture.
const FEWEST: usize = 30;

const PICTURES: [&str; 8] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff"];

/// A warning where a document has a few words and pictures.
pub(super) fn judge(source: &Source, matter: &Matter, read: &ReadBody) -> Option<Diagnostic> {
    let place = pictures(matter, read)?;
    if matter.status == PublicationStatus::Withdrawn || letters(read) >= FEWEST {
        return None;
    }
    let words = Words::new("正文只有图片，没有文字", "the text consists of pictures and has no words");
    Some(Diagnostic::of("image/only", source.path(), words).at(place).help(
        "把图里的文字录入正文，图片留作附件",
        "put the words of the pictures into the text and keep the pictures as attachments",
    ))
}

/// Where the first of its pictures stands, if all that is attached are pictures.
fn pictures(matter: &Matter, read: &ReadBody) -> Option<Span> {
    let is_picture = |path: &str| {
        let path = path.to_lowercase();
        PICTURES.iter().any(|ending| path.ends_with(ending))
    };
    let mut files = matter.attachments.iter();
    let shown = read.body.links.iter().find(|link| link.image && link.file().is_some()).map(|link| link.span);
    let first = matter.attachments.first().map(|file| file.path.span);
    files.all(|file| is_picture(file.path.value.as_str())).then(|| shown.or(first)).flatten()
}

/// How many Chinese characters the text has.
fn letters(read: &ReadBody) -> usize {
    let count = |text: &String| text.chars().filter(|c| is_han(*c)).take(FEWEST).count();
    let of_passage = |passage: &Passage| match passage {
        Passage::Prose { text } => count(text),
        Passage::Table { header, rows } => {
            header.iter().chain(rows.iter().flatten()).take(FEWEST).map(count).sum()
        }
    };
    read.passages.iter().map(of_passage).sum()
}
