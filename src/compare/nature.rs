//! Of which time and of what standing a figure is, as its sentence and its heading tell: a result
//! of a year is not held against one of five years, against a yearly average, or against a goal.

use std::hash::{DefaultHasher, Hasher};
use std::sync::LazyLock;

use super::letters::Letters;
use super::text::ComparedText;
use crate::han::fold;

/// The time that a figure counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum CountPeriod {
    /// One year, which goes without saying.
    #[default]
    Year,
    /// A term of years, told by words that have this number: 五年来, "十三五"期间, 累计.
    Term(u64),
    /// What it is on average, by the word for it: 年均, 日均.
    Average(&'static str),
    /// A part of a year, told by words that have this number: 上半年, 1—11月.
    Part(u64),
    /// A day, as 截至 tells.
    Day,
}

/// Whether a figure tells what is, or what is meant to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Stance {
    /// What is.
    #[default]
    Result,
    /// What is meant to be.
    Target,
}

/// What a sentence says of all figures in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// The time that its heading or a sentence before it tells.
    pub(super) period: CountPeriod,
    /// What its headings tell.
    pub(super) stance: Option<Stance>,
}

/// Words in headings of what is to be done.
const PLANNED: [&str; 20] = [
    "下一步",
    "下一年",
    "明年",
    "工作安排",
    "打算",
    "工作计划",
    "工作部署",
    "展望",
    "今后",
    "目标任务",
    "主要任务",
    "重点任务",
    "总体要求",
    "工作思路",
    "总体思路",
    "工作要求",
    "奋斗目标",
    "主要目标",
    "预期目标",
    "重点工作",
];
/// Words in headings of what was done.
const DONE: [&str; 11] =
    ["回顾", "成效", "进展", "过去", "做法", "成绩", "总结", "取得", "去年", "主要举措", "情况"];
/// Words of a sentence that tell a goal.
const GOALS: [&str; 8] = ["力争", "预期", "目标", "争取", "拟", "计划", "确保", "努力实现"];
static GOAL_LETTERS: LazyLock<[Letters; 8]> = LazyLock::new(|| GOALS.map(Letters::of));
/// Words of one year.
const YEAR: [&str; 9] = ["全年", "今年", "去年", "一年来", "年内", "当年", "本年", "年度内", "过去一年"];
/// Words of a term that stand for themselves.
const TERM: [&str; 9] =
    ["本届政府", "任期", "历年", "改革开放以来", "成立以来", "建市以来", "启动以来", "开展以来", "大以来"];
/// Words of a part of a year.
const PART: [&str; 8] = ["上半年", "下半年", "前三季度", "一季度", "二季度", "三季度", "四季度", "第一季度"];
/// Words of an average, each with what it is the average of.
const AVERAGES: [(&str, &str); 11] = [
    ("年均", "年"),
    ("每年", "年"),
    ("年平均", "年"),
    ("逐年", "年"),
    ("日均", "日"),
    ("每天", "日"),
    ("每日", "日"),
    ("月均", "月"),
    ("每月", "月"),
    ("每季度", "季"),
    ("每周", "周"),
];
/// Words of a day.
const DAY: [&str; 5] = ["截至", "截止", "截至目前", "截止目前", "到目前"];

/// Whether a character is one of those of which words that tell a time have one.
fn is_sign(c: char) -> bool {
    matches!(c, '年' | '月' | '季' | '届' | '任' | '以' | '截' | '到' | '五')
}

/// Whether they begin with it.
fn is_beginning(c: char) -> bool {
    let is_word =
        matches!(c, '全' | '今' | '去' | '年' | '当' | '本' | '过' | '任' | '历' | '改' | '成' | '建');
    let is_number = matches!(c, '一' | '二' | '三' | '四' | '第');
    is_word || is_number || matches!(c, '启' | '开' | '大' | '上' | '下' | '前' | '截' | '到')
}

/// What every sentence of a text is told by its headings and by the sentences before it.
pub(super) fn contexts(text: &ComparedText<'_>) -> Vec<Context> {
    let sections = of_sections(text);
    let mut contexts = Vec::with_capacity(text.sentences.len());
    let (mut section, mut period) = (usize::MAX, CountPeriod::Year);
    for sentence in &text.sentences {
        if sentence.section != section {
            section = sentence.section;
            period = sections[section].period;
        }
        // What a sentence begins with holds until another begins with something else.
        let opening = sentence.text.split(['，', ',', '：', ':']).next().unwrap_or_default();
        if opening.chars().take(LONGEST_OPENING + 1).count() <= LONGEST_OPENING && may_tell_time(opening) {
            period = last_period(&fold::fold_str(opening)).unwrap_or(period);
        }
        let period = if matches!(period, CountPeriod::Year | CountPeriod::Term(_)) {
            period
        } else {
            CountPeriod::Year
        };
        contexts.push(Context { period, stance: sections[section].stance });
    }
    contexts
}

