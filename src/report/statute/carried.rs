//! What goes from one year into the next: requests that a report takes over and leaves.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::tables::StatuteTables;
use crate::han::quantity::Quantity;
use crate::report::body::ReadBody;
use crate::source::Span;
use crate::statute::RULES;

/// What a report on disclosure says of requests that go from one year into the next: how many came from the
/// year before, and how many are left for the year after, with where each stands.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CarriedRequests {
    /// The figures, each by its name in the table of rules.
    pub figures: Vec<(String, Quantity, Option<Span>)>,
}

impl CarriedRequests {
    /// Those of the tables of a document.
    pub(in crate::report) fn of(tables: &StatuteTables, body: &ReadBody) -> Self {
        let names = RULES.years.iter().flatten().copied().collect::<BTreeSet<_>>();
        let figure = |name: &str| {
            let span = tables.mention(name, body).and_then(|place| body.span(&place));
            Some((name.to_owned(), tables.number(name)?, span))
        };
        Self { figures: names.into_iter().filter_map(figure).collect() }
    }

    /// The figure of this name, and where it stands.
    fn get(&self, name: &str) -> Option<(Quantity, Option<Span>)> {
        let found = self.figures.iter().find(|(own, ..)| own == name)?;
        Some((found.1, found.2))
    }

    /// What this year takes over and the year before does not give: this year's figure with its place, and that
    /// of the year before.
    #[must_use]
    pub fn differs_from(&self, before: &Self) -> Option<(Quantity, Option<Span>, Quantity)> {
        RULES.years.iter().find_map(|[now, left]| {
            let ((own, span), (last, _)) = (self.get(now)?, before.get(left)?);
            (own != last).then_some((own, span, last))
        })
    }
}
