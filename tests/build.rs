//! What the program makes of whole sites: which files, what their pages say, and what is true
//! of every page of every site, the example archive among them.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its fixtures")]

#[path = "support/html.rs"]
mod html;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use camino::{Utf8Path, Utf8PathBuf};
use html::{Tag, decode, tags};
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use support::{Project, Site, root};
use xiangwei::build::Wishes;

/// A site that was built, and where it will stand.
struct Built {
    name: String,
    site: Site,
    pages: BTreeMap<Utf8PathBuf, Page>,
    base: String,
}

/// A page of it.
struct Page {
    text: String,
    tags: Vec<Tag>,
}

/// Every fixture and the example archive, built once.
static BUILT: LazyLock<Vec<Built>> = LazyLock::new(|| {
    let folder = root().join("tests/sites").read_dir_utf8().unwrap();
    let names = folder.map(|entry| entry.unwrap().file_name().to_owned());
    let mut names: Vec<String> = names.chain(["example".to_owned()]).collect();
    names.sort();
    names.into_par_iter().map(built).collect()
});

fn built(name: String) -> Built {
    let project = match name.as_str() {
        "example" => Project::example(),
        name => Project::fixture(name),
    };
    from(&project, name)
}

fn from(project: &Project, name: String) -> Built {
    let site = project.site();
    let page = |(path, bytes): (&Utf8PathBuf, &Vec<u8>)| {
        let text = String::from_utf8(bytes.clone()).unwrap();
        (path.clone(), Page { tags: tags(&text), text })
    };
    let is_page = |(path, _): &(&Utf8PathBuf, &Vec<u8>)| path.extension() == Some("html");
    let pages = site.iter().filter(is_page).map(page).collect();
    let base = project.archive().config.base.path().to_owned();
    Built { name, site, pages, base }
}

fn site(name: &str) -> &'static Built {
    BUILT.iter().find(|built| built.name == name).unwrap_or_else(|| panic!("there is no site {name}"))
}

/// The inside of `<main>`, with one line a tag, so that a difference can be read.
fn main_part(built: &Built, path: &str) -> String {
    let text = &built.pages[Utf8Path::new(path)].text;
    let start = text.find("<main").expect("a page has a main part");
    let end = text.rfind("</main>").expect("a main part ends");
    text[start..end].lines().filter(|line| !line.trim().is_empty()).map(|line| format!("{line}\n")).collect()
}

#[test]
fn every_site_has_these_files() {
    for built in BUILT.iter().filter(|built| built.name != "example") {
        // In the order of names without digests, which change with every change of the theme.
        let list: BTreeSet<String> = built.site.keys().map(|path| format!("{}\n", unhashed(path))).collect();
        insta::assert_snapshot!(format!("files_of_{}", built.name), list.into_iter().collect::<String>());
    }
}

/// An asset's name without its digest, which changes whenever the theme does.
fn unhashed(path: &Utf8Path) -> String {
    let parts: Vec<&str> = path.as_str().split('.').collect();
    match parts[..] {
        [name, _, ending] if path.starts_with("assets") => format!("{name}.*.{ending}"),
        _ => path.to_string(),
    }
}

/// The pages that are worth reading when something changes.
const READ: [(&str, &str); 35] = [
    ("compared", "jiangmen/compare/2019-2020/index.html"),
    ("compared", "jiangmen/compare/index.html"),
    ("minimal", "index.html"),
    ("minimal", "jiangmen/2019/index.html"),
    ("two-years", "jiangmen/index.html"),
    ("two-years", "jiangmen/2018/index.html"),
    ("two-years", "years/2019/index.html"),
    ("gap", "jiangmen/index.html"),
    ("gap", "jiangmen/2019/index.html"),
    ("attachments", "jiangmen/2019/index.html"),
    ("attachments", "jiangmen/2019/white-paper/index.html"),
    ("joint-issuers", "jiangmen/2019/index.html"),
    ("wrapper", "jiangmen/2018/index.html"),
    ("wrapper", "jiangmen/2019/index.html"),
    ("withdrawn-and-draft", "jiangmen/2018/index.html"),
    ("withdrawn-and-draft", "jiangmen/2019/index.html"),
    ("withdrawn-and-draft", "jiangmen/2017/index.html"),
    ("english", "jiangmen/2019/index.html"),
    ("sub-path", "index.html"),
    ("many-kinds", "jiangmen/index.html"),
    ("many-kinds", "jiangmen/2019/white-paper/index.html"),
    ("many-kinds", "kinds/notice/index.html"),
    ("markup", "jiangmen/2019/index.html"),
    ("plan-and-report", "chibi/2019/work-plan/index.html"),
    ("plan-and-report", "chibi/2019/index.html"),
    ("coverage", "coverage/index.html"),
    ("coverage", "index.html"),
    ("coverage", "jiangmen/index.html"),
    ("across", "indicators/index.html"),
    ("across", "indicators/closed/index.html"),
    ("across", "indicators/trained/index.html"),
    ("across", "years/2021/index.html"),
    ("ancestry", "ancestry/index.html"),
    ("ancestry", "anhe/index.html"),
    ("ancestry", "anhe/2021/index.html"),
];

#[test]
fn pages_say_this() {
    for (name, path) in READ {
        let snapshot = format!("{name}_{}", path.trim_end_matches("/index.html").replace('/', "_"));
        insta::assert_snapshot!(snapshot, main_part(site(name), path));
    }
}

#[test]
fn feeds_and_maps_say_this() {
    for (name, path) in [
        ("withdrawn-and-draft", "feed.xml"),
        ("sub-path", "jiangmen/feed.xml"),
        ("sub-path", "sitemap.xml"),
        ("sub-path", "robots.txt"),
    ] {
        let text = str::from_utf8(&site(name).site[Utf8Path::new(path)]).unwrap();
        insta::assert_snapshot!(format!("{name}_{path}"), text);
    }
}

/// One page of each type. Its view is all that a template can read, so a change here is a
/// change of the theme guide and of the changelog.
const VIEWS: [(&str, &str); 13] = [
    ("home", "/"),
    ("place", "/jiangmen/"),
    ("document", "/jiangmen/2019/"),
    ("year", "/years/2019/"),
    ("kind", "/kinds/annual-report/"),
    ("coverage", "/coverage/"),
    ("indicators", "/indicators/"),
    ("indicator", "/indicators/reconsideration_closed/"),
    ("search", "/search/"),
    ("data", "/data/"),
    ("plain", "/about/"),
    ("not_found", "/404.html"),
    ("redirect", "/zwgk/post_1.html"),
];

