//! The kinds of documents: what each is called, which page label its column has, and which
//! fields its front matter needs.

use std::collections::BTreeMap;

use crate::diag::Words;
use crate::route::is_slug;
use crate::source::Spanned;
use crate::yaml::Fields;
use crate::yaml::names::{self, WrittenName};

/// A kind's name in front matter, `annual-report`.
pub type KindId = String;

/// A kind of document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kind {
    /// What it is called in Chinese.
    pub name: String,
    /// What it is called in English.
    pub name_en: String,
    /// What else people call it.
    pub called: &'static [&'static str],
    /// The value of `ColumnType` (国办发〔2017〕47号) on its pages.
    pub column_type: String,
    /// The fields that a document of this kind must have.
    pub needs: Vec<KindNeed>,
    /// How many years after the year it is written in a document may be about.
    pub ahead: i16,
}

/// A field that a kind of document must have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KindNeed {
    /// `issuer`.
    Issuer,
    /// `published`, a date or `unknown`.
    Published,
    /// `source`.
    Origin,
    /// `document_number`.
    DocumentNumber,
    /// `validity`.
    Validity,
    /// `relations.interprets` or another relation.
    Relation,
}

impl KindNeed {
    /// The key of front matter that says it.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Issuer => "issuer",
            Self::Published => "published",
            Self::Origin => "source",
            Self::DocumentNumber => "document_number",
            Self::Validity => "validity",
            Self::Relation => "relations",
        }
    }
}

/// The kind of a document whose file is named by its year and says nothing else: the yearly report on
/// building a law-based government.
pub const ANNUAL_REPORT: &str = "annual-report";

/// The kind of the yearly report on the disclosure of government information.
pub const INFO_ANNUAL_REPORT: &str = "info-annual-report";

/// The kind of a year's plan, whose text is looked through for tasks.
pub const WORK_PLAN: &str = "work-plan";

/// A kind that every site has, before it is owned by a site's settings.
struct BuiltIn {
    id: &'static str,
    name: &'static str,
    name_en: &'static str,
    called: &'static [&'static str],
    column_type: &'static str,
    needs: &'static [KindNeed],
    ahead: i16,
}

/// What most kinds have in common.
const REPORT: BuiltIn = BuiltIn {
    id: "",
    name: "",
    name_en: "",
    called: &[],
    column_type: "信息公开目录",
    needs: &[KindNeed::Issuer, KindNeed::Published],
    ahead: 0,
};

/// The kinds that every site has.
const BUILT_IN: [BuiltIn; 9] = [
    BuiltIn {
        id: ANNUAL_REPORT,
        name: "法治政府建设年度报告",
        name_en: "Annual report",
        called: &[
            "年度报告",
            "年报",
            "法治政府建设情况报告",
            "法治政府建设报告",
            "法治政府建设工作报告",
            "工作报告",
            "报告",
        ],
        ..REPORT
    },
    BuiltIn {
        id: WORK_PLAN,
        name: "工作要点",
        name_en: "Work plan",
        called: &["工作计划", "年度计划", "计划", "要点", "工作安排", "plan"],
        // A plan is about the year that follows.
        ahead: 1,
        ..REPORT
    },
    BuiltIn {
        id: INFO_ANNUAL_REPORT,
        name: "政府信息公开工作年度报告",
        name_en: "Disclosure report",
        called: &[
            "政府信息公开年报",
            "信息公开年报",
            "政府信息公开年度报告",
            "信息公开年度报告",
            "政务公开年报",
        ],
        column_type: "信息公开年报",
        ..REPORT
    },
    BuiltIn {
        id: "notice",
        name: "通知公告",
        name_en: "Notice",
        called: &["通知", "公告", "通告", "公示"],
        ..REPORT
    },
    BuiltIn {
        id: "news",
        name: "工作动态",
        name_en: "News",
        called: &["动态", "新闻", "信息", "要闻"],
        column_type: "工作动态",
        needs: &[KindNeed::Published, KindNeed::Origin],
        ..REPORT
    },
    BuiltIn {
        id: "assessment",
        name: "考评督察",
        name_en: "Assessment",
        called: &["考评", "督察", "考核", "评估", "考核评价"],
        ..REPORT
    },
    BuiltIn {
        id: "interpretation",
        name: "政策解读",
        name_en: "Interpretation",
        called: &["解读", "文件解读"],
        column_type: "政策解读",
        needs: &[KindNeed::Published, KindNeed::Relation],
        ..REPORT
    },
    BuiltIn {
        id: "normative-document",
        name: "行政规范性文件",
        name_en: "Normative document",
        called: &["规范性文件", "政策文件"],
        column_type: "政策文件",
        needs: &[KindNeed::Issuer, KindNeed::Published, KindNeed::DocumentNumber, KindNeed::Validity],
        ..REPORT
    },
    BuiltIn {
        id: "duty-report",
        name: "述法报告",
        name_en: "Report on duties",
        called: &["述法", "述职述法报告", "年度述法报告"],
        ..REPORT
    },
];

