//! Who may write: a browser that was opened by the printed link, on a page of this preview. Any other
//! site's page can make a browser send requests here; none of them has all that is asked for.

use axum::http::{HeaderMap, StatusCode, header};

use crate::diag::Words;
use crate::source::hex;

/// The header in which a page of the preview sends the key. No form and no plain request of a
/// foreign page can set one.
pub(super) const HEADER: &str = "x-xiangwei-desk";

/// The key to the desk. Only the printed link holds it, behind `#`, which no browser sends to anybody.
/// Pages keep it for their tab alone (`sessionStorage`), which belongs to this port; a cookie would
/// be sent to every other server on this machine.
pub(super) struct DeskKey(String);

impl DeskKey {
    /// A key that nobody can guess.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub(super) fn new() -> Result<Self, Words> {
        let mut bytes = [0; 24];
        getrandom::fill(&mut bytes).map_err(|error| {
            Words::new(
                format!("系统没有随机数：{error}"),
                format!("the system has no random numbers: {error}"),
            )
        })?;
        Ok(Self(hex(&bytes)))
    }

    /// What follows the address in the printed link.
    pub(super) fn fragment(&self) -> String {
        format!("#desk={}", self.0)
    }

    /// Whether this is the key. It takes as long wherever the first wrong letter is.
    fn is(&self, given: &str) -> bool {
        let differ = self.0.bytes().zip(given.bytes()).fold(0, |differ, (own, given)| differ | (own ^ given));
        given.len() == self.0.len() && differ == 0
    }

    /// Whether a request with these headers comes from a page of this preview that has the key.
    ///
    /// # Errors
    /// What to answer if not.
    pub(super) fn admits(&self, headers: &HeaderMap) -> Result<(), (StatusCode, &'static str)> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let is_once = |name: &str| headers.get_all(name).iter().count() == 1;
        let host = text(header::HOST.as_str()).filter(|_| is_once(header::HOST.as_str()));
        let own = host.map(|host| format!("http://{host}"));
        if own.is_none()
            || own.as_deref() != text(header::ORIGIN.as_str())
            || !is_once(header::ORIGIN.as_str())
        {
            return Err((StatusCode::FORBIDDEN, "another site's page\n"));
        }
        if text("sec-fetch-site").is_some_and(|site| site != "same-origin") {
            return Err((StatusCode::FORBIDDEN, "another site's page\n"));
        }
        let kind =
            text(header::CONTENT_TYPE.as_str()).map(|kind| kind.split(';').next().unwrap_or_default().trim());
        if !kind.is_some_and(|kind| kind.eq_ignore_ascii_case("application/json")) {
            return Err((StatusCode::UNSUPPORTED_MEDIA_TYPE, "application/json\n"));
        }
        match text(HEADER).is_some_and(|given| self.is(given)) {
            true => Ok(()),
            false => Err((StatusCode::UNAUTHORIZED, "the printed link has the key\n")),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn nobody_is_admitted_who_lacks_one_of_the_signs() {
        let key = DeskKey::new().unwrap();
        let good = [
            ("host", "127.0.0.1:4000"),
            ("origin", "http://127.0.0.1:4000"),
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/json; charset=utf-8"),
            (HEADER, &key.0),
        ];
        let answer = |changes: &[(&str, Option<&str>)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in good {
                let value =
                    changes.iter().find(|(other, _)| *other == name).map_or(Some(value), |(_, value)| *value);
                if let Some(value) = value {
                    headers
                        .insert(HeaderName::try_from(name).unwrap(), HeaderValue::from_str(value).unwrap());
                }
            }
            key.admits(&headers).err().map_or(200, |(status, _)| status.as_u16())
        };
        assert_eq!(answer(&[]), 200);
        assert_eq!(answer(&[("sec-fetch-site", None)]), 200, "old browsers do not send it");
        let shorter = &key.0[..key.0.len() - 1];
        let other = "0".repeat(key.0.len());
        for (name, value, expected) in [
            ("host", None, 403),
            ("host", Some("localhost:4000"), 403),
            ("origin", None, 403),
            ("origin", Some("null"), 403),
            ("origin", Some("https://127.0.0.1:4000"), 403),
            ("origin", Some("http://127.0.0.1:8000"), 403),
            ("origin", Some("http://evil.example"), 403),
            ("sec-fetch-site", Some("same-site"), 403),
            ("sec-fetch-site", Some("cross-site"), 403),
            ("sec-fetch-site", Some("none"), 403),
            ("content-type", None, 415),
            ("content-type", Some("text/plain"), 415),
            ("content-type", Some("application/x-www-form-urlencoded"), 415),
            (HEADER, None, 401),
            (HEADER, Some(""), 401),
            (HEADER, Some(shorter), 401),
            (HEADER, Some(&other), 401),
        ] {
            assert_eq!(answer(&[(name, value)]), expected, "{name} {value:?}");
        }
        assert_ne!(DeskKey::new().unwrap().0, key.0);
    }
}
