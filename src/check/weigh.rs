//! What a site says of its findings, applied: some weigh more or less here, and some are allowed. It is done in
//! this one place, for every way in which findings are shown.

use camino::Utf8Path;

use crate::archive::Archive;
use crate::config::{Allowance, Checks};
use crate::diag::{self, Diagnostic, Words, explain};
use crate::report::stands;
use crate::source::Sources;

/// Findings as they weigh on their site.
#[derive(Clone, Debug, Default)]
pub struct WeighedFindings {
    /// Those that are told, in their order.
    pub told: Vec<Diagnostic>,
    /// Those that are not, each with the reason.
    pub allowed: Vec<AllowedFinding>,
}

/// A finding that is not told, and why.
#[derive(Clone, Debug)]
pub struct AllowedFinding {
    /// The finding.
    pub diagnostic: Diagnostic,
    /// Why it is not told.
    pub reason: String,
}

impl WeighedFindings {
    /// Whether nothing can be written while these stand.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.told.iter().any(Diagnostic::is_error)
    }

    /// The same with others.
    pub fn extend(&mut self, others: Self) {
        self.told.extend(others.told);
        self.allowed.extend(others.allowed);
        diag::sort(&mut self.told);
    }

    /// Keeps those that are about a file that is `wanted`.
    pub fn retain(&mut self, wanted: impl Fn(&Utf8Path) -> bool) {
        self.told.retain(|finding| wanted(&finding.path));
        self.allowed.retain(|allowed| wanted(&allowed.diagnostic.path));
    }
}

impl From<Vec<Diagnostic>> for WeighedFindings {
    fn from(mut told: Vec<Diagnostic>) -> Self {
        diag::sort(&mut told);
        Self { told, allowed: Vec::new() }
    }
}

/// The findings of a site while they are weighed.
#[derive(Clone)]
pub struct Scales<'a> {
    checks: &'a Checks,
    sources: &'a Sources,
    /// Of every allowance, what it met.
    met: Vec<AllowanceMeeting>,
}

/// What an allowance met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum AllowanceMeeting {
    /// Nothing.
    Nothing,
    /// The finding that it allows.
    One,
    /// So many findings, of which it does not say which it means.
    Several(usize),
}

/// What the allowances of a site met so far.
#[derive(Clone, Debug)]
pub struct MetAllowances(Vec<AllowanceMeeting>);

/// Codes that are found in pages too, when they are drawn.
const ON_PAGES: [&str; 2] = ["personal/number", "personal/likely"];

/// Codes that are found only where somebody asks for more than a plain `check`: that nothing was found of them
/// says nothing of an allowance.
const ON_REQUEST: [&str; 6] = [
    "coverage/missing",
    "external/gone",
    "external/moved",
    "external/private",
    "external/unreachable",
    "route/gone",
];

impl<'a> Scales<'a> {
    /// The scales of the site that `archive` is of.
    #[must_use]
    pub fn of(archive: &'a Archive) -> Self {
        Self::new(&archive.config.checks, &archive.sources)
    }

    /// The scales of a site that says `checks`, for findings in `sources`.
    #[must_use]
    pub fn new(checks: &'a Checks, sources: &'a Sources) -> Self {
        Self { checks, sources, met: vec![AllowanceMeeting::Nothing; checks.allowances.len()] }
    }

    /// The scales with which the first findings of a site were weighed, for those that its pages have.
    #[must_use]
    pub fn again(archive: &'a Archive, met: MetAllowances) -> Self {
        Self { met: met.0, ..Self::of(archive) }
    }

    /// Weighs all `findings`, in the order in which they are shown.
    pub fn weigh(&mut self, mut findings: Vec<Diagnostic>) -> WeighedFindings {
        diag::sort(&mut findings);
        let reasons = self.reasons(&findings);
        let mut weighed = WeighedFindings::default();
        for (mut diagnostic, reason) in findings.into_iter().zip(reasons) {
            let rule = explain(diagnostic.code).and_then(|code| self.checks.level(code));
            let off = || rule.filter(|rule| rule.level.is_none()).and_then(|rule| rule.reason.as_ref());
            if let Some(reason) = reason.or_else(off) {
                let reason = reason.clone();
                weighed.allowed.push(AllowedFinding { diagnostic, reason });
                continue;
            }
            diagnostic.severity = rule.and_then(|rule| rule.level).unwrap_or(diagnostic.severity);
            weighed.told.push(diagnostic);
        }
        weighed
    }

