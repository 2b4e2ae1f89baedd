//! Every address of the site, and what is there: the whole of what a reader can see, as data,
//! before anything is drawn.
//!
//! A view is a pure function of the archive and an address. It is made when a page is asked
//! for and forgotten after, so there is nothing that could be stale.

mod addresses;
mod chart;
mod compare;
mod coverage;
mod data;
mod document;
mod feeds;
mod findable;
mod indicators;
mod labels;
mod landmark;
mod lists;
mod outline;
mod place;
mod series;
mod tasks;
pub mod view;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use crate::archive::Archive;
use crate::config::{Config, GENERATOR};
use crate::diag::{Diagnosed, Diagnostic, Words};
use crate::report::Status;
use crate::report::body::Target;
use crate::route::{Leaf, Route, Year};
use crate::source::Blob;

pub use coverage::Overdue;
pub use findable::{Card, Findable, Lead, Makings};
pub use landmark::Landmark;
pub use outline::{Outline, counts_alike};
use view::{Content, Crumb, NavItem, Site, View};

/// A list with more rows is split at permanent addresses.
const LONGEST_LIST: usize = 500;

/// The menu, which stands on every page, has no more plain pages than these.
const LONGEST_MENU: usize = 20;

/// What is at an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The home page.
    Home,
    /// A place, by slug.
    Place(String),
    /// A document, by its place in the archive.
    Report(usize),
    /// A year, or one topmost place of a large year.
    Year(Year, Option<String>),
    /// A kind, or a year of a large kind, or one topmost place of a large year of it.
    Kind(String, Option<Year>, Option<String>),
    /// Two documents side by side, by their places in the archive.
    Pair(usize, usize),
    /// All years of a place, by slug.
    Years(String),
    /// The texts of a place and a kind, for comparing any two in the browser.
    Texts(String, String),
    /// Who has reported, or one topmost place of many.
    Coverage(Option<String>),
    /// The registry of indicators.
    Indicators,
    /// An indicator by its place in the registry, or one topmost place of one that many have.
    Indicator(usize, Option<String>),
    /// The search page.
    Search,
    /// A plain page, by its place in the archive.
    Page(usize),
    /// The page for addresses where nothing is.
    NotFound,
    /// A page that leads on.
    Redirect(Route),
    /// The feed of the site, or of a place.
    Feed(Option<String>),
    /// The site map, or one part of it, from one.
    Sitemap(Option<usize>),
    /// What robots are told.
    Robots,
    /// What browsers are told that would search the site from their own box.
    OpenSearch,
    /// The page of the open data.
    Data,
    /// A file of open data.
    DataFile(data::File),
    /// The source of a document.
    Markdown(usize),
    /// A file that is passed on: its path below the site's folder.
    Copy(Utf8PathBuf),
}

/// An archive and its outline: whatever is shown can be asked for.
#[derive(Debug)]
pub struct Plan<'a> {
    archive: &'a Archive,
    outline: Outline,
    kept: compare::Kept,
}

/// Plans the site: its addresses, with a complaint about every two things at one address.
#[must_use]
pub fn plan(archive: &Archive, searchable: bool) -> Diagnosed<Plan<'_>> {
    let searchable = searchable && archive.config.search;
    let mut plan = Plan::resume(archive, Outline { searchable, ..Outline::default() });
    plan.count();
    let mut diagnostics = Vec::new();
    plan.add_pages();
    plan.add_lists();
    plan.add_comparisons();
    plan.add_indicators();
    plan.add_for_machines();
    diagnostics.extend(plan.add_files());
    diagnostics.extend(plan.add_aliases());
    diagnostics.extend(plan.folders_in_the_way());
    Diagnosed { value: plan, diagnostics }
}

impl<'a> Plan<'a> {
    /// An archive with the outline that was made of it, or of one whose documents others count
    /// alike.
    #[must_use]
    pub fn resume(archive: &'a Archive, outline: Outline) -> Self {
        Self { archive, outline, kept: compare::Kept::default() }
    }

    /// The outline alone.
    #[must_use]
    pub fn into_outline(self) -> Outline {
        self.outline
    }

