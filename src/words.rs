//! What views say in words: which text of the interface, with which numbers and names. The words
//! themselves are the theme's.

use std::fmt::Display;

use jiff::civil::Date;

use crate::config::{Config, Direction, Indicator, Measure, is_built_in_kind};
use crate::interface::{Locale, Texts};
use crate::outline::data::Register;
use crate::page::Level;
use crate::publications::Event;
use crate::report::matter::{PublicationStatus, Validity};
use crate::report::{Extent, PublicationDay};
use crate::route::Year;
use crate::view::{DateText, ShareRow};

/// The words of one language.
#[derive(Clone, Copy)]
pub(crate) struct Vocabulary<'a> {
    texts: &'a Texts,
}

/// The words of the language in which the interface of a site is under these settings.
pub(crate) fn of(config: &Config) -> Vocabulary<'_> {
    Vocabulary { texts: config.texts() }
}

/// The words of another language of the same site.
pub(crate) fn in_language(config: &Config, language: Locale) -> Vocabulary<'_> {
    Vocabulary { texts: config.phrasebook.of(language) }
}

/// Headings and names that stand by themselves.
impl<'a> Vocabulary<'a> {
    pub(crate) fn home(self) -> &'a str {
        self.plain("page.home")
    }

    pub(crate) fn by_year(self) -> &'a str {
        self.plain("page.by_year")
    }

    pub(crate) fn search(self) -> &'a str {
        self.plain("page.search")
    }

    pub(crate) fn coverage(self) -> &'a str {
        self.plain("page.coverage")
    }

    pub(crate) fn ancestry(self) -> &'a str {
        self.plain("page.ancestry")
    }

    pub(crate) fn indicators(self) -> &'a str {
        self.plain("page.indicators")
    }

    pub(crate) fn data(self) -> &'a str {
        self.plain("page.data")
    }

    pub(crate) fn not_found(self) -> &'a str {
        self.plain("page.not_found")
    }

    pub(crate) fn compare(self) -> &'a str {
        self.plain("page.compare")
    }

    pub(crate) fn log(self) -> &'a str {
        self.plain("page.log")
    }

    pub(crate) fn contents(self) -> &'a str {
        self.plain("page.contents")
    }

    pub(crate) fn offices(self) -> &'a str {
        self.plain("page.offices")
    }

    pub(crate) fn figures(self) -> &'a str {
        self.plain("data.title.figures")
    }

    pub(crate) fn register(self, register: Register) -> &'a str {
        self.plain(match register {
            Register::Documents => "data.title.documents",
            Register::Places => "data.title.places",
            Register::Indicators => "data.title.indicators",
            Register::Ancestry => "data.title.ancestry",
            Register::Records => "data.title.records",
        })
    }

    pub(crate) fn editors_note(self) -> &'a str {
        self.plain("document.editors_note")
    }

    pub(crate) fn level(self, level: Level) -> &'a str {
        self.plain(match level {
            Level::National => "level.national",
            Level::Province => "level.province",
            Level::Prefecture => "level.prefecture",
            Level::County => "level.county",
            Level::Township => "level.township",
            Level::Department => "level.department",
        })
    }

    pub(crate) fn validity(self, validity: Validity) -> &'a str {
        self.plain(match validity {
            Validity::InForce => "validity.in-force",
            Validity::Expired => "validity.expired",
            Validity::Repealed => "validity.repealed",
            Validity::Amended => "validity.amended",
        })
    }

    /// What happened to a document.
    pub(crate) fn event(self, event: Event) -> &'a str {
        self.plain(match event {
            Event::Published => "event.published",
            Event::Corrected => "event.corrected",
            Event::Described => "event.described",
            Event::Withdrawn => "event.withdrawn",
            Event::Restored => "event.restored",
            Event::Moved => "event.moved",
            Event::Removed => "event.removed",
            Event::Erased => "event.erased",
        })
    }

    /// What sort of figure an indicator is.
    pub(crate) fn measure(self, kind: Measure) -> &'a str {
        self.plain(match kind {
            Measure::Flow => "measure.flow",
            Measure::Stock => "measure.stock",
            Measure::Cumulative => "measure.cumulative",
            Measure::Ratio => "measure.ratio",
            Measure::Rank => "measure.rank",
            Measure::Amount => "measure.amount",
            Measure::Duration => "measure.duration",
            Measure::Target => "measure.target",
        })
    }

    /// Which way is better; nothing where neither is.
    pub(crate) fn direction(self, indicator: &Indicator) -> Option<&'a str> {
        match (indicator.direction, indicator.kind) {
            (Direction::Neutral, _) => None,
            (Direction::Lower, Measure::Rank) => Some(self.plain("direction.first")),
            (Direction::Lower, _) => Some(self.plain("direction.lower")),
            (Direction::Higher, _) => Some(self.plain("direction.higher")),
        }
    }

    /// What a kind of documents is called: as `site.yaml` says, or else as the theme does.
    pub(crate) fn kind(self, config: &Config, id: &str) -> String {
        let Some(kind) = config.kinds.get(id) else {
            return id.to_owned();
        };
        let said = if config.language.is_english() { &kind.name_en } else { &kind.name };
        let is_renamed = !is_built_in_kind(id, said);
        let told = self.texts.get(&format!("kinds.{id}")).filter(|_| !is_renamed);
        told.unwrap_or(said).to_owned()
    }

    /// What a column of open data means, by the key of its text.
    pub(crate) fn column(self, key: &'a str) -> &'a str {
        self.plain(key)
    }

    /// What this language calls itself. Where the page is not in it, what is there in it: lists and no
    /// documents.
    pub(crate) fn language_name(self, is_here: bool) -> &'a str {
        self.plain(if is_here { "language.name" } else { "language.lists" })
    }

    /// That something is no real document, for machines.
    pub(crate) fn no_real_document(self) -> &'a str {
        self.plain("invented.not_real")
    }

    fn plain(self, key: &'a str) -> &'a str {
        self.texts.plain(key)
    }
}

