//! The preview over HTTP. A request never names a file: its path is looked up among the
//! addresses of the plan, so that nothing else can be reached through any path.

use std::convert::Infallible;
use std::io::{Read, Seek, SeekFrom};
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, UNIX_EPOCH};

use axum::Router;
use axum::body::Body;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use camino::{Utf8Path, Utf8PathBuf};
use mime_guess::mime;
use percent_encoding::percent_decode_str;
use tokio::sync::{mpsc, oneshot, watch};
use tokio_stream::wrappers::{ReceiverStream, WatchStream};
use tokio_stream::{Stream, StreamExt};

use super::order::{AnswerPrint, PageOrder};
use super::press::{PageDigests, Reply};
use super::range::WantedRange;
use super::shelf::{SearchShelf, ShelfAnswer};
use crate::disk;

const SCRIPT: &str = include_str!("client.js");
const STYLE: &str = include_str!("client.css");
const BAR: &str = include_str!("bar.js");
const ELEMENT: &str = include_str!("element.js");
const FRAME: &str = include_str!("frame.html");
const FRAME_SCRIPT: &str = include_str!("frame.js");
const FRAME_STYLE: &str = include_str!("frame.css");

/// What the desk is made of, by name.
const DESK: [(&str, &str); 8] = [
    ("page.css", include_str!("clerk/page.css")),
    ("page.js", include_str!("clerk/page.js")),
    ("words.js", include_str!("clerk/words.js")),
    ("sheet.js", include_str!("clerk/sheet.js")),
    ("form.js", include_str!("clerk/form.js")),
    ("log.js", include_str!("clerk/log.js")),
    ("paper.js", include_str!("clerk/paper.js")),
    ("new.js", include_str!("clerk/new.js")),
];
const DESK_PAGE: &str = include_str!("clerk/page.html");

/// No browser sends more; all headers together, in bytes.
const LONGEST_HEADERS: usize = 32 * 1024;

/// No address of a site is longer, however much of it is percent-encoded.
const LONGEST_PATH: usize = 8 * 1024;

/// What every request needs.
pub(super) struct Front {
    pub(super) root: Utf8PathBuf,
    /// The names of this machine beside those that are nobody else's.
    pub(super) hosts: Vec<String>,
    pub(super) chinese: bool,
    pub(super) orders: Sender<PageOrder>,
    pub(super) news: watch::Receiver<u64>,
    pub(super) shelf: Arc<SearchShelf>,
    /// Whether there is a desk, so that pages lead to it.
    pub(super) is_desk: bool,
}

/// The server's paths, with those of the desk where there is one. Those that begin with `/@preview/`
/// are no addresses of a site.
pub(super) fn router(front: Front, desk: Option<Router>) -> Router {
    let front = Arc::new(front);
    let site = Router::new()
        .route("/@preview/events", get(events))
        .route("/@preview/state", get(state))
        .route("/@preview/bar", get(bar))
        .route("/@preview/client.js", get(async || fixed("client.js", SCRIPT)))
        .route("/@preview/client.css", get(async || fixed("client.css", STYLE)))
        .route("/@preview/bar.js", get(async || fixed("bar.js", BAR)))
        .route("/@preview/element.js", get(async || fixed("element.js", ELEMENT)))
        .route("/@preview/frame", get(async || fixed("frame.html", FRAME)))
        .route("/@preview/frame.js", get(async || fixed("frame.js", FRAME_SCRIPT)))
        .route("/@preview/frame.css", get(async || fixed("frame.css", FRAME_STYLE)))
        .fallback(page)
        .with_state(Arc::clone(&front));
    let site = match desk {
        Some(desk) => site.merge(desk).merge(desk_pages(front.chinese)),
        None => site,
    };
    site.layer(middleware::from_fn_with_state(front, guard))
}

/// The page of the desk and its scripts; they hold nothing that is anybody's.
fn desk_pages(chinese: bool) -> Router {
    let page = async move || {
        let page = if chinese { DESK_PAGE.to_owned() } else { DESK_PAGE.replace("zh-CN", "en") };
        html(StatusCode::OK, page.into_bytes())
    };
    let made = Router::new().route("/@preview/desk", get(page));
    DESK.iter().fold(made, |made, (name, text)| {
        made.route(&format!("/@preview/desk/{name}"), get(async || fixed(name, text)))
    })
}

