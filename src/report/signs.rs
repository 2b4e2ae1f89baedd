//! Signs that a text is not what its author sees in the editor: letters that were damaged or
//! cannot be seen, and rests of Markdown that a reader would see. Each sort is told once, with its
//! places.

mod form;
mod laws;
mod letters;
mod markup;
mod sign;

use super::body::ReadBody;
use crate::source::{Source, Span};

pub(super) use form::{SignSetting, has_slip};
pub(crate) use letters::{UNRESOLVED, lost, unresolved};
pub(crate) use sign::SignPlaces;

/// The signs in a document; what stands in `except`, the words of its acceptances, is quoted.
pub(super) fn of_report(
    source: &Source,
    read: &ReadBody,
    except: &[Span],
    manner: SignSetting<'_>,
) -> SignPlaces {
    let mut found = of_text(source, read);
    form::read(source, read, manner, &mut found);
    laws::read(read, &mut found);
    markup::items(source, read, &mut found);
    let quoted = |place: &Span| except.iter().any(|span| span.start <= place.start && place.end <= span.end);
    found.places.values_mut().for_each(|places| places.retain(|place| !quoted(place)));
    found
}

/// The signs in any text, its front matter and all.
pub(crate) fn of_text(source: &Source, read: &ReadBody) -> SignPlaces {
    let mut found = SignPlaces::default();
    letters::read(source.text(), &mut found);
    markup::read(source, read, &mut found);
    for places in found.places.values_mut() {
        places.sort_unstable();
        places.dedup();
    }
    found
}
