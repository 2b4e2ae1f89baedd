//! Where a site will stand. Its address becomes a part of every link, feed and site map, so that
//! one that browsers would read differently than its author does is refused: whatever the URL
//! Standard (<https://url.spec.whatwg.org/>) would silently repair.

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::diag::Words;
use crate::route::encode;

/// Where a site stands: `https://www.example.gov.cn/fzzf/`, split into origin and path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    origin: String,
    /// As links write it, percent-encoded, without its last slash.
    encoded: String,
    /// The same as it reads.
    path: String,
}

impl BaseUrl {
    /// Reads an address: http or https, a host, and if need be folders.
    ///
    /// # Errors
    /// Says what about it is wrong.
    pub fn parse(text: &str) -> Result<Self, Words> {
        let no = |zh: &str, en: &str| Err(Words::new(zh, en));
        let url = absolute_address(text)?;
        let rest = text.split_once("://").map_or("", |(_, rest)| rest);
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        if text.contains(['?', '#']) {
            return no("不能带 ? 和 #", "it cannot have ? or #");
        }
        if authority.contains('@') {
            return no("不能带用户名和密码", "it cannot have a user's name or password");
        }
        if !is_host(&url, authority) || url.port() == Some(0) {
            return no("主机名或端口写得不对", "its host or port is not well formed");
        }
        let Some(folder) = folder(path) else {
            return no(
                "路径里不能有空的一段、`.`、`..` 和控制字符",
                "its path cannot have empty parts, `.`, `..` or control characters",
            );
        };
        Ok(Self { origin: url.origin().ascii_serialization(), encoded: encode(&folder), path: folder })
    }

    /// The top of this machine, for want of another.
    pub(super) fn local() -> Self {
        Self { origin: "http://localhost".into(), encoded: String::new(), path: String::new() }
    }

    /// The host, without scheme and port.
    #[must_use]
    pub fn host(&self) -> &str {
        let host = self.origin.split_once("://").map_or("", |(_, host)| host);
        let end = host.rfind(']').map_or(0, |at| at + 1);
        host[end..].find(':').map_or(host, |at| &host[..end + at])
    }

    /// Scheme and host: `https://www.example.gov.cn`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The address as a link on the site writes it: `/fzzf/jiangmen/`.
    #[must_use]
    pub fn href(&self, route: &str) -> String {
        format!("{}{}", self.encoded, encode(route))
    }

    /// The whole address: `https://www.example.gov.cn/fzzf/jiangmen/`.
    #[must_use]
    pub fn absolute(&self, route: &str) -> String {
        format!("{}{}{}", self.origin, self.encoded, encode(route))
    }

