//! The figures of a sentence as they are read: each with what it counts, in what, when, and
//! whether it tells what is or what is meant to be. Figures are held against each other by this
//! alone, so that a result is not set beside a goal, however alike their sentences are.

mod marks;
mod row;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use marks::SentenceMarks;
pub(super) use row::row;

use super::counted::FigureSurroundings;
use super::nature::{self, Context, CountPeriod, Stance};
use super::subject;
use crate::han::amount::Amount;
use crate::han::figure;
use crate::han::measure::Measure;
use crate::han::qualifier::{Qualifier, qualifier};
use crate::han::quantity::Quantity;
use crate::han::{fold, is_letter};

/// A figure as it is read.
#[derive(Clone, Debug)]
pub(super) struct FigureReading {
    /// Where it stands in its sentence, without its unit.
    pub(super) range: Range<usize>,
    /// What is told.
    pub(super) amount: Amount,
    /// By how many powers of ten it is counted: 8 for 亿.
    pub(super) power: u32,
    /// Its unit.
    pub(super) unit: String,
    /// What it counts, in words for a reader.
    pub(super) label: String,
    /// What sort of number it is.
    pub(super) measure: Measure,
    /// What it counts and when, as far as others must agree to be held against it.
    pub(super) nature: FigureNature,
}

/// What two figures have in common that tell the same of two years.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct FigureNature {
    said: String,
    unit: String,
    period: CountPeriod,
    stance: Stance,
    is_rank: bool,
}

/// The figures of a sentence that count or measure something, in order.
pub(super) fn read(text: &str, context: Context) -> Vec<FigureReading> {
    let simple = Simplified::of(text);
    let mut readings = figures_of(&simple.text, context);
    if !simple.others.is_empty() {
        readings.iter_mut().for_each(|reading| reading.label = simple.restored(&reading.label));
    }
    readings
}

/// A text in simplified characters, each in the place of the one that it stands for.
struct Simplified<'a> {
    text: Cow<'a, str>,
    /// The characters of the text that were others, by what they are now.
    others: BTreeMap<char, char>,
}

impl<'a> Simplified<'a> {
    fn of(text: &'a str) -> Self {
        let simple = |c: char| {
            let folded = if c < '\u{2e80}' { c } else { fold::first(c) };
            let is_other = folded != c && is_letter(folded) && folded.len_utf8() == c.len_utf8();
            is_other.then_some(folded)
        };
        let mut others = BTreeMap::new();
        if !text.chars().any(|c| simple(c).is_some()) {
            return Self { text: Cow::Borrowed(text), others };
        }
        let mut simplified = String::with_capacity(text.len());
        for c in text.chars() {
            let folded = simple(c);
            folded.into_iter().for_each(|folded| _ = others.entry(folded).or_insert(c));
            simplified.push(folded.unwrap_or(c));
        }
        Self { text: Cow::Owned(simplified), others }
    }

    /// Words of the text as they were.
    fn restored(&self, words: &str) -> String {
        words.chars().map(|c| self.others.get(&c).copied().unwrap_or(c)).collect()
    }
}

fn figures_of(text: &str, context: Context) -> Vec<FigureReading> {
    let marks = SentenceMarks::of(text);
    let items = items(text, &marks);
    let mut reader = SentenceReader {
        text,
        marks,
        context,
        cursor: 0,
        subject: String::new(),
        period: None,
        is_goal: false,
    };
    let mut readings = Vec::with_capacity(items.len());
    let mut rest = &items[..];
    while let Some(first) = rest.first() {
        let count = reader.list(rest);
        let (list, behind) = rest.split_at(count);
        let next = behind.first().map_or(text.len(), |item| item.range.start);
        reader.read(first, (list, next), &mut readings);
        rest = behind;
    }
    readings
}

/// A figure that counts, or two that are the ends of a range.
#[derive(Clone, Debug)]
struct FigureOrRange {
    range: Range<usize>,
    value: Quantity,
    to: Option<Quantity>,
    power: u32,
    percent: bool,
    unit: &'static str,
    measure: Measure,
    /// Where its unit ends.
    end: usize,
}

