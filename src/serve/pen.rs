//! Editing from a browser: what a page of the desk asks over HTTP. Every request is a `POST` that the
//! key admits, and names a document by its address, which is made of slugs and leads to one file
//! below `content/`; a path is never taken from a request.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::oneshot;

use super::intake::{ExtractedFile, ImportReply, ImportTask, IntakeOutcome, UnwrittenDocument};
use super::key::DeskKey;
use super::order::PageOrder;
use super::places::{DocumentWhereabouts, place_file};
use super::sketch::{Sketch, SketchedPage};
use super::watch::Signal;
use crate::diag::{Language, Words};
use crate::disk::{self, SaveFailure, SavedText};
use crate::form::{self, FormChanges, MatterAndBody};
use crate::route::{Address, Leaf};
use crate::source::Source;

/// The longest request, in bytes. No text of a report and no file that is imported is longer.
const LONGEST: usize = 32 << 20;

/// The longest text that is edited in a browser, in bytes.
const LONGEST_TEXT: usize = 4 << 20;

/// What the import knows a clipboard by, and that it is UTF-8: a browser hands over characters, whatever
/// encoding the copied page says it was in, and leaves out the mark of a fragment in some cases.
const COPIED: &str = "\u{feff}<!--StartFragment-->";

/// So often, and in such steps, it is asked whether the preview has seen what was saved.
const SEEN: (usize, Duration) = (100, Duration::from_millis(20));

/// What every request of the desk needs.
pub(super) struct Pen {
    pub(super) key: DeskKey,
    pub(super) root: Utf8PathBuf,
    pub(super) language: Language,
    pub(super) orders: Sender<PageOrder>,
    pub(super) sketches: Sender<Sketch>,
    pub(super) signals: Sender<Signal>,
}

/// The desk's own paths.
pub(super) fn router(pen: Pen) -> Router {
    let pen = Arc::new(pen);
    Router::new()
        .route("/@preview/desk/choices", post(choices))
        .route("/@preview/desk/open", post(open))
        .route("/@preview/desk/import", post(import))
        .route("/@preview/desk/sketch", post(sketch))
        .route("/@preview/desk/save", post(save))
        .layer(DefaultBodyLimit::max(LONGEST))
        .layer(middleware::from_fn_with_state(Arc::clone(&pen), admit))
        .with_state(pen)
}

/// Lets in who has the key; nothing else of a request is looked at before.
async fn admit(State(pen): State<Arc<Pen>>, request: Request, next: Next) -> Response {
    match pen.key.admits(request.headers()) {
        Ok(()) => next.run(request).await,
        Err(refused) => refused.into_response(),
    }
}

/// Why something is not done, as the page tells it.
enum DeskRefusal {
    /// What was asked cannot be understood or done; this is why.
    InWords(StatusCode, Words),
    /// The file is another by now.
    Changed(Option<SavedText>),
    /// The preview ends, or has failed.
    PreviewEnded,
}

impl DeskRefusal {
    fn told(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self::InWords(StatusCode::UNPROCESSABLE_ENTITY, Words::new(zh, en))
    }
}

impl From<SaveFailure> for DeskRefusal {
    fn from(unsaved: SaveFailure) -> Self {
        match unsaved {
            SaveFailure::Changed(held) => Self::Changed(held),
            SaveFailure::NotText(words) => Self::InWords(StatusCode::UNPROCESSABLE_ENTITY, words),
            SaveFailure::Failed(failure) => Self::InWords(StatusCode::UNPROCESSABLE_ENTITY, failure.words()),
        }
    }
}

/// A text that is in a file now, beside one that was to be saved there.
#[derive(Serialize)]
struct CurrentText {
    text: String,
    digest: String,
    #[serde(flatten)]
    parts: MatterAndBody,
}

impl CurrentText {
    fn of(held: SavedText) -> Self {
        Self { parts: form::parts(&held.text), text: held.text, digest: held.digest }
    }
}

fn answer_ok(value: &impl Serialize) -> Response {
    answer(StatusCode::OK, value)
}

