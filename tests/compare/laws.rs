//! What is true of every comparison, tried on small texts that have much in common.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use xiangwei::compare::{
    ComparedText, Comparison, FigureChange, SectionGroup, SectionStatus, SentenceChange, SentenceRow, align,
    compare, words,
};

use super::report::Level;
use super::truth::{Pair, Written};

/// Few enough to take some seconds, unless `PROPTEST_CASES` asks for more.
fn cases() -> ProptestConfig {
    let asked = ProptestConfig::default();
    let count = if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { 120 };
    ProptestConfig { cases: count, failure_persistence: None, ..asked }
}

const TITLES: [&str; 7] =
    ["", "加强学习", "强化学习", "规范执法", "规范执法行为", "其他工作", "推进政务公开和执法公示"];

const SENTENCES: [&str; 22] = [
    "一是全年办结行政复议案件745件，综合纠错率为40.02%。",
    "二是全年办结行政复议案件812件，综合纠错率为43.5%；",
    "全年受理行政复议案件近10万件，办结行政复议案件9余万件。",
    "2019年印发赤政发〔2019〕7号文件。",
    "2020年印发赤政发〔2020〕12号文件。",
    "组织领导干部旁听庭审活动。",
    "组织领导干部旁听庭审活动4次。",
    "组织新任领导干部旁听庭审和学法活动5次，参加120人次。",
    "推行行政执法三项制度，统一文书格式和音像记录标准。",
    "推动行政执法三项制度落实，统一文书格式。",
    "统一文书格式和音像记录标准，推行行政执法三项制度。",
    "推行行政執法三項制度，統一文書格式和音像記錄標準。",
    "重大行政决策全部经过合法性审查和集体讨论决定。",
    "重大行政决策应审尽审，合法性审查率达到100%。",
    "选聘法律顾问30名，全程参与论证。",
    "选聘法律顾问三十名",
    "开会。",
    "开会！",
    "见附件1",
    "ＡＢＣ平台App用户１２３个。",
    "深入学习贯彻，狠抓落实，取得实效，不断提升依法行政能力和水平。",
    "深入学习贯彻，不断提升依法行政能力和水平，狠抓落实，取得实效。",
];

fn parts() -> impl Strategy<Value = Written> {
    let sentences = prop::collection::vec(select(&SENTENCES[..]), 0..5);
    let section = (1_u8..4, select(&TITLES[..]), sentences);
    prop::collection::vec(section, 0..8).prop_map(|sections| {
        let written = sections.into_iter().zip(0..).map(|((depth, title, sentences), at)| {
            let depth = if at == 0 { 0 } else { depth };
            let sentences = sentences.into_iter().map(str::to_owned).collect();
            (format!("sec-{at}"), depth, title.to_owned(), sentences)
        });
        Written(written.collect())
    })
}

/// Every section is in exactly one group, and a group has the numbers of its status.
fn covers(groups: &[SectionGroup], before: &ComparedText<'_>, after: &ComparedText<'_>) {
    let mut sections: [Vec<usize>; 2] = Default::default();
    for group in groups {
        sections[0].extend(&group.before);
        sections[1].extend(&group.after);
        let sizes = (group.before.len(), group.after.len());
        let fits = match group.status {
            SectionStatus::Matched | SectionStatus::Moved => sizes == (1, 1),
            SectionStatus::Split => sizes.0 == 1 && sizes.1 > 1,
            SectionStatus::Merged => sizes.0 > 1 && sizes.1 == 1,
            SectionStatus::Added => sizes == (0, 1),
            SectionStatus::Removed => sizes == (1, 0),
            SectionStatus::Unmatched => matches!(sizes, (0, 1) | (1, 0)),
        };
        assert!(fits, "{group:?}");
    }
    for (mut found, text) in sections.into_iter().zip([before, after]) {
        found.sort_unstable();
        assert_eq!(found, (0..text.sections.len()).collect::<Vec<_>>());
    }
    assert_eq!((groups[0].before[0], groups[0].after[0]), (0, 0), "what stands first belongs together");
}

