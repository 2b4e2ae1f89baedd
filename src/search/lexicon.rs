//! The words of an index by their numbers, so that a word is put together once and not at each
//! of its places.

use foldhash::HashMap;

use super::token;

/// Blocks begin at sentences with numbers that this divides, so that a sentence more in one of them moves no other.
const APART: u32 = 8;

/// The words that were read so far.
#[derive(Default)]
pub(super) struct Lexicon {
    /// The word of each unit alone. Here and below only looked up in, since the order is nobody's.
    units: HashMap<Box<str>, u32>,
    /// The word of each unit and the next, by the words of the two alone.
    pairs: HashMap<(u32, u32), u32>,
    /// What a unit is called that stands last, by the word of it alone.
    lasts: HashMap<u32, u32>,
    /// The words, as the index has them.
    names: Vec<String>,
}

/// What a document says, by the numbers of words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// The units of its blocks joined each to the next, in the order of the text.
    pub(super) runs: Vec<Run>,
    /// Its units, each once, with how often it stands there.
    pub(super) units: Vec<(u32, u32)>,
}

/// A pair of units with the two behind it, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The pair.
    pub(super) pair: u32,
    /// The next pair, or the unit that is last in the block; nothing where the pair is.
    pub(super) next: Option<u32>,
    /// Where its first unit stands.
    pub(super) place: TextPlace,
}

/// Where a unit stands: the sentence, counted through the document, and the unit in it. So what is changed in a sentence
/// moves nothing in another. Sentences of one block follow each other, and no others do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct TextPlace {
    pub(super) sentence: u32,
    pub(super) unit: u32,
}

impl Lexicon {
    /// What a document of these folded blocks says.
    pub(super) fn read(&mut self, blocks: &[String]) -> Said {
        let mut said = Said::default();
        let mut all = Vec::new();
        let mut sentence = 0;
        for block in blocks {
            let units = token::units(block);
            let numbers: Vec<u32> = units.iter().map(|unit| self.unit(unit)).collect();
            let mut pairs = Vec::with_capacity(numbers.len());
            for (two, names) in numbers.windows(2).zip(units.windows(2)) {
                pairs.push(self.pair((two[0], two[1]), (&names[0], &names[1])));
            }
            let last = units.last().zip(numbers.last()).map(|(unit, number)| self.last(unit, *number));
            let mut place = TextPlace { sentence, unit: 0 };
            for (at, pair) in pairs.iter().enumerate() {
                let next = pairs.get(at + 2).copied().or(last.filter(|_| at + 2 == pairs.len()));
                said.runs.push(Run { pair: *pair, next, place });
                place = if token::ends_sentence(&units[at]) {
                    TextPlace { sentence: place.sentence + 1, unit: 0 }
                } else {
                    TextPlace { unit: place.unit + 1, ..place }
                };
            }
            // The last unit may end a sentence, too.
            sentence = (place.sentence + 1) / APART * APART + APART;
            all.extend(numbers);
        }
        all.sort_unstable();
        let counted = all.chunk_by(|unit, next| unit == next);
        said.units = counted.map(|same| (same[0], u32::try_from(same.len()).unwrap_or(u32::MAX))).collect();
        said
    }

    /// The words by their numbers.
    pub(super) fn close(self) -> Vec<String> {
        self.names
    }

    fn unit(&mut self, unit: &str) -> u32 {
        if let Some(number) = self.units.get(unit) {
            return *number;
        }
        let number = enter(&mut self.names, unit.to_owned());
        self.units.insert(unit.into(), number);
        number
    }

    fn pair(&mut self, two: (u32, u32), (unit, next): (&str, &str)) -> u32 {
        *self.pairs.entry(two).or_insert_with(|| enter(&mut self.names, token::pair(unit, next)))
    }

    fn last(&mut self, unit: &str, number: u32) -> u32 {
        *self.lasts.entry(number).or_insert_with(|| enter(&mut self.names, token::last(unit)))
    }
}

fn enter(names: &mut Vec<String>, name: String) -> u32 {
    names.push(name);
    u32::try_from(names.len() - 1).expect("memory ends before such a number")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The runs of a document as they are called, and where they stand.
    fn runs(said: &Said, names: &[String]) -> Vec<(String, u32, u32)> {
        let name = |run: &Run| {
            let next = run.next.map_or("", |next| &*names[next as usize]);
            (format!("{}{next}", names[run.pair as usize]), run.place.sentence, run.place.unit)
        };
        said.runs.iter().map(name).collect()
    }

    #[test]
    fn a_word_has_one_number_wherever_it_stands() {
        let mut lexicon = Lexicon::default();
        let first = lexicon.read(&["行政行".into(), "gdp".into()]);
        let second = lexicon.read(&["政行".into()]);
        let names = lexicon.close();
        assert_eq!(runs(&first, &names), [(" 行 政 行".into(), 0, 0), (" 政 行".into(), 0, 1)]);
        assert_eq!(runs(&second, &names), [(" 政 行".into(), 0, 0)]);
        let units: Vec<_> =
            first.units.iter().map(|(word, count)| (&*names[*word as usize], *count)).collect();
        assert_eq!(units, [("行", 2), ("政", 1), ("gdp", 1)]);
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len());
    }

    #[test]
    fn places_are_counted_by_sentences_and_no_phrase_reaches_from_one_block_into_the_next() {
        let mut lexicon = Lexicon::default();
        let said = lexicon.read(&["行政。复议法".into(), "。。".into(), "行政".into()]);
        let expected = [
            (" 行 政 。 复", 0, 0),
            (" 政 。 复 议", 0, 1),
            (" 。 复 议 法", 0, 2),
            (" 复 议 法", 1, 0),
            (" 议 法", 1, 1),
            (" 。 。", 8, 0),
            (" 行 政", 16, 0),
        ];
        assert_eq!(runs(&said, &lexicon.close()), expected.map(|(name, s, u)| (name.to_owned(), s, u)));
    }
}
