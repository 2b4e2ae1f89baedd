//! Front matter: what an author says of a document, first as it is said, then as it is meant.

mod dates;
mod extent;
mod fields;
mod moment;
mod numbers;
mod values;
mod withdrawal;

use crate::config::{ANNUAL_REPORT, Config, Kind, KindId, KindNeed, Pattern, known_kinds, unknown_kind};
use crate::diag::{Diagnosed, Words};
use crate::han::figure::figures;
use crate::han::qualifier::qualifier;
use crate::route::{Address, Route};
use crate::source::{Source, Span, Spanned};
use crate::yaml::names;
use crate::yaml::{self, Fields, YamlNode};

pub use crate::beside::Extent;
pub use crate::han::amount::Amount;
pub use crate::han::qualifier::Qualifier;
pub use crate::han::quantity::Quantity;
pub(crate) use fields::MATTER;
pub(crate) use moment::as_written;
pub(crate) use moment::meant as understood;
pub use moment::{Moment, PublicationDay, parse_day};
pub(crate) use values::VALIDITIES;
pub use values::{
    ACCEPTABLE, AcceptedSlip, Attachment, Correction, DeclaredTask, DeclaredValue, DocumentRelation, Matter,
    PublicationStatus, RELATIONS, Script, TaskAnswer, Validity, Withdrawal, WithdrawalReason, Wrapper,
    WrapperRole,
};
use values::{BASES, QUALIFIERS, ROLES, SCRIPTS, STATUSES};

/// What front matter is read by: where its document stands, and what the site has.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'a> {
    pub(super) address: &'a Address,
    pub(super) config: &'a Config,
}

/// Reads the front matter at `span`; `None` if it cannot be read as YAML or has no title.
pub(super) fn read(source: &Source, span: Span, setting: Surroundings<'_>) -> Diagnosed<Option<Matter>> {
    match yaml::read(source, span, &MATTER) {
        Ok(mut fields) => {
            let value = matter_of(&mut fields, source, setting);
            Diagnosed { value, diagnostics: fields.finish() }
        }
        Err(diagnostic) => Diagnosed { value: None, diagnostics: vec![*diagnostic] },
    }
}

/// Takes every key; all of them even where the title is missing, so that all is reported.
fn matter_of(fields: &mut Fields<'_>, source: &Source, setting: Surroundings<'_>) -> Option<Matter> {
    let Surroundings { address, config } = setting;
    let title = fields.text("title");
    if title.is_none() {
        fields.need("title", Words::new("写上文件的全称", "write the document's whole title"));
    }
    let kind = kind(fields, setting);
    let written = dates::written(fields);
    let published = dates::published(fields);
    let withdrawal = withdrawal::read(fields);
    let (relations, answers) =
        fields.group("relations", |inner| Some(relations(inner, source))).unwrap_or_default();
    let matter = Matter {
        title: title.unwrap_or_else(|| Spanned::new(String::new(), fields.span())),
        kind,
        issuers: values(fields.names("issuer")),
        index_number: fields.text("index_number"),
        document_number: fields.text("document_number"),
        subjects: values(fields.texts("subjects")),
        written: written.as_ref().map(|date| date.value),
        published: published.as_ref().map_or(PublicationDay::Unknown, |moment| moment.value),
        dated: published.is_some(),
        validity: validity(fields),
        origin: fields.text("source").map(|text| text.value),
        summary: fields.text("summary").map(|text| text.value),
        keywords: values(fields.names("keywords")),
        status: status(fields, withdrawal.as_ref()),
        withdrawal,
        extent: extent::read(fields),
        script: script(fields),
        indicators: indicators(fields),
        wrapper: fields.group("wrapper", wrapper),
        corrections: fields.each("corrections", correction),
        attachments: fields.each("attachments", |inner| attachment(inner, source)),
        relations,
        tasks: fields.each("tasks", task),
        answers,
        aliases: aliases(fields),
        accept: fields.each("accept", accepted),
    };
    needs(fields, &matter, config.kinds.get(&matter.kind));
    numbers::check(fields, &matter, config.index_number_pattern.as_deref().and_then(Pattern::new));
    let ahead = config.kinds.get(&matter.kind).map_or(0, |kind| kind.ahead);
    dates::check(fields, (written, published), (address.year, ahead));
    dates::check_corrections(fields, &matter);
    withdrawal::check(fields, &matter);
    (!matter.title.value.is_empty()).then_some(matter)
}

fn values(texts: Vec<Spanned<String>>) -> Vec<String> {
    texts.into_iter().map(|text| text.value).collect()
}

