//! An object store in this process that speaks as much of S3 as a publisher needs, in the manner of Amazon's, Alibaba's
//! or Tencent's, and that goes wrong as a test wishes.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, reason = "each test file asks some of it")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use md5::Md5;
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use sha2::{Digest, Sha256};

/// Whose manner a store has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    S3,
    /// Answers 501 to conditions on a PUT, and has a header of its own.
    Oss,
    /// Takes no notice of conditions on a PUT, and has a header of its own.
    Cos,
}

/// What goes wrong with a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    None,
    /// The answer has this status, and nothing is done.
    Status(u16),
    /// The connection is cut before anything is done.
    Cut,
    /// It is done, and the connection is cut before the answer.
    CutAfter,
    /// Half of the answer's body is told.
    CutWithin,
    /// The answer's body is told byte by byte, 50 in a second.
    Slow,
    /// There is no answer, and the connection stays.
    Silent,
}

/// A request.
#[derive(Clone, Debug)]
pub struct Request {
    pub method: String,
    /// The name of the object, or an empty one for the bucket.
    pub key: String,
    pub query: BTreeMap<String, String>,
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
    /// Which one it is, from one.
    pub number: usize,
}

/// What is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    pub bytes: Vec<u8>,
    pub headers: BTreeMap<String, String>,
}

pub type Objects = BTreeMap<String, Object>;
type Hook = Box<dyn Fn(&Request) -> Fault + Send + Sync>;

/// A store.
pub struct Store {
    pub address: String,
    shared: Arc<Shared>,
}

struct Shared {
    manner: Manner,
    objects: Mutex<Objects>,
    hook: Mutex<Arc<Hook>>,
    count: AtomicUsize,
    /// Requests that no publisher should make.
    wrong: Mutex<Vec<String>>,
}

impl Store {
    pub fn start(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let shared = Arc::new(Shared {
            manner,
            objects: Mutex::default(),
            hook: Mutex::new(Arc::new(Box::new(|_| Fault::None))),
            count: AtomicUsize::new(0),
            wrong: Mutex::default(),
        });
        let of_all = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&of_all);
                std::thread::spawn(move || {
                    let _ = serve(&shared, &stream);
                    let _ = stream.shutdown(std::net::Shutdown::Both);
                });
            }
        });
        Self { address, shared }
    }

    /// The address of a target in it.
    pub fn target(&self, prefix: &str) -> String {
        let scheme = match self.shared.manner {
            Manner::S3 => "s3",
            Manner::Oss => "oss",
            Manner::Cos => "cos",
        };
        format!("{scheme}://bucket/{prefix}?endpoint=http://{}&region=cn-test", self.address)
    }

    /// Lets `hook` decide what goes wrong from now on, and counts requests anew.
    pub fn hook(&self, hook: impl Fn(&Request) -> Fault + Send + Sync + 'static) {
        self.shared.count.store(0, Ordering::SeqCst);
        *self.shared.hook.lock().unwrap() = Arc::new(Box::new(hook));
    }

    pub fn count(&self) -> usize {
        self.shared.count.load(Ordering::SeqCst)
    }

    pub fn objects(&self) -> Objects {
        self.shared.objects.lock().unwrap().clone()
    }

    pub fn put(&self, key: &str, bytes: &[u8]) {
        let object = Object { bytes: bytes.to_vec(), headers: BTreeMap::new() };
        self.shared.objects.lock().unwrap().insert(key.to_owned(), object);
    }

    pub fn remove(&self, key: &str) {
        self.shared.objects.lock().unwrap().remove(key);
    }

    pub fn wrong(&self) -> Vec<String> {
        self.shared.wrong.lock().unwrap().clone()
    }
}

fn serve(shared: &Shared, stream: &TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(mut request) = read(&mut reader)? {
        request.number = shared.count.fetch_add(1, Ordering::SeqCst) + 1;
        let hook = Arc::clone(&shared.hook.lock().unwrap());
        let fault = hook(&request);
        let (status, headers, body) = match fault {
            Fault::Cut => return Ok(()),
            Fault::Silent => return reader.read_to_end(&mut Vec::new()).map(|_| ()),
            Fault::Status(status) => (status, String::new(), b"<Error><Code>Trouble</Code></Error>".to_vec()),
            _ => shared.answer(&request),
        };
        if fault == Fault::CutAfter {
            return Ok(());
        }
        let is_head = request.method == "HEAD";
        let mut answer =
            format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n{headers}\r\n", body.len()).into_bytes();
        let told = match fault {
            Fault::CutWithin => body.len() / 2,
            Fault::Slow => 0,
            _ => body.len(),
        };
        if !is_head {
            answer.extend_from_slice(&body[..told]);
        }
        // In one piece, or each answer would wait for the system to hear of the last one.
        let mut to = stream;
        to.write_all(&answer)?;
        for byte in body.iter().filter(|_| fault == Fault::Slow) {
            std::thread::sleep(std::time::Duration::from_millis(20));
            to.write_all(&[*byte])?;
        }
        if fault == Fault::CutWithin {
            return Ok(());
        }
    }
    Ok(())
}

fn read(reader: &mut BufReader<&TcpStream>) -> std::io::Result<Option<Request>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let mut body = vec![0; headers.get("content-length").and_then(|size| size.parse().ok()).unwrap_or(0)];
    reader.read_exact(&mut body)?;
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    let query = query.split('&').filter(|pair| !pair.is_empty()).map(pair).collect();
    let key = decoded(path).trim_start_matches("/bucket").trim_start_matches('/').to_owned();
    Ok(Some(Request { method, key, query, headers, body, number: 0 }))
}

