//! An address on the site. The address of a document is a function of its file's path alone,
//! so that a link is right as soon as it is read and stays right for good.

mod encode;

use camino::{Utf8Path, Utf8PathBuf};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::interface::Locale;

pub use encode::encode;

/// First segments that the site needs for itself.
pub const RESERVED: [&str; 17] = [
    "search",
    "years",
    "kinds",
    "indicators",
    "compare",
    "coverage",
    "ancestry",
    "embed",
    "data",
    "assets",
    "pagefind",
    "log",
    "versions",
    "feed",
    "about",
    "sitemap",
    "offices",
];

/// An address below the site's base: it begins with `/`, and a page's ends with `/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Route(String);

impl Route {
    /// The home page.
    #[must_use]
    pub fn home() -> Self {
        Self("/".into())
    }

    /// The page at these segments: `["jiangmen", "2019"]` is `/jiangmen/2019/`.
    pub fn page<S: std::fmt::Display>(segments: impl IntoIterator<Item = S>) -> Self {
        let path = segments.into_iter().map(|segment| format!("{segment}/"));
        Self::composed(std::iter::once("/".to_owned()).chain(path).collect())
    }

    /// Where the same stands in another language than the site's own: `/en/jiangmen/`.
    #[must_use]
    pub fn translated(&self, language: Locale) -> Self {
        Self(format!("/{}{}", language.folder(), self.0))
    }

    /// A file with a name of its own, `feed.xml` or `jiangmen/feed.xml`, or `None` where the
    /// path is empty, leaves the site or names something that no file system holds.
    #[must_use]
    pub fn file(path: &str) -> Option<Self> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let good = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0', '\n']);
        path.split('/').all(good).then(|| Self::composed(format!("/{path}")))
    }

    /// The address as everybody writes it, whatever wrote the name of the file: some systems keep
    /// accents and voiced marks apart from their letters (Unicode's form D).
    fn composed(path: String) -> Self {
        if path.is_ascii() {
            return Self(path);
        }
        Self(path.nfc().collect())
    }

    /// A file that stands beside the page at this address: its attachment, its feed.
    #[must_use]
    pub fn beside(&self, name: &str) -> Option<Self> {
        let folder = &self.0[..=self.0.rfind('/').unwrap_or(0)];
        Self::file(&format!("{folder}{name}"))
    }

    /// The first part of its path: the slug of a place, in the address of what belongs to one.
    #[must_use]
    pub(crate) fn first(&self) -> &str {
        self.0[1..].split('/').next().unwrap_or_default()
    }

    /// What stands below the page at this address under a path of its own.
    #[must_use]
    pub(crate) fn below(&self, path: &str) -> Self {
        Self(format!("{self}{path}"))
    }

    /// The pages above this address, the nearest first and the home page last.
    pub(crate) fn above(&self) -> impl Iterator<Item = Self> {
        let path = self.0.strip_suffix('/').unwrap_or(&self.0);
        path.rmatch_indices('/').map(|(at, _)| Self(path[..=at].to_owned()))
    }

    /// The address as it is written in a link, without the site's base.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a page is here, and not a file with a name of its own.
    #[must_use]
    pub fn is_page(&self) -> bool {
        self.0.ends_with('/')
    }

    /// Where the finished site keeps what is here: `/jiangmen/2019/` is
    /// `jiangmen/2019/index.html`.
    #[must_use]
    pub fn output(&self) -> Utf8PathBuf {
        let path = &self.0[1..];
        match self.is_page() {
            true => Utf8PathBuf::from(format!("{path}index.html")),
            false => Utf8PathBuf::from(path),
        }
    }

    /// The address of what the finished site keeps at `output`.
    #[must_use]
    pub fn of_output(output: &Utf8Path) -> Option<Self> {
        let route = Self::file(output.as_str())?;
        let page = route.0.strip_suffix("/index.html").map(|folder| Self(format!("{folder}/")));
        Some(page.unwrap_or(route))
    }
}

impl std::fmt::Display for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The longest name that an address is made of. A file system takes 255 bytes, and what is made of
/// a name has an ending besides.
pub const LONGEST_SLUG: usize = 200;

/// A name that an address is made of: it begins with a lower-case letter; letters, figures
/// and hyphens follow.
#[must_use]
pub fn is_slug(name: &str) -> bool {
    name.len() <= LONGEST_SLUG
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

/// What a Markdown file below `content/` is, by its path alone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaf {
    /// The home page's text.
    Home,
    /// A plain page.
    Page(String),
    /// A place.
    Place(String),
    /// A document of a place and a year.
    Report(Address),
}

/// Where a document belongs: place, year, and a name unless it is the year's own report.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Address {
    /// The slug of the place.
    pub place: String,
    /// The year that it covers.
    pub year: Year,
    /// Its name among that year's documents; `None` for the annual report.
    pub slug: Option<String>,
}

impl Address {
    /// The address of the document's page.
    #[must_use]
    pub fn route(&self) -> Route {
        let year = self.year.to_string();
        Route::page([Some(self.place.as_str()), Some(&year), self.slug.as_deref()].into_iter().flatten())
    }
}

/// A year that a document can cover.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Year(i16);

impl Year {
    /// A year from 1949 on, as a file's name gives it in four figures.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let digits = name.len() == 4 && name.bytes().all(|byte| byte.is_ascii_digit());
        let year = digits.then(|| name.parse().ok())??;
        (1949..=2999).contains(&year).then_some(Self(year))
    }

    /// The years from this one to `last`.
    pub(crate) fn to(self, last: Self) -> impl Iterator<Item = Self> {
        (self.0..=last.0).map(Self)
    }

    /// The year before the one that `date` is in.
    pub(crate) fn before(date: jiff::civil::Date) -> Self {
        Self(date.year() - 1)
    }

    /// The year before this one.
    pub(crate) fn last(self) -> Self {
        Self(self.0 - 1)
    }

    /// The year as a number.
    #[must_use]
    pub fn get(self) -> i16 {
        self.0
    }
}

