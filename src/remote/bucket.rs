//! Object stores: Amazon S3 and what speaks as it does, Alibaba's OSS, Tencent's COS, Azure's and Google's.
//! Each puts an object whole or not at all, and is told its MD5, so that what arrives is what was sent.

use std::io::Write;
use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::request::Parts;
use http::{Method, Request};
use percent_encoding::percent_decode_str;
use url::Url;

use super::body::SentBody;
use super::sign::{self, RequestSigner};
use super::store::{SentObject, Store};
use super::wire::{RequestContent, ServerAnswer, Wire, encoded, encoded_path};
use super::{Patience, TargetTrouble, xml};
use crate::deliver::{Headers, PRIVATE, ServerFile, ServerListing, Service, StoreLocation};
use crate::source::hex;

/// A place in a bucket.
pub(super) struct Bucket {
    wire: Wire,
    key: RequestSigner,
    manner: ServiceManner,
    /// The address of the bucket, with a slash at its end.
    root: String,
    /// What the names of all objects begin with; a slash at its end unless it is empty.
    prefix: String,
}

/// How a service says what all of them can do.
#[derive(Clone, Copy, Debug)]
struct ServiceManner {
    /// The header with which an object is made only where none is. OSS answers 501 to `If-None-Match`, and COS does not
    /// heed it.
    only_new: (&'static str, &'static str),
    /// The header with the SHA-256 of an object, which the service keeps with it.
    sha256: &'static str,
    /// Headers of every object.
    fixed: &'static [(&'static str, &'static str)],
    /// How a list of objects is asked for, and what its parts are called.
    list: ObjectListing,
}

/// A list of objects.
#[derive(Clone, Copy, Debug)]
struct ObjectListing {
    query: &'static str,
    group: &'static str,
    name: &'static str,
    size: &'static str,
    md5: &'static str,
}

const S3_LIST: ObjectListing = ObjectListing {
    // The first form of the question: the second is not known to COS.
    query: "encoding-type=url&max-keys=1000",
    group: "Contents",
    name: "Key",
    size: "Size",
    md5: "ETag",
};

const AZURE_LIST: ObjectListing = ObjectListing {
    query: "restype=container&comp=list",
    group: "Blob",
    name: "Name",
    size: "Content-Length",
    md5: "Content-MD5",
};

impl ServiceManner {
    fn of(service: Service) -> Self {
        let (only_new, sha256) = match service {
            Service::Oss => (("x-oss-forbid-overwrite", "true"), "x-oss-meta-sha256"),
            Service::Cos => (("x-cos-forbid-overwrite", "true"), "x-cos-meta-sha256"),
            Service::Google => (("x-goog-if-generation-match", "0"), "x-goog-meta-sha256"),
            Service::Azure => (("if-none-match", "*"), "x-ms-meta-sha256"),
            Service::S3 | Service::Dav => (("if-none-match", "*"), "x-amz-meta-sha256"),
        };
        let is_azure = service == Service::Azure;
        let fixed: &[_] = if is_azure { &[("x-ms-version", "2021-12-02")] } else { &[] };
        Self { only_new, sha256, fixed, list: if is_azure { AZURE_LIST } else { S3_LIST } }
    }
}

impl Bucket {
    /// The place that an address names.
    pub(super) fn open(address: &StoreLocation, patience: &Patience<'_>) -> Result<Self, TargetTrouble> {
        let prefix = if address.prefix.is_empty() { String::new() } else { format!("{}/", address.prefix) };
        let region = address.region.clone().or_else(sign::region);
        let key = match address.service {
            Service::Oss => RequestSigner::oss(&address.bucket, region.as_deref()),
            Service::Cos => RequestSigner::cos(),
            Service::Azure => RequestSigner::azure(&account(address)?)?,
            Service::Google => RequestSigner::google()?,
            Service::S3 | Service::Dav => RequestSigner::aws(region.as_deref().unwrap_or("us-east-1")),
        };
        let (root, manner) = (root(address, region.as_deref())?, ServiceManner::of(address.service));
        Ok(Self { wire: Wire::new(patience.silence), key, manner, root, prefix })
    }

    fn url(&self, path: &str) -> String {
        format!("{}{}", self.root, encoded_path(&format!("{}{path}", self.prefix)))
    }

