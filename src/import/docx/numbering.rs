//! Automatic numbering (ECMA-376 part 1, §17.9): which list a paragraph belongs to, and what Word prints
//! before it.
//!
//! A definition (`w:abstractNum`) has up to nine levels. An instance (`w:num`) names a definition and
//! may override levels of it. Counters belong to the definition: all its instances count on, unless one
//! starts anew. The body, the notes and each text box count for themselves, as Word does.

use std::collections::{BTreeMap, BTreeSet};

use super::fault;
use super::formats;
use super::styles::{NumberingReference, Styles};
use super::tree::XmlElement;
use crate::import::refused::Refused;

/// How many levels a list has.
const LEVELS: usize = 9;

/// The most characters of an ordinal. Word's own limit for the text of a level is 255.
const LONGEST: usize = 255;

/// A level of a list.
#[derive(Clone, Debug, Default)]
struct ListLevel {
    /// The first number. Zero if the file does not say (§17.9.25).
    start: u32,
    format: String,
    /// What is printed, with `%1` to `%9` for the numbers of the levels (§17.9.11).
    text: String,
    /// Counted from one: the level whose use starts this one anew; 0: none does (§17.9.10).
    restart: Option<u32>,
    /// Whether the numbers of the levels above are printed in decimal (§17.9.4).
    legal: bool,
    /// Whether its ordinals are counted and not printed: they are hidden.
    hidden: bool,
    gap: OrdinalGap,
    /// The paragraph style that belongs to this level (§17.9.23).
    style: Option<String>,
}

/// What stands between an ordinal and the text (§17.9.28).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum OrdinalGap {
    /// The text begins at a tab stop.
    #[default]
    Tab,
    Space,
    Nothing,
}

impl ListLevel {
    fn read(element: XmlElement<'_>) -> Self {
        let gap = match element.value("suff").as_deref() {
            Some("space") => OrdinalGap::Space,
            Some("nothing") => OrdinalGap::Nothing,
            _ => OrdinalGap::Tab,
        };
        let format = element.child("numFmt").map(format_of);
        let text = element.child("lvlText").filter(|text| text.attribute("null").as_deref() != Some("1"));
        Self {
            start: element.number("start").unwrap_or(0),
            format: format.unwrap_or_else(|| "decimal".to_owned()),
            text: text.and_then(|text| text.attribute("val")).unwrap_or_default().into_owned(),
            restart: element.number("lvlRestart"),
            legal: element.switch("isLgl").unwrap_or(false),
            hidden: element.child("rPr").and_then(|words| words.switch("vanish")) == Some(true),
            gap,
            style: element.value("pStyle").map(|style| style.into_owned()),
        }
    }
}

/// The name of a number format. A custom one is a pattern such as `001, 002, 003, ...`.
fn format_of(element: XmlElement<'_>) -> String {
    let value = element.attribute("val").unwrap_or_default();
    match value.as_ref() {
        "custom" => format!("custom {}", element.attribute("format").unwrap_or_default()),
        value => value.to_owned(),
    }
}

/// A definition: its levels, or the style that leads to them.
#[derive(Clone, Debug, Default)]
struct ListDefinition {
    levels: BTreeMap<usize, ListLevel>,
    /// The numbering style whose levels it has (§17.9.21).
    link: Option<String>,
}

/// An instance of a definition.
#[derive(Clone, Debug, Default)]
struct ListInstance {
    /// The definition, which has the counters.
    definition: u32,
    /// The definition that has the levels.
    source: u32,
    /// Levels that are other than those of the definition.
    levels: BTreeMap<usize, ListLevel>,
    /// Where levels start in this instance (§17.9.26).
    starts: BTreeMap<usize, u32>,
}

/// All lists of a document.
#[derive(Debug, Default)]
pub(super) struct NumberedLists {
    definitions: BTreeMap<u32, ListDefinition>,
    instances: BTreeMap<u32, ListInstance>,
}

/// A place in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ListPosition {
    list: u32,
    level: usize,
}

/// What a list prints before a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Ordinal {
    /// The words; none for a bullet, which is only a sign.
    pub(super) text: String,
    pub(super) bullet: bool,
    pub(super) gap: OrdinalGap,
    /// How deep in the list, from one.
    pub(super) depth: u8,
    /// Whether the format is known here. If not, the number is printed in decimal.
    pub(super) known: bool,
}

