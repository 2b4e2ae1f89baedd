//! What machines read of the whole site: Atom feeds (RFC 4287), the site map
//! (sitemaps.org 0.9) and robots.txt (RFC 9309).

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesPI, BytesStart, BytesText, Event};

use crate::ask::Ask;
use crate::outline::{FEED_STYLE, LARGEST_SITEMAP, Subject, map_name, newest};
use crate::pages::labels;
use crate::report::{PublicationDay, Record};
use crate::route::Route;
use crate::words;

/// How many documents a feed holds.
const LONGEST_FEED: usize = 50;

/// An XML text being written. Writing to memory cannot fail.
struct Xml(Writer<Vec<u8>>);

impl Xml {
    fn new() -> Self {
        let mut xml = Self(Writer::new_with_indent(Vec::new(), b' ', 1));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml
    }

    fn write(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect("writing to memory cannot fail");
    }

    fn inside(&mut self, name: &str, attributes: &[(&str, &str)], write: impl FnOnce(&mut Self)) {
        self.write(Event::Start(BytesStart::new(name).with_attributes(attributes.iter().copied())));
        write(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    fn text(&mut self, name: &str, text: &str) {
        self.inside(name, &[], |xml| xml.write(Event::Text(BytesText::new(text))));
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.write(Event::Empty(BytesStart::new(name).with_attributes(attributes.iter().copied())));
    }

    fn finish(self) -> String {
        let mut text = String::from_utf8(self.0.into_inner()).expect("only text was written");
        text.push('\n');
        text
    }
}

/// The feed of the site, or of one place: the newest documents whose date is known.
pub(super) fn feed(ask: &Ask<'_>, place: Option<&str>) -> String {
    let config = ask.config();
    let reports = match place {
        Some(slug) => ask.of_place(slug),
        None => ask.all(),
    };
    let newest = newest(reports, LONGEST_FEED);
    let home = place.map_or_else(Route::home, |slug| Route::page([slug]));
    let own = home.beside("feed.xml").unwrap_or_else(Route::home);
    let (home, own) = (config.base.absolute(home.as_str()), config.base.absolute(own.as_str()));
    let title = match place {
        Some(slug) => format!("{} - {}", ask.place_name(slug), config.title),
        None => config.title.clone(),
    };
    let updated = newest.iter().map(|report| updated(report)).max();
    let updated = updated.unwrap_or_else(|| NEVER.to_owned());
    written(ask, &FeedHead { title: &title, own: &own, home: &home, updated: &updated }, |xml| {
        for report in newest {
            entry(xml, ask, report);
        }
    })
}

/// What stands at the head of a feed.
struct FeedHead<'a> {
    title: &'a str,
    /// The feed's own address.
    own: &'a str,
    /// The page that shows the same.
    home: &'a str,
    updated: &'a str,
}

/// When a feed changed in which nothing ever stood.
const NEVER: &str = "1970-01-01T00:00:00Z";

fn written(ask: &Ask<'_>, head: &FeedHead<'_>, entries: impl FnOnce(&mut Xml)) -> String {
    let config = ask.config();
    let mut xml = Xml::new();
    let style = config.base.href(&format!("/{FEED_STYLE}"));
    xml.write(Event::PI(BytesPI::new(format!("xml-stylesheet type=\"text/css\" href=\"{style}\""))));
    let root = [("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", config.language.tag())];
    xml.inside("feed", &root, |xml| {
        xml.text("title", head.title);
        xml.text("id", head.own);
        xml.text("updated", head.updated);
        xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", head.own)]);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", head.home)]);
        xml.inside("author", &[], |xml| {
            xml.text("name", config.publisher.name.as_ref().unwrap_or(&config.title))
        });
        entries(xml);
    });
    xml.finish()
}

/// How feeds look to who opens one in a browser. Browsers are dropping the other way (XSLT); a style can
/// say what a feed is, and make no links of addresses.
pub(super) fn style(ask: &Ask<'_>) -> String {
    let about = words::of(ask.config()).about_feed();
    format!(
        "feed {{ display: block; max-width: 45em; margin: 2em auto; padding: 0 1em; font: 1rem/1.7 system-ui, sans-serif; color: #1d1b18; background: #fdfcf8; }}\n\
         feed::before {{ content: \"{about}\"; display: block; margin-bottom: 2em; padding: .75em 1em; border: 1px solid #8d857a; color: #5d564d; }}\n\
         feed > title {{ display: block; font: 700 1.5rem/1.4 serif; }}\n\
         feed > :not(title, entry), entry > :not(title, published, summary) {{ display: none; }}\n\
         entry {{ display: block; padding: .75em 0; border-bottom: 1px solid #ddd6c9; }}\n\
         entry > * {{ display: block; }}\n\
         entry > title {{ font-weight: 700; }}\n\
         entry > published {{ color: #5d564d; font-size: .875rem; }}\n"
    )
}

fn entry(xml: &mut Xml, ask: &Ask<'_>, report: &Record) {
    let matter = &report.matter;
    let url = ask.whole(&report.route());
    xml.inside("entry", &[], |xml| {
        xml.text("title", &title(ask, report));
        xml.text("id", &url);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &url)]);
        xml.text("published", &timestamp(report));
        xml.text("updated", &updated(report));
        for author in labels::authors(ask.config(), report) {
            xml.inside("author", &[], |xml| xml.text("name", author));
        }
        let kind = ask.kind_name(&matter.kind);
        xml.empty("category", &[("term", &matter.kind), ("label", &kind)]);
        if let Some(summary) = &matter.summary {
            xml.text("summary", summary);
        }
    });
}