type Answer = (u16, String, Vec<u8>);

fn refused(status: u16, code: &str) -> Answer {
    (status, String::new(), format!("<Error><Code>{code}</Code><Message>no</Message></Error>").into_bytes())
}

impl Shared {
    fn answer(&self, request: &Request) -> Answer {
        if let Some(words) = self.objection(request) {
            self.wrong.lock().unwrap().push(format!("{} {}: {words}", request.method, request.key));
            return refused(403, "SignatureDoesNotMatch");
        }
        let mut objects = self.objects.lock().unwrap();
        match &*request.method {
            "GET" if request.key.is_empty() => list(&objects, request),
            "GET" | "HEAD" => match objects.get(&request.key) {
                Some(object) => (200, etag(&object.bytes), object.bytes.clone()),
                None => refused(404, "NoSuchKey"),
            },
            "PUT" => self.put(&mut objects, request),
            "DELETE" => {
                objects.remove(&request.key);
                (204, String::new(), Vec::new())
            }
            _ => refused(405, "MethodNotAllowed"),
        }
    }

    /// What no publisher should do with a store of this manner.
    fn objection(&self, request: &Request) -> Option<&'static str> {
        let has = |name: &str| request.headers.contains_key(name);
        let signed = request.headers.get("authorization").map(String::as_str).unwrap_or_default();
        let begins = match self.manner {
            Manner::S3 => "AWS4-HMAC-SHA256 Credential=test-key/",
            Manner::Oss => "OSS4-HMAC-SHA256 Credential=test-key/",
            Manner::Cos => "q-sign-algorithm=sha1&q-ak=test-key&",
        };
        match () {
            () if !signed.starts_with(begins) => Some("it is not signed as it should be"),
            () if request.headers.values().any(|value| value.contains("test-secret")) => {
                Some("it tells the secret")
            }
            () if has("transfer-encoding") => Some("it comes in chunks"),
            () if request
                .headers
                .get("content-encoding")
                .is_some_and(|kind| kind.contains("aws-chunked")) =>
            {
                Some("it comes in Amazon's chunks")
            }
            () if request.method == "PUT" && !has("content-md5") => Some("its MD5 is not told"),
            () if self.manner == Manner::Oss && request.query.contains_key("list-type") => {
                Some("it asks for another list")
            }
            () => None,
        }
    }

    fn put(&self, objects: &mut Objects, request: &Request) -> Answer {
        let header = |name: &str| request.headers.get(name).map(String::as_str);
        let is_there = objects.contains_key(&request.key);
        match self.manner {
            Manner::S3 if is_there && header("if-none-match") == Some("*") => {
                return refused(412, "PreconditionFailed");
            }
            Manner::Oss if header("if-none-match").is_some() || header("if-match").is_some() => {
                return refused(501, "NotImplemented");
            }
            Manner::Oss if is_there && header("x-oss-forbid-overwrite") == Some("true") => {
                return refused(409, "FileAlreadyExists");
            }
            Manner::Cos if is_there && header("x-cos-forbid-overwrite") == Some("true") => {
                return refused(409, "FileAlreadyExists");
            }
            _ => {}
        }
        if header("content-md5") != Some(&STANDARD.encode(Md5::digest(&request.body))) {
            return refused(400, "BadDigest");
        }
        let sha256: String = Sha256::digest(&request.body).iter().map(|byte| format!("{byte:02x}")).collect();
        if header("x-amz-content-sha256").is_some_and(|told| told != sha256) {
            return refused(400, "XAmzContentSHA256Mismatch");
        }
        let object = Object { bytes: request.body.clone(), headers: request.headers.clone() };
        objects.insert(request.key.clone(), object);
        (200, etag(&request.body), Vec::new())
    }
}

fn etag(bytes: &[u8]) -> String {
    let md5: String = Md5::digest(bytes).iter().map(|byte| format!("{byte:02X}")).collect();
    format!("ETag: \"{md5}\"\r\n")
}

/// So many objects are on a page of a list, few enough that every test has several; a page of a large site has a
/// fiftieth of it, as it would have a thousand elsewhere.
fn page(objects: &Objects) -> usize {
    (objects.len() / 50).clamp(7, 1000)
}

fn list(objects: &Objects, request: &Request) -> Answer {
    let said = |name: &str| request.query.get(name).cloned().unwrap_or_default();
    let (prefix, marker) = (said("prefix"), said("marker"));
    let found: Vec<_> =
        objects.iter().filter(|(key, _)| key.starts_with(&prefix) && **key > marker).collect();
    let mut text = format!("<ListBucketResult><IsTruncated>{}</IsTruncated>", found.len() > page(objects));
    for (key, object) in found.into_iter().take(page(objects)) {
        let md5: String = Md5::digest(&object.bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        text.push_str(&format!(
            "<Contents><Key>{}</Key><ETag>&quot;{md5}&quot;</ETag><Size>{}</Size></Contents>",
            utf8_percent_encode(key, NON_ALPHANUMERIC),
            object.bytes.len()
        ));
    }
    text.push_str("</ListBucketResult>");
    (200, String::new(), text.into_bytes())
}