    /// Every address, in the order of the alphabet.
    pub fn routes(&self) -> impl Iterator<Item = (&Route, &Subject)> {
        self.outline.subjects.iter()
    }

    /// What is at `route`.
    #[must_use]
    pub fn subject(&self, route: &Route) -> Option<&Subject> {
        self.outline.subjects.get(route)
    }

    /// The archive that is planned.
    #[must_use]
    pub fn archive(&self) -> &'a Archive {
        self.archive
    }

    fn config(&self) -> &'a Config {
        &self.archive.config
    }

    fn count(&mut self) {
        let archive = self.archive;
        for (at, report) in archive.reports.iter().enumerate() {
            let outline = &mut self.outline;
            outline.by_year.entry(report.address.year).or_default().push(at);
            match outline.by_kind.get_mut(&report.matter.kind) {
                Some(of_kind) => of_kind.push(at),
                None => drop(outline.by_kind.insert(report.matter.kind.clone(), vec![at])),
            }
            for relation in &report.matter.relations {
                let referrers = outline.referrers.entry(relation.target.value.clone()).or_default();
                referrers.push((relation.kind, at));
            }
        }
        self.outline.by_indicator = series::index(self);
        self.outline.comparable = compare::index(self);
        self.outline.slices = data::count(self);
        self.outline.ledger = coverage::ledger(self);
        self.outline.answers = tasks::index(self);
    }

    fn add(&mut self, route: Route, subject: Subject) {
        self.outline.subjects.insert(route, subject);
    }

    fn add_pages(&mut self) {
        let archive = self.archive;
        self.add(Route::home(), Subject::Home);
        for slug in archive.places.keys().filter(|slug| !archive.is_empty(slug)) {
            self.add(Route::page([slug]), Subject::Place(slug.clone()));
        }
        for (at, report) in archive.reports.iter().enumerate() {
            self.add(report.route(), Subject::Report(at));
        }
        for (at, page) in archive.pages.iter().enumerate() {
            self.add(page.leaf.route(), Subject::Page(at));
        }
        if let Some(route) = Route::file("404.html") {
            self.add(route, Subject::NotFound);
        }
        if self.config().search {
            self.add(Route::page(["search"]), Subject::Search);
        }
        if data::is_offered(self) {
            self.add(Route::page(["data"]), Subject::Data);
        }
    }

    fn add_lists(&mut self) {
        if !self.outline.ledger.is_empty() {
            self.add(Route::page(["coverage"]), Subject::Coverage(None));
        }
        for root in self.outline.ledger.roots() {
            self.add(Route::page(["coverage", &root]), Subject::Coverage(Some(root)));
        }
        for year in self.outline.by_year.keys().copied().collect::<Vec<_>>() {
            self.add_year(year);
        }
        for kind in self.outline.by_kind.keys().cloned().collect::<Vec<_>>() {
            self.add_kind(&kind);
        }
    }

    fn add_year(&mut self, year: Year) {
        let name = year.to_string();
        self.add(Route::page(["years", &name]), Subject::Year(year, None));
        let parts = self.split(&self.outline.by_year[&year]);
        for root in parts.keys() {
            self.add(Route::page(["years", &name, root]), Subject::Year(year, Some(root.clone())));
        }
        self.outline.splits.years.insert(year, parts);
    }

    fn add_kind(&mut self, kind: &str) {
        self.add(Route::page(["kinds", kind]), Subject::Kind(kind.to_owned(), None, None));
        let years = self.by_year_of(&self.outline.by_kind[kind]);
        let is_long = self.outline.by_kind[kind].len() > LONGEST_LIST;
        for (year, of_year) in years.iter().filter(|_| is_long) {
            let name = year.to_string();
            let subject = |root| Subject::Kind(kind.to_owned(), Some(*year), root);
            self.add(Route::page(["kinds", kind, &name]), subject(None));
            let parts = self.split(of_year);
            for root in parts.keys() {
                self.add(Route::page(["kinds", kind, &name, root]), subject(Some(root.clone())));
            }
            self.outline.splits.kind_years.insert((kind.to_owned(), *year), parts);
        }
        self.outline.splits.kinds.insert(kind.to_owned(), years);
    }

    /// The parts of a list too long, by place: that of the topmost places, and where such a
    /// part is too long itself, that of the places below it, and so on. No parts of a list
    /// that is short enough.
    fn split(&self, reports: &[usize]) -> BTreeMap<String, Vec<usize>> {
        self.split_by(reports, |at| &self.archive.reports[*at].address.place)
    }

    /// The same for a list of anything that has a place, whose slug `place` tells.
    fn split_by<T: Copy>(&self, all: &[T], place: impl Fn(&T) -> &'a str) -> BTreeMap<String, Vec<T>> {
        if all.len() <= LONGEST_LIST {
            return BTreeMap::new();
        }
        let mut parts = BTreeMap::new();
        let mut long = vec![(0, all.to_vec())];
        while let Some((depth, items)) = long.pop() {
            for (slug, part) in self.by_place_at(depth, &items, &place) {
                if part.len() > LONGEST_LIST && !part.iter().all(|item| place(item) == slug) {
                    long.push((depth + 1, part));
                } else {
                    parts.insert(slug, part);
                }
            }
        }
        parts
    }

    /// The items by the place that stands at `depth` over theirs, or by their own where that
    /// stands higher.
    fn by_place_at<T: Copy>(
        &self,
        depth: usize,
        items: &[T],
        place: &impl Fn(&T) -> &'a str,
    ) -> BTreeMap<String, Vec<T>> {
        let mut places: BTreeMap<String, Vec<T>> = BTreeMap::new();
        for item in items {
            let own = place(item);
            let lineage = self.archive.lineage(own);
            let over = lineage.get(depth).or(lineage.last());
            let slug = over.map_or_else(|| own.to_owned(), |place| place.slug.clone());
            places.entry(slug).or_default().push(*item);
        }
        places
    }

    fn by_year_of(&self, reports: &[usize]) -> BTreeMap<Year, Vec<usize>> {
        let mut years: BTreeMap<Year, Vec<usize>> = BTreeMap::new();
        for at in reports {
            years.entry(self.archive.reports[*at].address.year).or_default().push(*at);
        }
        years
    }

    /// Files that are passed on: sources, attachments, and what the site keeps in `static/`.
    fn add_files(&mut self) -> Vec<Diagnostic> {
        let archive = self.archive;
        let mut diagnostics = Vec::new();
        for (at, report) in archive.reports.iter().enumerate() {
            if report.matter.status == Status::Withdrawn {
                continue;
            }
            let route = report.route();
            if let Some(source) = route.beside("index.md") {
                self.add(source, Subject::Markdown(at));
            }
            diagnostics.extend(self.add_beside(&route, report.folder(), outline::files(report)));
        }
        let pages =
            archive.pages.iter().chain(&archive.home).map(|page| (page.leaf.route(), &page.path, &page.body));
        let places =
            archive.places.values().map(|place| (Route::page([&place.slug]), &place.path, &place.body));
        for (route, path, body) in pages.chain(places) {
            let folder = path.parent().unwrap_or(Utf8Path::new(""));
            diagnostics.extend(self.add_beside(&route, folder, linked_files(&body.links).collect()));
        }
        for blob in archive.sources.blobs() {
            if let Ok(path) = blob.path.strip_prefix("static") {
                diagnostics.extend(self.add_static(blob, path));
            }
        }
        diagnostics
    }

    /// Files beside a text. Two names that are one in every form of Unicode are one address.
    fn add_beside(
        &mut self,
        route: &Route,
        folder: &Utf8Path,
        files: BTreeSet<&Utf8Path>,
    ) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        for file in files {
            let name = file.strip_prefix(folder).unwrap_or(file);
            let blob = self.archive.sources.blob(file);
            let Some((route, blob)) = route.beside(name.as_str()).zip(blob) else {
                continue;
            };
            let copy = Subject::Copy(blob.path.clone());
            match self.outline.subjects.get(&route) {
                Some(Subject::Copy(other)) if *other != blob.path => {
                    diagnostics.push(addresses::same_name(&blob.path, other, &route));
                }
                _ => self.add(route, copy),
            }
        }
        diagnostics
    }

    fn add_static(&mut self, blob: &Blob, path: &Utf8Path) -> Option<Diagnostic> {
        let route = Route::of_output(path)?;
        let ours = ["manifest.json", "robots.txt", "sitemap.xml", "feed.xml", "opensearch.xml"];
        // Many disks do not tell capitals from small letters.
        let small = path.as_str().to_ascii_lowercase();
        let top = small.split('/').next().unwrap_or_default();
        let kept = matches!(top, "assets" | "pagefind" | "manifest.json") || ours.contains(&&*small);
        if kept || self.outline.subjects.contains_key(&route) {
            let words = Words::new(
                format!("{route} 已由本站生成"),
                format!("the site itself has something at {route}"),
            );
            let complaint = Diagnostic::error("route/duplicate", &*blob.path, words);
            return Some(complaint.help("改名或移走这个文件", "rename or move this file"));
        }
        self.add(route, Subject::Copy(blob.path.clone()));
        None
    }

    fn add_for_machines(&mut self) {
        let archive = self.archive;
        if self.config().feeds {
            self.outline.subjects.extend(Route::file("feed.xml").map(|route| (route, Subject::Feed(None))));
            for slug in archive.places.keys().filter(|slug| feeds::has_news(archive.of_place(slug))) {
                let feed = Route::page([slug]).beside("feed.xml");
                self.outline.subjects.extend(feed.map(|route| (route, Subject::Feed(Some(slug.clone())))));
            }
        }
        let files = data::routes(self).into_iter().map(|(route, file)| (route, Subject::DataFile(file)));
        self.outline.subjects.extend(files.collect::<Vec<_>>());
        self.outline.subjects.extend(Route::file("robots.txt").map(|route| (route, Subject::Robots)));
        if self.outline.searchable {
            self.outline
                .subjects
                .extend(Route::file("opensearch.xml").map(|route| (route, Subject::OpenSearch)));
        }
        for (name, part) in feeds::sitemaps(self) {
            self.outline.subjects.extend(Route::file(&name).map(|route| (route, Subject::Sitemap(part))));
        }
    }

    /// The view of the page at `route`; `None` for an address without a page.
    #[must_use]
    pub fn view(&self, route: &Route) -> Option<View> {
        let made = match self.outline.subjects.get(route)? {
            Subject::Home => lists::home(self),
            Subject::Place(slug) => place::place(self, slug)?,
            Subject::Report(at) => document::document(self, &self.archive.reports[*at]),
            Subject::Year(year, root) => lists::year(self, *year, root.as_deref()),
            Subject::Kind(kind, year, root) => lists::kind(self, kind, (*year, root.as_deref()))?,
            Subject::Pair(before, after) => compare::pair(self, *before, *after),
            Subject::Years(slug) => compare::years(self, slug),
            Subject::Coverage(root) => coverage::coverage(self, root.as_deref())?,
            Subject::Indicators => indicators::indicators(self),
            Subject::Indicator(at, root) => indicators::indicator(self, *at, root.as_deref())?,
            Subject::Search => lists::search(self),
            Subject::Page(at) => lists::plain(self, &self.archive.pages[*at]),
            Subject::Data => data::page(self),
            Subject::NotFound => lists::not_found(self),
            Subject::Redirect(to) => lists::redirect(self, to),
            _ => return None,
        };
        Some(self.finish(route, made))
    }

    /// Whether the page at `route` is about a place that is invented.
    fn is_invented(&self, route: &Route) -> bool {
        let slug = match self.outline.subjects.get(route) {
            Some(Subject::Place(slug) | Subject::Years(slug)) => slug,
            Some(Subject::Report(at) | Subject::Pair(at, _)) => &self.archive.reports[*at].address.place,
            Some(Subject::Coverage(Some(root)) | Subject::Indicator(_, Some(root))) => root,
            _ => return false,
        };
        self.archive.is_invented(slug)
    }

    /// Whether pages can be searched.
    #[must_use]
    pub fn is_searchable(&self) -> bool {
        self.outline.searchable
    }

    /// A file made of text that is at `route` and is no page: a feed, a site map.
    #[must_use]
    pub fn text(&self, route: &Route) -> Option<String> {
        match self.outline.subjects.get(route)? {
            Subject::Feed(place) => Some(feeds::feed(self, place.as_deref())),
            Subject::Sitemap(part) => Some(feeds::sitemap(self, *part)),
            Subject::Robots => Some(feeds::robots(self)),
            Subject::OpenSearch => Some(feeds::open_search(self)),
            Subject::Texts(place, kind) => Some(compare::texts(self, place, kind)),
            Subject::DataFile(file) => Some(data::text(self, file)),
            _ => None,
        }
    }

    /// The page around what was made: the same for all.
    fn finish(&self, route: &Route, made: Made) -> View {
        let config = self.config();
        let invented = self.is_invented(route);
        let title = match made.heading.as_str() {
            heading if heading == config.title => heading.to_owned(),
            heading if invented => {
                format!("{} - {}", words::of(config.language).invented_example(heading), config.title)
            }
            heading => format!("{heading} - {}", config.title),
        };
        let mut labels = labels::site(config);
        labels.extend(made.labels);
        View {
            site: self.site(route),
            page: view::Page {
                template: template(&made.content),
                title,
                heading: made.heading,
                description: made.description,
                address: route.to_string(),
                canonical: config.base.absolute(made.canonical.as_ref().unwrap_or(route).as_str()),
                feed: made.feed,
                invented,
                robots: made.robots,
                labels,
                json_ld: Some(labels::json_ld(config, &made.breadcrumbs, made.json_ld)),
                breadcrumbs: self.crumbs(made.breadcrumbs),
            },
            content: made.content,
            outcome: made.outcome,
        }
    }

    fn crumbs(&self, steps: Vec<(String, Option<Route>)>) -> Vec<Crumb> {
        let href = |route: Option<Route>| route.map(|route| self.href(&route));
        steps.into_iter().map(|(title, route)| Crumb { title, href: href(route) }).collect()
    }

    fn site(&self, here: &Route) -> Site {
        let config = self.config();
        let there = |path: &str| Route::file(path).map(|route| self.href(&route));
        Site {
            title: config.title.clone(),
            description: config.description.clone(),
            language: config.language,
            home: self.href(&Route::home()),
            search: config.search.then(|| self.href(&Route::page(["search"]))),
            open_search: self.outline.searchable.then(|| config.base.href("/opensearch.xml")),
            feed: config.feeds.then(|| there("feed.xml")).flatten(),
            data: data::is_offered(self).then(|| self.href(&Route::page(["data"]))),
            sitemap: there("sitemap.xml").unwrap_or_default(),
            generator: GENERATOR,
            nav: self.nav(here),
            publisher: config.publisher.clone(),
            government_site: config.government_site.clone(),
        }
    }

    /// The main ways: home, the newest year, the annual reports, indicators, coverage, search, plain
    /// pages.
    fn nav(&self, here: &Route) -> Vec<NavItem> {
        let words = words::of(self.config().language);
        let mut items = vec![(words.home.to_owned(), Route::home())];
        if let Some(year) = self.outline.by_year.keys().next_back() {
            items.push((words.year(*year), Route::page(["years", &year.to_string()])));
        }
        if self.outline.by_kind.contains_key("annual-report") {
            let name = self.kind_name("annual-report");
            items.push((name, Route::page(["kinds", "annual-report"])));
        }
        if !self.outline.by_indicator.is_empty() {
            items.push((words.indicators.to_owned(), Route::page(["indicators"])));
        }
        if !self.outline.ledger.is_empty() {
            items.push((words.coverage.to_owned(), Route::page(["coverage"])));
        }
        if self.config().search {
            items.push((words.search.to_owned(), Route::page(["search"])));
        }
        let pages = self.archive.pages.iter().take(LONGEST_MENU);
        let pages = pages.map(|page| (page.title.clone(), page.leaf.route()));
        items.extend(pages);
        let item = |(title, route): (String, Route)| NavItem {
            title,
            href: self.href(&route),
            current: &route == here,
        };
        items.into_iter().map(item).collect()
    }

    /// A kind's name in the language of the interface.
    fn kind_name(&self, kind: &str) -> String {
        let known = self.config().kinds.get(kind);
        known.map_or_else(
            || kind.to_owned(),
            |known| match self.config().language {
                crate::config::Tongue::Chinese => known.name.clone(),
                crate::config::Tongue::English => known.name_en.clone(),
            },
        )
    }

    /// An address as links on the site write it.
    fn href(&self, route: &Route) -> String {
        self.config().base.href(route.as_str())
    }

    /// The final address of a link in the text of what stands at `route`, whose file is in
    /// `folder`.
    fn resolve(&self, from: (&Route, &Utf8Path), target: &Target, text: &str) -> Option<String> {
        let (route, folder) = from;
        let anchor = |fragment: &str| format!("#{}", crate::config::encode(fragment));
        match target {
            Target::Outside => Some(text.to_owned()),
            Target::Here(fragment) => Some(anchor(fragment)),
            Target::Inside { route, fragment } => {
                let fragment = fragment.as_deref().map(anchor).unwrap_or_default();
                Some(format!("{}{fragment}", self.href(route)))
            }
            Target::File(path) => {
                let name = path.strip_prefix(folder).ok()?;
                Some(self.href(&route.beside(name.as_str())?))
            }
            Target::Escaping | Target::Forbidden => None,
        }
    }

    /// A body that is no document's as HTML.
    fn text_html(&self, path: &Utf8Path, body: &crate::report::Body, title: &str) -> String {
        let folder = path.parent().unwrap_or(Utf8Path::new(""));
        let below = path.strip_prefix("content").unwrap_or(path);
        let route = Leaf::of(below).map_or_else(|_| Route::home(), |leaf| leaf.route());
        let resolve = |target: &Target, text: &str| self.resolve((&route, folder), target, text);
        let note = words::of(self.config().language).editors_note;
        let setting =
            crate::report::html::Setting { body, figures: &[], title, prefix: "", note, resolve: &resolve };
        crate::report::html::render(self.archive.source(path), body.main, &setting)
    }
}