    fn ask(
        &self,
        method: Method,
        url: &str,
        sent: &RequestContent<'_>,
    ) -> Result<ServerAnswer, TargetTrouble> {
        let mut parts = request(method, url)?;
        for (name, value) in sent.headers.iter().chain(self.manner.fixed) {
            let name = http::HeaderName::from_bytes(name.as_bytes());
            let value = http::HeaderValue::from_str(value);
            if let (Ok(name), Ok(value)) = (name, value) {
                parts.headers.insert(name, value);
            }
        }
        self.key.sign(&mut parts, sent.body.map_or(0, |body| body.entry.size))?;
        self.wire.send(parts, sent.body)
    }

    fn put(&self, path: &str, body: &SentBody, more: &[(&str, &str)]) -> Result<ServerAnswer, TargetTrouble> {
        let headers = Headers::of(path);
        let md5 = STANDARD.encode(body.md5);
        let mut all = vec![
            (CONTENT_TYPE.as_str(), &*headers.content_type),
            (CACHE_CONTROL.as_str(), headers.cache_control),
            ("content-md5", &md5),
            (self.manner.sha256, &body.entry.sha256),
        ];
        match self.key {
            // The server holds what arrives against it.
            RequestSigner::Aws(_) => all.push(("x-amz-content-sha256", &body.entry.sha256)),
            RequestSigner::Azure(_) => all.extend([
                ("x-ms-blob-type", "BlockBlob"),
                ("x-ms-blob-cache-control", headers.cache_control),
            ]),
            _ => {}
        }
        all.extend(more);
        self.ask(Method::PUT, &self.url(path), &RequestContent { headers: &all, body: Some(body) })
    }

    /// A page of the list, and behind which name the next one begins.
    fn page(&self, after: &str, listing: &mut ServerListing) -> Result<Option<String>, TargetTrouble> {
        let ObjectListing { query, group, name, size, md5 } = self.manner.list;
        let mut url = format!("{}?{query}&prefix={}", self.root, encoded(&self.prefix));
        if !after.is_empty() {
            url.push_str(&format!("&marker={}", encoded(after)));
        }
        let text = self.ask(Method::GET, &url, &RequestContent::default())?.done()?.text()?;
        let unread = || TargetTrouble::passing("文件列表读不懂", "the list of files cannot be read");
        let groups = xml::groups(&text, group).ok_or_else(unread)?;
        let mut last = None;
        for group in &groups {
            let told = |wanted: &str| group.iter().find(|(name, _)| name == wanted).map(|(_, text)| &**text);
            let key = self.decoded(told(name).ok_or_else(unread)?);
            if let Some(path) =
                key.strip_prefix(&self.prefix).filter(|path| !path.starts_with(PRIVATE) && !path.is_empty())
            {
                let listed = ServerFile {
                    size: told(size).and_then(|size| size.parse().ok()),
                    md5: told(md5).and_then(md5_of),
                };
                listing.insert(path.to_owned(), listed);
            }
            last = Some(key);
        }
        let next =
            xml::first(&text, "NextMarker").filter(|next| !next.is_empty()).map(|next| self.decoded(&next));
        let is_more = match self.manner.list.group {
            "Blob" => next.is_some(),
            _ => xml::first(&text, "IsTruncated").is_some_and(|more| more == "true"),
        };
        // A server that gives the same page for ever is not followed.
        Ok(next
            .or(last)
            .filter(|next| is_more && (next.as_str() > after || self.manner.list.group == "Blob")))
    }

    /// A name as it stands in a list: stores write those of S3's kind as in an address.
    fn decoded(&self, name: &str) -> String {
        match self.manner.list.group {
            "Blob" => name.to_owned(),
            _ => percent_decode_str(&name.replace('+', " ")).decode_utf8_lossy().into_owned(),
        }
    }
}

impl Store for Bucket {
    fn read(&self, path: &str, to: &mut dyn Write) -> Result<bool, TargetTrouble> {
        let answer = self.ask(Method::GET, &self.url(path), &RequestContent::default())?;
        match answer.status {
            404 => is_no_file(answer),
            _ => answer.done()?.copy(to).map(|()| true),
        }
    }