    /// The path below the origin as it reads, without its last slash; empty at the root.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// An address with a scheme, two slashes and a host, in nothing but characters that browsers
/// keep: they drop tabs and line ends, and take a backslash for a slash.
pub(super) fn absolute_address(text: &str) -> Result<Url, Words> {
    let is_dropped = |c: char| c.is_whitespace() || c.is_control() || c == '\\';
    let start = text.get(..8).or(text.get(..7)).unwrap_or_default().to_ascii_lowercase();
    let rest = start.strip_prefix("https://").or(start.strip_prefix("http://"));
    if rest.is_none() {
        return Err(Words::new("要以 https:// 或 http:// 开头", "it must begin with https:// or http://"));
    }
    if text.contains(is_dropped) {
        let (zh, en) =
            ("不能有空格、控制字符和反斜杠", "it cannot have spaces, control characters or backslashes");
        return Err(Words::new(zh, en));
    }
    let after = text.split_once("://").map_or("", |(_, rest)| rest);
    match Url::parse(text) {
        Ok(url) if !after.starts_with(['/', '?', '#', '@', ':']) && url.has_host() => Ok(url),
        _ => Err(Words::new("主机名或端口写得不对", "its host or port is not well formed")),
    }
}

/// Whether the host is one that everybody reads alike. A figure such as `0x7f.1` is an address of
/// the machine to a browser and a name to others.
fn is_host(url: &Url, authority: &str) -> bool {
    let label = |label: &str| {
        let is_plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        (1..=63).contains(&label.len()) && is_plain && !label.starts_with('-') && !label.ends_with('-')
    };
    match url.host() {
        Some(Host::Domain(name)) => {
            name.len() <= 253 && name.split('.').all(label) && !authority.contains('%')
        }
        Some(Host::Ipv4(address)) => {
            authority == address.to_string() || authority.starts_with(&format!("{address}:"))
        }
        Some(Host::Ipv6(_)) => true,
        None => false,
    }
}

/// The folders of a path as they read, each behind a slash; `None` where one is empty or none.
fn folder(path: &str) -> Option<String> {
    if path.is_empty() {
        return Some(String::new());
    }
    let path = path.strip_suffix('/').unwrap_or(path);
    let mut folder = String::new();
    for part in path.split('/') {
        // An escape that is not well formed stays as it is, and so with a `%` that no folder has.
        let read = percent_decode_str(part).decode_utf8().ok()?;
        let is_folder = !matches!(&*read, "" | "." | "..");
        if !is_folder || read.contains(|c: char| c.is_control() || matches!(c, '/' | '\\' | '%' | '?' | '#'))
        {
            return None;
        }
        folder.push('/');
        folder.push_str(&read);
    }
    Some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_whole_and_plain() {
        let bad = [
            "",
            "a.gov.cn",
            "//a.gov.cn/",
            "ftp://a/",
            "javascript://a",
            "https:a",
            "https:/a",
            "https://",
            "https:///x",
            "https://?x",
            "https://[::1/",
            "https://[::1]x/",
            "https://::1/",
            "https://a:99999/",
            "https://a:x/",
            "https://a:0/",
            "https://:80/",
            "https://a/?q",
            "https://a?q",
            "https://a/#x",
            "https://@a/",
            "https://me@a/",
            "https://me:word@a/",
            "https://a b/",
            " https://a/",
            "https://a/b c/",
            "https://a/b\tc/",
            "https://a\n.cn/",
            "https://a\\b/",
            "https://a..b/",
            "https://.a/",
            "https://a./",
            "https://-a.cn/",
            "https://a<b/",
            "https://%61/",
            "https://0x7f.1/",
            "https://1.2.3.4.5/",
            "https://256.1.1.1/",
            "https://a/../b",
            "https://a/./b",
            "https://a/%2e%2e/",
            "https://a/.%2E/b/",
            "https://a/%2e/",
            "https://a//b/",
            "https://a//",
            "https://a/b//",
            "https://a/b%2fc/",
            "https://a/b%5cc/",
            "https://a/%00/",
            "https://a/%/",
            "https://a/%4/",
            "https://a/%zz/",
            "https://a/%ff/",
            "https://a/%2561/",
        ];
        for url in bad {
            assert!(BaseUrl::parse(url).is_err(), "{url:?}");
        }
    }

    #[test]
    fn an_address_is_kept_as_browsers_write_it() {
        for (url, home, folder) in [
            ("https://a", "https://a/", ""),
            ("HTTPS://WWW.A.gov.CN/fzzf", "https://www.a.gov.cn/fzzf/", "/fzzf"),
            ("http://a:8080/b/c/", "http://a:8080/b/c/", "/b/c"),
            ("https://a:443/", "https://a/", ""),
            ("http://127.0.0.1:80/", "http://127.0.0.1/", ""),
            ("http://[::1]:81/x/", "http://[::1]:81/x/", "/x"),
            ("https://政务.中国/", "https://xn--zfr164b.xn--fiqs8s/", ""),
            ("https://a/法治/", "https://a/%E6%B3%95%E6%B2%BB/", "/法治"),
            ("https://a/%e6%b3%95/", "https://a/%E6%B3%95/", "/法"),
            ("https://a/%62~/", "https://a/b~/", "/b~"),
        ] {
            let base = BaseUrl::parse(url).unwrap();
            assert_eq!((base.absolute("/").as_str(), base.path()), (home, folder), "{url}");
        }
    }

    #[test]
    fn han_characters_are_encoded_in_addresses() {
        assert_eq!(encode("/a/附.pdf"), "/a/%E9%99%84.pdf");
        assert_eq!(encode("/a/5#楼?100%.pdf"), "/a/5%23%E6%A5%BC%3F100%25.pdf");
        assert_eq!(encode("/a/b c\"'<&.pdf"), "/a/b%20c%22%27%3C%26.pdf");
    }
}
