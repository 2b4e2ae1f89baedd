//! An earlier text of a document beside the one that stands: by the same comparison as two years.

use std::collections::BTreeSet;

use crate::archive::DocumentId;
use crate::ask::{Ask, FormerText};
use crate::beside::{ComparedPair, Extent, PairSetting, SideBySide, part_name};
use crate::compare::{ComparedText, Comparison, compare};
use crate::report::Record;
use crate::view::NamedLink;
use crate::words;

/// An earlier text and the one that stands, which is at this place of the archive, side by side.
pub(crate) fn beside_former(ask: &Ask<'_>, at: DocumentId, former: &FormerText<'_>) -> SideBySide {
    let old = former.opened();
    let found = compare(&ComparedText::of(old.source, old.parsed), &ask.compared_text(at));
    let words = words::of(ask.config());
    let mut before = ask.compared_as(old.record, ComparedText::of(old.source, old.parsed));
    // Its sections are on the page itself.
    before.about.href.clear();
    before.about.published = words.date(former.first.time.date());
    let mut after = ask.compared_document(at);
    // Both are what this site published of one document: what one says and the other does not was changed here, however
    // much of the original they are and whoever worded it.
    before.about.extent = Extent::Full;
    after.about.extent = Extent::Full;
    let years = vec![before.about.year];
    ComparedPair::new((before, after), &found, PairSetting { years, texts: words.texts() }).beside()
}

/// The sections of an earlier text whose anchors the text of `report` has not: anchor, title, and the
/// section that took its place, where one did.
pub(crate) fn former_sections(
    ask: &Ask<'_>,
    report: &Record,
    former: &FormerText<'_>,
) -> Vec<(String, String, Option<NamedLink>)> {
    let (Some(new), old) = (ask.open(report), former.opened()) else { return Vec::new() };
    let there: BTreeSet<&str> = new.parsed.body.sections.iter().map(|section| &*section.anchor).collect();
    let is_lost = |anchor: &str| !anchor.is_empty() && !there.contains(anchor);
    if !old.parsed.body.sections.iter().any(|section| is_lost(&section.anchor)) {
        return Vec::new();
    }
    let (before, after) =
        (ComparedText::of(old.source, old.parsed), ComparedText::of(new.source, new.parsed));
    let found = compare(&before, &after);
    let lost = before.sections.iter().enumerate().filter(|(_, section)| is_lost(section.anchor));
    lost.map(|(at, section)| {
        let now = taken_by(&found, at).map(|now| part_name("", &after.sections[now]));
        let now = now.filter(|name| !name.href.is_empty());
        let now = now.map(|name| NamedLink { name: name.title, href: name.href });
        (section.anchor.to_owned(), section.title.to_owned(), now)
    })
    .collect()
}

/// The section that took the place of an earlier one.
fn taken_by(found: &Comparison, section: usize) -> Option<usize> {
    let group = found.alignment.groups.iter().find(|group| group.before.contains(&section))?;
    group.after.first().copied()
}