    fn write(&self, path: &str, sent: &SentObject<'_>) -> Result<(), TargetTrouble> {
        let answer = self.put(path, sent.body, &[])?.done()?;
        let is_encrypted =
            answer.header("x-amz-server-side-encryption").is_some_and(|kind| kind.contains("kms"));
        let told = answer
            .header("etag")
            .and_then(md5_of)
            .filter(|_| !is_encrypted && !matches!(self.key, RequestSigner::Azure(_)));
        match told {
            Some(md5) if md5 != hex(&sent.body.md5) => Err(TargetTrouble::passing(
                "服务器收到的内容与发送的不符",
                "the server received other bytes than were sent",
            )),
            _ => Ok(()),
        }
    }

    fn create(&self, path: &str, bytes: &[u8]) -> Result<bool, TargetTrouble> {
        let answer = self.put(path, &SentBody::of(bytes.to_vec()), &[self.manner.only_new])?;
        match answer.status {
            // Both are said of an object that is there, and 409 also where two publishers come at once.
            409 | 412 => Ok(false),
            501 => Err(TargetTrouble::new(
                "这个存储不支持“只在没有时创建”，无法加锁；阿里云 OSS 请用 oss:// 地址，腾讯云 COS 请用 cos:// 地址",
                "this store cannot make a file only where none is, so that nothing can be locked; use an oss:// address for \
                 Alibaba's OSS and a cos:// address for Tencent's COS",
            )),
            _ => answer.done().map(|_| true),
        }
    }

    fn remove(&self, path: &str) -> Result<(), TargetTrouble> {
        let answer = self.ask(Method::DELETE, &self.url(path), &RequestContent::default())?;
        match answer.status {
            404 => is_no_file(answer).map(|_| ()),
            _ => answer.done().map(|_| ()),
        }
    }

    fn list(&self, _wanted: &[&str], patience: &Patience<'_>) -> Result<ServerListing, TargetTrouble> {
        let mut listing = ServerListing::new();
        let mut after = String::new();
        while let Some(next) = patience.with(|| self.page(&after, &mut listing))? {
            after = next;
        }
        Ok(listing)
    }

    fn is_tree(&self) -> bool {
        false
    }

    fn has_headers(&self) -> bool {
        true
    }
}

/// A file that is not there is no trouble, and a bucket that is not there is.
fn is_no_file(answer: ServerAnswer) -> Result<bool, TargetTrouble> {
    let trouble = answer.trouble();
    match trouble.words.en.contains("NoSuchBucket") || trouble.words.en.contains("ContainerNotFound") {
        true => Err(trouble),
        false => Ok(false),
    }
}

fn request(method: Method, url: &str) -> Result<Parts, TargetTrouble> {
    let request = Request::builder().method(method).uri(url).body(());
    let request = request.map_err(|error| {
        TargetTrouble::new(format!("网址不能用：{error}"), format!("the address cannot be used: {error}"))
    });
    request.map(|request| request.into_parts().0)
}

/// An MD5 as stores tell it: in hexadecimal digits and quotation marks, or in Base64.
fn md5_of(text: &str) -> Option<String> {
    let text = text.trim_matches('"').trim_start_matches("W/\"");
    if text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Some(text.to_ascii_lowercase());
    }
    STANDARD.decode(text).ok().filter(|bytes| bytes.len() == 16).map(|bytes| hex(&bytes))
}

/// The account of Azure's that an address or the environment names.
fn account(address: &StoreLocation) -> Result<String, TargetTrouble> {
    let account = address.account.clone().or_else(sign::azure_account);
    account.ok_or_else(|| {
        TargetTrouble::new(
            "没有写明 Azure 的账户：在地址后加 ?account=…，或设置 AZURE_STORAGE_ACCOUNT_NAME",
            "the account of Azure is not named: add ?account=… to the address, or set AZURE_STORAGE_ACCOUNT_NAME",
        )
    })
}

/// The address of the bucket, with a slash at its end.
fn root(address: &StoreLocation, region: Option<&str>) -> Result<String, TargetTrouble> {
    let server = match &address.endpoint {
        Some(endpoint) => endpoint.clone(),
        None => server(address, region)?,
    };
    let unfit = || TargetTrouble::new("`endpoint` 不能用", "`endpoint` cannot be used");
    let host = server.host_str().ok_or_else(unfit)?.to_owned();
    let bucket = &address.bucket;
    if host.starts_with(&format!("{bucket}.")) {
        return Ok(ended(&server));
    }
    let is_number = host == "localhost" || host.trim_matches(['[', ']']).parse::<IpAddr>().is_ok();
    let is_path = match address.service {
        Service::Google | Service::Azure => true,
        Service::Oss | Service::Cos => is_number,
        // Servers of one's own seldom have a name for each bucket.
        Service::S3 | Service::Dav => is_number || !host.ends_with(".amazonaws.com"),
    };
    if address.is_path_style.unwrap_or(is_path) {
        return Ok(format!("{}{}/", ended(&server), encoded(bucket)));
    }
    let mut server = server;
    server.set_host(Some(&format!("{bucket}.{host}"))).map_err(|_| unfit())?;
    Ok(ended(&server))
}