fn answer(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => {
            (status, [(header::CONTENT_TYPE, "application/json; charset=utf-8")], text).into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn refuse(pen: &Pen, refusal: DeskRefusal) -> Response {
    match refusal {
        DeskRefusal::InWords(status, words) => answer(status, &json!({ "error": words.get(pen.language) })),
        DeskRefusal::Changed(held) => {
            answer(StatusCode::CONFLICT, &json!({ "now": held.map(CurrentText::of) }))
        }
        DeskRefusal::PreviewEnded => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// A document on the desk.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct DeskSheet {
    /// Its address without the site's base.
    at: String,
    /// The place that it belongs to, where that is to be made.
    #[serde(default)]
    place: Option<form::FormPlace>,
    /// The text of its file, as it was put together last.
    #[serde(default)]
    text: String,
    /// What was done to it since.
    #[serde(default)]
    changes: FormChanges,
    /// The digest of the file that the editor began from; nothing for a new one.
    #[serde(default)]
    digest: Option<String>,
    /// The files that are to stand beside it.
    #[serde(default)]
    files: Vec<ExtractedFile>,
    /// What it was made of, so that these files and the log of the import are written with it.
    #[serde(default)]
    made_of: Option<MadeOf>,
}

/// What a new document was made of.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MadeOf {
    kind: String,
    source: HandedIn,
}

/// A document on the desk, its place known and its text put together.
struct PlacedSheet {
    address: Address,
    found: DocumentWhereabouts,
    text: String,
    refused: Vec<String>,
    place: Option<Source>,
    digest: Option<String>,
    files: Vec<ExtractedFile>,
    made_of: Option<MadeOf>,
}

/// The document that an address names. Its parts are slugs and a year, so that no path can be made of
/// it that leads elsewhere.
fn address(at: &str) -> Result<Address, DeskRefusal> {
    match Leaf::of(at.trim_matches('/').into()) {
        Ok(Leaf::Report(address)) if address.route().as_str() == at => Ok(address),
        _ => Err(DeskRefusal::told(
            format!(
                "`{at}` 不能作文件的地址；地方和名称以小写字母开头，只用小写字母、数字和连字符，年份用四位数字"
            ),
            format!(
                "`{at}` cannot be a document's address: names begin with a lower-case letter and have lower-case letters, figures and hyphens; a year has four figures"
            ),
        )),
    }
}

/// What a request says.
fn understood<T: for<'a> Deserialize<'a>>(body: &[u8]) -> Result<T, DeskRefusal> {
    serde_json::from_slice(body).map_err(|error| {
        let words = Words::new(
            format!("看不懂这个请求：{error}"),
            format!("this request is not understood: {error}"),
        );
        DeskRefusal::InWords(StatusCode::BAD_REQUEST, words)
    })
}

impl Pen {
    async fn ask<T>(&self, order: impl FnOnce(oneshot::Sender<T>) -> PageOrder) -> Result<T, DeskRefusal> {
        let (reply, answer) = oneshot::channel();
        self.orders.send(order(reply)).map_err(|_| DeskRefusal::PreviewEnded)?;
        answer.await.map_err(|_| DeskRefusal::PreviewEnded)
    }

    /// Lays a sheet on the desk.
    async fn lay(&self, sheet: DeskSheet) -> Result<PlacedSheet, DeskRefusal> {
        let address = address(&sheet.at)?;
        let mut found = self.ask(|reply| PageOrder::Where(address.clone(), reply)).await?;
        if found.sha256.is_none() && !sheet.files.is_empty() {
            found.path = found.path.with_extension("").join("index.md");
        }
        let (text, refused) = form::changed(&sheet.text.replace("\r\n", "\n"), &sheet.changes.plain());
        if text.len() > LONGEST_TEXT || text.contains('\0') {
            return Err(DeskRefusal::told("文字太长，或不是文字", "the text is too long, or is none"));
        }
        let place = sheet.place.clone().filter(|_| !found.has_place);
        let place = place.map(|place| Source::new(place_file(&address.place), place.written()));
        let DeskSheet { digest, files, made_of, .. } = sheet;
        Ok(PlacedSheet { address, found, text, refused, place, digest, files, made_of })
    }

    /// Reads what a document is made of, if anything is given.
    async fn read(&self, address: &Address, made_of: MadeOf) -> Result<Option<IntakeOutcome>, DeskRefusal> {
        let Some((name, bytes)) = made_of.source.bytes()? else { return Ok(None) };
        let task = Box::new(ImportTask { address: address.clone(), kind: made_of.kind, name, bytes });
        let came = self.ask(|reply| PageOrder::Import(task, reply)).await?;
        came.map(Some).map_err(|words| DeskRefusal::InWords(StatusCode::UNPROCESSABLE_ENTITY, words))
    }

    /// Writes what belongs beside a document that was imported: the files that were in its source, and the
    /// log of what was changed.
    async fn write_beside(&self, document: &Utf8Path, came: IntakeOutcome) -> Result<(), DeskRefusal> {
        for file in came.imported.attachments {
            let path = document.with_file_name(&file.name);
            self.on_disk(&path, move |root, path| Ok(disk::add(root, path, &file.bytes)?)).await?;
        }
        let log = came.imported.log.to_json();
        let write = move |root: &Utf8Path, path: &Utf8Path| {
            let before = disk::saved_text(root, path)?.map(|held| held.digest);
            disk::save(root, path, &log, before.as_deref())
        };
        self.on_disk(&document.with_extension("import.json"), write).await.map(drop)
    }

    /// What a text that is not saved would look like.
    async fn sketch(&self, laid: &PlacedSheet) -> Result<SketchedPage, DeskRefusal> {
        let (reply, answer) = oneshot::channel();
        let sketch = Sketch {
            address: laid.address.clone(),
            path: laid.found.path.clone(),
            text: laid.text.clone(),
            place: laid.place.clone(),
            beside: laid.files.iter().filter_map(|file| file.blob(laid.found.path.parent()?)).collect(),
            reply,
        };
        self.sketches.send(sketch).map_err(|_| DeskRefusal::PreviewEnded)?;
        self.signals.send(Signal::Sketched).map_err(|_| DeskRefusal::PreviewEnded)?;
        answer.await.map_err(|_| DeskRefusal::PreviewEnded)
    }

    /// Does something with files, away from the thread that answers requests.
    async fn on_disk<T: Send + 'static>(
        &self,
        path: &Utf8Path,
        deed: impl FnOnce(&Utf8Path, &Utf8Path) -> Result<T, SaveFailure> + Send + 'static,
    ) -> Result<T, DeskRefusal> {
        let (root, path) = (self.root.clone(), path.to_owned());
        let done = tokio::task::spawn_blocking(move || deed(&root, &path)).await;
        Ok(done.map_err(|_| DeskRefusal::PreviewEnded)??)
    }

    /// Waits until the preview has the text that was saved, but not for ever.
    async fn see(&self, address: &Address, text: &str) -> Result<(), DeskRefusal> {
        let wanted = Source::new("", text).sha256();
        for _ in 0..SEEN.0 {
            if self.ask(|reply| PageOrder::Where(address.clone(), reply)).await?.sha256 == Some(wanted) {
                break;
            }
            tokio::time::sleep(SEEN.1).await;
        }
        Ok(())
    }
}

async fn choices(State(pen): State<Arc<Pen>>) -> Response {
    match pen.ask(PageOrder::Choices).await {
        Ok(choices) => answer_ok(&choices),
        Err(refusal) => refuse(&pen, refusal),
    }
}

/// A sheet as the page has it from now on: its text, and what that would look like.
#[derive(Serialize)]
struct SheetReply {
    file: String,
    text: String,
    #[serde(flatten)]
    parts: MatterAndBody,
    /// The digest of the file.
    digest: Option<String>,
    /// The keys that could not be changed in place.
    refused: Vec<String>,
    files: Vec<ExtractedFile>,
    /// What is told of an import, at its beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    imported: Option<ImportReply>,
    #[serde(flatten)]
    sketched: SketchedPage,
}

impl SheetReply {
    fn of(laid: PlacedSheet, sketched: SketchedPage) -> Self {
        let PlacedSheet { found, text, refused, digest, files, .. } = laid;
        Self {
            file: found.path.into_string(),
            parts: form::parts(&text),
            text,
            digest,
            refused,
            files,
            imported: None,
            sketched,
        }
    }
}

/// Opens the document that is at an address.
async fn open(State(pen): State<Arc<Pen>>, body: Bytes) -> Response {
    let opened = async {
        let laid = pen.lay(understood(&body)?).await?;
        let held = pen.on_disk(&laid.found.path, disk::saved_text).await?.ok_or_else(|| {
            DeskRefusal::InWords(StatusCode::NOT_FOUND, Words::new("这里没有文件", "no document is here"))
        })?;
        let laid = PlacedSheet { text: held.text, digest: Some(held.digest), ..laid };
        let sketched = pen.sketch(&laid).await?;
        Ok(answer_ok(&SheetReply::of(laid, sketched)))
    };
    opened.await.unwrap_or_else(|refusal| refuse(&pen, refusal))
}

/// A new document and what it is made from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ComingDocument {
    at: String,
    #[serde(default)]
    place: Option<form::FormPlace>,
    kind: String,
    source: HandedIn,
}

