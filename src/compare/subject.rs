//! What a figure counts, in words: what stands before it in its clause, what its unit is of, and,
//! where these say too little, what was spoken of before.

use std::sync::LazyLock;

use super::letters::Letters;
use crate::han::{fold, is_letter, key, qualifier};

/// Words that can come and go without a clause saying anything else.
const SOFT: [&str; 38] = [
    "预计",
    "今年以来",
    "一年来",
    "本年度",
    "年度内",
    "进一步",
    "全年",
    "年内",
    "今年",
    "当年",
    "总共",
    "一共",
    "共计",
    "合计",
    "累计共",
    "先后",
    "深入",
    "扎实",
    "持续",
    "不断",
    "积极",
    "认真",
    "切实",
    "着力",
    "大力",
    "有效",
    "有序",
    "稳步",
    "及时",
    "真正",
    "研究",
    "显着",
    "明显",
    "同时",
    "共有",
    "已经",
    "共",
    "已",
];

/// Words of which one can stand for another, each with what stands for all of them.
const ALIKE: [(&str, &str); 28] = [
    ("举办", "开展"),
    ("举行", "开展"),
    ("组织", "开展"),
    ("实施", "开展"),
    ("进行", "开展"),
    ("安排", "开展"),
    ("强化", "加强"),
    ("推动", "推进"),
    ("构建", "建立"),
    ("设立", "建立"),
    ("成立", "建立"),
    ("建成", "建立"),
    ("选聘", "聘请"),
    ("聘任", "聘请"),
    ("健全", "完善"),
    ("提高", "提升"),
    ("达到", "为"),
    ("达", "为"),
    ("我市", "全市"),
    ("我县", "全县"),
    ("我区", "全区"),
    ("我省", "全省"),
    ("查办", "查处"),
    ("公布", "公开"),
    ("特邀", "邀请"),
    ("制订", "制定"),
    ("从严", "严格"),
    ("上升", "增长"),
];

/// A clause that begins with these and says little more is about what was said before it.
const LEANING: [&str; 25] = [
    "其中", "同比", "环比", "比", "较", "占", "分别", "平均", "涉及", "涉案", "参加", "参训", "参与", "惠及",
    "复盖", "发放", "合格", "满意", "优秀", "办结", "完成", "整改", "排名", "位列", "得分",
];

/// Words that say how something changed, behind what changed.
const MOVED: [&str; 26] = [
    "同比增长",
    "同比下降",
    "同比上升",
    "比上年增长",
    "比上年下降",
    "增长",
    "下降",
    "上升",
    "提高",
    "提升",
    "上涨",
    "减少",
    "降低",
    "增加",
    "回落",
    "压减",
    "缩短",
    "压缩",
    "达到",
    "达",
    "完成",
    "实现",
    "突破",
    "为",
    "占",
    "分别",
];
/// What stands between a word and a figure and says nothing of what it counts.
const FILLERS: [&str; 19] = [
    "了", "有", "到", "至", "共", "为", "达", "的", "至少", "大约", "仅", "只", "就", "已", "也", "均", "从",
    "從", "由",
];
/// Words before what is counted that only tell its time.
const TIMES: [&str; 12] =
    ["全年", "今年", "去年", "年内", "本年度", "本年", "当年", "一年来", "今年以来", "预计", "其中", "同时"];

/// A clause with fewer characters than this says too little, unless its unit is of something.
const SHORTEST: usize = 3;
/// One that leans on what was said before it does so up to this many.
const LONGEST_LEANING: usize = 9;
/// A share of something, or a comparison, is one of what was said before it up to this many.
const LONGEST_SHARE: usize = 18;
/// A label is no longer than this many characters.
const LONGEST_LABEL: usize = 24;

/// Words that say what was done and not to what.
const DEEDS: [&str; 28] = [
    "建成",
    "基本建成",
    "开工",
    "新开工",
    "竣工",
    "办结",
    "审结",
    "受理",
    "立案",
    "结案",
    "撤销",
    "维持",
    "处理",
    "处罚",
    "查处",
    "整改",
    "采纳",
    "取消",
    "下放",
    "废止",
    "修改",
    "新增",
    "培训",
    "化解",
    "调处",
    "调解成功",
    "已完成",
    "其他",
];

/// None of them has more characters.
const LONGEST_DEED: usize = 4;

