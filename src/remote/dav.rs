//! A server that speaks WebDAV (RFC 4918). It may write a file where everybody sees it grow, so a file is sent to the
//! publisher's own folder first and moved into its place.

use std::collections::BTreeSet;
use std::io::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Method, Request};
use percent_encoding::percent_decode_str;
use url::Url;

use super::body::SentBody;
use super::sign::{RequestSigner, environment_value};
use super::store::{SentObject, Store};
use super::wire::{RequestContent, ServerAnswer, Wire, encoded_path};
use super::{Patience, TargetTrouble, xml};
use crate::deliver::{PRIVATE, ServerFile, ServerListing, StoreLocation};

/// A folder of a server.
pub(super) struct Dav {
    wire: Wire,
    key: RequestSigner,
    /// The folder, with a slash at its end.
    root: Url,
    /// Folders that are there.
    folders: Mutex<BTreeSet<String>>,
    parts: AtomicUsize,
}

/// Where files are that are not in their place yet.
const PARTS: &str = ".xiangwei/parts/";

/// A folder inside of a folder is not deeper than this.
const DEEPEST: usize = 64;

impl Dav {
    /// The folder that an address names, with the user and password of the environment if it has any.
    pub(super) fn open(address: &StoreLocation, patience: &Patience<'_>) -> Result<Self, TargetTrouble> {
        let unfit = || TargetTrouble::new("WebDAV 地址不能用", "the address of WebDAV cannot be used");
        let key = match (
            environment_value(&["WEBDAV_TOKEN"]),
            environment_value(&["WEBDAV_USERNAME", "WEBDAV_USER"]),
        ) {
            (Some(token), _) => RequestSigner::told(&format!("Bearer {token}"))?,
            (None, Some(user)) => {
                let password = environment_value(&["WEBDAV_PASSWORD"]).unwrap_or_default();
                RequestSigner::told(&format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))?
            }
            (None, None) => RequestSigner::Nobody,
        };
        let root = address.endpoint.clone().ok_or_else(unfit)?;
        let (folders, parts) = (Mutex::default(), AtomicUsize::default());
        Ok(Self { wire: Wire::new(patience.silence), key, root, folders, parts })
    }

    fn url(&self, path: &str) -> String {
        format!("{}{}", self.root, encoded_path(path))
    }

    fn ask(
        &self,
        method: &str,
        path: &str,
        sent: &RequestContent<'_>,
    ) -> Result<ServerAnswer, TargetTrouble> {
        let unfit = || TargetTrouble::new("请求不能用", "the request cannot be used");
        let method = Method::from_bytes(method.as_bytes()).map_err(|_| unfit())?;
        let request = Request::builder().method(method).uri(self.url(path)).body(());
        let (mut parts, ()) = request.map_err(|_| unfit())?.into_parts();
        for (name, value) in sent.headers {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit())?;
            parts.headers.insert(name, HeaderValue::from_str(value).map_err(|_| unfit())?);
        }
        self.key.sign(&mut parts, 0)?;
        self.wire.send(parts, sent.body)
    }

    /// Makes the folder at `path`, which ends with a slash, and those above it.
    fn make_folder(&self, path: &str) -> Result<(), TargetTrouble> {
        let is_known =
            |path: &str| self.folders.lock().unwrap_or_else(PoisonError::into_inner).contains(path);
        let ends = path.match_indices('/').map(|(at, _)| &path[..=at]);
        for folder in ends {
            if is_known(folder) {
                continue;
            }
            let answer = self.ask("MKCOL", folder, &RequestContent::default())?;
            // One that is there cannot be made.
            if !matches!(answer.status, 405 | 409) {
                answer.done()?;
            }
            self.folders.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned());
        }
        Ok(())
    }

    /// Sends a file to the publisher's own folder, and says where it is.
    fn part(&self, body: &SentBody, kind: &str) -> Result<String, TargetTrouble> {
        self.make_folder(PARTS)?;
        let number = self.parts.fetch_add(1, Ordering::Relaxed);
        let part = format!("{PARTS}{number}-{}", &body.entry.sha256[..16]);
        let told = [(CONTENT_TYPE.as_str(), kind)];
        let sending = RequestContent { headers: &told, body: Some(body) };
        self.held(self.ask("PUT", &part, &sending)?)?.done()?;
        let size = self.held(self.ask("HEAD", &part, &RequestContent::default())?)?.done()?;
        match size.header("content-length").and_then(|size| size.parse::<u64>().ok()) {
            Some(size) if size != body.entry.size => Err(TargetTrouble::passing(
                "服务器收到的内容与发送的不符",
                "the server received other bytes than were sent",
            )),
            _ => Ok(part),
        }
    }

    fn move_to(&self, part: &str, path: &str, overwrite: &str) -> Result<ServerAnswer, TargetTrouble> {
        if let Some((folder, _)) = path.rsplit_once('/') {
            self.make_folder(&format!("{folder}/"))?;
        }
        let told = [("destination", &*self.url(path)), ("overwrite", overwrite)];
        self.held(self.ask("MOVE", part, &RequestContent::with(&told))?)
    }

    /// An answer, unless it says that a folder or a part is not there that was made a moment ago: whoever has just got the
    /// lock clears away what publishers before it left. Then it is made again.
    fn held(&self, answer: ServerAnswer) -> Result<ServerAnswer, TargetTrouble> {
        match answer.status {
            404 | 409 => {
                self.folders.lock().unwrap_or_else(PoisonError::into_inner).clear();
                Err(TargetTrouble { is_passing: true, ..answer.trouble() })
            }
            _ => Ok(answer),
        }
    }

    /// The files right in the folder at `path`, and its folders; nothing if the server does not tell.
    fn look_into(
        &self,
        path: &str,
        listing: &mut ServerListing,
    ) -> Result<Option<Vec<String>>, TargetTrouble> {
        let answer = self.ask("PROPFIND", path, &RequestContent::with(&[("depth", "1")]))?;
        if answer.status == 404 {
            return Ok(Some(Vec::new()));
        }
        if matches!(answer.status, 403 | 405 | 501) {
            return Ok(None);
        }
        let text = answer.done()?.text()?;
        let unread = || TargetTrouble::passing("文件列表读不懂", "the list of files cannot be read");
        let mut folders = Vec::new();
        for group in xml::groups(&text, "response").ok_or_else(unread)? {
            let told =
                |wanted: &str| group.iter().find(|(name, _)| name == wanted).map(|(_, text)| text.trim());
            let Some(below) = self.below(told("href").ok_or_else(unread)?) else { continue };
            match told("collection").is_some() || below.ends_with('/') || below.is_empty() {
                true if below.trim_end_matches('/') != path.trim_end_matches('/') => {
                    folders.push(format!("{}/", below.trim_end_matches('/')));
                }
                true => {}
                false => {
                    let size = told("getcontentlength").and_then(|size| size.parse().ok());
                    listing.insert(below, ServerFile { size, md5: None });
                }
            }
        }
        Ok(Some(folders))
    }

    /// What `href` names, below the folder.
    fn below(&self, href: &str) -> Option<String> {
        let url = self.root.join(href).ok()?;
        let decoded = |path: &str| percent_decode_str(path).decode_utf8_lossy().into_owned();
        let (root, path) = (decoded(self.root.path()), decoded(url.path()));
        if path == root.trim_end_matches('/') {
            Some(String::new())
        } else {
            path.strip_prefix(&root).map(str::to_owned)
        }
    }

    /// What the server says of the file at `path`, if it is there.
    fn one(&self, path: &str) -> Result<Option<(String, ServerFile)>, TargetTrouble> {
        let answer = self.ask("HEAD", path, &RequestContent::default())?;
        if answer.status == 404 {
            return Ok(None);
        }
        let answer = answer.done()?;
        let size = answer.header("content-length").and_then(|size| size.parse().ok());
        Ok(Some((path.to_owned(), ServerFile { size, md5: None })))
    }

    /// Which of `wanted` are there, asked one by one.
    fn each(&self, wanted: &[&str], patience: &Patience<'_>) -> Result<ServerListing, TargetTrouble> {
        let mut listing = ServerListing::new();
        for path in wanted {
            listing.extend(patience.with(|| self.one(path))?);
        }
        Ok(listing)
    }
}

