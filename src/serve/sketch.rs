//! What a text that is not saved would look like: its page, drawn as every page is, and what `check`
//! would say of it. Nothing is written, and afterwards the archive is as it was.

use camino::{Utf8Path, Utf8PathBuf};
use serde::Serialize;
use tokio::sync::oneshot;

use super::bar;
use super::desk::Desk;
use super::places::place_file;
use super::press::{FindingManner, Reply, ShownSite};
use crate::diag;
use crate::form::{self, Form, FormSetting};
use crate::route::Address;
use crate::source::{Blob, Source, Sources};

/// In an archive of more documents, what only shows in the archive as a whole is told after saving:
/// somebody who types is not to wait for it.
const MOST_CHECKED: usize = 500;

/// A document that is not saved.
pub(super) struct Sketch {
    /// Where it stands.
    pub(super) address: Address,
    /// Its file, below the site's folder.
    pub(super) path: Utf8PathBuf,
    /// The text of its file.
    pub(super) text: String,
    /// A place that is not there yet and that it belongs to.
    pub(super) place: Option<Source>,
    /// Files that are to stand beside it and are not there yet.
    pub(super) beside: Vec<Blob>,
    /// Who wants to know.
    pub(super) reply: oneshot::Sender<SketchedPage>,
}

/// What an unsaved document would look like.
#[derive(Debug, Serialize)]
pub(super) struct SketchedPage {
    /// The page; nothing where the text cannot be read as a document, or would not be shown.
    page: Option<String>,
    /// Its address with the site's base.
    href: String,
    #[serde(flatten)]
    form: Form,
}

impl Sketch {
    /// Shows the document to whoever wants to know.
    pub(super) fn answer(self, desk: &mut Desk, manner: &FindingManner) {
        let Self { address, path, text, place, beside, reply } = self;
        let document = Source::new(path.as_path(), text);
        let texts = place.into_iter().chain([document.clone()]).collect();
        let sketched = desk.sketch(Sources::new(texts, beside), |shown| {
            diag::guarded(document.path(), || of(shown, (&document, &address), manner))
        });
        // Whoever has gone away is not missed; a fault of the program is told as no answer at all.
        drop(sketched.map(|sketched| reply.send(sketched)));
    }
}

fn of(
    shown: &ShownSite<'_>,
    (document, address): (&Source, &Address),
    manner: &FindingManner,
) -> SketchedPage {
    let archive = shown.site().archive;
    if archive.reports.len() <= MOST_CHECKED {
        shown.check(&|| true);
    }
    let href = archive.config.base.href(address.route().as_str());
    let page = match shown.answer(&href) {
        Reply::Bytes { bytes, .. } => String::from_utf8(bytes).ok(),
        _ => None,
    };
    let kind = archive.document(address).map(|document| document.matter.kind.as_str());
    let around = FormSetting {
        path: document.path(),
        is_named: address.slug.is_some(),
        config: &archive.config,
        before: bar::before(shown, address, kind).map(|before| &before.matter),
        language: manner.language,
    };
    let concerns = |path: &Utf8Path| path == document.path() || is_of_place(path, address);
    let told: Vec<_> = shown.diagnostics().filter(|diagnostic| concerns(&diagnostic.path)).collect();
    SketchedPage { page, href, form: form::form(document.text(), around, &told) }
}

fn is_of_place(path: &Utf8Path, address: &Address) -> bool {
    path == place_file(&address.place)
}