/// Every sentence is in exactly one row that counts, in a group of its section, in order.
fn tells(found: &Comparison, before: &ComparedText<'_>, after: &ComparedText<'_>) {
    let counted = || found.rows.iter().flatten().filter(|row| !row.is_origin);
    for (text, number) in [
        (before, (|row: &SentenceRow| row.before) as fn(&SentenceRow) -> Option<usize>),
        (after, |row| row.after),
    ] {
        let mut told: Vec<usize> = counted().filter_map(number).collect();
        told.sort_unstable();
        assert_eq!(told, (0..text.sentences.len()).collect::<Vec<_>>());
    }
    for (group, rows) in found.alignment.groups.iter().zip(&found.rows) {
        for row in rows {
            let here = |text: &ComparedText<'_>, at: Option<usize>, sections: &[usize]| {
                at.is_some_and(|at| sections.contains(&text.sections_of(at)))
            };
            let (old, new) = (here(before, row.before, &group.before), here(after, row.after, &group.after));
            let fits = match row.change {
                SentenceChange::Added => new && row.before.is_none(),
                SentenceChange::Removed => old && row.after.is_none(),
                _ if row.elsewhere => {
                    if row.is_origin {
                        old
                    } else {
                        new
                    }
                }
                _ => old && new,
            };
            assert!(fits, "{row:?} in {group:?}");
        }
        assert!(rows.iter().filter(|row| !row.is_origin).filter_map(|row| row.after).is_sorted());
        let old = rows.iter().filter(|row| row.is_origin || !row.elsewhere);
        assert!(old.filter_map(|row| row.before).is_sorted());
    }
    assert_eq!(found.rows.len(), found.alignment.groups.len());
    let shares = found.shares;
    let sum = shares.same + shares.figures_only + shares.reworded + shares.added + shares.removed;
    assert!(counted().next().is_none() || (sum - 1.0).abs() < 1e-9);
}

trait Sections {
    fn sections_of(&self, sentence: usize) -> usize;
}

impl Sections for ComparedText<'_> {
    fn sections_of(&self, sentence: usize) -> usize {
        self.sentences[sentence].section
    }
}

/// The later sentences, made of the earlier ones and of what changed.
fn applied(found: &Comparison, before: &ComparedText<'_>, after: &ComparedText<'_>) -> Vec<String> {
    let mut sentences = vec![String::new(); after.sentences.len()];
    for row in found.rows.iter().flatten().filter(|row| !row.is_origin) {
        let Some(at) = row.after else {
            continue;
        };
        let new = after.sentences[at].text;
        let old = row.before.map_or("", |at| before.sentences[at].text);
        let piece = |piece: xiangwei::compare::SentencePiece| match piece.changed {
            true => &new[piece.after],
            false => &old[piece.before],
        };
        sentences[at] = words(old, new).into_iter().map(piece).collect();
    }
    sentences
}

/// A sentence in simplified characters: what stays of a pair may differ in script.
fn folded(text: &str) -> String {
    let table = super::truth::simplified();
    text.chars().map(|c| *table.get(&c).unwrap_or(&c)).collect()
}

/// All that a comparison tells of sections, and of sentences and figures, in no order.
type Account = (BTreeSet<(SectionStatus, Vec<usize>, Vec<usize>)>, BTreeSet<String>);

/// What the one way is told from the other side.
fn mirror(found: &Comparison, figures: &[FigureChange]) -> Account {
    let status = |status| match status {
        SectionStatus::Added => SectionStatus::Removed,
        SectionStatus::Removed => SectionStatus::Added,
        SectionStatus::Split => SectionStatus::Merged,
        SectionStatus::Merged => SectionStatus::Split,
        same => same,
    };
    let groups = found.alignment.groups.iter();
    let groups =
        groups.map(|group| (status(group.status), group.after.clone(), group.before.clone())).collect();
    let rows = found.rows.iter().flatten().filter(|row| !row.is_origin);
    let change = |change| match change {
        SentenceChange::Added => SentenceChange::Removed,
        SentenceChange::Removed => SentenceChange::Added,
        same => same,
    };
    let mut told: BTreeSet<String> = rows
        .map(|row| format!("{:?} {:?} {:?} {}", change(row.change), row.after, row.before, row.elsewhere))
        .collect();
    told.extend(
        figures.iter().map(|figure| format!("{:?} {:?} {}", figure.after, figure.before, figure.unit)),
    );
    (groups, told)
}

