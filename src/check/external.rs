//! The addresses on other sites that texts lead to, what is said of them once somebody has asked for them, and how
//! long an answer is believed. Nothing is asked here, and no build depends on it.

use std::collections::BTreeMap;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::ask::Planned;
use crate::diag::{Diagnostic, Words};
use crate::report::body::LinkTarget;
use crate::report::{Link, PublicationStatus};
use crate::source::Span;

/// A place where a text leads to another site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExternalLink {
    /// The file.
    pub path: Utf8PathBuf,
    /// Where the link stands in it.
    pub span: Span,
    /// What is asked for: the address without its fragment, and without a user's name.
    pub address: String,
}

/// What came of asking for an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReachedAddress {
    /// It is there.
    There,
    /// It is there, and has moved for good to this address.
    Moved(String),
    /// It leads to the home page of a site, which is this address.
    Home(String),
    /// The server answers that it is not there: 404 or 410.
    Gone(u16),
    /// The server does not let a program have it, with this status (4xx).
    Refused(u16),
    /// The server has a fault, with this status (5xx), or leads nowhere.
    Troubled(u16),
    /// There was no answer.
    Silent(NoAnswer),
    /// The address, or this one that it leads to, is in a network that is not public.
    Inner(String),
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NoAnswer {
    /// No host has that name.
    NoHost,
    /// No connection came about, or it was cut.
    NoConnection,
    /// It took too long.
    TimedOut,
    /// The certificate is not to be trusted.
    Untrusted,
    /// The address leads on and on.
    Circle,
    /// What came is no answer, or the address is none.
    Nonsense,
}

impl NoAnswer {
    /// What it says to people.
    #[must_use]
    pub fn words(self) -> Words {
        let (zh, en) = match self {
            Self::NoHost => ("找不到这个主机，或者本机没有联网", "there is no such host, or no network here"),
            Self::NoConnection => ("连接不上", "no connection came about"),
            Self::TimedOut => ("服务器没有及时回答", "the server did not answer in time"),
            Self::Untrusted => ("服务器的证书有问题", "the server's certificate is in doubt"),
            Self::Circle => ("网址转来转去，没有到头", "the address leads on and on"),
            Self::Nonsense => {
                ("网址写得不对，或者回答不是网页服务器的", "it is no address, or no web server answered")
            }
        };
        Words::new(zh, en)
    }
}

/// The places where the published texts of a site lead to other sites, as far as their files are `wanted`.
pub fn mentions(site: &Planned<'_>, wanted: impl Fn(&Utf8Path) -> bool) -> Vec<ExternalLink> {
    let archive = site.archive;
    let pages = archive.pages.iter().chain(&archive.home).map(|page| (&*page.path, &*page.body.links));
    let places = archive.places.values().map(|place| (&*place.path, &*place.body.links));
    let public = archive.reports.iter().filter(|report| report.matter.status != PublicationStatus::Withdrawn);
    let reports = public.map(|report| (&*report.path, &*archive.facts(report).links));
    let texts = pages.chain(places).chain(reports).filter(|(path, _)| wanted(path));
    let mut found: Vec<ExternalLink> =
        texts.flat_map(|(path, links)| links.iter().filter_map(|link| of_link(path, link))).collect();
    let settings = Utf8Path::new("site.yaml");
    if wanted(settings) {
        let config = &archive.config.government_site;
        let addresses = [&config.party_government_icon, &config.report_errors_url];
        found.extend(addresses.into_iter().flatten().filter_map(|address| in_settings(site, address)));
    }
    found
}

fn of_link(path: &Utf8Path, link: &Link) -> Option<ExternalLink> {
    let is_page = link.target == LinkTarget::Outside && !link.image;
    let address = asked(&link.text).filter(|_| is_page)?;
    Some(ExternalLink { path: path.to_owned(), span: link.span, address })
}

fn in_settings(site: &Planned<'_>, text: &str) -> Option<ExternalLink> {
    let source = site.archive.sources.text("site.yaml".into())?;
    let start = source.text().find(text)?;
    let address = asked(text)?;
    Some(ExternalLink { path: source.path().to_owned(), span: Span::new(start..start + text.len()), address })
}

/// What a server is asked for where a text says `text`; nothing where that is no web address.
fn asked(text: &str) -> Option<String> {
    if !["http:", "https:"].iter().any(|scheme| text.starts_with(scheme)) {
        return None;
    }
    let Ok(mut url) = Url::parse(text) else { return Some(text.to_owned()) };
    url.set_fragment(None);
    // Nobody's name and password are sent because they stand in a text.
    let _ = url.set_username("").and_then(|()| url.set_password(None));
    Some(url.into())
}

/// What is wrong with the places of which an answer is known.
#[must_use]
pub fn link_findings(mentions: &[ExternalLink], known: &BTreeMap<String, ReachedAddress>) -> Vec<Diagnostic> {
    let told = |mention: &ExternalLink| complaint(mention, known.get(&mention.address)?);
    mentions.iter().filter_map(told).collect()
}

fn complaint(mention: &ExternalLink, reached: &ReachedAddress) -> Option<Diagnostic> {
    let path = &*mention.path;
    let complaint = match reached {
        ReachedAddress::There => return None,
        ReachedAddress::Moved(to) => moved(path, to),
        ReachedAddress::Home(to) => led_home(path, to),
        ReachedAddress::Gone(status) => gone_page(path, *status),
        ReachedAddress::Inner(host) => inner(path, host),
        ReachedAddress::Refused(status) => unreachable(
            path,
            format!("服务器不让程序访问（{status}）"),
            format!("the server lets no program have it ({status})"),
        ),
        ReachedAddress::Troubled(status) => {
            unreachable(path, format!("服务器出错（{status}）"), format!("the server has a fault ({status})"))
        }
        ReachedAddress::Silent(silence) => {
            let Words { zh, en } = silence.words();
            unreachable(path, zh, en)
        }
    };
    Some(complaint.at(mention.span))
}

