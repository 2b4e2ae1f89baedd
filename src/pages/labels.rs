//! What a page says of itself to machines: the page labels of 国办发〔2017〕47号, each set on
//! the pages that need it, and schema.org data.

use serde_json::{Value, json};

use super::PageSheet;
use crate::ask::Ask;
use crate::config::Config;
use crate::report::{PublicationDay, Record};
use crate::route::Route;
use crate::view::PageLabel;

fn label(name: &'static str, content: impl Into<String>) -> PageLabel {
    PageLabel { name: Some(name), property: None, content: content.into() }
}

/// All labels of a page, and what is shown of it where its address is shared: each thing once. What search
/// engines are to leave out is not for sharing either.
pub(crate) fn of(config: &Config, sheet: &PageSheet, canonical: &str) -> Vec<PageLabel> {
    let description = (!sheet.description.is_empty()).then(|| label("Description", &sheet.description));
    let mut labels: Vec<PageLabel> = description.into_iter().chain(site(config)).collect();
    labels.extend(sheet.labels.iter().cloned());
    if sheet.robots.is_none() {
        let told = [
            ("og:title", sheet.heading.as_str()),
            ("og:description", sheet.description.as_str()),
            ("og:url", canonical),
            ("og:site_name", config.title.as_str()),
        ];
        told.into_iter().for_each(|(property, content)| share(&mut labels, property, content));
    }
    labels
}

/// Gives the label that says `content` already the name `property` too, or adds one.
fn share(labels: &mut Vec<PageLabel>, property: &'static str, content: &str) {
    let says_it = |label: &&mut PageLabel| label.property.is_none() && label.content == content;
    match labels.iter_mut().find(says_it) {
        Some(label) => label.property = Some(property),
        None if content.is_empty() => {}
        None => labels.push(PageLabel { name: None, property: Some(property), content: content.to_owned() }),
    }
}

/// The set that every page has.
fn site(config: &Config) -> Vec<PageLabel> {
    let government = &config.government_site;
    let mut labels = vec![
        label("SiteName", government.site_name.as_ref().unwrap_or(&config.title)),
        label("SiteDomain", government.site_domain.as_deref().unwrap_or(config.base.host())),
    ];
    labels.extend(government.site_id_code.as_ref().map(|code| label("SiteIDCode", code)));
    labels
}

/// The set of a column: the home page, lists, search.
pub(crate) fn column(name: &str, description: &str, column_type: &str) -> Vec<PageLabel> {
    vec![
        label("ColumnName", name),
        label("ColumnDescription", description),
        label("ColumnKeywords", name),
        label("ColumnType", column_type),
    ]
}

/// The set of an article, with that of its column. A date that nobody knows is not given.
pub(crate) fn article(config: &Config, report: &Record, url: &str) -> Vec<PageLabel> {
    let matter = &report.matter;
    let kind = config.kinds.get(&matter.kind);
    let (name, column_type) = kind.map_or(("", ""), |kind| (&kind.name, &kind.column_type));
    let mut labels = column(name, name, column_type);
    labels.push(label("ArticleTitle", &matter.title.value));
    if let PublicationDay::On(moment) = matter.published {
        labels.push(label("PubDate", moment.label()));
    }
    labels.push(label("ContentSource", source(config, report)));
    if !matter.told_keywords().is_empty() {
        labels.push(label("Keywords", matter.told_keywords().join(";")));
    }
    let authors = authors(config, report);
    if !authors.is_empty() {
        labels.push(label("Author", authors.join(";")));
    }
    labels.push(label("Url", url));
    labels
}

/// Who publishes the site, by name; the site itself where nobody is named.
pub(crate) fn publisher(config: &Config) -> &str {
    config.publisher.name.as_ref().unwrap_or(&config.title)
}

/// Who is answerable for the words of a page: the issuers for a whole text, they and who chose the
/// passages for an excerpt, and for a digest who wrote it.
pub(crate) fn authors<'a>(config: &'a Config, report: &'a Record) -> Vec<&'a str> {
    let matter = &report.matter;
    let issuers = matter.issuers.iter().map(String::as_str).filter(|_| matter.extent.is_verbatim());
    let publisher = (!matter.extent.is_full()).then(|| publisher(config));
    issuers.chain(publisher).collect()
}

/// Where a document comes from: its source, else its issuers, else the publisher.
fn source(config: &Config, report: &Record) -> String {
    let matter = &report.matter;
    let issuers = (!matter.issuers.is_empty()).then(|| matter.issuers.join(";"));
    let publisher = config.publisher.name.clone();
    matter.origin.clone().or(issuers).or(publisher).unwrap_or_else(|| config.title.clone())
}

