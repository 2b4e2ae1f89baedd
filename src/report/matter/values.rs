//! What an author says of a document, as it is meant, and how each value of a few is written.

use camino::Utf8PathBuf;
use jiff::civil::Date;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use super::moment::PublicationDay;
use crate::beside::Extent;
use crate::config::KindId;
use crate::han::amount::Amount;
use crate::han::qualifier::Qualifier;
use crate::han::quantity::Quantity;
use crate::route::Route;
use crate::source::Spanned;
use crate::yaml::names::{self, NamedValue};

/// What an author says of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matter {
    /// The title.
    pub title: Spanned<String>,
    /// The kind.
    pub kind: KindId,
    /// Who issued it, in the order given.
    pub issuers: Vec<String>,
    /// 索引号.
    pub index_number: Option<Spanned<String>>,
    /// 发文字号.
    pub document_number: Option<Spanned<String>>,
    /// 主题分类.
    pub subjects: Vec<String>,
    /// 成文日期.
    pub written: Option<Date>,
    /// 发布日期.
    pub published: PublicationDay,
    /// Whether `published` is given at all, be it as unknown.
    pub dated: bool,
    /// 有效性.
    pub validity: Option<Validity>,
    /// 信息来源.
    pub origin: Option<String>,
    /// A summary in a sentence or two.
    pub summary: Option<String>,
    /// Key words.
    pub keywords: Vec<String>,
    /// Whether it is public.
    pub status: PublicationStatus,
    /// What is said of its withdrawal.
    pub withdrawal: Option<Withdrawal>,
    /// How much of the original the text is.
    pub extent: Extent,
    /// The script of the text.
    pub script: Script,
    /// The declared values, as they are said.
    pub indicators: Vec<DeclaredValue>,
    /// A letter or notice around the text.
    pub wrapper: Option<Wrapper>,
    /// What was corrected after publication.
    pub corrections: Vec<Correction>,
    /// Files that belong to it.
    pub attachments: Vec<Attachment>,
    /// Other documents that it is about.
    pub relations: Vec<DocumentRelation>,
    /// The tasks of a work plan, as they are said.
    pub tasks: Vec<DeclaredTask>,
    /// Which of its sections answer which tasks of a plan.
    pub answers: Vec<TaskAnswer>,
    /// Addresses that lead here.
    pub aliases: Vec<Spanned<Route>>,
    /// The issuer's own slips, to be left as they are printed.
    pub accept: Vec<AcceptedSlip>,
}

impl Matter {
    /// The key words that others are told. Of a withdrawn document there are none: they say what its
    /// text says.
    #[must_use]
    pub fn told_keywords(&self) -> &[String] {
        if self.status == PublicationStatus::Withdrawn { &[] } else { &self.keywords }
    }

    /// The summary that others are told, likewise.
    #[must_use]
    pub fn told_summary(&self) -> Option<&String> {
        self.summary.as_ref().filter(|_| self.status != PublicationStatus::Withdrawn)
    }
}

/// Whether a document can still be relied on (有效性).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Validity {
    /// 有效.
    InForce,
    /// 失效.
    Expired,
    /// 废止.
    Repealed,
    /// 已修改.
    Amended,
}

impl Validity {
    /// Its name in front matter.
    #[must_use]
    pub fn name(self) -> &'static str {
        names::written(&VALIDITIES, &self)
    }

    /// The one that people call so.
    #[must_use]
    pub fn called(said: &str) -> Option<Self> {
        let is_called = |choice: &&NamedValue<Self>| choice.name == said || choice.called.contains(&said);
        VALIDITIES.iter().find(is_called).map(|choice| choice.value)
    }
}

pub(crate) const VALIDITIES: [NamedValue<Validity>; 4] = [
    NamedValue::new(
        "in-force",
        Validity::InForce,
        &["有效", "现行有效", "生效", "继续有效", "valid", "effective"],
    ),
    NamedValue::new("expired", Validity::Expired, &["失效", "已失效", "到期失效", "过期", "无效", "invalid"]),
    NamedValue::new("repealed", Validity::Repealed, &["废止", "已废止", "作废", "撤销", "abolished"]),
    NamedValue::new(
        "amended",
        Validity::Amended,
        &["已修改", "修改", "部分修改", "修订", "已修订", "revised"],
    ),
];

/// Whether a document is public.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum PublicationStatus {
    /// It is.
    #[default]
    Published,
    /// Not yet.
    Draft,
    /// Not any more; its address stays and says so.
    Withdrawn,
}

impl PublicationStatus {
    /// Its name in front matter.
    #[must_use]
    pub fn name(self) -> &'static str {
        names::written(&STATUSES, &self)
    }
}

