//! Parts and the whole that they are of: 22项，其中收回15项、新增7项; 172件（市级100件，区级72件）; 69件、64件，合计133件.

use super::counts::{MARKS, NumberRange, ToldCount, before, between, is_label};
use super::finding::ArithmeticFinding;
use crate::diag::Words;

/// No label of a part has more characters.
const LONGEST_LABEL: usize = 24;
/// No list of parts that anybody adds up is longer.
const MOST_PARTS: usize = 40;

/// Words before the last part that say that there are no others.
const REST: [&str; 7] = ["其余", "其他", "其它", "剩余", "余下", "另外", "另有"];
/// Words before a total of what stands before it.
const TOTALS: [&str; 6] = ["合计", "共计", "总计", "总共", "合共", "共"];

/// A whole and the parts of it that a sentence tells, by their numbers among its counts.
pub(super) struct WholeAndParts {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
    /// Whether the sentence says that these are all.
    is_complete: bool,
    /// Whether nothing but 、 and 和 parts them, so that all of them belong to 其中.
    is_tight: bool,
}

/// How a list of parts is opened.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ListOpening {
    /// 其中, 包括.
    Among,
    /// 共…，分别为.
    Each,
    /// （ without 其中.
    Bracket,
}

/// Every whole with parts behind it.
pub(super) fn wholes(text: &str, told: &[ToldCount]) -> Vec<WholeAndParts> {
    let mut found = Vec::new();
    for total in 0..told.len().saturating_sub(1) {
        let opened = opening(text, told, total).filter(|_| told[total].unit == told[total + 1].unit);
        let opened = opened.filter(|_| !told[total].is_share());
        found.extend(opened.map(|opening| gather(text, told, total, opening)));
    }
    found
}

/// How the list behind the count `total` is opened, if it is.
fn opening(text: &str, told: &[ToldCount], total: usize) -> Option<ListOpening> {
    let gap = between(text, &told[total], &told[total + 1]);
    if let Some((head, label)) = gap.split_once("其中") {
        let head = head.trim_end_matches(['，', ',', '（', '(', '；', '：', ':', ' ']);
        let label = label.trim_start_matches(['，', ',', '：', ':', '有']);
        return (is_label(head, 12) && is_label(label, LONGEST_LABEL)).then_some(ListOpening::Among);
    }
    for word in ["分别为", "分别是"] {
        if let Some((head, label)) = gap.split_once(word) {
            let is_total = before(text, told, total).contains("共");
            let head = head.trim_end_matches(['，', ',']);
            return (is_total && label.is_empty() && is_label(head, 12)).then_some(ListOpening::Each);
        }
    }
    let (head, label) = gap.split_once(['（', '('])?;
    let is_other = ["含", "包括", "比", "同比", "较", "增", "减", "上年", "超", "截至", "折", "约", "每"]
        .iter()
        .any(|word| label.contains(word));
    let is_list = is_label(head, 8) && is_label(label, LONGEST_LABEL) && !label.is_empty() && !is_other;
    is_list.then_some(ListOpening::Bracket)
}

/// What parts two parts of a list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ListJoint {
    Pause,
    Comma,
}

/// What stands between two parts, and the label of the second; nothing where the list ends.
fn joint(gap: &str) -> Option<(ListJoint, &str)> {
    let pauses = ["、", "以及", "及", "和"];
    let commas = ["，", ",", "；", ";"];
    let after = |marks: &[&str]| marks.iter().find_map(|mark| gap.strip_prefix(mark));
    let (kind, label) = match after(&pauses) {
        Some(label) => (ListJoint::Pause, label),
        None => (ListJoint::Comma, after(&commas)?),
    };
    is_label(label, LONGEST_LABEL).then_some((kind, label))
}

/// The parts behind the count `total`.
fn gather(text: &str, told: &[ToldCount], total: usize, opening: ListOpening) -> WholeAndParts {
    let mut parts = vec![total + 1];
    let (mut last, mut first_joint, mut is_rest, mut is_tight) = (total + 1, None, false, true);
    for at in total + 2..told.len().min(total + MOST_PARTS) {
        let gap = between(text, &told[last], &told[at]);
        // A remark about the part before: 其中发明专利12156件、增长23.8%.
        if matches!(&*told[at].unit, "%" | "个百分点" | "倍") && !gap.contains(['（', '）']) {
            last = at;
            continue;
        }
        let Some((joint, label)) = joint(gap).filter(|_| told[at].unit == told[total].unit) else { break };
        let says_rest = REST.iter().any(|word| label.starts_with(word));
        if *first_joint.get_or_insert(joint) == ListJoint::Pause && joint == ListJoint::Comma && !says_rest {
            break;
        }
        is_tight &= joint == ListJoint::Pause;
        is_rest = says_rest;
        parts.push(at);
        last = at;
    }
    let behind = text.get(told[last].end..).unwrap_or_default();
    let is_closed = match opening {
        ListOpening::Among => is_rest,
        ListOpening::Each => behind.is_empty() || behind.starts_with(MARKS),
        ListOpening::Bracket => behind.starts_with(['）', ')']),
    };
    WholeAndParts { total, is_complete: is_closed && parts.len() > 1, is_tight, parts }
}