/// The kind: the annual report's where the file's name is a year, given elsewhere.
fn kind(fields: &mut Fields<'_>, setting: Surroundings<'_>) -> KindId {
    let Surroundings { address, config } = setting;
    let Some(kind) = fields.text("kind") else {
        if address.slug.is_some() {
            fields.need("kind", names::choose(&known_kinds(&config.kinds)));
        }
        return ANNUAL_REPORT.into();
    };
    if !config.kinds.contains_key(&kind.value) {
        unknown_kind(fields, &kind, &config.kinds);
    }
    kind.value
}

/// Complains of every field that the kind needs and the author did not give.
fn needs(fields: &mut Fields<'_>, matter: &Matter, kind: Option<&Kind>) {
    let Some(kind) = kind else {
        return;
    };
    for need in &kind.needs {
        let (missing, example) = match need {
            KindNeed::Issuer => (matter.issuers.is_empty(), "江门市人民政府"),
            KindNeed::Published => (!matter.dated, "2020-03-20"),
            KindNeed::Origin => (matter.origin.is_none(), "江门市司法局"),
            KindNeed::DocumentNumber => (matter.document_number.is_none(), "江府〔2020〕5号"),
            KindNeed::Validity => (matter.validity.is_none(), "in-force"),
            KindNeed::Relation => (matter.relations.is_empty(), "{ interprets: /jiangmen/2019/ }"),
        };
        let key = need.key();
        if missing {
            let name = &kind.name;
            let mut help = Words::new(
                format!("“{name}”必须有这一项，如 `{key}: {example}`"),
                format!("this kind of document needs it, such as `{key}: {example}`"),
            );
            if *need == KindNeed::Published {
                help.zh.push_str("；日期无从查考的旧文件写 `published: unknown`");
                help.en.push_str("; write `published: unknown` for an old one whose date nobody knows");
            }
            fields.need(key, help);
        }
    }
}

fn validity(fields: &mut Fields<'_>) -> Option<Validity> {
    fields.choice("validity", &VALIDITIES).map(|found| found.value)
}

/// Whether it is public. What tells of its withdrawal need not say that it is withdrawn.
fn status(fields: &mut Fields<'_>, withdrawal: Option<&Withdrawal>) -> PublicationStatus {
    let untold =
        if withdrawal.is_some() { PublicationStatus::Withdrawn } else { PublicationStatus::default() };
    fields.choice("status", &STATUSES).map_or(untold, |found| found.value)
}

fn script(fields: &mut Fields<'_>) -> Script {
    fields.choice("language", &SCRIPTS).map(|found| found.value).unwrap_or_default()
}

fn indicators(fields: &mut Fields<'_>) -> Vec<DeclaredValue> {
    let read = |inner: &mut Fields<'_>| {
        let entries = inner.rest();
        Some(entries.into_iter().filter_map(|(id, node)| declared(inner, id, node)).collect())
    };
    fields.group("indicators", read).unwrap_or_default()
}

fn declared(fields: &mut Fields<'_>, id: Spanned<String>, node: Spanned<YamlNode>) -> Option<DeclaredValue> {
    if !matches!(node.value, YamlNode::Map(_)) {
        let value = number(fields, &id.value, &node)?;
        return Some(DeclaredValue {
            id,
            value: Spanned::new(value, node.span),
            to: None,
            qualifier: None,
            quote: None,
            from_attachment: false,
        });
    }
    let name = id.value.clone();
    fields.one(&name, node, &mut |inner| {
        let value = inner.take("value");
        let qualifier = inner.choice("qualifier", &QUALIFIERS).map(|found| found.value);
        let quote = inner.verbatim("quote");
        let basis = inner.choice("basis", &BASES);
        let Some(value) = value else {
            let example = Words::new("写上数字，如 `value: 745`", "write the figure, such as `value: 745`");
            inner.need("value", example);
            return None;
        };
        let span = value.span;
        let (number, to) = match value.value {
            YamlNode::Map(_) => inner.one("value", value, &mut range)?,
            _ => (number(inner, "value", &value)?, None),
        };
        // How exact it is and where it stands decide what is sought; nothing is where they are
        // not understood.
        inner.diagnostics.is_empty().then_some(())?;
        Some(DeclaredValue {
            id: id.clone(),
            value: Spanned::new(number, span),
            to,
            qualifier,
            quote,
            from_attachment: basis.is_some_and(|basis| basis.value),
        })
    })
}

/// A range, `{ from: 6, to: 6.5 }`, whose ends are in order.
fn range(fields: &mut Fields<'_>) -> Option<(Quantity, Option<Quantity>)> {
    let mut end = |key: &'static str| {
        let Some(node) = fields.take(key) else {
            let example = "`value: { from: 6, to: 6.5 }`";
            fields.need(key, Words::new(format!("例如 {example}"), format!("such as {example}")));
            return None;
        };
        Some(Spanned::new(number(fields, key, &node)?, node.span))
    };
    let (from, to) = (end("from"), end("to"));
    let (from, to) = (from?, to?);
    if to.value <= from.value {
        let words =
            Words::new("范围的上限应大于下限", "the upper end of a range must be above the lower one");
        fields.error("matter/value", to.span, words);
        return None;
    }
    Some((from.value, Some(to.value)))
}

