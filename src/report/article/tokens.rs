//! A piece of an author's own HTML as tags and text. Nothing here makes HTML safe: what leaves for a
//! page is written anew from what these tokens mean.

use std::ops::Range;

/// A part of a piece of HTML, by its bytes.
pub(super) enum HtmlToken<'a> {
    /// Text as it is written, with references to characters in it.
    Text(Range<usize>),
    /// The beginning of an element.
    Open(Tag<'a>),
    /// The end of an element: its name in lower case, and where the tag ends.
    Close(String, usize),
    /// What no browser shows: a comment, an instruction to a machine.
    Unseen(Range<usize>),
}

/// The beginning of an element.
pub(super) struct Tag<'a> {
    /// From `<` to behind `>`.
    pub(super) range: Range<usize>,
    /// Its name in lower case.
    pub(super) name: String,
    /// Names and places of its attributes' values, without quotation marks.
    pub(super) attributes: Vec<(&'a str, Range<usize>)>,
}

impl Tag<'_> {
    /// Where the value of an attribute stands.
    pub(super) fn attribute(&self, name: &str) -> Option<Range<usize>> {
        let named = |(known, _): &&(&str, Range<usize>)| known.eq_ignore_ascii_case(name);
        self.attributes.iter().find(named).map(|(_, value)| value.clone())
    }
}

/// The tokens of `html` in order. What is no whole tag is text, and so nothing of it is lost.
pub(super) fn tokens(html: &str) -> Vec<HtmlToken<'_>> {
    let mut tokens = Vec::new();
    let (mut from, mut at) = (0, 0);
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        match markup(html, start) {
            Markup::None => at = start + 1,
            // No tag that begins further on ends either, as far as a browser is concerned.
            Markup::Unfinished => break,
            Markup::Token(token, end) => {
                if from < start {
                    tokens.push(HtmlToken::Text(from..start));
                }
                tokens.push(token);
                (from, at) = (end, end);
            }
        }
    }
    if from < html.len() {
        tokens.push(HtmlToken::Text(from..html.len()));
    }
    tokens
}

/// What a `<` begins.
enum Markup<'a> {
    /// Nothing; it is a character.
    None,
    /// A tag that does not end.
    Unfinished,
    /// A token, and where it ends.
    Token(HtmlToken<'a>, usize),
}

fn markup(html: &str, start: usize) -> Markup<'_> {
    let rest = &html[start + 1..];
    let unseen = |length: Option<usize>| match length {
        Some(length) => Markup::Token(HtmlToken::Unseen(start..start + 1 + length), start + 1 + length),
        None => Markup::Unfinished,
    };
    match rest.as_bytes() {
        [b'!', b'-', b'-', ..] => unseen(comment(rest)),
        // What such a section holds is text; only its own marks are none.
        [b'!', b'[', ..] if rest.starts_with("![CDATA[") => unseen(Some("![CDATA[".len())),
        [b'!' | b'?', ..] => unseen(rest.find('>').map(|end| end + 1)),
        [b'/', first, ..] if first.is_ascii_alphabetic() => tag(html, start, true),
        [first, ..] if first.is_ascii_alphabetic() => tag(html, start, false),
        _ => Markup::None,
    }
}

/// How long a comment is from its `!`.
fn comment(rest: &str) -> Option<usize> {
    let short = [("!-->", 4), ("!--->", 5)].into_iter().find(|(short, _)| rest.starts_with(short));
    let ends =
        || ["-->", "--!>"].into_iter().filter_map(|end| Some(rest[3..].find(end)? + 3 + end.len())).min();
    short.map(|(_, length)| length).or_else(ends)
}

