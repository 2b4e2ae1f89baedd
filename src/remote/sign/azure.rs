//! Azure's signature with the key of an account ("Authorize with Shared Key", version 2015-02-21 and later), and
//! signatures that were made beforehand.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::Uri;
use http::header::{AUTHORIZATION, HeaderValue};
use http::request::Parts;
use reqsign_core::hash::base64_hmac_sha256;
use reqsign_core::time::Timestamp;

use super::{environment_value, missing};
use crate::remote::TargetTrouble;

/// How requests to an account are signed.
pub(in crate::remote) enum Azure {
    /// By its key.
    Key {
        /// The account.
        account: String,
        /// The key's bytes.
        key: Vec<u8>,
    },
    /// By a signature in the address.
    Shared(String),
}

/// The headers of HTTP that are signed, in their order.
const SIGNED: [&str; 11] = [
    "content-encoding",
    "content-language",
    "content-length",
    "content-md5",
    "content-type",
    "date",
    "if-modified-since",
    "if-match",
    "if-none-match",
    "if-unmodified-since",
    "range",
];

impl Azure {
    /// What the environment has for `account`.
    pub(super) fn of(account: &str) -> Result<Self, TargetTrouble> {
        if let Some(token) = environment_value(&["AZURE_STORAGE_SAS_TOKEN"]) {
            return Ok(Self::Shared(token.trim_start_matches('?').to_owned()));
        }
        let key = environment_value(&["AZURE_STORAGE_ACCOUNT_KEY", "AZURE_STORAGE_KEY"])
            .ok_or_else(|| missing("AZURE_STORAGE_ACCOUNT_KEY"))?;
        let key = STANDARD.decode(key.trim());
        let key = key.map_err(|_| {
            TargetTrouble::new("Azure 账户的密钥不是 Base64", "the key of Azure's account is no Base64")
        })?;
        Ok(Self::Key { account: account.to_owned(), key })
    }

    pub(super) fn sign(&self, parts: &mut Parts, size: u64) -> Result<(), TargetTrouble> {
        match self {
            Self::Shared(token) => {
                let mark = if parts.uri.query().is_some() { '&' } else { '?' };
                let uri: Result<Uri, _> = format!("{}{mark}{token}", parts.uri).parse();
                parts.uri = uri.map_err(|_| unfit())?;
                Ok(())
            }
            Self::Key { account, key } => {
                let date = Timestamp::now().format_http_date();
                parts.headers.insert("x-ms-date", HeaderValue::from_str(&date).map_err(|_| unfit())?);
                let signature = base64_hmac_sha256(key, to_sign(parts, account, size).as_bytes());
                let value = HeaderValue::from_str(&format!("SharedKey {account}:{signature}"));
                let mut value = value.map_err(|_| unfit())?;
                value.set_sensitive(true);
                parts.headers.insert(AUTHORIZATION, value);
                Ok(())
            }
        }
    }
}

fn unfit() -> TargetTrouble {
    TargetTrouble::new("Azure 的密钥里有不能用的字符", "the key of Azure has characters that cannot be sent")
}

/// The text that is signed: the method, headers of HTTP by their places, those of Azure by their names, the resource.
fn to_sign(parts: &Parts, account: &str, size: u64) -> String {
    let told = |name: &str| {
        parts.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    let mut text = format!("{}\n", parts.method);
    for name in SIGNED {
        // Nothing is said of a body that is empty.
        let value = if name == "content-length" && size > 0 { size.to_string() } else { told(name) };
        text.push_str(&format!("{value}\n"));
    }
    let mut own: Vec<&str> =
        parts.headers.keys().map(|name| name.as_str()).filter(|name| name.starts_with("x-ms-")).collect();
    own.sort_unstable();
    for name in own {
        text.push_str(&format!("{name}:{}\n", told(name).trim()));
    }
    text.push_str(&format!("/{account}{}", parts.uri.path()));
    let query = parts.uri.query().unwrap_or_default();
    let mut pairs: Vec<(String, String)> =
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    pairs.sort();
    for (name, value) in pairs {
        text.push_str(&format!("\n{}:{value}", name.to_lowercase()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_that_is_signed_is_that_of_the_documentation() {
        // "Put Blob" of the documentation's examples, with the headers that this program sends.
        let request = http::Request::put("https://myaccount.blob.core.windows.net/mycontainer/my%20blob.txt")
            .header("content-type", "text/plain; charset=utf-8")
            .header("x-ms-version", "2021-12-02")
            .header("x-ms-blob-type", "BlockBlob")
            .header("x-ms-date", "Sun, 25 Sep 2022 14:36:40 GMT");
        let (parts, ()) = request.body(()).unwrap().into_parts();
        assert_eq!(
            to_sign(&parts, "myaccount", 11),
            "PUT\n\n\n11\n\ntext/plain; charset=utf-8\n\n\n\n\n\n\nx-ms-blob-type:BlockBlob\nx-ms-date:Sun, 25 Sep 2022 14:36:40 \
             GMT\nx-ms-version:2021-12-02\n/myaccount/mycontainer/my%20blob.txt"
        );
        let request = http::Request::get(
            "https://myaccount.blob.core.windows.net/c?restype=container&comp=list&prefix=a%2F",
        );
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let text = to_sign(&parts, "myaccount", 0);
        assert!(text.ends_with("\n/myaccount/c\ncomp:list\nprefix:a/\nrestype:container"), "{text}");
    }
}
