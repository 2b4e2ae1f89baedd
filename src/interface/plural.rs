//! Which form a count takes in a language, by rules as Unicode writes them (UTS #35, Language Plural
//! Rules): `i % 10 = 2..4 and i % 100 != 12..14`. A theme copies them from the chart of CLDR; without any, `one` is
//! the form of 1 alone. Counts are whole here, so that `n` and `i` are the count, and what tells of decimals is 0.

use std::collections::BTreeMap;

/// What the keys of rules begin with.
pub(super) const PREFIX: &str = "plural.";

/// The forms that rules can tell from `other`, in the order in which they are tried.
const FORMS: [&str; 5] = ["zero", "one", "two", "few", "many"];

/// The rules of a language.
#[derive(Clone, Debug, Default)]
pub(super) struct PluralRules(Vec<(&'static str, String)>);

impl PluralRules {
    /// The rules that stand among texts.
    pub(super) fn of(texts: &BTreeMap<String, String>) -> Self {
        let rule = |form: &&'static str| Some((*form, texts.get(&format!("{PREFIX}{form}"))?.clone()));
        Self(FORMS.iter().filter_map(rule).collect())
    }

    /// The form that a value takes.
    pub(super) fn form(&self, value: &str) -> &'static str {
        let Ok(count) = value.parse() else {
            return "other";
        };
        if self.0.is_empty() {
            return if count == 1 { "one" } else { "other" };
        }
        let found = self.0.iter().find(|(_, rule)| holds(rule, count) == Some(true));
        found.map_or("other", |(form, _)| *form)
    }
}

/// Whether this is the key of a form, and its text a rule.
pub(super) fn is_rule(key: &str, text: &str) -> bool {
    key.strip_prefix(PREFIX).is_some_and(|form| FORMS.contains(&form)) && holds(text, 0).is_some()
}

/// Whether a rule holds for a count; nothing where it is no rule.
fn holds(rule: &str, count: u64) -> Option<bool> {
    // Behind the rule CLDR gives examples.
    let condition = rule.split('@').next()?.trim();
    let all = |relations: &str| {
        relations.split(" and ").try_fold(true, |holds, relation| Some(holds & relates(relation, count)?))
    };
    condition.split(" or ").try_fold(false, |holds, relations| Some(holds | all(relations)?))
}

/// Whether `i % 10 = 2..4, 7` or the like holds for a count.
fn relates(relation: &str, count: u64) -> Option<bool> {
    let (left, ranges) = relation.split_once('=')?;
    let (left, is_negated) = match left.strip_suffix('!') {
        Some(left) => (left, true),
        None => (left, false),
    };
    let (operand, modulus) = match left.split_once('%') {
        Some((operand, modulus)) => (operand, Some(modulus.trim().parse().ok()?)),
        None => (left, None),
    };
    let value: u64 = match operand.trim() {
        "n" | "i" => count,
        "v" | "w" | "f" | "t" | "c" | "e" => 0,
        _ => return None,
    };
    let value = modulus.map_or(Some(value), |modulus| value.checked_rem(modulus))?;
    let mut is_in = false;
    for range in ranges.split(',') {
        let (low, high) = range.split_once("..").unwrap_or((range, range));
        is_in |= (low.trim().parse().ok()?..=high.trim().parse().ok()?).contains(&value);
    }
    Some(is_in != is_negated)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The forms of counts by rules of CLDR.
    fn forms(rules: &[(&str, &str)], counts: &[u64]) -> Vec<&'static str> {
        let texts =
            rules.iter().map(|(form, rule)| (format!("{PREFIX}{form}"), (*rule).to_owned())).collect();
        counts.iter().map(|count| PluralRules::of(&texts).form(&count.to_string())).collect()
    }

    #[test]
    fn counts_take_the_forms_that_cldr_gives_them() {
        assert_eq!(forms(&[], &[0, 1, 2]), ["other", "one", "other"]);
        assert_eq!(forms(&[("one", "i = 0,1 @integer 0, 1")], &[0, 1, 2]), ["one", "one", "other"]);
        let arabic = [
            ("zero", "n = 0"),
            ("one", "n = 1"),
            ("two", "n = 2"),
            ("few", "n % 100 = 3..10"),
            ("many", "n % 100 = 11..99"),
        ];
        assert_eq!(forms(&arabic, &[0, 1, 2, 103, 111, 100]), ["zero", "one", "two", "few", "many", "other"]);
        let polish = [("many", "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9")];
        assert_eq!(forms(&polish, &[1, 5, 21, 22]), ["other", "many", "many", "other"]);
    }

    #[test]
    fn what_is_no_rule_is_told() {
        assert!(is_rule("plural.one", "n = 1"));
        for (key, text) in [
            ("plural.first", "n = 1"),
            ("plural.one", "1"),
            ("plural.one", "x = 1"),
            ("plural.one", "n % 0 = 1"),
            ("plural.one", "n = 1 or n"),
            ("plural.one", ""),
        ] {
            assert!(!is_rule(key, text), "{key}: {text}");
        }
    }
}
