//! Sentences that remember the choices they were composed by, so that it is known of two of
//! them what a reader would say: the same, other figures, reworded, or another sentence.

use rust_decimal::Decimal;
use xiangwei::report::Quantity;

use super::phrases::{MIDDLES, OPENERS, PLANS, SYNONYMS, TAILS, THEMES, WORDS};
use super::random::Random;

/// A sentence.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Sentence {
    pub(crate) clauses: Vec<Clause>,
    /// The number of the sentence of the earlier report that it was.
    pub(crate) from: Option<usize>,
    /// Whether it was reworded since then.
    pub(crate) reworded: bool,
}

/// A clause with what its slots were filled with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Clause {
    pub(crate) pattern: &'static str,
    fills: Vec<Fill>,
    /// A word and what stands for it instead.
    swap: Option<(&'static str, &'static str)>,
}

#[derive(Clone, Debug, PartialEq)]
enum Fill {
    Word(&'static str),
    /// A number that counts nothing.
    Number(String),
    Figure(Figure),
}

/// A figure as it is written, and what it means.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Figure {
    pub(crate) value: Quantity,
    pub(crate) qualifier: Option<&'static str>,
    text: String,
}

/// The qualifiers before a figure, and 余 behind it.
const QUALIFIERS: [(&str, &str, &str); 7] = [
    ("近", "", "at-most"),
    ("约", "", "about"),
    ("超", "", "more-than"),
    ("逾", "", "more-than"),
    ("不少于", "", "at-least"),
    ("超过", "", "more-than"),
    ("", "余", "at-least"),
];

impl Clause {
    fn draw(pattern: &'static str, random: &mut Random) -> Self {
        let mut clause = Self { pattern, fills: Vec::new(), swap: None };
        clause.fills = clause.slots().map(|(slot, behind)| Fill::draw(slot, behind, random)).collect();
        clause
    }

    /// The slots, each with the words behind it.
    fn slots(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.pattern.split('{').skip(1).filter_map(|piece| piece.split_once('}'))
    }

    pub(crate) fn text(&self) -> String {
        let mut fills = self.fills.iter();
        let mut pieces = self.pattern.split('{');
        let mut text = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (_, behind) = piece.split_once('}').unwrap();
            match fills.next().unwrap() {
                Fill::Word(word) => text += word,
                Fill::Number(number) => text += number,
                Fill::Figure(figure) => text += &figure.text,
            }
            text += behind;
        }
        match self.swap {
            Some((word, other)) => text.replacen(word, other, 1),
            None => text,
        }
    }

    /// The clause with other figures and other numbers; words stay.
    fn updated(&self, random: &mut Random) -> Self {
        let slots: Vec<_> = self.slots().collect();
        let fill = |(fill, (slot, behind)): (&Fill, &(&'static str, &'static str))| match fill {
            Fill::Word(word) => Fill::Word(word),
            _ => Fill::draw(slot, behind, random),
        };
        Self { fills: self.fills.iter().zip(&slots).map(fill).collect(), ..self.clone() }
    }

    /// Whether the words are the same, whatever the figures are.
    fn says(&self, other: &Self) -> bool {
        let words = |clause: &Self| {
            let words = clause.fills.iter().filter_map(|fill| match fill {
                Fill::Word(word) => Some(*word),
                _ => None,
            });
            words.collect::<Vec<_>>()
        };
        self.pattern == other.pattern && self.swap == other.swap && words(self) == words(other)
    }

    fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.fills.iter().filter_map(|fill| match fill {
            Fill::Figure(figure) => Some(figure),
            _ => None,
        })
    }

    fn len(&self) -> usize {
        self.pattern.chars().count()
    }
}

impl Fill {
    fn draw(slot: &'static str, behind: &'static str, random: &mut Random) -> Self {
        match slot.split_once('-') {
            Some((least, most)) => {
                let (least, most) = (least.parse().unwrap(), most.parse().unwrap());
                Self::Figure(Figure::draw((least, most), behind, random))
            }
            None if slot == "year" => Self::Number(random.between(2015, 2026).to_string()),
            None if slot == "serial" => Self::Number(random.between(2, 120).to_string()),
            None if slot == "version" => Self::Number(random.between(2, 9).to_string()),
            None => {
                let (_, words) = WORDS.iter().find(|(name, _)| *name == slot).unwrap();
                Self::Word(random.one(words))
            }
        }
    }
}

/// A value as the program reads it.
fn quantity(value: Decimal) -> Quantity {
    value.to_string().parse().unwrap()
}

impl Figure {
    fn draw((least, most): (u64, u64), behind: &str, random: &mut Random) -> Self {
        let number = random.between(least, most);
        if behind.starts_with('%') {
            let tenths = if random.happens(500) { random.between(1, 99) } else { 0 };
            let value = Decimal::new(i64::try_from(number * 100 + tenths).unwrap(), 2).normalize();
            return Self { value: quantity(value), qualifier: None, text: value.to_string() };
        }
        let large = number >= 10_000 && !behind.starts_with('万') && random.happens(300);
        let (value, text) = match large {
            true => {
                let tenths = Decimal::new(i64::try_from(number / 1000).unwrap(), 1).normalize();
                (tenths * Decimal::from(10_000), format!("{tenths}万"))
            }
            false => (Decimal::from(number), number.to_string()),
        };
        let factor = if behind.starts_with('万') { 10_000 } else { 1 };
        let (before, after, qualifier) = match random.happens(150) && number >= 20 {
            true => random.one(&QUALIFIERS),
            false => ("", "", ""),
        };
        Self {
            value: quantity(value * Decimal::from(factor)),
            qualifier: Some(qualifier).filter(|word| !word.is_empty()),
            text: format!("{before}{text}{after}"),
        }
    }
}