/// Figures, days and names in words.
impl<'a> Vocabulary<'a> {
    /// The texts themselves, for who tells figures by them.
    pub(crate) fn texts(self) -> &'a Texts {
        self.texts
    }

    pub(crate) fn year(self, year: Year) -> String {
        self.say("year.title", &[("year", &year)])
    }

    pub(crate) fn list(self, items: &[String]) -> String {
        items.join(self.plain("comma"))
    }

    /// The name of a place that is invented: wherever it stands, it says so.
    pub(crate) fn invented(self, name: &str) -> String {
        match name.contains("虚构") {
            true => name.to_owned(),
            false => self.say("invented.place", &[("name", &name)]),
        }
    }

    /// The places whose division codes begin so.
    pub(crate) fn division(self, code: &str) -> String {
        self.say("place.division", &[("code", &code)])
    }

    pub(crate) fn date(self, date: Date) -> DateText {
        DateText { iso: Some(date.to_string()), text: self.day("script.date", date) }
    }

    /// A day of every year.
    pub(crate) fn month_day(self, (month, day): (i8, i8)) -> String {
        let name = self.plain(MONTHS.get(usize::from(month.unsigned_abs())).copied().unwrap_or_default());
        self.say("date.month_day", &[("month", &month), ("month_name", &name), ("day", &day)])
    }

    /// A date in a table in which the year `usual` goes without saying.
    pub(crate) fn short_date(self, date: Date, usual: i16) -> String {
        match date.year() == usual {
            true => self.day("date.short", date),
            false => self.day("script.date", date),
        }
    }

    fn day(self, key: &str, date: Date) -> String {
        let (year, month, day) = (date.year(), date.month(), date.day());
        let two = |number: i8| format!("{number:02}");
        self.say(
            key,
            &[
                ("year", &year),
                ("month", &month),
                ("day", &day),
                ("iso", &date),
                ("mm", &two(month)),
                ("dd", &two(day)),
            ],
        )
    }

    /// When something was published; the time of day only where it is known.
    pub(crate) fn published(self, published: PublicationDay) -> DateText {
        let PublicationDay::On(moment) = published else {
            return DateText { iso: None, text: self.plain("script.date_unknown").into() };
        };
        let mut date = self.date(moment.date);
        if let Some(time) = moment.time {
            date.text.push_str(&format!(" {:02}:{:02}", time.hour(), time.minute()));
        }
        date
    }

    fn say(self, key: &str, values: &[(&str, &dyn Display)]) -> String {
        self.texts.say(key, values)
    }
}

