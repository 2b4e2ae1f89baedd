//! HTTP: one request and its answer, and what the answers mean that are no good.

use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;

use http::header::{CONTENT_LENGTH, HeaderMap};
use http::request::Parts;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, SendBody};

use super::body::SentBody;
use super::pace::PacedBytes;
use super::{TargetTrouble, xml};

/// What stands in an address as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A name as a part of an address.
pub(super) fn encoded(name: &str) -> String {
    utf8_percent_encode(name, PLAIN).to_string()
}

/// A path in an address, part by part.
pub(super) fn encoded_path(path: &str) -> String {
    path.split('/').map(encoded).collect::<Vec<_>>().join("/")
}

/// Connections to one server.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    agent: Agent,
    /// How long a server may say nothing.
    silence: Duration,
}

/// What goes with a request.
#[derive(Default)]
pub(super) struct RequestContent<'a> {
    /// Headers by name.
    pub(super) headers: &'a [(&'a str, &'a str)],
    /// The bytes of a file.
    pub(super) body: Option<&'a SentBody>,
}

impl<'a> RequestContent<'a> {
    /// These headers, and no file.
    pub(super) fn with(headers: &'a [(&'a str, &'a str)]) -> Self {
        Self { headers, body: None }
    }
}

/// What a server answered.
pub(super) struct ServerAnswer {
    /// The code of three digits.
    pub(super) status: u16,
    /// The headers.
    pub(super) headers: HeaderMap,
    /// What follows.
    body: ureq::Body,
    /// How long the server may say nothing.
    silence: Duration,
}

/// How long a connection may take to come about.
const CONNECTING: Duration = Duration::from_secs(10);
/// So much is read of what a server says went wrong.
const LONGEST_COMPLAINT: u64 = 16 << 10;
/// A list of names has at most so many bytes.
const LONGEST_LIST: u64 = 64 << 20;

impl Wire {
    /// Connections on which a server may be silent for so long.
    pub(super) fn new(silence: Duration) -> Self {
        let config = Agent::config_builder()
            .tls_config(tls())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .user_agent(concat!("xiangwei/", env!("CARGO_PKG_VERSION")))
            .timeout_connect(Some(CONNECTING))
            .timeout_recv_response(Some(silence))
            .timeout_per_read(Some(silence))
            .timeout_per_write(Some(silence))
            .max_idle_connections_per_host(16)
            .build();
        Self { agent: config.new_agent(), silence }
    }

    /// What the server answers to a request that is signed already.
    pub(super) fn send(
        &self,
        mut parts: Parts,
        body: Option<&SentBody>,
    ) -> Result<ServerAnswer, TargetTrouble> {
        let answer = match body {
            None => self.agent.run(http::Request::from_parts(parts, ())),
            Some(body) => {
                // Else it would go in chunks, which some stores refuse.
                parts.headers.insert(CONTENT_LENGTH, body.entry.size.into());
                let reader = body.reader().map_err(TargetTrouble::of(parts.uri.path()))?;
                let mut reader = PacedBytes::new(reader, self.silence);
                self.agent.run(http::Request::from_parts(parts, SendBody::from_reader(&mut reader)))
            }
        };
        let (head, body) = answer.map_err(|error| unanswered(&error))?.into_parts();
        Ok(ServerAnswer { status: head.status.as_u16(), headers: head.headers, body, silence: self.silence })
    }
}

/// How servers are known to be who they say: certificates are held against those that the system trusts, so that an
/// office's own authority works as in its browsers.
pub(super) fn tls() -> TlsConfig {
    TlsConfig::builder()
        .root_certs(RootCerts::PlatformVerifier)
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build()
}