/// Whether parts overlap by their nature: 50亿元以上 and 10亿元以上.
fn overlaps(text: &str, told: &[ToldCount], whole: &WholeAndParts) -> bool {
    let (Some(first), Some(last)) = (whole.parts.first(), whole.parts.last()) else { return true };
    let list = text.get(told[*first - 1].end..told[*last].end).unwrap_or_default();
    let behind = text.get(told[*last].end..).unwrap_or_default();
    list.contains("以上") || list.contains("以下") || behind.starts_with("以上") || list.contains("其中有")
}

fn sum<'t>(parts: impl Iterator<Item = &'t ToldCount>) -> NumberRange {
    let nought = NumberRange::exactly(0.into());
    parts.fold(nought, |sum, part| sum.plus(part.bounds))
}

fn plain_sum<'t>(parts: impl Iterator<Item = &'t ToldCount>) -> Option<String> {
    let sum = parts
        .map(|part| part.value)
        .try_fold(0.into(), |sum: crate::han::quantity::Quantity, value| sum.plus(value));
    Some(sum?.plain().to_string())
}

/// What does not add up of the wholes of a sentence.
pub(super) fn unequal(text: &str, told: &[ToldCount], wholes: &[WholeAndParts]) -> Vec<ArithmeticFinding> {
    let mut found: Vec<ArithmeticFinding> =
        wholes.iter().filter_map(|whole| of_whole(text, told, whole)).collect();
    found.extend((2..told.len()).filter_map(|total| of_total(text, told, total)));
    found
}

fn of_whole(text: &str, told: &[ToldCount], whole: &WholeAndParts) -> Option<ArithmeticFinding> {
    let total = &told[whole.total];
    let parts = || whole.parts.iter().map(|at| &told[*at]);
    let (sum, unit) = (sum(parts()), &total.unit);
    let shown = total.value.plain();
    let at = total.range.start..total.end;
    if whole.is_complete && sum.is_apart(total.bounds) {
        return Some(differs(at, &plain_sum(parts())?, &format!("{shown}{unit}")));
    }
    if overlaps(text, told, whole) {
        return None;
    }
    if let Some(larger) = parts().find(|part| part.bounds.is_above(total.bounds)) {
        let part = larger.value.plain();
        let words = Words::new(
            format!("其中的一项是 {part}{unit}，比总数 {shown}{unit} 还多"),
            format!("one of the parts is {part}, more than the whole, {shown}"),
        );
        return Some(ArithmeticFinding { code: "figure/sum", at: larger.range.start..larger.end, words });
    }
    let is_more = whole.is_tight && whole.parts.len() > 1 && sum.is_above(total.bounds);
    is_more.then(|| {
        let sum = plain_sum(parts()).unwrap_or_default();
        let words = Words::new(
            format!("其中各项相加是 {sum}{unit}，比总数 {shown}{unit} 还多"),
            format!("the parts add up to {sum}, more than the whole, {shown}"),
        );
        ArithmeticFinding { code: "figure/sum", at, words }
    })
}

fn differs(at: std::ops::Range<usize>, sum: &str, shown: &str) -> ArithmeticFinding {
    let words = Words::new(
        format!("各项相加是 {sum}，写明的总数是 {shown}"),
        format!("the parts add up to {sum}, and the total is given as {shown}"),
    );
    ArithmeticFinding { code: "figure/sum", at, words }
}

/// A total behind what it is of: 69件、64件和15件，合计148件. Where its list begins is not said, so that it is
/// told only where no beginning gives it.
fn of_total(text: &str, told: &[ToldCount], at: usize) -> Option<ArithmeticFinding> {
    let total = &told[at];
    let word = between(text, &told[at - 1], total).trim_start_matches(['，', ',', '、', '；', '（', '(']);
    let word = word.trim_end_matches(['为', '是', '约', '近', '有', '达']);
    let behind = text.get(total.end..).unwrap_or_default();
    let is_end = behind.is_empty() || behind.starts_with(MARKS);
    if total.is_share() || !TOTALS.contains(&word) || (word == "共" && !is_end) {
        return None;
    }
    let mut first = at - 1;
    while first > 0 && at - first < MOST_PARTS && told[first].unit == total.unit {
        let joined = joint(between(text, &told[first - 1], &told[first])).is_some();
        if !joined || told[first - 1].unit != total.unit {
            break;
        }
        first -= 1;
    }
    let fits = |start: usize| !sum(told[start..at].iter()).is_apart(total.bounds);
    if at - first < 2 || told[first].unit != total.unit || (first..at - 1).any(fits) {
        return None;
    }
    let shown = format!("{}{}", total.value.plain(), total.unit);
    Some(differs(total.range.start..total.end, &plain_sum(told[first..at].iter())?, &shown))
}