pub(super) const STATUSES: [NamedValue<PublicationStatus>; 3] = [
    NamedValue::new(
        "published",
        PublicationStatus::Published,
        &["已发布", "发布", "公开", "已公开", "public"],
    ),
    NamedValue::new("draft", PublicationStatus::Draft, &["草稿", "未发布", "起草", "草案"]),
    NamedValue::new(
        "withdrawn",
        PublicationStatus::Withdrawn,
        &["已撤回", "撤回", "撤下", "已撤下", "删除", "下架", "已撤销"],
    ),
];

/// What is said of a withdrawal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// When.
    pub date: Spanned<Date>,
    /// Why.
    pub reason: WithdrawalReason,
    /// What was withdrawn, in a sentence.
    pub what: Option<String>,
}

/// Why a document is withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WithdrawalReason {
    /// It is wrong.
    Error,
    /// Another document took its place.
    Superseded,
    /// It tells of persons what must not be public (个人信息保护法).
    PersonalData,
    /// It tells what must be kept secret (保守国家秘密法).
    Secrecy,
    /// Something else.
    Other,
}

impl WithdrawalReason {
    /// Its name in front matter.
    #[must_use]
    pub fn name(self) -> &'static str {
        names::written(&REASONS, &self)
    }

    /// Whether the texts that stood there before must not be kept either.
    #[must_use]
    pub fn erases(self) -> bool {
        matches!(self, Self::PersonalData | Self::Secrecy)
    }
}

pub(super) const REASONS: [NamedValue<WithdrawalReason>; 5] = [
    NamedValue::new("error", WithdrawalReason::Error, &["有误", "内容有误", "错误", "差错", "误发"]),
    NamedValue::new(
        "superseded",
        WithdrawalReason::Superseded,
        &["已被取代", "取代", "被代替", "重新发布", "replaced"],
    ),
    NamedValue::new(
        "personal-data",
        WithdrawalReason::PersonalData,
        &["个人信息", "个人隐私", "隐私", "含个人信息", "泄露个人信息", "privacy"],
    ),
    NamedValue::new(
        "secrecy",
        WithdrawalReason::Secrecy,
        &["涉密", "国家秘密", "商业秘密", "不宜公开", "secret"],
    ),
    NamedValue::new("other", WithdrawalReason::Other, &["其他", "其它"]),
];

/// The script of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Script {
    /// Simplified characters.
    #[default]
    Simplified,
    /// Traditional characters.
    Traditional,
}

impl Script {
    /// The BCP 47 tag.
    #[must_use]
    pub fn tag(self) -> &'static str {
        names::written(&SCRIPTS, &self)
    }
}

pub(super) const SCRIPTS: [NamedValue<Script>; 2] = [
    NamedValue::new(
        "zh-Hans",
        Script::Simplified,
        &["简体", "简体中文", "简体字", "中文", "汉语", "zh", "zh-CN", "simplified"],
    ),
    NamedValue::new(
        "zh-Hant",
        Script::Traditional,
        &["繁体", "繁体中文", "繁体字", "正体", "zh-TW", "zh-HK", "traditional"],
    ),
];

pub(super) const QUALIFIERS: [NamedValue<Qualifier>; 5] = [
    qualified(Qualifier::About, &["约", "大约", "左右", "约数", "大概", "approximately", "approx", "~"]),
    qualified(Qualifier::AtLeast, &["不少于", "至少", "余", "多", "以上", "不低于", "≥", ">="]),
    qualified(Qualifier::MoreThan, &["超过", "突破", "逾", "大于", "超", ">"]),
    qualified(Qualifier::AtMost, &["不超过", "近", "至多", "以内", "不多于", "≤", "<="]),
    qualified(Qualifier::LessThan, &["不到", "不足", "少于", "小于", "<"]),
];

const fn qualified(qualifier: Qualifier, called: &'static [&'static str]) -> NamedValue<Qualifier> {
    NamedValue::new(qualifier.as_str(), qualifier, called)
}

/// Whether a figure stands in an attachment alone.
pub(super) const BASES: [NamedValue<bool>; 2] = [
    NamedValue::new("attachment", true, &["附件", "attachments"]),
    NamedValue::new("text", false, &["正文", "文字"]),
];

/// A value that the author declares, before its words are found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeclaredValue {
    /// The indicator's id.
    pub id: Spanned<String>,
    /// The value, or the lower end of a range.
    pub value: Spanned<Quantity>,
    /// The upper end of a range.
    pub to: Option<Quantity>,
    /// How exact it is.
    pub qualifier: Option<Qualifier>,
    /// The words that hold it.
    pub quote: Option<Spanned<String>>,
    /// Whether it stands in an attachment and not in the text.
    pub from_attachment: bool,
}

