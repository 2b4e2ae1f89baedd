//! What is there before anything is written: the files of a new site, and a document to be filled
//! in. Texts alone come from here; a door puts them into place.

mod document;

use camino::Utf8PathBuf;

use crate::config::Level;
use crate::diag::Language;
use crate::report::scalar;
use crate::schema::{KeyedFile, schema};

pub use document::{BlankDocument, EarlierDocument, blank};

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path below the site's folder.
    pub path: Utf8PathBuf,
    /// What stands in it.
    pub text: String,
}

impl NewFile {
    fn new(path: impl Into<Utf8PathBuf>, text: String) -> Self {
        Self { path: path.into(), text }
    }
}

/// A site to be made.
#[derive(Clone, Debug)]
pub struct NewSite {
    /// Its name.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// Where it will stand.
    pub base_url: String,
    /// The first place in it.
    pub place: NewPlace,
}

/// A place to be made.
#[derive(Clone, Debug)]
pub struct NewPlace {
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// Its level.
    pub level: Level,
}

/// The folder of the invented place that shows what can be written.
pub const EXAMPLE: &str = "example";

/// All files of a new site: settings, a registry of usual indicators, the place, an invented place
/// whose documents show everything, and what editors need. Schemas are described in this language.
#[must_use]
pub fn site(site: &NewSite, language: Language) -> Vec<NewFile> {
    let yaml = [
        ("TITLE", scalar(&site.title)),
        ("PUBLISHER", scalar(&site.publisher)),
        ("BASE_URL", scalar(&site.base_url)),
    ];
    let plain = [("TITLE", site.title.clone()), ("PLACE", site.place.slug.clone())];
    let mut files = vec![
        NewFile::new("site.yaml", filled(include_str!("start/site/site.yaml"), &yaml)),
        NewFile::new("indicators.yaml", include_str!("start/site/indicators.yaml").to_owned()),
        NewFile::new("content/_index.md", filled(include_str!("start/site/home.md"), &yaml)),
        place(&site.place),
        NewFile::new(".gitignore", include_str!("start/site/gitignore").to_owned()),
        NewFile::new("README.md", filled(include_str!("start/site/README.md"), &plain)),
    ];
    files.extend(example(&site.place));
    files.extend(for_editors(language));
    files
}

/// The file of a new place.
#[must_use]
pub fn place(place: &NewPlace) -> NewFile {
    let marks = [("NAME", scalar(&place.name)), ("LEVEL", place.level.name().to_owned())];
    let path = format!("content/{}/_index.md", place.slug);
    NewFile::new(path, filled(include_str!("start/site/place.md"), &marks))
}

/// An invented place below `above`, where one of its level can have places below it, with two years
/// of reports and a plan.
fn example(above: &NewPlace) -> Vec<NewFile> {
    let (level, name, issuer) = match above.level {
        Level::National => (Level::Province, "示例省", "示例省人民政府"),
        Level::Province => (Level::Prefecture, "示例市", "示例市人民政府"),
        Level::Prefecture | Level::Department => (Level::County, "示例县", "示例县人民政府"),
        Level::County => (Level::Township, "示例镇", "示例镇人民政府"),
        Level::Township => (Level::Department, "示例站", "示例站"),
    };
    let parent = match above.level {
        Level::Department => String::new(),
        _ => format!("parent: {}\n", above.slug),
    };
    let marks = [
        ("NAME", name.to_owned()),
        ("ISSUER", issuer.to_owned()),
        ("LEVEL", level.name().to_owned()),
        ("PARENT", parent),
    ];
    let file =
        |path: &str, text: &str| NewFile::new(format!("content/{EXAMPLE}/{path}"), filled(text, &marks));
    vec![
        file("_index.md", include_str!("start/site/example-place.md")),
        file("2023.md", include_str!("start/site/example-2023.md")),
        file("2024/index.md", include_str!("start/site/example-2024.md")),
        file("2024/figures.csv", include_str!("start/site/figures.csv")),
        file("2024/work-plan.md", include_str!("start/site/example-plan.md")),
    ]
}

/// The schemas, and what tells Visual Studio Code which file each is for.
fn for_editors(language: Language) -> Vec<NewFile> {
    let path = |file: KeyedFile| format!(".vscode/xiangwei/{}.schema.json", file.name());
    let named = |file: KeyedFile| {
        let files: &[&str] = match file {
            KeyedFile::Site => &["site.yaml"],
            KeyedFile::Indicators => &["indicators.yaml"],
            KeyedFile::Sites => &["sites.yaml"],
            KeyedFile::Place => &["content/*/_index.md"],
            KeyedFile::Report => {
                &["content/*/[0-9]*.md", "content/*/[0-9]*/*.md", "content/*/[0-9]*/*/index.md"]
            }
        };
        (format!("./{}", path(file)), serde_json::json!(files))
    };
    let schemas: serde_json::Map<String, serde_json::Value> = KeyedFile::ALL.into_iter().map(named).collect();
    let settings = serde_json::json!({ "files.encoding": "utf8", "yaml.schemas": schemas });
    let wanted = serde_json::json!({ "recommendations": ["redhat.vscode-yaml"] });
    let mut files = vec![
        NewFile::new(".vscode/settings.json", format!("{settings:#}\n")),
        NewFile::new(".vscode/extensions.json", format!("{wanted:#}\n")),
    ];
    files.extend(
        KeyedFile::ALL.map(|file| NewFile::new(path(file), format!("{:#}\n", schema(file, language)))),
    );
    files
}

/// `text` with a value in the place of each `@MARK@`.
fn filled(text: &str, marks: &[(&str, String)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        filled.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let mark = marks
            .iter()
            .find_map(|(name, value)| Some((value, behind.strip_prefix(name)?.strip_prefix('@')?)));
        rest = match mark {
            Some((value, after)) => {
                filled.push_str(value);
                after
            }
            None => {
                filled.push('@');
                behind
            }
        };
    }
    filled + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_filled_and_addresses_of_mail_are_none() {
        let marks = [("NAME", "甲@乙".to_owned())];
        assert_eq!(filled("@NAME@、a@b.cn、@NAME@", &marks), "甲@乙、a@b.cn、甲@乙");
        assert_eq!(filled("a@b.cn", &marks), "a@b.cn");
    }
}
