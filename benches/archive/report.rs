//! The reports of a place, year by year. A report is remembered as the choices that it was
//! composed by; next year's keeps most of them, draws new figures for some sentences and
//! replaces a few, as governments do.

use std::fmt::Write as _;
use std::ops::RangeInclusive;

use super::all;
use super::phrases::{Indicator, PARTS, TOPICS, Topic, WORDS};
use super::place::{Level, Place};
use super::random::Random;

/// How many sentences in a thousand are replaced from one year to the next.
const REPLACED: u64 = 178;

/// How many sentences with figures in a thousand get new figures and keep their words. Somewhat
/// under half of all sentences have figures, so this makes a little over a quarter of all.
const UPDATED: u64 = 655;

/// The Han characters of a sentence, on average, by which a report's length is planned.
const SENTENCE: u64 = 44;

const ORDINALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// The reports of a place, oldest first.
pub(crate) struct Series {
    place: Place,
    random: Random,
    first: usize,
    years: RangeInclusive<usize>,
    form: Form,
    parts: Vec<Part>,
    values: Vec<Value>,
}

/// How a place prints its reports; it keeps to that.
struct Form {
    /// Whether brackets and points of ordinals are full-width.
    wide: bool,
    /// Whether 1. 2. 3. run on through the chapters of a part instead of starting again.
    running: bool,
}

/// A part of a report, 一、 and so on.
struct Part {
    heading: &'static str,
    style: Style,
    chapters: Vec<Chapter>,
}

/// How the items of a part are numbered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Chapters with headings (一), items 1. in them.
    Chapters,
    /// Items (一) that begin their paragraphs.
    Brackets,
    /// Items without ordinals.
    Plain,
    /// Items 1. that begin their paragraphs.
    Points,
}

/// A chapter of a part.
struct Chapter {
    topic: &'static Topic,
    items: Vec<Item>,
}

/// A paragraph with its run-in heading.
struct Item {
    heading: &'static str,
    sentences: Vec<Sentence>,
}

/// The choices that a sentence was composed by.
#[derive(Clone, Copy)]
struct Sentence {
    pattern: &'static str,
    words: u64,
    figures: u64,
    /// The indicator that it gives.
    indicator: Option<&'static Indicator>,
}

/// An indicator's figure in two neighbouring years, in tenths for a ratio.
struct Value {
    indicator: &'static Indicator,
    before: u64,
    now: u64,
}

impl Series {
    /// The reports of `place` on `years`.
    pub(crate) fn new(place: Place, years: RangeInclusive<usize>) -> Self {
        let mut random = Random::new(0x5eed ^ ((place.0 as u64) << 20));
        let form = Form { wide: random.happens(300), running: random.happens(400) };
        let length = random.between(3_900, 10_000);
        let parts = parts(&mut random, length / SENTENCE);
        let values = all().map(|indicator| Value::new(indicator, place.level(), &mut random)).collect();
        Self { place, random, first: *years.start(), years, form, parts, values }
    }

    /// Turns the report into the next year's.
    fn turn(&mut self) {
        for value in &mut self.values {
            value.turn(&mut self.random);
        }
        let chapters = self.parts.iter_mut().flat_map(|part| &mut part.chapters);
        for chapter in chapters {
            for item in &mut chapter.items {
                item.turn(chapter.topic, &mut self.random);
            }
        }
    }

    fn write(&mut self, year: usize) -> String {
        let mut out = String::with_capacity(40_000);
        self.matter(&mut out, year);
        self.opening(&mut out, year);
        for (at, part) in self.parts.iter().enumerate() {
            out.push_str(&format!("## {}、{}\n\n", ORDINALS[at], part.heading));
            part.write(&mut out, &self.form, &self.values);
            if part.style == Style::Chapters {
                self.table(&mut out, year);
            }
        }
        out
    }