fn items(text: &str, marks: &SentenceMarks) -> Vec<FigureOrRange> {
    let mut items: Vec<FigureOrRange> = Vec::new();
    for figure in figure::all_figures(text) {
        if marks.is_named(figure.range.start, figure.han)
            || items.last().is_some_and(|item| figure.range.start < item.end)
        {
            continue;
        }
        let around = FigureSurroundings::of(text, &figure.range);
        let Some(unit) = around.unit(&figure) else {
            continue;
        };
        let lower = figure::lower_end(text, &figure, unit);
        if let Some(lower) = &lower {
            items.pop_if(|before| before.range.start == lower.range.start);
        }
        items.push(FigureOrRange {
            range: lower.as_ref().unwrap_or(&figure).range.start..figure.range.end,
            value: lower.as_ref().unwrap_or(&figure).value,
            to: lower.map(|_| figure.value),
            power: figure.power,
            percent: figure.percent,
            unit,
            measure: around.measure(unit),
            end: unit_end(text, figure.range.end, unit),
        });
    }
    items
}

/// Where the unit behind a figure ends.
fn unit_end(text: &str, at: usize, unit: &str) -> usize {
    let rest = &text[at..];
    let bare = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '余' | '餘' | '多'));
    match fold::prefix(bare, unit).filter(|len| *len > 0) {
        Some(len) => text.len() - bare.len() + len,
        None => at,
    }
}

/// A sentence on its way from left to right.
struct SentenceReader<'a> {
    text: &'a str,
    marks: SentenceMarks,
    context: Context,
    /// What was read ends here.
    cursor: usize,
    /// What was spoken of last.
    subject: String,
    /// The time that was told last in this sentence.
    period: Option<CountPeriod>,
    /// Whether a goal was spoken of before.
    is_goal: bool,
}

/// No words before or behind a figure that are longer than this, in bytes, are read.
const REACH: usize = 300;
/// And no more of those behind it than these characters.
const LONGEST_TAIL: usize = 14;

/// The words around a figure.
struct FigureWords {
    /// The words before it in its clause, as they stand.
    lead: String,
    /// A clause without figures before that one.
    clause: String,
    /// What its unit is of.
    tail: String,
    /// Whether no figure behind may be about that as well.
    is_own: bool,
    /// Its time.
    period: Option<CountPeriod>,
}

