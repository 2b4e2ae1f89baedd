//! Texts that nobody would write, of a megabyte each, to measure the longest comparisons with.

use xiangwei::compare::ComparedText;

use super::archive::Random;

/// How many bytes a text has.
const SIZE: usize = 1_000_000;

/// What is hard about two texts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Hard {
    /// No sentence of the one is in the other, and no headings.
    Unrelated,
    /// The same under thousands of headings.
    UnrelatedSections,
    /// Ten thousand sections with a sentence each, all different.
    ManySections,
    /// Ten thousand sections with the same heading and the same sentence.
    SameSections,
    /// One sentence again and again.
    SameSentence,
    /// Sentences that all differ in three characters.
    NearlySame,
    /// The same in sections of three sentences under the same heading.
    NearlySameSections,
    /// One sentence without an end.
    Endless,
}

/// All of them.
pub(crate) const ALL: [Hard; 8] = [
    Hard::Unrelated,
    Hard::UnrelatedSections,
    Hard::ManySections,
    Hard::SameSections,
    Hard::SameSentence,
    Hard::NearlySame,
    Hard::NearlySameSections,
    Hard::Endless,
];

/// The sections of a text: titles with sentences.
pub(crate) struct Worst(Vec<(String, Vec<String>)>);

impl Worst {
    /// One of the two texts that are hard to compare.
    pub(crate) fn new(hard: Hard, seed: u64) -> Self {
        let same = "进一步加强组织领导，落实工作责任，确保各项任务落到实处。";
        let title = || "其他工作".to_owned();
        let sections = match hard {
            Hard::Unrelated => vec![(title(), noise(seed, 40))],
            Hard::UnrelatedSections => titled(noise(seed, 40), 12),
            Hard::ManySections => titled(noise(seed, 16), 2).into_iter().take(10_000).collect(),
            Hard::SameSections => (0..10_000).map(|_| (title(), vec![same.to_owned()])).collect(),
            Hard::SameSentence => vec![(title(), vec![same.to_owned(); SIZE / same.len()])],
            Hard::NearlySame => vec![(title(), alike(seed))],
            Hard::NearlySameSections => alike(seed).chunks(3).map(|own| (title(), own.to_vec())).collect(),
            Hard::Endless => vec![(title(), vec![noise(seed, 40).concat().replace('。', "")])],
        };
        Self(sections)
    }

    /// The text as it is compared.
    pub(crate) fn text(&self) -> ComparedText<'_> {
        let parts = self
            .0
            .iter()
            .map(|(title, own)| ("a", 1, title.as_str(), own.iter().map(String::as_str).collect()));
        ComparedText::from_parts(&parts.collect::<Vec<_>>())
    }
}

/// Sentences of random characters, of so many at most.
fn noise(seed: u64, longest: u64) -> Vec<String> {
    let mut random = Random::new(seed);
    let mut sentences = Vec::new();
    let mut left = SIZE;
    while left > 0 {
        let count = random.between(longest / 4 + 1, longest);
        let sentence: String = (0..count).map(|_| character(random.next())).chain(['。']).collect();
        left = left.saturating_sub(sentence.len());
        sentences.push(sentence);
    }
    sentences
}

/// Sentences that differ in three characters.
fn alike(seed: u64) -> Vec<String> {
    let sentence = |n: u64| {
        let [a, b, c] = [n, n * 7, n * 13].map(character);
        format!("进一步{a}加强{b}组织{c}领导，落实工作责任。")
    };
    let count = SIZE as u64 / sentence(0).len() as u64;
    (seed * 1_000..seed * 1_000 + count).map(sentence).collect()
}

fn character(number: u64) -> char {
    let code = u32::try_from(0x4e00 + number % 3_000).unwrap_or(0x4e00);
    char::from_u32(code).unwrap_or('一')
}

/// Every so many sentences as a section, the first of them as its title.
fn titled(sentences: Vec<String>, each: usize) -> Vec<(String, Vec<String>)> {
    sentences.chunks(each).map(|own| (own[0].clone(), own[1..].to_vec())).collect()
}
