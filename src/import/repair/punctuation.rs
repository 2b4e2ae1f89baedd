//! Punctuation in half width within Chinese: `,` for `，` and `(` for `（`.

use crate::import::traced::Replacement;

/// Whether `c` is written as wide as a Han character.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff01}'..='\u{ff5e}' | '“' | '”' | '‘' | '’' | '…' | '—')
}

/// Marks of half width, and those that Chinese has for them.
const MARKS: [(char, &str); 5] = [(',', "，"), (';', "；"), (':', "："), ('?', "？"), ('!', "！")];

/// The marks of half width that stand in Chinese. Figures, times, addresses and words of other languages
/// keep theirs.
pub(super) fn full_width(text: &str) -> Vec<Replacement> {
    let mut edits = brackets(text);
    for (at, c) in text.char_indices() {
        let Some((_, put)) = MARKS.iter().find(|(mark, _)| *mark == c) else {
            continue;
        };
        if is_in_chinese(text, at) && !is_of_note(text, at) {
            edits.push(Replacement { at: at..at + 1, put: (*put).to_owned(), rule: "half-width" });
        }
    }
    edits.sort_by_key(|edit| edit.at.start);
    edits
}

/// Whether the mark at `at` stands behind Chinese, or between anything and Chinese.
fn is_in_chinese(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let mut behind = text[at + 1..].chars();
    let after = behind.next();
    let wide = |c: Option<char>| c.is_some_and(is_wide);
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '%' | ')' | '）'));
    match (before, after) {
        // An address: `网址:http://…` has its colon behind Chinese and is Chinese all the same.
        (before, _) if wide(before) => true,
        (before, after) => word(before) && wide(after),
    }
}

/// Whether the colon at `at` belongs to `[^1]:`, or to a mark of Markdown.
fn is_of_note(text: &str, at: usize) -> bool {
    text[..at].ends_with(']') || text[..at].ends_with('|')
}

/// Pairs of brackets around Chinese or beside it. A mixed pair becomes one.
fn brackets(text: &str) -> Vec<Replacement> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut edits = Vec::new();
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' => open.push((at, c)),
            ')' | '）' => {
                let Some((start, first)) = open.pop() else { continue };
                if is_chinese_pair(text, start..at + c.len_utf8()) {
                    let edit = |at: usize, put: &str| Replacement {
                        at: at..at + 1,
                        put: put.to_owned(),
                        rule: "half-width",
                    };
                    edits.extend((first == '(').then(|| edit(start, "（")));
                    edits.extend((c == ')').then(|| edit(at, "）")));
                }
            }
            _ => {}
        }
    }
    edits
}

fn is_chinese_pair(text: &str, pair: std::ops::Range<usize>) -> bool {
    let (before, after) = (&text[..pair.start], &text[pair.end..]);
    // The address of a link stays as it is.
    if before.ends_with(']') {
        return false;
    }
    let inner = &text[pair];
    let beside = before.chars().next_back().is_some_and(is_wide) || after.chars().next().is_some_and(is_wide);
    beside || inner.chars().any(|c| is_wide(c) && !matches!(c, '（' | '）'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mended(text: &str) -> String {
        let mut out = text.to_owned();
        for edit in full_width(text).into_iter().rev() {
            out.replace_range(edit.at, &edit.put);
        }
        out
    }

    #[test]
    fn chinese_has_wide_punctuation_and_the_rest_keeps_its_own() {
        for (text, full) in [
            ("(一)加强,落实;抓好(GDP)", "（一）加强，落实；抓好（GDP）"),
            ("责任单位:市司法局（法制科)", "责任单位：市司法局（法制科）"),
            ("共1,234件,增长5.5%,其中", "共1,234件，增长5.5%，其中"),
            ("9:30 http://a.cn/?b=1;c", "9:30 http://a.cn/?b=1;c"),
            ("见[附件](附件1.pdf)和f(x), y", "见[附件](附件1.pdf)和f(x), y"),
            ("(《条例》(2019年))", "（《条例》（2019年））"),
            ("如何办理?请看", "如何办理？请看"),
            ("1)甲", "1)甲"),
        ] {
            assert_eq!(mended(text), full);
            assert_eq!(mended(full), full, "twice");
        }
    }
}
