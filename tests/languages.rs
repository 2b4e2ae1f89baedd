//! A site in two languages: what is of the interface stands twice, documents once, and every page leads to
//! the other language.

#![allow(clippy::unwrap_used)]

#[path = "support/html.rs"]
mod html;
mod support;

use std::collections::BTreeSet;

use support::{Project, Site};

const BASE: &str = "https://www.example.org/fzzf";

/// The site of several places, whose reports have figures and an earlier version each, under a path.
fn project(languages: &str) -> Project {
    let mut project = Project::fixture("across");
    let settings = format!(
        "title: 某省法治政府建设档案\ntitle_en: An archive\nbase_url: {BASE}/\nlanguages: {languages}\n"
    );
    project.edit("site.yaml", settings);
    project.edit("content/about.md", "---\ntitle: 关于本站\n---\n\n本站说明。\n".as_bytes());
    project.publish("2022-05-01T09:00:00+08:00");
    project
}

fn pages(site: &Site) -> impl Iterator<Item = (String, &str)> {
    let html = site.iter().filter(|(path, _)| path.as_str().ends_with("index.html"));
    html.map(|(path, bytes)| {
        (format!("/{}", path.as_str().trim_end_matches("index.html")), std::str::from_utf8(bytes).unwrap())
    })
}

/// The values of an attribute of all elements of this name that have another one.
fn values(page: &str, name: &str, with: &str, wanted: &str) -> Vec<String> {
    let tags = html::tags(page).into_iter().filter(|tag| tag.name == name && tag.get(with).is_some());
    tags.filter_map(|tag| tag.get(wanted).map(str::to_owned)).collect()
}

#[test]
fn every_list_stands_twice_and_every_document_once() {
    let site = project("[zh-CN, en]").site();
    let all: BTreeSet<String> = pages(&site).map(|(address, _)| address).collect();
    for address in ["/", "/shili/", "/shili/compare/", "/years/2021/", "/kinds/annual-report/", "/coverage/"]
        .into_iter()
        .chain(["/indicators/", "/indicators/closed/", "/search/", "/data/", "/log/"])
    {
        assert!(all.contains(address) && all.contains(&format!("/en{address}")), "{address}");
    }
    for address in ["/shili/2021/", "/shili/compare/2020-2021/", "/about/"] {
        assert!(all.contains(address) && !all.contains(&format!("/en{address}")), "{address}");
    }
    let one = project("[zh-CN]").site();
    let doubled: usize = pages(&site).filter(|(address, _)| address.starts_with("/en/")).count();
    assert_eq!(pages(&one).count() + doubled, all.len());
}

#[test]
fn pages_say_their_language_and_name_each_other() {
    let site = project("[zh-CN, en]").site();
    let all: BTreeSet<String> = pages(&site).map(|(address, _)| address).collect();
    for (address, page) in pages(&site).filter(|(address, _)| !address.contains("/versions/")) {
        let is_english = address.starts_with("/en/");
        let own = address.strip_prefix("/en").filter(|_| is_english).unwrap_or(&address);
        let language = if is_english { "en" } else { "zh-CN" };
        assert!(page.contains(&format!("<html lang=\"{language}\"")), "{address}");
        assert_eq!(
            values(page, "link", "rel", "href")
                .iter()
                .filter(|href| **href == format!("{BASE}{address}"))
                .count()
                >= 1,
            !page.contains("http-equiv=\"refresh\""),
            "{address} is not canonical"
        );
        let alternates = values(page, "link", "hreflang", "href");
        match all.contains(&format!("/en{own}")) {
            true => assert_eq!(
                alternates,
                [format!("{BASE}{own}"), format!("{BASE}{own}"), format!("{BASE}/en{own}")],
                "{address}"
            ),
            false => assert!(alternates.is_empty(), "{address} is named as something that is not there"),
        }
        // Whoever is in one language finds the other, and never a page that is not there.
        for href in values(page, "a", "hreflang", "href") {
            let there = href.strip_prefix("/fzzf").unwrap();
            assert!(all.contains(there), "{address} leads to {href}");
            assert_ne!(there.starts_with("/en/"), is_english, "{address} leads to its own language");
        }
    }
}

/// A reader who began in one language stays in it as far as it goes, and documents are where they are.
#[test]
fn links_lead_to_what_is_there_and_stay_in_the_language() {
    let site = project("[zh-CN, en]").site();
    for (address, page) in pages(&site).filter(|(address, _)| address.starts_with("/en/")) {
        for href in values(page, "a", "href", "href") {
            let path = href.split(['#', '?']).next().unwrap();
            let Some(path) = path.strip_prefix("/fzzf/") else { continue };
            let file = if path.is_empty() || path.ends_with('/') {
                format!("{path}index.html")
            } else {
                path.into()
            };
            let file = html::decode(&file);
            assert!(site.contains_key(camino::Utf8Path::new(&file)), "{address} leads to {href}");
            let is_switch = page.contains(&format!("href=\"{href}\" lang=\"zh-CN\""));
            let twin = format!("en/{file}");
            assert!(
                path.starts_with("en/") || is_switch || !site.contains_key(camino::Utf8Path::new(&twin)),
                "{address} leaves its language for {href}"
            );
        }
    }
    let map = std::str::from_utf8(&site[camino::Utf8Path::new("sitemap.xml")]).unwrap();
    assert!(map.contains(&format!("<loc>{BASE}/en/shili/</loc>")));
}

#[test]
fn a_site_in_english_has_its_chinese_pages_beside_it() {
    let site = project("[en, zh-CN]").site();
    let page = |path: &str| std::str::from_utf8(&site[camino::Utf8Path::new(path)]).unwrap();
    assert!(page("index.html").contains("<title>An archive</title>"));
    assert!(page("zh/index.html").contains("<html lang=\"zh-CN\""));
    assert!(page("zh/index.html").contains("<title>某省法治政府建设档案</title>"));
}

#[test]
fn what_has_the_addresses_of_a_language_is_told() {
    let mut project = project("[zh-CN, en]");
    project.edit("content/en/_index.md", "---\nname: 恩县\nlevel: county\n---\n".as_bytes());
    project.edit("content/en/2021.md", project.files()["content/shili/2021.md"].clone());
    let told = project.check();
    assert!(told.codes().contains("route/duplicate"), "{}", told.lines());
}