/// A declared figure. One that is written as the text tells it gets its own advice: its unit is
/// in the registry, and how exact it is has a key of its own.
fn number(fields: &mut Fields<'_>, key: &str, node: &Spanned<YamlNode>) -> Option<Quantity> {
    let number = fields.as_number(key, node);
    if let (None, YamlNode::Scalar { text, .. }) = (number, &node.value)
        && let Some(complaint) = fields.diagnostics.last_mut()
        && let [figure] = &figures(text)[..]
    {
        let (before, after) = (&text[..figure.range.start], &text[figure.range.end..]);
        let value = figure.value.plain();
        complaint.help = Some(match qualifier(before, after) {
            Some(qualifier) => {
                let meant = format!("{{ value: {value}, qualifier: {} }}", qualifier.as_str());
                Words::new(format!("写成 `{meant}`，单位不写"), format!("write `{meant}`, without its unit"))
            }
            None if before.is_empty() && !after.is_empty() || figure.percent => Words::new(
                format!("单位已写在 indicators.yaml 里，这里只写 {value}"),
                format!("the unit is in indicators.yaml; write {value} alone"),
            ),
            None => Words::new(format!("只写数字：{value}"), format!("write the figure alone: {value}")),
        });
    }
    number
}

fn wrapper(fields: &mut Fields<'_>) -> Option<Wrapper> {
    let role = fields.choice("role", &ROLES);
    let title = fields.text("title").map(|title| title.value);
    let text = fields.text("text");
    if role.is_none() {
        let choose = Words::new(
            "呈报的写 `role: covering-letter`，印发的写 `role: issuing-notice`",
            "write `role: covering-letter` where it submits the text, `role: issuing-notice` where it issues it",
        );
        fields.need("role", choose);
    }
    Some(Wrapper { role: role?, title, text })
}

fn correction(fields: &mut Fields<'_>) -> Option<Correction> {
    let date = dates::day(fields, "date");
    let note = fields.text("note");
    if date.is_none() {
        fields.need("date", Words::new("写上更正的日期", "write the day of the correction"));
    }
    if note.is_none() {
        let example = Words::new(
            "写明更正了什么，如 `note: 更正第二部分的案件数`",
            "say what was corrected, such as `note: the number of cases in part two`",
        );
        fields.need("note", example);
    }
    Some(Correction { date: date?, note: note?.value })
}

fn attachment(fields: &mut Fields<'_>, source: &Source) -> Option<Attachment> {
    let file = fields.text("file");
    let title = fields.text("title");
    let Some(file) = file else {
        let example = Words::new(
            "写上文件名，如 `file: 附件1.pdf`",
            "write the file's name, such as `file: annex-1.pdf`",
        );
        fields.need("file", example);
        return None;
    };
    let plain = Route::file(&file.value).is_some() && !file.value.starts_with('/');
    if !plain {
        let words = Words::new("附件应是本文件旁边的文件", "an attachment must be a file beside this one");
        let name = file.value.rsplit(['/', '\\']).next().unwrap_or_default();
        fields.error("link/outside", file.span, words).help = Some(Words::new(
            format!("把文件复制到本文件旁边，这里只写文件名：{name}"),
            format!("copy it beside this file and write its name alone: {name}"),
        ));
        return None;
    }
    let folder = source.path().parent()?;
    let title = title.map_or_else(|| file.value.clone(), |title| title.value);
    Some(Attachment { path: Spanned::new(folder.join(&file.value), file.span), title })
}

fn relations(fields: &mut Fields<'_>, source: &Source) -> (Vec<DocumentRelation>, Vec<TaskAnswer>) {
    let mut relations = Vec::new();
    for (kind, _) in RELATIONS {
        for target in fields.texts(kind) {
            if let Some((route, _)) = inside(fields, source, &target) {
                relations.push(DocumentRelation { kind, target: Spanned::new(route, target.span) });
            }
        }
    }
    let answers = fields.each("answers", |inner| answer(inner, source));
    (relations, answers)
}

/// An address of this site, and the section that it names; anything else is complained of.
fn inside(
    fields: &mut Fields<'_>,
    source: &Source,
    target: &Spanned<String>,
) -> Option<(Route, Option<String>)> {
    if let super::body::LinkTarget::Inside { route, fragment } =
        super::body::address(&target.value, source.path())
    {
        return Some((route, fragment));
    }
    let words = Words::new(
        "应是本站的地址，如 /jiangmen/2019/",
        "expected an address of this site, such as /jiangmen/2019/",
    );
    fields.error("relation/missing", target.span, words).help = Some(Words::new(
        "别的网站上的文件，写成正文里的链接",
        "link to a document of another site in the text",
    ));
    None
}