/// Whether words have a sign of a time once they are folded; most have none, and need not be.
fn may_tell_time(words: &str) -> bool {
    words.chars().any(|c| fold::fold_char(c).any(is_sign))
}

/// Words before the first comma of a sentence tell its time, if they are no more than these.
const LONGEST_OPENING: usize = 12;

/// What every section of a text tells by its title and by those of the sections that it stands in.
fn of_sections(text: &ComparedText<'_>) -> Vec<Context> {
    let mut told: Vec<(Option<CountPeriod>, Option<Stance>)> = Vec::with_capacity(text.sections.len());
    for section in &text.sections {
        let title = fold::fold_str(section.title);
        let (period, stance) = section.parent.map_or((None, None), |parent| told[parent]);
        // A chapter tells what all in it is; a title below may speak of the goals of something else.
        told.push((last_period(&title).or(period), stance.or_else(|| own_stance(&title))));
    }
    told.into_iter().map(|(period, stance)| Context { period: period.unwrap_or_default(), stance }).collect()
}

/// What a title tells by itself of what was done or is to be done.
fn own_stance(title: &str) -> Option<Stance> {
    let says = |words: &[&str]| words.iter().any(|word| title.contains(word));
    match (says(&DONE), says(&PLANNED)) {
        (true, _) => Some(Stance::Result),
        (false, true) => Some(Stance::Target),
        _ => None,
    }
}

/// The time of a figure: what its own words say, or else what was said last before it.
pub(super) fn own_period(lead: &str) -> Option<CountPeriod> {
    // Every such word has one of these characters.
    let may_be = lead.contains(['均', '每', '逐']);
    let average = AVERAGES.iter().filter(|_| may_be).find(|(word, _)| lead.contains(word));
    match average {
        Some((_, of)) => Some(CountPeriod::Average(of)),
        None if lead.contains("累计") => Some(CountPeriod::Term(hash("累计"))),
        None => last_period(lead),
    }
}

/// The last time that words tell, unless something is held against that: 比去年.
pub(super) fn last_period(words: &str) -> Option<CountPeriod> {
    if !words.contains(is_sign) {
        return None;
    }
    let mut last: Option<(usize, CountPeriod)> = None;
    let mut note = |at: usize, period: CountPeriod| {
        let is_base = words[..at].ends_with(['比', '较', '与', '同', '按']);
        if !is_base && last.is_none_or(|(before, _)| at >= before) {
            last = Some((at, period));
        }
    };
    for (at, _) in words.match_indices(is_beginning) {
        let rest = &words[at..];
        let first = |set: &[&'static str]| set.iter().copied().find(|word| rest.starts_with(word));
        let periods = [
            first(&YEAR).map(|_| CountPeriod::Year),
            first(&TERM).map(|word| CountPeriod::Term(hash(word))),
            first(&PART).map(|word| CountPeriod::Part(hash(word))),
            first(&DAY).map(|_| CountPeriod::Day),
        ];
        periods.into_iter().flatten().for_each(|period| note(at, period));
    }
    for (at, period) in terms(words).chain(months(words)).chain(years(words)) {
        note(at, period);
    }
    last.map(|(_, period)| period)
}

/// 五年来, 近三年, "十三五"期间 and the like, each with its place.
fn terms(words: &str) -> impl Iterator<Item = (usize, CountPeriod)> + '_ {
    let behind = ["年来", "年间", "五”", "五\"", "五’", "年以来"];
    let places = words.match_indices(['年', '五']).map(|(at, _)| at);
    let ends = places.filter_map(move |at| {
        let word = behind.into_iter().find(|word| words[at..].starts_with(word))?;
        Some((at, word))
    });
    let term = |(at, word): (usize, &str)| {
        // “八五”普法 is a plan; only what is during it is of its years.
        let behind = &words[at + word.len()..];
        let is_plan =
            word.starts_with('五') && !["期间", "时期", "以来"].iter().any(|word| behind.starts_with(word));
        let number: String =
            words[..at].chars().rev().take_while(|c| !matches!(c, '，' | ',' | '“' | '"')).take(4).collect();
        // 一年来 and 今年以来 are of one year, and 近年来 says nothing of how many.
        let is_one = number.starts_with(['一', '近'])
            || number.starts_with('今')
            || number.starts_with(|c: char| c.is_ascii_digit() && word == "年以来");
        (!is_one && !is_plan).then(|| (at, CountPeriod::Term(hash(&number))))
    };
    let places = words.match_indices(['近', '过']).map(|(at, _)| at);
    let near = places.filter(|at| ["近", "过去"].iter().any(|word| words[*at..].starts_with(word)));
    let near = near.filter_map(move |at| {
        let rest = words[at..].trim_start_matches(['近', '过', '去']);
        let number: String = rest.chars().take_while(|c| *c != '年').take(3).collect();
        let is_term = rest[number.len()..].starts_with('年') && !number.is_empty() && number != "一";
        is_term.then(|| (at, CountPeriod::Term(hash(&number))))
    });
    ends.filter_map(term).chain(near)
}