/// Whether a request is one that the desk may be asked.
fn is_for_desk(front: &Front, request: &Request) -> bool {
    front.is_desk && request.method() == Method::POST && request.uri().path().starts_with("/@preview/desk/")
}

/// Refuses what no browser of an editor asks: other methods, and other names of this machine,
/// by which a foreign page could read the preview (DNS rebinding).
async fn guard(State(front): State<Arc<Front>>, request: Request, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) && !is_for_desk(&front, &request) {
        let allow = [(header::ALLOW, "GET, HEAD")];
        return (StatusCode::METHOD_NOT_ALLOWED, allow, "GET, HEAD\n").into_response();
    }
    let size = |(name, value): (&header::HeaderName, &header::HeaderValue)| name.as_str().len() + value.len();
    if request.headers().iter().map(size).sum::<usize>() > LONGEST_HEADERS {
        return StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE.into_response();
    }
    if request.uri().path().len() > LONGEST_PATH {
        return StatusCode::URI_TOO_LONG.into_response();
    }
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let host = host.or(request.uri().authority().map(|authority| authority.as_str()));
    if !host.is_some_and(|host| is_local(host, &front.hosts)) {
        return (StatusCode::MISDIRECTED_REQUEST, "unknown host\n").into_response();
    }
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, header::HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", header::HeaderValue::from_static("same-origin"));
    // Nobody frames a page from which something can be written.
    headers.insert(header::X_FRAME_OPTIONS, header::HeaderValue::from_static("SAMEORIGIN"));
    headers.insert(header::REFERRER_POLICY, header::HeaderValue::from_static("same-origin"));
    response
}

/// Whether a browser that names this host means the preview. An address in figures cannot be
/// rebound, and `localhost` is nobody else's.
fn is_local(host: &str, own: &[String]) -> bool {
    let end = host.rfind(']').map_or(0, |at| at + 1);
    let name = host[end..].find(':').map_or(host, |at| &host[..end + at]);
    let plain = name.trim_start_matches('[').trim_end_matches(']');
    plain.parse::<IpAddr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || name.to_ascii_lowercase().ends_with(".localhost")
        || own.iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// A file of the preview's own.
fn fixed(name: &str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind(name))], text).into_response()
}

/// Tells open pages that there is something new. They ask for themselves whether it is theirs.
async fn events(State(front): State<Arc<Front>>) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let news = WatchStream::new(front.news.clone());
    let events = news.map(|number| Ok(Event::default().data(number.to_string())));
    Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15)))
}

/// The query of a question for the state of a page.
#[derive(serde::Deserialize)]
struct StateQuery {
    path: String,
}

/// The path that a question is about.
fn asked(uri: &Uri) -> Option<String> {
    let Query(StateQuery { path }) = Query::<StateQuery>::try_from_uri(uri).ok()?;
    decoded(&path)
}

fn json(text: String) -> Response {
    ([(header::CONTENT_TYPE, kind("state.json"))], text).into_response()
}