fn tag(html: &str, start: usize, closes: bool) -> Markup<'_> {
    let from = start + 1 + usize::from(closes);
    let length = length_of(&html[from..], |c| !c.is_ascii_whitespace() && c != '/' && c != '>');
    let name = html[from..from + length].to_ascii_lowercase();
    let mut tag = Tag { range: start..start, name, attributes: Vec::new() };
    let mut at = from + length;
    loop {
        at += length_of(&html[at..], |c| c.is_ascii_whitespace() || c == '/');
        match html[at..].chars().next() {
            None => return Markup::Unfinished,
            Some('>') => {
                tag.range.end = at + 1;
                let token = if closes { HtmlToken::Close(tag.name, at + 1) } else { HtmlToken::Open(tag) };
                return Markup::Token(token, at + 1);
            }
            Some(_) => match attribute(html, at, &mut tag) {
                Some(next) => at = next,
                None => return Markup::Unfinished,
            },
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

/// The character, or the two, that a reference such as `&amp;` or `&#20013;` at the start of `text`
/// stands for, and its length.
pub(super) fn reference(text: &str) -> Option<(String, usize)> {
    let end = text.bytes().take(34).position(|byte| byte == b';')? + 1;
    let reference = &text[..end];
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#')
    };
    if !is_name(&reference[1..end - 1]) {
        return None;
    }
    let known = match reference {
        "&amp;" => "&",
        "&lt;" => "<",
        "&gt;" => ">",
        "&quot;" => "\"",
        "&nbsp;" => "\u{a0}",
        // The parser of Markdown has the table of all names.
        _ => {
            let words = pulldown_cmark::Parser::new(reference).find_map(|event| match event {
                pulldown_cmark::Event::Text(words) => Some(words.to_string()),
                _ => None,
            })?;
            return (words != "&" && words != reference).then_some((words, end));
        }
    };
    Some((known.to_owned(), end))
}

/// `text` with its references to characters undone.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (words, length) = reference(rest).unwrap_or_else(|| ("&".to_owned(), 1));
        out.push_str(&words);
        rest = &rest[length..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(html: &str) -> String {
        let mut out = String::new();
        for token in tokens(html) {
            match token {
                HtmlToken::Text(range) => out.push_str(&html[range]),
                HtmlToken::Open(tag) => {
                    let value = |name| tag.attribute(name).map(|range| &html[range]).unwrap_or_default();
                    out.push_str(&format!("[{} {}{}]", tag.name, value("href"), value("src")));
                }
                HtmlToken::Close(name, _) => out.push_str(&format!("[/{name}]")),
                HtmlToken::Unseen(_) => out.push('!'),
            }
        }
        out
    }

    #[test]
    fn tags_comments_and_texts_are_told_apart() {
        let table = [
            ("a < b <A title='x > y' HREF=\"/a/?b\">链接</a><br/>", "a < b [a /a/?b]链接[/a][br ]"),
            ("<img src=p.png alt>甲<!-- <b> -->乙<?x?>丙<!D>", "[img p.png]甲!乙!丙!"),
            ("<!-->甲<!--乙", "!甲<!--乙"),
            ("<![CDATA[甲<b>]]>", "!甲[b ]]]>"),
            ("甲<a href='c'乙<b>", "甲[a c]"),
            ("甲<a href='c 乙<b>丙", "甲<a href='c 乙<b>丙"),
            ("<é></1><", "<é></1><"),
        ];
        for (html, expected) in table {
            assert_eq!(seen(html), expected, "{html}");
        }
    }

    #[test]
    fn references_are_characters() {
        assert_eq!(
            plain("&lt;&#20013;&#x6c;&ldquo;&hellip;&nosuch;&amp;amp;& &;"),
            "<中l“…&nosuch;&amp;& &;"
        );
    }

    #[test]
    fn nothing_ends_in_an_endless_tag() {
        for html in ["<", "<a", "<a =", "<a b=", "<a b=\"", "</", "<a / / b", "<é>", "<a <b>"] {
            tokens(html);
        }
        for html in ["<a b=\"", "<a b='x' ", "<!--", "<![CDATA[", "<?", "<a <b "] {
            tokens(&html.repeat(100_000));
        }
    }
}
