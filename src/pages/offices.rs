//! The offices whose documents a federated site gathers: when each was read, and what is wrong.

use super::{Sheet, labels};
use crate::ask::Ask;
use crate::diag::Language;
use crate::offices::{Office, Standing};
use crate::route::Route;
use crate::view::{Content, DateText, OfficeRow, OfficesPage};
use crate::words;

/// The page of the offices.
pub(super) fn offices(ask: &Ask<'_>) -> Sheet {
    let (words, all) = (words::of(ask.config().language), ask.offices());
    let content = OfficesPage {
        documents: all.iter().map(|office| office.documents).sum(),
        troubled: all.iter().filter(|office| office.standing != Standing::Current).count(),
        offices: all.iter().map(|office| row(office, ask.config().language)).collect(),
    };
    let about = words.about_offices(all.len());
    Sheet {
        labels: labels::column(words.offices, &about, "信息公开目录"),
        breadcrumbs: vec![(words.home.to_owned(), Some(Route::home())), (words.offices.to_owned(), None)],
        ..Sheet::new(words.offices.to_owned(), about, Content::Offices(content))
    }
}

fn row(office: &Office, language: Language) -> OfficeRow {
    let english = office.title_en.as_ref().filter(|_| language == Language::English);
    let read = office.read.map(|read| DateText { iso: Some(read.to_string()), text: read.label() });
    OfficeRow {
        name: office.name.clone(),
        title: english.unwrap_or(&office.title).clone(),
        href: office.url.absolute("/"),
        standing: office.standing.name(),
        read,
        documents: office.documents,
        signed: office.is_signed,
        troubles: office.troubles.iter().map(|(_, words)| words.get(language).to_owned()).collect(),
    }
}