impl Sentence {
    /// A sentence on a theme, or one that any theme could have.
    pub(crate) fn draw(theme: Option<usize>, is_plan: bool, random: &mut Random) -> Self {
        let mut patterns = Vec::new();
        match is_plan {
            true => patterns.push(random.one(&PLANS)),
            false if random.happens(450) => patterns.push(random.one(&OPENERS)),
            false => {}
        }
        let theme = theme.map(|theme| &THEMES[theme]);
        match theme {
            Some(theme) => {
                let counted = random.happens(450);
                patterns.push(random.one(theme.clauses));
                if random.happens(if counted { 200 } else { 500 }) {
                    patterns.push(random.one(theme.clauses));
                }
                if random.happens(400) {
                    patterns.push(random.one(&MIDDLES));
                }
                if counted {
                    patterns.push(random.one(theme.counted));
                    if random.happens(400) {
                        patterns.push(random.one(theme.counted));
                    }
                }
            }
            None => {
                patterns.push(random.one(&MIDDLES));
                patterns.push(random.one(&MIDDLES));
            }
        }
        if random.happens(550) || patterns.len() < 3 {
            patterns.push(random.one(&TAILS));
        }
        let mut seen = Vec::new();
        patterns.retain(|pattern| {
            !seen.contains(pattern) && {
                seen.push(*pattern);
                true
            }
        });
        let clauses = patterns.into_iter().map(|pattern| Clause::draw(pattern, random)).collect();
        Self { clauses, from: None, reworded: false }
    }

    pub(crate) fn text(&self) -> String {
        let clauses: Vec<String> = self.clauses.iter().map(Clause::text).collect();
        clauses.join("，")
    }

    /// The sentence with other figures.
    pub(crate) fn updated(&self, random: &mut Random) -> Self {
        let clauses = self.clauses.iter().map(|clause| clause.updated(random)).collect();
        Self { clauses, ..self.clone() }
    }

    /// The sentence with another word or two, or with a boilerplate clause more, less or
    /// exchanged. Figures may change as well.
    pub(crate) fn reworded(&self, heavily: bool, random: &mut Random) -> Self {
        let mut sentence = if random.happens(400) { self.updated(random) } else { self.clone() };
        let swaps = if heavily { 3 } else { 1 };
        let mut swapped = 0;
        for clause in &mut sentence.clauses {
            let word =
                SYNONYMS.iter().find(|(word, _)| clause.swap.is_none() && clause.pattern.contains(word));
            if let Some(pair) = word.filter(|_| swapped < swaps) {
                clause.swap = Some(*pair);
                swapped += 1;
            }
        }
        let long = sentence.clauses.len() > 2;
        let last = sentence.clauses.len() - 1;
        let shared = |clause: &Clause| TAILS.contains(&clause.pattern) || MIDDLES.contains(&clause.pattern);
        match random.between(0, 3) {
            0 if long && shared(&sentence.clauses[last]) => {
                sentence.clauses.pop();
            }
            1 if shared(&sentence.clauses[last]) => {
                sentence.clauses[last] = Clause::draw(random.one(&TAILS), random);
            }
            2 if heavily && long => sentence.clauses.swap(last - 1, last),
            _ if swapped == 0 || heavily => sentence.clauses.push(Clause::draw(random.one(&TAILS), random)),
            _ => {}
        }
        sentence.reworded = true;
        sentence
    }

    /// Whether its words are those of `other`, whatever the figures are.
    pub(crate) fn says(&self, other: &Self) -> bool {
        self.clauses.len() == other.clauses.len()
            && self.clauses.iter().zip(&other.clauses).all(|(a, b)| a.says(b))
    }

    /// How much of its words, in thousandths of the longer sentence, stand in `other` as well.
    pub(crate) fn shares(&self, other: &Self) -> usize {
        let len = |sentence: &Self| sentence.clauses.iter().map(Clause::len).sum::<usize>();
        let mine = self.clauses.iter().filter(|a| other.clauses.iter().any(|b| a.pattern == b.pattern));
        1000 * mine.map(Clause::len).sum::<usize>() / len(self).min(len(other)).max(1)
    }

    /// The figures that differ in the clauses that both sentences have.
    pub(crate) fn changed<'a>(&'a self, later: &'a Self) -> Vec<(&'a Figure, &'a Figure)> {
        let mut changed = Vec::new();
        for clause in &self.clauses {
            let same = later.clauses.iter().find(|other| other.pattern == clause.pattern);
            let pairs = same.into_iter().flat_map(|other| clause.figures().zip(other.figures()));
            changed.extend(pairs.filter(|(a, b)| (a.value, a.qualifier) != (b.value, b.qualifier)));
        }
        changed
    }
}