#[test]
fn a_view_is_the_contract_with_themes() {
    let archive = Project::fixture("sub-path").archive();
    let outline = xiangwei::outline::outline(&archive, true).value;
    let planned = xiangwei::ask::Planned::new(&archive, &outline);
    for (name, address) in VIEWS {
        let route = outline.routes().map(|(route, _)| route).find(|route| route.as_str() == address);
        let view =
            xiangwei::build::view(&planned, route.unwrap_or_else(|| panic!("there is nothing at {address}")));
        insta::assert_json_snapshot!(format!("view_of_{name}"), view.expect("a page is here"));
    }
}

#[test]
fn the_views_of_comparison_are_part_of_it() {
    let archive = Project::fixture("compared").archive();
    let outline = xiangwei::outline::outline(&archive, true).value;
    let planned = xiangwei::ask::Planned::new(&archive, &outline);
    for (name, address) in [("compare", "/jiangmen/compare/2019-2020/"), ("years", "/jiangmen/compare/")] {
        let route = outline.routes().map(|(route, _)| route).find(|route| route.as_str() == address).unwrap();
        insta::assert_json_snapshot!(
            format!("view_of_{name}"),
            xiangwei::build::view(&planned, route).unwrap()
        );
    }
}

#[test]
fn a_theme_overrides_one_block_and_one_file() {
    let built = site("override-theme");
    let text = |path: &str| built.pages[Utf8Path::new(path)].text.as_str();
    let document = text("jiangmen/2019/index.html");
    assert!(document.contains("<title>红头：江门市人民政府2019年度"), "the block of the theme");
    assert!(document.contains("红头主题的页脚") && !document.contains("generator>"), "the file of the theme");
    assert!(document.contains("红头主题的跳转"), "the text of the theme");
    assert!(document.contains("<h1"), "the rest is the default theme's");
    assert!(text("about/index.html").contains("本站自己的模板"), "the site's own template");
    assert!(text("404.html").contains("<title>没有这一页"), "the site's own block");
    assert!(text("404.html").contains("<p class=kicker>404"), "what it is over is still there");
    assert!(
        built.site.keys().any(|path| path.as_str().starts_with("assets/seal.")),
        "the asset of the theme"
    );
    assert!(built.site.keys().any(|path| path.as_str().starts_with("assets/style.")), "those of the default");
    assert!(!built.site.keys().any(|path| path.as_str().contains("README")), "nothing else");
}

#[test]
fn a_theme_that_overrides_what_scripts_share_gives_all_of_them_new_names() {
    let shared = fs::read_to_string(root().join("themes/gongbao/assets/common.js")).unwrap();
    let built = |theme: Option<&str>| {
        let mut project = Project::fixture("two-years");
        let settings = "title: 档\nbase_url: https://www.example.org/a/\n";
        project.edit("site.yaml", settings);
        if let Some(shared) = theme {
            project.edit("site.yaml", format!("{settings}theme: blue\n"));
            project.edit("themes/blue/theme.yaml", "name: blue\n");
            project.edit("themes/blue/assets/common.js", shared);
        }
        project.site()
    };
    let assets = |site: &BTreeMap<Utf8PathBuf, Vec<u8>>| -> BTreeMap<String, (String, String)> {
        let named = site.iter().filter_map(|(path, bytes)| {
            let file = path.as_str().strip_prefix("assets/")?.to_owned();
            let (stem, rest) = file.split_once('.')?;
            Some((
                format!("{stem}.{}", rest.split_once('.')?.1),
                (file, String::from_utf8(bytes.clone()).ok()?),
            ))
        });
        named.collect()
    };
    let site = built(Some(&format!("{shared}export const ours = 1;\n")));
    let (before, after) = (assets(&built(None)), assets(&site));
    let changed: Vec<&str> =
        before.iter().filter(|(name, old)| after[*name].0 != old.0).map(|(name, _)| &**name).collect();
    let imports = |text: &str| text.contains("from \"./common.");
    let users: Vec<&str> =
        before.iter().filter(|(_, (_, text))| imports(text)).map(|(name, _)| &**name).collect();
    assert!(users.contains(&"site.js") && users.len() > 4, "{users:?}");
    // What names one of these has a new name as well.
    let mut wanted: BTreeSet<&str> = users.into_iter().chain(["common.js"]).collect();
    let names_one = |wanted: &BTreeSet<&str>, text: &str| {
        wanted.iter().any(|name| text.contains(&format!("from \"./{}.", name.trim_end_matches(".js"))))
    };
    while let Some((name, _)) =
        before.iter().find(|(name, (_, text))| !wanted.contains(&***name) && names_one(&wanted, text))
    {
        wanted.insert(name);
    }
    assert_eq!(changed.into_iter().collect::<BTreeSet<_>>(), wanted);
    let (common, text) = &after["common.js"];
    assert!(text.ends_with("export const ours = 1;\n"));
    for (name, (file, text)) in &after {
        assert!(!imports(text) || text.contains(&format!("from \"./{common}\"")), "{name}");
        let digest: String = Sha256::digest(text).iter().take(4).map(|byte| format!("{byte:02x}")).collect();
        assert!(file.contains(&digest), "{file} is not named by what is in it");
    }
    let page = String::from_utf8(site[Utf8Path::new("index.html")].clone()).unwrap();
    assert!(page.contains(&format!("/a/assets/{}", after["site.js"].0)));
}