impl NumberedLists {
    /// Reads the numbering part of a document with these styles.
    pub(super) fn read(root: XmlElement<'_>, styles: &Styles) -> Self {
        let mut lists = Self::default();
        for element in root.elements() {
            match element.name {
                "abstractNum" => lists.define(element),
                "num" => lists.instance(element),
                _ => {}
            }
        }
        lists.follow_links(styles);
        lists
    }

    fn define(&mut self, element: XmlElement<'_>) {
        let Some(id) = whole_number(element, "abstractNumId") else {
            return;
        };
        let levels = element.elements().filter(|child| child.is("lvl"));
        let levels = levels.filter_map(|level| Some((level_of(level)?, ListLevel::read(level)))).collect();
        let link = element.value("numStyleLink").map(|style| style.into_owned());
        self.definitions.insert(id, ListDefinition { levels, link });
    }

    fn instance(&mut self, element: XmlElement<'_>) {
        let (Some(id), Some(definition)) = (whole_number(element, "numId"), element.number("abstractNumId"))
        else {
            return;
        };
        let mut instance = ListInstance { definition, ..ListInstance::default() };
        for over in element.elements().filter(|child| child.is("lvlOverride")) {
            let Some(at) = level_of(over) else {
                continue;
            };
            if let Some(start) = over.number("startOverride") {
                instance.starts.insert(at, start);
            }
            if let Some(level) = over.child("lvl") {
                instance.levels.insert(at, ListLevel::read(level));
            }
        }
        self.instances.insert(id, instance);
    }

    /// Where a paragraph stands that names `own` itself and has the style `style`. `None`: Word prints
    /// nothing before it, and does not count it.
    pub(super) fn place(
        &self,
        own: NumberingReference,
        style: Option<&str>,
        styles: &Styles,
    ) -> Option<ListPosition> {
        let chain = styles.chain(style);
        let inherited = styles.numbering(&chain);
        let list = own.list.or(inherited.list).filter(|list| *list != 0)?;
        let level = match own {
            NumberingReference { list: None, level: None } => {
                self.level_of_style(list, inherited.level, &chain)?
            }
            own => own.level.or(inherited.level).unwrap_or(0),
        };
        let level = usize::try_from(level).ok().filter(|level| *level < LEVELS)?;
        self.level((list, level)).map(|_| ListPosition { list, level })
    }

    /// The level of `list` for a paragraph that has its numbering from a style: the one that belongs to
    /// the style or to one that it is based on, else the one that the style names. A level that belongs
    /// to another style numbers nothing here.
    fn level_of_style(&self, list: u32, named: Option<u32>, chain: &[&str]) -> Option<u32> {
        let style = |level: usize| Some((level, self.level((list, level))?.style.as_deref()?));
        let owners: Vec<(usize, &str)> = (0..LEVELS).filter_map(style).collect();
        let of = |style: &&str| owners.iter().find(|(_, owner)| owner == style).map(|(level, _)| *level);
        if let Some(level) = chain.iter().find_map(of) {
            return u32::try_from(level).ok();
        }
        let named = named.unwrap_or(0);
        owners.iter().all(|(level, _)| u32::try_from(*level) != Ok(named)).then_some(named)
    }

    fn level(&self, (list, at): (u32, usize)) -> Option<&ListLevel> {
        let instance = self.instances.get(&list)?;
        let own = instance.levels.get(&at);
        own.or_else(|| self.definitions.get(&instance.source)?.levels.get(&at))
    }

    /// Finds the definitions with the levels: one without any leads to a numbering style, and that style
    /// to another list.
    fn follow_links(&mut self, styles: &Styles) {
        let source = |instance: &ListInstance| {
            let definition = self.definitions.get(&instance.definition)?;
            let style = definition.link.as_deref().filter(|_| definition.levels.is_empty())?;
            let list = styles.numbering(&styles.chain(Some(style))).list?;
            Some(self.instances.get(&list)?.definition)
        };
        let sources: Vec<_> = self.instances.values().map(|it| source(it).unwrap_or(it.definition)).collect();
        for (instance, source) in self.instances.values_mut().zip(sources) {
            instance.source = source;
        }
    }
}

/// How far the lists of one story have counted.
#[derive(Debug, Default)]
pub(super) struct Counters {
    /// The numbers of each definition's levels; `None` before the first one, and after a level above was
    /// used.
    numbers: BTreeMap<u32, [Option<u32>; LEVELS]>,
    /// The levels of instances that have begun where the instance says.
    begun: BTreeSet<(u32, usize)>,
}

