//! The tasks of a work plan: what is to be done, and who is to do it. They are declared in
//! front matter or told by the text, whose items end in (责任单位：…).

use std::collections::BTreeMap;

use super::body::{ReadBody, Section};
use super::evidence::Passage;
use super::matter::Matter;
use crate::config::WORK_PLAN;
use crate::diag::{Diagnosed, Diagnostic, Words, nearest};
use crate::han::fold::fold_str;
use crate::source::Source;

/// A task of a work plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanTask {
    /// The anchor of the section that it stands in, which is its address on the page.
    pub anchor: Box<str>,
    /// Its printed ordinal, if it has one.
    pub ordinal: Option<Box<str>>,
    /// What is to be done.
    pub title: Box<str>,
    /// Who is to do it (责任单位), in the order given.
    pub responsible: Vec<String>,
}

/// The tasks that the front matter declares, or else those that the text of a plan tells.
pub(super) fn read(source: &Source, matter: &Matter, read: &ReadBody) -> Diagnosed<Vec<PlanTask>> {
    match matter.tasks.is_empty() {
        true if matter.kind == WORK_PLAN => Diagnosed::fine(tasks_of(read)),
        true => Diagnosed::fine(Vec::new()),
        false => declared(source, matter, &read.body.sections),
    }
}

fn declared(source: &Source, matter: &Matter, sections: &[Section]) -> Diagnosed<Vec<PlanTask>> {
    let mut tasks = Vec::new();
    let mut diagnostics = Vec::new();
    for declared in &matter.tasks {
        let anchor = declared.section.value.trim_start_matches('#');
        let Some(section) = sections.iter().find(|section| *section.anchor == *anchor) else {
            let known = sections.iter().map(|section| &*section.anchor);
            let words = Words::new(
                format!("正文里没有 `#{anchor}` 这一节"),
                format!("there is no section `#{anchor}` in the text"),
            );
            let complaint = Diagnostic::error("link/anchor", source.path(), words).at(declared.section.span);
            diagnostics.push(match nearest(anchor, known) {
                Some(near) => {
                    complaint.help(format!("是不是想写 `{near}`？"), format!("did you mean `{near}`?"))
                }
                None => complaint.help(
                    "锚点由印出的序号组成，如一、（二）是 `sec-1-2`",
                    "an anchor is made of the printed ordinals: 一、(二) is `sec-1-2`",
                ),
            });
            continue;
        };
        let mut task = task(section, declared.responsible.clone());
        if let Some(title) = &declared.title {
            task.title = title.as_str().into();
        }
        tasks.push(task);
    }
    Diagnosed { value: tasks, diagnostics }
}

fn task(section: &Section, responsible: Vec<String>) -> PlanTask {
    PlanTask {
        anchor: section.anchor.clone(),
        ordinal: section.ordinal.clone(),
        title: section.title.trim_end_matches('。').into(),
        responsible,
    }
}

/// The sections with a printed ordinal whose text ends in those who are responsible.
fn tasks_of(read: &ReadBody) -> Vec<PlanTask> {
    let mut tasks: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (passage, map) in read.passages.iter().zip(&read.maps) {
        let (Passage::Prose { text }, Some(at)) = (passage, map.section) else {
            continue;
        };
        let section = &read.body.sections[at];
        if section.in_wrapper || section.ordinal.is_none() {
            continue;
        }
        let Some(names) = responsible(text) else {
            continue;
        };
        let known = tasks.entry(at).or_default();
        let new: Vec<String> = names.into_iter().filter(|name| !known.contains(name)).collect();
        known.extend(new);
    }
    tasks.into_iter().map(|(at, names)| task(&read.body.sections[at], names)).collect()
}

/// Those whom a paragraph names as responsible: in brackets at its end, or as all of it.
fn responsible(text: &str) -> Option<Vec<String>> {
    let text = text.trim().trim_end_matches(['。', '；', ';', '.']).trim_end();
    let inner = in_brackets(text).unwrap_or(text);
    // What is not in brackets is the whole paragraph, and begins with the label as well.
    label(inner)?;
    let names = inner.split(['、', '，', ',', '；', ';']);
    let name = |part: &str| part[label(part).unwrap_or(0)..].trim().to_owned();
    let names: Vec<String> = names.map(name).filter(|name| !name.is_empty()).collect();
    (!names.is_empty()).then_some(names)
}

/// What stands in the brackets that `text` ends with; brackets inside them are a part of it.
fn in_brackets(text: &str) -> Option<&str> {
    let inner = text.strip_suffix([')', '）'])?;
    let mut depth = 1;
    for (at, c) in inner.char_indices().rev() {
        match c {
            ')' | '）' => depth += 1,
            '(' | '（' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(&inner[at + c.len_utf8()..]);
        }
    }
    None
}

/// How many bytes at the start of `text` say who comes: 责任单位：, 牵头部门：, 配合单位：.
fn label(text: &str) -> Option<usize> {
    let colon = text.find([':', '：'])?;
    let word = fold_str(text[..colon].trim());
    let names = ["单位", "部门"].iter().any(|end| word.ends_with(end));
    let roles = ["责任", "牵头", "主办", "承办", "配合", "协办", "参与", "负责", "落实", "实施"];
    let role = roles.iter().any(|role| word.starts_with(role)) && word.chars().count() <= 8;
    let after = text[colon..].chars().next().map_or(0, char::len_utf8);
    (names && role).then_some(colon + after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_responsible_stand_in_brackets_at_the_end() {
        let table: [(&str, &[&str]); 9] = [
            ("加强培训。(责任单位:市政府办公室、市司法局)", &["市政府办公室", "市司法局"]),
            ("加强培训（责任单位：各乡镇人民政府，市政府各部门）。", &["各乡镇人民政府", "市政府各部门"]),
            (
                "加强培训。（牵头单位：市司法局（市委依法治市办）；配合单位：市人社局、市财政局）",
                &["市司法局（市委依法治市办）", "市人社局", "市财政局"],
            ),
            ("責任單位：市司法局", &["市司法局"]),
            ("加强培训。(责任单位:)", &[]),
            ("加强培训（责任单位由市政府另行确定）", &[]),
            ("加强（责任单位：市司法局）培训", &[]),
            ("责任单位要加强培训。", &[]),
            ("加强培训)。", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(responsible(text).unwrap_or_default(), expected, "{text}");
        }
    }
}