#[test]
fn drafts_are_nowhere_and_withdrawn_documents_say_so() {
    let project = Project::fixture("withdrawn-and-draft");
    let site = project.site();
    let mentions = |words: &str| {
        let has = |bytes: &[u8]| bytes.windows(words.len()).any(|window| window == words.as_bytes());
        site.iter().filter(|(_, bytes)| has(bytes)).map(|(path, _)| path.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(mentions("2020年度法治政府建设"), [""; 0], "a draft shows");
    assert_eq!(mentions("512件"), [""; 0], "the text of a withdrawn document shows");
    assert!(site.contains_key(Utf8Path::new("jiangmen/2018/index.html")), "its address stays");
    for gone in [
        "jiangmen/2018/index.md",
        "jiangmen/2018/secret.pdf",
        "jiangmen/2020/index.html",
        "years/2020/index.html",
    ] {
        assert!(!site.contains_key(Utf8Path::new(gone)), "{gone} is there");
    }
    let drafts = project.site_with(&Wishes { drafts: true, ..Wishes::default() });
    assert!(drafts.contains_key(Utf8Path::new("jiangmen/2020/index.html")));
}

#[test]
fn no_html_of_an_author_reaches_a_page_unclean() {
    let built = site("markup");
    let main = main_part(built, "jiangmen/2019/index.html");
    let names: BTreeSet<String> = tags(&main).into_iter().map(|tag| tag.name).collect();
    for name in
        ["script", "style", "iframe", "form", "svg", "math", "meta", "object", "embed", "base", "input"]
    {
        assert!(!names.contains(name), "<{name}> is on the page");
    }
    assert!(!main.contains("alert(") || main.contains("行内的"), "{main}");
    assert!(main.contains("一段<b>干净</b>的话"));
    let outside = |tag: &Tag| tag.get("src").is_some_and(|src| src.contains("//"));
    assert!(!tags(&main).iter().any(outside), "a picture of another site is loaded");
}

/// Complaints about every page of every site.
fn complaints(judge: impl Fn(&Built, &Utf8Path, &Page) -> Vec<String> + Sync) -> Vec<String> {
    let of_site = |built: &'static Built| {
        let say = move |(path, complaint): (&Utf8Path, String)| format!("{}/{path}: {complaint}", built.name);
        let all = built.pages.iter().flat_map(|(path, page)| {
            judge(built, path, page).into_iter().map(move |complaint| (path.as_path(), complaint))
        });
        all.map(say).collect::<Vec<_>>()
    };
    BUILT.par_iter().flat_map_iter(of_site).collect()
}

fn assert_none(complaints: &[String]) {
    assert!(
        complaints.is_empty(),
        "{} complaints\n{}",
        complaints.len(),
        complaints[..complaints.len().min(30)].join("\n")
    );
}

#[test]
fn every_link_leads_somewhere() {
    assert_none(&complaints(|built, path, page| {
        let links = page.tags.iter().flat_map(|tag| {
            ["href", "src", "action"].into_iter().filter_map(|name| tag.get(name)).chain(refresh(tag))
        });
        links.filter_map(|link| follow(built, path, link).err()).collect()
    }));
}

fn refresh(tag: &Tag) -> Option<&str> {
    tag.get("http-equiv").filter(|kind| *kind == "refresh")?;
    tag.get("content")?.split_once("url=").map(|(_, url)| url)
}

/// Follows a link of the page at `from`, to its anchor if it has one.
fn follow(built: &Built, from: &Utf8Path, link: &str) -> Result<(), String> {
    let (address, anchor) =
        link.split_once('#').map_or((link, None), |(address, anchor)| (address, Some(anchor)));
    let address = address.split_once('?').map_or(address, |(address, _)| address);
    if ["https://", "http://", "mailto:", "tel:", "data:image/"].iter().any(|start| link.starts_with(start)) {
        return Ok(());
    }
    let file = match address {
        "" => from.to_owned(),
        address => {
            let below = address.strip_prefix(&built.base).and_then(|below| below.strip_prefix('/'));
            let below = decode(below.ok_or_else(|| format!("{link} is not below {}/", built.base))?);
            // The search files are made after the pages, and not in these tests.
            if below.starts_with("pagefind") {
                return Ok(());
            }
            let index = if below.is_empty() || below.ends_with('/') { "index.html" } else { "" };
            Utf8PathBuf::from(format!("{below}{index}"))
        }
    };
    if !built.site.contains_key(&file) {
        return Err(format!("{link} leads nowhere"));
    }
    match (anchor, built.pages.get(&file)) {
        (Some(anchor), Some(page)) => {
            let anchor = decode(anchor);
            let there = page.tags.iter().any(|tag| tag.get("id") == Some(anchor.as_str()));
            there.then_some(()).ok_or_else(|| format!("{link}: there is no #{anchor}"))
        }
        _ => Ok(()),
    }
}

/// Every link of the site that leads nowhere.
fn broken(project: &Project) -> Vec<String> {
    let built = from(project, "project".to_owned());
    let links = built.pages.iter().flat_map(|(path, page)| page.tags.iter().map(move |tag| (path, tag)));
    let links = links.filter_map(|(path, tag)| Some((path, tag.get("href").or(tag.get("src"))?)));
    links
        .filter_map(|(path, link)| follow(&built, path, link).err().map(|error| format!("{path}: {error}")))
        .collect()
}

#[test]
fn two_indicators_on_one_figure_both_lead_to_it() {
    let mut project = Project::in_world("");
    project.edit(
        "indicators.yaml",
        "closed: { name: 办结案件, unit: 件, kind: flow }\nheard: { name: 审理案件, unit: 件, kind: flow }\n",
    );
    let matter = "title: 报告\nissuer: 甲\npublished: 2020-03-20\nindicators:\n  closed: { value: 745, quote: 审理办结745件 }\n  heard: { value: 745, quote: 审理办结745件 }\n";
    project.edit("content/jiangmen/2019.md", format!("---\n{matter}---\n一、全年审理办结745件。\n"));
    assert_eq!(broken(&project), [""; 0]);
}

#[test]
fn a_figure_broken_by_markup_leads_to_its_section() {
    let mut project = Project::in_world("");
    let matter =
        "title: 报告\nissuer: 甲\npublished: 2020-03-20\nindicators: { reconsideration_closed: 745 }\n";
    project
        .edit("content/jiangmen/2019.md", format!("---\n{matter}---\n一、全年办结行政复议案件7**45**件。\n"));
    assert_eq!(broken(&project), [""; 0]);
}

#[test]
fn a_section_that_no_page_shows_is_no_target() {
    let mut project = Project::in_world("");
    let matter = "title: 报告\nissuer: 甲\npublished: 2020-03-20\n";
    project.edit("content/jiangmen/2019.md", format!("---\n{matter}status: withdrawn\n---\n一、概况\n"));
    project.edit(
        "content/guide.md",
        "---\ntitle: 指南\n---\n见[报告](/jiangmen/2019/#sec-1)和[地方](/jiangmen/#sec-1)。\n",
    );
    if project.check().diagnostics.is_empty() {
        assert_eq!(broken(&project), [""; 0]);
    }
}

#[test]
fn html_of_an_author_has_its_links_resolved_or_diagnosed() {
    let mut project = Project::in_world("");
    let matter = "title: 报告\nissuer: 甲\npublished: 2020-03-20\n";
    project.edit("site.yaml", "title: 档案\nbase_url: https://www.example.org/fzzf/\n");
    project.edit(
        "content/jiangmen/2019.md",
        format!(
            "---\n{matter}---\n一、见<a href=\"/jiangmen/2018/\">上年</a>和<a href=\"/nowhere/\">别处</a>。\n"
        ),
    );
    if project.check().diagnostics.is_empty() {
        assert_eq!(broken(&project), [""; 0]);
    }
}

#[test]
fn a_place_shows_its_english_name() {
    let page = &site("english").pages[Utf8Path::new("jiangmen/index.html")].text;
    assert!(page.contains("<h1>Jiangmen</h1>"), "the place's English name is not shown");
    assert!(page.contains("<span lang=\"zh\">江门市</span>"), "nor its own beside it");
}

#[test]
fn every_id_is_there_once() {
    assert_none(&complaints(|_, _, page| {
        let mut seen = BTreeSet::new();
        let ids = page.tags.iter().filter_map(|tag| tag.get("id"));
        ids.filter(|id| !seen.insert(*id)).map(|id| format!("#{id} is there twice")).collect()
    }));
}

#[test]
fn every_reference_to_an_element_finds_it() {
    assert_none(&complaints(|_, _, page| {
        let ids: BTreeSet<&str> = page.tags.iter().filter_map(|tag| tag.get("id")).collect();
        let names = ["for", "aria-labelledby", "aria-describedby", "aria-controls", "list"];
        let lists = page.tags.iter().flat_map(|tag| names.into_iter().filter_map(|name| tag.get(name)));
        let wanted = lists.flat_map(str::split_whitespace);
        wanted.filter(|id| !ids.contains(id)).map(|id| format!("there is no #{id}")).collect()
    }));
}

#[test]
fn nothing_runs_but_the_themes_own_files() {
    assert_none(&complaints(|_, _, page| {
        let mut found = Vec::new();
        for tag in &page.tags {
            found.extend(
                tag.attributes.keys().filter(|key| key.starts_with("on")).map(|key| format!("handler {key}")),
            );
            found.extend(tag.get("style").map(|style| format!("style=\"{style}\"")));
            found.extend((tag.name == "style").then(|| "a style element".to_owned()));
            let is_data = tag.get("type") == Some("application/ld+json");
            let inline = tag.name == "script" && tag.get("src").is_none() && !is_data;
            found.extend(inline.then(|| format!("an inline script: {}", tag.text)));
            let loads = ["src", "srcset", "data", "poster"].into_iter().filter_map(|name| tag.get(name));
            let loads = loads
                .chain(tag.get("href").filter(|_| tag.name == "link" && tag.get("rel") != Some("canonical")));
            found.extend(
                loads.filter(|url| url.contains("//")).map(|url| format!("{url} is loaded from elsewhere")),
            );
        }
        let policy = page.tags.iter().any(|tag| tag.get("http-equiv") == Some("Content-Security-Policy"));
        found.extend((!policy).then(|| "no content security policy".to_owned()));
        found
    }));
}

/// The labels of each set (国办发〔2017〕47号), as far as every page of the set has them.
const SITE: [&str; 2] = ["SiteName", "SiteDomain"];
const COLUMN: [&str; 4] = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"];
const ARTICLE: [&str; 3] = ["ArticleTitle", "ContentSource", "Url"];

#[test]
fn every_page_has_the_labels_of_its_set() {
    assert_none(&complaints(|built, path, page| {
        let body = page.tags.iter().find(|tag| tag.name == "body").and_then(|tag| tag.get("class"));
        let wanted: Vec<&str> = match body.unwrap_or_default() {
            "page-redirect" => SITE.to_vec(),
            "page-document" => [&SITE[..], &COLUMN, &ARTICLE].concat(),
            _ => [&SITE[..], &COLUMN].concat(),
        };
        let label = |name: &str| {
            page.tags.iter().filter(move |tag| tag.get("name") == Some(name)).collect::<Vec<_>>()
        };
        let mut found = Vec::new();
        for name in wanted {
            let labels = label(name);
            let said = labels.first().and_then(|tag| tag.get("content")).unwrap_or_default();
            if labels.len() != 1 || said.trim().is_empty() {
                found.push(format!("{name} is there {} times: {said:?}", labels.len()));
            }
        }
        let home = path == "index.html";
        let column = label("ColumnType").first().and_then(|tag| tag.get("content"));
        if home && column != Some("首页") {
            found.push(format!("ColumnType of the home page is {column:?}"));
        }
        for date in label("PubDate") {
            let date = date.get("content").unwrap_or_default();
            let shape: String = date.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
            found.extend((shape != "0000-00-00 00:00").then(|| format!("PubDate is {date}")));
        }
        let code = label("SiteIDCode").len();
        found.extend((built.name == "sub-path" && code != 1).then(|| "no SiteIDCode".to_owned()));
        found
    }));
}

#[test]
fn a_date_is_labelled_if_and_only_if_it_is_known() {
    let built = site("withdrawn-and-draft");
    let date = |path: &str| {
        let page = &built.pages[Utf8Path::new(path)];
        page.tags.iter().find(|tag| tag.get("name") == Some("PubDate")).and_then(|tag| tag.get("content"))
    };
    assert_eq!(date("jiangmen/2019/index.html"), Some("2020-03-20 09:30"));
    assert_eq!(date("jiangmen/2017/index.html"), None);
}

#[test]
fn every_page_says_what_it_is_to_machines() {
    assert_none(&complaints(|_, _, page| {
        let mut found = Vec::new();
        let class = page.tags.iter().find(|tag| tag.name == "body").and_then(|tag| tag.get("class"));
        let data: Vec<&Tag> =
            page.tags.iter().filter(|tag| tag.get("type") == Some("application/ld+json")).collect();
        if data.len() != 1 && class != Some("page-redirect") {
            found.push(format!("{} scripts of JSON-LD", data.len()));
        }
        for script in data {
            match serde_json::from_str::<serde_json::Value>(&script.text) {
                Ok(value) => {
                    found.extend(
                        (value["@context"] != "https://schema.org").then(|| "no @context".to_owned()),
                    );
                    let graph = value["@graph"].as_array().map(Vec::as_slice).unwrap_or_default();
                    let types: Vec<&str> = graph.iter().filter_map(|item| item["@type"].as_str()).collect();
                    let wanted = match class {
                        Some("page-document") => &["Report", "BreadcrumbList"][..],
                        Some("page-place") => &["GovernmentOrganization", "BreadcrumbList"],
                        _ => &[],
                    };
                    found.extend(
                        wanted
                            .iter()
                            .filter(|kind| !types.contains(kind))
                            .map(|kind| format!("no {kind} in {types:?}")),
                    );
                }
                Err(error) => found.push(error.to_string()),
            }
        }
        let count = |name: &str| page.tags.iter().filter(|tag| tag.name == name).count();
        found.extend((count("h1") != 1).then(|| format!("{} h1", count("h1"))));
        found.extend((count("main") != 1).then(|| format!("{} main", count("main"))));
        let title = page.tags.iter().find(|tag| tag.name == "title").map(|tag| tag.text.trim());
        found.extend(title.is_none_or(str::is_empty).then(|| "no title".to_owned()));
        let canonical = page.tags.iter().filter(|tag| tag.get("rel") == Some("canonical")).count();
        found.extend((canonical != 1).then(|| format!("{canonical} canonical links")));
        found
    }));
}

#[test]
fn headings_go_down_one_level_at_a_time() {
    assert_none(&complaints(|_, _, page| {
        let levels = page.tags.iter().filter_map(|tag| match tag.name.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        });
        let levels: Vec<u8> = levels.collect();
        levels
            .windows(2)
            .filter(|pair| pair[1] > pair[0] + 1)
            .map(|pair| format!("h{} after h{}", pair[1], pair[0]))
            .collect()
    }));
}

