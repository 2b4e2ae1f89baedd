//! The words of an index by their numbers, so that a word is put together once and not at each
//! of its places.

use foldhash::HashMap;

use super::token;

/// The words that were read so far.
#[derive(Default)]
pub(super) struct Lexicon {
    /// The word of each unit alone. Here and below only looked up in, since the order is nobody's.
    units: HashMap<Box<str>, u32>,
    /// The word of each unit and the next, by the words of the two alone.
    pairs: HashMap<(u32, u32), u32>,
    /// The words, as the index has them.
    names: Vec<String>,
}

/// What a document says, by the numbers of words.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// The units of its blocks joined each to the next, with the place of the first of them.
    pub(super) pairs: Vec<(u32, u32)>,
    /// Its units, each once, with how often it stands there.
    pub(super) units: Vec<(u32, u32)>,
}

impl Lexicon {
    /// What a document of these folded blocks says. Between two blocks a place is left out, so
    /// that no phrase reaches from one into the next.
    pub(super) fn read(&mut self, blocks: &[String]) -> Said {
        let mut said = Said::default();
        let mut all = Vec::new();
        let mut place = 0;
        for block in blocks {
            let units = token::units(block);
            let units: Vec<_> = units.iter().map(|unit| (&**unit, self.unit(unit))).collect();
            let joined = units.windows(2).map(|two| self.pair(two[0], two[1]));
            said.pairs.extend(joined.zip(place..));
            place += u32::try_from(units.len()).expect("texts are smaller") + 1;
            all.extend(units.iter().map(|(_, number)| *number));
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

    fn pair(&mut self, unit: (&str, u32), next: (&str, u32)) -> u32 {
        let name = || token::pair(unit.0, next.0);
        *self.pairs.entry((unit.1, next.1)).or_insert_with(|| enter(&mut self.names, name()))
    }
}

fn enter(names: &mut Vec<String>, name: String) -> u32 {
    names.push(name);
    u32::try_from(names.len() - 1).expect("memory ends before such a number")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_number_wherever_it_stands() {
        let mut lexicon = Lexicon::default();
        let first = lexicon.read(&["行政行".into(), "gdp".into()]);
        let second = lexicon.read(&["政行".into()]);
        let names = lexicon.close();
        let named = |words: Vec<(u32, u32)>| -> Vec<(String, u32)> {
            words.into_iter().map(|(word, number)| (names[word as usize].clone(), number)).collect()
        };
        let word = |name: &str, number| (name.to_owned(), number);
        assert_eq!(named(first.pairs), [word(" 行 政", 0), word(" 政 行", 1)]);
        assert_eq!(named(first.units), [word("行", 2), word("政", 1), word("gdp", 1)]);
        assert_eq!(named(second.pairs), [word(" 政 行", 0)]);
        assert_eq!(names.iter().collect::<std::collections::BTreeSet<_>>().len(), names.len());
    }

    #[test]
    fn no_phrase_reaches_from_one_block_into_the_next() {
        let mut lexicon = Lexicon::default();
        let said = lexicon.read(&["行政".into(), "复议".into()]);
        let places: Vec<_> = said.pairs.iter().map(|(_, place)| *place).collect();
        assert_eq!(places, [0, 3]);
    }
}