/// What a document is made from: a file, or what was pasted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct HandedIn {
    /// The file's name; nothing of what was pasted.
    name: String,
    /// The file's bytes, in base64.
    #[serde(default)]
    data: Option<String>,
    /// The text that was pasted.
    #[serde(default)]
    text: Option<String>,
    /// The same with its marks, where the clipboard has them.
    #[serde(default)]
    html: Option<String>,
}

/// Makes a sheet of what is given for a new document; nothing is written.
async fn import(State(pen): State<Arc<Pen>>, body: Bytes) -> Response {
    let shown = async {
        let ComingDocument { at, place, kind, source } = understood(&body)?;
        let came = pen.read(&address(&at)?, MadeOf { kind: kind.clone(), source }).await?;
        let sheet = DeskSheet { at, place, ..DeskSheet::default() };
        let (sheet, told) = match came {
            Some(IntakeOutcome { imported, told }) => {
                let files = imported.attachments.iter().map(ExtractedFile::of).collect();
                (DeskSheet { text: imported.text, files, ..sheet }, Some(told))
            }
            None => {
                let place = sheet.place.as_ref().map(|place| place.name.clone());
                let unwritten = Box::new(UnwrittenDocument { address: address(&sheet.at)?, kind, place });
                let text = pen.ask(|reply| PageOrder::Blank(unwritten, reply)).await?;
                let text = text.ok_or_else(|| DeskRefusal::told("没有这个文种", "there is no such kind"))?;
                (DeskSheet { text, ..sheet }, None)
            }
        };
        let laid = pen.lay(sheet).await?;
        let sketched = pen.sketch(&laid).await?;
        Ok(answer_ok(&SheetReply { imported: told, ..SheetReply::of(laid, sketched) }))
    };
    shown.await.unwrap_or_else(|refusal| refuse(&pen, refusal))
}

