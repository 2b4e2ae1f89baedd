//! What a template engine complains of, as our own diagnostics. It stops at the first mistake;
//! then every template is looked at by itself, so that one run names every mistake of syntax.

mod words;

use std::borrow::Cow;
use std::ops::Range;

use camino::Utf8PathBuf;
use tera::{ErrorKind, Tera};

use super::{Templates, budget};
use crate::diag::{Diagnostic, Words};
use crate::source::{Source, Span};

/// A place in a template as the engine tells it, both counted from one.
struct Position {
    line: usize,
    column: usize,
}

/// A template that the engine is to take, and the engine's name for it.
type NamedTemplate<'a> = (&'a String, &'a Source);

/// Loads `changed`, which are looked up below the prefixes as well, and says what is wrong;
/// `templates` are these and all that are loaded already. If anything is wrong, the engine stays
/// as it was.
pub(super) fn load(
    tera: &mut Tera,
    prefixes: &[String],
    changed: &[NamedTemplate<'_>],
    templates: &Templates,
) -> Vec<Diagnostic> {
    let Err(error) = add(tera, prefixes, changed) else {
        return Vec::new();
    };
    let desk = TemplateLookup { templates };
    let alone = |(name, source): &NamedTemplate<'_>| {
        let error = Tera::new().add_raw_template(name, source.text()).err()?;
        // A name that is not known here may be one of our functions.
        matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| desk.complain(&error, "template/syntax"))
    };
    let complaints: Vec<Diagnostic> = changed.iter().filter_map(alone).collect();
    if !complaints.is_empty() {
        return complaints;
    }
    let reports = match error.kind() {
        ErrorKind::Msg(text) => desk.reports(text),
        _ => Vec::new(),
    };
    if reports.is_empty() { vec![desk.complain(&error, "template/syntax")] } else { reports }
}

/// Hands templates to the engine. Looking at how all hang together takes it a while, which is
/// spared where nothing is new.
fn add(tera: &mut Tera, prefixes: &[String], changed: &[NamedTemplate<'_>]) -> tera::TeraResult<()> {
    if changed.is_empty() {
        return Ok(());
    }
    // It takes prefixes only before the first template.
    if tera.get_template_names().next().is_none() {
        tera.set_fallback_prefixes(prefixes.to_vec())?;
    }
    let templates: Vec<_> = changed.iter().map(|(name, source)| (name.as_str(), counted(source))).collect();
    tera.add_raw_templates(templates.iter().map(|(name, text)| (*name, &**text)))
}

/// A template as the engine is given it.
fn counted(source: &Source) -> Cow<'_, str> {
    match super::is_embedded(source) {
        true => Cow::Borrowed(source.text()),
        false => Cow::Owned(budget::counted(source.text())),
    }
}

/// The engine's complaint about a page, at its place in the template.
pub(super) fn of_page(error: &tera::Error, templates: &Templates) -> Diagnostic {
    TemplateLookup { templates }.complain(error, "template/render")
}

/// The complaint about a page that is longer than any may be.
pub(super) fn of_long_page(name: &str, templates: &Templates) -> Diagnostic {
    let most = budget::PAGE >> 20;
    let words = Words::new(
        format!("这个模板生成的页面超过 {most} MiB"),
        format!("the page that this template makes is longer than {most} MiB"),
    );
    // The site's own template goes by the name alone, one of a theme by the theme's name before it.
    let of_theme = templates.keys().find(|full| full.ends_with(&format!("/{name}")));
    let name = of_theme.filter(|_| !templates.contains_key(name)).map_or(name, |full| full);
    Diagnostic::error("template/budget", TemplateLookup { templates }.path(name), words)
        .help("检查循环里写出的内容", "see what its loops write")
}

/// The complaint about what a template spends; `None` where that is not what the engine says.
fn overspent(said: &str) -> Option<(Words, Words)> {
    let what = said.split_once(budget::MARK)?.1;
    let (rounds, held) = (budget::ROUNDS, budget::HELD >> 20);
    let words = match what.starts_with("rounds") {
        true => Words::new(
            format!("一个页面里的循环合计超过 {rounds} 次"),
            format!("the loops of one page make more than {rounds} rounds"),
        ),
        false => Words::new(
            format!("一个页面里放进变量的内容合计超过 {held} MiB"),
            format!("more than {held} MiB are put into the variables of one page"),
        ),
    };
    let help = Words::new(
        "不要在循环里套很长的循环，也不要让变量在循环里成倍增长",
        "put no long loop into a long loop, and let no variable double in one",
    );
    Some((words, help))
}

/// What a complaint is looked up in.
struct TemplateLookup<'a> {
    templates: &'a Templates,
}

impl TemplateLookup<'_> {
    fn complain(&self, error: &tera::Error, code: &'static str) -> Diagnostic {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
                let diagnostic = self.said(report.message(), report.filename(), code);
                diagnostic.at(Span::new(self.origin(report.filename(), report.span().range.clone(), code)))
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

    /// Where the engine's place is in the template as its author wrote it. Templates are looked at
    /// for their syntax as they were written, and drawn with counts in them.
    fn origin(&self, name: &str, place: Range<usize>, code: &str) -> Range<usize> {
        let counted = self.templates.get(name).filter(|source| !super::is_embedded(source));
        match counted.filter(|_| code == "template/render") {
            Some(source) => budget::origin(source.text(), place),
            None => place,
        }
    }

    /// The engine's sentence about the template `name`, in our words.
    fn said(&self, said: &str, name: &str, code: &'static str) -> Diagnostic {
        if let Some((words, help)) = overspent(said) {
            return Diagnostic::error("template/budget", self.path(name), words).help(help.zh, help.en);
        }
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
            diagnostic.span = self.span(name, &Position { line: number(line), column: number(column) }, said);
            found.push(diagnostic);
        }
        found
    }

    /// The place of the name that `said` quotes, from this place of a template on.
    fn span(&self, name: &str, from: &Position, said: &str) -> Option<Span> {
        let text = self.text(name)?;
        let above = from.line.checked_sub(1)?;
        let start: usize = text.split_inclusive('\n').take(above).map(str::len).sum();
        let line = text[start..].lines().next()?;
        let column = line.char_indices().nth(from.column.checked_sub(1)?).map_or(line.len(), |(at, _)| at);
        let word = said.split('`').nth(1).unwrap_or_default();
        // Counts that stand before it on the line move the column to the right.
        let at = line[column..].find(word).map(|at| column + at).or_else(|| line.find(word))?;
        Some(Span::new(start + at..start + at + word.len()))
    }

    /// `diagnostic` at the first `word` of the template `name`.
    fn at_word(&self, diagnostic: Diagnostic, name: &str, word: &str) -> Diagnostic {
        match self.text(name).and_then(|text| text.find(word)) {
            Some(at) => diagnostic.at(Span::new(at..at + word.len())),
            None => diagnostic,
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.templates.get(name).map(Source::text)
    }

    fn path(&self, name: &str) -> Utf8PathBuf {
        let path = self.templates.get(name).map(|source| source.path().to_owned());
        path.unwrap_or_else(|| Utf8PathBuf::from("templates").join(name))
    }

    /// The names of all templates; those of a theme are found without the theme's name as well.
    fn names(&self) -> Vec<&str> {
        let of_themes = self.templates.iter().filter(|(_, source)| source.path().starts_with("themes"));
        let short = of_themes.filter_map(|(name, _)| Some(name.split_once('/')?.1));
        self.templates.keys().map(String::as_str).chain(short).collect()
    }
}
