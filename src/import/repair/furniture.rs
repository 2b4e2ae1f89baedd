//! Lines that a printer or a browser adds and no author wrote.

/// Whether a line is the number of a page: `— 3 —`, `-3-`, `第3页`, `第 3 页 共 9 页`.
pub(crate) fn is_page_number(line: &str) -> bool {
    let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let dash = |c: char| matches!(c, '-' | '—' | '–' | '－' | '─');
    let digits = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if line.starts_with(dash) && line.ends_with(dash) {
        return digits(line.trim_matches(dash));
    }
    let page = line.strip_prefix('第').and_then(|rest| rest.split_once('页'));
    page.is_some_and(|(number, rest)| {
        let rest = rest.trim_start_matches(['，', ',', '/', '(', '（']).trim_end_matches([')', '）']);
        let total = rest.strip_prefix('共').and_then(|rest| rest.strip_suffix('页'));
        digits(number) && (rest.is_empty() || total.is_some_and(digits))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_pages_are_seen() {
        for line in ["— 3 —", "-12-", "第3页", "第 3 页 共 9 页", "第3页/共9页"] {
            assert!(is_page_number(line), "{line}");
        }
        for line in ["3", "第3页的表", "—3年—", "----", "第页"] {
            assert!(!is_page_number(line), "{line}");
        }
    }
}