/// The keys of the names of months, by their numbers.
const MONTHS: [&str; 13] = [
    "", "month.1", "month.2", "month.3", "month.4", "month.5", "month.6", "month.7", "month.8", "month.9",
    "month.10", "month.11", "month.12",
];

/// Titles and descriptions of pages and files.
impl<'a> Vocabulary<'a> {
    /// What the whole title of a page about something invented says behind its heading.
    pub(crate) fn invented_example(self, heading: &str) -> String {
        self.say("invented.heading", &[("heading", &heading)])
    }

    /// A title, and what of its text there is where that is not all.
    pub(crate) fn with_extent(self, title: &str, extent: Extent) -> String {
        let key = match extent {
            Extent::Full => return title.to_owned(),
            Extent::Opening => "extent.opening.title",
            Extent::Excerpt => "extent.excerpt.title",
            Extent::Digest => "extent.digest.title",
        };
        self.say(key, &[("title", &title)])
    }

    /// What this page is of the document that a citation names; nothing where it is the whole.
    pub(crate) fn cited_through(self, extent: Extent, publisher: &str) -> Option<String> {
        let key = match extent {
            Extent::Full => return None,
            Extent::Opening => "extent.opening.cited",
            Extent::Excerpt => "extent.excerpt.cited",
            Extent::Digest => "extent.digest.cited",
        };
        Some(self.say(key, &[("publisher", &publisher)]))
    }

    /// What a letter about an error in a site is about.
    pub(crate) fn error_report(self, site: &str) -> String {
        self.say("footer.error_subject", &[("site", &site)])
    }

    /// What a feed is, for who opens one in a browser.
    pub(crate) fn about_feed(self) -> &'a str {
        self.plain("feed.about")
    }

    /// What an entry of the log's feed tells.
    pub(crate) fn told_event(self, event: Event, title: &str) -> String {
        self.say("log.told", &[("event", &self.event(event)), ("title", &title)])
    }

    /// The heading of an earlier text of a document.
    pub(crate) fn version(self, title: &str, number: usize) -> String {
        self.say("version.heading", &[("title", &title), ("version", &self.version_number(number))])
    }

    /// `版本 2`.
    pub(crate) fn version_number(self, number: usize) -> String {
        self.say("versions.number", &[("number", &number)])
    }

    pub(crate) fn about_version(self, title: &str, number: usize) -> String {
        self.say("version.about", &[("title", &title), ("version", &self.version_number(number))])
    }

    pub(crate) fn about_log(self) -> &'a str {
        self.plain("log.about")
    }

    /// The heading of a year of the log.
    pub(crate) fn log_of(self, year: i16) -> String {
        self.say("log.of", &[("year", &year)])
    }

    pub(crate) fn compared(self, place: &str, kind: &str, (before, after): (Year, Year)) -> String {
        self.say(
            "compare.title",
            &[("place", &place), ("kind", &kind), ("before", &before), ("after", &after)],
        )
    }

    pub(crate) fn about_pair(self, heading: &str, tally: &[ShareRow]) -> String {
        let share = |row: &ShareRow| {
            let key = match row.change {
                "same" => "compare.told.same",
                "figures" => "compare.told.figures",
                "reworded" => "compare.told.reworded",
                "added" => "compare.told.added",
                _ => "compare.told.removed",
            };
            self.say(key, &[("percent", &row.percent)])
        };
        let shares: Vec<String> = tally.iter().map(share).collect();
        let told = match shares.is_empty() {
            true => self.plain("compare.told.none").to_owned(),
            false => self.list(&shares),
        };
        self.say("compare.about", &[("heading", &heading), ("told", &told)])
    }

    pub(crate) fn all_years(self, place: &str) -> String {
        self.say("years.heading", &[("place", &place)])
    }

    pub(crate) fn about_years(self, heading: &str) -> String {
        self.say("years.about", &[("heading", &heading)])
    }

    pub(crate) fn about_indicators(self, count: usize) -> String {
        self.say("indicators.about", &[("n", &count)])
    }

    pub(crate) fn about_indicator(self, name: &str, places: usize) -> String {
        self.say("indicator.about", &[("name", &name), ("n", &places)])
    }

    pub(crate) fn about_place(self, name: &str, documents: usize) -> String {
        self.say("place.about", &[("name", &name), ("n", &documents)])
    }

    pub(crate) fn about_offices(self, count: usize) -> String {
        self.say("offices.about", &[("n", &count)])
    }

    /// The description of the page of coverage.
    pub(crate) fn about_coverage(self, kind: &str, (first, last): (i16, i16)) -> String {
        self.say("coverage.about", &[("kind", &kind), ("first", &first), ("last", &last)])
    }

    pub(crate) fn about_ancestry(self, (first, last): (i16, i16)) -> String {
        self.say("ancestry.about", &[("first", &first), ("last", &last)])
    }

    pub(crate) fn about_list(self, name: &str, documents: usize) -> String {
        self.say("list.about", &[("name", &name), ("n", &documents)])
    }

    /// What tells a kind of documents from places and indicators of a like name.
    pub(crate) fn of_kind(self, documents: usize) -> String {
        self.say("kind.told", &[("n", &documents)])
    }

    /// The name of the figures about something.
    pub(crate) fn dataset(self, about: &str) -> String {
        self.say("data.set", &[("about", &about)])
    }

    /// One sentence about the figures about something.
    pub(crate) fn about_dataset(self, about: &str, rows: usize) -> String {
        self.say("data.about.set", &[("about", &about), ("n", &rows)])
    }
}