impl std::fmt::Display for Year {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Why a file below `content/` has no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misplaced {
    /// This name is kept for the site itself.
    Reserved(String),
    /// This name is not made of lower-case letters, figures and hyphens.
    Slug(String),
    /// A year was expected here.
    Year(String),
    /// The file is deeper than any address.
    Deep,
}

impl Leaf {
    /// What the file at `path`, below `content/`, is.
    ///
    /// # Errors
    /// Says why the path has no address.
    pub fn of(path: &Utf8Path) -> Result<Self, Misplaced> {
        let parts: Vec<&str> =
            path.as_str().strip_suffix(".md").unwrap_or(path.as_str()).split('/').collect();
        match parts[..] {
            ["_index"] => Ok(Self::Home),
            ["about"] => Ok(Self::Page("about".into())),
            [page] => Ok(Self::Page(free(page)?)),
            [place, "_index"] => Ok(Self::Place(free(place)?)),
            [place, year] | [place, year, "index"] => Self::report(place, year, None),
            [place, year, slug] | [place, year, slug, "index"] => Self::report(place, year, Some(slug)),
            _ => Err(Misplaced::Deep),
        }
    }

    fn report(place: &str, year: &str, slug: Option<&str>) -> Result<Self, Misplaced> {
        Ok(Self::Report(Address {
            place: free(place)?,
            year: Year::parse(year).ok_or_else(|| Misplaced::Year(year.into()))?,
            slug: slug.map(free).transpose()?,
        }))
    }

    /// The address of its page.
    #[must_use]
    pub fn route(&self) -> Route {
        match self {
            Self::Home => Route::home(),
            Self::Page(slug) | Self::Place(slug) => Route::page([slug]),
            Self::Report(address) => address.route(),
        }
    }
}

/// `name` as a slug that the site does not need for itself.
fn free(name: &str) -> Result<String, Misplaced> {
    match name {
        name if RESERVED.contains(&name) => Err(Misplaced::Reserved(name.into())),
        name if is_slug(name) => Ok(name.into()),
        name => Err(Misplaced::Slug(name.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_stand_above_an_address() {
        let above = |route: &Route| route.above().map(|above| above.to_string()).collect::<Vec<_>>();
        assert_eq!(above(&Route::page(["a", "2019"])), ["/a/", "/"]);
        assert_eq!(above(&Route::file("a/b.pdf").unwrap()), ["/a/", "/"]);
        assert!(above(&Route::home()).is_empty());
    }

    #[test]
    fn the_address_of_a_document_is_a_function_of_its_path() {
        for (path, route) in [
            ("_index.md", "/"),
            ("about.md", "/about/"),
            ("jiangmen/_index.md", "/jiangmen/"),
            ("jiangmen/2019.md", "/jiangmen/2019/"),
            ("jiangmen/2019/index.md", "/jiangmen/2019/"),
            ("jiangmen/2019/work-plan.md", "/jiangmen/2019/work-plan/"),
            ("jiangmen/2019/work-plan/index.md", "/jiangmen/2019/work-plan/"),
        ] {
            assert_eq!(Leaf::of(path.into()).unwrap().route().as_str(), route, "{path}");
        }
    }

    #[test]
    fn a_file_without_an_address_says_why() {
        let why = |path: &str| Leaf::of(path.into()).unwrap_err();
        assert_eq!(why("search/2019.md"), Misplaced::Reserved("search".into()));
        assert_eq!(why("jiangmen/2019/compare.md"), Misplaced::Reserved("compare".into()));
        assert_eq!(why("江门/2019.md"), Misplaced::Slug("江门".into()));
        assert_eq!(why("jiangmen/report.md"), Misplaced::Year("report".into()));
        assert_eq!(why("jiangmen/0019.md"), Misplaced::Year("0019".into()));
        assert_eq!(why("a/2019/b/c/index.md"), Misplaced::Deep);
    }

    #[test]
    fn a_route_and_its_file_name_each_other() {
        for (route, output) in [
            (Route::home(), "index.html"),
            (Route::page(["jiangmen", "2019"]), "jiangmen/2019/index.html"),
            (Route::file("feed.xml").unwrap(), "feed.xml"),
        ] {
            assert_eq!(route.output(), output);
            assert_eq!(Route::of_output(&route.output()), Some(route));
        }
    }

    #[test]
    fn no_route_leaves_the_site() {
        for path in ["", "/", "../a", "a/../b", "a//b", "a/", "a\\b", "./a", "a\0"] {
            assert_eq!(Route::file(path), None, "{path:?}");
        }
        assert_eq!(Route::page(["a"]).beside("../b.pdf"), None);
        assert_eq!(Route::page(["a"]).beside("附件1.pdf"), Route::file("a/附件1.pdf"));
        assert_eq!(Route::file("a/e\u{301}.pdf"), Route::file("a/\u{e9}.pdf"));
    }

    #[test]
    fn a_slug_begins_with_a_letter() {
        assert!(is_slug("jiangmen") && is_slug("a-1"));
        assert!(!is_slug("1a") && !is_slug("江门") && !is_slug("A") && !is_slug(""));
        assert!(is_slug(&"a".repeat(LONGEST_SLUG)) && !is_slug(&"a".repeat(LONGEST_SLUG + 1)));
    }
}
