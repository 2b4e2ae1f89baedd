//! Holes in texts. The scripts of the theme fill theirs by the same rules (`fill` in common.js).

use super::plural::PluralRules;

/// A text with its holes filled: `{n}` by the value of that name; `{n|place|places}` by the first of the two if
/// the value is of the form `one`, and else by the second; `{n|one=место|few=места|other=мест}` by the form that
/// the value is of, or by `other`. Holes without a value stay as they are.
pub(super) fn filled(text: &str, rules: &PluralRules, value: impl Fn(&str) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(end) = rest.find('}') {
        let (start, hole) = match rest[..end].rfind('{') {
            Some(start) => (start, &rest[start + 1..end]),
            None => (end, ""),
        };
        filled += &rest[..start];
        match hole_filled(hole, rules, &value) {
            Some(said) => filled += &said,
            None => filled += &rest[start..=end],
        }
        rest = &rest[end + 1..];
    }
    filled + rest
}

/// What stands in the place of a hole.
fn hole_filled(hole: &str, rules: &PluralRules, value: impl Fn(&str) -> Option<String>) -> Option<String> {
    let Some((name, forms)) = hole.split_once('|') else {
        return value(hole);
    };
    let forms = named(forms)?;
    let form = rules.form(&value(name)?);
    let of =
        |wanted: &str| forms.iter().find(|(form, _)| *form == wanted).map(|(_, said)| (*said).to_owned());
    of(form).or_else(|| of("other"))
}

/// The forms of a hole by their names: two without names are `one` and `other`.
fn named(forms: &str) -> Option<Vec<(&str, &str)>> {
    if let Some(named) = forms.split('|').map(|form| form.split_once('=')).collect::<Option<Vec<_>>>() {
        return named.iter().any(|(form, _)| *form == "other").then_some(named);
    }
    let (one, other) = forms.split_once('|').filter(|(_, other)| !other.contains('|'))?;
    Some(vec![("one", one), ("other", other)])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn holes_are_filled_as_the_scripts_fill_them() {
        let cases: Vec<(String, BTreeMap<String, serde_json::Value>, String)> =
            serde_json::from_str(include_str!("../../tests/browser/holes.json")).unwrap();
        for (text, values, wanted) in cases {
            let value = |name: &str| match values.get(name)? {
                serde_json::Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            };
            assert_eq!(filled(&text, &PluralRules::default(), value), wanted, "{text}");
        }
    }
}