impl ServerAnswer {
    /// Whether the server did what it was asked.
    pub(super) fn is_done(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// What an answer says that is good, and trouble otherwise.
    pub(super) fn done(self) -> Result<Self, TargetTrouble> {
        if self.is_done() { Ok(self) } else { Err(self.trouble()) }
    }

    /// A header as text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The whole text of an answer.
    pub(super) fn text(self) -> Result<String, TargetTrouble> {
        let mut text = String::new();
        let read = self.follows(LONGEST_LIST).read_to_string(&mut text);
        read.map(|_| text).map_err(|error| cut(&error.to_string()))
    }

    /// What follows, as long as it comes.
    fn follows(self, limit: u64) -> impl Read {
        PacedBytes::new(self.body.into_with_config().limit(limit).reader(), self.silence)
    }

    /// Copies what follows to `to`.
    pub(super) fn copy(self, to: &mut dyn std::io::Write) -> Result<(), TargetTrouble> {
        let expected = self.body.content_length();
        match io::copy(&mut self.follows(u64::MAX), to) {
            Ok(size) if expected.is_none_or(|expected| expected == size) => Ok(()),
            Ok(_) => Err(cut("")),
            Err(error) => Err(cut(&error.to_string())),
        }
    }

    /// What is wrong, as the server says it.
    pub(super) fn trouble(self) -> TargetTrouble {
        let (status, mut text) = (self.status, String::new());
        // Without more words the code has to do.
        let _ = self.follows(LONGEST_COMPLAINT).read_to_string(&mut text);
        let said = [xml::first(&text, "Code"), xml::first(&text, "Message")];
        let said: Vec<String> = said.into_iter().flatten().map(|text| plain(&text)).collect();
        let said = if said.is_empty() { String::new() } else { format!(" ({})", said.join(": ")) };
        match status {
            401 | 403 => TargetTrouble::new(
                format!(
                    "服务器拒绝了请求：{status}{said}；请核对环境变量里的密钥及其权限，见 docs/zh-CN/publishing.md"
                ),
                format!(
                    "the server refused: {status}{said}; look at the keys in the environment and what they may do, see docs/publishing.md"
                ),
            ),
            404 => TargetTrouble::new(
                format!("服务器上没有：{status}{said}"),
                format!("the server has no such thing: {status}{said}"),
            ),
            301 | 302 | 307 | 308 => TargetTrouble::new(
                format!("服务器指向别处：{status}{said}；请核对 region 和 endpoint"),
                format!("the server points elsewhere: {status}{said}; look at region and endpoint"),
            ),
            507 | 413 => TargetTrouble::new(
                format!("服务器放不下：{status}{said}"),
                format!("the server has no room: {status}{said}"),
            ),
            // What is not there stays so.
            501 | 505 => TargetTrouble::new(
                format!("服务器不支持：{status}{said}"),
                format!("the server does not do that: {status}{said}"),
            ),
            408 | 425 | 429 | 500.. => TargetTrouble::passing(
                format!("服务器一时不能处理：{status}{said}"),
                format!("the server cannot do that at the moment: {status}{said}"),
            ),
            _ => TargetTrouble::new(
                format!("服务器回答：{status}{said}"),
                format!("the server answered {status}{said}"),
            ),
        }
    }
}

/// Words of a server without what a terminal would obey.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(300).collect()
}

fn cut(why: &str) -> TargetTrouble {
    let why = plain(why);
    TargetTrouble::passing(format!("连接中断 {why}"), format!("the connection was cut {why}"))
}

/// Why there is no answer.
fn unanswered(error: &ureq::Error) -> TargetTrouble {
    use ureq::Error;
    let why = plain(&error.to_string());
    match error {
        Error::Rustls(_) | Error::Tls(_) => TargetTrouble::new(
            format!("服务器的证书不可信：{why}"),
            format!("the server's certificate is not to be trusted: {why}"),
        ),
        Error::Io(io) if io.to_string().contains("certificate") => TargetTrouble::new(
            format!("服务器的证书不可信：{why}"),
            format!("the server's certificate is not to be trusted: {why}"),
        ),
        Error::HostNotFound => TargetTrouble::passing(
            "找不到服务器，请核对地址和网络",
            "there is no such server; look at the address and the network",
        ),
        Error::Io(_) | Error::Timeout(_) | Error::Protocol(_) | Error::ConnectionFailed => {
            TargetTrouble::passing(format!("连接失败：{why}"), format!("the connection failed: {why}"))
        }
        _ => TargetTrouble::new(
            format!("无法发出请求：{why}"),
            format!("the request could not be made: {why}"),
        ),
    }
}
