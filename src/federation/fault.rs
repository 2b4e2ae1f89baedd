//! What can be wrong with an office's site, in words for those who run the federated one and for its readers.

use crate::diag::Words;

/// What is wrong with an office's site. It costs that office and nobody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficeFault {
    /// Its code, which `check --explain` explains.
    pub code: &'static str,
    /// What it is.
    pub words: Words,
}

impl OfficeFault {
    fn new(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { code, words: Words::new(zh, en) }
    }

    /// No answer came, or none that holds a file.
    pub fn unreachable(path: &str, why: &Words) -> Self {
        let (zh, en) = (format!("没有读到 {path}：{}", why.zh), format!("{path} was not read: {}", why.en));
        Self::new("office/unreachable", zh, en)
    }

    /// What came is not what a site of this program publishes.
    pub(crate) fn nonsense(path: &str, zh: impl std::fmt::Display, en: impl std::fmt::Display) -> Self {
        Self::new("office/nonsense", format!("{path}：{zh}"), format!("{path}: {en}"))
    }

    /// A file is not the one that the manifest names.
    pub fn digest(path: &str) -> Self {
        Self::new(
            "office/digest",
            format!("{path}：内容与清单上的摘要不符"),
            format!("{path}: it is not what the manifest says"),
        )
    }

    /// The manifest is not signed as it should be.
    pub(crate) fn signature(why: &Words) -> Self {
        Self::new(
            "office/signature",
            format!("清单的签名：{}", why.zh),
            format!("the signature of the manifest: {}", why.en),
        )
    }

    /// What was published once is not there as it was.
    pub(crate) fn history(why: &Words) -> Self {
        Self::new("office/history", why.zh.clone(), why.en.clone())
    }

    /// There is more than is taken from one office.
    pub fn too_large(path: &str, most: u64) -> Self {
        let most = most >> 20;
        Self::new(
            "office/too-large",
            format!("{path}：超过上限 {most} MiB"),
            format!("{path}: more than the {most} MiB that are taken"),
        )
    }

    /// A place has the name of another one.
    pub(crate) fn place(slug: &str, name: &str, instead: Option<&str>) -> Self {
        let (zh, en) = match instead {
            Some(instead) => (format!("在本站叫 `{instead}`"), format!("it is `{instead}` here")),
            None => ("没有收入".into(), "it is left out".into()),
        };
        Self::new(
            "office/place",
            format!("地方 `{slug}`（{name}）与另一个地方重名，{zh}"),
            format!("its place `{slug}` ({name}) has the name of another one; {en}"),
        )
    }

    /// Documents are not shown: so many, one of which is at `example`.
    pub(crate) fn documents(count: usize, example: &str, (zh, en): (&str, &str)) -> Self {
        Self::new(
            "office/document",
            format!("有 {count} 份文件没有收入（如 {example}）：{zh}"),
            format!("documents that are left out: {count}, such as {example}: {en}"),
        )
    }
}
