//! Shares and rates against the counts that they are of: 其中A 12件，占40%; 办结745件，纠错率40.02%.

use super::counts::{ToldCount, before, between, is_label};
use super::finding::ArithmeticFinding;
use super::parts::WholeAndParts;
use crate::diag::Words;
use crate::han::quantity::Quantity;

/// What may stand between 占 and a share that names no base of its own.
const UNNAMED: [&str; 9] = ["", "比", "比为", "比达", "比例为", "总数的", "总量的", "全部的", "了"];
/// Rates of cases that were closed, which are counted one by one.
const RATES: [&str; 7] = ["胜诉率", "败诉率", "纠错率", "调解率", "和解率", "调撤率", "维持率"];
/// Words before a number of cases that were closed.
const CLOSED: [&str; 4] = ["审结", "办结", "结案", "办理行政复议"];
/// In what cases are counted.
const CASES: [&str; 3] = ["件", "宗", "起"];
/// So many counts before a rate are held against it.
const MOST_BASES: usize = 6;

/// Whether a sentence may tell how many cases were closed.
pub(super) fn may_tell(sentence: &str) -> bool {
    CLOSED.iter().any(|word| sentence.contains(word))
}

/// What cannot be worked out of the shares and rates of a sentence.
pub(super) fn unfounded(text: &str, told: &[ToldCount], wholes: &[WholeAndParts]) -> Vec<ArithmeticFinding> {
    let shares = (1..told.len()).filter(|at| told[*at].is_share() && told[*at].is_plain);
    shares
        .filter_map(|at| {
            of_base(text, told, at)
                .or_else(|| of_whole(text, told, wholes, at))
                .or_else(|| of_rate(text, told, at))
        })
        .collect()
}

/// Whether `share` is what `part` is of `whole`, rounded or cut off.
fn fits(part: &ToldCount, whole: &ToldCount, share: &ToldCount) -> bool {
    !part.bounds.hundredths(whole.bounds).is_apart(share.written())
}

/// 148件，占304件的48.7%.
fn of_base(text: &str, told: &[ToldCount], at: usize) -> Option<ArithmeticFinding> {
    let (part, base) = (told.get(at.checked_sub(2)?)?, &told[at - 1]);
    let gap = between(text, part, base).trim_start_matches(['，', ',']);
    let is_of = between(text, base, &told[at]) == "的" && gap.ends_with('占') && is_label(gap, 8);
    let is_told = is_of && part.unit == base.unit && !fits(part, base, &told[at]);
    is_told.then(|| finding(part, base, &told[at])).flatten()
}

/// 其中12件，占40%: the base is the whole that the part is of. Others of the sentence may be meant, and if one
/// of them gives the share, nothing is said.
fn of_whole(
    text: &str,
    told: &[ToldCount],
    wholes: &[WholeAndParts],
    at: usize,
) -> Option<ArithmeticFinding> {
    let (part, share) = (&told[at - 1], &told[at]);
    let gap = between(text, part, share).trim_start_matches(['，', ',', '、', '（', '(']);
    let whole = wholes.iter().find(|whole| whole.parts.contains(&(at - 1)))?;
    let is_share = gap.strip_prefix('占').is_some_and(|rest| UNNAMED.contains(&rest));
    if !is_share && !is_rate_of(gap, before(text, told, at - 1)) {
        return None;
    }
    let mut bases = told[..at - 1].iter().filter(|base| base.unit == part.unit);
    let is_founded = bases.any(|base| fits(part, base, share));
    if is_founded { None } else { finding(part, &told[whole.total], share) }
}

/// Whether a rate is by its name that of a part: 主动公开公文 and 公文公开率.
fn is_rate_of(gap: &str, label: &str) -> bool {
    let label = label.rsplit("其中").next().unwrap_or_default();
    rate(gap).is_some_and(|name| is_label(name, 12) && is_alike(name, label))
}

/// Whether the name of a rate and a label have two characters in common that stand side by side.
fn is_alike(name: &str, label: &str) -> bool {
    let stem: Vec<char> = name.trim_end_matches('率').chars().rev().take(8).collect();
    stem.windows(2).any(|pair| label.contains(&String::from_iter([pair[1], pair[0]])))
}

/// The name of the rate that ends these words.
fn rate(words: &str) -> Option<&str> {
    let name = words.trim_end_matches(['为', '达', '是', '到', '至']);
    name.ends_with('率').then_some(name)
}

/// 办结745件，综合纠错率40.02%: no number of the cases gives it.
fn of_rate(text: &str, told: &[ToldCount], at: usize) -> Option<ArithmeticFinding> {
    let (share, words) = (&told[at], before(text, told, at));
    let name = rate(words)?.rsplit(['，', '、', '；']).next()?;
    if !RATES.iter().any(|rate| name.ends_with(rate)) || name.contains("分别") {
        return None;
    }
    let is_base = |base: &usize| {
        let label = before(text, told, *base).rsplit(['，', '；', '：']).next().unwrap_or_default();
        let is_closed = CLOSED.iter().any(|word| label.contains(word));
        told[*base].is_count() && CASES.contains(&&*told[*base].unit) && is_closed && !is_alike(name, label)
    };
    let bases: Vec<&ToldCount> =
        (0..at).rev().take(MOST_BASES).filter(is_base).map(|base| &told[base]).collect();
    let nearest = bases.first()?;
    let pairs = bases.windows(2).filter_map(|pair| pair[0].value.plus(pair[1].value));
    let is_founded = bases.iter().map(|base| base.value).chain(pairs).any(|base| is_share_of(base, share));
    if is_founded {
        return None;
    }
    let (value, unit) = (share.value, &nearest.unit);
    let all: Vec<String> = bases.iter().rev().map(|base| base.value.plain().to_string()).collect();
    let words = Words::new(
        format!("以这句话写明的 {} {unit}为基数，得不到 {value}%", all.join("、")),
        format!("no number of cases out of {} gives {value} %", all.join(", ")),
    );
    Some(ArithmeticFinding { code: "figure/rate", at: share.range.clone(), words })
}

/// Whether a whole number out of `base` is this share, rounded.
fn is_share_of(base: Quantity, share: &ToldCount) -> bool {
    let near = share.bounds;
    let (Some(low), Some(high), false) = (near.low, near.high, base.is_zero()) else { return true };
    let Some(hundredth) = Quantity::from_digits(1, 2) else { return true };
    let count = |share: Quantity| share.times(base).and_then(|count| count.times(hundredth));
    let (Some(low), Some(high)) = (count(low), count(high)) else { return true };
    // The first whole number that is not below the lower end.
    let whole = low.ceiling();
    whole <= high
}

fn finding(part: &ToldCount, base: &ToldCount, share: &ToldCount) -> Option<ArithmeticFinding> {
    let decimals = share.value.to_string().split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let found = part.value.hundredths(base.value, u32::try_from(decimals + 1).ok()?)?;
    let (part, unit, base, said) = (part.value.plain(), &base.unit, base.value.plain(), share.value);
    let words = Words::new(
        format!("{part}{unit}是 {base}{unit}的 {found}%，写的是 {said}%"),
        format!("{part} is {found} % of {base}, and {said} % is given"),
    );
    Some(ArithmeticFinding { code: "figure/share", at: share.range.clone(), words })
}