async fn state(State(front): State<Arc<Front>>, uri: Uri) -> Response {
    let Some(path) = asked(&uri) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let (reply, answer) = oneshot::channel();
    match (front.orders.send(PageOrder::State(path, reply)), answer.await) {
        (Ok(()), Ok(state)) => json(state),
        _ => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// What the editor's bar is told. The finished site is read here, where no edit waits for it.
async fn bar(State(front): State<Arc<Front>>, uri: Uri) -> Response {
    let Some(path) = asked(&uri) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let (reply, answer) = oneshot::channel();
    let told = match (front.orders.send(PageOrder::Bar(path, reply)), answer.await) {
        (Ok(()), Ok(Some(told))) => told,
        (Ok(()), Ok(None)) => return json("null".into()),
        _ => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
    };
    match tokio::task::spawn_blocking(move || told.json(&front.root)).await {
        Ok(text) => json(text),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn page(State(front): State<Arc<Front>>, method: Method, headers: HeaderMap, uri: Uri) -> Response {
    let Some(path) = decoded(uri.path()) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let (reply, answer) = oneshot::channel();
    let sent = front.orders.send(PageOrder::Page(path, reply));
    let (Ok(()), Ok(AnswerPrint { answer, digests })) = (sent, answer.await) else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    match answer {
        Reply::Bytes { route, bytes, is_page } => {
            let bytes = if is_page { live(bytes, &digests, &front) } else { bytes };
            ([(header::CONTENT_TYPE, kind(route.as_str()))], bytes).into_response()
        }
        Reply::Missing(bytes) => html(StatusCode::NOT_FOUND, live(bytes, &digests, &front)),
        Reply::Broken(bytes) => html(StatusCode::INTERNAL_SERVER_ERROR, live(bytes, &digests, &front)),
        Reply::Moved(to) => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response(),
        Reply::Search(path) => search(&front.shelf, &path),
        Reply::File { route, path } => {
            // What a part is of matters to nobody who gets none.
            let headers = if method == Method::GET { headers } else { HeaderMap::new() };
            stream(&front.root, &path, kind(route.as_str()), &headers)
        }
    }
}

/// A search file. One that is not made yet is asked for again in a second.
fn search(shelf: &SearchShelf, path: &str) -> Response {
    match shelf.find(path) {
        ShelfAnswer::Bytes(bytes) => ([(header::CONTENT_TYPE, kind(path))], bytes).into_response(),
        ShelfAnswer::NotYet => {
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "1")]).into_response()
        }
        ShelfAnswer::Nothing => StatusCode::NOT_FOUND.into_response(),
    }
}

fn html(status: StatusCode, bytes: Vec<u8>) -> Response {
    (status, [(header::CONTENT_TYPE, kind("/"))], bytes).into_response()
}

/// A page with the preview's own additions, which stand behind the bytes that a build writes,
/// so that those are served as they are.
fn live(mut bytes: Vec<u8>, digests: &PageDigests, front: &Front) -> Vec<u8> {
    let language = if front.chinese { "zh" } else { "en" };
    let desk = if front.is_desk { " data-desk" } else { "" };
    let PageDigests { digest, content, pictures } = digests;
    bytes.extend_from_slice(
        format!(
            "{ADDITIONS}<link rel=\"stylesheet\" href=\"/@preview/client.css\">\n<script src=\"/@preview/client.js\" data-digest=\"{digest}\" data-content=\"{content}\" data-pictures=\"{pictures}\" data-language=\"{language}\"{desk}></script>\n"
        )
        .as_bytes(),
    );
    bytes
}

/// The first of the additions to a page.
pub const ADDITIONS: &str = "<!-- xiangwei serve -->\n";

/// A file below the site's folder, however large, or a part of it, a piece at a time.
fn stream(root: &Utf8Path, path: &Utf8Path, kind: String, headers: &HeaderMap) -> Response {
    let Ok((mut file, size)) = disk::open(root, path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let tag = tag(&file, size);
    let own = [(header::ACCEPT_RANGES, "bytes".to_owned()), (header::ETAG, tag.clone())];
    let (status, part) = match WantedRange::of(headers, size, &tag) {
        WantedRange::Whole => (StatusCode::OK, 0..size),
        WantedRange::Part(part) => (StatusCode::PARTIAL_CONTENT, part),
        WantedRange::Nothing => {
            let has = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
            return (StatusCode::RANGE_NOT_SATISFIABLE, own, has).into_response();
        }
    };
    if file.seek(SeekFrom::Start(part.start)).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let (pieces, body) = mpsc::channel(2);
    let length = part.end - part.start;
    tokio::spawn(pass_on(file.take(length), pieces));
    let whole = [(header::CONTENT_TYPE, kind), (header::CONTENT_LENGTH, length.to_string())];
    let mut response = (status, own, whole, Body::from_stream(ReceiverStream::new(body))).into_response();
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
        response.headers_mut().extend(range.parse().ok().map(|range| (header::CONTENT_RANGE, range)));
    }
    response
}

/// By what a browser knows a file again of which it has a part: its size and when it was written.
fn tag(file: &std::fs::File, size: u64) -> String {
    let written = file.metadata().and_then(|about| about.modified()).ok();
    let moment = written.and_then(|written| written.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
    format!("\"{size:x}-{:x}\"", moment.as_nanos())
}

/// Sends what is read, a piece at a time. No thread waits for a browser that is slow to take it.
async fn pass_on<R: Read + Send + 'static>(mut file: R, pieces: mpsc::Sender<std::io::Result<Vec<u8>>>) {
    loop {
        let read = tokio::task::spawn_blocking(move || {
            let mut piece = Vec::new();
            let read = (&mut file).take(64 * 1024).read_to_end(&mut piece);
            (file, read.map(|_| piece))
        });
        let Ok((rest, piece)) = read.await else { return };
        file = rest;
        // An error breaks the answer off, and a browser that has gone away wants no more.
        let is_last = piece.is_err();
        if piece.as_ref().is_ok_and(Vec::is_empty) || pieces.send(piece).await.is_err() || is_last {
            return;
        }
    }
}

/// The path of a request without percent-encoding; `None` where it is not UTF-8 or holds what
/// no path has.
fn decoded(path: &str) -> Option<String> {
    let path = percent_decode_str(path).decode_utf8().ok()?;
    (!path.contains(|c: char| c.is_control() || c == '\\')).then(|| path.into_owned())
}

/// The kind of a file by its name's ending; an address without one is a page's.
fn kind(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or_default();
    if !name.contains('.') {
        return mime::TEXT_HTML_UTF_8.to_string();
    }
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    // Whatever a site has in text is UTF-8, and a browser that is not told guesses.
    let is_text = kind.type_() == mime::TEXT
        || matches!(kind.suffix().unwrap_or(kind.subtype()).as_str(), "json" | "javascript");
    if is_text { format!("{kind}; charset=utf-8") } else { kind.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine_are_hosts() {
        let own = [
            "localhost",
            "LOCALHOST:4000",
            "127.0.0.1:4000",
            "[::1]:4000",
            "[::1]",
            "a.localhost",
            "192.168.1.7:80",
        ];
        assert!(own.iter().all(|host| is_local(host, &[])));
        let foreign = [
            "evil.example",
            "localhost.evil.example:4000",
            "127.0.0.1.evil.example",
            "",
            "evil.example:4000",
            "[",
            "]:",
        ];
        assert!(!foreign.iter().any(|host| is_local(host, &[])));
        assert!(is_local("desk.lan:4000", &["preview.lan".into(), "desk.lan".into()]));
    }

    #[test]
    fn paths_are_decoded_once() {
        let cases = [
            ("/a/%E9%99%84%E4%BB%B6.pdf", Some("/a/附件.pdf")),
            ("/%2e%2e/x", Some("/../x")),
            ("/%252e", Some("/%2e")),
            ("/%", Some("/%")),
            ("/%4", Some("/%4")),
            ("/%+1", Some("/%+1")),
            ("/%00", None),
            ("/%5c", None),
            ("/%ff", None),
        ];
        for (path, expected) in cases {
            assert_eq!(decoded(path).as_deref(), expected, "{path}");
        }
    }

    #[test]
    fn the_ending_tells_the_kind() {
        assert_eq!(kind("/a/"), "text/html; charset=utf-8");
        assert_eq!(kind("/a"), "text/html; charset=utf-8");
        assert_eq!(kind("/a/附件.PDF"), "application/pdf");
        assert_eq!(kind("/a.mjs"), "application/javascript; charset=utf-8");
        assert_eq!(kind("/a.json"), "application/json; charset=utf-8");
        assert_eq!(kind("/a.jsonld"), "application/ld+json; charset=utf-8");
        assert_eq!(kind("/a.csv"), "text/csv; charset=utf-8");
        assert_eq!(kind("/a.svg"), "image/svg+xml");
        assert_eq!(kind("/a.b/c.xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        assert_eq!(kind("/a/x.unknown"), "application/octet-stream");
    }
}