impl HandedIn {
    /// Name and bytes of what is given; `None` where nothing is.
    fn bytes(self) -> Result<Option<(String, Vec<u8>)>, DeskRefusal> {
        if let Some(data) = self.data {
            let bytes = BASE64_STANDARD.decode(data).map_err(|error| {
                DeskRefusal::told(
                    format!("文件没有传完整：{error}"),
                    format!("the file did not arrive whole: {error}"),
                )
            })?;
            return Ok(Some((self.name, bytes)));
        }
        let html = self.html.filter(|html| !html.trim().is_empty());
        let text = html.map(|html| format!("{COPIED}{html}")).or(self.text);
        let text = text.filter(|text| !text.trim().is_empty());
        Ok(text.map(|text| (self.name, text.into_bytes())))
    }
}

/// Tells what a sheet would look like; nothing is written.
async fn sketch(State(pen): State<Arc<Pen>>, body: Bytes) -> Response {
    let shown = async {
        let laid = pen.lay(understood(&body)?).await?;
        let sketched = pen.sketch(&laid).await?;
        Ok(answer_ok(&SheetReply::of(laid, sketched)))
    };
    shown.await.unwrap_or_else(|refusal| refuse(&pen, refusal))
}

/// Writes a sheet to its file.
async fn save(State(pen): State<Arc<Pen>>, body: Bytes) -> Response {
    let saved = async {
        let laid = pen.lay(understood(&body)?).await?;
        let PlacedSheet { address, found, text, refused, place, digest, made_of, .. } = laid;
        if let Some(key) = refused.first() {
            return Err(DeskRefusal::told(
                format!("`{key}` 的写法表单改不了，请在“全部元数据”里改"),
                format!("`{key}` is written so that a form cannot change it; edit it in “All front matter”"),
            ));
        }
        if !found.has_place && place.is_none() {
            return Err(DeskRefusal::told("这个地方还没有建立", "this place is not there yet"));
        }
        if let Some(place) = place {
            pen.on_disk(place.path(), {
                let text = place.text().to_owned();
                move |root, path| disk::save(root, path, &text, None)
            })
            .await?;
        }
        if let Some(made_of) = made_of {
            let now = pen.on_disk(&found.path, disk::saved_text).await?;
            if now.as_ref().map(|now| &now.digest) != digest.as_ref() {
                return Err(DeskRefusal::Changed(now));
            }
            if let Some(came) = pen.read(&address, made_of).await? {
                pen.write_beside(&found.path, came).await?;
            }
        }
        let written = text.clone();
        let digest = pen
            .on_disk(&found.path, move |root, path| disk::save(root, path, &written, digest.as_deref()))
            .await?;
        pen.see(&address, &text).await?;
        Ok(answer_ok(&json!({ "digest": digest, "text": text })))
    };
    saved.await.unwrap_or_else(|refusal| refuse(&pen, refusal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_made_of_slugs() {
        for at in ["/jiangmen/2019/", "/jiangmen/2019/work-plan/"] {
            assert!(address(at).is_ok_and(|address| address.route().as_str() == at), "{at}");
        }
        let no = [
            "",
            "/",
            "/jiangmen/",
            "/jiangmen/2019",
            "jiangmen/2019/",
            "//jiangmen/2019/",
            "/jiangmen/2019.md/",
            "/jiangmen/2019/index/",
            "/jiangmen/2019/_index/",
            "/../2019/",
            "/jiangmen/2019/../",
            "/jiangmen/2019/..%2f/",
            "/jiangmen/20190/",
            "/Jiangmen/2019/",
            "/search/2019/",
            "/jiangmen/2019/a/b/",
            "/jiangmen/2019/a\\b/",
            "/江门/2019/",
            "/site.yaml/",
            "/about/",
            "/jiangmen/2019/a\0/",
        ];
        for at in no {
            assert!(address(at).is_err(), "{at}");
        }
    }
}
