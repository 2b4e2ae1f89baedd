//! Where a site is published: a folder, or a place in a store that an address names. An address never holds
//! a name or a key, since it is printed, kept in scripts and seen in lists of processes.

use std::fmt;

use camino::Utf8PathBuf;
use url::Url;

use crate::diag::{Words, nearest};

/// Where a site is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublishTarget {
    /// A folder of this computer.
    Folder(Utf8PathBuf),
    /// A place in a store.
    Store(StoreLocation),
}

/// A kind of store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// Amazon S3, and what speaks as it does (MinIO, Ceph, R2 …).
    S3,
    /// Object storage of Alibaba Cloud.
    Oss,
    /// Object storage of Tencent Cloud.
    Cos,
    /// Blob storage of Microsoft Azure.
    Azure,
    /// Google Cloud Storage.
    Google,
    /// A folder of a server that speaks WebDAV.
    Dav,
}

/// A place in a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreLocation {
    /// The kind of store.
    pub service: Service,
    /// The bucket or container; empty for WebDAV.
    pub bucket: String,
    /// The folder in it, without a slash at its ends; empty for the whole.
    pub prefix: String,
    /// The server, as far as it is told.
    pub endpoint: Option<Url>,
    /// The region, as far as it is told.
    pub region: Option<String>,
    /// The account, of Azure.
    pub account: Option<String>,
    /// Whether the bucket stands in the path and not in the name of the server, as far as it is told.
    pub is_path_style: Option<bool>,
    /// As the user wrote it.
    text: String,
}

/// The schemes of addresses.
const SCHEMES: [(&str, Service); 8] = [
    ("s3", Service::S3),
    ("oss", Service::Oss),
    ("cos", Service::Cos),
    ("azblob", Service::Azure),
    ("gs", Service::Google),
    ("webdav", Service::Dav),
    ("webdavs", Service::Dav),
    ("gcs", Service::Google),
];

/// What can be told behind a question mark.
const KEYS: [&str; 4] = ["endpoint", "region", "account", "style"];

impl PublishTarget {
    /// The target that the user names.
    ///
    /// # Errors
    ///
    /// When it is an address that cannot be published to, or one that holds a key.
    pub fn parse(text: &str) -> Result<Self, Words> {
        let Some((scheme, _)) = text.split_once("://") else {
            return Ok(Self::Folder(text.into()));
        };
        let Some((_, service)) = SCHEMES.iter().find(|(known, _)| *known == scheme) else {
            return Err(unknown(scheme));
        };
        StoreLocation::parse(text, *service).map(Self::Store)
    }
}

impl StoreLocation {
    fn parse(text: &str, service: Service) -> Result<Self, Words> {
        let url = Url::parse(text).map_err(|error| {
            Words::new(
                format!("`{}` 不是网址：{error}", shown(text)),
                format!("`{}` is no address: {error}", shown(text)),
            )
        })?;
        holds_no_key(&url)?;
        let host = url.host_str().unwrap_or_default();
        let mut address = Self {
            service,
            bucket: if service == Service::Dav { String::new() } else { host.to_owned() },
            prefix: decoded(path_of(text))?,
            endpoint: None,
            region: None,
            account: None,
            is_path_style: None,
            text: text.to_owned(),
        };
        if host.is_empty() {
            return Err(Words::new(
                format!("`{text}` 没有写明存储桶或服务器"),
                format!("`{text}` names no bucket or server"),
            ));
        }
        if service == Service::Dav {
            address.endpoint = Some(dav_server(&url)?);
            address.prefix = String::new();
        }
        for (key, value) in url.query_pairs() {
            address.take(&key, &value)?;
        }
        Ok(address)
    }

    fn take(&mut self, key: &str, value: &str) -> Result<(), Words> {
        match key {
            "endpoint" => self.endpoint = Some(endpoint(value)?),
            "region" => self.region = Some(value.to_owned()),
            "account" => self.account = Some(value.to_owned()),
            "style" if matches!(value, "path" | "host") => self.is_path_style = Some(value == "path"),
            "style" => return Err(Words::new("`style` 只能是 path 或 host", "`style` is path or host")),
            key => {
                let near = nearest(key, KEYS).unwrap_or("endpoint");
                return Err(Words::new(
                    format!(
                        "目标地址里没有 `{key}` 这一项；是不是想写 `{near}`？密钥不写在地址里，而从环境变量读取"
                    ),
                    format!(
                        "an address of a target has no `{key}`; did you mean `{near}`? Keys are read from the environment, never from an address"
                    ),
                ));
            }
        }
        Ok(())
    }
}

impl fmt::Display for PublishTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(path) => path.fmt(f),
            Self::Store(address) => address.fmt(f),
        }
    }
}

impl fmt::Display for StoreLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn unknown(scheme: &str) -> Words {
    let all = SCHEMES.map(|(scheme, _)| scheme);
    let near = nearest(scheme, all);
    let (zh, en) = match near {
        Some(near) => (format!("；是不是想写 {near}？"), format!("; did you mean {near}?")),
        None => (String::new(), String::new()),
    };
    let list = all[..all.len() - 1].join("、");
    Words::new(
        format!("不能发布到 {scheme}:// 这种地址{zh}（可以是文件夹，或 {list} 开头的地址）"),
        format!(
            "nothing can be published to {scheme}://{en} (a folder, or an address that begins with {})",
            list.replace('、', ", ")
        ),
    )
}

