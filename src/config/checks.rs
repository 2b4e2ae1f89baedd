//! What a site says of findings: which weigh more or less here, and which single ones are allowed, and why.

use camino::Utf8PathBuf;

use crate::diag::{Code, CodeWeight, Severity, Words, codes, nearest};
use crate::source::{Span, Spanned};
use crate::yaml::Fields;
use crate::yaml::names::NamedValue;

/// What a site says of findings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checks {
    /// What codes weigh here; of those that name a code, the last holds.
    pub levels: Vec<LevelRule>,
    /// Single findings that are allowed.
    pub allowances: Vec<Allowance>,
}

/// What a code, or a family of codes, weighs on this site.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelRule {
    /// A code, or `area/*`.
    pub code: String,
    /// What its findings weigh; `None` where they are not told at all.
    pub level: Option<Severity>,
    /// Why.
    pub reason: Option<String>,
}

/// A finding that is allowed.
#[derive(Clone, Debug, PartialEq)]
pub struct Allowance {
    /// Its code, with the place of the entry.
    pub code: Spanned<String>,
    /// The file that it is about, below the site's folder.
    pub path: Utf8PathBuf,
    /// Words that stand at the place or in the message; needed where the file has several of the code.
    pub at: Option<String>,
    /// Why it is allowed.
    pub reason: String,
}

impl Checks {
    /// What findings of `code` weigh here, if the site says something of it.
    #[must_use]
    pub fn level(&self, code: &Code) -> Option<&LevelRule> {
        // A family may be lowered as far as it can be.
        let is_lower = |rule: &LevelRule| rule.level.is_none_or(|level| level > code.weight.severity());
        let holds = |rule: &&LevelRule| code.weight != CodeWeight::Fatal || !is_lower(rule);
        self.levels.iter().filter(|rule| code.is_named(&rule.code)).rfind(holds)
    }
}

/// What can be said of a code.
pub(super) const WEIGHTS: [NamedValue<Option<Severity>>; 4] = [
    NamedValue::new("error", Some(Severity::Error), &["错误", "报错"]),
    NamedValue::new("warning", Some(Severity::Warning), &["警告", "警示", "warn"]),
    NamedValue::new("note", Some(Severity::Note), &["说明", "提示", "info"]),
    NamedValue::new("off", None, &["关闭", "不查", "忽略", "none", "false", "no"]),
];

/// Reads `checks`.
pub(super) fn read(fields: &mut Fields<'_>) -> Checks {
    let mut checks = Checks::default();
    fields.each("checks", |inner| one(inner, &mut checks));
    checks
}

fn one(fields: &mut Fields<'_>, checks: &mut Checks) -> Option<()> {
    let code = fields.text("code");
    let level = fields.choice("level", &WEIGHTS);
    let allow = fields.text("allow");
    let at = fields.text("at").map(|at| at.value);
    let reason = fields.text("reason").map(|reason| reason.value);
    let Some(code) = code else {
        fields.need("code", Words::new("例如 `code: site/label`", "such as `code: site/label`"));
        return None;
    };
    let named: Vec<&Code> = codes().into_iter().filter(|known| known.is_named(&code.value)).collect();
    if named.is_empty() {
        unknown(fields, &code);
        return None;
    }
    let weakens = |known: &&Code| match &level {
        Some(level) => level.value.is_none_or(|level| level > known.weight.severity()),
        None => true,
    };
    let weakened: Vec<&Code> = named.into_iter().filter(weakens).collect();
    if !weakened.is_empty() && weakened.iter().all(|known| known.weight == CodeWeight::Fatal) {
        fixed(fields, &code);
        return None;
    }
    if reason.is_none() && !weakened.is_empty() {
        fields.need(
            "reason",
            Words::new(
                "写明为什么，例如 `reason: 备案正在办理`",
                "say why, such as `reason: registration is under way`",
            ),
        );
        return None;
    }
    match (level, allow) {
        (Some(level), None) => {
            checks.levels.push(LevelRule { code: code.value, level: level.value, reason });
        }
        (None, Some(path)) => {
            let path = Utf8PathBuf::from(path.value.trim_start_matches("./"));
            checks.allowances.push(Allowance { code, path, at, reason: reason? });
        }
        (Some(level), Some(_)) => both(fields, level.span),
        (None, None) => fields.need(
            "level",
            Words::new(
                "`level: warning` 管所有这样的检查结果；`allow: content/…/2019.md` 只放行一处",
                "`level: warning` for all findings of the code; `allow: content/…/2019.md` for a single one",
            ),
        ),
    }
    Some(())
}

