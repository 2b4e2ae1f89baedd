//! An article as blocks of plain text, each with the section that it stands in.
//!
//! Of the article's markup only the ids of its sections come through, so that nothing that
//! stands in a document can become markup again on the search page.

use super::Entry;

/// A heading, a paragraph, a cell: text that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The id of the section that it stands in; empty before the first.
    pub(super) section: String,
    /// Its text as it is read.
    pub(super) text: String,
}

/// Everything of a document that can be searched: its title, its names and numbers, its text.
pub(super) fn blocks(entry: &Entry) -> Vec<Block> {
    let card = &entry.card;
    let names = [&card.title, &card.place].into_iter().chain(&card.numbers).chain(&card.issuers);
    let name = |text: &String| Block { section: String::new(), text: text.clone() };
    let mut article = Article { blocks: names.map(name).collect(), ..Article::default() };
    article.read(&entry.html);
    article.blocks
}

/// An article while it is read.
#[derive(Default)]
struct Article {
    blocks: Vec<Block>,
    /// The section that is being read.
    section: String,
    /// The text since the last block ended.
    text: String,
}

impl Article {
    fn read(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            self.text.push_str(&plain(&rest[..at]));
            rest = &rest[at..];
            rest = match Tag::read(rest) {
                Some(tag) if tag.is_furniture() => skip(rest, tag),
                Some(tag) => {
                    self.tag(tag);
                    &rest[tag.whole.len()..]
                }
                None => {
                    self.text.push('<');
                    &rest[1..]
                }
            };
        }
        self.text.push_str(&plain(rest));
        self.end();
    }

    fn tag(&mut self, tag: Tag<'_>) {
        if INLINE.contains(&tag.name) {
            return;
        }
        self.end();
        let heads = matches!(tag.name, "h2" | "h3" | "h4" | "h5" | "h6")
            || (tag.name == "p" && tag.has_class("run-in"));
        if let Some(id) = tag.attribute("id").filter(|_| heads && !tag.closes) {
            self.section = plain(id);
        }
    }

    /// Ends a block. Line ends of the source are no text.
    fn end(&mut self) {
        let words: Vec<&str> = self.text.split_whitespace().collect();
        if !words.is_empty() {
            let text = words.join(" ");
            self.blocks.push(Block { section: self.section.clone(), text });
        }
        self.text.clear();
    }
}

/// A piece of HTML without tags, as it is read.
fn plain(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let entity = rest.find(';').and_then(|end| Some((entity(&rest[1..end])?, end + 1)));
        let (c, length) = entity.unwrap_or(('&', 1));
        text.push(c);
        rest = &rest[length..];
    }
    text.push_str(rest);
    text
}

/// The character that an entity stands for; those that our own pages are written with.
fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

/// Elements that stand within a word; all others part words.
const INLINE: [&str; 22] = [
    "a", "abbr", "b", "bdo", "cite", "code", "data", "del", "em", "i", "ins", "kbd", "mark", "q", "s",
    "small", "span", "strong", "sub", "sup", "u", "wbr",
];

/// A tag as it stands in the text.
#[derive(Clone, Copy)]
struct Tag<'a> {
    /// All of it, with its brackets.
    whole: &'a str,
    /// The element's name.
    name: &'a str,
    /// Whether it ends its element.
    closes: bool,
}

impl<'a> Tag<'a> {
    /// The tag that `html` begins with, if it does.
    fn read(html: &'a str) -> Option<Self> {
        let mut quoted = false;
        let end = html.find(|c| {
            quoted ^= c == '"';
            c == '>' && !quoted
        })?;
        let inner = &html[1..end];
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let length = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        (length > 0).then(|| Self { whole: &html[..=end], name: &inner[..length], closes })
    }

    /// The value of an attribute. A quote inside a value is escaped, so this finds no others.
    fn attribute(self, name: &str) -> Option<&'a str> {
        let (_, value) = self.whole.split_once(&format!(" {name}=\""))?;
        value.split('"').next()
    }

    fn has_class(self, class: &str) -> bool {
        self.attribute("class").is_some_and(|classes| classes.split(' ').any(|one| one == class))
    }

    /// Whether its element stands beside the text: the sign of a permanent link, the number of a
    /// footnote, a note of the editor.
    fn is_furniture(self) -> bool {
        self.attribute("class").is_some_and(|class| FURNITURE.contains(&class))
    }
}

/// Classes of what stands beside the text.
const FURNITURE: [&str; 5] =
    ["permalink", "footnote-back", "footnote-reference", "footnote-definition-label", "editors-note"];

/// What of `html` comes after the element that `tag` begins.
fn skip<'a>(html: &'a str, tag: Tag<'a>) -> &'a str {
    let end = format!("</{}>", tag.name);
    html.split_once(&end).map_or(&html[tag.whole.len()..], |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Card;

    fn read(html: &str) -> Vec<(String, String)> {
        let mut article = Article::default();
        article.read(html);
        article.blocks.into_iter().map(|block| (block.section, block.text)).collect()
    }

    fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(section, text)| ((*section).into(), (*text).into())).collect()
    }

    #[test]
    fn a_document_begins_with_its_names() {
        let card = Card {
            title: "2019年报告".into(),
            place: "江门市".into(),
            numbers: vec!["江府〔2020〕1号".into()],
            issuers: vec!["江门市人民政府".into()],
            ..Card::default()
        };
        let entry = Entry { card, html: "<p>正文。</p>".into() };
        let texts: Vec<_> = blocks(&entry).into_iter().map(|block| block.text).collect();
        assert_eq!(texts, ["2019年报告", "江门市", "江府〔2020〕1号", "江门市人民政府", "正文。"]);
    }

    #[test]
    fn blocks_know_their_section_and_lose_the_furniture() {
        let html = "<p>开头。</p><h2 id=\"sec-1\"><span class=\"ordinal\">一、</span>题目\
                    <a class=\"permalink\" href=\"#sec-1\">§</a></h2>\n\
                    <p>办理<data class=\"figure\" id=\"fig-a\" value=\"745\">745件</data>。</p>\
                    <p id=\"sec-1-1\" class=\"run-in level-3\"><b class=\"head\">强化<b>学习</b>。</b>正文</p>\
                    <aside class=\"editors-note\"><p>编者注：<b>不是</b>正文。</p></aside>\
                    <table><tr><th>甲</th><td>乙</td></tr></table>";
        let expected = [
            ("", "开头。"),
            ("sec-1", "一、题目"),
            ("sec-1", "办理745件。"),
            ("sec-1-1", "强化学习。正文"),
            ("sec-1-1", "甲"),
            ("sec-1-1", "乙"),
        ];
        assert_eq!(read(html), pairs(&expected));
    }

    #[test]
    fn what_is_no_tag_stays_text() {
        assert_eq!(read("1 < 2 <"), pairs(&[("", "1 < 2 <")]));
        assert_eq!(read("<p title=\"a > b\">甲</p>"), pairs(&[("", "甲")]));
        assert_eq!(
            read("a &lt;b&gt; &amp;amp; &#39;&#x6c;&nosuch; &"),
            pairs(&[("", "a <b> &amp; 'l&nosuch; &")])
        );
    }
}