#[test]
fn every_picture_has_words_in_its_place() {
    assert_none(&complaints(|_, _, page| {
        let pictures = page.tags.iter().filter(|tag| tag.name == "img" && tag.get("alt").is_none());
        pictures.map(|tag| format!("{:?}", tag.get("src"))).collect()
    }));
}

#[test]
fn feeds_and_maps_are_well_formed_and_lead_to_pages() {
    for built in BUILT.iter() {
        for (path, bytes) in built.site.iter().filter(|(path, _)| path.extension() == Some("xml")) {
            let text = str::from_utf8(bytes).unwrap();
            let mut reader = quick_xml::Reader::from_str(text);
            let mut depth = 0;
            loop {
                match reader.read_event().unwrap_or_else(|error| panic!("{}/{path}: {error}", built.name)) {
                    quick_xml::events::Event::Start(_) => depth += 1,
                    quick_xml::events::Event::End(_) => depth -= 1,
                    quick_xml::events::Event::Eof => break,
                    _ => {}
                }
            }
            assert_eq!(depth, 0, "{}/{path} is not closed", built.name);
            let urls =
                text.split("<loc>").skip(1).filter_map(|rest| rest.split_once("</loc>")).map(|(url, _)| url);
            for url in urls {
                let below = url.splitn(4, '/').nth(3).unwrap_or_default();
                assert_eq!(follow(built, Utf8Path::new("index.html"), &format!("/{below}")), Ok(()), "{url}");
            }
        }
    }
}