    /// The front matter. Most reports are written in the first quarter and published before
    /// its end; a few are late.
    fn matter(&mut self, out: &mut String, year: usize) {
        let random = &mut self.random;
        let (name, short, code) = (self.place.name(), self.place.short(), self.place.code());
        let (month, day) = (random.between(1, 3), random.between(1, 18));
        let late = if random.happens(40) { 3 } else { 0 };
        let (shown, serial) = (day + random.between(1, 10), random.between(1, 90));
        let time = if random.happens(500) {
            format!(" {:02}:{:02}", random.between(8, 17), random.between(0, 59))
        } else {
            String::new()
        };
        let next = year + 1;
        *out += &format!(
            "---\ntitle: {name}{year}年法治政府建设年度报告\nissuer: {name}人民政府\n\
             index_number: {code}-{number:04}/{next}-{serial:05}\ndocument_number: {short}府〔{next}〕{serial}号\n\
             subjects: [综合政务/政务公开]\nwritten: {next}-{month:02}-{day:02}\n\
             published: {next}-{shown_month:02}-{shown:02}{time}\nvalidity: in-force\nsource: {name}人民政府网站\n\
             summary: {name}{year}年推进法治政府建设的主要举措、存在的不足和下一年度的安排。\n\
             keywords: [法治政府, 行政复议, 行政执法]\nindicators:\n",
            number = self.place.0,
            shown_month = month + late,
        );
        for value in &self.values {
            *out += &format!("  {}: {}\n", value.indicator.id, value.written(value.now));
        }
        *out += "---\n\n";
    }

    fn opening(&self, out: &mut String, year: usize) {
        let name = self.place.name();
        *out += &format!(
            "{year}年，{name}坚持以法治思想为指引，认真落实法治政府建设实施纲要，紧紧围绕中心工作，\
             推动法治政府建设取得新的进展。现将有关情况报告如下。\n\n"
        );
        let before = year - 1;
        if year > self.first {
            let slug = self.place.slug();
            *out += &format!(
                "统计口径与[{before}年度报告](/{slug}/{before}/)相同，以下数据除注明外均截至{year}年12月31日。\n\n"
            );
        }
    }

    /// The figures of the year beside those of the year before.
    fn table(&self, out: &mut String, year: usize) {
        *out += &format!(
            "主要指标与上年的比较见下表。\n\n| 指标 | 单位 | {year}年 | {}年 |\n| --- | --- | ---: | ---: |\n",
            year - 1
        );
        for value in &self.values {
            let Indicator { name, unit, .. } = value.indicator;
            let (now, before) = (value.written(value.now), value.written(value.before));
            *out += &format!("| {name} | {unit} | {now} | {before} |\n");
        }
        out.push('\n');
    }
}

impl Iterator for Series {
    type Item = String;

    fn next(&mut self) -> Option<String> {
        let year = self.years.next()?;
        // The first report too has a year before it, which its table shows.
        self.turn();
        Some(self.write(year))
    }
}

/// The parts of a first report of about so many sentences.
fn parts(random: &mut Random, sentences: u64) -> Vec<Part> {
    let dropped = [[1, 2], [2, 6], [1, 6], [4, 6]][random.between(0, 3) as usize];
    let topics = TOPICS.iter().enumerate().filter(|(at, _)| !dropped.contains(at)).map(|(_, topic)| topic);
    let indicators = all().count() as u64;
    let each = |share: u64, items: u64| (share / items).max(1);
    let most = sentences.saturating_sub(indicators) * 4 / 5;
    let chapters = topics.map(|topic| chapter(topic, 3, each(most, 24), random)).collect();
    let mut parts = vec![Part { heading: "主要举措和成效", style: Style::Chapters, chapters }];
    let styles = [Style::Brackets, Style::Plain, Style::Points];
    for (topic, style) in PARTS.iter().zip(styles) {
        let items = topic.items.len();
        let chapters = vec![chapter(topic, items, each(sentences / 15, items as u64), random)];
        parts.push(Part { heading: topic.heading, style, chapters });
    }
    parts
}

/// A chapter of `items` items, each with about `each` sentences, and the theme's indicators.
fn chapter(topic: &'static Topic, items: usize, each: u64, random: &mut Random) -> Chapter {
    let start = random.next() as usize;
    let headings = (0..items).map(|at| topic.items[(start + at) % topic.items.len()]);
    let mut items: Vec<Item> = headings.map(|heading| Item { heading, sentences: Vec::new() }).collect();
    for item in &mut items {
        for _ in 0..each + random.between(0, 1) {
            item.sentences.push(Sentence::draw(topic, &item.sentences, random));
        }
    }
    let count = items.len();
    for (at, indicator) in topic.indicators.iter().enumerate() {
        items[at % count].sentences.insert(0, Sentence::giving(indicator, random));
    }
    Chapter { topic, items }
}

impl Item {
    fn turn(&mut self, topic: &'static Topic, random: &mut Random) {
        for at in 0..self.sentences.len() {
            let sentence = self.sentences[at];
            self.sentences[at] = match sentence.indicator {
                Some(indicator) if random.happens(REPLACED) => Sentence::giving(indicator, random),
                Some(_) => sentence,
                None if random.happens(REPLACED) => Sentence::draw(topic, &self.sentences, random),
                None if random.happens(UPDATED) => Sentence { figures: random.next(), ..sentence },
                None => sentence,
            };
        }
    }