fn task(fields: &mut Fields<'_>) -> Option<DeclaredTask> {
    let section = fields.text("section");
    let title = fields.text("title").map(|title| title.value);
    let responsible = values(fields.names("responsible"));
    if section.is_none() {
        let example =
            Words::new("任务所在的节，如 `section: sec-1-2`", "its section, such as `section: sec-1-2`");
        fields.need("section", example);
    }
    Some(DeclaredTask { section: section?, title, responsible })
}

fn answer(fields: &mut Fields<'_>, source: &Source) -> Option<TaskAnswer> {
    let task = fields.text("task");
    let sections = fields.texts("section");
    for (key, missing, example) in [
        ("task", task.is_none(), "`task: /chibi/2019/work-plan/#sec-1-2`"),
        ("section", sections.is_empty(), "`section: sec-2-3`"),
    ] {
        if missing {
            fields.need(key, Words::new(format!("例如 {example}"), format!("such as {example}")));
        }
    }
    let task = task?;
    let (route, anchor) = inside(fields, source, &task)?;
    let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) else {
        let words = Words::new("应写明是哪一项任务", "which task of the plan is not said");
        fields.error("task/missing", task.span, words).help = Some(Words::new(
            "在地址后写上任务所在的节，如 /chibi/2019/work-plan/#sec-1-2",
            "add the task's section to the address, such as /chibi/2019/work-plan/#sec-1-2",
        ));
        return None;
    };
    (!sections.is_empty()).then(|| TaskAnswer {
        plan: Spanned::new(route, task.span),
        task: anchor,
        sections,
    })
}

/// Old addresses, as documents and places have them.
pub(crate) fn aliases(fields: &mut Fields<'_>) -> Vec<Spanned<Route>> {
    let texts = fields.texts("aliases");
    texts.into_iter().filter_map(|text| alias(fields, text)).collect()
}

/// An old address of the document: below the site, and a name that a file can have.
fn alias(fields: &mut Fields<'_>, text: Spanned<String>) -> Option<Spanned<Route>> {
    let path = text.value.strip_prefix('/');
    let page = path.and_then(|path| path.strip_suffix('/'));
    let plain = |path: &str| !path.contains(['?', '#', '%', ':']);
    let route = match (page, path) {
        (Some(page), _) if plain(page) => Route::file(page).map(|_| Route::page(page.split('/'))),
        (None, Some(path)) if plain(path) && path.ends_with(".html") => Route::of_output(path.into()),
        _ => None,
    };
    if route.is_none() {
        let words = Words::new(
            "旧地址走出了本站，或不能作为网页地址",
            "this alias leaves the site or cannot be a page",
        );
        fields.error("route/alias", text.span, words).help = Some(Words::new(
            "以 / 开头，以 / 或 .html 结尾，不含 ..、?、#、%、:",
            "begin it with /, end it with / or .html, and leave out .. ? # % and :",
        ));
    }
    route.map(|route| Spanned::new(route, text.span))
}

fn accepted(fields: &mut Fields<'_>) -> Option<AcceptedSlip> {
    let code = fields.text("code");
    let at = fields.verbatim("at");
    let reason = fields.text("reason");
    if reason.is_none() {
        fields.need(
            "reason",
            Words::new("写明原因，如 `reason: 原文如此`", "say why, such as `reason: as printed`"),
        );
    }
    let Some(code) = code else {
        let choose = Words::new(
            format!("可接受：{}", ACCEPTABLE.join("、")),
            format!("what can be accepted: {}", ACCEPTABLE.join(", ")),
        );
        fields.need("code", choose);
        return None;
    };
    if !ACCEPTABLE.contains(&code.value.as_str()) {
        let words =
            Words::new(format!("`{}` 不能接受", code.value), format!("`{}` cannot be accepted", code.value));
        fields.error("accept/unknown", code.span, words).help = Some(Words::new(
            format!("可接受：{}", ACCEPTABLE.join("、")),
            format!("what can be accepted: {}", ACCEPTABLE.join(", ")),
        ));
        return None;
    }
    reason.map(|reason| AcceptedSlip { code, at, reason: reason.value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_has_every_name() {
        names::assert_in_manual(&VALIDITIES);
        names::assert_in_manual(&STATUSES);
        names::assert_in_manual(&SCRIPTS);
        names::assert_in_manual(&QUALIFIERS);
        names::assert_in_manual(&BASES);
        names::assert_in_manual(&ROLES);
    }
}
