//! The tags of a piece of HTML and where their attributes stand: enough to see what an author
//! wrote and to give links their final addresses. Making HTML safe is not done here.

use std::ops::Range;

/// A tag.
pub(super) struct Tag<'a> {
    /// From `<` to behind `>`.
    pub(super) range: Range<usize>,
    /// Its name in lower case.
    pub(super) name: String,
    /// Whether it ends an element.
    pub(super) closes: bool,
    attributes: Vec<(&'a str, Range<usize>)>,
}

impl Tag<'_> {
    /// Where the value of an attribute stands, without quotation marks.
    pub(super) fn attribute(&self, name: &str) -> Option<Range<usize>> {
        let named = |(known, _): &&(&str, Range<usize>)| known.eq_ignore_ascii_case(name);
        self.attributes.iter().find(named).map(|(_, value)| value.clone())
    }

    /// The names of the attributes, in lower case.
    pub(super) fn attributes(&self) -> impl Iterator<Item = String> {
        self.attributes.iter().map(|(name, _)| name.to_ascii_lowercase())
    }

    /// Where the address that the element leads to or shows stands.
    pub(super) fn address(&self) -> Option<Range<usize>> {
        match self.name.as_str() {
            "a" => self.attribute("href"),
            "img" => self.attribute("src"),
            _ => None,
        }
    }
}

/// All tags of `html`; one that does not end is left out.
pub(super) fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<') {
        let start = at + open;
        at = match tag(html, start) {
            Some(tag) => {
                let end = tag.range.end;
                tags.push(tag);
                end
            }
            None => start + 1,
        };
    }
    tags
}

fn tag(html: &str, start: usize) -> Option<Tag<'_>> {
    let closes = html[start + 1..].starts_with('/');
    let from = start + 1 + usize::from(closes);
    let length = length_of(&html[from..], |c| c.is_ascii_alphanumeric());
    if length == 0 {
        return None;
    }
    let mut tag = Tag {
        range: start..start,
        name: html[from..from + length].to_ascii_lowercase(),
        closes,
        attributes: Vec::new(),
    };
    let mut at = from + length;
    loop {
        at += length_of(&html[at..], |c| c.is_ascii_whitespace() || c == '/');
        match html[at..].chars().next()? {
            '>' => {
                tag.range.end = at + 1;
                return Some(tag);
            }
            _ => at = attribute(html, at, &mut tag)?,
        }
    }
}

/// Reads the attribute at `at` into `tag`; where the next one may begin.
fn attribute<'a>(html: &'a str, at: usize, tag: &mut Tag<'a>) -> Option<usize> {
    let length = length_of(&html[at..], |c| !c.is_ascii_whitespace() && !matches!(c, '=' | '>' | '/'));
    let name = &html[at..at + length];
    let behind = at + length;
    let equals = behind + length_of(&html[behind..], |c| c.is_ascii_whitespace());
    if !html[equals..].starts_with('=') {
        tag.attributes.push((name, behind..behind));
        return Some(behind.max(at + 1));
    }
    let value = equals + 1 + length_of(&html[equals + 1..], |c| c.is_ascii_whitespace());
    let (range, next) = match html[value..].chars().next()? {
        quote @ ('"' | '\'') => {
            let end = value + 1 + html[value + 1..].find(quote)?;
            (value + 1..end, end + 1)
        }
        _ => {
            let end = value + length_of(&html[value..], |c| !c.is_ascii_whitespace() && c != '>');
            (value..end, end)
        }
    };
    tag.attributes.push((name, range));
    Some(next)
}

fn length_of(text: &str, is_part: impl Fn(char) -> bool) -> usize {
    text.find(|c| !is_part(c)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(html: &str) -> Vec<(String, bool, Option<&str>)> {
        let seen = |tag: Tag<'_>| (tag.name.clone(), tag.closes, tag.address().map(|range| &html[range]));
        tags(html).into_iter().map(seen).collect()
    }

    #[test]
    fn tags_and_their_addresses_are_seen() {
        let html = "a < b <A title='x > y' HREF=\"/a/?b\">链接</a><img src=p.png alt><br/><a href='c'";
        let expected = [
            ("a", false, Some("/a/?b")),
            ("a", true, None),
            ("img", false, Some("p.png")),
            ("br", false, None),
        ];
        let expected: Vec<_> =
            expected.into_iter().map(|(name, closes, to)| (name.to_owned(), closes, to)).collect();
        assert_eq!(seen(html), expected);
    }

    #[test]
    fn nothing_ends_in_an_endless_tag() {
        for html in ["<", "<a", "<a =", "<a b=", "<a b=\"", "</", "<a / / b", "<é>", "<a <b>"] {
            tags(html);
        }
    }
}