    fn write(&self, out: &mut String, values: &[Value]) {
        *out += self.heading;
        out.push('。');
        for sentence in &self.sentences {
            sentence.write(out, values);
            out.push('。');
        }
        *out += "\n\n";
    }
}

impl Part {
    fn write(&self, out: &mut String, form: &Form, values: &[Value]) {
        let mut point = 0;
        for (at, chapter) in self.chapters.iter().enumerate() {
            if self.style == Style::Chapters {
                *out += &format!("### {}{}\n\n", form.bracketed(at), chapter.topic.heading);
                point = if form.running { point } else { 0 };
            }
            for (at, item) in chapter.items.iter().enumerate() {
                point += 1;
                *out += &match self.style {
                    Style::Chapters | Style::Points => form.pointed(point),
                    Style::Brackets => form.bracketed(at),
                    Style::Plain => String::new(),
                };
                item.write(out, values);
            }
        }
    }
}

impl Form {
    fn bracketed(&self, at: usize) -> String {
        let (open, close) = if self.wide { ('（', '）') } else { ('(', ')') };
        format!("{open}{}{close}", ORDINALS[at])
    }

    fn pointed(&self, number: usize) -> String {
        format!("{number}{}", if self.wide { '．' } else { '.' })
    }
}

impl Sentence {
    /// A sentence of `topic`, of a pattern that its paragraph does not have yet if there is one.
    fn draw(topic: &'static Topic, beside: &[Sentence], random: &mut Random) -> Self {
        let mut pattern = "";
        for _ in 0..8 {
            let patterns = if random.happens(430) { topic.counted } else { topic.plain };
            pattern = random.one(patterns);
            if beside.iter().all(|sentence| sentence.pattern != pattern) {
                break;
            }
        }
        Self { pattern, words: random.next(), figures: random.next(), indicator: None }
    }

    /// The sentence that gives `indicator`.
    fn giving(indicator: &'static Indicator, random: &mut Random) -> Self {
        let pattern = random.one(indicator.patterns);
        Self { pattern, words: random.next(), figures: random.next(), indicator: Some(indicator) }
    }

    fn write(&self, out: &mut String, values: &[Value]) {
        let (mut words, mut figures) = (Random::new(self.words), Random::new(self.figures));
        let mut pieces = self.pattern.split('{');
        *out += pieces.next().unwrap_or_default();
        for piece in pieces {
            let (name, rest) = piece.split_once('}').unwrap_or((piece, ""));
            match name.split_once('-') {
                Some((least, most)) => {
                    let bound = |text: &str| text.parse().unwrap_or_default();
                    let _ = write!(out, "{}", figures.between(bound(least), bound(most)));
                }
                None if name == "value" => *out += &self.value(values),
                None => *out += word(name, &mut words),
            }
            *out += rest;
        }
    }

    /// The figure of its indicator this year.
    fn value(&self, values: &[Value]) -> String {
        let mine =
            |value: &&Value| self.indicator.is_some_and(|indicator| indicator.id == value.indicator.id);
        values.iter().find(mine).map(|value| value.written(value.now)).unwrap_or_default()
    }
}

fn word(list: &str, random: &mut Random) -> &'static str {
    let words = WORDS.iter().find(|(name, _)| *name == list).map_or(&[""][..], |(_, words)| words);
    random.one(words)
}

impl Value {
    /// The figure of an indicator before the first year, higher for a higher place.
    fn new(indicator: &'static Indicator, level: Level, random: &mut Random) -> Self {
        let (least, most) = indicator.range;
        let times = match level {
            _ if indicator.is_ratio() => 1,
            Level::Province => 24,
            Level::Prefecture => 5,
            Level::County => 1,
        };
        let now = random.between(least, most) * times;
        Self { indicator, before: now, now }
    }

    /// Moves on by a year: by up to three points for a ratio, else by up to a quarter.
    fn turn(&mut self, random: &mut Random) {
        self.before = self.now;
        self.now = match self.indicator.is_ratio() {
            true => (self.now + random.between(0, 60)).saturating_sub(30).clamp(20, 998),
            false => (self.now * random.between(80, 125) / 100).max(3),
        };
        if self.now == self.before {
            self.now -= 1;
        }
    }

    fn written(&self, value: u64) -> String {
        match (self.indicator.is_ratio(), value / 10, value % 10) {
            (false, _, _) => value.to_string(),
            (true, whole, 0) => whole.to_string(),
            (true, whole, tenth) => format!("{whole}.{tenth}"),
        }
    }
}
