//! How a language and a format are written on the command line.

use clap::ValueEnum;
use clap::builder::PossibleValue;

use crate::diag::Language;
use crate::diag::draw::DiagnosticFormat;
use crate::schema::KeyedFile;

impl ValueEnum for Language {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Chinese, Self::English]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = self.pick(("zh", "Chinese"), ("en", "English"));
        Some(PossibleValue::new(name).help(help))
    }
}

impl ValueEnum for KeyedFile {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let help = match self {
            Self::Site => "site.yaml",
            Self::Report => "The front matter of a document",
            Self::Place => "The front matter of a place",
            Self::Indicators => "indicators.yaml",
            Self::Sites => "sites.yaml, the offices of a federated site",
        };
        Some(PossibleValue::new(self.name()).help(help))
    }
}

impl ValueEnum for DiagnosticFormat {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::Frame, Self::Short, Self::Json, Self::Sarif, Self::Github, Self::Html]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        let (name, help) = match self {
            Self::Frame => ("frame", "The words in question, with what to do"),
            Self::Short => ("short", "One line each, for editors"),
            Self::Json => ("json", "One JSON list"),
            Self::Sarif => ("sarif", "SARIF 2.1.0"),
            Self::Github => ("github", "Commands of GitHub's workflows"),
            Self::Html => ("html", "A page for the file, each code once"),
        };
        Some(PossibleValue::new(name).help(help))
    }
}