/// A site of `count` things of one kind, made by `thing`, and what its files weigh together.
fn weight(count: usize, thing: impl Fn(usize) -> (String, String)) -> usize {
    let mut project = Project::in_world("");
    for (path, text) in (0..count).map(thing) {
        project.edit(&path, text);
    }
    project.site().values().map(Vec::len).sum()
}

#[test]
fn a_site_grows_with_what_is_in_it_and_not_with_the_square() {
    let text = |title: &str| {
        format!("---\ntitle: {title}\nissuer: 江门市\npublished: 2020-03-20\nkind: notice\n---\n\n正文。\n")
    };
    let notice = |at: usize| (format!("content/jiangmen/2019/n{at}.md"), text(&format!("通知第{at}号")));
    let page = |at: usize| (format!("content/page{at}.md"), format!("---\ntitle: 页面{at}\n---\n\n正文。\n"));
    let notices = (weight(150, notice), weight(300, notice));
    assert!(notices.1 * 10 < notices.0 * 23, "notices of one place and year: {notices:?}");
    let pages = (weight(150, page), weight(300, page));
    assert!(pages.1 * 10 < pages.0 * 23, "plain pages: {pages:?}");
}

#[test]
fn among_very_many_a_document_names_its_neighbours_and_where_all_are() {
    let mut project = Project::in_world("");
    for at in 10..60 {
        let text = format!(
            "---\ntitle: 通知第{at}号\nissuer: 江门市\npublished: 2019-03-20\nkind: notice\n---\n\n正文。\n"
        );
        project.edit(&format!("content/jiangmen/2018/n{at}.md"), text);
    }
    let site = project.site();
    let page = str::from_utf8(&site[Utf8Path::new("jiangmen/2018/n40/index.html")]).unwrap();
    let names = |at: usize| page.contains(&format!("通知第{at}号</a>"));
    assert!(names(30) && names(39) && names(41) && names(50) && !names(29) && !names(51));
    assert!(page.contains("href=\"/jiangmen/2018/\"") && page.contains("全部 50 份"), "{page}");
}

/// A world whose every text that can be quoted has control characters in it.
const UNPRINTABLE: &str = r#"-- site.yaml --
title: "江\x01门档案\ufffe"
base_url: https://www.example.org/
description: "一句\x0b话"
publisher: { name: "江门市\x02", address: "港口一路\u0085", phone: "0750\x7f", email: "a@example.org\x9f" }
government_site: { site_name: "门\x03户", icp_record: "粤\x04" }
kinds: { letter: { name: "复\x05函", name_en: "Let\x06ter", column_type: "政策\a文件" } }
-- indicators.yaml --
closed: { name: "办结\b案件", unit: "件", kind: flow, aliases: ["办\x0f结"], definition: "定\x10义", group: "复\x11议" }
-- content/jiangmen/_index.md --
---
name: "江门\e市"
name_en: "Jiang\x12men"
level: prefecture
description: "概\x13况"
---
-- content/jiangmen/2018.md --
---
title: "江门市2018年度\x14法治政府建设情况报告"
issuer: ["江门市\x15人民政府"]
index_number: "1/2019-\x16"
subjects: ["综\x17合"]
source: "司法\x18局"
summary: "全年\x19办结\x1a案件\x1b。"
keywords: ["复\x1c议"]
published: 2019-03-20
corrections: [{ date: 2019-04-01, note: "改\x1d正" }]
indicators: { closed: 512 }
---
一、全年办结案件512件。
"#;

