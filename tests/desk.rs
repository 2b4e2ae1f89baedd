//! Editing in the preview: nothing is written but by a page of the preview that has the key, nothing
//! but documents, and never over what somebody else has written.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test edits a folder of its own")]

#[path = "support/running.rs"]
mod running;
mod support;

use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use running::Running;
use serde_json::{Value, json};
use support::{Folder, Project};

const PATH: &str = "content/jiangmen/2019.md";
const AT: &str = "/jiangmen/2019/";

const TEXT: &str = "\
---
# 江门的年报
title: 江门市人民政府2019年度法治政府建设情况报告 # 全称
issuer: 江门市人民政府
written: 2020-03-02
published: 2020-03-20
---
## 一、化解行政争议

复议案件综合纠错率为40.02%。
";

fn site() -> Folder {
    let mut project = Project::in_world("");
    project.edit(PATH, TEXT);
    project.on_disk()
}

/// Every file of the site, to see that none is another.
fn files(root: &Utf8Path) -> Vec<(Utf8PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8().unwrap().map(Result::unwrap) {
            let kind = entry.file_type().unwrap();
            match kind.is_dir() {
                true => folders.push(entry.into_path()),
                false if kind.is_symlink() => {}
                false => files.push((entry.path().to_owned(), fs::read(entry.path()).unwrap())),
            }
        }
    }
    files.sort();
    files
}

/// A request of the desk, as a page of the preview makes it but for what is changed.
fn request(running: &Running, what: &str, body: &str, changes: &[(&str, Option<&str>)]) -> (u16, Vec<u8>) {
    let (host, length) = (running.address.clone(), body.len().to_string());
    let origin = format!("http://{host}");
    let key = running.key.clone().unwrap_or_default();
    let own = [
        ("Host", host.as_str()),
        ("Origin", origin.as_str()),
        ("Sec-Fetch-Site", "same-origin"),
        ("Content-Type", "application/json"),
        ("X-Xiangwei-Desk", key.as_str()),
        ("Content-Length", length.as_str()),
        ("Connection", "close"),
    ];
    let given = |name: &str| changes.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
    let lines = own.iter().filter_map(|(name, value)| Some((name, given(name).unwrap_or(Some(value))?)));
    let head: String = lines.map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    running.send(&format!("POST /@preview/desk/{what} HTTP/1.1\r\n{head}\r\n{body}"))
}

