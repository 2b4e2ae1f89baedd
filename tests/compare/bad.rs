//! Texts that nobody would write: comparing them ends soon and holds the laws all the same.
//! What is soon is measured in `benches/stages.rs`.

use xiangwei::compare::{ComparedText, Comparison, SectionStatus, SentenceChange, compare};

use super::random::Random;

type Part<'a> = (&'a str, u8, &'a str, Vec<&'a str>);

fn of(before: &[Part<'_>], after: &[Part<'_>]) -> Comparison {
    let (before, after) = (ComparedText::from_parts(before), ComparedText::from_parts(after));
    let found = compare(&before, &after);
    let count = |sections: usize, of: fn(&xiangwei::compare::SectionGroup) -> &Vec<usize>| {
        assert_eq!(found.alignment.groups.iter().map(|group| of(group).len()).sum::<usize>(), sections);
    };
    count(before.sections.len(), |group| &group.before);
    count(after.sections.len(), |group| &group.after);
    let rows = || found.rows.iter().flatten().filter(|row| !row.is_origin);
    assert_eq!(rows().filter(|row| row.before.is_some()).count(), before.sentences.len());
    assert_eq!(rows().filter(|row| row.after.is_some()).count(), after.sentences.len());
    found
}

/// So many bytes of sentences of random characters.
fn noise(seed: u64, bytes: usize, longest: u64) -> Vec<String> {
    let mut random = Random::new(seed);
    let mut sentences = Vec::new();
    let mut left = bytes;
    while left > 0 {
        let count = random.between(longest / 4 + 1, longest);
        let c = |_| char::from_u32(0x4e00 + (random.next() % 3000) as u32).unwrap();
        let sentence: String = (0..count).map(c).chain(['。']).collect();
        left = left.saturating_sub(sentence.len());
        sentences.push(sentence);
    }
    sentences
}

fn borrowed(sentences: &[String]) -> Vec<&str> {
    sentences.iter().map(String::as_str).collect()
}

#[test]
fn nothing_is_compared_with_nothing_and_with_something() {
    assert_eq!(of(&[], &[]).alignment.groups.len(), 1);
    let text = [("a", 1, "学习", vec!["开会。"])];
    assert_eq!(of(&[], &text).alignment.groups[1].status, SectionStatus::Added);
    assert_eq!(of(&text, &[]).alignment.groups[1].status, SectionStatus::Removed);
    let found = compare(&ComparedText::default(), &ComparedText::default());
    assert_eq!(found.alignment.groups.len(), 1);
    of(&[("a", 1, "", vec![])], &[("b", 1, "", vec![""])]);
}

#[test]
fn without_headings_sentences_are_still_found() {
    let sentences = noise(1, 20_000, 40);
    let mut later = sentences.clone();
    later.remove(20);
    later.insert(50, "新增的一句话与其他任何一句都不同。".to_owned());
    let found = of(&[("", 0, "", borrowed(&sentences))], &[("", 0, "", borrowed(&later))]);
    let changed = found.rows.iter().flatten().filter(|row| row.change != SentenceChange::Same);
    assert_eq!(changed.count(), 2);
}

#[test]
fn one_huge_section_ends() {
    let (before, after) = (noise(2, 300_000, 40), noise(3, 300_000, 40));
    of(&[("a", 1, "全文", borrowed(&before))], &[("a", 1, "全文", borrowed(&after))]);
}

#[test]
fn one_endless_sentence_ends() {
    let endless = |seed| noise(seed, 300_000, 40).concat().replace('。', "");
    let (before, after) = (endless(4), endless(5));
    let changed = format!("{}{}", &before[..before.len() / 2 / 3 * 3], &after[..300]);
    of(&[("a", 1, "全文", vec![&before])], &[("a", 1, "全文", vec![&changed])]);
    of(&[("a", 1, "全文", vec![&before])], &[("b", 1, "全文", vec![&after])]);
}

#[test]
fn the_same_heading_again_and_again_ends() {
    let section = |at: usize| ("a", 1 + (at % 3) as u8, "其他工作", vec!["进一步做好有关工作。"]);
    let before: Vec<Part<'_>> = (0..10_000).map(section).collect();
    let after: Vec<Part<'_>> = (0..9_000).map(section).collect();
    of(&before, &after);
    let bare: Vec<Part<'_>> = (0..10_000).map(|_| ("a", 1, "其他工作", vec![])).collect();
    of(&bare, &bare[1..]);
}

#[test]
fn ten_thousand_other_sections_end() {
    let section = |seed| -> Vec<(String, String)> {
        noise(seed, 600_000, 8).into_iter().zip(noise(seed + 1, 600_000, 12)).take(10_000).collect()
    };
    let (left, right) = (section(6), section(8));
    let parts = |sections: &'static [(String, String)]| -> Vec<Part<'static>> {
        sections.iter().map(|(title, sentence)| ("a", 1, title.as_str(), vec![sentence.as_str()])).collect()
    };
    of(&parts(left.leak()), &parts(right.leak()));
}

#[test]
fn unrelated_texts_with_headings_end() {
    let text = |seed| noise(seed, 300_000, 40);
    let (left, right) = (text(10), text(11));
    let parts = |sentences: &'static [String]| -> Vec<Part<'static>> {
        let sections = sentences.chunks(12);
        sections.map(|own| ("a", 2, own[0].as_str(), borrowed(&own[1..]))).collect()
    };
    let found = of(&parts(left.leak()), &parts(right.leak()));
    assert!(
        found
            .alignment
            .groups
            .iter()
            .skip(1)
            .all(|group| matches!(group.status, SectionStatus::Added | SectionStatus::Removed))
    );
}

#[test]
fn the_same_sentence_again_and_again_ends() {
    let sentence = "进一步加强组织领导，落实工作责任，确保各项任务落到实处。";
    let (before, after) = (vec![sentence; 4_000], vec![sentence; 3_000]);
    let found = of(&[("a", 1, "全文", before.clone())], &[("a", 1, "全文", after.clone())]);
    assert_eq!(found.rows.iter().flatten().filter(|row| row.change == SentenceChange::Same).count(), 3_000);
    let spread =
        |count: usize| -> Vec<Part<'_>> { (0..count).map(|_| ("a", 1, "", vec![sentence; 4])).collect() };
    of(&spread(2_000), &spread(1_900));
}

#[test]
fn near_duplicates_end() {
    let like = |from: u64, count: u64| -> Vec<String> {
        let letter = |n: u64| char::from_u32(0x4e00 + (n % 2_000) as u32).unwrap();
        let sentence =
            |n| format!("进一步{}加强{}组织{}领导，落实工作责任。", letter(n), letter(n * 7), letter(n * 13));
        (from..from + count).map(sentence).collect()
    };
    let (before, after) = (like(0, 3_000), like(5_000, 3_000));
    of(&[("a", 1, "全文", borrowed(&before))], &[("a", 1, "全文", borrowed(&after))]);
    let spread = |sentences: &'static [String]| -> Vec<Part<'static>> {
        sentences.chunks(3).map(|own| ("a", 2, "加强组织领导", borrowed(own))).collect()
    };
    of(&spread(before.leak()), &spread(after.leak()));
}

#[test]
fn the_deepest_nesting_ends() {
    let sentences = noise(12, 60_000, 30);
    let section =
        |at: usize| ("a", 1 + (at % 250) as u8, "深处", vec![sentences[at % sentences.len()].as_str()]);
    let before: Vec<Part<'_>> = (0..2_000).map(section).collect();
    let after: Vec<Part<'_>> = (7..2_000).map(section).collect();
    of(&before, &after);
}
