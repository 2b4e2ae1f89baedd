//! Asks for one address: with HEAD, and with GET where a server does not like that; follows where it leads; and says
//! what came of it. Every request waits for its turn with its host.

use std::io::{self, Read};
use std::net::ToSocketAddrs;
use std::time::{Duration, Instant};

use http::header::{LOCATION, RETRY_AFTER};
use http::{HeaderMap, Method};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Error, Proxy};
use url::Url;

use super::net::{Guard, InnerAddress};
use super::turns::Turns;
use super::{Manners, VisitHindrance, wire};
use crate::check::external::{NoAnswer, ReachedAddress};

/// Asks, and keeps to its manners.
pub(in crate::remote) struct Caller {
    manners: Manners,
    agent: Agent,
    proxy: Option<Proxy>,
    turns: Turns,
    /// When no request is begun any more.
    deadline: Instant,
}

/// What a server answered, as far as it is asked.
struct VisitAnswer {
    status: u16,
    /// Where it leads on to.
    location: Option<String>,
    /// How long it wants to be left alone.
    wait: Option<Duration>,
    /// What follows the head. Where nobody reads it, it goes with the connection.
    body: Body,
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug)]
pub(in crate::remote) enum UnreadFile {
    /// There was no answer.
    Hindered(VisitHindrance),
    /// The server answered with this status.
    Status(u16),
    /// It came to an end before it was whole.
    Cut,
    /// There is more of it than was asked for.
    TooMuch,
}

impl UnreadFile {
    /// Whether it may be over in a moment.
    pub(in crate::remote) fn may_pass(self) -> bool {
        matches!(self, Self::Cut | Self::Hindered(VisitHindrance::Silent(NoAnswer::NoConnection)))
            || matches!(self, Self::Status(500..))
    }
}

/// Nobody follows an address further.
const MOST_HOPS: usize = 8;

impl Caller {
    pub(in crate::remote) fn new(manners: &Manners) -> Self {
        let proxy = Proxy::try_from_env();
        let config = Agent::config_builder()
            .tls_config(wire::tls())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(&*manners.name)
            .timeout_global(Some(manners.patience))
            .proxy(proxy.clone())
            .build();
        let named = proxy.as_ref().map(|proxy| (proxy.host().to_owned(), proxy.port()));
        let guard = Guard { is_public: manners.is_public, proxy: named };
        Self {
            manners: manners.clone(),
            agent: Agent::with_parts(config, DefaultConnector::default(), guard),
            proxy,
            turns: Turns::default(),
            deadline: Instant::now() + manners.total,
        }
    }

    /// What comes of asking for `address`; nothing where there is no time for it, or the server wants to be left alone.
    pub(super) fn ask(&self, address: &str) -> Option<ReachedAddress> {
        let Ok(start) = Url::parse(address) else { return Some(ReachedAddress::Silent(NoAnswer::Nonsense)) };
        let (mut at, mut lasting, mut lasts) = (start.clone(), start.clone(), true);
        for _ in 0..=MOST_HOPS {
            let answer = match self.answer(&at) {
                Ok(answer) => answer,
                Err(VisitHindrance::Later) => return None,
                Err(VisitHindrance::Silent(silence)) => return Some(ReachedAddress::Silent(silence)),
                Err(VisitHindrance::Inner) => {
                    return Some(ReachedAddress::Inner(at.host_str().unwrap_or_default().to_owned()));
                }
            };
            let Some(location) = &answer.location else {
                return Some(judged(answer.status, (&start, &at), &lasting));
            };
            let Some(next) = at.join(location).ok().filter(is_web) else {
                return Some(ReachedAddress::Silent(NoAnswer::Nonsense));
            };
            lasts &= matches!(answer.status, 301 | 308);
            at = next;
            at.set_fragment(None);
            if lasts {
                lasting = at.clone();
            }
        }
        Some(ReachedAddress::Silent(NoAnswer::Circle))
    }

    /// The bytes of the file at `address`, of which there are at most `most`. Where the host itself was allowed
    /// although it is not public, no other one is asked.
    ///
    /// # Errors
    /// Why there are none.
    pub(in crate::remote) fn fetch(&self, address: &str, most: u64) -> Result<Vec<u8>, UnreadFile> {
        let mut at = Url::parse(address)
            .map_err(|_| UnreadFile::Hindered(VisitHindrance::Silent(NoAnswer::Nonsense)))?;
        let host = at.host_str().map(str::to_owned);
        for _ in 0..=MOST_HOPS {
            let answer = self.in_turn(&Method::GET, &at).map_err(UnreadFile::Hindered)?;
            let Some(location) = &answer.location else { return whole_body(answer, most) };
            let next = at.join(location).ok().filter(is_web);
            at = next.ok_or(UnreadFile::Hindered(VisitHindrance::Silent(NoAnswer::Nonsense)))?;
            if self.manners.stays && at.host_str().map(str::to_owned) != host {
                return Err(UnreadFile::Hindered(VisitHindrance::Inner));
            }
        }
        Err(UnreadFile::Hindered(VisitHindrance::Silent(NoAnswer::Circle)))
    }

    /// What the server of an address answers to the request that it likes.
    fn answer(&self, url: &Url) -> Result<VisitAnswer, VisitHindrance> {
        let answer = self.in_turn(&Method::HEAD, url)?;
        match answer.status {
            200..400 => Ok(answer),
            // Many a server knows no HEAD, and answers whatever it likes.
            _ => self.in_turn(&Method::GET, url),
        }
    }

