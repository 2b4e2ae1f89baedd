//! An article as blocks of plain text, each with the section that it stands in.
//!
//! Of the article's markup only the ids of its sections come through, so that nothing that
//! stands in a document can become markup again on the search page.

use super::Entry;

/// A heading, a cell, or the paragraphs of a section that follow each other: text that a phrase may
/// run through, and none beyond.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The id of the section that it stands in; empty before the first.
    pub(super) section: String,
    /// Its paragraphs as they are read.
    pub(super) paragraphs: Vec<String>,
}

impl Block {
    /// All that is read in it.
    pub(super) fn text(&self) -> String {
        self.paragraphs.join("\n")
    }
}

/// Everything of a document that can be searched: its title, its names and numbers, what else is
/// said of it on its page, its texts.
pub(super) fn blocks(entry: &Entry) -> Vec<Block> {
    let card = &entry.card;
    let names = [&card.title, &card.place].into_iter().chain(&card.numbers).chain(&card.issuers);
    let name = |text: &String| Block { section: String::new(), paragraphs: vec![text.clone()] };
    let names = names.chain(&entry.lines).filter(|text| !text.trim().is_empty()).map(name);
    names.chain(entry.texts.iter().flat_map(|html| Article::of(html))).collect()
}

/// An article while it is read.
#[derive(Default)]
struct Article {
    blocks: Vec<Block>,
    /// The section that is being read.
    section: String,
    /// The text since the last paragraph ended.
    text: String,
    /// Whether that text goes on where the last block ended.
    goes_on: bool,
    /// Whether the ordinal of a heading is being read, and whether it has just been.
    ordinal: Ordinal,
}

/// Where a text is read, as seen from the ordinal of a heading.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Ordinal {
    #[default]
    Elsewhere,
    Within,
    Behind,
}

impl Article {
    /// The blocks of an article.
    fn of(html: &str) -> Vec<Block> {
        let mut article = Self::default();
        article.read(html);
        article.blocks
    }

    fn read(&mut self, html: &str) {
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            self.take(&rest[..at]);
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
        self.take(rest);
        self.end();
    }

    /// Takes in a piece of HTML without tags. A figure right behind an ordinal is no part of it:
    /// 2.6个 in the second heading are six.
    fn take(&mut self, html: &str) {
        if html.is_empty() {
            return;
        }
        if self.ordinal == Ordinal::Behind {
            self.ordinal = Ordinal::Elsewhere;
            if html.starts_with(|c: char| c.is_numeric()) {
                self.text.push(' ');
            }
        }
        self.text.push_str(&plain(html));
    }

    fn tag(&mut self, tag: Tag<'_>) {
        match tag.name {
            "br" => self.text.push(' '),
            "span" if tag.closes && self.ordinal == Ordinal::Within => self.ordinal = Ordinal::Behind,
            "span" if tag.has_class("ordinal") => self.ordinal = Ordinal::Within,
            name if INLINE.contains(&name) => {}
            name => {
                self.end();
                self.goes_on &= RUNNING.contains(&name) && !tag.has_class("footnote-definition");
                self.enter(tag);
            }
        }
    }

    /// Enters the section that a heading begins.
    fn enter(&mut self, tag: Tag<'_>) {
        let heads = matches!(tag.name, "h2" | "h3" | "h4" | "h5" | "h6")
            || (tag.name == "p" && tag.has_class("run-in"));
        if let Some(id) = tag.attribute("id").filter(|_| heads && !tag.closes) {
            self.section = plain(id);
        }
    }

    /// Ends a paragraph. Line ends of the source are no text.
    fn end(&mut self) {
        self.ordinal = Ordinal::Elsewhere;
        let words: Vec<&str> = self.text.split_whitespace().collect();
        if !words.is_empty() {
            let text = words.join(" ");
            let last = self.blocks.last_mut().filter(|last| self.goes_on && last.section == self.section);
            match last {
                Some(last) => last.paragraphs.push(text),
                None => self.blocks.push(Block { section: self.section.clone(), paragraphs: vec![text] }),
            }
            self.goes_on = true;
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

/// Elements that stand within a word; all others part paragraphs.
const INLINE: [&str; 35] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "mark", "q", "rb", "ruby", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements between whose paragraphs a text goes on; all others end it.
const RUNNING: [&str; 7] = ["p", "div", "section", "li", "ul", "ol", "blockquote"];

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
    /// footnote, a note of the editor, how a character is read.
    fn is_furniture(self) -> bool {
        let is_reading = matches!(self.name, "rt" | "rp") && !self.closes;
        is_reading || self.attribute("class").is_some_and(|class| FURNITURE.contains(&class))
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
    use crate::exports::Card;

    fn read(html: &str) -> Vec<(String, String)> {
        Article::of(html).into_iter().map(|block| (block.section.clone(), block.text())).collect()
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
        let lines = vec!["关于印发报告的通知".into(), " ".into(), "更正：一处数字".into()];
        let entry = Entry { card, lines, texts: vec!["<p>来文。</p>".into(), "<p>正文。</p>".into()] };
        let texts: Vec<_> = blocks(&entry).into_iter().map(|block| block.text()).collect();
        let names = ["2019年报告", "江门市", "江府〔2020〕1号", "江门市人民政府"];
        assert_eq!(
            texts,
            [&names[..], &["关于印发报告的通知", "更正：一处数字", "来文。", "正文。"]].concat()
        );
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
    fn a_phrase_runs_over_whatever_only_looks_like_an_end() {
        for (html, expected) in [
            ("<p>加强<br>监督<br />检查</p>", "加强 监督 检查"),
            ("<p>加<em>强<img src=\"a.png\" alt=\"图\">监</em><font>督</font></p>", "加强监督"),
            ("<p><ruby>监<rp>(</rp><rt>jiān</rt><rp>)</rp>督<rt>dū</rt></ruby></p>", "监督"),
            ("<p>加强</p>\n<p>监督</p>", "加强\n监督"),
            ("<ul><li>加强</li><li><p>监督</p></li></ul><p>检查</p>", "加强\n监督\n检查"),
        ] {
            assert_eq!(read(html), pairs(&[("", expected)]), "{html}");
        }
    }

    #[test]
    fn a_phrase_does_not_run_from_one_thing_into_another() {
        let html = "<p>前文</p><h2 id=\"sec-1\">题目</h2><p>正文</p><table><tr><td>甲</td><td><p>乙</p></td></tr></table>\
                    <p>后文</p><hr><p>其余</p><div class=\"footnote-definition\"><p>注</p></div>";
        let texts: Vec<_> = read(html).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["前文", "题目", "正文", "甲", "乙", "后文", "其余", "注"]);
    }

    #[test]
    fn an_ordinal_is_no_part_of_the_figure_behind_it() {
        let html = "<h3 id=\"sec-2\"><span class=\"ordinal\">2.</span>6个项目</h3>\
                    <p><b class=\"head\"><span class=\"ordinal\">3.</span>一江两岸</b></p>";
        let texts: Vec<_> = read(html).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["2. 6个项目", "3.一江两岸"]);
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
