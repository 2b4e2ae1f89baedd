//! What the site says of documents that are not what they seem: texts that are not the whole of
//! the original, notes of whoever edited them, and places that were made up.

#![allow(clippy::unwrap_used, reason = "a test reads its fixtures")]

#[path = "support/html.rs"]
mod html;
mod support;

use camino::Utf8Path;
use serde_json::Value;
use support::{Project, Site, unpacked};
use xiangwei::ask::Planned;
use xiangwei::route::Route;

/// A city with a whole report, two openings and a digest, and a town that was made up with its bureau.
const WORLD: &str = "\
-- site.yaml --
title: 示例档案
base_url: https://www.example.org/
publisher: { name: 档案编辑部 }
-- indicators.yaml --
trained: { name: 培训执法人员, unit: 名, kind: flow }
-- content/linjiang/_index.md --
---
name: 临江市
level: prefecture
---
-- content/linjiang/2018.md --
---
title: 临江市2018年度法治政府建设情况报告
issuer: 临江市人民政府
document_number: 临府〔2019〕3号
published: 2019-03-01
source: 临江日报
extent: digest
indicators: { trained: 300 }
---
## 一、执法队伍

全年培训执法人员300名，队伍建设抓得很紧。

## 二、普法宣传

各乡镇都办了普法大集，到场的群众很多。

> 编者注：本页由编辑部摘编，全年培训执法人员9999名一说未见于原文。
-- content/linjiang/2019.md --
---
title: 临江市2019年度法治政府建设情况报告
issuer: 临江市人民政府
published: 2020-03-01
indicators: { trained: 420 }
---
## 一、执法队伍

全年培训执法人员420名，队伍建设继续加强。

## 二、决策公开

重大行政决策全部公开征求意见，听证会开了九次。
-- content/linjiang/2020.md --
---
title: 临江市2020年度法治政府建设情况报告
issuer: 临江市人民政府
published: 2021-03-01
extent: opening
indicators: { trained: 450 }
---
## 一、执法队伍

全年培训执法人员450名，队伍建设继续加强。
-- content/wuyou/_index.md --
---
name: 乌有镇
level: township
invented: true
---
-- content/wuyou/2019.md --
---
title: 乌有镇2019年度法治政府建设情况报告
issuer: 乌有镇人民政府
published: 2020-03-01
indicators: { trained: 8 }
---
全年培训执法人员8名。
-- content/wuyou/2020.md --
---
title: 乌有镇2020年度法治政府建设情况报告
issuer: 乌有镇人民政府
published: 2021-03-01
indicators: { trained: 9 }
---
全年培训执法人员9名。
-- content/wuyou-sifa/_index.md --
---
name: 乌有镇司法所
level: department
parent: wuyou
---
-- content/wuyou-sifa/2020.md --
---
title: 乌有镇司法所2020年度工作报告
issuer: 乌有镇司法所
published: 2021-03-01
---
调解纠纷。
";

fn text<'a>(site: &'a Site, path: &str) -> &'a str {
    std::str::from_utf8(&site[Utf8Path::new(path)]).unwrap()
}

/// The structured data of a page.
fn json_ld(page: &str) -> Value {
    let start = page.split_once("<script type=\"application/ld+json\">").unwrap().1;
    serde_json::from_str(start.split_once("</script>").unwrap().0).unwrap()
}

fn label<'a>(page: &'a str, name: &str) -> &'a str {
    let label = page.split_once(&format!("<meta name={name} ")).unwrap().1;
    let start = label.split_once("content=\"").unwrap().1;
    start.split_once('"').unwrap().0
}

/// The view of a page as a program sees it.
fn view(route: &[&str]) -> Value {
    let archive = Project::new(WORLD).archive();
    let outline = xiangwei::outline::outline(&archive, false).value;
    let planned = Planned::new(&archive, &outline);
    let route = Route::page(route);
    let mut view = serde_json::to_value(xiangwei::build::view(&planned, &route).unwrap()).unwrap();
    let found = serde_json::to_value(xiangwei::build::outcome(&planned, &route)).unwrap();
    view.as_object_mut()
        .unwrap()
        .extend(found.as_object().into_iter().flatten().map(|(k, v)| (k.clone(), v.clone())));
    view
}