/// The address as it may be shown: without what stands before an `@`.
fn shown(text: &str) -> String {
    match (text.split_once("://"), text.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://…@{rest}"),
        _ => text.to_owned(),
    }
}

fn holds_no_key(url: &Url) -> Result<(), Words> {
    if url.username().is_empty() && url.password().is_none() {
        return Ok(());
    }
    Err(Words::new(
        "目标地址里不能写用户名和密钥（会留在命令历史和进程列表里）；请用环境变量，见 docs/zh-CN/publishing.md",
        "an address of a target holds no user and no key, which would stay in the history of commands and the list of processes; use \
         the environment, see docs/publishing.md",
    ))
}

fn endpoint(value: &str) -> Result<Url, Words> {
    let text = if value.contains("://") { value.to_owned() } else { format!("https://{value}") };
    let url = Url::parse(&text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let url = url.ok_or_else(|| {
        Words::new("`endpoint` 不是 https://… 这样的网址", "`endpoint` is no address such as https://…")
    })?;
    holds_no_key(&url).map(|()| url)
}

fn dav_server(url: &Url) -> Result<Url, Words> {
    let scheme = if url.scheme() == "webdavs" { "https" } else { "http" };
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    let path = url.path().trim_end_matches('/');
    endpoint(&format!("{scheme}://{}{port}{path}/", url.host_str().unwrap_or_default()))
}

/// The path of an address as it is written: read as an address, its dots would be gone.
fn path_of(text: &str) -> &str {
    let rest =
        text.split_once("://").map_or(text, |(_, rest)| rest).split(['?', '#']).next().unwrap_or_default();
    rest.split_once('/').map_or("", |(_, path)| path).trim_end_matches('/')
}

fn decoded(path: &str) -> Result<String, Words> {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8();
    let decoded = decoded
        .map_err(|_| Words::new("目标地址里的路径不是 UTF-8", "the path of the target is not UTF-8"))?;
    match decoded.split('/').any(|part| matches!(part, "." | ".."))
        || decoded.starts_with('/')
        || decoded.contains("//")
        || decoded.contains('\\')
    {
        true => Err(Words::new(
            "目标地址里的路径不能有空段、反斜杠、. 和 ..",
            "the path of the target has empty parts, backslashes, . or ..",
        )),
        false => Ok(decoded.into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn store(text: &str) -> StoreLocation {
        match PublishTarget::parse(text).unwrap() {
            PublishTarget::Store(address) => address,
            PublishTarget::Folder(path) => panic!("{path} is a folder"),
        }
    }

    #[test]
    fn an_address_is_taken_apart() {
        let oss = store(
            "oss://fzzf/档案/a?region=cn-hangzhou&endpoint=https://oss-cn-hangzhou-internal.aliyuncs.com",
        );
        assert_eq!((oss.service, &*oss.bucket, &*oss.prefix), (Service::Oss, "fzzf", "档案/a"));
        assert_eq!(oss.region.as_deref(), Some("cn-hangzhou"));
        assert_eq!(oss.endpoint.unwrap().host_str(), Some("oss-cn-hangzhou-internal.aliyuncs.com"));
        let dav = store("webdavs://dav.example.org:8443/fzzf/");
        assert_eq!(dav.endpoint.unwrap().as_str(), "https://dav.example.org:8443/fzzf/");
        assert_eq!(PublishTarget::parse("../www/fzzf"), Ok(PublishTarget::Folder("../www/fzzf".into())));
        assert_eq!(PublishTarget::parse("C:\\www"), Ok(PublishTarget::Folder("C:\\www".into())));
    }

    #[test]
    fn a_key_in_an_address_is_refused_and_never_said_again() {
        for text in [
            "s3://AKID:SECRET@bucket/x",
            "s3://SECRET@bucket",
            "s3://bucket?secret_access_key=SECRET",
            "s3://bucket?endpoint=https://u:SECRET@host",
            "webdav://u:SECRET@host/",
            "s3://u:SECRET@:99999/",
        ] {
            let words = PublishTarget::parse(text).unwrap_err();
            assert!(!words.en.contains("SECRET") && !words.zh.contains("SECRET"), "{words:?}");
        }
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for text in [
            "ftp://host/x",
            "s3:///x",
            "s3://b/a/../c",
            "s3://b/a/./c",
            "s3://b/a/%2e%2e",
            "webdav://h/a/../c/",
            "webdav://h/a\\..\\c/",
            "webdav://h/a%5c..%5cc/",
            "s3://b?style=x",
            "s3://b?regoin=x",
            "s3://b//a//b",
        ] {
            assert!(PublishTarget::parse(text).is_err(), "{text}");
        }
        assert!(PublishTarget::parse("cso://b").unwrap_err().en.contains("did you mean"));
    }
}