    /// Why each of `findings` is allowed, if it is. An allowance is for one finding.
    fn reasons(&mut self, findings: &[Diagnostic]) -> Vec<Option<&'a String>> {
        let mut reasons = vec![None; findings.len()];
        let open = self
            .checks
            .allowances
            .iter()
            .zip(&mut self.met)
            .filter(|(_, met)| **met != AllowanceMeeting::One);
        for (allowance, met) in open {
            let is_meant = |at: &usize| is_meant(allowance, &findings[*at], self.sources);
            let is_open = |at: &usize| reasons[*at].is_none();
            let all: Vec<usize> = (0..findings.len()).filter(is_open).filter(is_meant).collect();
            match (&*all, &allowance.at) {
                ([], _) => {}
                ([first], _) | ([first, ..], Some(_)) => {
                    reasons[*first] = Some(&allowance.reason);
                    *met = AllowanceMeeting::One;
                }
                (several, None) => *met = AllowanceMeeting::Several(several.len()),
            }
        }
        reasons
    }

    /// A warning about every allowance that allows nothing, when everything was weighed.
    #[must_use]
    pub fn unused(&self) -> Vec<Diagnostic> {
        let entries = self.checks.allowances.iter().zip(&self.met);
        let told = entries.filter(|(allowance, met)| match met {
            AllowanceMeeting::Nothing => !ON_REQUEST.contains(&&*allowance.code.value),
            AllowanceMeeting::One => false,
            AllowanceMeeting::Several(_) => true,
        });
        told.map(|(allowance, met)| complain(allowance, *met)).collect()
    }
}

/// Whether an allowance is for this finding.
fn is_meant(allowance: &Allowance, finding: &Diagnostic, sources: &Sources) -> bool {
    let is_of_code = explain(finding.code).is_some_and(|code| code.is_named(&allowance.code.value));
    if !is_of_code || finding.path != allowance.path {
        return false;
    }
    let Some(at) = &allowance.at else { return true };
    let is_said = finding.message.zh.contains(&**at) || finding.message.en.contains(&**at);
    let place = finding.span.zip(sources.text(&finding.path));
    is_said || place.is_some_and(|(span, source)| stands(at, span, source.text()))
}

fn complain(allowance: &Allowance, met: AllowanceMeeting) -> Diagnostic {
    let Allowance { code, path, .. } = allowance;
    let name = &code.value;
    let several = match met {
        AllowanceMeeting::Several(count) => Some((
            Words::new(
                format!("{path} 里有 {count} 处 `{name}`，没有写明放行哪一处"),
                format!("{path} has {count} of `{name}`, and the entry does not say which is allowed"),
            ),
            Words::new(
                "用 `at` 写那一处的字句；几处都要放行的，各写一条",
                "give words that stand at the place as `at`; write an entry for each that is allowed",
            ),
        )),
        _ => None,
    };
    let (message, help) = several.unwrap_or_else(|| {
        (
            Words::new(
                format!("{path} 里没有可以放行的 `{name}`"),
                format!("there is no `{name}` in {path} to allow"),
            ),
            Words::new(
                "删去这一条，或者核对 `allow` 和 `at`",
                "remove this entry, or look at its `allow` and `at`",
            ),
        )
    });
    Diagnostic::warning("check/unused", "site.yaml", message).at(code.span).help(help.zh, help.en)
}

/// All `findings` of a site, weighed, and a warning about every allowance that meets none of them.
#[must_use]
pub fn weigh(archive: &Archive, findings: Vec<Diagnostic>) -> WeighedFindings {
    let mut scales = Scales::of(archive);
    let mut weighed = scales.weigh(findings);
    // What is said of allowances can itself weigh less on a site.
    let unused = scales.weigh(scales.unused());
    weighed.extend(unused);
    weighed
}

/// The same before pages are drawn: no allowance is called unused that may be for what stands on one of them.
#[must_use]
pub fn weigh_undrawn(archive: &Archive, findings: Vec<Diagnostic>) -> (WeighedFindings, MetAllowances) {
    let mut scales = Scales::of(archive);
    let mut weighed = scales.weigh(findings);
    let met = MetAllowances(scales.met.clone());
    for (allowance, met) in scales.checks.allowances.iter().zip(&mut scales.met) {
        let may_come = *met == AllowanceMeeting::Nothing && ON_PAGES.contains(&&*allowance.code.value);
        *met = if may_come { AllowanceMeeting::One } else { *met };
    }
    let unused = scales.weigh(scales.unused());
    weighed.extend(unused);
    (weighed, met)
}
