//! Writing a text so that YAML reads it back as the same text.

/// A text as a YAML scalar: as it is where nothing in it could be misread, else in quotation
/// marks, whose escapes YAML shares with JSON.
pub(crate) fn scalar(text: &str) -> String {
    let plain = |c: char| {
        c.is_alphanumeric() && c >= '\u{4e00}' || c.is_ascii_alphabetic() || "/〔〕（）《》·".contains(c)
    };
    let reserved = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];
    let starts =
        text.starts_with(|c: char| c.is_alphabetic() && (c >= '\u{4e00}' || c.is_ascii_alphabetic()));
    let inner = |c: char| plain(c) || c.is_ascii_digit() || matches!(c, '-' | '.' | '_');
    if starts && text.chars().all(inner) && !reserved.contains(&text.to_lowercase().as_str()) {
        return text.to_owned();
    }
    // JSON may hold characters as they are that YAML wants escaped.
    let hidden = |c: char| c.is_control() || matches!(c, '\u{feff}' | '\u{fffe}' | '\u{ffff}');
    let escape = |c: char| match hidden(c) {
        true => format!("\\u{:04x}", u32::from(c)),
        false => c.to_string(),
    };
    let json = serde_json::Value::from(text).to_string();
    json.chars().map(escape).collect()
}
