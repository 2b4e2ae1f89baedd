//! Finding the words that a declared figure comes from. Four kinds of place are looked at in
//! turn, and the first kind that has the figure decides: the quote that the author gave, a
//! sentence with the indicator's name, a table's row or column, the only place in the prose.
//! Nothing here knows how a document is written down: it sees passages and claims.

mod claim;
mod stretch;
#[cfg(test)]
mod tests;
mod wanted;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

use crate::han::figure::{self, PrintedFigure};
use crate::han::fold;
use crate::han::numeral;
use stretch::EvidenceStretch;
use wanted::WantedClaim;

pub(super) use claim::row;
pub(crate) use claim::{Claim, ClaimMiss, FigureMention, Passage};

/// The passages of a report, read once for all its claims.
pub(crate) struct PassageIndex<'a> {
    texts: Vec<EvidenceStretch<'a>>,
    tables: Vec<LabelledTable>,
    /// The digits of the claimed values, in order.
    claimed: Vec<i128>,
    /// The figures of the prose that have the digits of a claimed value, by those.
    told: OnceCell<BTreeMap<i128, Vec<ToldFigure>>>,
}

/// A figure of the prose, and the number of its text.
struct ToldFigure {
    text: usize,
    figure: PrintedFigure,
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
            claims.iter().flat_map(|claim| WantedClaim::of(claim).digits().collect::<Vec<_>>()).collect();
        claimed.sort_unstable();
        let mut index = Self { texts: Vec::new(), tables: Vec::new(), claimed, told: OnceCell::new() };
        for (number, passage) in passages.iter().enumerate() {
            match passage {
                Passage::Prose { text } => index.texts.push(EvidenceStretch::of(text, number, None)),
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
            self.texts
                .extend(cells.map(|(column, text)| EvidenceStretch::of(text, passage, Some((row, column)))));
            table.rows.push(start..self.texts.len());
        }
        self.tables.push(table);
    }

    /// The one place that a claim rests on, which is one of those that the passages were read for.
    pub(crate) fn find(&self, claim: &Claim<'_>) -> Result<FigureMention, ClaimMiss> {
        let wanted = WantedClaim::of(claim);
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
            0 => Err(ClaimMiss::Unsupported),
            1 => Ok(places.remove(0)),
            _ => Err(ClaimMiss::Ambiguous(places)),
        }
    }

    /// The first step: the quote.
    fn quoted(&self, quote: &str, wanted: &WantedClaim) -> Result<FigureMention, ClaimMiss> {
        let quote = fold::squeeze_str(quote);
        if quote.is_empty() {
            return Err(ClaimMiss::QuoteMissing);
        }
        let finder = memmem::Finder::new(&quote);
        let places = |text: &EvidenceStretch<'_>| finder.find_iter(text.squeezed().text.as_bytes()).count();
        let counts: Vec<usize> = self.texts.iter().map(places).collect();
        match counts.iter().sum() {
            0 => return Err(ClaimMiss::QuoteMissing),
            1 => {}
            count => return Err(ClaimMiss::QuoteRepeated(count)),
        }
        let holder = counts.iter().zip(&self.texts).find(|(count, _)| **count > 0);
        let place = holder.and_then(|(_, text)| {
            let start = finder.find(text.squeezed().text.as_bytes())?;
            text.value_within(text.squeezed().original(start..start + quote.len()), wanted)
        });
        place.ok_or(ClaimMiss::QuoteWithoutValue)
    }

    /// Every place in the prose that tells the value with its unit.
    fn telling(&self, wanted: &WantedClaim) -> Vec<(&EvidenceStretch<'a>, FigureMention)> {
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
    fn named(
        &self,
        told: &[(&EvidenceStretch<'a>, FigureMention)],
        wanted: &WantedClaim,
    ) -> Vec<FigureMention> {
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
    fn tabled(&self, wanted: &WantedClaim) -> Vec<FigureMention> {
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
    fn labelled_cells(&self, wanted: &WantedClaim, is_labelled: impl Fn(&str) -> bool) -> Vec<usize> {
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
    fn column_cell(&self, table: &LabelledTable, column: usize, wanted: &WantedClaim) -> Option<usize> {
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
