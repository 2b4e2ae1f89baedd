//! What a template engine complains of, as our own diagnostics. All templates are looked at
//! by themselves first, so that one run names every mistake of syntax.

mod words;

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use tera::{ErrorKind, Tera};

use crate::diag::{Diagnostic, Words};
use crate::source::Span;

/// Templates as the engine takes them: name and text.
pub(super) type Templates = Vec<(String, String)>;

/// Loads `templates`, which are looked up below `prefixes` as well, and says what is wrong.
pub(super) fn load(
    tera: &mut Tera,
    layers: (Vec<String>, Templates),
    paths: &BTreeMap<String, Utf8PathBuf>,
) -> Vec<Diagnostic> {
    let (prefixes, templates) = layers;
    let desk = Desk { paths, templates: &templates };
    let alone = |(name, text): &(String, String)| {
        let error = Tera::new().add_raw_template(name, text).err()?;
        // A name that is not known here may be one of our functions.
        matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| desk.complain(&error, "template/syntax"))
    };
    let complaints: Vec<Diagnostic> = templates.iter().filter_map(alone).collect();
    if !complaints.is_empty() {
        return complaints;
    }
    let borrowed = templates.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    let Err(error) = tera.set_fallback_prefixes(prefixes).and_then(|()| tera.add_raw_templates(borrowed))
    else {
        return Vec::new();
    };
    let reports = match error.kind() {
        ErrorKind::Msg(text) => desk.reports(text),
        _ => Vec::new(),
    };
    if reports.is_empty() { vec![desk.complain(&error, "template/syntax")] } else { reports }
}

/// The engine's complaint about a page, at its place in the template.
pub(super) fn of_page(error: &tera::Error, paths: &BTreeMap<String, Utf8PathBuf>) -> Diagnostic {
    Desk { paths, templates: &[] }.complain(error, "template/render")
}

/// What a complaint is looked up in: where each template lies, and its text while it is loaded.
struct Desk<'a> {
    paths: &'a BTreeMap<String, Utf8PathBuf>,
    templates: &'a [(String, String)],
}

impl Desk<'_> {
    fn complain(&self, error: &tera::Error, code: &'static str) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let diagnostic = self.said(report.message(), report.filename(), code);
                diagnostic.at(Span::new(report.span().range.clone()))
            }
            ErrorKind::MissingParent { current, parent } => {
                let words = Words::new(
                    format!("没有 `{parent}` 这个可以扩展的模板"),
                    format!("there is no template `{parent}` to extend"),
                );
                let help = words::nearest_template(parent, &self.names());
                self.at_word(Diagnostic::error(code, self.path(current), words), current, parent)
                    .help(help.zh, help.en)
            }
            ErrorKind::CircularExtend { tpl, .. } => {
                let words = Words::new("模板相互扩展，成了环", "templates extend one another in a circle");
                let own = self.at_word(Diagnostic::error(code, self.path(tpl), words), tpl, "extends");
                let name = tpl.rsplit('/').next().unwrap_or(tpl);
                own.help(
                    format!("要在默认主题上改动，写 `{{% extends \"gongbao/{name}\" %}}`"),
                    format!(
                        "to change a page of the default theme, write `{{% extends \"gongbao/{name}\" %}}`"
                    ),
                )
            }
            ErrorKind::CircularInclude { tpl, .. } => {
                let words = Words::new("模板相互引入，成了环", "templates include one another in a circle");
                self.at_word(Diagnostic::error(code, self.path(tpl), words), tpl, "include")
                    .help("删去其中一处 `include`", "remove one `include` of the circle")
            }
            ErrorKind::TemplateNotFound(name) => self.said(&format!("Unknown template `{name}`"), name, code),
            other => self.said(&other.to_string(), "", code),
        }
    }

    /// The engine's sentence about the template `name`, in our words.
    fn said(&self, said: &str, name: &str, code: &'static str) -> Diagnostic {
        let (words, help) = words::translate(said, &self.names());
        Diagnostic { help, ..Diagnostic::error(code, self.path(name), words) }
    }

    /// What the engine says of names that are not there: it makes one text of all its reports,
    /// each with a drawing of its own, of which the place is taken.
    fn reports(&self, text: &str) -> Vec<Diagnostic> {
        let mut lines = text.lines();
        let mut found = Vec::new();
        while let Some(line) = lines.next() {
            let Some(said) = line.strip_prefix("error: ") else {
                continue;
            };
            let place = lines.next().and_then(|line| line.trim_start().strip_prefix("--> "));
            let mut parts = place.unwrap_or_default().rsplitn(3, ':');
            let (column, line, name) = (parts.next(), parts.next(), parts.next().unwrap_or_default());
            let number = |part: Option<&str>| part.and_then(|part| part.parse().ok()).unwrap_or(1);
            let mut diagnostic = self.said(said, name, "template/syntax");
            diagnostic.span = self.span(name, (number(line), number(column)), said);
            found.push(diagnostic);
        }
        found
    }

    /// The place of the name that `said` quotes, from this line and column of a template on.
    fn span(&self, name: &str, place: (usize, usize), said: &str) -> Option<Span> {
        let text = self.text(name)?;
        let above = place.0.checked_sub(1)?;
        let start: usize = text.split_inclusive('\n').take(above).map(str::len).sum();
        let line = text[start..].lines().next()?;
        let column = line.char_indices().nth(place.1.checked_sub(1)?).map_or(line.len(), |(at, _)| at);
        let word = said.split('`').nth(1).unwrap_or_default();
        let at = start + column + line[column..].find(word)?;
        Some(Span::new(at..at + word.len()))
    }

    /// `diagnostic` at the first `word` of the template `name`.
    fn at_word(&self, diagnostic: Diagnostic, name: &str, word: &str) -> Diagnostic {
        match self.text(name).and_then(|text| text.find(word)) {
            Some(at) => diagnostic.at(Span::new(at..at + word.len())),
            None => diagnostic,
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.templates.iter().find(|(other, _)| other == name).map(|(_, text)| text.as_str())
    }

    fn path(&self, name: &str) -> Utf8PathBuf {
        self.paths.get(name).cloned().unwrap_or_else(|| Utf8PathBuf::from("templates").join(name))
    }

    /// The names of all templates; those of a theme are found without the theme's name as well.
    fn names(&self) -> Vec<&str> {
        let of_themes = self.paths.iter().filter(|(_, path)| path.starts_with("themes"));
        let short = of_themes.filter_map(|(name, _)| Some(name.split_once('/')?.1));
        self.paths.keys().map(String::as_str).chain(short).collect()
    }
}
