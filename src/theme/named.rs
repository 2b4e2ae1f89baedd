//! What scripts and styles of a theme name: each other, pictures, faces. The name of an asset has a
//! digest of its content in it, so all that name it have to say the new name, and change their own.

mod joined;
mod script;
mod style;

use std::ops::Range;

use url::Url;

pub(super) use joined::joined;

/// A name in a script or style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NameInAsset {
    /// Where it stands, between its quotes.
    pub(super) range: Range<usize>,
    /// What it is in its language.
    pub(super) says: NameMeaning,
}

/// What a name is in the language that it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameMeaning {
    /// The module of an import: without `./` before it, a browser finds none.
    Module,
    /// An address beside the file itself.
    Address,
}

/// Where a name leads.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Leads {
    /// Out of the assets: to another host, another part of the site, a place in the file itself.
    Elsewhere,
    /// Nowhere, as a browser sees it.
    Nowhere,
    /// To the asset of this address, if there is one; behind it may stand `?…#…`.
    Asset { address: String, rest: String },
}

/// What the asset `file`, with this text, names.
pub(super) fn names(file: &str, text: &str) -> Vec<NameInAsset> {
    match file.rsplit_once('.') {
        Some((_, "css")) => style::names(text),
        Some((_, "js" | "mjs")) => script::names(text),
        _ => Vec::new(),
    }
}

/// Where the assets stand, for what resolves an address as browsers do.
const ROOT: &str = "https://theme.invalid/assets/";

/// The address of the asset `file`, as far as it matters here.
pub(super) fn address(file: &str) -> Option<Url> {
    let mut address = Url::parse(ROOT).ok()?;
    // Characters that no path has are encoded as they are where an address is resolved.
    address.set_path(&format!("/assets/{file}"));
    Some(address)
}

impl NameInAsset {
    /// Where it leads, standing in `text`, which is the asset at `from`.
    pub(super) fn leads(&self, text: &str, from: &Url) -> Leads {
        let name = &text[self.range.clone()];
        let is_beside = name.starts_with("./") || name.starts_with("../");
        if name.starts_with(['/', '#', '?']) || name.is_empty() || Url::parse(name).is_ok() {
            return Leads::Elsewhere;
        }
        if self.says == NameMeaning::Module && !is_beside {
            return Leads::Nowhere;
        }
        let Ok(mut there) = from.join(name) else {
            return Leads::Nowhere;
        };
        let rest = there[url::Position::AfterPath..].to_owned();
        there.set_query(None);
        there.set_fragment(None);
        let is_module = self.says == NameMeaning::Module;
        match there.as_str().strip_prefix(ROOT) {
            Some(path) if is_module || !(path.is_empty() || path.ends_with('/')) => {
                Leads::Asset { address: there.into(), rest }
            }
            None if is_module => Leads::Nowhere,
            _ => Leads::Elsewhere,
        }
    }
}
