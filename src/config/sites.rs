//! The offices whose sites a federated site gathers, from `sites.yaml`. What stands there is the federating office's own
//! word: the addresses, and the keys by which the others' manifests are known.

use std::collections::BTreeSet;

use camino::Utf8PathBuf;

use super::{BaseUrl, SITES};
use crate::diag::{Diagnosed, Words};
use crate::route::is_slug;
use crate::seal::PublicKey;
use crate::source::{Source, Span, Spanned};
use crate::yaml::{self, Fields};

/// The offices of `sites.yaml`, in its order.
#[derive(Clone, Debug, Default)]
pub struct Sites {
    /// The offices; no two have one name.
    pub offices: Vec<MemberOffice>,
}

/// An office that publishes a site of its own.
#[derive(Clone, Debug)]
pub struct MemberOffice {
    /// By which it is told apart from others, in addresses and in folders; and where that stands.
    pub name: Spanned<String>,
    /// What it is called.
    pub title: String,
    /// What it is called in English, where it says so.
    pub title_en: Option<String>,
    /// Where its site stands.
    pub url: BaseUrl,
    /// The folder that its files are read from, where they are not asked for at its address.
    pub folder: Option<Utf8PathBuf>,
    /// The key that must have signed its manifest, if one is known.
    pub key: Option<PublicKey>,
    /// The place of the federated site that its topmost places belong to.
    pub under: Option<String>,
    /// Whether its address may be in a network that is not public.
    pub inner: bool,
}

impl Sites {
    /// The offices in `sites.yaml`, or those around everything wrong in it.
    #[must_use]
    pub fn parse(source: &Source) -> Diagnosed<Self> {
        let all = Span::new(0..source.text().len());
        match yaml::read(source, all, &SITES) {
            Ok(mut fields) => {
                let value = read(&mut fields);
                Diagnosed { value, diagnostics: fields.finish() }
            }
            Err(diagnostic) => Diagnosed { value: Self::default(), diagnostics: vec![*diagnostic] },
        }
    }
}

fn read(fields: &mut Fields<'_>) -> Sites {
    let mut offices: Vec<MemberOffice> = fields.each("offices", one);
    if offices.is_empty() && !fields.complained_of("offices") && fields.diagnostics.is_empty() {
        fields.need("offices", Words::new("至少写一家", "name one at least"));
    }
    let mut names = BTreeSet::new();
    let twice: Vec<Spanned<String>> = offices
        .iter()
        .map(|office| office.name.clone())
        .filter(|name| !names.insert(name.value.clone()))
        .collect();
    for name in twice {
        let words =
            Words::new(format!("`{}` 写了两次", name.value), format!("`{}` is there twice", name.value));
        fields.error("matter/value", name.span, words).help =
            Some(Words::new("给每家另起一个名称", "give each office a name of its own"));
    }
    let mut seen = BTreeSet::new();
    offices.retain(|office| seen.insert(office.name.value.clone()));
    Sites { offices }
}

fn one(fields: &mut Fields<'_>) -> Option<MemberOffice> {
    let (name, title, url) = (fields.text("name"), fields.text("title"), fields.text("url"));
    let examples = [
        ("name", name.is_none(), "jiangmen"),
        ("title", title.is_none(), "江门市人民政府"),
        ("url", url.is_none(), "https://www.jiangmen.example/fzzf/"),
    ];
    for (key, _, example) in examples.into_iter().filter(|(_, is_missing, _)| *is_missing) {
        let example = format!("`{key}: {example}`");
        fields.need(key, Words::new(format!("例如 {example}"), format!("such as {example}")));
    }
    let title_en = fields.text("title_en").map(|title| title.value);
    let folder = fields.text("folder").map(|folder| folder.value.into());
    let key = fields.text("public_key").and_then(|text| key(fields, &text));
    let under = fields.text("under").and_then(|name| slug(fields, name)).map(|name| name.value);
    let inner = fields.switch("inner").unwrap_or_default();
    let name = name.and_then(|name| slug(fields, name));
    let url = url.and_then(|url| address(fields, &url));
    Some(MemberOffice { name: name?, title: title?.value, title_en, url: url?, folder, key, under, inner })
}

