//! The fields of a form, and what can be filled in at one.

use serde::{Deserialize, Serialize};

use crate::report::matter;
use crate::yaml::edit::ValueAtKey;

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FieldInput {
    /// A line.
    Text,
    /// Some lines.
    Long,
    /// A list, whose items are divided by `、` or a line end.
    List,
    /// A day, or a day and a time.
    Day,
    /// One of a few.
    Choice,
}

/// A field of the form, as every document has it.
pub(super) struct FieldTemplate {
    pub(super) key: &'static str,
    pub(super) name: (&'static str, &'static str),
    pub(super) way: FieldInput,
    pub(super) example: &'static str,
}

const fn known(
    key: &'static str,
    name: (&'static str, &'static str),
    way: FieldInput,
    example: &'static str,
) -> FieldTemplate {
    FieldTemplate { key, name, way, example }
}

impl FieldTemplate {
    /// What is meant by what was filled in: a day may be typed in any form.
    pub(super) fn meant(&self, filled: &Filled) -> ValueAtKey {
        match filled.said() {
            ValueAtKey::Text(day) if self.way == FieldInput::Day => {
                ValueAtKey::Text(matter::as_written(&day).unwrap_or(day))
            }
            said => said,
        }
    }
}

/// The fields, in the order in which they are written down as well.
pub(super) const FIELDS: [FieldTemplate; 12] = [
    known("title", ("标题", "Title"), FieldInput::Text, "江门市人民政府2019年度法治政府建设情况报告"),
    known("kind", ("文种", "Kind"), FieldInput::Choice, ""),
    known("issuer", ("发文机关", "Issuer"), FieldInput::List, "江门市人民政府"),
    known("index_number", ("索引号", "Index number"), FieldInput::Text, "11440700/2020-00123"),
    known("document_number", ("发文字号", "Document number"), FieldInput::Text, "江府〔2020〕5号"),
    known("subjects", ("主题分类", "Subjects"), FieldInput::List, "综合政务/政务公开"),
    known("written", ("成文日期", "Written"), FieldInput::Day, "2020-03-02"),
    known("published", ("发布日期", "Published"), FieldInput::Day, "2020-03-20 09:30"),
    known("validity", ("有效性", "Validity"), FieldInput::Choice, ""),
    known("source", ("信息来源", "Source"), FieldInput::Text, "江门市司法局"),
    known("summary", ("摘要", "Summary"), FieldInput::Long, ""),
    known("keywords", ("关键词", "Keywords"), FieldInput::List, "法治政府、行政复议"),
];

/// The order of keys in front matter, those included that no field shows.
pub(super) fn order() -> Vec<&'static str> {
    matter::MATTER.fields().iter().map(|field| field.key).collect()
}

/// What is filled in at a field: a text, a list, or nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Filled {
    /// Nothing stands there.
    Nothing(()),
    /// A text.
    Text(String),
    /// A list of texts.
    List(Vec<String>),
}

impl Filled {
    pub(super) fn said(&self) -> ValueAtKey {
        let trimmed = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        match self {
            Self::Nothing(()) => ValueAtKey::Nothing,
            Self::Text(text) => trimmed(text).map_or(ValueAtKey::Nothing, ValueAtKey::Text),
            Self::List(items) => match items.iter().filter_map(trimmed).collect::<Vec<_>>() {
                items if items.is_empty() => ValueAtKey::Nothing,
                items => ValueAtKey::List(items),
            },
        }
    }

    pub(super) fn of(said: &ValueAtKey) -> Self {
        match said {
            ValueAtKey::Text(text) => Self::Text(text.clone()),
            ValueAtKey::List(items) => Self::List(items.clone()),
            ValueAtKey::Nothing | ValueAtKey::More => Self::Nothing(()),
        }
    }
}