fn ended(url: &Url) -> String {
    format!("{}/", url.as_str().trim_end_matches('/'))
}

/// The server of a service, where none is named.
fn server(address: &StoreLocation, region: Option<&str>) -> Result<Url, TargetTrouble> {
    let needs = || {
        TargetTrouble::new(
            "没有写明地域：在地址后加 ?region=…（如 cn-hangzhou、ap-guangzhou），或用 ?endpoint=… 写明服务器",
            "the region is not named: add ?region=… to the address (such as cn-hangzhou, ap-guangzhou), or name the server by ?endpoint=…",
        )
    };
    let text = match address.service {
        Service::S3 | Service::Dav => format!("https://s3.{}.amazonaws.com", region.unwrap_or("us-east-1")),
        Service::Oss => {
            format!("https://oss-{}.aliyuncs.com", region.ok_or_else(needs)?.trim_start_matches("oss-"))
        }
        Service::Cos => format!("https://cos.{}.myqcloud.com", region.ok_or_else(needs)?),
        Service::Google => "https://storage.googleapis.com".to_owned(),
        Service::Azure => format!("https://{}.blob.core.windows.net", account(address)?),
    };
    Url::parse(&text).map_err(|_| needs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deliver::PublishTarget;

    fn root_of(text: &str) -> String {
        let Ok(PublishTarget::Store(address)) = PublishTarget::parse(text) else {
            panic!("{text} is no store")
        };
        root(&address, address.region.as_deref()).unwrap()
    }

    #[test]
    fn every_service_has_its_servers() {
        for (target, expected) in [
            ("s3://b/x?region=eu-west-1", "https://b.s3.eu-west-1.amazonaws.com/"),
            ("s3://b?endpoint=http://127.0.0.1:9000", "http://127.0.0.1:9000/b/"),
            ("s3://b?endpoint=minio.example.org", "https://minio.example.org/b/"),
            ("s3://b?endpoint=https://s3.example.org&style=host", "https://b.s3.example.org/"),
            ("oss://b?region=cn-hangzhou", "https://b.oss-cn-hangzhou.aliyuncs.com/"),
            (
                "oss://b?endpoint=oss-cn-beijing-internal.aliyuncs.com",
                "https://b.oss-cn-beijing-internal.aliyuncs.com/",
            ),
            (
                "oss://b?endpoint=https://b.oss-cn-beijing.aliyuncs.com",
                "https://b.oss-cn-beijing.aliyuncs.com/",
            ),
            ("cos://b-125?region=ap-guangzhou", "https://b-125.cos.ap-guangzhou.myqcloud.com/"),
            ("gs://b/x", "https://storage.googleapis.com/b/"),
            ("azblob://c/x?account=a", "https://a.blob.core.windows.net/c/"),
            (
                "azblob://c?account=a&endpoint=https://a.blob.core.chinacloudapi.cn",
                "https://a.blob.core.chinacloudapi.cn/c/",
            ),
        ] {
            assert_eq!(root_of(target), expected, "{target}");
        }
        let Ok(PublishTarget::Store(address)) = PublishTarget::parse("oss://b") else { panic!() };
        assert!(root(&address, None).is_err());
    }

    #[test]
    fn an_md5_is_read_as_stores_tell_it() {
        let expected = Some("d41d8cd98f00b204e9800998ecf8427e".to_owned());
        for text in [
            "\"D41D8CD98F00B204E9800998ECF8427E\"",
            "d41d8cd98f00b204e9800998ecf8427e",
            "1B2M2Y8AsgTpgAmY7PhCfg==",
        ] {
            assert_eq!(md5_of(text), expected, "{text}");
        }
        assert_eq!(md5_of("\"d41d8cd98f00b204e9800998ecf8427e-2\""), None);
    }
}