#[test]
fn no_control_character_of_an_author_reaches_the_site() {
    let project = Project::in_world(UNPRINTABLE);
    let checked = project.check();
    assert!(checked.codes().contains("text/control"), "{}", checked.frames());
    for (path, bytes) in project.site() {
        // Sources are passed on as they are, and programs and pictures are no text.
        if matches!(path.extension(), Some("md" | "wasm" | "png")) {
            continue;
        }
        let text = String::from_utf8(bytes).unwrap();
        let is_unprintable = |c| c != '\r' && xiangwei::source::is_unprintable(c);
        let found = text.find(is_unprintable);
        assert_eq!(found.map(|at| text[..at].lines().last().unwrap_or_default().to_owned()), None, "{path}");
        let escapes = ["\\u00", "\\b", "\\f", "\\ufffe"]
            .map(|escape| text.contains(escape) && path.extension() == Some("json"));
        assert!(!escapes.contains(&true), "{path} holds an escaped control character");
    }
}

#[test]
fn a_feed_is_as_new_as_its_newest_entry() {
    for built in BUILT.iter() {
        for (path, bytes) in built.site.iter().filter(|(path, _)| path.file_name() == Some("feed.xml")) {
            let text = str::from_utf8(bytes).unwrap();
            let dates = text.split("<updated>").skip(1).filter_map(|rest| rest.split_once("</updated>"));
            let dates: Vec<&str> = dates.map(|(date, _)| date).collect();
            let (own, entries) = dates.split_first().unwrap();
            let newest = entries.iter().max();
            assert!(
                newest.is_none_or(|newest| newest <= own),
                "{}/{path} is of {own} and has an entry of {newest:?}",
                built.name
            );
        }
    }
}

#[test]
fn a_file_and_a_folder_never_have_one_name() {
    for built in BUILT.iter() {
        for path in built.site.keys() {
            for folder in path.ancestors().skip(1) {
                assert!(
                    !built.site.contains_key(folder),
                    "{}: {folder} is a file and the folder of {path}",
                    built.name
                );
            }
        }
    }
}

#[test]
fn no_page_is_empty() {
    assert_none(&complaints(|_, _, page| {
        let empty = ["ul", "ol", "table", "dl", "tbody"].into_iter();
        let empty = empty.filter(|name| {
            let open = format!("<{name}");
            page.text.match_indices(&open).any(|(at, _)| {
                let rest = &page.text[at..];
                let inside = rest.split_once('>').map(|(_, inside)| inside.trim_start());
                inside.is_some_and(|inside| inside.starts_with(&format!("</{name}>")))
            })
        });
        empty.map(|name| format!("an empty {name}")).collect()
    }));
}

/// A site of `places` places below one province, each with a report for 2020, and of
/// `reports` more documents of one kind in as many years as it takes.
fn large(places: usize, provinces: usize) -> Project {
    let mut project = Project::new("-- site.yaml --\ntitle: 档案\nbase_url: https://www.example.org/\n");
    for province in 0..provinces {
        let text = format!("---\nname: 第{province}省\nlevel: province\n---\n");
        project.edit(&format!("content/p{province}/_index.md"), text);
    }
    for place in 0..places {
        let place_text =
            format!("---\nname: 第{place}县\nlevel: county\nparent: p{}\n---\n", place % provinces);
        project.edit(&format!("content/c{place}/_index.md"), place_text);
        let report = format!(
            "---\ntitle: 第{place}县2020年度报告\nissuer: 第{place}县人民政府\npublished: 2021-03-20\n---\n一、概况\n"
        );
        project.edit(&format!("content/c{place}/2020.md"), report);
    }
    project
}

/// The longest list of reports on a page, and every report that is listed on one of `pages`.
fn listed(site: &Site, below: &str) -> (usize, BTreeSet<String>) {
    let mut longest = 0;
    let mut all = BTreeSet::new();
    for (path, bytes) in site.iter().filter(|(path, _)| path.starts_with(below)) {
        let text = str::from_utf8(bytes).unwrap();
        let text = &text[text.find("<main").unwrap()..text.find("</main>").unwrap()];
        let links = tags(text).into_iter().filter_map(|tag| tag.get("href").map(str::to_owned));
        let reports: BTreeSet<String> =
            links.filter(|href| href.ends_with("/2020/") && href.starts_with("/c")).collect();
        assert!(!path.as_str().is_empty());
        longest = longest.max(reports.len());
        all.extend(reports);
    }
    (longest, all)
}

#[test]
fn a_long_list_is_split_at_addresses_that_last() {
    let site = large(601, 3).site();
    for folder in ["years/2020", "kinds/annual-report"] {
        let (longest, all) = listed(&site, folder);
        assert_eq!(all.len(), 601, "{folder} lost reports");
        assert!(longest <= 500, "a list in {folder} has {longest} rows");
    }
    for path in [
        "kinds/annual-report/2020/index.html",
        "kinds/annual-report/2020/p1/index.html",
        "years/2020/p1/index.html",
    ] {
        assert!(site.contains_key(Utf8Path::new(path)), "{path} is not there");
    }
    let files: Vec<&str> =
        site.keys().map(|path| path.as_str()).filter(|path| path.starts_with("kinds")).collect();
    insta::assert_snapshot!(files.join("\n"));
}

#[test]
fn a_list_that_nothing_groups_is_one_page_that_can_be_narrowed() {
    let site = large(601, 1).site();
    for folder in ["years/2020", "kinds/annual-report"] {
        let (longest, all) = listed(&site, folder);
        assert_eq!((longest, all.len()), (601, 601), "{folder}");
    }
    let pages: Vec<&str> =
        site.keys().map(|path| path.as_str()).filter(|path| path.starts_with("years/")).collect();
    assert_eq!(pages, ["years/2020/index.html"], "no page has a county alone");
    let year = str::from_utf8(&site[Utf8Path::new("years/2020/index.html")]).unwrap();
    assert!(year.contains("data-narrow=\".ledger-row\""));
}

