//! Notes of whoever edited the text: quotations that say so themselves. They are shown beside the
//! text and are no part of it.

use pulldown_cmark::BlockQuoteKind;

use crate::han::fold;

/// Who writes a note. Longer names come before those that they begin with.
const WHO: [&str; 7] = ["编者", "编辑", "摘编者", "摘编", "整理者", "本站", "编"];

/// What the note is called behind that.
const WHAT: [&str; 6] = ["附注", "注", "按语", "按", "说明", "的话"];

/// The same in English.
const ENGLISH: [&str; 3] = ["editor's note", "editors' note", "editorial note"];

/// What may stand before the name: brackets, emphasis, the mark of the quotation itself.
const BEFORE: [char; 12] = ['>', '*', '_', '【', '〔', '〖', '（', '(', '[', '\\', '「', '“'];

/// Whether a quotation is a note of the editor: one that begins 编者注：, 【编者按】 or the like,
/// or, as on GitHub, `[!NOTE]`. `markdown` is the quotation as it stands in the source.
pub(crate) fn is_note(kind: Option<BlockQuoteKind>, markdown: &str) -> bool {
    kind.is_some() || is_named(markdown)
}

/// Whether the first words of a quotation name it as the editor's.
fn is_named(markdown: &str) -> bool {
    let start = markdown.trim_start_matches(|c: char| c.is_whitespace() || BEFORE.contains(&c));
    let chinese = WHO.iter().filter_map(|who| start.get(fold::prefix(start, who)?..));
    let mut ends =
        chinese.flat_map(|rest| WHAT.iter().filter_map(|what| rest.get(fold::prefix(rest, what)?..)));
    // 编者按照… is a sentence.
    let is_end = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    ends.any(is_end) || is_named_in_english(start)
}

fn is_named_in_english(start: &str) -> bool {
    let opening: String = start.chars().take(16).collect();
    let opening = fold::fold_str(&opening.to_lowercase());
    ENGLISH.iter().any(|name| opening.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_that_names_the_editor_is_a_note() {
        for note in [
            "> 编者注：本页是摘编。",
            "> 【编者按】本页是摘编。",
            ">（編者註）本頁是摘編。",
            "> **编者注** 本页是摘编。",
            ">\n> 本站说明:本页是摘编。",
            "> 摘编说明\n>\n> 本页是摘编。",
            "> [编者附注] 本页是摘编。",
            "> 编者按。本页是摘编。",
            "> Editor’s note: a digest.",
        ] {
            assert!(is_note(None, note), "{note}");
        }
        assert!(is_note(Some(BlockQuoteKind::Note), "> [!NOTE]\n> 本页是摘编。"));
    }

    #[test]
    fn other_quotations_are_text() {
        for text in [
            "> 编者按照报告整理。",
            "> 说明：数字均为约数。",
            "> 编注册表。",
            "> 办结745件。",
            "> 本站注重实效。",
            ">",
            "> ed",
        ] {
            assert!(!is_note(None, text), "{text}");
        }
    }
}
