//! What a template engine complains of, as our own diagnostics. All templates are looked at
//! by themselves first, so that one run names every mistake of syntax.

use std::collections::BTreeMap;

use camino::Utf8PathBuf;
use tera::{ErrorKind, Tera};

use crate::diag::{Diagnostic, Words};
use crate::source::Span;

/// Loads `templates`, which are looked up below `prefixes` as well, and says what is wrong.
pub(super) fn load(
    tera: &mut Tera,
    layers: (Vec<String>, Vec<(String, String)>),
    paths: &BTreeMap<String, Utf8PathBuf>,
) -> Vec<Diagnostic> {
    let (prefixes, templates) = layers;
    let alone = |(name, text): &(String, String)| {
        let error = Tera::new().add_raw_template(name, text).err()?;
        matches!(error.kind(), ErrorKind::SyntaxError(report) if is_syntax(report.message()))
            .then(|| complain(&error, paths, "template/syntax"))
    };
    let complaints: Vec<Diagnostic> = templates.iter().filter_map(alone).collect();
    if !complaints.is_empty() {
        return complaints;
    }
    let loaded = tera.set_fallback_prefixes(prefixes).and_then(|()| tera.add_raw_templates(templates));
    loaded.err().map(|error| complain(&error, paths, "template/syntax")).into_iter().collect()
}

/// A name that is not known to an engine without our functions is no mistake of syntax.
fn is_syntax(message: &str) -> bool {
    !["function", "filter", "test", "component"].iter().any(|word| message.to_lowercase().contains(word))
}

/// The engine's complaint as a diagnostic at its place.
pub(super) fn complain(
    error: &tera::Error,
    paths: &BTreeMap<String, Utf8PathBuf>,
    code: &'static str,
) -> Diagnostic {
    let path =
        |name: &str| paths.get(name).cloned().unwrap_or_else(|| Utf8PathBuf::from("templates").join(name));
    let (path, span, said) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => (
            path(report.filename()),
            Some(Span::new(report.span().range.clone())),
            report.message().to_owned(),
        ),
        ErrorKind::MissingParent { current, parent } => {
            (path(current), None, format!("`{parent}`, which this template extends, is not there"))
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            (path(tpl), None, "templates extend one another in a circle".to_owned())
        }
        ErrorKind::CircularInclude { tpl, .. } => {
            (path(tpl), None, "templates include one another in a circle".to_owned())
        }
        ErrorKind::TemplateNotFound(name) => {
            (path(name), None, format!("the template `{name}` is not there"))
        }
        other => ("templates".into(), None, other.to_string()),
    };
    let mut lines = said.lines();
    let first = lines.next().unwrap_or_default();
    let rest = lines.collect::<Vec<_>>().join(" ");
    let words = Words::new(format!("模板有误：{first}"), format!("this template cannot be used: {first}"));
    let mut diagnostic = Diagnostic::error(code, path, words);
    diagnostic.span = span;
    match rest.trim() {
        "" => diagnostic,
        rest => diagnostic.help(rest, rest),
    }
}
