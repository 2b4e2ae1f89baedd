//! What a browser needs to compare any two years of a place.

use crate::ask::Ask;
use crate::beside::ComparedDocument;
use crate::beside::file::PlaceTexts;
use crate::words;

/// The documents of one place and kind as a file for the browser.
pub(crate) fn texts(ask: &Ask<'_>, place: &str, kind: &str) -> String {
    let series = ask.series(place, kind);
    let documents: Vec<ComparedDocument<'_>> = series.iter().map(|at| ask.compared_document(*at)).collect();
    PlaceTexts::of(&documents, words::of(ask.config()).texts()).json()
}