/// The feed of the log: the newest entries.
pub(super) fn log(ask: &Ask<'_>) -> String {
    let config = ask.config();
    let words = words::of(config);
    let home = config.base.absolute("/log/");
    let entries: Vec<_> = ask.log().entries().iter().rev().take(LONGEST_FEED).collect();
    let updated = entries.first().map(|entry| entry.time.to_string());
    let head = FeedHead {
        title: &format!("{} - {}", words.log(), config.title),
        own: &config.base.absolute("/log/feed.xml"),
        home: &home,
        updated: &updated.unwrap_or_else(|| NEVER.to_owned()),
    };
    written(ask, &head, |xml| {
        for entry in entries {
            let url = config.base.absolute(entry.address.as_str());
            let event = words.event(entry.event);
            xml.inside("entry", &[], |xml| {
                xml.text("title", &words.told_event(entry.event, &entry.title));
                xml.text("id", &format!("{home}#{}", entry.number));
                xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &url)]);
                xml.text("updated", &entry.time.to_string());
                xml.empty("category", &[("term", entry.event.name()), ("label", event)]);
                let notes = entry.corrections.iter().map(|found| found.note.as_str());
                let what = entry.withdrawal.as_ref().and_then(|said| said.what.as_deref());
                let summary: Vec<&str> = notes.chain(what).collect();
                if !summary.is_empty() {
                    xml.text("summary", &summary.join(" "));
                }
            });
        }
    })
}

/// The title of a document, with what a reader of a list must know: that it is invented, or not held
/// whole.
fn title(ask: &Ask<'_>, report: &Record) -> String {
    let words = words::of(ask.config());
    let title = words.with_extent(&report.matter.title.value, report.matter.extent);
    match ask.is_invented(&report.address.place) {
        true => words.invented_example(&title),
        false => title,
    }
}

fn timestamp(report: &Record) -> String {
    match report.matter.published {
        PublicationDay::On(moment) => moment.timestamp(),
        PublicationDay::Unknown => String::new(),
    }
}

/// When a document last changed: at its last correction, or when it was published.
fn updated(report: &Record) -> String {
    let corrected = report.matter.corrections.iter().map(|correction| correction.date.value).max();
    let published = timestamp(report);
    match corrected {
        Some(date) if date.to_string() > published => format!("{date}T00:00:00+08:00"),
        _ => published,
    }
}

/// How browsers search the site from their own box (OpenSearch 1.1). The words go behind `#`,
/// so that no server is sent them. The short name may have 16 characters.
pub(super) fn open_search(ask: &Ask<'_>) -> String {
    let config = ask.config();
    let search = config.base.absolute("/search/");
    let mut xml = Xml::new();
    xml.inside("OpenSearchDescription", &[("xmlns", "http://a9.com/-/spec/opensearch/1.1/")], |xml| {
        xml.text("ShortName", &config.title.chars().take(16).collect::<String>());
        xml.text("Description", &config.title);
        xml.text("InputEncoding", "UTF-8");
        xml.text("Language", config.language.tag());
        xml.empty("Url", &[("type", "text/html"), ("template", &format!("{search}#q={{searchTerms}}"))]);
    });
    xml.finish()
}

/// The addresses that search engines should know, with the day of the last change.
fn addresses<'a>(ask: &Ask<'a>) -> impl Iterator<Item = (&'a Route, Option<String>)> {
    let known = ask.addresses().filter(|(_, subject)| ask.is_known_to_robots(subject));
    known.map(|(route, subject)| match subject {
        Subject::Report(at) => (route, updated(ask.document(*at)).get(..10).map(str::to_owned)),
        _ => (route, None),
    })
}

/// The site map: all of it, its index, or one part.
pub(super) fn sitemap(ask: &Ask<'_>, part: Option<usize>) -> String {
    let parts = addresses(ask).count().div_ceil(LARGEST_SITEMAP);
    let root = [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")];
    let base = &ask.config().base;
    let mut xml = Xml::new();
    if part.is_none() && parts > 1 {
        xml.inside("sitemapindex", &root, |xml| {
            for part in 1..=parts {
                let url = base.absolute(&format!("/{}", map_name(Some(part))));
                xml.inside("sitemap", &[], |xml| xml.text("loc", &url));
            }
        });
        return xml.finish();
    }
    let skip = part.map_or(0, |part| (part - 1) * LARGEST_SITEMAP);
    xml.inside("urlset", &root, |xml| {
        for (route, date) in addresses(ask).skip(skip).take(LARGEST_SITEMAP) {
            xml.inside("url", &[], |xml| {
                xml.text("loc", &base.absolute(route.as_str()));
                if let Some(date) = &date {
                    xml.text("lastmod", date);
                }
            });
        }
    });
    xml.finish()
}

/// What robots are told: everything is public, and where the site map is.
pub(super) fn robots(ask: &Ask<'_>) -> String {
    let sitemap = ask.config().base.absolute("/sitemap.xml");
    format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n")
}