/// The words before a figure without those that make a bound of it or lead up to it.
pub(super) fn lead(words: &str) -> &str {
    let mut lead = words.trim_end();
    while LEAD_ENDS.has_last(lead) {
        let shorter = lead[..qualifier::before(lead)].trim_end();
        // 下降到 says what something came to, and 下降 by how much.
        let is_level = |rest: &str| ends_with_one(rest, &MOVED, &MOVED_ENDS).is_some();
        let filler = FILLERS.iter().filter(|_| FILLER_ENDS.has_last(shorter)).find_map(|word| {
            let rest = shorter.strip_suffix(word)?;
            (!matches!(*word, "到" | "至" | "为") || !is_level(rest)).then_some(rest)
        });
        let next = filler.unwrap_or(shorter).trim_end_matches(is_opening).trim_end();
        if next.len() == lead.len() {
            break;
        }
        lead = next;
    }
    lead
}

/// Whether a mark or a word only leads up to a figure.
fn is_opening(c: char) -> bool {
    matches!(c, '第' | '（' | '(' | '—' | '：' | ':')
}

/// Whether words say too little by themselves: 同比增长 of what?
pub(super) fn leans(lead: &str) -> bool {
    let folded = fold::squeeze_str(lead);
    let count = folded.chars().filter(|c| is_letter(*c)).count();
    let says_little =
        || LEANING_STARTS.has_first(&folded) && LEANING.iter().any(|word| folded.starts_with(word));
    let is_deed = || DEED_ENDS.has_last(&folded) && DEEDS.contains(&folded.as_str());
    count < SHORTEST
        || count < LONGEST_LEANING && says_little()
        || count < LONGEST_SHARE && folded.starts_with(['占', '比', '较'])
        || count <= LONGEST_DEED && is_deed()
        || subject(&folded).is_empty()
}

/// The first characters of [`LEANING`], and the last ones of [`DEEDS`].
static LEANING_STARTS: LazyLock<Letters> = LazyLock::new(|| Letters::of_starts(&LEANING));
static DEED_ENDS: LazyLock<Letters> = LazyLock::new(|| Letters::of_ends(&DEEDS));

/// What words speak of, without how it changed.
pub(super) fn subject(label: &str) -> &str {
    let mut subject = lead(label);
    loop {
        let level = subject.strip_suffix(['到', '至', '为']).unwrap_or(subject);
        let shorter = ends_with_one(level, &MOVED, &MOVED_ENDS);
        match shorter.or_else(|| subject.strip_suffix("预计")) {
            Some(shorter) => subject = lead(shorter),
            None => return subject,
        }
    }
}

/// The last characters of words, so that most texts need not be held against each of these.
static MOVED_ENDS: LazyLock<Letters> = LazyLock::new(|| Letters::of_ends(&MOVED));
static FILLER_ENDS: LazyLock<Letters> = LazyLock::new(|| Letters::of_ends(&FILLERS));
/// Those of everything that [`lead`] leaves out.
static LEAD_ENDS: LazyLock<Letters> =
    LazyLock::new(|| FILLER_ENDS.with(Letters::of(qualifier::ENDS)).with(Letters::of("第（(—：:")));

/// A text without the first of some words that it ends with; `ends` are the last characters of all.
fn ends_with_one<'a>(text: &'a str, words: &[&str], ends: &Letters) -> Option<&'a str> {
    words.iter().filter(|_| ends.has_last(text)).find_map(|word| text.strip_suffix(word))
}

/// How a subject changed, in the words that stand at its end.
pub(super) fn movement(label: &str) -> &str {
    &label[subject(label).len()..]
}

/// A subject with what leans on it.
pub(super) fn joined(subject: &str, leaning: &str) -> String {
    // 开工5套，建成3套: a deed is not what another one is done to.
    if DEEDS.contains(&subject) {
        return leaning.to_owned();
    }
    let is_part = leaning.starts_with("其中");
    let is_move = MOVED.iter().any(|word| leaning.starts_with(word))
        || leaning.starts_with(['比', '较', '占', '同', '环']);
    let comma = if subject.is_empty() || leaning.is_empty() || (is_move && !is_part) { "" } else { "，" };
    format!("{subject}{comma}{leaning}")
}

/// A label as a reader sees it.
pub(super) fn shown(label: &str) -> String {
    let mut said = label.trim();
    while let Some(rest) = TIMES.iter().find_map(|word| said.strip_prefix(word)) {
        said = rest.trim_start_matches(['，', ',', '、', '：', ':']).trim_start();
    }
    let said = if said.is_empty() { label.trim() } else { said };
    let skip = said.chars().count().saturating_sub(LONGEST_LABEL);
    let cut = said.char_indices().nth(skip).map_or(0, |(at, _)| at);
    match skip {
        0 => said.to_owned(),
        _ => format!("…{}", &said[cut..]),
    }
}

