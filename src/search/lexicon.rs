//! The words of an index by their numbers, so that a word is put together once and not at each
//! of its places.

use std::collections::BTreeSet;

use foldhash::HashMap;

use super::token;

/// The words that were read so far.
#[derive(Default)]
pub(super) struct Lexicon {
    /// The word of each unit alone. Here and below only looked up in, since the order is nobody's.
    units: HashMap<Box<str>, u32>,
    /// The word of each unit and the next, the last one's at the end of its block, by the words
    /// of the two alone.
    pairs: HashMap<(u32, Option<u32>), u32>,
    /// The words, as Pagefind has them.
    names: Vec<String>,
    /// The units in Latin letters.
    latin: BTreeSet<String>,
}

impl Lexicon {
    /// The words that stand for a document of these folded blocks: every unit of every block
    /// joined to the next, and after them every unit once by itself, for queries of one unit.
    pub(super) fn read(&mut self, blocks: &[String]) -> Vec<u32> {
        let mut words = Vec::new();
        let mut singles = Vec::new();
        for block in blocks {
            let units: Vec<_> = token::units(block).into_iter().map(|unit| (unit, self.unit(unit))).collect();
            let pairs = units.iter().enumerate();
            words.extend(pairs.map(|(at, unit)| self.pair(*unit, units.get(at + 1).copied())));
            singles.extend(units.iter().map(|(_, number)| *number));
        }
        singles.sort_unstable();
        singles.dedup();
        words.extend(singles);
        words
    }

    /// The words by their numbers, and the units in Latin letters.
    pub(super) fn close(self) -> (Vec<String>, BTreeSet<String>) {
        (self.names, self.latin)
    }

    fn unit(&mut self, unit: &str) -> u32 {
        if let Some(number) = self.units.get(unit) {
            return *number;
        }
        let number = enter(&mut self.names, token::single(unit));
        self.units.insert(unit.into(), number);
        if token::is_latin(unit) {
            self.latin.insert(unit.to_owned());
        }
        number
    }

    fn pair(&mut self, unit: (&str, u32), next: Option<(&str, u32)>) -> u32 {
        let name = || token::pair(unit.0, next.map(|next| next.0));
        let key = (unit.1, next.map(|next| next.1));
        *self.pairs.entry(key).or_insert_with(|| enter(&mut self.names, name()))
    }
}

fn enter(names: &mut Vec<String>, name: String) -> u32 {
    names.push(name);
    u32::try_from(names.len() - 1).expect("memory ends before such a number")
}

#[cfg(test)]
mod tests {
    use super::super::token::pair;
    use super::*;

    #[test]
    fn a_word_has_one_number_wherever_it_stands() {
        let mut lexicon = Lexicon::default();
        let first = lexicon.read(&["行政行".into(), "gdp".into()]);
        let second = lexicon.read(&["政行".into()]);
        let (names, latin) = lexicon.close();
        let named =
            |words: Vec<u32>| words.into_iter().map(|word| &*names[word as usize]).collect::<Vec<_>>();
        let single = ["行", "政", "gdp"].map(token::single);
        assert_eq!(
            named(first),
            [
                &pair("行", Some("政")),
                &pair("政", Some("行")),
                &pair("行", None),
                &pair("gdp", None),
                &single[0],
                &single[1],
                &single[2]
            ]
        );
        assert_eq!(named(second), [&pair("政", Some("行")), &pair("行", None), &single[0], &single[1]]);
        assert_eq!(latin, BTreeSet::from(["gdp".to_owned()]));
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    }
}