#[test]
fn places_without_a_parent_are_grouped_by_division_code() {
    let mut project = Project::new("-- site.yaml --\ntitle: 档案\nbase_url: https://www.example.org/\n");
    let places = [("4401", 300), ("4403", 250), ("11", 120), ("12", 9), ("", 30)];
    let places = places.into_iter().flat_map(|(code, count)| (0..count).map(move |at| (code, at)));
    for (number, (code, at)) in places.enumerate() {
        let code = if code.is_empty() { String::new() } else { format!("code: \"{code:0<4}{at:05}\"\n") };
        let place = format!("---\nname: 第{number}县\nlevel: county\n{code}---\n");
        project.edit(&format!("content/c{number}/_index.md"), place);
        let report = format!(
            "---\ntitle: 第{number}县2020年度报告\nissuer: 第{number}县人民政府\npublished: 2021-03-20\n---\n一、概况\n"
        );
        project.edit(&format!("content/c{number}/2020.md"), report);
    }
    let site = project.site();
    let pages: Vec<(&str, usize)> = site
        .keys()
        .filter_map(|path| Some(path.as_str().strip_prefix("years/2020/")?.trim_end_matches("index.html")))
        .map(|part| (part, listed(&site, &format!("years/2020/{part}index.html")).1.len()))
        .collect();
    assert_eq!(pages, [("11/", 120), ("4401/", 300), ("4403/", 250), ("", 39)]);
    let part = str::from_utf8(&site[Utf8Path::new("years/2020/4401/index.html")]).unwrap();
    assert!(part.contains("<h1>2020年度 · 行政区划代码4401开头的地方</h1>"), "{part}");
    let (longest, all) = listed(&site, "kinds/annual-report/2020");
    assert_eq!((longest, all.len()), (300, 709));
    let coverage = str::from_utf8(&site[Utf8Path::new("coverage/index.html")]).unwrap();
    assert!(coverage.contains("href=\"/coverage/11/\"") && coverage.contains("第708县"));
}

#[test]
fn an_indicator_of_many_places_is_split_and_loses_none() {
    let mut project = large(601, 3);
    project.edit("indicators.yaml", "closed: { name: 办结案件, unit: 件, kind: flow }\n");
    for place in 0..601 {
        let report = format!(
            "---\ntitle: 第{place}县2020年度报告\nissuer: 第{place}县人民政府\npublished: 2021-03-20\nindicators: {{ closed: {0} }}\n---\n一、全年办结案件{0}件。\n",
            place + 1
        );
        project.edit(&format!("content/c{place}/2020.md"), report);
    }
    let site = project.site();
    let rows = |path: &str| -> BTreeSet<String> {
        let text = str::from_utf8(&site[Utf8Path::new(path)]).unwrap();
        tags(text).iter().filter_map(|tag| tag.get("data-place").map(str::to_owned)).collect()
    };
    let parts = ["p0", "p1", "p2"].map(|root| rows(&format!("indicators/closed/{root}/index.html")));
    assert!(parts.iter().all(|part| part.len() <= 500), "a part is too long");
    assert_eq!(parts.iter().map(BTreeSet::len).sum::<usize>(), 601);
    assert_eq!(parts.into_iter().flatten().collect::<BTreeSet<_>>().len(), 601);
    assert!(rows("indicators/closed/index.html").len() <= 500);
    // The figures of a year that is split stand on its parts.
    let has_table =
        |path: &str| str::from_utf8(&site[Utf8Path::new(path)]).unwrap().contains("data-sortable");
    assert!(has_table("years/2020/p1/index.html") && !has_table("years/2020/index.html"));
}

#[test]
fn bars_are_of_one_year_and_lines_have_a_page_for_others() {
    let mut project = large(4, 1);
    project.edit("indicators.yaml", "closed: { name: 办结案件, unit: 件, kind: flow }\n");
    let mut tell = |place: usize, year: i16, closed: usize| {
        let report = format!(
            "---\ntitle: 第{place}县{year}年度报告\nissuer: 第{place}县人民政府\npublished: {}-03-20\nindicators: {{ closed: {closed} }}\n---\n一、全年办结案件{closed}件。\n",
            year + 1
        );
        project.edit(&format!("content/c{place}/{year}.md"), report);
        let site = project.site();
        let page =
            |path: &str| site.get(Utf8Path::new(path)).map(|bytes| String::from_utf8(bytes.clone()).unwrap());
        (page("indicators/closed/index.html").unwrap(), page("indicators/closed/embed/index.html"))
    };
    for (place, year) in [(0, 2020), (1, 2020), (3, 2020)] {
        tell(place, year, 10 + place);
    }
    let (page, embed) = tell(2, 2021, 90);
    let row =
        |place: &str| page.split("<tr").find(|row| row.contains(&format!("data-place=\"{place}\""))).unwrap();
    assert!(page.contains("<th scope=col class=trend>2020"), "the bars say their year");
    for (place, has_bar) in [("c0", true), ("c1", true), ("c2", false), ("c3", true)] {
        assert_eq!(row(place).contains("class=length "), has_bar, "{place}");
    }
    assert_eq!(embed, None, "there is no line to draw");

    let (page, embed) = tell(0, 2021, 20);
    assert!(!page.contains("class=trend"), "several years are no bars");
    assert!(page.contains("data-embed=\"https://"), "{page}");
    let embed = embed.unwrap();
    assert!(embed.contains("<svg class=\"lines\"") && embed.contains("content=\"noindex\""), "{embed}");
}

/// Two years of a place that was called `old` before.
fn moved() -> Project {
    let mut project = Project::in_world("");
    project.edit(
        "content/new/_index.md",
        "---\nname: 新县\nlevel: county\nparent: jiangmen\naliases: /zwgk/old/\n---\n",
    );
    for year in [2019, 2020] {
        let attachment =
            if year == 2020 { "attachments: [{ file: '5#楼 100%.txt', title: 附件 }]\n" } else { "" };
        let head = format!(
            "---\ntitle: 新县{year}年度报告\nissuer: 新县人民政府\npublished: {}-03-20\n{attachment}---\n",
            year + 1
        );
        project.edit(&format!("content/new/{year}/index.md"), format!("{head}## 一、概况\n\n全年平稳。\n"));
    }
    project.edit("content/new/2020/5#楼 100%.txt", "甲\n");
    project
}

#[test]
fn what_stood_below_the_old_address_of_a_place_is_found() {
    let site = moved().site();
    let page = |path: &str| str::from_utf8(&site[Utf8Path::new(path)]).unwrap();
    for below in ["", "2019/", "2020/", "compare/", "compare/2019-2020/"] {
        let link = format!("<a href=\"/new/{below}\">");
        assert!(page(&format!("zwgk/old/{below}index.html")).contains(&link), "{below}");
    }
    for file in ["2020/5#楼 100%.txt", "2019/index.md", "feed.xml"] {
        let (old, new) = (format!("zwgk/old/{file}"), format!("new/{file}"));
        assert_eq!(site[Utf8Path::new(&old)], site[Utf8Path::new(&new)], "{file}");
    }
}