    /// Sends a request when it is its turn, and once more where the server asks for a moment.
    fn in_turn(&self, method: &Method, url: &Url) -> Result<VisitAnswer, VisitHindrance> {
        let turn = self.turns.of(url.host_str().unwrap_or_default());
        let mut turn = turn.lock();
        for is_last in [false, true] {
            turn.wait(self.deadline)?;
            let answer = self.send(method, url);
            turn.has_answered(answer.as_ref().err().copied(), self.manners.pause);
            let answer = answer?;
            if !matches!(answer.status, 429 | 503) {
                return Ok(answer);
            }
            match answer.wait.filter(|wait| *wait <= self.manners.longest_wait) {
                Some(wait) => turn.rest(wait.max(self.manners.pause)),
                // It says that it is asked too often, and not when it may be asked again.
                None if answer.status == 429 || answer.wait.is_some() => return Err(turn.leave_alone()),
                None => return Ok(answer),
            }
            if is_last {
                return Ok(answer);
            }
        }
        Err(VisitHindrance::Later)
    }

    fn send(&self, method: &Method, url: &Url) -> Result<VisitAnswer, VisitHindrance> {
        self.look_behind_proxy(url)?;
        let request = http::Request::builder().method(method).uri(url.as_str()).body(());
        let request = request.map_err(|_| VisitHindrance::Silent(NoAnswer::Nonsense))?;
        let answer = self.agent.run(request).map_err(|error| hindrance(&error))?;
        let (head, body) = answer.into_parts();
        let leads_on = matches!(head.status.as_u16(), 301 | 302 | 303 | 307 | 308);
        let location = head.headers.get(LOCATION).and_then(|value| str::from_utf8(value.as_bytes()).ok());
        Ok(VisitAnswer {
            status: head.status.as_u16(),
            location: location.filter(|_| leads_on).map(str::to_owned),
            wait: wait(&head.headers),
            body,
        })
    }

    /// A proxy finds a host by itself. It is not asked for one that is known here as an inner one.
    fn look_behind_proxy(&self, url: &Url) -> Result<(), VisitHindrance> {
        if self.proxy.is_none() {
            return Ok(());
        }
        let port = url.port_or_known_default().unwrap_or(80);
        let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
        let mut found = (host, port).to_socket_addrs().into_iter().flatten();
        match found.all(|address| (self.manners.is_public)(address.ip())) {
            true => Ok(()),
            false => Err(VisitHindrance::Inner),
        }
    }
}

/// The bytes of an answer that is one.
fn whole_body(answer: VisitAnswer, most: u64) -> Result<Vec<u8>, UnreadFile> {
    if answer.status != 200 {
        return Err(UnreadFile::Status(answer.status));
    }
    let expected = answer.body.content_length();
    if expected.is_some_and(|expected| expected > most) {
        return Err(UnreadFile::TooMuch);
    }
    let mut bytes = Vec::new();
    // One more byte than may be there tells that there are too many.
    let reader = answer.body.into_with_config().limit(u64::MAX).reader();
    match reader.take(most + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() as u64 > most => Err(UnreadFile::TooMuch),
        Ok(_) if expected.is_none_or(|expected| expected == bytes.len() as u64) => Ok(bytes),
        Err(error) if is_late(&error) => {
            Err(UnreadFile::Hindered(VisitHindrance::Silent(NoAnswer::TimedOut)))
        }
        Ok(_) | Err(_) => Err(UnreadFile::Cut),
    }
}

/// Whether reading ended since there was no more time.
fn is_late(error: &io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
    error.kind() == io::ErrorKind::TimedOut || matches!(inner, Some(Error::Timeout(_)))
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https")
}

/// What an answer at `at` says of the address that was asked for first. `lasting` is where it has moved to for good.
fn judged(status: u16, (start, at): (&Url, &Url), lasting: &Url) -> ReachedAddress {
    let is_home = |url: &Url| url.path() == "/" && url.query().is_none();
    match status {
        200..300 if is_home(at) && !is_home(start) => ReachedAddress::Home(at.to_string()),
        200..300 if lasting != start => ReachedAddress::Moved(lasting.to_string()),
        200..300 => ReachedAddress::There,
        404 | 410 => ReachedAddress::Gone(status),
        429 | 500.. => ReachedAddress::Troubled(status),
        400..500 => ReachedAddress::Refused(status),
        _ => ReachedAddress::Silent(NoAnswer::Nonsense),
    }
}

/// How long a server wants to be left alone: so many seconds, or until a moment.
fn wait(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = rfc2822::DateTimeParser::new().parse_timestamp(text).ok()?;
    let left = until.duration_since(Timestamp::now());
    Some(Duration::try_from(left).unwrap_or_default())
}

fn hindrance(error: &Error) -> VisitHindrance {
    let silence = match error {
        Error::Io(io) if io.get_ref().is_some_and(|inner| inner.is::<InnerAddress>()) => {
            return VisitHindrance::Inner;
        }
        Error::HostNotFound => NoAnswer::NoHost,
        Error::Timeout(_) => NoAnswer::TimedOut,
        Error::Rustls(_) | Error::Tls(_) => NoAnswer::Untrusted,
        Error::Io(io) if io.to_string().contains("certificate") => NoAnswer::Untrusted,
        Error::Io(_) | Error::ConnectionFailed => NoAnswer::NoConnection,
        _ => NoAnswer::Nonsense,
    };
    VisitHindrance::Silent(silence)
}