/// What a label says, in one form: the words that count, whatever the figures among them are.
pub(super) fn label_key(label: &str) -> String {
    let folded = fold::squeeze_str(label);
    let mut said = plain(key::masked(key::unplaced(&folded)));
    said.retain(|c| !matches!(c, ',' | '、' | ':' | ';' | '(' | ')'));
    said
}

/// Every word that is dropped or stands for another, with its letters and what takes its place.
static REPLACED: LazyLock<Vec<(Letters, &str, &str)>> = LazyLock::new(|| {
    let dropped = SOFT.iter().map(|word| (*word, ""));
    dropped.chain(ALIKE).map(|(word, other)| (Letters::of(word), word, other)).collect()
});

/// The words that count, each in one form.
fn plain(masked: String) -> String {
    let (mut letters, mut said) = (Letters::of(&masked), masked);
    for (needed, word, other) in &*REPLACED {
        if letters.has(needed) && said.contains(word) {
            said = said.replace(word, other);
            letters = Letters::of(&said);
        }
    }
    said
}

/// The names in a list, as many as there are figures: 甲、乙和丙. 城乡 are two.
pub(super) fn names(list: &str, count: usize) -> Option<Vec<String>> {
    let mut names: Vec<&str> = vec![list];
    for mark in ["、", "以及", "和", "及", "与"] {
        names = names.into_iter().flat_map(|name| name.split(mark)).collect();
        if mark == "、" && names.len() >= count {
            break;
        }
    }
    let names: Vec<&str> = names.into_iter().map(str::trim).filter(|name| !name.is_empty()).collect();
    if names.len() < count {
        let both = list.split_once("城乡").filter(|_| count == 2);
        return both
            .map(|(before, behind)| ["城镇", "农村"].map(|which| format!("{before}{which}{behind}")).into());
    }
    let last = names.last().copied().unwrap_or_default();
    let own = &names[names.len() - count..];
    Some(own.iter().map(|name| completed(name, last)).collect())
}

/// A name of a list with the end that only the last one has: 城镇居民和农村居民人均收入.
fn completed(name: &str, last: &str) -> String {
    const HALVES: [(&str, &str); 5] =
        [("城镇", "农村"), ("进口", "出口"), ("城市", "农村"), ("新建", "改建"), ("国内", "国际")];
    if name == last {
        return name.to_owned();
    }
    let end = name.char_indices().rev().nth(1).map_or(name, |(at, _)| &name[at..]);
    let shared = last.find(end).map(|at| &last[at + end.len()..]);
    let other = HALVES.iter().find(|(half, _)| *half == name);
    let half = other.and_then(|(_, other)| last.strip_prefix(other));
    match shared.or(half).filter(|rest| rest.chars().count() >= 2) {
        Some(rest) => format!("{name}{rest}"),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_are_looked_for_in_folded_text_are_folded() {
        let alike = ALIKE.iter().flat_map(|(word, other)| [*word, *other]);
        for word in SOFT.into_iter().chain(LEANING).chain(alike).chain(MOVED).chain(DEEDS) {
            assert_eq!(fold::squeeze_str(word), word);
        }
    }

    #[test]
    fn no_deed_is_longer_than_is_read() {
        assert!(DEEDS.iter().all(|deed| deed.chars().count() <= LONGEST_DEED));
    }

    #[test]
    fn a_label_is_what_is_counted() {
        for (words, expected) in [
            ("全市地区生产总值增长", "全市地区生产总值"),
            ("失业率控制在", "失业率控制在"),
            ("城乡居民收入分别增长", "城乡居民收入"),
            ("同比增长", ""),
        ] {
            assert_eq!(subject(words), expected, "{words}");
        }
        assert_eq!(lead("组织近"), "组织");
        assert_eq!(lead("组织了约"), "组织");
        assert_eq!(shown("全年，办结案件"), "办结案件");
    }

    #[test]
    fn a_list_names_each_of_its_figures() {
        let told = |list: &str, count| names(list, count).map(|names| names.join("|"));
        assert_eq!(told("一产、二产和三产", 3).as_deref(), Some("一产|二产|三产"));
        assert_eq!(told("甲市、乙市", 2).as_deref(), Some("甲市|乙市"));
        assert_eq!(told("城乡居民收入", 2).as_deref(), Some("城镇居民收入|农村居民收入"));
        assert_eq!(
            told("城镇居民和农村居民人均收入", 2).as_deref(),
            Some("城镇居民人均收入|农村居民人均收入")
        );
        assert_eq!(told("城镇和农村居民收入", 2).as_deref(), Some("城镇居民收入|农村居民收入"));
        assert_eq!(told("规章和规范性文件、合同", 2).as_deref(), Some("规章和规范性文件|合同"));
        assert_eq!(told("案件", 2), None);
    }
}
