//! Writes a report: front matter from what is known, suggested figures as comments, then the text.

use super::Suggestion;
use super::facts::ImportFacts;
use crate::report::matter::{Script, Validity};
use crate::report::{Yaml, scalar};

/// What is written besides what the file says of itself.
pub(crate) struct DocumentAdditions<'a> {
    /// The kind of document.
    pub(crate) kind: &'a str,
    /// The files beside it that are offered, by name.
    pub(crate) files: &'a [String],
    /// The figures that an editor may accept.
    pub(crate) suggestions: &'a [Suggestion],
}

/// The front matter, without the lines `---` around it.
pub(crate) fn front_matter(facts: &ImportFacts, around: &DocumentAdditions<'_>) -> String {
    let mut yaml = Yaml::default();
    yaml.maybe("title", facts.title.as_ref());
    yaml.line("kind", around.kind);
    yaml.list("issuer", facts.issuers.iter().map(String::as_str));
    yaml.maybe("index_number", facts.index_number.as_ref());
    yaml.maybe("document_number", facts.document_number.as_ref());
    yaml.list("subjects", facts.subjects.iter().map(String::as_str));
    yaml.bare("written", facts.written);
    yaml.bare("published", facts.published.map(|moment| moment.written()));
    yaml.maybe("validity", validity(facts).map(|validity| validity.name().to_owned()).as_ref());
    yaml.maybe("source", facts.source.as_ref());
    yaml.maybe("summary", facts.summary.as_ref());
    yaml.list("keywords", facts.keywords.iter().map(String::as_str));
    if facts.traditional {
        yaml.line("language", Script::Traditional.tag());
    }
    yaml.items("wrapper", facts.wrapper.map(|role| format!("role: {role}")));
    let entry = |name: &String| format!("- {{ file: {}, title: {} }}", scalar(name), scalar(name));
    yaml.items("attachments", around.files.iter().map(entry));
    suggest(&mut yaml, around.suggestions);
    yaml.0
}

/// 有效性 as it is said, as front matter has it.
fn validity(facts: &ImportFacts) -> Option<Validity> {
    facts.validity.as_deref().and_then(Validity::called)
}

/// The suggestions, each below the sentence that tells it. Nothing of them counts before somebody takes the
/// `#` away.
fn suggest(yaml: &mut Yaml, suggestions: &[Suggestion]) {
    if suggestions.is_empty() {
        return;
    }
    yaml.0.push_str("# 原文里有这些数字；核对后删去行首的 # 就算采用（包括 indicators 一行）\n");
    yaml.0.push_str("# indicators:\n");
    for found in suggestions {
        let remark = |text: &str| text.replace(['\n', '\r'], " ");
        yaml.0.push_str(&format!("#   # {}\n", remark(&found.sentence)));
        yaml.0.push_str(&format!("#   {}: {}\n", found.id, found.entry));
    }
}