#[test]
fn the_world_is_sound() {
    assert_eq!(Project::new(WORLD).check().lines(), "");
}

#[test]
fn a_digest_is_a_work_of_the_publisher_that_is_based_on_the_original() {
    let site = Project::new(WORLD).site();
    let page = text(&site, "linjiang/2018/index.html");
    assert_eq!(label(page, "Author"), "档案编辑部");
    assert_eq!(label(page, "ContentSource"), "临江日报");
    let about = &json_ld(page)["@graph"][0];
    assert_eq!(about["author"][0]["name"], "档案编辑部");
    let original = &about["isBasedOn"];
    assert_eq!(original["author"][0]["name"], "临江市人民政府");
    assert_eq!(original["reportNumber"], "临府〔2019〕3号");
    assert_eq!((&original["datePublished"], &about["datePublished"]), (&"2019-03-01".into(), &Value::Null));
    let citation = page.split_once("class=citation-text lang=zh-Hans>").unwrap().1.split_once('<').unwrap().0;
    assert_eq!(
        citation.trim(),
        "临江市人民政府.临江市2018年度法治政府建设情况报告:临府〔2019〕3号[R/OL].(2019-03-01).\
         临江日报.本页为“档案编辑部”的摘编，不是原文."
    );
    assert!(page.contains("本站摘编，非原文全文"), "it says so in words");
    let feed = text(&site, "feed.xml");
    assert!(feed.contains("<title>临江市2018年度法治政府建设情况报告（摘编）</title>"), "{feed}");
}

#[test]
fn an_opening_is_the_issuers_and_the_publishers() {
    let site = Project::new(WORLD).site();
    let page = text(&site, "linjiang/2020/index.html");
    assert_eq!(label(page, "Author"), "临江市人民政府;档案编辑部");
    assert_eq!(json_ld(page)["@graph"][0]["isBasedOn"]["@type"], "Report");
    let whole = text(&site, "linjiang/2019/index.html");
    assert_eq!(label(whole, "Author"), "临江市人民政府");
    let about = &json_ld(whole)["@graph"][0];
    assert_eq!((&about["@type"], &about["isBasedOn"]), (&"Report".into(), &Value::Null));
}

#[test]
fn lists_coverage_and_data_say_what_is_held() {
    let site = Project::new(WORLD).site();
    for path in
        ["linjiang/index.html", "years/2018/index.html", "kinds/annual-report/index.html", "index.html"]
    {
        assert!(text(&site, path).contains("<em class=\"status extent\">摘编</em>"), "{path}");
    }
    let coverage = text(&site, "coverage/index.html");
    assert!(coverage.contains("class=\"mark on-time partial\"") && coverage.contains("非全文"));
    let documents = text(&site, "data/documents.csv");
    assert!(documents.lines().next().unwrap().ends_with(",extent,invented"), "{documents}");
    assert_eq!(documents.matches(",digest,false").count(), 1);
    assert_eq!(documents.matches(",full,true").count(), 3);
}

#[test]
fn what_is_not_whole_calls_nothing_new_or_gone() {
    let of = |view: &Value| -> Vec<String> {
        view["sections"]
            .as_array()
            .unwrap()
            .iter()
            .map(|pair| pair["status"].as_str().unwrap().into())
            .collect()
    };
    let digest = view(&["linjiang", "compare", "2018-2019"]);
    assert_eq!((&digest["shares"], &digest["compare"]["whole"]), (&Value::Null, &false.into()));
    assert_eq!(of(&digest), ["matched", "before-only", "after-only"]);
    assert_eq!(digest["compare"]["before_only"][0]["title"], "普法宣传");
    let parts = digest["compare"]["parts"].as_array().unwrap();
    let html = parts.iter().map(|part| part["html"].as_str().unwrap()).collect::<String>();
    assert!(html.contains("class=\"apart\"") && !html.contains("<del>") && !html.contains("<ins>"), "{html}");
    // Both declare the figure.
    assert_eq!(digest["figures"][0]["indicator"], "trained");
    let opening = view(&["linjiang", "compare", "2019-2020"]);
    assert_eq!((&opening["shares"], &opening["compare"]["verbatim"]), (&Value::Null, &true.into()));
    assert_eq!(of(&opening), ["matched", "before-only"]);
    let page = text(&Project::new(WORLD).site(), "linjiang/compare/2018-2019/index.html").to_owned();
    assert!(page.contains("不能说删去或新增") && !page.contains("变了多少"), "{page}");
    assert!(!page.contains("fate-removed") && !page.contains("fate-added"));
}