/// What is told of itself, to be held against a mirror.
fn plain(found: &Comparison, figures: &[FigureChange]) -> Account {
    let groups = found.alignment.groups.iter();
    let groups = groups.map(|group| (group.status, group.before.clone(), group.after.clone())).collect();
    let rows = found.rows.iter().flatten().filter(|row| !row.is_origin);
    let mut told: BTreeSet<String> = rows
        .map(|row| format!("{:?} {:?} {:?} {}", row.change, row.before, row.after, row.elsewhere))
        .collect();
    told.extend(
        figures.iter().map(|figure| format!("{:?} {:?} {}", figure.before, figure.after, figure.unit)),
    );
    (groups, told)
}

fn hold(before: &ComparedText<'_>, after: &ComparedText<'_>) {
    let found = compare(before, after);
    covers(&found.alignment.groups, before, after);
    tells(&found, before, after);
    let order: Vec<usize> =
        found.alignment.groups.iter().filter_map(|group| group.after.first().copied()).collect();
    assert!(order.is_sorted(), "the groups stand in the order of the later text: {order:?}");
    assert_eq!(align(before, after), found.alignment);
    let other = compare(after, before);
    assert_eq!(mirror(&other, &other.figures(after, before)), plain(&found, &found.figures(before, after)));
    let order: Vec<usize> =
        other.alignment.groups.iter().filter_map(|group| group.after.first().copied()).collect();
    assert!(order.is_sorted());
    tells(&other, after, before);
    let shares = (found.shares, other.shares);
    let mirrored = (shares.0.added - shares.1.removed).abs() + (shares.0.reworded - shares.1.reworded).abs();
    assert!(mirrored < 1e-9);
    let sentences: Vec<&str> = after.sentences.iter().map(|sentence| sentence.text).collect();
    let applied = applied(&found, before, after);
    for (applied, sentence) in applied.iter().zip(&sentences) {
        assert_eq!(folded(applied), folded(sentence));
    }
    assert_eq!(applied.len(), sentences.len());
}

/// A text compared with itself shows no change.
fn same(text: &ComparedText<'_>, other: &ComparedText<'_>) {
    let found = compare(text, other);
    assert!(found.alignment.groups.iter().all(|group| group.status == SectionStatus::Matched));
    assert!(found.alignment.groups.iter().all(|group| group.before == group.after));
    assert!(
        found.rows.iter().flatten().all(|row| row.change == SentenceChange::Same && row.before == row.after)
    );
    assert!(found.figures(text, other).is_empty());
    assert!(text.sentences.is_empty() || (found.shares.same - 1.0).abs() < 1e-9);
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn every_comparison_holds_the_laws(before in parts(), after in parts()) {
        hold(&before.text(), &after.text());
    }

    #[test]
    fn a_text_is_itself(text in parts()) {
        same(&text.text(), &text.text());
    }
}

#[test]
fn whole_reports_hold_the_laws() {
    for seed in 500..512 {
        let pair = Pair::new(seed, if seed % 2 == 0 { Level::Gentle } else { Level::Harsh });
        hold(&pair.before.text(), &pair.after.text());
        same(&pair.before.text(), &pair.before.text());
    }
}

#[test]
fn the_other_script_is_the_same_text() {
    for seed in 600..606 {
        let pair = Pair::new(seed, Level::Gentle);
        let mut other = Written(pair.before.0.clone());
        other.traditional();
        same(&pair.before.text(), &other.text());
        same(&other.text(), &pair.before.text());
    }
}