#[test]
fn the_name_of_a_file_is_encoded_in_links() {
    let site = moved().site();
    let page = str::from_utf8(&site[Utf8Path::new("new/2020/index.html")]).unwrap();
    assert!(page.contains("href=\"/new/2020/5%23%E6%A5%BC%20100%25.txt\""), "{page}");
}

#[test]
fn a_file_is_found_by_either_form_of_its_name() {
    let mut project = Project::in_world("");
    let head = "---\ntitle: 报告\nissuer: 甲\npublished: 2020-03-20\nattachments: [{ file: \"caf\u{e9}.txt\" }]\n---\n";
    project.edit("content/jiangmen/2019/index.md", format!("{head}见[甲](cafe\u{301}.txt)。\n"));
    project.edit("content/jiangmen/2019/cafe\u{301}.txt", "甲\n");
    let checked = project.check();
    assert!(checked.diagnostics.is_empty(), "{}", checked.frames());
    let site = project.site();
    assert!(site.contains_key(Utf8Path::new("jiangmen/2019/caf\u{e9}.txt")));
    let page = str::from_utf8(&site[Utf8Path::new("jiangmen/2019/index.html")]).unwrap();
    assert_eq!(page.matches("href=\"/jiangmen/2019/caf%C3%A9.txt\"").count(), 2);
}

#[test]
fn what_was_withdrawn_and_what_is_missing_are_no_figures() {
    let built = site("across");
    let text = |path: &str| &built.pages[Utf8Path::new(path)].text;
    let closed = text("indicators/closed/index.html");
    assert!(!closed.contains("999"), "a withdrawn figure is shown");
    assert!(!closed.contains("data-value=\"0\""), "a gap is zero");
    assert!(!built.pages.contains_key(Utf8Path::new("indicators/lawyers/index.html")));
    assert!(text("indicators/index.html").contains("执业律师"));
    assert!(text("indicators/trained_target/index.html").contains("目标，不是实绩"));
    let without = site("joint-issuers");
    assert!(without.pages.keys().all(|path| !path.starts_with("indicators")));
}

/// Some Han characters that say nothing, the same for the same seed.
fn noise(seed: u64, length: u64) -> String {
    const HAN: &str =
        "政府法治建设行政执法监督决策公开改革服务群众基层治理规范完善制度落实责任推进工作加强领导提升能力";
    let all: Vec<char> = HAN.chars().collect();
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        all[usize::try_from(state >> 40).unwrap() % all.len()]
    };
    (0..length).map(|_| next()).collect()
}

/// The years of a series of 57 reports with a long gap and a short one.
fn many_years() -> Vec<u64> {
    (1954..=2026).filter(|year| !(1967..=1977).contains(year) && !(1985..=1989).contains(year)).collect()
}

/// A place with 57 yearly reports: some sections last, most are of one year, and there are figures.
fn long_series(digests: &[u64]) -> Project {
    let mut project = Project::new(
        "-- site.yaml --\ntitle: 档案\nbase_url: https://www.example.org/\n\
         -- content/yun/_index.md --\n---\nname: 云麓市\nlevel: prefecture\n---\n",
    );
    let registry: String =
        (0..25).map(|n| format!("figure_{n}: {{ name: 指标{n}号, unit: 件, kind: flow }}\n")).collect();
    project.edit("indicators.yaml", registry);
    for year in many_years() {
        let claims: String = (0..25).map(|n| format!("  figure_{n}: {}\n", year * 7 + n * 1000)).collect();
        let figures: String = (0..25).map(|n| format!("指标{n}号{}件。", year * 7 + n * 1000)).collect();
        // Theme n is there for so many years from its first.
        let lasting = (0..70).filter(|n| (1950 + n..1955 + 2 * n).contains(&year));
        let lasting = lasting.map(|n| format!("\n## 甲{}\n\n{}。\n", noise(n, 5), noise(n + 500, 60)));
        let single = (0..40).map(|n| {
            let seed = year * 100 + n;
            format!(
                "\n## 乙{}\n\n{}。{}。\n",
                noise(seed, 7),
                noise(seed + 1_000_000, 40),
                noise(seed + 2_000_000, 30)
            )
        });
        let extent = if digests.contains(&year) { "extent: digest\n" } else { "" };
        let body: String = lasting.chain(single).collect();
        project.edit(
            &format!("content/yun/{year}.md"),
            format!(
                "---\ntitle: 云麓市人民政府{year}年度报告\nissuer: 云麓市人民政府\npublished: {}-03-20\n{extent}\
                 indicators:\n{claims}---\n{figures}\n{body}",
                year + 1
            ),
        );
    }
    project
}

/// The page of all years of a place.
fn years_page(project: &Project) -> Page {
    let archive = project.archive();
    let outline = xiangwei::outline::outline(&archive, false).value;
    let planned = xiangwei::ask::Planned::new(&archive, &outline);
    let theme = xiangwei::theme::Theme::load(&archive.sources, &archive.config).value.unwrap();
    let view = xiangwei::build::view(&planned, &xiangwei::route::Route::page(["yun", "compare"])).unwrap();
    let text = String::from_utf8(xiangwei::render::render(&theme, &view).unwrap()).unwrap();
    Page { tags: tags(&text), text }
}

#[test]
fn the_page_of_a_long_series_is_small_and_shows_what_lasts() {
    assert_eq!(many_years().len(), 57);
    let page = years_page(&long_series(&[1978]));
    assert!(page.text.len() <= 150_000, "{} bytes", page.text.len());
    assert!(page.tags.len() <= 6_000, "{} tags", page.tags.len());
    // What lasts is there as a line with its years, what does not is counted.
    let line = format!("甲{}", noise(50, 5));
    assert!(page.text.contains(&line), "{line} lasts from 2000 to 2026");
    assert!(!page.text.contains(&format!("乙{}", noise(199_000, 7))), "a section of one year");
    assert!(page.text.contains("没有收录1967—1977、1985—1989年度的报告"), "gaps are spans");
    // Every two neighbours are led to, under their decades.
    let pairs = page.text.matches("\"/yun/compare/").count();
    assert!(pairs >= 57, "{pairs} pairs");
    assert_eq!(page.text.matches("<details class=decade").count(), 8);
    assert!(page.text.contains("class=partial"), "a digest is told apart");
    // Not a table with a column for each of 57 years.
    let widest = page.text.split("<tr").map(|row| row.matches("<td").count()).max().unwrap();
    assert!(widest <= 13, "a row of {widest} cells");
}
