//! What stands around a page: how a link to it looks elsewhere, the licence, where errors are reported, the site
//! map for people, feeds that say what they are.

#![allow(clippy::unwrap_used)]

#[path = "support/html.rs"]
mod html;
mod support;

use std::io::Read;

use camino::Utf8Path;
use support::{Project, Site};

const HOST: &str = "https://www.example.org";

fn site(more: &str) -> Site {
    let mut project = Project::fixture("across");
    project.edit("site.yaml", format!("title: 某省法治政府建设档案\nbase_url: {HOST}/fzzf/\n{more}"));
    project.site()
}

fn text<'a>(site: &'a Site, path: &str) -> &'a str {
    std::str::from_utf8(&site[Utf8Path::new(path)]).unwrap()
}

fn hrefs(page: &str, with: &str) -> Vec<String> {
    let links = html::tags(page).into_iter().filter(|tag| tag.name == "a" && tag.get(with).is_some());
    links.filter_map(|tag| tag.get("href").map(str::to_owned)).collect()
}

#[test]
fn a_link_that_is_shared_has_words_and_a_picture_that_is_there() {
    let site = site("");
    let page = text(&site, "shili/2021/index.html");
    let shared = |name: &str| {
        let tags = html::tags(page);
        let found = tags.iter().find(|tag| tag.name == "meta" && tag.get("property") == Some(name));
        found.and_then(|tag| tag.get("content")).unwrap_or_else(|| panic!("there is no {name}")).to_owned()
    };
    assert_eq!(shared("og:url"), format!("{HOST}/fzzf/shili/2021/"));
    assert_eq!(shared("og:type"), "article");
    let picture = shared("og:image");
    let path = picture.strip_prefix(&format!("{HOST}/fzzf/")).unwrap();
    assert!(site[Utf8Path::new(path)].starts_with(b"\x89PNG"), "{picture}");
}

#[test]
fn a_packed_copy_stands_beside_each_text_and_says_the_same() {
    let mut project = Project::fixture("attachments");
    let settings = String::from_utf8(project.files()["site.yaml"].clone()).unwrap();
    project.edit("site.yaml", format!("{settings}gzip: true\n"));
    project.edit("static/places.json.gz", "an author's own file");
    let site = project.site();
    let unpacked = |bytes: &[u8]| {
        let mut text = Vec::new();
        flate2::read::GzDecoder::new(bytes).read_to_end(&mut text).map(|_| text)
    };
    let mut copies = 0;
    for (path, bytes) in &site {
        let Some(copy) = site.get(Utf8Path::new(&format!("{path}.gz"))) else {
            let is_text =
                matches!(path.extension(), Some("html" | "css" | "js" | "json" | "xml" | "md" | "svg"));
            assert!(!is_text, "{path} has no copy");
            continue;
        };
        if path == "places.json" {
            assert_eq!(copy, b"an author's own file");
            continue;
        }
        assert!(unpacked(copy).unwrap() == *bytes, "{path}.gz says something else");
        copies += 1;
    }
    assert!(copies > 30, "{copies}");
    assert!(!Project::fixture("attachments").site().contains_key(Utf8Path::new("index.html.gz")));
}

#[test]
fn a_site_on_a_phone_has_its_name_and_a_sign_that_is_there() {
    let site = site("");
    let tags = html::tags(text(&site, "index.html"));
    let link = tags.iter().find(|tag| tag.get("rel") == Some("manifest")).and_then(|tag| tag.get("href"));
    let path = link.and_then(|link| link.strip_prefix("/fzzf/")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(text(&site, path)).unwrap();
    assert_eq!((&manifest["name"], &manifest["start_url"]), (&"某省法治政府建设档案".into(), &"../".into()));
    let signs: Vec<&str> =
        manifest["icons"].as_array().unwrap().iter().filter_map(|icon| icon["src"].as_str()).collect();
    assert_eq!(signs.len(), 2);
    for sign in signs {
        assert!(site.contains_key(Utf8Path::new(&format!("assets/{sign}"))), "{sign} is not there");
    }
}

#[test]
fn a_licence_is_told_to_readers_and_programs() {
    let with = site("license: CC-BY-4.0\n");
    let url = "https://spdx.org/licenses/CC-BY-4.0.html";
    assert_eq!(
        hrefs(text(&with, "shili/2021/index.html"), "rel").iter().filter(|href| *href == url).count(),
        1
    );
    let package: serde_json::Value = serde_json::from_str(text(&with, "data/datapackage.json")).unwrap();
    assert_eq!(package["licenses"], serde_json::json!([{ "name": "CC-BY-4.0", "path": url }]));
    assert!(text(&with, "data/index.html").contains(&format!("\"license\":\"{url}\"")));
    let own = site("license: https://www.example.org/terms/\n");
    let package: serde_json::Value = serde_json::from_str(text(&own, "data/datapackage.json")).unwrap();
    assert_eq!(package["licenses"], serde_json::json!([{ "path": "https://www.example.org/terms/" }]));
    let mut wrong = Project::fixture("across");
    wrong.edit("site.yaml", format!("title: 档案\nbase_url: {HOST}/\nlicense: 随便用\n"));
    assert!(wrong.check().codes().contains("matter/value"));
}

#[test]
fn an_error_is_reported_by_a_letter_that_names_the_page_or_where_the_portal_wants_it() {
    let letter = site("publisher: { email: open@example.org }\n");
    let all = hrefs(text(&letter, "shili/2021/index.html"), "data-report");
    assert!(!all.is_empty());
    for href in all {
        assert!(href.starts_with("mailto:open@example.org?subject="), "{href}");
        assert!(html::decode(&href).contains(&format!("body={HOST}/fzzf/shili/2021/")), "{href}");
    }
    let portal =
        site("publisher: { email: open@example.org }\ngovernment_site: { report_errors_url: /about/ }\n");
    assert_eq!(hrefs(text(&portal, "index.html"), "data-report"), ["/fzzf/about/"]);
    assert!(hrefs(text(&site(""), "index.html"), "data-report").is_empty());
}

#[test]
fn the_site_map_leads_to_every_list_and_every_page_to_it() {
    let site = site("");
    let map: Vec<String> = hrefs(text(&site, "sitemap/index.html"), "href");
    let lists = site.keys().filter_map(|path| path.as_str().strip_suffix("index.html")).filter(|path| {
        let parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        matches!(parts[..], ["years" | "kinds", _]) || (parts.len() == 1 && !matches!(parts[0], "" | "kinds"))
    });
    for list in lists.filter(|list| *list != "sitemap/") {
        assert!(map.contains(&format!("/fzzf/{list}")), "{list} is not in the site map");
    }
    // What stands in a frame of another page has nothing around it.
    let is_page = |path: &str| path.ends_with("index.html") && !path.ends_with("/embed/index.html");
    for (path, bytes) in site.iter().filter(|(path, _)| is_page(path.as_str())) {
        let page = std::str::from_utf8(bytes).unwrap();
        assert!(page.contains("href=\"/fzzf/sitemap/\"") || page.contains("http-equiv=refresh"), "{path}");
    }
}

#[test]
fn a_feed_that_is_opened_says_what_it_is() {
    let site = site("");
    let feed = text(&site, "feed.xml");
    assert!(feed.contains("<?xml-stylesheet type=\"text/css\" href=\"/fzzf/feed.css\"?>"), "{feed}");
    assert!(text(&site, "feed.css").contains("更新订阅"));
}
