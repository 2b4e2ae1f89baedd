//! Where a link in a text leads. A link is right as soon as it is read: it names an address
//! of the site, a Markdown file whose address its path gives, or a file beside the document.

use std::borrow::Cow;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};
use percent_encoding::percent_decode_str;
use serde::{Deserialize, Serialize};

use crate::route::{Leaf, Route};
use crate::source::Span;

/// A link or a picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// Where it leads.
    pub target: LinkTarget,
    /// Where it leads, as it is written.
    pub text: String,
    /// Where it stands in the source.
    pub span: Span,
    /// Whether it is a picture.
    pub image: bool,
}

impl Link {
    /// The file beside the text that it leads to.
    #[must_use]
    pub fn file(&self) -> Option<&Utf8PathBuf> {
        match &self.target {
            LinkTarget::File(path) => Some(path),
            _ => None,
        }
    }
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkTarget {
    /// To another site, or to a mailbox.
    Outside,
    /// To an address of this site.
    Inside {
        /// The address.
        route: Route,
        /// The anchor there.
        fragment: Option<String>,
    },
    /// To a place of the same text.
    SameText(String),
    /// To a file beside the document, by its path below the site's folder.
    File(Utf8PathBuf),
    /// Out of the site's folder.
    Escaping,
    /// To something that no page may link to, such as a script.
    Forbidden,
}

/// Where `text`, written in the file at `path`, leads.
#[must_use]
pub fn address(text: &str, path: &Utf8Path) -> LinkTarget {
    let (before, fragment) = match text.split_once('#') {
        Some((before, fragment)) => (before, Some(decode(fragment).into_owned())),
        None => (text, None),
    };
    match (before, fragment) {
        ("", Some(fragment)) => LinkTarget::SameText(fragment),
        ("", None) => LinkTarget::Forbidden,
        (before, _) if before.starts_with("//") || before.starts_with("/\\") => LinkTarget::Forbidden,
        (before, fragment) if before.starts_with('/') => inside(before, fragment),
        (before, _) if scheme(before).is_some() => match scheme(before) {
            Some("http" | "https" | "mailto" | "tel") => LinkTarget::Outside,
            _ => LinkTarget::Forbidden,
        },
        (before, fragment) => relative(before, fragment, path),
    }
}

/// The scheme of an address, in lower case letters only: what is not known is forbidden.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, _) = text.split_once(':')?;
    let end = scheme.find(['/', '?']).unwrap_or(scheme.len());
    (end == scheme.len()).then_some(scheme)
}

fn inside(path: &str, fragment: Option<String>) -> LinkTarget {
    let path = decode(path.split('?').next().unwrap_or(path));
    let page = path.strip_suffix('/').unwrap_or(&path);
    let is_file = !path.ends_with('/') && page.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let route = match page {
        "" => Some(Route::home()),
        page if is_file => Route::file(page),
        page => Route::file(page).map(|_| Route::page(page[1..].split('/'))),
    };
    match route {
        Some(route) => LinkTarget::Inside { route, fragment },
        None => LinkTarget::Escaping,
    }
}

fn relative(text: &str, fragment: Option<String>, path: &Utf8Path) -> LinkTarget {
    let text = decode(text.split('?').next().unwrap_or(text));
    let folder = path.parent().unwrap_or(Utf8Path::new(""));
    let Some(joined) = join(folder, &text) else {
        return LinkTarget::Escaping;
    };
    let Ok(content) = joined.strip_prefix("content") else {
        return LinkTarget::Escaping;
    };
    match content.extension() {
        Some("md") => match Leaf::of(content) {
            Ok(leaf) => LinkTarget::Inside { route: leaf.route(), fragment },
            Err(_) => LinkTarget::Escaping,
        },
        _ if joined.starts_with(folder) => LinkTarget::File(joined),
        _ => LinkTarget::Escaping,
    }
}

/// `text` from `folder`, without `.` and `..`; `None` where it climbs out.
fn join(folder: &Utf8Path, text: &str) -> Option<Utf8PathBuf> {
    let mut joined = folder.to_owned();
    for part in Utf8Path::new(text).components() {
        match part {
            Utf8Component::Normal(name) => joined.push(name),
            Utf8Component::ParentDir => {
                if !joined.pop() {
                    return None;
                }
            }
            Utf8Component::CurDir => {}
            Utf8Component::Prefix(_) | Utf8Component::RootDir => return None,
        }
    }
    (!text.contains(['\\', '\0'])).then_some(joined)
}

/// Undoes percent-encoding; what is not well encoded stays as it is.
fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8().unwrap_or(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> LinkTarget {
        address(text, "content/jiangmen/2019/index.md".into())
    }

    fn page(route: &str, fragment: Option<&str>) -> LinkTarget {
        let segments: Vec<&str> = route.trim_matches('/').split('/').collect();
        LinkTarget::Inside { route: Route::page(segments), fragment: fragment.map(str::to_owned) }
    }

    #[test]
    fn links_are_addresses_of_the_site_or_paths_of_files() {
        assert_eq!(of("/jiangmen/2019/#sec-1-2"), page("/jiangmen/2019/", Some("sec-1-2")));
        assert_eq!(of("/jiangmen/2019"), page("/jiangmen/2019/", None));
        assert_eq!(of("../2018.md"), page("/jiangmen/2018/", None));
        assert_eq!(of("work-plan.md#sec-1"), page("/jiangmen/2019/work-plan/", Some("sec-1")));
        assert_eq!(of("#%E4%B8%80"), LinkTarget::SameText("一".into()));
        assert_eq!(of("#100%+5%"), LinkTarget::SameText("100%+5%".into()));
        assert_eq!(of("#%FF"), LinkTarget::SameText("%FF".into()));
        assert_eq!(of("附件1.pdf"), LinkTarget::File("content/jiangmen/2019/附件1.pdf".into()));
        assert_eq!(of("https://www.gov.cn/"), LinkTarget::Outside);
    }

    #[test]
    fn no_link_leaves_the_folder_or_runs_a_script() {
        assert_eq!(of("../../../site.yaml"), LinkTarget::Escaping);
        assert_eq!(of("../2018/a.pdf"), LinkTarget::Escaping);
        assert_eq!(of("../../../../etc/passwd"), LinkTarget::Escaping);
        assert_eq!(of("/../a/"), LinkTarget::Escaping);
        for script in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            "data:text/html,x",
            "//evil.example/",
            "vbscript:x",
            "/\\evil",
        ] {
            assert_eq!(of(script), LinkTarget::Forbidden, "{script}");
        }
    }
}
