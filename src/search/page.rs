//! The page that Pagefind reads in place of a document's own: title, labels, filters, and the
//! article as text and headings.
//!
//! It is written anew and not copied, so that nothing that stands in a document can change what
//! Pagefind makes of it: of the article's markup, only the ids of its sections come through.

use pulldown_cmark_escape::escape_html;

use super::Entry;

/// The synthetic page of `entry`.
pub(super) fn of(entry: &Entry) -> String {
    let mut page = String::with_capacity(entry.html.len() + 1024);
    page.push_str("<html><body data-pagefind-body>");
    let year = entry.year.to_string();
    let labels = [("title", &entry.title), ("place", &entry.place), ("year", &year), ("kind", &entry.kind)];
    let date = entry.published.iter().map(|date| ("date", date));
    for (name, value) in labels.into_iter().chain(date) {
        push_mark(&mut page, ("meta", name), value);
    }
    for (name, value) in &entry.filters {
        push_mark(&mut page, ("filter", name), value);
    }
    push_text(&mut page, entry);
    page.push_str("</body></html>");
    page
}

/// An empty element, whose attribute says `name` and `value` to Pagefind.
fn push_mark(page: &mut String, (sort, name): (&str, &str), value: &str) {
    page.push_str(&format!("<i data-pagefind-{sort}=\"{name}:"));
    push_escaped(page, value);
    page.push_str("\"></i>");
}

/// Everything that can be searched. Pagefind marks its places inside the text with words that
/// begin with three underscores; such words of an author's own must not be taken for them.
fn push_text(page: &mut String, entry: &Entry) {
    let mut text = String::with_capacity(entry.html.len());
    text.push_str("<h1>");
    push_escaped(&mut text, &entry.title);
    text.push_str(" </h1>");
    for also in &entry.also {
        push_escaped(&mut text, also);
        text.push(' ');
    }
    page.push_str(&Article::read(&entry.html, text).replace("___", " "));
}

fn push_escaped(html: &mut String, text: &str) {
    escape_html(&mut *html, text).expect("writing to a string cannot fail");
}

/// An article while it is read.
struct Article<'a> {
    /// The text and headings so far.
    text: String,
    /// The anchor of the paragraph that is open, if its head is a heading run in.
    anchor: Option<&'a str>,
    /// How many `b` are open in the run-in head that is being read; 0 outside of one.
    bold: usize,
}