impl SentenceReader<'_> {
    /// How many figures at the beginning of these are one list.
    fn list(&self, items: &[FigureOrRange]) -> usize {
        let clause = &self.text[self.cursor..items[0].range.start];
        let is_told = clause.contains("分别") || clause.contains("分別");
        let joins = |pair: &[FigureOrRange]| {
            let between = self.text[pair[0].end..pair[1].range.start].trim();
            let between = between.trim_end_matches(['约', '近', '超']);
            let is_joint = matches!(between, "、" | "和" | "与" | "及" | "以及")
                || (is_told && matches!(between, "，" | "," | "；"));
            is_joint && pair[0].unit == pair[1].unit
        };
        1 + items.windows(2).take_while(|pair| joins(pair)).count()
    }

    /// Reads a list of figures, which most often is one.
    fn read(
        &mut self,
        first: &FigureOrRange,
        (list, next): (&[FigureOrRange], usize),
        readings: &mut Vec<FigureReading>,
    ) {
        let words = self.words(first, (list, next));
        let last = list.last().map_or(first.end, |item| item.end);
        let labels = self.labels(&words, list.len());
        let has_baseline = words.lead.trim_end().ends_with(['从', '從', '由']);
        for (item, label) in list.iter().zip(labels) {
            let reading = self.reading(item, label, &words);
            // 从38.7%下降到18%: the first is what an earlier year was told to be.
            readings.extend(Some(reading).filter(|_| !has_baseline));
        }
        self.cursor = if words.is_own { last + words.tail.len() } else { last };
    }

    fn words(&mut self, first: &FigureOrRange, (list, next): (&[FigureOrRange], usize)) -> FigureWords {
        let text = self.text;
        let from = text.floor_char_boundary(first.range.start.saturating_sub(REACH)).max(self.cursor);
        let gap = from..first.range.start;
        let (start, before) = self.marks.clauses(&gap);
        self.period = nature::last_period(&text[from..start]).or(self.period);
        self.is_goal |= nature::says_goal(&text[gap.clone()]);
        let (mut lead, mut clause) = (start..gap.end, before..start);
        // 审结案件（745件）: what stands before the bracket says what it counts.
        let bracket = self.open_bracket(first.range.start).filter(|open| *open >= from);
        if let Some(open) = bracket.filter(|open| *open + 3 >= first.range.start || *open >= start) {
            let inside = &text[open..first.range.start];
            if subject::lead(inside.trim_start_matches(['（', '('])).is_empty() {
                let (start, before) = self.marks.clauses(&(from..open));
                (lead, clause) = (start..open, before..start);
            } else if lead.start < open {
                (clause, lead) = (
                    lead.start..open,
                    open + '（'.len_utf8().min(inside.chars().next().map_or(1, char::len_utf8))
                        ..first.range.start,
                );
            }
        }
        let lead = self.without_brackets(lead);
        let period = nature::own_period(&lead);
        if let Some(period) = nature::last_period(&lead) {
            self.period = Some(period);
        }
        let tail = list.last().map_or(String::new(), |item| self.tail(item, next));
        let clause = self.without_brackets(clause);
        let says_nothing = tail.is_empty() && clause.is_empty() && subject::lead(&lead).trim().is_empty();
        match list {
            [item] if says_nothing => {
                FigureWords { lead, clause, tail: self.between(item, next), is_own: false, period }
            }
            _ => FigureWords { lead, clause, tail, is_own: true, period },
        }
    }

    /// Where the bracket opens that a place lies in.
    fn open_bracket(&self, at: usize) -> Option<usize> {
        let next = self.marks.brackets.partition_point(|range| range.end <= at);
        self.marks.brackets.get(next).filter(|range| range.start <= at).map(|range| range.start)
    }

    /// The words of a stretch without what stands in whole brackets.
    fn without_brackets(&self, stretch: Range<usize>) -> String {
        let next = self.marks.brackets.partition_point(|range| range.start < stretch.start);
        let mut words = String::new();
        let mut at = stretch.start;
        for bracket in self.marks.brackets[next..].iter().take_while(|bracket| bracket.end <= stretch.end) {
            words.push_str(&self.text[at..bracket.start]);
            at = bracket.end;
        }
        words.push_str(&self.text[at..stretch.end.max(at)]);
        words
    }

    /// What the unit of a figure is of: 745件行政复议案件. What belongs to the next figure is not.
    fn tail(&self, item: &FigureOrRange, next: usize) -> String {
        let rest = &self.text[item.end..next.max(item.end)];
        let is_end = |c: char| !is_letter(c) && !matches!(c, '“' | '”' | '《' | '》');
        let end = rest.find(is_end).unwrap_or(rest.len());
        let tail = &rest[..end];
        let tail = match end == rest.len() && next < self.text.len() {
            // No mark parts this figure from the next one: 出台5项制度和召开3次会议.
            true => ["和", "及", "与", "并"]
                .iter()
                .find_map(|word| Some(&tail[..tail.rfind(word)?]))
                .unwrap_or_default(),
            false => tail,
        };
        let is_function = tail
            .starts_with(['以', '左', '的', '，', '之', '增', '下', '上', '提', '降', '减'])
            || tail.is_empty();
        let short = tail.char_indices().nth(LONGEST_TAIL).map_or(tail.len(), |(at, _)| at);
        if is_function
            || matches!(item.unit, "元" | "年" | "天" | "日")
            || item.percent && !tail.starts_with("的")
        {
            return String::new();
        }
        tail[..short].to_owned()
    }

    /// The words between a figure that nothing stands before and the next one: 为80名职工追回3万元.
    fn between(&self, item: &FigureOrRange, next: usize) -> String {
        let rest = &self.text[item.end..next.max(item.end)];
        let words = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        words.chars().take(LONGEST_TAIL).collect()
    }

    /// What each figure of a list counts.
    fn labels(&mut self, words: &FigureWords, count: usize) -> Vec<String> {
        let lead = subject::lead(&words.lead).trim_start();
        let bare = lead.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '《' | '“'));
        // 新建林地5亩、绿地3亩: what a list goes on with says enough.
        let is_listed = lead.starts_with(['、', '和', '及', '与', '以']) && bare.chars().count() > 1;
        let lead = bare.trim_start_matches("以及").trim_start_matches(['和', '及', '与']).to_owned();
        if count > 1 {
            let listed = lead.replace("分别", "").replace("分別", "");
            let movement = subject::movement(&listed).to_owned();
            let told = subject::subject(&listed).to_owned();
            let told = if told.is_empty() { self.subject.clone() } else { told };
            self.subject.clone_from(&told);
            let names = subject::names(&told, count);
            let numbered = || (1..=count).map(|number| format!("{told}（第{number}项）")).collect();
            let names: Vec<String> = names.unwrap_or_else(numbered);
            return names.into_iter().map(|name| format!("{name}{movement}{}", words.tail)).collect();
        }
        let leans =
            words.tail.is_empty() && subject::leans(&lead) && !(is_listed && subject::subject(&lead) == lead);
        let label = match leans {
            true => subject::joined(&self.spoken_of(words), &lead),
            false => format!("{lead}{}", words.tail),
        };
        if !leans || self.subject.is_empty() {
            subject::subject(&lead).clone_into(&mut self.subject);
        }
        vec![label]
    }

    /// What was spoken of before a clause that leans on it.
    fn spoken_of(&mut self, words: &FigureWords) -> String {
        let clause = words.clause.trim_end_matches(|c: char| !is_letter(c) && !matches!(c, '》' | '”'));
        let says = subject::label_key(clause).chars().count() >= 3 && nature::last_period(clause).is_none();
        if says {
            subject::subject(clause).trim().clone_into(&mut self.subject);
        }
        self.subject.clone()
    }

    fn reading(&self, item: &FigureOrRange, label: String, words: &FigureWords) -> FigureReading {
        let text = self.text;
        let told = &text[item.range.clone()];
        let inside = told.contains(['余', '餘', '多']).then_some(Qualifier::AtLeast);
        let beside = qualifier(&text[..item.range.start], &text[item.range.end..]);
        let is_top = text[..item.range.start].ends_with('前') && item.measure == Measure::Rank;
        let qualifier = beside.or(inside).or(is_top.then_some(Qualifier::AtMost));
        let stance = match self.context.stance {
            Some(stance) => stance,
            None if self.is_goal => Stance::Target,
            None => Stance::Result,
        };
        let measure = match item.measure {
            Measure::Target | Measure::Flow | Measure::Stock if stance == Stance::Target => Measure::Target,
            measure => measure,
        };
        let nature = FigureNature {
            said: subject::label_key(&label),
            unit: item.unit.to_owned(),
            period: words.period.or(self.period).unwrap_or(self.context.period),
            stance,
            is_rank: item.measure == Measure::Rank,
        };
        FigureReading {
            range: item.range.clone(),
            amount: Amount { value: item.value, to: item.to, qualifier },
            power: item.power,
            unit: item.unit.to_owned(),
            label: subject::shown(&label),
            measure,
            nature,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let readings = read(text, Context::default());
        readings.iter().map(|reading| format!("{} {}", reading.label, &text[reading.range.clone()])).collect()
    }

    #[test]
    fn a_figure_that_nothing_stands_before_is_of_what_stands_behind() {
        assert_eq!(told("为80名职工追回3万元。"), ["职工追回 80", "职工追回 3万"]);
        assert_eq!(told("出台5项制度和召开3次会议。"), ["出台制度 5", "召开会议 3"]);
    }

    #[test]
    fn words_of_the_text_are_shown_as_they_are_written() {
        assert_eq!(told("審結行政復議案件745件。"), ["審結行政復議案件 745"]);
    }

    #[test]
    fn hostile_sentences_cost_no_more_than_their_length() {
        let many = 4_000;
        for piece in [
            "办结5件、",
            "办结5件",
            "5件和",
            "《5件",
            "（5件",
            "增长5%，",
            "从5%到6%",
            "5—6件、",
            "今年5件，",
        ] {
            let text = piece.repeat(many);
            assert!(read(&text, Context::default()).len() <= 2 * many);
        }
    }
}
