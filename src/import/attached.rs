//! Names of files that are put beside a report.

use std::collections::BTreeSet;

use super::draft::EmbeddedFile;

/// The names of `files`, each of its own even where a system does not tell capitals apart.
pub(crate) fn names(files: &[EmbeddedFile]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let own = |file: &EmbeddedFile| {
        let name = name(&file.name);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((&name, ""));
        let dot = if ending.is_empty() { "" } else { "." };
        let others = (2..).map(|number| format!("{stem}-{number}{dot}{ending}"));
        let free = std::iter::once(name.clone()).chain(others).find(|name| taken.insert(name.to_lowercase()));
        free.unwrap_or(name)
    };
    files.iter().map(own).collect()
}

/// A plain name for a file that another file holds: no folder, no character that an address or a file
/// system could take for something else.
fn name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-' | '_') { c } else { '-' };
    let name: String = last.chars().map(plain).collect();
    match name.trim_matches(['.', '-']) {
        "" => "file".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        let file = |name: &str| EmbeddedFile { name: name.into(), bytes: Vec::new(), title: None };
        assert_eq!(
            names(&[file("a/x.png"), file("b/X.png"), file("x.png")]),
            ["x.png", "X-2.png", "x-3.png"]
        );
    }

    #[test]
    fn no_name_leads_elsewhere() {
        for (given, plain) in [
            ("media/image1.png", "image1.png"),
            ("..\\..\\附件 1.pdf", "附件-1.pdf"),
            ("../", "file"),
            ("a\0b", "a-b"),
            (".profile", "profile"),
        ] {
            assert_eq!(name(given), plain);
        }
    }
}
