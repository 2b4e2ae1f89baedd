//! Finding the words that a declared figure comes from. Four kinds of place are looked at in
//! turn, and the first kind that has the figure decides: the quote that the author gave, a
//! sentence with the indicator's name, a table's row or column, the only place in the prose.
//! Nothing here knows how a document is written down: it sees passages and claims.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

use self::wanted::{Ends, Wanted, says_decline};
use crate::han::figure::{self, Figure};
use crate::han::fold::{self, Folded};
use crate::han::quantity::Quantity;
use crate::han::unseen::Seen;
use crate::han::{numeral, sentence};

mod wanted;

/// A part of a document as plain text, in the document's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Passage {
    /// A paragraph, a heading, an item of a list.
    Prose {
        /// What is read, without any mark-up.
        text: String,
    },
    /// A table, cell by cell.
    Table {
        /// The cells of the header.
        header: Vec<String>,
        /// The rows below it.
        rows: Vec<Vec<String>>,
    },
}

/// A row of a table as words: each cell behind its column's head.
pub(super) fn row(header: &[String], cells: &[String]) -> String {
    let mut row = String::new();
    for (head, cell) in header.iter().zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        let comma = if row.is_empty() { "" } else { "；" };
        let colon = if head.is_empty() { "" } else { "：" };
        [comma, head, colon, cell].iter().for_each(|words| row.push_str(words));
    }
    row
}

/// A figure that front matter declares, and how it may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Claim<'a> {
    /// The value, in units of `unit`, or the lower end of a range.
    pub(crate) value: Quantity,
    /// The upper end of a range.
    pub(crate) to: Option<Quantity>,
    /// The words that the author says it comes from.
    pub(crate) quote: Option<&'a str>,
    /// The indicator's name and aliases.
    pub(crate) names: Vec<&'a str>,
    /// The registry's unit, `件`, `%`, `万元`; empty for none.
    pub(crate) unit: &'a str,
    /// The year that the report covers.
    pub(crate) year: i16,
}

/// Where a figure is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The passage's number, from 0.
    pub(crate) passage: usize,
    /// Row, without the header, and column, both from 0, where the passage is a table.
    pub(crate) cell: Option<(usize, usize)>,
    /// The figure, with its unit where that follows: bytes of the passage's or cell's text.
    pub(crate) figure: Range<usize>,
    /// The sentence around it: bytes of the same text.
    pub(crate) sentence: Range<usize>,
}

/// Why a figure has no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Miss {
    /// It is nowhere.
    Unsupported,
    /// It is at several places, and none of them is better than the others.
    Ambiguous(Vec<Mention>),
    /// The quoted words are not in the document.
    QuoteMissing,
    /// The quoted words are there more than once, so often.
    QuoteRepeated(usize),
    /// The quoted words are there and do not hold the value.
    QuoteWithoutValue,
}

/// The passages of a report, read once for all its claims.
pub(crate) struct PassageIndex<'a> {
    texts: Vec<Stretch<'a>>,
    tables: Vec<LabelledTable>,
    /// The digits of the claimed values, in order.
    claimed: Vec<i128>,
    /// The figures of the prose that have the digits of a claimed value, by those.
    told: OnceCell<BTreeMap<i128, Vec<ToldFigure>>>,
}

/// A figure of the prose, and the number of its text.
struct ToldFigure {
    text: usize,
    figure: Figure,
}

/// The text of a passage or of one cell. What is found out about it is found out when a claim
/// asks, since most passages hold no figure that anybody declares.
struct Stretch<'a> {
    passage: usize,
    cell: Option<(usize, usize)>,
    /// The text as it stands in its passage.
    text: &'a str,
    /// What is seen of it, where that is not all: places below count in this.
    seen: Option<Seen>,
    squeezed: OnceCell<Folded>,
    sentences: OnceCell<Vec<Range<usize>>>,
    figures: OnceCell<Vec<Figure>>,
}

/// A table, by its labels and by the numbers of its cells' texts.
struct LabelledTable {
    header: Vec<String>,
    rows: Vec<Range<usize>>,
}

