//! The offices whose documents a federated site gathers: when each was read, and what is wrong.

use super::{PageSheet, labels};
use crate::ask::Ask;
use crate::diag::{Language, Words};
use crate::interface::Locale;
use crate::offices::{Office, OfficeStanding};
use crate::route::Route;
use crate::view::{Content, DateText, OfficeRow, OfficesPage};
use crate::words;

/// The page of the offices.
pub(super) fn offices(ask: &Ask<'_>) -> PageSheet {
    let (words, all) = (words::of(ask.config()), ask.offices());
    let content = OfficesPage {
        documents: all.iter().map(|office| office.documents).sum(),
        troubled: all.iter().filter(|office| office.standing != OfficeStanding::Current).count(),
        offices: all.iter().map(|office| row(office, ask.config().language)).collect(),
    };
    let about = words.about_offices(all.len());
    PageSheet {
        labels: labels::column(words.offices(), &about, "信息公开目录"),
        breadcrumbs: vec![(words.home().to_owned(), Some(Route::home())), (words.offices().to_owned(), None)],
        ..PageSheet::new(words.offices().to_owned(), about, Content::Offices(content))
    }
}

fn row(office: &Office, language: Locale) -> OfficeRow {
    let english = office.title_en.as_ref().filter(|_| language.is_english());
    let read = office.read.map(|read| DateText { iso: Some(read.to_string()), text: read.label() });
    OfficeRow {
        name: office.name.clone(),
        title: english.unwrap_or(&office.title).clone(),
        href: office.url.absolute("/"),
        standing: office.standing.name(),
        read,
        documents: office.documents,
        signed: office.is_signed,
        troubles: office
            .troubles
            .iter()
            .map(|(code, words)| fault_in_words(code, words, language).to_owned())
            .collect(),
    }
}

/// What is wrong, in the words of the program where it speaks the language, and else by its code.
fn fault_in_words<'a>(code: &'a str, words: &'a Words, language: Locale) -> &'a str {
    match language {
        language if language.is_chinese() => words.get(Language::Chinese),
        language if language.is_english() => words.get(Language::English),
        _ => code,
    }
}