/// A name of an address.
fn slug(fields: &mut Fields<'_>, name: Spanned<String>) -> Option<Spanned<String>> {
    if is_slug(&name.value) {
        return Some(name);
    }
    let shown = &name.value;
    let words = Words::new(format!("`{shown}` 不能作地址"), format!("`{shown}` cannot be an address"));
    fields.error("route/slug", name.span, words).help = Some(Words::new(
        "以小写字母开头，后面是小写字母、数字和连字符，如 jiangmen",
        "begin with a lower-case letter; lower-case letters, figures and hyphens follow, such as jiangmen",
    ));
    None
}

fn address(fields: &mut Fields<'_>, text: &Spanned<String>) -> Option<BaseUrl> {
    BaseUrl::parse(&text.value)
        .map_err(|why| {
            let words = Words::new(
                format!("`url` 应是完整网址：{}", why.zh),
                format!("`url` must be a whole address: {}", why.en),
            );
            fields.error("matter/value", text.span, words).help = Some(Words::new(
                "写那家 site.yaml 里的 base_url",
                "write what that office has as base_url in its site.yaml",
            ));
        })
        .ok()
}

fn key(fields: &mut Fields<'_>, text: &Spanned<String>) -> Option<PublicKey> {
    let key = PublicKey::of_minisign(&text.value);
    if key.is_none() {
        let words = Words::new(
            "`public_key` 不是 minisign 的公钥",
            "`public_key` is no public key as minisign writes it",
        );
        fields.error("matter/value", text.span, words).help = Some(Words::new(
            "写 .pub 文件的第二行，以 RW 开头的 56 个字符",
            "write the second line of the .pub file: 56 characters that begin with RW",
        ));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

    fn read(text: &str) -> (Sites, Vec<&'static str>) {
        let read = Sites::parse(&Source::new("sites.yaml", text));
        (read.value, read.diagnostics.iter().map(|found| found.code).collect())
    }

    #[test]
    fn an_office_is_a_name_and_an_address() {
        let (sites, found) = read(&format!(
            "offices:\n- {{ name: jiangmen, title: 江门市, url: 'https://a.example/x/', public_key: {KEY}, under: gd }}\n\
             - {{ name: anhe, title: 安和市, url: 'https://b.example/', folder: ../anhe, inner: true }}\n"
        ));
        assert!(found.is_empty(), "{found:?}");
        let [first, second] = &sites.offices[..] else { panic!("{sites:?}") };
        assert_eq!(first.url.absolute("/a/"), "https://a.example/x/a/");
        assert!(first.key.is_some() && first.under.as_deref() == Some("gd") && !first.inner);
        assert!(second.key.is_none() && second.folder.is_some() && second.inner);
    }

    #[test]
    fn what_is_wrong_costs_its_office_alone() {
        let good = "- { name: b, title: 乙, url: 'https://b.example/' }\n";
        for (bad, code) in [
            ("- { title: 甲, url: 'https://a.example/' }\n", "matter/missing"),
            ("- { name: 甲, title: 甲, url: 'https://a.example/' }\n", "route/slug"),
            ("- { name: a, title: 甲, url: a.example }\n", "matter/value"),
            ("- { name: b, title: 甲, url: 'https://a.example/' }\n", "matter/value"),
        ] {
            let (sites, found) = read(&format!("offices:\n{bad}{good}"));
            assert_eq!(found, [code], "{bad}");
            assert_eq!(sites.offices.len(), 1, "{bad}");
        }
        let (sites, found) =
            read("offices:\n- { name: a, title: 甲, url: 'https://a.example/', public_key: RWQ }\n");
        assert_eq!((sites.offices.len(), found), (1, vec!["matter/value"]));
        assert_eq!(read("").1, ["matter/missing"]);
    }
}