/// An indicator's name in the language of the interface.
pub(crate) fn indicator_name(indicator: &Indicator, language: Locale) -> &str {
    let english = indicator.name_en.as_deref().filter(|_| language.is_english());
    english.unwrap_or(&indicator.name)
}

/// A status by its name in front matter.
pub(crate) fn status(status: PublicationStatus) -> &'static str {
    match status {
        PublicationStatus::Published => "published",
        PublicationStatus::Draft => "draft",
        PublicationStatus::Withdrawn => "withdrawn",
    }
}

/// A size as people read it, in steps of 1,024.
pub(crate) fn size(bytes: u64) -> String {
    let units = ["B", "KB", "MB", "GB"];
    let mut step = 0;
    let mut whole = bytes;
    let mut tenths = 0;
    while whole >= 1024 && step + 1 < units.len() {
        tenths = whole % 1024 * 10 / 1024;
        whole /= 1024;
        step += 1;
    }
    match step {
        0 => format!("{whole} B"),
        step => format!("{whole}.{tenths} {}", units[step]),
    }
}

/// The settings of a site that speaks Chinese as the default theme does.
#[cfg(test)]
pub(crate) fn chinese() -> Config {
    use crate::interface::Phrasebook;
    use crate::source::{Source, Span};
    use crate::yaml::{self, keys};

    let source = Source::new("zh-CN.yaml", include_str!("../themes/gongbao/i18n/zh-CN.yaml"));
    const TEXTS: keys::Keys = keys::Keys::Chosen { pattern: "", shape: &keys::ValueShape::Text };
    let mut fields = yaml::read(&source, Span::new(0..source.text().len()), &TEXTS).expect("it is a mapping");
    let mut texts = std::collections::BTreeMap::new();
    for (key, node) in fields.rest() {
        texts.extend(fields.as_spaced(&key.value, node).map(|text| (key.value, text.value)));
    }
    let mut config = Config::default();
    config.phrasebook = Phrasebook::new([(Locale::CHINESE, texts.into())].into());
    config
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_by_people() {
        assert_eq!(size(0), "0 B");
        assert_eq!(size(1023), "1023 B");
        assert_eq!(size(1536), "1.5 KB");
        assert_eq!(size(5 << 30), "5.0 GB");
    }
}