impl Kind {
    /// The kind as one of those that can be written.
    fn known<'a>(&'a self, id: &'a str) -> WrittenName<'a> {
        let names = [self.name.as_str(), self.name_en.as_str()];
        WrittenName { name: id, called: names.into_iter().chain(self.called.iter().copied()).collect() }
    }
}

/// The kinds by what they are called.
pub(crate) fn known(kinds: &BTreeMap<KindId, Kind>) -> Vec<WrittenName<'_>> {
    kinds.iter().map(|(id, kind)| kind.known(id)).collect()
}

/// The kinds that every site has, by what they are called.
pub(crate) fn known_built_in() -> Vec<WrittenName<'static>> {
    let known = |kind: &BuiltIn| {
        let names = [kind.name, kind.name_en];
        WrittenName { name: kind.id, called: names.into_iter().chain(kind.called.iter().copied()).collect() }
    };
    BUILT_IN.iter().map(known).collect()
}

/// Complains that there is no such kind, and says which is meant or which there are.
pub(crate) fn unknown(fields: &mut Fields<'_>, kind: &Spanned<String>, kinds: &BTreeMap<KindId, Kind>) {
    let said = &kind.value;
    let words = Words::new(format!("没有 `{said}` 这个文种"), format!("there is no kind `{said}`"));
    fields.error("matter/value", kind.span, words).help = Some(names::advice(said, &known(kinds)));
}

/// Whether every site has this kind, and calls it so where it does not say otherwise.
pub(crate) fn is_built_in(id: &str, name: &str) -> bool {
    BUILT_IN.iter().any(|kind| kind.id == id && [kind.name, kind.name_en].contains(&name))
}

/// The kinds that every site has, by their ids.
pub(super) fn built_in() -> BTreeMap<KindId, Kind> {
    let kind = |kind: BuiltIn| {
        let owned = Kind {
            name: kind.name.into(),
            name_en: kind.name_en.into(),
            called: kind.called,
            column_type: kind.column_type.into(),
            needs: kind.needs.to_vec(),
            ahead: kind.ahead,
        };
        (kind.id.to_owned(), owned)
    };
    BUILT_IN.into_iter().map(kind).collect()
}

/// Reads `kinds:`: more kinds, or other names for those that are there.
pub(super) fn read(fields: &mut Fields<'_>, kinds: &mut BTreeMap<KindId, Kind>) {
    let added = fields.group("kinds", |inner| {
        let entries = inner.rest();
        let mut added = Vec::new();
        for (id, node) in entries {
            if !is_slug(&id.value) {
                let words = Words::new(
                    "文种的编号应由小写字母、数字和连字符组成，以字母开头，最多 200 个字符",
                    "a kind's id must be lower-case letters, figures and hyphens, a letter first, 200 at most",
                );
                inner.error("matter/value", id.span, words).help = Some(Words::new(
                    "例如 `white-paper: { name: 白皮书 }`",
                    "such as `white-paper: { name: 白皮书 }`",
                ));
                continue;
            }
            let before = kinds.get(&id.value).cloned();
            added.extend(
                inner
                    .one("kinds", node, &mut |kind| read_kind(kind, before.clone()))
                    .map(|kind| (id.value, kind)),
            );
        }
        Some(added)
    });
    kinds.extend(added.unwrap_or_default());
}

fn read_kind(fields: &mut Fields<'_>, before: Option<Kind>) -> Option<Kind> {
    let name = fields.text("name").map(|name| name.value);
    let name_en = fields.text("name_en").map(|name| name.value);
    let column_type = fields.text("column_type").map(|column| column.value);
    let mut kind = match (before, &name) {
        (Some(kind), _) => kind,
        (None, Some(name)) => Kind {
            name: name.clone(),
            name_en: name.clone(),
            called: &[],
            column_type: REPORT.column_type.into(),
            needs: REPORT.needs.to_vec(),
            ahead: REPORT.ahead,
        },
        (None, None) => {
            let example = Words::new("写上文种的名称，如 `name: 白皮书`", "such as `name: White paper`");
            fields.need("name", example);
            return None;
        }
    };
    kind.name = name.unwrap_or(kind.name);
    kind.name_en = name_en.unwrap_or(kind.name_en);
    kind.column_type = column_type.unwrap_or(kind.column_type);
    Some(kind)
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use crate::source::Source;

    #[test]
    fn a_site_renames_a_kind_and_adds_one() {
        let text = "title: 档\nbase_url: https://a/\nkinds:\n  news: {name: 动态}\n  letter: {name: 函, column_type: 政策文件}\n";
        let read = Config::parse(&Source::new("site.yaml", text));
        assert!(read.diagnostics.is_empty(), "{:?}", read.diagnostics);
        assert_eq!(read.value.kinds["news"].name, "动态");
        assert_eq!(read.value.kinds["news"].column_type, "工作动态");
        assert_eq!(read.value.kinds["letter"].column_type, "政策文件");
    }
}