impl<'a> Article<'a> {
    /// Adds to `text` the text of `html` with its headings, and with spaces where blocks meet.
    fn read(html: &'a str, text: String) -> String {
        let mut article = Self { text, anchor: None, bold: 0 };
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            article.text.push_str(&rest[..at]);
            rest = &rest[at..];
            rest = match Tag::read(rest) {
                Some(tag) if tag.is_furniture() => skip(rest, tag),
                Some(tag) => {
                    article.tag(tag);
                    &rest[tag.whole.len()..]
                }
                None => {
                    article.text.push_str("&lt;");
                    &rest[1..]
                }
            };
        }
        article.text.push_str(rest);
        if article.bold > 0 {
            article.text.push_str("</h6>");
        }
        article.text
    }

    fn tag(&mut self, tag: Tag<'a>) {
        match (tag.name, tag.closes) {
            ("h2" | "h3" | "h4" | "h5" | "h6", false) => self.heading(tag.name, tag.attribute("id")),
            // Pagefind ends a heading with a Latin full stop unless there is a space.
            ("h2" | "h3" | "h4" | "h5" | "h6", true) => self.text.push_str(&format!(" </{}>", tag.name)),
            ("p", false) => {
                self.anchor = tag.has_class("run-in").then(|| tag.attribute("id")).flatten();
                self.text.push(' ');
            }
            ("b", false) if self.bold > 0 => self.bold += 1,
            ("b", false) if self.anchor.is_some() && tag.has_class("head") => {
                self.bold = 1;
                let anchor = self.anchor.take();
                self.heading("h6", anchor);
            }
            ("b", true) if self.bold > 0 => {
                self.bold -= 1;
                self.text.push_str(if self.bold == 0 { " </h6>" } else { "" });
            }
            (name, _) if INLINE.contains(&name) => {}
            _ => self.text.push(' '),
        }
    }

    fn heading(&mut self, name: &str, anchor: Option<&str>) {
        match anchor {
            Some(anchor) => self.text.push_str(&format!("<{name} id=\"{anchor}\">")),
            None => self.text.push_str(&format!("<{name}>")),
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

    /// Whether its element is a mark beside the text: the sign of a permanent link, the number
    /// of a footnote.
    fn is_furniture(self) -> bool {
        self.attribute("class").is_some_and(|class| FURNITURE.contains(&class))
    }
}

/// Classes of what stands beside the text.
const FURNITURE: [&str; 4] =
    ["permalink", "footnote-back", "footnote-reference", "footnote-definition-label"];

/// What of `html` comes after the element that `tag` begins.
fn skip<'a>(html: &'a str, tag: Tag<'a>) -> &'a str {
    let end = format!("</{}>", tag.name);
    html.split_once(&end).map_or(&html[tag.whole.len()..], |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(html: &str) -> String {
        Article::read(html, String::new())
    }

    #[test]
    fn the_page_says_what_the_document_is() {
        let entry = Entry {
            url: "/jiangmen/2019/".into(),
            title: "2019年报告".into(),
            place: "江门市".into(),
            year: 2019,
            kind: "年度报告".into(),
            published: Some("2020-03-20".into()),
            filters: vec![("place", "jiangmen".into())],
            also: vec!["江府〔2020〕1号".into()],
            html: "<p>正文。</p>".into(),
        };
        assert_eq!(
            of(&entry),
            "<html><body data-pagefind-body>\
             <i data-pagefind-meta=\"title:2019年报告\"></i><i data-pagefind-meta=\"place:江门市\"></i>\
             <i data-pagefind-meta=\"year:2019\"></i><i data-pagefind-meta=\"kind:年度报告\"></i>\
             <i data-pagefind-meta=\"date:2020-03-20\"></i><i data-pagefind-filter=\"place:jiangmen\"></i>\
             <h1>2019年报告 </h1>江府〔2020〕1号  正文。 </body></html>"
        );
    }

    #[test]
    fn a_hostile_title_stays_a_title() {
        let title = "\"></i></body><script>alert(1)</script><h2 id=\"x\">甲, 乙:丙[丁]&amp;";
        let entry = Entry { title: title.into(), html: "<p>正文</p>".into(), ..Entry::default() };
        let page = of(&entry);
        assert!(!page.contains("<script") && !page.contains("<h2"), "{page}");
        assert_eq!(page.matches("</body>").count(), 1, "{page}");
        let mut index = pagefind::api::PagefindIndex::new(None).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let read = runtime.block_on(index.add_html_file(None, Some("/a/2019/".into()), page)).unwrap();
        assert_eq!(read.page_url, "/a/2019/");
        assert_eq!(read.page_meta["title"], title);
    }

    #[test]
    fn headings_keep_their_anchors_and_lose_the_rest() {
        let html = "<h2 id=\"sec-1\" class=\"level-1\"><span class=\"ordinal\">一、</span>题目\
                    <a class=\"permalink\" href=\"#sec-1\" aria-label=\"§ 题目\">§</a></h2>\n";
        assert_eq!(article(html), "<h2 id=\"sec-1\">一、题目 </h2>\n");
    }

    #[test]
    fn a_head_that_runs_in_becomes_a_heading() {
        let html = "<p id=\"sec-1-1\" class=\"run-in level-3\"><b class=\"head\"><span class=\"ordinal\">1.</span>\
                    强化<b>学习</b>。</b>正文<b>要点</b>…<a class=\"permalink\" href=\"#sec-1-1\">§</a></p>";
        assert_eq!(article(html), " <h6 id=\"sec-1-1\">1.强化学习。 </h6>正文要点… ");
    }

    #[test]
    fn blocks_part_words_and_inline_marks_do_not() {
        let html = "<p>办理<data class=\"figure\" id=\"fig-a\" value=\"745\">745件</data>\
                    <sup class=\"footnote-reference\" id=\"fnref-1\"><a href=\"#fn-1\">1</a></sup>。</p>\
                    <table><tr><th>甲</th><td>乙</td></tr></table>";
        assert_eq!(article(html).split_whitespace().collect::<Vec<_>>(), ["办理745件。", "甲", "乙"]);
    }

    #[test]
    fn what_is_no_tag_stays_text() {
        assert_eq!(article("1 < 2 <"), "1 &lt; 2 &lt;");
        assert_eq!(article("<p title=\"a > b\">甲</p>"), " 甲 ");
        assert_eq!(article("<p data-pagefind-ignore id=\"x\">甲<script>乙"), " 甲 乙");
        assert_eq!(article("<a class=\"permalink\">甲"), "甲");
    }

    #[test]
    fn an_author_cannot_write_the_marks_of_pagefind() {
        let html = "<p>_<em>__PAGEFIND_WEIGHT___9</em> 甲_乙</p>";
        let page = of(&Entry { html: html.into(), ..Entry::default() });
        assert!(!page.contains("___") && page.contains("甲_乙"), "{page}");
    }
}