/// An entry that is about all findings of a code and about one.
fn both(fields: &mut Fields<'_>, at: Span) {
    let words =
        Words::new("`level` 和 `allow` 不能写在同一条里", "`level` and `allow` cannot stand in one entry");
    fields.error("matter/value", at, words).help = Some(Words::new(
        "`level` 管所有这样的检查结果，`allow` 只放行一个文件里的一处；分成两条写",
        "`level` is for all findings of the code, `allow` for one in one file; make two entries of it",
    ));
}

fn unknown(fields: &mut Fields<'_>, code: &Spanned<String>) {
    let name = &code.value;
    let words = Words::new(format!("没有 `{name}` 这个代码"), format!("there is no code `{name}`"));
    let near = nearest(name, codes().into_iter().map(|code| code.name));
    fields.error("check/unknown", code.span, words).help = Some(match near {
        Some(near) => Words::new(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?")),
        None => Words::new(
            "从检查结果的方括号里复制；一类代码写成 `text/*`",
            "copy it from the brackets of a finding; `text/*` names a family",
        ),
    });
}

fn fixed(fields: &mut Fields<'_>, code: &Spanned<String>) {
    let name = &code.value;
    let words =
        Words::new(format!("`{name}` 不能调低或者放行"), format!("`{name}` cannot be lowered or allowed"));
    fields.error("check/fixed", code.span, words).help = Some(Words::new(
        format!("改正内容本身，再删去这一条；`xiangwei check --explain {name}` 说明原因"),
        format!("mend what was found and remove this entry; `xiangwei check --explain {name}` says why"),
    ));
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;
    use crate::diag::explain;
    use crate::source::Source;

    fn codes_of(entry: &str) -> Vec<&'static str> {
        let text = format!("title: 档\nbase_url: https://a/\nchecks:\n  - {entry}\n");
        Config::parse(&Source::new("site.yaml", text)).diagnostics.iter().map(|found| found.code).collect()
    }

    #[test]
    fn what_lowers_needs_a_reason_and_what_raises_needs_none() {
        assert_eq!(codes_of("{ code: text/doubled, level: error }"), [""; 0]);
        assert_eq!(codes_of("{ code: text/doubled, level: note }"), ["matter/missing"]);
        assert_eq!(codes_of("{ code: text/doubled, level: off, reason: 暂不处理 }"), [""; 0]);
        assert_eq!(codes_of("{ code: text/doubled, allow: content/a/2019.md }"), ["matter/missing"]);
        assert_eq!(codes_of("{ code: 'text/*', level: note }"), ["matter/missing"]);
    }

    #[test]
    fn what_no_site_can_be_made_with_stays_an_error() {
        assert_eq!(codes_of("{ code: yaml/syntax, level: warning, reason: 无 }"), ["check/fixed"]);
        assert_eq!(codes_of("{ code: 'yaml/*', level: off, reason: 无 }"), ["check/fixed"]);
        assert_eq!(
            codes_of("{ code: attachment/kind, allow: content/a/b.html, reason: 无 }"),
            ["check/fixed"]
        );
        assert_eq!(codes_of("{ code: yaml/syntx, level: off, reason: 无 }"), ["check/unknown"]);
    }

    #[test]
    fn of_several_rules_the_last_holds_and_a_family_is_lowered_as_far_as_it_can_be() {
        let rule = |code: &str, level| LevelRule { code: code.into(), level, reason: None };
        let checks = Checks {
            levels: vec![
                rule("text/*", Some(Severity::Note)),
                rule("text/zero", Some(Severity::Error)),
                rule("file/*", None),
            ],
            allowances: Vec::new(),
        };
        let level = |code| checks.level(explain(code).expect("a code")).map(|rule| rule.level);
        assert_eq!(level("text/doubled"), Some(Some(Severity::Note)));
        assert_eq!(level("text/zero"), Some(Some(Severity::Error)));
        assert_eq!(level("text/too-deep"), None);
        assert_eq!(level("file/encoding"), None);
        assert_eq!(level("file/portable"), Some(None));
        assert_eq!(level("date/order"), None);
    }
}
