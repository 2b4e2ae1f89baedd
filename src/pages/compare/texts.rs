//! What a browser needs to compare any two years of a place.

use crate::ask::Ask;
use crate::beside::Document;
use crate::beside::file::File;
use crate::words;

/// The documents of one place and kind as a file for the browser.
pub(crate) fn texts(ask: &Ask<'_>, place: &str, kind: &str) -> String {
    let series = ask.series(place, kind);
    let documents: Vec<Document<'_>> = series.iter().map(|at| ask.compared_document(*at)).collect();
    File::of(&documents, words::of(ask.config()).texts()).json()
}