#[test]
fn years_between_that_are_not_held_are_told() {
    let mut project = Project::new(WORLD);
    project.remove("content/linjiang/2019.md");
    let page = text(&project.site(), "linjiang/compare/2018-2020/index.html").to_owned();
    assert!(page.contains("其间2019年度没有收录报告") && !page.contains("还收录了"), "{page}");
}

#[test]
fn two_whole_texts_are_compared_as_before() {
    let whole = view(&["wuyou", "compare", "2019-2020"]);
    assert_eq!((&whole["compare"]["whole"], whole["shares"].is_object()), (&true.into(), true));
}

#[test]
fn a_note_of_the_editor_is_shown_and_is_no_part_of_the_text() {
    let project = Project::new(WORLD);
    let site = project.site();
    let page = text(&site, "linjiang/2018/index.html");
    assert!(page.contains("<aside class=\"editors-note\">\n<p>编者注：本页由编辑部摘编"), "{page}");
    let compared = unpacked(&site[Utf8Path::new("linjiang/compare/texts.json.gz")]);
    assert!(compared.contains("临江") && !compared.contains("编者注"), "it is not compared");
    let mut claims = project.clone();
    let report = String::from_utf8(project.files()["content/linjiang/2018.md"].clone()).unwrap();
    claims.edit("content/linjiang/2018.md", report.replace("trained: 300", "trained: 9999"));
    assert!(claims.check().codes().contains("indicator/unsupported"), "it bears out no figure");
    let alert = report.replace("> 编者注：", "> [!NOTE]\n> ");
    let site = claims.edit("content/linjiang/2018.md", alert).site();
    let page = text(&site, "linjiang/2018/index.html");
    assert!(
        page.contains("<aside class=\"editors-note\">\n<p class=\"label\">编者注</p>\n<p>本页由编辑部摘编"),
        "{page}"
    );
}

#[test]
fn an_invented_place_is_called_so_wherever_it_appears() {
    let site = Project::new(WORLD).site();
    let mut seen = 0;
    for (path, bytes) in site.iter().filter(|(path, _)| path.extension() == Some("html")) {
        let page = std::str::from_utf8(bytes).unwrap();
        let own = path.starts_with("wuyou") || path.starts_with("wuyou-sifa");
        if own && path.file_name() == Some("index.html") {
            assert!(page.contains("虚构的示例，不是真实的政府文件"), "{path} has no notice");
            assert!(page.contains("（虚构示例） - 示例档案</title>") || page.contains("（虚构）"), "{path}");
            seen += 1;
        } else if page.contains("乌有镇") {
            assert!(page.contains("虚构"), "{path} names it and does not call it invented");
        }
    }
    assert_eq!(seen, 7, "two places, three documents, two comparisons");
    let feed = text(&site, "feed.xml");
    assert!(feed.contains("<title>乌有镇2019年度法治政府建设情况报告（虚构示例）</title>"));
    let about = json_ld(text(&site, "wuyou/2019/index.html"));
    assert!(about["@graph"][0]["disambiguatingDescription"].as_str().unwrap().contains("虚构"));
}

#[test]
fn an_invented_place_counts_nowhere_among_real_ones() {
    let home = view(&[]);
    assert_eq!(
        home["home"]["counts"],
        serde_json::json!({"places": 1, "documents": 3, "years": 3, "figures": 3})
    );
    let coverage = view(&["coverage"]);
    let table = &coverage["coverage"]["tables"][0];
    let held: Vec<u64> =
        table["totals"].as_array().unwrap().iter().map(|year| year["held"].as_u64().unwrap()).collect();
    assert_eq!(held, [1, 1, 1]);
    let indicator = view(&["indicators", "trained"]);
    assert_eq!(indicator["indicator"]["places"], 1);
    let drawn: Vec<(&str, bool)> = indicator["indicator"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["name"].as_str().unwrap(), row["drawn"].as_bool().unwrap()))
        .collect();
    assert_eq!(drawn, [("临江市", true), ("乌有镇（虚构）", false)]);
}