impl Store for Dav {
    fn read(&self, path: &str, to: &mut dyn Write) -> Result<bool, TargetTrouble> {
        let answer = self.ask("GET", path, &RequestContent::default())?;
        if answer.status == 404 {
            return Ok(false);
        }
        answer.done()?.copy(to).map(|()| true)
    }

    fn write(&self, path: &str, sent: &SentObject<'_>) -> Result<(), TargetTrouble> {
        let part = self.part(sent.body, &sent.headers.content_type)?;
        self.move_to(&part, path, "T")?.done().map(|_| ())
    }

    fn create(&self, path: &str, bytes: &[u8]) -> Result<bool, TargetTrouble> {
        let part = self.part(&SentBody::of(bytes.to_vec()), "application/json")?;
        let answer = self.move_to(&part, path, "F")?;
        if answer.status == 412 {
            self.remove(&part)?;
            return Ok(false);
        }
        answer.done().map(|_| true)
    }

    fn remove(&self, path: &str) -> Result<(), TargetTrouble> {
        let answer = self.ask("DELETE", path, &RequestContent::default())?;
        if answer.status == 404 { Ok(()) } else { answer.done().map(|_| ()) }
    }

    fn list(&self, wanted: &[&str], patience: &Patience<'_>) -> Result<ServerListing, TargetTrouble> {
        let mut listing = ServerListing::new();
        let mut open = vec![String::new()];
        let mut seen = BTreeSet::new();
        while let Some(folder) = open.pop() {
            let is_own = folder.starts_with(PRIVATE) || folder.matches('/').count() > DEEPEST;
            if is_own || !seen.insert(folder.clone()) {
                continue;
            }
            match patience.with(|| self.look_into(&folder, &mut listing))? {
                Some(folders) => open.extend(folders),
                None => return self.each(wanted, patience),
            }
        }
        Ok(listing)
    }

    fn tidy(&self) -> Result<(), TargetTrouble> {
        self.remove(PARTS)?;
        self.folders.lock().unwrap_or_else(PoisonError::into_inner).remove(PARTS);
        Ok(())
    }

    fn is_tree(&self) -> bool {
        true
    }

    fn has_headers(&self) -> bool {
        false
    }
}