fn linked_files(links: &[crate::report::Link]) -> impl Iterator<Item = &Utf8Path> {
    links.iter().filter_map(|link| match &link.target {
        Target::File(path) => Some(path.as_path()),
        _ => None,
    })
}

/// What the makers of views make; [`Plan::finish`] puts the page around it.
struct Made {
    heading: String,
    description: String,
    labels: Vec<view::Label>,
    breadcrumbs: Vec<(String, Option<Route>)>,
    json_ld: Option<serde_json::Value>,
    feed: Option<String>,
    robots: Option<&'static str>,
    canonical: Option<Route>,
    outcome: Option<view::Outcome>,
    content: Content,
}

impl Made {
    fn new(heading: String, description: String, content: Content) -> Self {
        Self {
            heading,
            description,
            labels: Vec::new(),
            breadcrumbs: Vec::new(),
            json_ld: None,
            feed: None,
            robots: None,
            canonical: None,
            outcome: None,
            content,
        }
    }
}

fn template(content: &Content) -> &'static str {
    match content {
        Content::Home(_) => "home",
        Content::Place(_) => "place",
        Content::Document(_) => "document",
        Content::Year(_) => "year",
        Content::Kind(_) => "kind",
        Content::Compare(_) => "compare",
        Content::Years(_) => "years",
        Content::Coverage(_) => "coverage",
        Content::Indicators(_) => "indicators",
        Content::Indicator(_) => "indicator",
        Content::Search(_) => "search",
        Content::Data(_) => "data",
        Content::Plain(_) => "plain",
        Content::NotFound(_) => "not-found",
        Content::Redirect(_) => "redirect",
    }
}
