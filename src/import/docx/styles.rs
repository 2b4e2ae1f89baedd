//! What styles say of paragraphs and of words (ECMA-376 part 1, §17.7): what they are based on, whether
//! they are headings, bold or hidden, and which list they belong to.

use std::collections::BTreeMap;

use super::tree::XmlElement;
use crate::import::draft;

/// How many styles are followed, each based on the next.
const LONGEST_CHAIN: usize = 32;

/// Properties of words that matter here; `None` where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WordProperties {
    pub(super) bold: Option<bool>,
    pub(super) hidden: Option<bool>,
}

impl WordProperties {
    /// What `properties` (`w:rPr`) say.
    pub(super) fn read(properties: XmlElement<'_>) -> Self {
        Self { bold: properties.switch("b"), hidden: properties.switch("vanish") }
    }

    /// These, and where they say nothing, `other`.
    fn or(self, other: Self) -> Self {
        Self { bold: self.bold.or(other.bold), hidden: self.hidden.or(other.hidden) }
    }
}

/// The list and the level that a paragraph names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberingReference {
    /// The instance; 0 switches numbering off (§17.9.18).
    pub(super) list: Option<u32>,
    /// The level, from zero.
    pub(super) level: Option<u32>,
}

impl NumberingReference {
    /// What the properties of a paragraph or a style name.
    pub(super) fn read(properties: XmlElement<'_>) -> Self {
        let Some(numbered) = properties.child("numPr") else {
            return Self::default();
        };
        Self { list: numbered.number("numId"), level: numbered.number("ilvl") }
    }
}

#[derive(Clone, Debug, Default)]
struct DocxStyle {
    name: String,
    based_on: Option<String>,
    words: WordProperties,
    numbering: NumberingReference,
    outline: Option<u32>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: BTreeMap<String, DocxStyle>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
    defaults: WordProperties,
}

impl Styles {
    /// Reads the part of styles.
    pub(super) fn read(root: XmlElement<'_>) -> Self {
        let mut styles = Self::default();
        let defaults = root.child("docDefaults").and_then(|defaults| defaults.child("rPrDefault"));
        if let Some(properties) = defaults.and_then(|defaults| defaults.child("rPr")) {
            styles.defaults = WordProperties::read(properties);
        }
        for element in root.elements().filter(|element| element.is("style")) {
            styles.add(element);
        }
        styles
    }

    fn add(&mut self, element: XmlElement<'_>) {
        let Some(id) = element.attribute("styleId") else {
            return;
        };
        let paragraphs = element.attribute("type").is_none_or(|kind| kind == "paragraph");
        let usual = element.attribute("default").is_some_and(|usual| matches!(&*usual, "1" | "true" | "on"));
        if paragraphs && usual {
            self.usual = Some(id.clone().into_owned());
        }
        let paragraph = element.child("pPr");
        let style = DocxStyle {
            name: element.value("name").unwrap_or_default().to_lowercase(),
            based_on: element.value("basedOn").map(|style| style.into_owned()),
            words: element.child("rPr").map(WordProperties::read).unwrap_or_default(),
            numbering: paragraph.map(NumberingReference::read).unwrap_or_default(),
            outline: paragraph.and_then(|properties| properties.number("outlineLvl")),
        };
        self.styles.insert(id.into_owned(), style);
    }

    /// The style `style`, or the usual one, and those that it is based on.
    pub(super) fn chain(&self, style: Option<&str>) -> Vec<&str> {
        let known = style.and_then(|style| self.styles.get_key_value(style)).map(|(style, _)| style.as_str());
        let first = known.or(self.usual.as_deref());
        let next = |style: &&str| self.styles.get(*style)?.based_on.as_deref();
        let mut chain: Vec<&str> = std::iter::successors(first, next).take(LONGEST_CHAIN).collect();
        // A style that is based on itself in the end says everything in the first round.
        if let Some(again) = (1..chain.len()).find(|at| chain[..*at].contains(&chain[*at])) {
            chain.truncate(again);
        }
        chain
    }

    fn of<'a>(&'a self, chain: &'a [&str]) -> impl Iterator<Item = &'a DocxStyle> {
        chain.iter().filter_map(|style| self.styles.get(*style))
    }

    /// The list and level that the styles of a chain name.
    pub(super) fn numbering(&self, chain: &[&str]) -> NumberingReference {
        NumberingReference {
            list: self.of(chain).find_map(|style| style.numbering.list),
            level: self.of(chain).find_map(|style| style.numbering.level),
        }
    }

    /// What a paragraph is: by its own outline level (`own`), that of its styles, or their names.
    pub(super) fn kind(&self, own: Option<u32>, chain: &[&str]) -> draft::ParagraphStyle {
        let level = own.or_else(|| self.of(chain).find_map(|style| style.outline));
        match level {
            Some(level @ 0..9) => heading(level + 1),
            Some(_) => draft::ParagraphStyle::Body,
            None => self.of(chain).find_map(by_name).unwrap_or_default(),
        }
    }

    /// Whether words are bold and hidden that have `own` properties and the character style `style` in a
    /// paragraph whose styles say `paragraph`.
    ///
    /// These properties are toggles (§17.7.3): a style of words switches what the paragraph's style
    /// switched on off again.
    pub(super) fn words(
        &self,
        own: WordProperties,
        style: Option<&str>,
        paragraph: WordProperties,
    ) -> WordProperties {
        let style = style.filter(|style| self.styles.contains_key(*style));
        let character = style.map(|style| self.said(&self.chain(Some(style)))).unwrap_or_default();
        let toggled = |paragraph: Option<bool>, character: Option<bool>, defaults: Option<bool>| {
            (paragraph == Some(true)) != (character == Some(true)) || defaults == Some(true)
        };
        let styled = WordProperties {
            bold: Some(toggled(paragraph.bold, character.bold, self.defaults.bold)),
            hidden: Some(toggled(paragraph.hidden, character.hidden, self.defaults.hidden)),
        };
        own.or(styled)
    }

    /// What the styles of a chain say of words.
    pub(super) fn said(&self, chain: &[&str]) -> WordProperties {
        self.of(chain).fold(WordProperties::default(), |words, style| words.or(style.words))
    }
}

fn heading(level: u32) -> draft::ParagraphStyle {
    draft::ParagraphStyle::Heading(u8::try_from(level.clamp(1, 6)).unwrap_or(6))
}

/// What the built-in names of styles say; Word writes them in English whatever its language.
fn by_name(style: &DocxStyle) -> Option<draft::ParagraphStyle> {
    match style.name.as_str() {
        "title" => Some(draft::ParagraphStyle::Title),
        name => {
            name.strip_prefix("heading ")?.parse().ok().filter(|level| (1..=9).contains(level)).map(heading)
        }
    }
}