fn ask(running: &Running, what: &str, body: &Value) -> (u16, Value) {
    let (status, body) = request(running, what, &body.to_string(), &[]);
    (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

/// A sheet whose text is `text`, to be saved over what has this digest.
fn sheet(at: &str, text: &str, digest: &Value) -> Value {
    json!({ "at": at, "text": text, "digest": digest })
}

#[test]
fn nobody_writes_who_lacks_one_of_the_signs() {
    let folder = site();
    let running = Running::start(folder.path());
    let (status, opened) = ask(&running, "open", &json!({ "at": AT }));
    assert_eq!((status, opened["text"].as_str()), (200, Some(TEXT)));
    let before = files(folder.path());
    let body = sheet(AT, &TEXT.replace("40.02", "41.00"), &opened["digest"]).to_string();
    let other = "0".repeat(48);
    let cases: [(&str, Option<&str>, u16); 14] = [
        ("Origin", None, 403),
        ("Origin", Some("null"), 403),
        ("Origin", Some("http://evil.example"), 403),
        ("Origin", Some("http://127.0.0.1:1"), 403),
        ("Host", Some("evil.example"), 421),
        ("Host", Some("localhost"), 403),
        ("Sec-Fetch-Site", Some("cross-site"), 403),
        ("Sec-Fetch-Site", Some("same-site"), 403),
        ("Content-Type", None, 415),
        ("Content-Type", Some("text/plain"), 415),
        ("Content-Type", Some("multipart/form-data; boundary=a"), 415),
        ("X-Xiangwei-Desk", None, 401),
        ("X-Xiangwei-Desk", Some(&other), 401),
        ("X-Xiangwei-Desk", Some(""), 401),
    ];
    for (name, value, expected) in cases {
        for what in ["save", "open", "sketch", "choices", "import"] {
            let (status, answer) = request(&running, what, &body, &[(name, value)]);
            assert_eq!(status, expected, "{what} {name}: {value:?}");
            assert!(!String::from_utf8_lossy(&answer).contains("江门"), "{what} {name}");
        }
    }
    // A page that rebinds its own name, and so has the right origin, is not on this machine.
    let rebound = [("Host", Some("evil.example")), ("Origin", Some("http://evil.example"))];
    assert_eq!(request(&running, "save", &body, &rebound).0, 421);
    for method in ["GET", "PUT", "DELETE", "OPTIONS"] {
        let (status, _) = running.send(&format!(
            "{method} /@preview/desk/save HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            running.address
        ));
        assert!(matches!(status, 403 | 405), "{method} {status}");
    }
    assert!(files(folder.path()) == before, "something was written");
    assert_eq!(request(&running, "save", &body, &[]).0, 200, "with all signs it is saved");
}

#[test]
fn there_is_a_desk_on_this_machine_alone_unless_it_is_wished_twice() {
    let folder = site();
    let body = sheet(AT, TEXT, &Value::Null).to_string();
    for more in [&["--read-only"][..], &["--host", "0.0.0.0"]] {
        let running = Running::with(folder.path(), more);
        assert_eq!(running.key, None, "{more:?}");
        let host = running.address.replace("0.0.0.0", "127.0.0.1");
        let own = [("Host", Some(host.as_str())), ("X-Xiangwei-Desk", Some("a"))];
        assert_eq!(request(&running, "save", &body, &own).0, 405, "{more:?}");
        assert_eq!(running.get("/@preview/desk").0, 404, "{more:?}");
        assert!(!String::from_utf8_lossy(&running.get(AT).1).contains("data-desk"), "{more:?}");
    }
    let running = Running::with(folder.path(), &["--host", "0.0.0.0", "--allow-edit"]);
    let local = running.address.replace("0.0.0.0", "127.0.0.1");
    let origin = format!("http://{local}");
    let own = [("Host", Some(local.as_str())), ("Origin", Some(origin.as_str()))];
    assert_eq!(request(&running, "open", &json!({ "at": AT }).to_string(), &own).0, 200);
    let without = [own[0], own[1], ("X-Xiangwei-Desk", None)];
    assert_eq!(request(&running, "open", &json!({ "at": AT }).to_string(), &without).0, 401);
}

#[test]
fn nothing_but_documents_is_read_or_written() {
    let folder = site();
    let root = folder.path();
    fs::write(root.join("content/secret.md"), "秘密").unwrap();
    let running = Running::start(root);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("/tmp", root.join("content/linked")).unwrap();
        std::os::unix::fs::symlink(root.join("site.yaml"), root.join("content/jiangmen/2015.md")).unwrap();
    }
    let before = files(root);
    for at in [
        "/../site/",
        "/site.yaml/",
        "/jiangmen/2019/../../../x/",
        "/jiangmen/../2019/",
        "/secret/",
        "/",
        "",
        "/jiangmen/2019/a/b/",
        "/jiangmen/2019/_index/",
        "/jiangmen/2019/index/",
        "/Jiangmen/2019/",
        "//etc/2019/",
        "/jiangmen/2019/.git/",
        "/search/2019/",
        "/jiangmen\\..\\x/2019/",
        "/linked/2019/",
        "/jiangmen/2015/",
        "/nowhere/2019/",
    ] {
        for what in ["open", "save"] {
            let (status, answer) = ask(&running, what, &sheet(at, TEXT, &Value::Null));
            assert!(matches!(status, 404 | 409 | 422), "{what} {at}: {status} {answer}");
            assert!(
                !answer.to_string().contains("base_url") && !answer.to_string().contains("秘密"),
                "{what} {at}"
            );
        }
    }
    let long = "长".repeat(2 << 20);
    assert_eq!(ask(&running, "save", &sheet("/jiangmen/2016/", &long, &Value::Null)).0, 422);
    assert_eq!(ask(&running, "save", &sheet("/jiangmen/2016/", "a\0b", &Value::Null)).0, 422);
    assert_eq!(request(&running, "save", &"x".repeat(33 << 20), &[]).0, 413);
    assert_eq!(request(&running, "save", "{", &[]).0, 400);
    assert!(files(root) == before, "something was written");
    assert!(!Utf8Path::new("/tmp/2019.md").exists());
}

#[test]
fn what_somebody_else_has_written_is_shown_and_not_written_over() {
    let folder = site();
    let running = Running::start(folder.path());
    let (_, opened) = ask(&running, "open", &json!({ "at": AT }));
    let theirs = TEXT.replace("40.02", "50.00");
    fs::write(folder.path().join(PATH), &theirs).unwrap();
    let mine = TEXT.replace("40.02", "60.00");
    let (status, answer) = ask(&running, "save", &sheet(AT, &mine, &opened["digest"]));
    assert_eq!((status, answer["now"]["text"].as_str()), (409, Some(&*theirs)));
    assert_eq!(fs::read_to_string(folder.path().join(PATH)).unwrap(), theirs);
    // Who has seen it may write over it.
    assert_eq!(ask(&running, "save", &sheet(AT, &mine, &answer["now"]["digest"])).0, 200);
    assert_eq!(fs::read_to_string(folder.path().join(PATH)).unwrap(), mine);
    // A new document never takes the place of one that is there.
    let (status, answer) = ask(&running, "save", &sheet(AT, TEXT, &Value::Null));
    assert_eq!((status, answer["now"]["text"].as_str()), (409, Some(&*mine)));
}

#[test]
fn an_unsaved_text_is_shown_as_it_will_be_and_nothing_is_written() {
    let folder = site();
    let running = Running::start(folder.path());
    let page = |path: &str| String::from_utf8(running.get(path).1).unwrap();
    let own = |path: &str| page(path).split(xiangwei::serve::ADDITIONS).next().unwrap().to_owned();
    let (_, opened) = ask(&running, "open", &json!({ "at": AT }));
    let (before, pages) = (files(folder.path()), [own("/"), own(AT), own("/jiangmen/")]);
    assert_eq!(opened["page"].as_str(), Some(&*pages[1]));

    // A form is filled in and the text edited; one date is wrong.
    let set = json!({ "set": { "written": "2020年3月32日", "source": "江门市司法局" }, "body": "## 一、新\n\n新的一段。\n" });
    let (status, wrong) = ask(&running, "sketch", &json!({ "at": AT, "text": TEXT, "changes": set }));
    assert_eq!(status, 200);
    let told =
        wrong["findings"].as_array().unwrap().iter().find(|found| found["field"] == "written").unwrap();
    assert!(told["is_error"] == true && told["help"].is_string(), "{told}");

    let set = json!({ "set": { "written": "2020年3月3日" } });
    let (_, mended) = ask(&running, "sketch", &json!({ "at": AT, "text": wrong["text"], "changes": set }));
    assert!(
        mended["findings"].as_array().unwrap().iter().all(|found| found["is_error"] == false),
        "{mended}"
    );
    assert!(
        mended["text"].as_str().unwrap().starts_with(
            "---\n# 江门的年报\ntitle: 江门市人民政府2019年度法治政府建设情况报告 # 全称\nissuer"
        )
    );
    assert!(
        mended["matter"]
            .as_str()
            .unwrap()
            .contains("written: 2020-03-03\npublished: 2020-03-20\nsource: 江门市司法局\n")
    );

    // Nothing is written, and every page is as it was.
    assert!(files(folder.path()) == before);
    assert_eq!([own("/"), own(AT), own("/jiangmen/")], pages);

    // The page that was shown is the page that is there after saving.
    let (status, _) = ask(&running, "save", &sheet(AT, mended["text"].as_str().unwrap(), &opened["digest"]));
    assert_eq!((status, mended["page"].as_str()), (200, Some(&*own(AT))));
    assert!(own(AT).contains("新的一段"));
}

#[test]
fn a_new_document_and_its_place_are_made() {
    let folder = site();
    let running = Running::start(folder.path());
    let text = TEXT.replace("江门市", "蓬江区");
    let place = json!({ "name": "蓬江区", "level": "county", "parent": "jiangmen" });
    let new = json!({ "at": "/pengjiang-new/2019/", "place": place, "text": text });
    let (status, shown) = ask(&running, "sketch", &new);
    assert_eq!(status, 200);
    assert!(shown["page"].as_str().unwrap().contains("蓬江区"));
    assert_eq!(running.get("/pengjiang-new/2019/").0, 404);
    assert!(!folder.path().join("content/pengjiang-new").exists());
    let (status, answer) = ask(&running, "save", &new);
    assert_eq!(status, 200, "{answer}");
    let (status, body) = running.get("/pengjiang-new/2019/");
    assert_eq!((status, String::from_utf8_lossy(&body).contains("蓬江区")), (200, true));
    let (_, choices) = ask(&running, "choices", &json!({}));
    let places = choices["places"].as_array().unwrap();
    assert!(places.iter().any(|place| place["slug"] == "pengjiang-new" && place["depth"] == 1), "{choices}");
    assert!(choices["taken"].as_array().unwrap().contains(&json!("/pengjiang-new/2019/")));
}

#[test]
fn a_file_becomes_a_sheet_and_its_log_is_kept_beside_the_document() {
    let folder = site();
    let running = Running::start(folder.path());
    let text =
        "江门市人民政府2016年度法治政府建设情况报告\n\n一、化解行政争议\n\n全年办结行政复议案件745件。\n";
    let source = json!({ "name": "年报.txt", "text": text });
    let coming = json!({ "at": "/jiangmen/2016/", "kind": "annual-report", "source": source });
    let before = files(folder.path());
    let (status, sheet) = ask(&running, "import", &coming);
    assert_eq!(status, 200, "{sheet}");
    assert!(sheet["body"].as_str().unwrap().contains("全年办结行政复议案件745件。"), "{sheet}");
    assert!(sheet["imported"]["changes"].is_array());
    assert!(files(folder.path()) == before, "an import writes nothing");
    let made_of = json!({ "kind": "annual-report", "source": source });
    let new = json!({ "at": "/jiangmen/2016/", "text": sheet["text"], "made_of": made_of });
    let (status, answer) = ask(&running, "save", &new);
    assert_eq!(status, 200, "{answer}");
    let log = fs::read_to_string(folder.path().join("content/jiangmen/2016.import.json")).unwrap();
    assert!(serde_json::from_str::<Value>(&log).unwrap()["source"]["sha256"].is_string());
    let coming = json!({ "at": "/jiangmen/2017/", "kind": "annual-report", "source": { "name": "a.docx", "data": "UEsDBA==" } });
    let (status, answer) = ask(&running, "import", &coming);
    assert!(status == 422 && !answer["error"].as_str().unwrap().is_empty(), "{status} {answer}");
}

#[test]
fn a_blank_document_begins_as_new_makes_it() {
    let folder = site();
    let running = Running::start(folder.path());
    let blank = |at: &str, kind: &str, place: Value| {
        let source = json!({ "name": "", "text": "  " });
        let coming = json!({ "at": at, "kind": kind, "place": place, "source": source });
        let (status, sheet) = ask(&running, "import", &coming);
        assert_eq!(status, 200, "{sheet}");
        sheet
    };
    let next = blank("/jiangmen/2020/", "annual-report", Value::Null);
    let text = next["text"].as_str().unwrap();
    assert!(text.contains("title: 江门市2020年法治政府建设年度报告"), "{text}");
    assert!(text.contains("issuer: 江门市人民政府\n"), "the year before says who: {text}");
    assert!(text.contains("\n## 一、化解行政争议\n"), "and what its sections are: {text}");
    // What is on the desk is looked at by a person and shown as it will be, and so it is no draft.
    assert!(!text.contains("draft") && next["page"].is_string(), "{next}");
    let place = json!({ "name": "蓬江区", "level": "county", "parent": "jiangmen" });
    let plan = blank("/pengjiang-new/2020/work-plan/", "work-plan", place);
    let text = plan["text"].as_str().unwrap();
    assert!(text.contains("title: 蓬江区2020年法治政府建设工作要点"), "{text}");
    assert!(text.contains("\nkind: work-plan"), "{text}");
}

#[test]
fn what_was_copied_from_a_word_processor_is_read_with_its_marks() {
    let folder = site();
    let running = Running::start(folder.path());
    let word = include_str!("import/html/word-clipboard.html");
    // Browsers hand over text, whatever the page says of its bytes, and not all of them a fragment's marks.
    let wps = "<meta http-equiv=Content-Type content='text/html; charset=gb2312'>\
        <p>江门市人民政府2016年度法治政府建设情况报告</p><p><b>一、化解行政争议</b></p>\
        <p>全年办结行政复议案件745件。</p><table><tr><td>年度</td><td>件数</td></tr><tr><td>2016</td><td>745</td></tr></table>";
    for (html, wanted) in [(word, "一、"), (wps, "| 年度 | 件数 |")] {
        let source = json!({ "name": "", "text": "没有格式的文字", "html": html });
        let coming = json!({ "at": "/jiangmen/2016/", "kind": "annual-report", "source": source });
        let (status, sheet) = ask(&running, "import", &coming);
        assert_eq!(status, 200, "{sheet}");
        let body = sheet["body"].as_str().unwrap();
        assert!(body.contains(wanted) && !body.contains("没有格式"), "{body}");
    }
}
