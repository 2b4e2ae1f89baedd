//! What things are called and where they stand, as every page says it.

use camino::Utf8Path;

use super::Ask;
use crate::config::Indicator;
use crate::outline::EMBED;
use crate::outline::data::{OpenDataFile, Slice, TableFormat};
use crate::report::body::{Body, LinkTarget};
use crate::report::html::{self, HtmlSetting};
use crate::report::{PublicationStatus, Record};
use crate::route::{Leaf, Route};
use crate::source::Source;
use crate::view::{self, DocRow, KindName, NamedLink};
use crate::words;

impl Ask<'_> {
    /// A kind's name in the language of the interface.
    pub(crate) fn kind_name(&self, kind: &str) -> String {
        words::of(self.config()).kind(self.config(), kind)
    }

    /// An address as links on the site write it; that in the language of the page, where something
    /// stands in it, and that on the site of an office, where the document stands there.
    pub(crate) fn href(&self, route: &Route) -> String {
        let own = || self.config().base.href(self.standing(route).as_str());
        self.elsewhere(route).unwrap_or_else(own)
    }

    /// The address of what is at `route` without the base path, as scripts of this site take it; the whole one, where
    /// it stands on the site of an office.
    pub(crate) fn reached(&self, route: &Route) -> String {
        self.elsewhere(route).unwrap_or_else(|| route.to_string())
    }

    /// The whole address of what is at `route`, here or on the site of an office.
    pub(crate) fn whole(&self, route: &Route) -> String {
        self.elsewhere(route).unwrap_or_else(|| self.config().base.absolute(route.as_str()))
    }

    /// Where what stands at `route` in the site's own language stands for a reader of this page.
    pub(crate) fn standing(&self, route: &Route) -> Route {
        self.standing_in(self.config().language, route).unwrap_or_else(|| route.clone())
    }

    /// The final address of a link in the text of what stands at `route`, whose file is in
    /// `folder`.
    pub(crate) fn resolve(
        &self,
        from: (&Route, &Utf8Path),
        target: &LinkTarget,
        text: &str,
    ) -> Option<String> {
        let (route, folder) = from;
        let anchor = |fragment: &str| format!("#{}", crate::route::encode(fragment));
        match target {
            LinkTarget::Outside => Some(text.to_owned()),
            LinkTarget::SameText(fragment) => Some(anchor(fragment)),
            LinkTarget::Inside { route, fragment } => {
                let fragment = fragment.as_deref().map(anchor).unwrap_or_default();
                Some(format!("{}{fragment}", self.href(&self.stand_in(route))))
            }
            LinkTarget::File(path) => {
                let name = path.strip_prefix(folder).ok()?;
                Some(self.href(&route.beside(name.as_str())?))
            }
            LinkTarget::Escaping | LinkTarget::Forbidden => None,
        }
    }

    /// Where a link to `route` leads: to the page that says so, where a file was meant that went with a document that was
    /// withdrawn.
    fn stand_in(&self, route: &Route) -> Route {
        if route.is_page() || self.has(route) {
            return route.clone();
        }
        let document = route.above().find_map(|above| self.document_at(&above));
        let withdrawn = document.filter(|document| document.matter.status == PublicationStatus::Withdrawn);
        withdrawn.map_or_else(|| route.clone(), Record::route)
    }

    /// A body that is no document's as HTML.
    pub(crate) fn text_html(&self, source: &Source, body: &Body, title: &str) -> String {
        let path = source.path();
        let folder = path.parent().unwrap_or(Utf8Path::new(""));
        let below = path.strip_prefix("content").unwrap_or(path);
        let route = Leaf::of(below).map_or_else(|_| Route::home(), |leaf| leaf.route());
        let resolve = |target: &LinkTarget, text: &str| self.resolve((&route, folder), target, text);
        let note = words::of(self.config()).editors_note();
        let setting = HtmlSetting {
            body,
            figures: &[],
            marks: &[],
            stretches: &[],
            title,
            prefix: "",
            note,
            resolve: &resolve,
        };
        html::render(source, body.main, &setting)
    }

    /// The name of a place in the language of the interface, where it has one there; its slug where
    /// nothing describes it.
    pub(crate) fn place_name(&self, slug: &str) -> String {
        let name = self.place(slug).map_or(slug, |place| place.name_in(self.config().language));
        match self.is_invented(slug) {
            true => words::of(self.config()).invented(name),
            false => name.to_owned(),
        }
    }

    /// What a part of a list that is split is called: a place, or the beginning of division codes.
    pub(crate) fn part_name(&self, name: &str) -> String {
        match name.starts_with(|c: char| c.is_ascii_digit()) {
            true => words::of(self.config()).division(name),
            false => self.place_name(name),
        }
    }

    pub(crate) fn place_link(&self, slug: &str) -> NamedLink {
        NamedLink { name: self.place_name(slug), href: self.href(&Route::page([slug])) }
    }

    pub(crate) fn kind(&self, id: &str) -> KindName {
        KindName { id: id.to_owned(), name: self.kind_name(id), href: self.href(&Route::page(["kinds", id])) }
    }

    /// A document as a line of a list.
    pub(crate) fn row(&self, report: &Record) -> DocRow {
        let matter = &report.matter;
        DocRow {
            title: matter.title.value.clone(),
            href: self.href(&report.route()),
            place: self.place_link(&report.address.place),
            year: report.address.year.get(),
            kind: self.kind(&matter.kind),
            published: words::of(self.config()).published(matter.published),
            status: words::status(matter.status),
            extent: matter.extent.name(),
            invented: self.is_invented(&report.address.place),
            summary: matter.told_summary().cloned(),
        }
    }

    /// The feed of a place, where it has one.
    pub(crate) fn feed_of(&self, slug: &str) -> Option<String> {
        let route = Route::page([slug]).beside("feed.xml")?;
        self.has(&route).then(|| self.href(&route))
    }

    /// The way from the home page to a place, that place with its address.
    pub(crate) fn crumbs_to_place(&self, slug: &str) -> Vec<(String, Option<Route>)> {
        let home = (words::of(self.config()).home().to_owned(), Some(Route::home()));
        let lineage = self.lineage(slug).into_iter();
        let places = lineage.map(|place| (self.place_name(&place.slug), Some(Route::page([&place.slug]))));
        std::iter::once(home).chain(places).collect()
    }

    /// An indicator's name in the language of the interface.
    pub(crate) fn indicator_name(&self, indicator: &Indicator) -> String {
        words::indicator_name(indicator, self.config().language).to_owned()
    }

    /// The page of an indicator, if it has one.
    pub(crate) fn indicator_route(&self, indicator: &Indicator) -> Option<Route> {
        let route = Route::page(["indicators", &indicator.id]);
        self.has(&route).then_some(route)
    }

    /// The address of that page as links have it.
    pub(crate) fn indicator_href(&self, indicator: &Indicator) -> Option<String> {
        self.indicator_route(indicator).map(|route| self.href(&route))
    }

    /// The whole address of its chart alone, if it has one.
    pub(crate) fn embed_address(&self, indicator: &Indicator) -> Option<String> {
        let route = Route::page(["indicators", &indicator.id, EMBED]);
        self.has(&route).then(|| self.config().base.absolute(self.standing(&route).as_str()))
    }

    pub(crate) fn indicator_link(&self, indicator: &Indicator) -> NamedLink {
        let route = Route::page(["indicators", &indicator.id]);
        NamedLink { name: self.indicator_name(indicator), href: self.href(&route) }
    }

    /// Where the rows of a slice can be downloaded; `None` where there are none, or where the
    /// site offers no data.
    pub(crate) fn downloads(&self, slice: &Slice) -> Option<view::Downloads> {
        let rows = self.rows_of(slice)?;
        Some(view::Downloads {
            csv: self.data_href(&OpenDataFile::Figures(slice.clone(), TableFormat::Csv)),
            rows,
            about: format!("{}#fields", self.href(&Route::page(["data"]))),
        })
    }

    pub(crate) fn data_href(&self, file: &OpenDataFile) -> String {
        file.route().map(|route| self.href(&route)).unwrap_or_default()
    }

    /// The whole address of a file.
    pub(crate) fn data_address(&self, file: &OpenDataFile) -> String {
        file.route().map(|route| self.config().base.absolute(route.as_str())).unwrap_or_default()
    }

    /// What the figures of a slice are about: the site, a place, a year or an indicator.
    pub(crate) fn about(&self, slice: &Slice) -> String {
        match slice {
            Slice::Whole => self.config().title.clone(),
            Slice::Place(slug) => self.place_name(slug),
            Slice::Year(year) => words::of(self.config()).year(*year),
            Slice::Indicator(id) => {
                let indicator = self.registry().get(id);
                indicator.map(|indicator| self.indicator_name(indicator)).unwrap_or_default()
            }
        }
    }
}