/// A document as a schema.org `Report`, with who issued it. What is not the whole of it is a work of
/// its own that is based on it.
pub(crate) fn report(config: &Config, report: &Record, place: &str) -> Value {
    let matter = &report.matter;
    let url = config.base.absolute(report.route().as_str());
    let mut value = original(report, place);
    if !matter.extent.is_full() {
        value = json!({
            "@type": "Report",
            "name": matter.title.value,
            "author": page_authors(config, report, place),
            "creativeWorkStatus": matter.extent.name(),
            "isBasedOn": value,
        });
    }
    value["headline"] = json!(matter.title.value);
    value["url"] = json!(url);
    value["inLanguage"] = json!(matter.script.tag());
    value["temporalCoverage"] = json!(report.address.year.to_string());
    value["spatialCoverage"] = json!({"@type": "AdministrativeArea", "name": place});
    if let Some(summary) = matter.told_summary() {
        let term = if matter.extent.is_full() { "description" } else { "abstract" };
        value[term] = json!(summary);
    }
    if !matter.told_keywords().is_empty() {
        value["keywords"] = json!(matter.told_keywords());
    }
    value
}

/// The document as it was issued.
fn original(report: &Record, place: &str) -> Value {
    let matter = &report.matter;
    let mut value = json!({"@type": "Report", "name": matter.title.value});
    let mut set = |key: &str, content: Option<Value>| {
        if let Some(content) = content {
            value[key] = content;
        }
    };
    let issuers = || matter.issuers.iter().map(|name| issuer(name, place)).collect();
    set("author", (!matter.issuers.is_empty()).then(issuers));
    set("reportNumber", matter.document_number.as_ref().map(|number| json!(number.value)));
    set("identifier", matter.index_number.as_ref().map(|number| json!(number.value)));
    set("dateCreated", matter.written.map(|date| json!(date.to_string())));
    if let PublicationDay::On(moment) = matter.published {
        let date = moment.time.map_or_else(|| moment.date.to_string(), |_| moment.timestamp());
        set("datePublished", Some(json!(date)));
    }
    // Of a whole text the page itself says where it comes from.
    let origin = matter.origin.as_ref().filter(|_| !matter.extent.is_full());
    set("sourceOrganization", origin.map(|name| json!({"@type": "Organization", "name": name})));
    value
}

fn issuer(name: &str, place: &str) -> Value {
    json!({"@type": "GovernmentOrganization", "name": name, "areaServed": place})
}

/// Who made the page of a document that is not held whole.
fn page_authors(config: &Config, report: &Record, place: &str) -> Vec<Value> {
    let made = json!({"@type": "Organization", "name": publisher(config)});
    let issuers = report.matter.issuers.iter().filter(|_| report.matter.extent.is_verbatim());
    issuers.map(|name| issuer(name, place)).chain([made]).collect()
}

/// A place as a schema.org `GovernmentOrganization`.
pub(crate) fn organization(name: &str, url: &str) -> Value {
    json!({"@type": "GovernmentOrganization", "name": name, "url": url})
}

/// Everything for a script element: what the page is about, and the way to it. `<` is
/// escaped, so that no title can end the element.
pub(crate) fn json_ld(ask: &Ask<'_>, crumbs: &[(String, Option<Route>)], about: Option<Value>) -> String {
    let config = ask.config();
    let mut graph: Vec<Value> = about.into_iter().collect();
    if crumbs.len() > 1 {
        graph.push(breadcrumbs(ask, crumbs));
    }
    if graph.is_empty() {
        let publisher = config.publisher.name.as_ref();
        let mut site = json!({"@type": "WebSite", "name": config.title, "url": config.base.absolute(ask.standing(&Route::home()).as_str())});
        if let Some(name) = publisher {
            site["publisher"] = json!({"@type": "GovernmentOrganization", "name": name});
        }
        graph.push(site);
    }
    json!({"@context": "https://schema.org", "@graph": graph}).to_string().replace('<', "\\u003c")
}

fn breadcrumbs(ask: &Ask<'_>, crumbs: &[(String, Option<Route>)]) -> Value {
    let item = |(at, (name, route)): (usize, &(String, Option<Route>))| {
        let mut item = json!({"@type": "ListItem", "position": at + 1, "name": name});
        if let Some(route) = route {
            item["item"] = json!(ask.config().base.absolute(ask.standing(route).as_str()));
        }
        item
    };
    let items: Vec<Value> = crumbs.iter().enumerate().map(item).collect();
    json!({"@type": "BreadcrumbList", "itemListElement": items})
}
