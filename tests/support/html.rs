//! As much of HTML as the tests need: the tags of a page with their attributes. Pages of the
//! default theme quote what HTML wants quoted, and what this reads wrongly shows as a failure.

// Each test target compiles this file for itself and uses a part of it.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::collections::BTreeMap;

/// A start tag.
#[derive(Clone, Debug)]
pub struct Tag {
    /// Its name in lower case.
    pub name: String,
    /// Its attributes, with character references undone.
    pub attributes: BTreeMap<String, String>,
    /// For `script`, `style` and `title`: what is between it and its end.
    pub text: String,
}

impl Tag {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

/// The start tags of a page in their order. Comments and the insides of scripts hold none.
pub fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").expect("a comment ends").1;
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let (mut tag, after) = tag(rest);
            rest = after;
            if matches!(tag.name.as_str(), "script" | "style" | "title") {
                let end = format!("</{}", tag.name);
                let (text, after) = rest.split_once(&end).unwrap_or_else(|| panic!("{end} is missing"));
                tag.text = text.to_owned();
                rest = after;
            }
            tags.push(tag);
        }
    }
    tags
}

fn tag(text: &str) -> (Tag, &str) {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).expect("a tag ends");
    let name = text[..end].to_ascii_lowercase();
    let mut attributes = BTreeMap::new();
    let mut rest = text[end..].trim_start();
    loop {
        if let Some(after) = rest.strip_prefix('>') {
            return (Tag { name, attributes, text: String::new() }, after);
        }
        if let Some(after) = rest.strip_prefix('/') {
            rest = after;
            continue;
        }
        let end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '>')).expect("an attribute ends");
        let key = rest[..end].to_ascii_lowercase();
        rest = rest[end..].trim_start();
        let mut value = String::new();
        if let Some(after) = rest.strip_prefix('=') {
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (inner, after) = match quote {
                Some(quote) => after[1..].split_once(quote).expect("a value ends"),
                None => unquoted(after),
            };
            assert!(!inner.is_empty() || quote.is_some(), "{name} {key} has no value");
            value = unescape(inner);
            rest = after.trim_start();
        }
        let before = attributes.insert(key.clone(), value);
        assert!(before.is_none(), "{name} has {key} twice");
    }
}

/// A value without quotation marks, which we write of letters, figures, hyphens and the signs of an address on the page,
/// of a name or of a share alone, and what follows it.
fn unquoted(text: &str) -> (&str, &str) {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '#' | '.' | '%' | ':' | '+');
    let end = text.find(|c| !is_plain(c)).expect("a value ends");
    assert!(text[end..].starts_with([' ', '>', '\n']), "{text:.20} is not quoted");
    text.split_at(end)
}

/// Undoes the character references that our pages have.
pub fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, after) = after.split_once(';').unwrap_or_else(|| panic!("a bare & in {text:?}"));
        out.push(match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" | "#39" | "#x27" => '\'',
            "#x2F" | "#47" => '/',
            "nbsp" => '\u{a0}',
            name => panic!("&{name}; in {text:?}"),
        });
        rest = after;
    }
    out + rest
}

/// Undoes percent-encoding.
pub fn decode(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = match (first, tail) {
            (b'%', [high, low, after @ ..]) => {
                let digits = [*high, *low];
                let digits = str::from_utf8(&digits).expect("two figures follow %");
                bytes.push(u8::from_str_radix(digits, 16).expect("two figures follow %"));
                after
            }
            _ => {
                bytes.push(*first);
                tail
            }
        };
    }
    String::from_utf8(bytes).expect("addresses are UTF-8")
}
