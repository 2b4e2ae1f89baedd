//! Fields (ECMA-376 part 1, §17.16): an instruction, and the result that was last computed from it. What
//! is printed is the result.

use super::symbols;

/// How deep fields may stand in each other. Word's own limit is 20.
pub(super) const DEEPEST: usize = 100;

/// A field that has begun and not ended.
#[derive(Debug, Default)]
struct OpenField {
    code: String,
    /// Whether its result has begun.
    shown: bool,
    /// Whether it is a table of contents.
    contents: bool,
    /// Where its result leads.
    link: Option<String>,
    /// The state of its box, if it is one to tick.
    ticked: Option<bool>,
}

/// The fields around a place in a story.
#[derive(Debug, Default)]
pub(super) struct OpenFields {
    open: Vec<OpenField>,
    /// How many of them are still at their instruction.
    codes: usize,
    /// How many of them are tables of contents at their result.
    contents: usize,
}

/// The longest instruction that is kept to be understood.
const LONGEST_CODE: usize = 4_096;

impl OpenFields {
    /// How many are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// A field begins; `ticked` if it has a box to tick.
    pub(super) fn begin(&mut self, ticked: Option<bool>) {
        self.open.push(OpenField { ticked, ..OpenField::default() });
        self.codes += 1;
    }

    /// Words of an instruction.
    pub(super) fn code(&mut self, words: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.shown) {
            let room = LONGEST_CODE.saturating_sub(field.code.len());
            field.code.extend(words.chars().take(room / 4));
        }
    }

    /// The result of the innermost field begins.
    pub(super) fn separate(&mut self) {
        if let Some(field) = self.open.last_mut().filter(|field| !field.shown) {
            field.shown = true;
            field.contents = is_contents(&field.code);
            field.link = link(&field.code);
            self.codes -= 1;
            self.contents += usize::from(field.contents);
        }
    }

    /// The innermost field ends. What Word prints for it, if it has no result of its own.
    pub(super) fn end(&mut self) -> Option<String> {
        let field = self.open.pop()?;
        match field.shown {
            true => {
                self.contents -= usize::from(field.contents);
                None
            }
            false => {
                self.codes -= 1;
                computed(&field)
            }
        }
    }

    /// The rule by which words here are left out.
    pub(super) fn hush(&self) -> Option<&'static str> {
        match (self.codes, self.contents) {
            (0, 0) => None,
            (0, _) => Some("docx-contents"),
            _ => Some("docx-field-code"),
        }
    }

    /// Where words here lead.
    pub(super) fn link(&self) -> Option<&str> {
        self.open.iter().rev().find_map(|field| field.link.as_deref())
    }
}

/// Whether an instruction makes a table of contents.
pub(super) fn is_contents(code: &str) -> bool {
    is(code, "TOC")
}

fn is(code: &str, name: &str) -> bool {
    code.split_whitespace().next().is_some_and(|first| first.eq_ignore_ascii_case(name))
}

/// The address of `HYPERLINK "https://…"`. A place in the document itself (`\l`) is none.
pub(super) fn link(code: &str) -> Option<String> {
    let rest = code.trim_start();
    let rest = rest
        .get(.."HYPERLINK".len())
        .filter(|name| name.eq_ignore_ascii_case("HYPERLINK"))
        .map(|name| &rest[name.len()..])?;
    let word = match rest.trim_start().strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => rest.split_whitespace().next(),
    };
    word.filter(|word| !word.is_empty() && !word.starts_with('\\')).map(str::to_owned)
}

/// What is printed of a field without a result, if that is known.
fn computed(field: &OpenField) -> Option<String> {
    let code = field.code.as_str();
    if is(code, "FORMCHECKBOX") {
        return Some(if field.ticked == Some(true) { "☒" } else { "☐" }.to_owned());
    }
    if is(code, "SYMBOL") {
        return symbol(code);
    }
    is(code, "EQ").then(|| overstruck(code)).flatten()
}

/// `SYMBOL 254 \f "Wingdings"`.
fn symbol(code: &str) -> Option<String> {
    let number = code.split_whitespace().nth(1)?;
    let number = match number.strip_prefix("0x") {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    let font = code.split_once("\\f")?.1.trim_start().trim_start_matches('"');
    let font = font.split('"').next().unwrap_or_default();
    symbols::sign(font, number).map(String::from)
}

/// The base of signs that are set over each other, `EQ \o\ad(\s\up 9(xíng),行)`: the last of them. So
/// Word sets a reading over a character, and a circle around one.
fn overstruck(code: &str) -> Option<String> {
    let inner = code.split_once("\\o")?.1.split_once('(')?.1;
    let inner = &inner[..inner.rfind(')')?];
    let last = inner.rsplit([',', ';']).next()?.trim();
    let plain = !last.is_empty() && !last.contains(['\\', '(', ')']);
    plain.then(|| last.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instructions_are_understood() {
        assert_eq!(link(r#" HYPERLINK "https://a.cn/x" \o "b" "#).as_deref(), Some("https://a.cn/x"));
        assert_eq!(link(" hyperlink https://a.cn/x ").as_deref(), Some("https://a.cn/x"));
        assert_eq!(link(r#" HYPERLINK \l "_Toc1" "#), None);
        assert_eq!(link("链接 HYPERLINK"), None);
        assert!(is_contents(r#" TOC \o "1-3" \h "#) && !is_contents(" TOCX "));
        assert_eq!(overstruck(r"EQ \* jc2 \* hps10 \o\ad(\s\up 9(xíng),行)").as_deref(), Some("行"));
        assert_eq!(overstruck(r"eq \o\ac(○,一)").as_deref(), Some("一"));
        assert_eq!(overstruck(r"EQ \f(1,2)"), None);
        assert_eq!(symbol(r#" SYMBOL 254 \f "Wingdings" \s 12 "#).as_deref(), Some("☑"));
    }

    #[test]
    fn results_are_heard_and_instructions_are_not() {
        let mut fields = OpenFields::default();
        fields.begin(None);
        fields.code(" TOC ");
        assert_eq!(fields.hush(), Some("docx-field-code"));
        fields.separate();
        assert_eq!(fields.hush(), Some("docx-contents"));
        fields.begin(None);
        fields.code(r#"HYPERLINK "https://a.cn""#);
        fields.separate();
        assert_eq!(fields.link(), Some("https://a.cn"));
        assert_eq!(fields.end(), None);
        assert_eq!(fields.end(), None);
        assert_eq!((fields.hush(), fields.link()), (None, None));
        assert_eq!(fields.end(), None);
    }
}