impl<'a> PassageIndex<'a> {
    /// Reads passages for some claims.
    pub(crate) fn new(passages: &'a [Passage], claims: &[Claim<'_>]) -> Self {
        let mut claimed: Vec<i128> =
            claims.iter().flat_map(|claim| Wanted::of(claim).digits().collect::<Vec<_>>()).collect();
        claimed.sort_unstable();
        let mut index = Self { texts: Vec::new(), tables: Vec::new(), claimed, told: OnceCell::new() };
        for (number, passage) in passages.iter().enumerate() {
            match passage {
                Passage::Prose { text } => index.texts.push(Stretch::of(text, number, None)),
                Passage::Table { header, rows } => index.read_table(number, header, rows),
            }
        }
        index
    }

    fn read_table(&mut self, passage: usize, header: &[String], rows: &'a [Vec<String>]) {
        let header = header.iter().map(|cell| fold::squeeze_str(cell)).collect();
        let mut table = LabelledTable { header, rows: Vec::with_capacity(rows.len()) };
        for (row, cells) in rows.iter().enumerate() {
            let start = self.texts.len();
            let cells = cells.iter().enumerate();
            self.texts.extend(cells.map(|(column, text)| Stretch::of(text, passage, Some((row, column)))));
            table.rows.push(start..self.texts.len());
        }
        self.tables.push(table);
    }

    /// The one place that a claim rests on, which is one of those that the passages were read for.
    pub(crate) fn find(&self, claim: &Claim<'_>) -> Result<Mention, Miss> {
        let wanted = Wanted::of(claim);
        if let Some(quote) = claim.quote {
            return self.quoted(quote, &wanted);
        }
        let told = self.telling(&wanted);
        let mut places = self.named(&told, &wanted);
        if places.is_empty() {
            places = self.tabled(&wanted);
        }
        if places.is_empty() {
            places = told.into_iter().map(|(_, place)| place).collect();
        }
        match places.len() {
            0 => Err(Miss::Unsupported),
            1 => Ok(places.remove(0)),
            _ => Err(Miss::Ambiguous(places)),
        }
    }

    /// The first step: the quote.
    fn quoted(&self, quote: &str, wanted: &Wanted) -> Result<Mention, Miss> {
        let quote = fold::squeeze_str(quote);
        if quote.is_empty() {
            return Err(Miss::QuoteMissing);
        }
        let finder = memmem::Finder::new(&quote);
        let places = |text: &Stretch<'_>| finder.find_iter(text.squeezed().text.as_bytes()).count();
        let counts: Vec<usize> = self.texts.iter().map(places).collect();
        match counts.iter().sum() {
            0 => return Err(Miss::QuoteMissing),
            1 => {}
            count => return Err(Miss::QuoteRepeated(count)),
        }
        let holder = counts.iter().zip(&self.texts).find(|(count, _)| **count > 0);
        let place = holder.and_then(|(_, text)| {
            let start = finder.find(text.squeezed().text.as_bytes())?;
            text.value_within(text.squeezed().original(start..start + quote.len()), wanted)
        });
        place.ok_or(Miss::QuoteWithoutValue)
    }

    /// Every place in the prose that tells the value with its unit.
    fn telling(&self, wanted: &Wanted) -> Vec<(&Stretch<'a>, Mention)> {
        let place = |told: &ToldFigure| {
            let text = &self.texts[told.text];
            Some((text, text.tells(&told.figure, wanted)?))
        };
        let told = wanted.digits().filter_map(|digits| self.told().get(&digits));
        told.flatten().filter_map(place).collect()
    }

    /// The figures of the prose that have the digits of a claimed value. A report tells hundreds
    /// of figures, and few of them are claimed.
    fn told(&self) -> &BTreeMap<i128, Vec<ToldFigure>> {
        self.told.get_or_init(|| {
            let mut told: BTreeMap<_, Vec<_>> = BTreeMap::new();
            for (number, text) in self.texts.iter().enumerate().filter(|(_, text)| text.cell.is_none()) {
                let figures =
                    figure::figures_with(text.words(), |digits| self.claimed.binary_search(&digits).is_ok());
                for figure in figures {
                    told.entry(figure.digits()).or_default().push(ToldFigure { text: number, figure });
                }
            }
            told
        })
    }

    /// The second step: of these places, those whose sentence holds a name.
    fn named(&self, told: &[(&Stretch<'a>, Mention)], wanted: &Wanted) -> Vec<Mention> {
        let mut places = Vec::new();
        // One sentence may tell the value often; it is folded once.
        for told in told.chunk_by(|(_, a), (_, b)| a.passage == b.passage && a.sentence == b.sentence) {
            let sentence = told.first().map_or("", |(text, place)| &text.text[place.sentence.clone()]);
            let sentence = fold::squeeze_str(sentence);
            if wanted.names.iter().any(|name| sentence.contains(name.as_str())) {
                places.extend(told.iter().map(|(_, place)| place.clone()));
            }
        }
        places
    }

    /// The third step: tables. Where a label is the name itself, those that merely contain it
    /// are not looked at, even if they have the value.
    fn tabled(&self, wanted: &Wanted) -> Vec<Mention> {
        let mut cells = self.labelled_cells(wanted, |label| wanted.is_label(label));
        if cells.is_empty() {
            cells = self.labelled_cells(wanted, |label| wanted.is_in_label(label));
        }
        // A cell may be reached by its row and by its column.
        cells.sort_unstable();
        cells.dedup();
        cells.into_iter().filter_map(|cell| self.texts[cell].tabled(wanted)).collect()
    }

    /// The cells that a label points to: one for each such row or column.
    fn labelled_cells(&self, wanted: &Wanted, is_labelled: impl Fn(&str) -> bool) -> Vec<usize> {
        let mut cells = Vec::new();
        for table in &self.tables {
            let this_year = table.header.iter().position(|label| wanted.is_this_year(label));
            cells.extend(table.rows.iter().filter_map(|row| {
                let label = self.label_cell(row)?;
                let is_labelled = is_labelled(&self.texts[label].squeezed().text);
                is_labelled.then(|| self.row_cell(row, label, this_year)).flatten()
            }));
            let columns = table.header.iter().enumerate().filter(|(_, label)| is_labelled(label));
            cells.extend(columns.filter_map(|(column, _)| self.column_cell(table, column, wanted)));
        }
        cells
    }

    /// The cell of a row in the column of this year, or else its first figure.
    fn row_cell(&self, row: &Range<usize>, label: usize, this_year: Option<usize>) -> Option<usize> {
        match this_year {
            Some(column) => cell(row, column),
            None => (label + 1..row.end).find(|cell| self.texts[*cell].has_digits()),
        }
    }

    /// The cell of a column in the row of this year, or else its first figure.
    fn column_cell(&self, table: &LabelledTable, column: usize, wanted: &Wanted) -> Option<usize> {
        let of_this_year = |row: &&Range<usize>| {
            cell(row, 0).is_some_and(|first| wanted.is_this_year(&self.texts[first].squeezed().text))
        };
        match table.rows.iter().find(of_this_year) {
            Some(row) => cell(row, column),
            None => table
                .rows
                .iter()
                .filter_map(|row| cell(row, column))
                .find(|cell| self.texts[*cell].has_digits()),
        }
    }

    /// The cell that labels a row: the first with words, since a number may stand before it.
    fn label_cell(&self, row: &Range<usize>) -> Option<usize> {
        row.clone().find(|cell| {
            self.texts[*cell].words().chars().any(|c| c.is_alphabetic() && !numeral::is_numeral(c))
        })
    }
}

/// The cell in a column of a row, which may be shorter than the header.
fn cell(row: &Range<usize>, column: usize) -> Option<usize> {
    Some(row.start + column).filter(|cell| row.contains(cell))
}

/// A figure, or a range as one figure.
struct Whole {
    figure: Figure,
    /// The upper end of a range.
    to: Option<Quantity>,
}

/// How many characters before a figure a word of decline is looked for.
const DECLINE_REACH: usize = 40;

impl<'a> Stretch<'a> {
    fn of(text: &'a str, passage: usize, cell: Option<(usize, usize)>) -> Self {
        Self {
            passage,
            cell,
            text,
            seen: Seen::of(text),
            squeezed: OnceCell::new(),
            sentences: OnceCell::new(),
            figures: OnceCell::new(),
        }
    }

    /// What a reader sees of it.
    fn words(&self) -> &str {
        self.seen.as_ref().map_or(self.text, |seen| &seen.text)
    }

    fn squeezed(&self) -> &Folded {
        self.squeezed.get_or_init(|| fold::squeeze(self.words()))
    }

    fn sentences(&self) -> &[Range<usize>] {
        self.sentences.get_or_init(|| sentence::sentences(self.words()).collect())
    }

    fn figures(&self) -> &[Figure] {
        self.figures.get_or_init(|| figure::all_figures(self.words()))
    }

    /// The place of a figure that tells the value with its unit, in digits or in Han numerals.
    fn tells(&self, figure: &Figure, wanted: &Wanted) -> Option<Mention> {
        // Without a unit behind it, 一 is a word far more often than a figure.
        let counts = !figure.han || !wanted.unit.is_empty();
        let whole = self.whole(figure, wanted)?;
        let equal = counts && self.is_equal(&whole, wanted.scaled, wanted);
        equal
            .then(|| wanted.with_unit(self.words(), &whole.figure))
            .flatten()
            .map(|figure| self.place(figure))
    }

    /// The value within quoted words: with its unit rather than without, in digits rather than
    /// in Han numerals, and then the first.
    fn value_within(&self, quote: Range<usize>, wanted: &Wanted) -> Option<Mention> {
        let within = |range: &Range<usize>| {
            let cut = quote.end..range.end.max(quote.end);
            // A quote may end right before a percent sign.
            quote.contains(&range.start) && matches!(self.words()[cut].trim_start(), "" | "%" | "％" | "﹪")
        };
        let figures = self.figures().iter().filter(|figure| within(&figure.range));
        let equal = figures.filter_map(|figure| self.whole(figure, wanted)).filter(|whole| {
            self.is_equal(whole, wanted.scaled, wanted) || self.is_equal(whole, Some(wanted.ends), wanted)
        });
        let best = equal.min_by_key(|Whole { figure, .. }| {
            (wanted.with_unit(self.words(), figure).is_none(), figure.han)
        })?;
        Some(self.found(&best.figure, wanted))
    }

    /// The value in a cell, where its unit may as well stand in the label.
    fn tabled(&self, wanted: &Wanted) -> Option<Mention> {
        let figures = self.figures().iter().filter(|figure| !figure.han);
        let kindred = figures.filter(|figure| wanted.percent || !figure.percent);
        let mut whole = kindred.filter_map(|figure| self.whole(figure, wanted));
        let found = whole.find(|whole| {
            self.is_equal(whole, Some(wanted.ends), wanted) || self.is_equal(whole, wanted.scaled, wanted)
        })?;
        Some(self.found(&found.figure, wanted))
    }

    fn has_digits(&self) -> bool {
        self.figures().iter().any(|figure| !figure.han)
    }

    fn found(&self, figure: &Figure, wanted: &Wanted) -> Mention {
        self.place(wanted.with_unit(self.words(), figure).unwrap_or_else(|| figure.range.clone()))
    }

    fn place(&self, figure: Range<usize>) -> Mention {
        let next = self.sentences().partition_point(|sentence| sentence.end <= figure.start);
        let sentence = self.sentences().get(next).filter(|sentence| sentence.start <= figure.start);
        let sentence =
            sentence.map_or(figure.clone(), |sentence| sentence.start..sentence.end.max(figure.end));
        let original = |range: Range<usize>| match &self.seen {
            Some(seen) => seen.original(range),
            None => range,
        };
        let (figure, sentence) = (original(figure), original(sentence));
        Mention { passage: self.passage, cell: self.cell, figure, sentence }
    }

    /// A figure with the upper end of the range that it begins; nothing for one that ends a range.
    fn whole(&self, figure: &Figure, wanted: &Wanted) -> Option<Whole> {
        if figure::lower_end(self.words(), figure, &wanted.unit).is_some() {
            return None;
        }
        let upper = figure::upper_end(self.words(), figure, &wanted.unit);
        let mut figure = figure.clone();
        if let Some(upper) = &upper {
            figure = figure::counted_as(figure, upper)?;
            figure.range.end = upper.range.end;
            figure.percent = upper.percent;
        }
        Some(Whole { figure, to: upper.map(|upper| upper.value) })
    }

    /// Whether a figure has the value; one below zero may be told with a word of decline.
    fn is_equal(&self, whole: &Whole, ends: Option<Ends>, wanted: &Wanted) -> bool {
        let (Whole { figure, to }, Some(ends)) = (whole, ends) else { return false };
        if *to != ends.to {
            return false;
        }
        let value = ends.value;
        figure.value == value
            || (value.is_negative() && figure.value == value.negated() && self.declines(figure, wanted))
    }

    /// Whether the clause around a figure says that something declined by it.
    fn declines(&self, figure: &Figure, wanted: &Wanted) -> bool {
        let end = wanted.with_unit(self.words(), figure).map_or(figure.range.end, |range| range.end);
        let before = &self.words()[..figure.range.start];
        let from = before.char_indices().rev().nth(DECLINE_REACH).map_or(0, |(at, _)| at);
        let behind: String = self.words()[end..].chars().take(4).collect();
        says_decline(&fold::squeeze_str(&before[from..])) || fold::squeeze_str(&behind).starts_with("的降幅")
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use proptest::prelude::*;

    use super::*;

    fn prose(text: &str) -> Vec<Passage> {
        text.split('|').map(|text| Passage::Prose { text: text.into() }).collect()
    }

    /// A table from lines with `|` between the cells; the first line is the header.
    fn table(text: &str) -> Passage {
        let mut rows = text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect());
        Passage::Table { header: rows.next().unwrap(), rows: rows.collect() }
    }

    fn claim(value: &str, unit: &'static str) -> Claim<'static> {
        Claim {
            value: value.parse().unwrap(),
            to: None,
            quote: None,
            names: vec!["办结行政复议案件", "行政复议办结"],
            unit,
            year: 2019,
        }
    }

    fn quoted(value: &str, unit: &'static str, quote: &'static str) -> Claim<'static> {
        Claim { quote: Some(quote), ..claim(value, unit) }
    }

    /// The figure's words, or in a word why there is none.
    fn found(passages: &[Passage], claim: &Claim<'_>) -> String {
        let words = |place: &Mention| match &passages[place.passage] {
            Passage::Prose { text } => text[place.figure.clone()].to_owned(),
            Passage::Table { rows, .. } => {
                let (row, column) = place.cell.unwrap();
                format!("{row},{column}:{}", &rows[row][column][place.figure.clone()])
            }
        };
        match PassageIndex::new(passages, slice::from_ref(claim)).find(claim) {
            Ok(place) => words(&place),
            Err(Miss::Ambiguous(places)) => places.iter().map(words).collect::<Vec<_>>().join("/"),
            Err(miss) => format!("{miss:?}"),
        }
    }

    #[test]
    fn a_quote_decides() {
        let passages = prose(
            "办结行政复议案件745件。|综合糾错率为 ４０.０２％，办结745宗，三件涉及土地。|近10万名公职人员，十二名旁听。",
        );
        for (claim, expected) in [
            (quoted("40.02", "%", "综合纠错率为40.02%"), "４０.０２％"),
            (quoted("40.02", "%", "纠错率为40.02"), "４０.０２％"),
            (quoted("745", "件", "办结745宗"), "745"),
            (quoted("100000", "名", "近10万名"), "10万名"),
            (quoted("10", "万人", "近10万名"), "10万"),
            (quoted("12", "名", "十二名旁听"), "十二名"),
            (quoted("3", "件", "三件涉及"), "三件"),
            (quoted("745", "件", "办结746宗"), "QuoteMissing"),
            (quoted("745", "件", " "), "QuoteMissing"),
            (quoted("745", "件", "745"), "QuoteRepeated(2)"),
            (quoted("45", "宗", "45宗"), "QuoteWithoutValue"),
            (quoted("10", "名", "近10"), "QuoteWithoutValue"),
            (quoted("7", "件", "综合纠错率"), "QuoteWithoutValue"),
        ] {
            assert_eq!(found(&passages, &claim), expected, "{claim:?}");
        }
    }

    #[test]
    fn a_quote_holds_the_value_with_its_unit_rather_than_without() {
        let passages = prose("全省第3名，比上年增加3件、三件。");
        assert_eq!(found(&passages, &quoted("3", "件", "全省第3名,比上年增加3件、三件")), "3件");
        assert_eq!(found(&passages, &quoted("3", "名", "全省第3名,比上年增加3件、三件")), "第3名");
        assert_eq!(found(&passages, &quoted("3", "起", "全省第3名,比上年增加3件、三件")), "3");
    }

    #[test]
    fn a_quote_may_stand_in_a_cell() {
        let passages = [table("事项|数\n其中和解|17 件\n调解|18件")];
        assert_eq!(found(&passages, &quoted("17", "件", "17件")), "0,1:17 件");
        assert_eq!(found(&passages, &quoted("17", "件", "件")), "QuoteRepeated(2)");
    }

    #[test]
    fn a_sentence_holds_value_unit_and_name() {
        for (text, value, expected) in [
            ("办结行政复议案件745件。受理行政复议案件745件。", "745", "745件"),
            ("辦結 行政複議\n案件７４５ 件。|共745件。", "745", "７４５ 件/745件"),
            ("共辦結行政複議案件７４５ 件。|共745件。", "745", "７４５ 件"),
            ("行政复议办结442万余件。", "4420000", "442万余件"),
            ("行政复议办结20多万件。", "200000", "20多万件"),
            ("办结行政复议案件三件。", "3", "三件"),
            ("办结行政复议案件3件次。|3件", "3", "3件"),
            ("办结行政复议案件745宗。", "745", "Unsupported"),
            ("办结行政复议案件1745件。", "745", "Unsupported"),
            ("办结行政复议案件745件，其中本级745件。|又745件。", "745", "745件/745件"),
            ("办结行政复议案件745件。|行政复议办结745件。", "745", "745件/745件"),
        ] {
            assert_eq!(found(&prose(text), &claim(value, "件")), expected, "{text}");
        }
    }

    #[test]
    fn a_place_names_its_sentence() {
        let passages = prose("总体情况|一年来，很好。办结行政复议案件745件；其他");
        let claim = claim("745", "件");
        let place = PassageIndex::new(&passages, slice::from_ref(&claim)).find(&claim).unwrap();
        assert_eq!((place.passage, place.cell), (1, None));
        let Passage::Prose { text } = &passages[1] else { unreachable!() };
        assert_eq!(&text[place.sentence], "办结行政复议案件745件；");
    }

    #[test]
    fn units_of_many_forms() {
        for (text, value, unit, expected) in [
            ("占94.60%", "94.6", "%", "94.60%"),
            ("占９４.６％", "94.6", "%", "９４.６％"),
            ("占百分之四十", "40", "%", "百分之四十"),
            ("占百分之40", "40", "％", "百分之40"),
            ("占40", "40", "%", "Unsupported"),
            ("占40%件", "40", "件", "Unsupported"),
            ("名列全省第2名", "2", "名", "第2名"),
            ("名列全省第2。", "2", "名", "第2"),
            ("名列全省第二名", "2", "名", "第二名"),
            ("名列全省第二位", "2", "名", "第二位"),
            ("名列全省第二位", "2", "位", "第二位"),
            ("名列全省第二，获奖", "2", "名", "第二"),
            ("考评居全市首位", "1", "名", "首位"),
            ("考评居全市前三", "3", "位", "前三"),
            ("把它放在首位", "1", "名", "Unsupported"),
            ("满意的占九成以上", "90", "%", "九成"),
            ("下降千分之三", "0.3", "%", "千分之三"),
            ("下降千分之三", "3", "‰", "千分之三"),
            ("下降3‰", "3", "‰", "3‰"),
            ("增长三．五四%", "3.54", "%", "三．五四%"),
            ("收粮二百十七万吨", "217", "万吨", "二百十七万吨"),
            ("收入突破千亿元", "1000", "亿元", "千亿元"),
            ("全年重大事故零发生", "0", "起", "零"),
            ("坚持零容忍", "0", "起", "Unsupported"),
            ("分别为745，200件", "745200", "件", "Unsupported"),
            ("分别为745，200件", "200", "件", "200件"),
            ("共①745件", "745", "件", "745件"),
            ("第二批示范", "2", "名", "Unsupported"),
            ("第2次", "2", "名", "Unsupported"),
            ("律师2名", "2", "名", "2名"),
            ("投资3.2亿元", "3.2", "亿元", "3.2亿元"),
            ("投资32000万元", "3.2", "亿元", "32000万元"),
            ("投资3.2万元", "3.2", "亿元", "Unsupported"),
            ("惠及10万余人", "10", "万人", "10万余人"),
            ("提高5.51个百分点", "5.51", "个百分点", "5.51个百分点"),
            ("提高5个百分点", "5", "个", "Unsupported"),
            ("历时3个月", "3", "个", "Unsupported"),
            ("培训3人次", "3", "人", "Unsupported"),
            ("培训3人次", "3", "人次", "3人次"),
            ("受理3件次年办结", "3", "件", "3件"),
            ("共3個單位", "3", "个", "3個"),
            ("是上年的2.5", "2.5", "", "2.5"),
            ("是一", "1", "", "Unsupported"),
        ] {
            assert_eq!(found(&prose(text), &claim(value, unit)), expected, "{text} {value}{unit}");
        }
    }

    #[test]
    fn an_end_of_a_range_is_no_value() {
        let range = |from: &str, to: &str, unit| Claim { to: to.parse().ok(), ..claim(from, unit) };
        for (text, unit, expected) in [
            ("增长6%—6.5%", "%", "6%—6.5%"),
            ("增长6—6.5%左右", "%", "6—6.5%"),
            ("增长6%至6.5%", "%", "6%至6.5%"),
            ("投资6～6.5亿元", "亿元", "6～6.5亿元"),
            ("每年6件-6.5件", "件", "6件-6.5件"),
            ("从6%至6.5%", "%", "Unsupported"),
            ("分别为6%、6.5%", "%", "Unsupported"),
        ] {
            assert_eq!(found(&prose(text), &range("6", "6.5", unit)), expected, "{text}");
            let single = if expected == "Unsupported" { "6%" } else { expected };
            let alone = found(&prose(text), &claim("6", unit));
            assert!(alone == "Unsupported" || alone == single && single == "6%", "{text} {alone}");
        }
        assert_eq!(found(&prose("增长6%—6.5%"), &claim("6.5", "%")), "Unsupported");
        assert_eq!(found(&prose("增长6%—6.5%"), &quoted("6", "%", "6%—6.5%")), "QuoteWithoutValue");
        assert_eq!(found(&[table("事项|本年\n行政复议办结|6—6.5")], &range("6", "6.5", "件")), "0,1:6—6.5");
    }

    #[test]
    fn a_decline_is_below_zero() {
        for (text, expected) in [
            ("同比下降5.51%", "5.51%"),
            ("同比下降了5.51%", "5.51%"),
            ("同比減少約5.51%", "5.51%"),
            ("降幅为5.51%", "5.51%"),
            ("增长-5.51%", "-5.51%"),
            ("较上年减少12件、5.51%", "5.51%"),
            ("有5.51%的降幅", "5.51%"),
            ("负增长5.51%", "5.51%"),
            ("下降至5.51%", "Unsupported"),
            ("降为5.51%", "Unsupported"),
            ("同比增长5.51%", "Unsupported"),
            ("案件减少，调解率提高5.51%", "Unsupported"),
            ("由下降转为增长5.51%", "Unsupported"),
        ] {
            assert_eq!(found(&prose(text), &claim("-5.51", "%")), expected, "{text}");
        }
        assert_eq!(found(&prose("同比下降5.51%"), &quoted("-5.51", "%", "5.51%")), "5.51%");
        assert_eq!(found(&prose("同比上升5.51%"), &quoted("-5.51", "%", "5.51%")), "QuoteWithoutValue");
    }

    #[test]
    fn a_row_is_read_in_the_column_of_its_year() {
        for (text, expected) in [
            ("事项|上年|本年\n办结行政复议案件|745|744", "Unsupported"),
            ("事项|上年|本年\n办结行政复议案件|744|745", "0,2:745"),
            ("事项|2018年|2019年(件)\n1.办结行政复议案件(件)|744|745件", "0,2:745件"),
            ("事项|2019|2018\n办结行政复议案件|745|744", "0,1:745"),
            ("序号|事项|数\n1|受理|800\n745|办結行政複議案件|745", "1,2:745"),
            ("事项|单位|数\n办结行政复议案件|件|７４５", "0,2:７４５"),
            ("事项|甲|乙\n办结行政复议案件|744|745", "Unsupported"),
            ("事项|本年\n其中:办结行政复议案件|745", "0,1:745"),
            ("事项|本年\n其中:办结行政复议案件|745\n行政复议办结|744", "Unsupported"),
            ("事项|本年\n其中:办结行政复议案件|745\n行政复议办结|745", "1,1:745"),
            ("事项|本年\n办结行政复议案件|745\n行政复议办结|745", "0,1:745/1,1:745"),
            ("事项|本年\n办结行政复议案件", "Unsupported"),
            ("事项|本年\n办结行政复议案件|74.5%", "Unsupported"),
            ("事项|本年\n收到|745", "Unsupported"),
        ] {
            assert_eq!(found(&[table(text)], &claim("745", "件")), expected, "{text}");
        }
        assert_eq!(found(&[table("事项|本年\n行政复议办结(万元)|3.2")], &claim("3.2", "万元")), "0,1:3.2");
        assert_eq!(found(&[table("事项|本年\n行政复议办结|40.02")], &claim("40.02", "%")), "0,1:40.02");
    }

    #[test]
    fn a_column_is_read_in_the_row_of_its_year() {
        for (text, expected) in [
            ("年度|办结行政复议案件\n2018年|744\n2019年|745", "1,1:745"),
            ("年度|行政复议办结(件)\n2018|744\n2019|745", "1,1:745"),
            ("年度|单位|办结行政复议案件\n2018|市局|744\n2019|市局|745", "1,2:745"),
            ("年度|办结行政复议案件\n2018年|745\n2019年|744", "Unsupported"),
            ("单位|办结行政复议案件\n市局|745\n区局|10", "0,1:745"),
        ] {
            assert_eq!(found(&[table(text)], &claim("745", "件")), expected, "{text}");
        }
    }

    #[test]
    fn the_first_step_with_a_hit_decides() {
        let mut passages = prose("办结行政复议案件745件。|另有745件。");
        passages.push(table("事项|本年\n办结行政复议案件|745"));
        assert_eq!(found(&passages, &claim("745", "件")), "745件");
        passages.remove(0);
        assert_eq!(found(&passages, &claim("745", "件")), "0,1:745");
        passages.pop();
        assert_eq!(found(&passages, &claim("745", "件")), "745件");
        assert_eq!(found(&prose("甲745件。|乙745件。"), &claim("745", "件")), "745件/745件");
        assert_eq!(found(&[], &claim("745", "件")), "Unsupported");
    }

    #[test]
    fn hostile_passages_cost_no_more_than_their_length() {
        let passages = prose(&format!(
            "办结行政复议案件{}。|{}|{}",
            "745件,".repeat(50_000),
            "“《".repeat(100_000),
            "9,999".repeat(100_000)
        ));
        let many = claim("745", "件");
        let miss = PassageIndex::new(&passages, slice::from_ref(&many)).find(&many);
        assert!(matches!(miss, Err(Miss::Ambiguous(places)) if places.len() == 50_000));
        assert_eq!(found(&passages, &quoted("745", "件", "745件,745件")), "QuoteRepeated(25000)");
        assert_eq!(found(&passages, &claim("79228162514264337593543950335", "亿元")), "Unsupported");
    }

    #[test]
    fn what_nobody_sees_parts_no_figure_and_no_word() {
        let passages = prose("全年办结行政\u{ad}复议案件7\u{200b}45\u{2060}件。");
        assert_eq!(found(&passages, &claim("745", "件")), "7\u{200b}45\u{2060}件");
        assert_eq!(found(&passages, &quoted("745", "件", "行政复议案件745件")), "7\u{200b}45\u{2060}件");
    }

    proptest! {
        #[test]
        fn no_figure_with_the_value_is_passed_by(
            text in "[办结案件第二两十百三四分之点0-2０-２.,，% 　万亿余多。|；名降减-]{0,40}",
            values in proptest::collection::vec((-30_i64..400, 0_u32..3), 1..4),
            unit in prop_oneof![Just("件"), Just("%"), Just("万件"), Just("名"), Just("")],
        ) {
            let passages = prose(&text);
            let value = |(digits, scale): (i64, u32)| Quantity::from_digits(i128::from(digits), scale).unwrap();
            let claims = values.into_iter().map(|value_of| Claim { value: value(value_of), ..claim("0", unit) });
            let claims: Vec<Claim<'_>> = claims.collect();
            let index = PassageIndex::new(&passages, &claims);
            for wanted in claims.iter().map(Wanted::of) {
                let places = |text: &Stretch<'_>| -> Vec<Mention> {
                    figure::all_figures(text.text).iter().filter_map(|figure| text.tells(figure, &wanted)).collect()
                };
                let all: Vec<Mention> = index.texts.iter().flat_map(places).collect();
                let told: Vec<Mention> = index.telling(&wanted).into_iter().map(|(_, place)| place).collect();
                prop_assert_eq!(told, all);
            }
        }

        #[test]
        fn every_place_lies_on_characters(
            text in "[办结行政复议案件第二三百分之点0-9０-９.,，%％ 　万亿余多。；“”（）㈠降减]{0,60}",
            cells in proptest::collection::vec("[办结行政复议案件本年0-9%()一、]{0,12}", 0..9),
            value in 0_u64..100,
            unit in prop_oneof![Just("件"), Just("%"), Just("万件"), Just("名"), Just("")],
            quote in proptest::option::of("[办结0-9件%。]{0,4}"),
        ) {
            let rows = cells.chunks(3).map(<[String]>::to_vec).collect();
            let table = Passage::Table { header: vec!["案件".into(), "本年".into(), "2019".into()], rows };
            let passages = [Passage::Prose { text }, table];
            let claim = Claim { value: Quantity::from(value), to: None, quote: quote.as_deref(), names: vec!["复议", "案件"], unit, year: 2019 };
            let places = match PassageIndex::new(&passages, slice::from_ref(&claim)).find(&claim) {
                Ok(place) => vec![place],
                Err(Miss::Ambiguous(places)) => places,
                Err(_) => Vec::new(),
            };
            for place in places {
                let text = match (&passages[place.passage], place.cell) {
                    (Passage::Prose { text }, None) => text,
                    (Passage::Table { rows, .. }, Some((row, column))) => &rows[row][column],
                    _ => panic!("a place of the wrong kind: {place:?}"),
                };
                prop_assert!(text.get(place.figure.clone()).is_some_and(|figure| !figure.is_empty()));
                prop_assert!(text.get(place.sentence.clone()).is_some());
                prop_assert!(place.sentence.start <= place.figure.start && place.figure.end <= place.sentence.end);
            }
        }
    }
}
