//! The figures that changed between two documents: those that their sentences show, then those
//! that both declare in sentences that have nothing in common.

use super::wording::FigureInSentence;
use super::{
    Basis, ComparedDocument, ComparedPair, DeclaredFigure, FigurePair, NumberSort, address, section_href,
};
use crate::compare::{FigureChange, FigureSpot};
use crate::han::amount::Amount;
use crate::han::quantity::Quantity;

/// Where a figure is told.
struct FigureLocation<'a> {
    /// The anchor of its section.
    anchor: &'a str,
    /// Its place on the document's page.
    href: String,
    /// The declared figure that it is.
    declared: Option<&'a DeclaredFigure<'a>>,
}

impl ComparedPair<'_> {
    /// The figures that changed. Sentences that are not their issuers' show none.
    pub(super) fn figures(&self) -> Vec<FigurePair> {
        let found = match self.basis {
            Basis::Digest => Vec::new(),
            _ => self.found.figures(&self.old.text, &self.new.text),
        };
        let mut shown: Vec<FigurePair> = found.iter().map(|change| self.figure(change)).collect();
        let told: Vec<String> = shown.iter().filter_map(|pair| pair.indicator.clone()).collect();
        let is_told = |figure: &&DeclaredFigure<'_>| told.iter().any(|id| id == figure.indicator.id);
        for old in self.old.declared.iter().filter(|figure| !is_told(figure)) {
            let new = self.new.declared.iter().find(|figure| figure.indicator.id == old.indicator.id);
            shown.extend(new.and_then(|new| self.declared(old, new)));
        }
        shown
    }

    fn figure(&self, change: &FigureChange) -> FigurePair {
        let (old, new) = (place(&self.old, &change.before), place(&self.new, &change.after));
        let both = old.declared.zip(new.declared).filter(|(old, new)| old.indicator.id == new.indicator.id);
        let indicator = both.map(|(old, _)| old.indicator);
        let text = |side: &ComparedDocument<'_>, told: &FigureSpot| {
            let figure = &side.text.sentences[told.sentence].text[told.range.clone()];
            self.setting
                .texts
                .told(&told.amount, FigureInSentence { figure, unit: &change.unit, measure: change.measure })
        };
        FigurePair {
            label: indicator.map_or_else(|| change.label.clone(), |indicator| indicator.name.to_owned()),
            indicator: indicator.map(|indicator| indicator.id.to_owned()),
            kind: indicator.map_or(change.measure, |indicator| indicator.measure),
            unit: change.unit.clone(),
            before_text: text(&self.old, &change.before),
            after_text: text(&self.new, &change.after),
            before_anchor: old.anchor.to_owned(),
            after_anchor: new.anchor.to_owned(),
            before_href: old.href,
            after_href: new.href,
            here: Some(self.here(change.after.sentence)),
            ..self.changed(
                (&change.before.amount, &change.after.amount),
                &NumberSort { measure: change.measure, unit: &change.unit, power: change.power },
            )
        }
    }

    /// A figure that both documents declare, in sentences that have nothing in common.
    fn declared(&self, old: &DeclaredFigure<'_>, new: &DeclaredFigure<'_>) -> Option<FigurePair> {
        if old.amount == new.amount {
            return None;
        }
        let (indicator, sort) = (old.indicator, old.indicator.sort());
        let href = |side: &ComparedDocument<'_>, figure: &DeclaredFigure<'_>| {
            format!("{}{}", side.about.href, figure.fragment)
        };
        Some(FigurePair {
            label: indicator.name.to_owned(),
            indicator: Some(indicator.id.to_owned()),
            kind: indicator.measure,
            unit: indicator.unit.to_owned(),
            before_anchor: old.anchor.to_owned(),
            after_anchor: new.anchor.to_owned(),
            before_href: href(&self.old, old),
            after_href: href(&self.new, new),
            before_text: self.setting.texts.figure(&old.amount, &sort),
            after_text: self.setting.texts.figure(&new.amount, &sort),
            here: None,
            ..self.changed((&old.amount, &new.amount), &sort)
        })
    }

    /// The link to a sentence of the later document on this page.
    fn here(&self, sentence: usize) -> String {
        let mut here = String::from("#");
        self.new_names[sentence].write(&mut here, address::AFTER);
        here
    }

    /// What can be said of two values alone.
    fn changed(&self, (before, after): (&Amount, &Amount), sort: &NumberSort<'_>) -> FigurePair {
        let change = self.setting.texts.change((before, after), sort);
        FigurePair {
            label: String::new(),
            indicator: None,
            kind: sort.measure,
            unit: sort.unit.to_owned(),
            before: before.value.nearest(),
            before_to: before.to.map(Quantity::nearest),
            after: after.value.nearest(),
            after_to: after.to.map(Quantity::nearest),
            before_qualifier: before.qualifier.map(|qualifier| qualifier.as_str()),
            after_qualifier: after.qualifier.map(|qualifier| qualifier.as_str()),
            before_anchor: String::new(),
            after_anchor: String::new(),
            before_text: String::new(),
            after_text: String::new(),
            before_href: String::new(),
            after_href: String::new(),
            here: None,
            change: change.absolute,
            percent: change.percent,
            trend: change.trend,
        }
    }
}

/// Where a figure is told, and what declared figure that is.
fn place<'a>(side: &'a ComparedDocument<'_>, told: &FigureSpot) -> FigureLocation<'a> {
    let sentence = &side.text.sentences[told.sentence];
    let anchor = side.text.sections[sentence.section].anchor;
    let is_it = |figure: &&DeclaredFigure<'_>| {
        figure.sentence == Some(sentence.text) && figure.amount.value == told.amount.value
    };
    let declared = side.declared.iter().find(is_it);
    let href = match declared {
        Some(figure) => [&side.about.href, figure.fragment.as_str()].concat(),
        None => section_href(&side.about.href, anchor),
    };
    FigureLocation { anchor, href, declared }
}