/// 2021年, each with its place.
fn years(words: &str) -> impl Iterator<Item = (usize, CountPeriod)> + '_ {
    let is_year = |at: &usize| {
        let year = at.checked_sub(4).and_then(|start| words.get(start..*at));
        let is_number = year.is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
        let before = at.checked_sub(4).and_then(|start| words.get(..start)).unwrap_or_default();
        // 到2025年 is a day to come, and 自2015年 begins a term.
        is_number && !before.ends_with(['到', '至', '自', '从', '比', '较', '与', '—', '-'])
    };
    words.match_indices('年').map(|(at, _)| at).filter(is_year).map(|at| (at, CountPeriod::Year))
}

/// 1—11月 and 前10个月, each with its place; a single month is a part as well.
fn months(words: &str) -> impl Iterator<Item = (usize, CountPeriod)> + '_ {
    words.match_indices('月').filter_map(|(at, _)| {
        let before = words[..at].trim_end_matches('个');
        let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
        // 7月6日 is a day of something, and 3个月 how long it lasts.
        let is_day = words[at..].chars().nth(1).is_some_and(|c| c.is_ascii_digit());
        let lasts = words[..at].ends_with('个') && !before[..before.len() - digits].ends_with('前');
        let month = (digits > 0 && !is_day && !lasts).then(|| &before[before.len() - digits..])?;
        Some((at, CountPeriod::Part(hash(month))))
    })
}

/// Whether words tell a goal.
pub(super) fn says_goal(words: &str) -> bool {
    let letters = Letters::of(words);
    GOAL_LETTERS.iter().zip(GOALS).any(|(needed, word)| letters.has(needed) && words.contains(word))
}

fn hash(words: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(words.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_time_have_a_sign_of_it() {
        for word in [&YEAR[..], &TERM, &PART, &DAY].concat() {
            assert!(word.contains(is_sign) && word.starts_with(is_beginning), "{word}");
        }
    }

    #[test]
    fn a_year_a_term_and_an_average_are_different_times() {
        let five = last_period("五年来").unwrap();
        assert!(matches!(five, CountPeriod::Term(_)));
        for (words, expected) in [
            ("全年新增就业", Some(CountPeriod::Year)),
            ("过去五年", Some(five)),
            ("近五年", Some(five)),
            ("一年来", Some(CountPeriod::Year)),
            ("今年以来", Some(CountPeriod::Year)),
            ("比去年增长", None),
            ("新增就业", None),
            ("截至年底", Some(CountPeriod::Day)),
            ("五年来…去年", Some(CountPeriod::Year)),
        ] {
            assert_eq!(last_period(words), expected, "{words}");
        }
        for different in ["近三年", "“十三五”期间", "上半年", "1—11月", "本届政府"] {
            let found = last_period(different);
            assert!(
                found.is_some() && found != Some(five) && found != Some(CountPeriod::Year),
                "{different} {found:?}"
            );
        }
        assert_eq!(own_period("年均增长"), Some(CountPeriod::Average("年")));
        assert_ne!(own_period("累计办理"), own_period("办理"));
    }

    #[test]
    fn headings_tell_whether_something_is_done_or_meant() {
        let text = ComparedText::from_parts(&[
            ("a", 1, "2021年工作回顾", vec!["五年来，办结5件。", "全市办结6件。", "去年，办结7件。"]),
            ("b", 2, "依法行政", vec!["办结8件。"]),
            ("c", 1, "2022年重点任务", vec!["办结9件。"]),
        ]);
        let found = contexts(&text);
        let stances: Vec<_> = found.iter().map(|context| context.stance).collect();
        assert_eq!(stances[3..], [Some(Stance::Result), Some(Stance::Target)]);
        let is_term: Vec<_> =
            found.iter().map(|context| matches!(context.period, CountPeriod::Term(_))).collect();
        assert_eq!(is_term, [true, true, false, false, false]);
    }
}