fn moved(path: &Utf8Path, to: &str) -> Diagnostic {
    let words = Words::new(format!("网页永久搬到了 {to}"), format!("the page has moved for good to {to}"));
    Diagnostic::note("external/moved", path, words)
        .help("看过内容无误后，改用新的网址", "look whether it is the same text, and write the new address")
}

fn led_home(path: &Utf8Path, to: &str) -> Diagnostic {
    let words = Words::new(
        format!("网址转到了首页 {to}，原来的网页可能没有了"),
        format!("the address leads to the home page {to}; the page that was meant may be gone"),
    );
    Diagnostic::note("external/moved", path, words).help(
        "打开看一看；没有了的，找到新的网址，或者去掉链接",
        "open it and see; if it is gone, find the new address or take the link away",
    )
}

fn gone_page(path: &Utf8Path, status: u16) -> Diagnostic {
    let words = Words::new(
        format!("对方网站没有这一页（{status}）"),
        format!("the other site has no such page ({status})"),
    );
    Diagnostic::warning("external/gone", path, words).help(
        "找到新的网址；没有的，去掉链接，保留名称和文号",
        "find the new address, or take the link away and leave title and number",
    )
}

fn inner(path: &Utf8Path, host: &str) -> Diagnostic {
    let words = Words::new(
        format!("{host} 在本机或内部网络上，没有访问"),
        format!("{host} is on this computer or in an internal network, and was not asked"),
    );
    Diagnostic::warning("external/private", path, words)
        .help("换成公众能访问的网址", "give an address that the public can reach")
}

fn unreachable(path: &Utf8Path, zh: String, en: String) -> Diagnostic {
    Diagnostic::note("external/unreachable", path, Words::new(zh, en)).help(
        "不等于网页没有了：在浏览器里打开看一看",
        "this does not mean that the page is gone: open it in a browser and see",
    )
}

/// Answers from one check to the next, with the second of the clock at which each came.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RememberedAnswers(BTreeMap<String, (i64, ReachedAddress)>);

const HOUR: i64 = 60 * 60;
const DAY: i64 = 24 * HOUR;

impl ReachedAddress {
    /// For how many seconds it is believed. What may be over soon is asked for again soon.
    fn lasts(&self) -> i64 {
        match self {
            Self::There | Self::Moved(_) | Self::Home(_) => 7 * DAY,
            Self::Gone(_) | Self::Refused(_) => DAY,
            Self::Troubled(_) | Self::Silent(_) => HOUR,
            // Which networks are inner ones is judged anew each time, and costs no request.
            Self::Inner(_) => 0,
        }
    }
}

impl RememberedAnswers {
    /// What a note says; nothing where there is none, or a damaged one.
    #[must_use]
    pub fn read(note: Option<&[u8]>) -> Self {
        note.and_then(|note| postcard::from_bytes(note).ok()).unwrap_or_default()
    }

    /// What is still believed at this second.
    #[must_use]
    pub fn at(&self, now: i64) -> BTreeMap<String, ReachedAddress> {
        let is_fresh =
            |asked: i64, reached: &ReachedAddress| (0..reached.lasts()).contains(&now.saturating_sub(asked));
        let fresh = self.0.iter().filter(|(_, (asked, reached))| is_fresh(*asked, reached));
        fresh.map(|(address, (_, reached))| (address.clone(), reached.clone())).collect()
    }

    /// The note to keep: what is still believed, and these answers of now.
    #[must_use]
    pub fn with(mut self, now: i64, answers: &BTreeMap<String, ReachedAddress>) -> Vec<u8> {
        let fresh = self.at(now);
        self.0.retain(|address, _| fresh.contains_key(address));
        let answers = answers.iter().map(|(address, reached)| (address.clone(), (now, reached.clone())));
        self.0.extend(answers);
        postcard::to_allocvec(&self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_has_no_fragment_and_no_password() {
        let of = |text: &str| asked(text);
        assert_eq!(of("https://me:word@a.gov.cn/b?c#d").as_deref(), Some("https://a.gov.cn/b?c"));
        assert_eq!(of("http://政府.cn/报告").as_deref(), Some("http://xn--mxtq1m.cn/%E6%8A%A5%E5%91%8A"));
        assert_eq!(of("https://").as_deref(), Some("https://"));
        assert_eq!(of("mailto:a@b.cn"), None);
    }

    #[test]
    fn a_failure_is_believed_for_a_shorter_time() {
        let answers = BTreeMap::from([
            ("a".to_owned(), ReachedAddress::There),
            ("b".to_owned(), ReachedAddress::Gone(404)),
            ("c".to_owned(), ReachedAddress::Silent(NoAnswer::TimedOut)),
        ]);
        let note = RememberedAnswers::default().with(1_000, &answers);
        let known = |now| RememberedAnswers::read(Some(&note)).at(now).into_keys().collect::<String>();
        assert_eq!(known(1_000 + HOUR - 1), "abc");
        assert_eq!(known(1_000 + HOUR), "ab");
        assert_eq!(known(1_000 + DAY), "a");
        assert_eq!(known(1_000 + 7 * DAY), "");
        // A clock that was set back does not make an answer last longer.
        assert_eq!(known(999), "");
        assert_eq!(RememberedAnswers::read(Some(b"x")), RememberedAnswers::default());
    }
}