impl DeclaredValue {
    /// What is declared.
    #[must_use]
    pub fn amount(&self) -> Amount {
        Amount { value: self.value.value, to: self.to, qualifier: self.qualifier }
    }
}

/// A letter or notice around the text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wrapper {
    /// What it is.
    pub role: Spanned<WrapperRole>,
    /// Its title.
    pub title: Option<String>,
    /// Its text as Markdown; `None` where it stands in the body before the main title.
    pub text: Option<Spanned<String>>,
}

/// What a wrapper is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WrapperRole {
    /// A letter that submits the text (呈报).
    CoveringLetter,
    /// A notice that issues it (印发).
    IssuingNotice,
}

impl WrapperRole {
    /// Its name in front matter.
    #[must_use]
    pub fn name(self) -> &'static str {
        names::written(&ROLES, &self)
    }
}

pub(super) const ROLES: [NamedValue<WrapperRole>; 2] = [
    NamedValue::new(
        "covering-letter",
        WrapperRole::CoveringLetter,
        &["呈报", "呈报函", "报送函", "报送", "请示", "函"],
    ),
    NamedValue::new(
        "issuing-notice",
        WrapperRole::IssuingNotice,
        &["印发通知", "印发", "通知", "转发", "发布通知"],
    ),
];

/// A correction made after publication.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// When.
    pub date: Spanned<Date>,
    /// What.
    pub note: String,
}

/// A file that belongs to a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// Its path, below the site's folder.
    pub path: Spanned<Utf8PathBuf>,
    /// Its title.
    pub title: String,
}

impl Attachment {
    /// Its name, which is its address below the document's.
    #[must_use]
    pub fn file_name(&self) -> &str {
        self.path.value.file_name().unwrap_or_default()
    }
}

/// The name of a relation, which is one of [`RELATIONS`].
pub(crate) type RelationName = &'static str;

/// A document that this one is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DocumentRelation {
    /// How.
    #[serde(deserialize_with = "known_relation")]
    pub kind: RelationName,
    /// Its address.
    pub target: Spanned<Route>,
}

/// A task of a work plan that the author declares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DeclaredTask {
    /// The anchor of the section that it stands in.
    pub section: Spanned<String>,
    /// What is to be done, where the section's title does not say it.
    pub title: Option<String>,
    /// Who is to do it (责任单位), in the order given.
    pub responsible: Vec<String>,
}

/// What a document says of a task of a plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskAnswer {
    /// The plan.
    pub plan: Spanned<Route>,
    /// The anchor of the task in it.
    pub task: String,
    /// The anchors of the sections here that answer it.
    pub sections: Vec<Spanned<String>>,
}

/// A slip of the issuer that stays as it is printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AcceptedSlip {
    /// The code of the diagnostic.
    pub code: Spanned<String>,
    /// The one place where it stays: words that stand there, or the anchor of the section;
    /// `None` for the whole document.
    pub at: Option<Spanned<String>>,
    /// Why it stays.
    pub reason: String,
}

/// The relations that one document can have to another, and the same seen from the other.
pub const RELATIONS: [(&str, &str); 4] = [
    ("reports_on", "reported_by"),
    ("replaces", "replaced_by"),
    ("interprets", "interpreted_by"),
    ("related", "related"),
];

/// The name of a relation that was written down.
fn known_relation<'de, D: Deserializer<'de>>(from: D) -> Result<RelationName, D::Error> {
    let name = String::deserialize(from)?;
    let known = RELATIONS.iter().find(|(known, _)| *known == name);
    known.map(|(known, _)| *known).ok_or_else(|| D::Error::custom("no relation has this name"))
}

/// The codes whose findings an author can accept: slips of the issuer and what the original leaves
/// open, not slips of the site.
pub const ACCEPTABLE: [&str; 30] = [
    "date/order",
    "date/unknown",
    "date/year",
    "figure/growth",
    "figure/rate",
    "figure/share",
    "figure/sum",
    "form/half-width",
    "form/mixed",
    "form/name",
    "form/repeated",
    "form/title",
    "form/unmarked",
    "form/unpaired",
    "form/variant",
    "info/empty",
    "info/fees",
    "info/narrative",
    "info/sum",
    "number/document",
    "ordinal/repeated",
    "ordinal/skipped",
    "personal/likely",
    "personal/possible",
    "text/damaged",
    "text/doubled",
    "text/pinyin",
    "text/private",
    "text/unseen",
    "text/zero",
];
