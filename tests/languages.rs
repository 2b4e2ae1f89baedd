//! A site in two languages: what is of the interface stands twice, documents once, and every page leads to
//! the other language.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the theme")]

#[path = "support/html.rs"]
mod html;
mod support;

use std::collections::BTreeSet;

use support::{Project, Site, root};

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
        assert!(page.contains(&format!("<html lang={language} ")), "{address}");
        assert_eq!(
            values(page, "link", "rel", "href")
                .iter()
                .filter(|href| **href == format!("{BASE}{address}"))
                .count()
                >= 1,
            !page.contains("http-equiv=refresh"),
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

#[test]
fn in_english_a_space_parts_sentences() {
    let site = project("[zh-CN, en]").site();
    for (address, page) in pages(&site).filter(|(address, _)| address.starts_with("/en/")) {
        // Between two signs of tags stand words of one element, or the inside of a tag.
        for words in page.split(['<', '>']) {
            let mut last_two = [' '; 2];
            for c in words.chars() {
                let ends = last_two[0].is_ascii_lowercase() && matches!(last_two[1], '.' | '!' | '?');
                assert!(!(ends && (c == '“' || c.is_ascii_uppercase())), "{address}: {words}");
                last_two = [last_two[1], c];
            }
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
    assert!(page("zh/index.html").contains("<html lang=zh-CN "));
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

/// A theme that speaks a language of its own: every text of the default theme, each in Greek letters with its holes.
fn spoken_by_a_theme(project: &mut Project, without: &[&str]) {
    let texts = std::fs::read_to_string(root().join("themes/gongbao/i18n/zh-CN.yaml")).unwrap();
    let mut told = String::new();
    for (at, line) in texts.lines().enumerate() {
        let Some((key, text)) = line.split_once(": ").filter(|(key, _)| !key.starts_with('#')) else {
            continue;
        };
        let holes: String = text
            .split('{')
            .skip(1)
            .filter_map(|rest| Some(format!(" {{{}}}", rest.split_once('}')?.0)))
            .collect();
        let number: String = at
            .to_string()
            .bytes()
            .map(|digit| char::from_u32(0x3b1 + u32::from(digit - b'0')).unwrap())
            .collect();
        if !without.contains(&key) {
            told += &format!("{key}: \"{number}{holes}\"\n");
        }
    }
    project.edit("themes/hellas/theme.yaml", "name: hellas\n");
    project.edit("themes/hellas/i18n/el.yaml", told);
}

/// A site whose documents are in Greek letters as well, so that any other word on its pages is the interface's.
fn in_greek(languages: &str) -> Project {
    let mut project = Project::default();
    let settings =
        format!("title: Ω\nbase_url: {BASE}/\ntheme: hellas\nlanguages: {languages}\nopen_data: true\n");
    project.edit("site.yaml", settings);
    project.edit("indicators.yaml", "closed:\n  name: ΑΒΓ\n  kind: flow\n  group: Ε\n  direction: higher\nrate:\n  name: ΖΗ\n  unit: \"%\"\n  kind: ratio\n");
    for (slug, name) in [("alpha", "Αα"), ("beta", "Ββ"), ("gamma", "Γγ")] {
        let above = if slug == "alpha" { "" } else { "parent: alpha\n" };
        let level = if slug == "alpha" { "province" } else { "county" };
        project.edit(
            &format!("content/{slug}/_index.md"),
            format!("---\nname: {name}\nlevel: {level}\n{above}---\n"),
        );
        for year in 2019..=2021 {
            let (closed, rate) = (year - 1500, year - 1930);
            project.edit(
                &format!("content/{slug}/{year}.md"),
                format!(
                    "---\ntitle: Θ {year}\nissuer: Κ\npublished: {}-05-20\nindicators:\n  closed: {closed}\n  rate: {rate}\n---\n\n\
                     ## 一、Λ\n\nΑΒΓ {closed}。\n\nΖΗ {rate}%。\n\n## 二、Μ\n\nΝΞΟΠΡΣΤΥΦΧΨΩΑΒΓ {slug}。\n",
                    year + 1
                )
                .replace("alpha。", "ΑΑΑ。")
                .replace("beta。", "ΒΒΒ。")
                .replace("gamma。", "ΓΓΓ。"),
            );
        }
    }
    project
}

/// What a page shows: its words between tags, and those of attributes that are read.
fn shown(page: &str) -> String {
    let mut shown = String::new();
    for tag in html::tags(page) {
        let names: &[&str] = match tag.name.as_str() {
            // What the standard of government sites wants has names and values of its own.
            "meta" if tag.get("name").is_none_or(|name| name != "Description") => &[],
            "meta" => &["content"],
            _ => &["title", "aria-label", "alt", "placeholder", "data-name", "label"],
        };
        shown.extend(names.iter().filter_map(|name| tag.get(name)).map(|text| format!("{text}\n")));
    }
    let mut rest = page;
    while let Some((before, after)) = rest.split_once('<') {
        shown += before;
        shown.push('\n');
        let skipped = ["script", "style", "code"].iter().find(|name| after.starts_with(**name));
        let end = skipped.map_or(">".to_owned(), |name| format!("</{name}>"));
        rest = after.split_once(&end).map_or("", |(_, rest)| rest);
    }
    shown
}

#[test]
fn a_theme_adds_a_language_and_no_page_speaks_another() {
    let english = std::fs::read_to_string(root().join("themes/gongbao/i18n/en.yaml")).unwrap();
    let texts =
        english.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(": "));
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_ascii_alphabetic())
            .filter(|word| word.len() > 1)
            .map(str::to_owned)
            .collect()
    };
    let english: BTreeSet<String> = texts.flat_map(|(_, text)| words(text)).collect();
    // Names of formats and units, and of the program.
    let names = ["CSV", "JSON", "json", "gz", "LD", "KB", "xiangwei", "SHA", "DS", "OL", "EB"];
    for languages in ["[el]", "[zh-CN, el]"] {
        let mut project = in_greek(languages);
        spoken_by_a_theme(&mut project, &[]);
        project.publish("2022-06-01T09:00:00+08:00");
        let site = project.site();
        let mut seen = 0;
        let own = if languages == "[el]" { "/" } else { "/el/" };
        for (address, page) in pages(&site).filter(|(address, _)| address.starts_with(own)) {
            assert!(page.contains("<html lang=el "), "{address}");
            let mut shown = shown(page);
            // What stands in a site's other languages says so in them.
            if languages != "[el]" {
                shown = shown.replace("中文目录", "").replace("中文", "");
            }
            let han: String = shown.chars().filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).collect();
            // The ordinals of the documents, and a rule by its name.
            let han = han.replace(['一', '二'], "").replace("法治政府建设与责任落实督察工作规定第十四条", "");
            assert!(han.is_empty(), "{address} says in Chinese {han}");
            // Holes that scripts fill, and addresses, are in no language.
            let holes = shown.split('{').enumerate().map(|(at, part)| {
                if at == 0 { part } else { part.split_once('}').map_or(part, |(_, rest)| rest) }
            });
            let shown: String = holes.collect();
            let shown: String = shown
                .split(char::is_whitespace)
                .filter(|part| !part.contains("://"))
                .map(|part| format!("{part} "))
                .collect();
            let strange: Vec<String> = words(&shown)
                .into_iter()
                .filter(|word| english.contains(word) && !names.contains(&&**word))
                .collect();
            assert!(strange.is_empty(), "{address} says in English {strange:?}");
            seen += 1;
        }
        assert!(seen > 15, "only {seen} pages");
    }
}

#[test]
fn a_text_that_a_language_lacks_is_told_and_stands_in_another() {
    let mut project = in_greek("[zh-CN, el]");
    spoken_by_a_theme(&mut project, &["skip", "page.home"]);
    let told = project.check();
    let lines = told.lines();
    for key in ["skip", "page.home"] {
        assert!(
            lines.contains("themes/hellas/i18n/el.yaml") && lines.contains(&format!("`{key}`")),
            "{lines}"
        );
    }
    assert_eq!(lines.matches("theme/text").count(), 2, "{lines}");
    let site = project.site();
    let page = std::str::from_utf8(&site[camino::Utf8Path::new("el/index.html")]).unwrap();
    assert!(page.contains("跳到正文") && page.contains("首页"));
}