impl Counters {
    /// Counts a paragraph, and says what is printed before it.
    ///
    /// # Errors
    ///
    /// An ordinal that is too long.
    pub(super) fn count(
        &mut self,
        place: ListPosition,
        lists: &NumberedLists,
    ) -> Result<Option<Ordinal>, Refused> {
        let Some(instance) = lists.instances.get(&place.list) else {
            return Ok(None);
        };
        let level = |at: usize| lists.level((place.list, at));
        let Some(own) = level(place.level) else {
            return Ok(None);
        };
        let start = |at: usize| {
            let overridden = instance.starts.get(&at).copied();
            overridden.unwrap_or_else(|| level(at).map_or(1, |level| level.start))
        };
        let numbers = self.numbers.entry(instance.definition).or_default();
        // A list may begin with a level below the first: those above count as used.
        for (at, number) in numbers.iter_mut().enumerate().take(place.level) {
            number.get_or_insert_with(|| start(at));
        }
        let begins =
            instance.starts.contains_key(&place.level) && self.begun.insert((place.list, place.level));
        let number = numbers[place.level].filter(|_| !begins);
        numbers[place.level] = Some(number.map_or_else(|| start(place.level), |last| last.saturating_add(1)));
        for (at, number) in numbers.iter_mut().enumerate().skip(place.level + 1) {
            if level(at).is_none_or(|below| restarts(below, place.level)) {
                *number = None;
            }
        }
        let numbers = numbers.map(|number| number.unwrap_or(0));
        printed(own, (place.level, &numbers), level).map(Some)
    }
}

/// Whether the use of the level `used`, from zero, starts `level` below it anew.
fn restarts(level: &ListLevel, used: usize) -> bool {
    level.restart.is_none_or(|restart| u32::try_from(used).is_ok_and(|used| used < restart))
}

/// The text of a level with its numbers in it.
fn printed<'a>(
    own: &ListLevel,
    (at, numbers): (usize, &[u32; LEVELS]),
    level: impl Fn(usize) -> Option<&'a ListLevel>,
) -> Result<Ordinal, Refused> {
    let depth = u8::try_from(at + 1).unwrap_or(u8::MAX);
    let bullet = own.format == "bullet";
    let mut ordinal = Ordinal { text: String::new(), bullet, gap: own.gap, depth, known: true };
    if bullet || own.hidden {
        return Ok(ordinal);
    }
    let mut rest = own.text.chars().peekable();
    while let Some(c) = rest.next() {
        let shown = rest.peek().filter(|_| c == '%').and_then(|c| c.to_digit(10)).filter(|digit| *digit > 0);
        let Some(shown) = shown.and_then(|digit| usize::try_from(digit - 1).ok()) else {
            ordinal.text.push(c);
            continue;
        };
        rest.next();
        let format = match level(shown) {
            Some(above) if own.legal && shown < at && above.format != "none" => "decimal",
            Some(level) => &level.format,
            None => "decimal",
        };
        let number = numbers[shown];
        let number = in_format(format, number).unwrap_or_else(|| {
            ordinal.known = false;
            number.to_string()
        });
        ordinal.text.push_str(&number);
    }
    match ordinal.text.chars().nth(LONGEST) {
        Some(_) => Err(fault::long_ordinal(LONGEST)),
        None => Ok(ordinal),
    }
}

/// `number` in a format, custom ones of leading zeros among them: `custom 001, 002, 003, ...`.
fn in_format(format: &str, number: u32) -> Option<String> {
    let Some(pattern) = format.strip_prefix("custom ") else {
        return formats::print(format, number);
    };
    let first = pattern.split(',').next()?.trim();
    let padded =
        first.len() <= 8 && first.ends_with('1') && first.trim_end_matches('1').bytes().all(|b| b == b'0');
    padded.then(|| format!("{number:0width$}", width = first.len()))
}

/// The level that an element is of.
fn level_of(element: XmlElement<'_>) -> Option<usize> {
    whole_number(element, "ilvl")
        .and_then(|level| usize::try_from(level).ok())
        .filter(|level| *level < LEVELS)
}

fn whole_number(element: XmlElement<'_>, attribute: &str) -> Option<u32> {
    element.attribute(attribute)?.trim().parse().ok()
}
