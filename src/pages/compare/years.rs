//! All years of a place: its figures, its sections, and how much was new in each.

use std::sync::Arc;

use super::super::{PageSheet, labels, place};
use super::themes;
use crate::archive::DocumentId;
use crate::ask::Ask;
use crate::beside::{Basis, spans};
use crate::compare::{ComparedText, Comparison};
use crate::outline::ANNUAL;
use crate::outline::comparable::{pairs, texts_route};
use crate::outline::data::Slice;
use crate::report::Record;
use crate::view::{Content, DocumentSeries, IndicatorRow, IndicatorYear, PairRow, PairedYears, YearsView};
use crate::words;

/// The page of all years of the place `slug`.
pub(crate) fn years(ask: &Ask<'_>, slug: &str) -> PageSheet {
    let words = words::of(ask.config());
    let (indicator_years, indicators) = place::series(ask, ask.of_place(slug));
    let (indicator_years, indicators, single) = newest(indicator_years, indicators);
    let mut series: Vec<(&String, &Vec<DocumentId>)> = ask.comparable(slug).into_iter().flatten().collect();
    // The annual report comes first, whatever other kinds are called.
    series.sort_by_key(|(kind, _)| (*kind != ANNUAL, *kind));
    let content = YearsView {
        place: ask.place_link(slug),
        series: series
            .iter()
            .map(|(kind, reports)| of_kind(ask, (slug, kind), (reports, series.len())))
            .collect(),
        indicators,
        single,
        indicator_years,
        downloads: ask.downloads(&Slice::Place(slug.to_owned())),
    };
    let heading = words.all_years(&ask.place_name(slug));
    let description = words.about_years(&heading);
    let mut breadcrumbs = ask.crumbs_to_place(slug);
    breadcrumbs.push((words.compare().to_owned(), None));
    PageSheet {
        labels: labels::column(&heading, &description, "信息公开目录"),
        breadcrumbs,
        ..PageSheet::new(heading, description, Content::Years(Box::new(content)))
    }
}

/// More years than this are too many for a table of figures.
const MOST_COLUMNS: usize = 12;
/// A table of the newest years alone has about so many cells.
const MOST_CELLS: usize = 180;
/// So many small lines a page has room for.
const MOST_SPARKS: usize = 40;

/// The figures of a place as the page shows them: over the newest years where there are many, with
/// those apart that a table over these years says little of.
fn newest(mut years: Vec<i16>, rows: Vec<IndicatorRow>) -> (Vec<i16>, Vec<IndicatorRow>, Vec<IndicatorRow>) {
    let columns = match years.len() {
        few @ ..=MOST_COLUMNS => few,
        _ => (MOST_CELLS / rows.len().max(1)).clamp(3, MOST_COLUMNS),
    };
    let older = years.len().saturating_sub(columns);
    years.drain(..older);
    let told = |cells: &[IndicatorYear]| cells.iter().filter(|cell| cell.text.is_some()).count();
    let fits = |row: &IndicatorRow| told(&row.years) > 1 && told(&row.years[older..]) > 0;
    let (mut shown, mut single): (Vec<_>, Vec<_>) = rows.into_iter().partition(fits);
    let sparks = shown.len() <= MOST_SPARKS;
    for row in &mut shown {
        row.years.drain(..older);
        row.spark = row.spark.take().filter(|_| sparks);
    }
    for row in &mut single {
        let last = row.years.iter().rposition(|cell| cell.text.is_some());
        row.years = last.map(|at| row.years.swap_remove(at)).into_iter().collect();
    }
    (years, shown, single)
}

/// The documents of one kind, which share the page with those of others: `among` kinds in all.
fn of_kind(ask: &Ask<'_>, series: (&str, &str), (reports, among): (&[DocumentId], usize)) -> DocumentSeries {
    let (slug, kind) = series;
    let documents: Vec<&Record> = reports.iter().map(|at| ask.document(*at)).collect();
    let texts: Vec<ComparedText<'_>> = reports.iter().map(|at| ask.compared_text(*at)).collect();
    let found: Vec<Arc<Comparison>> = reports.windows(2).map(|pair| ask.found(pair[0], pair[1])).collect();
    let row = |((before, after), found): ((DocumentId, DocumentId), &Arc<Comparison>)| {
        let basis = Basis::of([before, after].map(|at| ask.document(at).matter.extent));
        PairRow {
            pair: ask.pair_link(before, after),
            whole: basis == Basis::Whole,
            tally: basis.tally(found.rows.iter().flatten()),
        }
    };
    let rows: Vec<PairRow> = pairs(reports).zip(&found).map(row).collect();
    let years: Vec<i16> = documents.iter().map(|report| report.address.year.get()).collect();
    let gaps = spans(years.windows(2).flat_map(|pair| pair[0] + 1..pair[1]));
    let texts_file = texts_route(slug, kind);
    DocumentSeries {
        kind: ask.kind(kind),
        shares: rows.iter().any(|row| row.whole),
        periods: periods(rows),
        themes: themes::themes(ask, (&documents, among), (&texts, &found)),
        documents: documents
            .iter()
            .zip(&texts)
            .map(|(report, text)| ask.compared(report, text.sentences.len()))
            .collect(),
        gaps,
        texts: texts_file.map(|route| ask.href(&route)).unwrap_or_default(),
    }
}

/// So many rows stand in one list; more are folded by decade.
const MOST_ROWS: usize = 12;

/// The pairs by the decade of the later year, the newest decade first.
fn periods(rows: Vec<PairRow>) -> Vec<PairedYears> {
    let is_long = rows.len() > MOST_ROWS;
    let mut periods: Vec<PairedYears> = Vec::new();
    for row in rows {
        let decade = row.pair.to.div_euclid(10) * 10;
        match periods.last_mut().filter(|last| !is_long || last.from == decade) {
            Some(last) => last.pairs.push(row),
            None => periods.push(PairedYears { from: decade, to: decade + 9, pairs: vec![row] }),
        }
    }
    periods.reverse();
    periods
}
