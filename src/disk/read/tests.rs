//! What is found in a folder and what is not, links and pipes and all.

use std::fs;

use super::survey::is_trick;
use super::*;
use crate::source::Span;

struct Site(tempfile::TempDir);

impl Site {
    fn new(files: &[(&str, &str)]) -> Self {
        let site = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            site.write(path, text.as_bytes());
        }
        site
    }

    fn root(&self) -> &Utf8Path {
        Utf8Path::from_path(self.0.path()).unwrap()
    }

    fn write(&self, path: &str, bytes: &[u8]) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn read(&self) -> Diagnosed<Sources> {
        read(self.root()).unwrap()
    }

    fn texts(&self) -> Vec<String> {
        self.read().value.texts().iter().map(|text| text.path().to_string()).collect()
    }

    fn blobs(&self) -> Vec<String> {
        self.read().value.blobs().iter().map(|blob| blob.path.to_string()).collect()
    }

    fn complaints(&self) -> Vec<(&'static str, String)> {
        let complaints = self.read().diagnostics.into_iter();
        complaints.map(|d| (d.code, d.path.into_string())).collect()
    }
}

#[test]
fn the_files_of_a_site_are_found_by_their_places() {
    let site = Site::new(&[
        ("site.yaml", ""),
        ("indicators.yaml", ""),
        ("README.md", ""),
        ("public/index.html", ""),
        ("content/_index.md", ""),
        ("content/jiangmen/2019/index.md", ""),
        ("content/jiangmen/2019/附件1.pdf", ""),
        ("templates/parts/page.html", ""),
        ("themes/plain/theme.yaml", ""),
        ("themes/plain/README.md", ""),
        ("themes/plain/templates/base.html", ""),
        ("themes/plain/i18n/en.yaml", ""),
        ("themes/plain/assets/style.css", ""),
        ("themes/plain/assets/site.js", ""),
        ("themes/plain/assets/logo.svg", ""),
        ("themes/plain/assets/theme.yaml", ""),
        ("static/.well-known/security.txt", ""),
    ]);
    assert_eq!(
        site.texts(),
        [
            "content/_index.md",
            "content/jiangmen/2019/index.md",
            "indicators.yaml",
            "site.yaml",
            "templates/parts/page.html",
            "themes/plain/assets/site.js",
            "themes/plain/assets/style.css",
            "themes/plain/i18n/en.yaml",
            "themes/plain/templates/base.html",
            "themes/plain/theme.yaml",
        ]
    );
    assert_eq!(
        site.blobs(),
        [
            "content/jiangmen/2019/附件1.pdf",
            "static/.well-known/security.txt",
            "themes/plain/assets/logo.svg",
            "themes/plain/assets/theme.yaml",
        ]
    );
    assert_eq!(site.complaints(), []);
}

#[test]
fn what_editors_leave_behind_is_no_content() {
    let site = Site::new(&[
        ("content/a/2019.md~", ""),
        ("content/a/.2019.md.swp", ""),
        ("content/a/#2019.md#", ""),
        ("content/a/~$附件.docx", ""),
        ("content/a/Thumbs.db", ""),
        ("content/.obsidian/app.json", ""),
        ("templates/page.html~", ""),
    ]);
    assert_eq!(site.texts(), [""; 0]);
    assert_eq!(site.blobs(), [""; 0]);
}

#[test]
fn a_blob_has_the_digest_that_others_compute() {
    let site = Site::new(&[("content/a/b.pdf", "abc")]);
    let sources = site.read().value;
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(sources.blobs()[0].sha256, sha256);
    assert_eq!(sources.blobs()[0].size, 3);
}

#[test]
fn one_bad_text_costs_only_itself() {
    let site = Site::new(&[("content/a/2019.md", "好\r\n")]);
    site.write("content/a/2020.md", b"title: \xBD\xAD\xC3\xC5\xCA\xD0");
    let read = site.read();
    assert_eq!(read.value.texts().len(), 1);
    assert_eq!(read.value.texts()[0].text(), "好\n");
    assert_eq!(site.complaints(), [("file/encoding", "content/a/2020.md".into())]);
    assert_eq!(read.diagnostics[0].span, Some(Span::new(7..8)));
}

#[test]
fn a_huge_text_is_not_read() {
    let site = Site::new(&[("content/a/2019.md", "")]);
    let path = site.root().join("content/a/2019.md");
    let file = fs::File::options().write(true).open(path).unwrap();
    file.set_len(MAX_TEXT).unwrap();
    assert_eq!(site.complaints()[0].0, "file/encoding", "NUL bytes, all of them");
    file.set_len(200 << 30).unwrap();
    assert_eq!(site.complaints(), [("file/too-large", "content/a/2019.md".into())]);
}

#[test]
fn a_file_of_nothing_but_holes_is_not_read() {
    let site = Site::new(&[("static/a.mp4", ""), ("content/a/b.pdf", ""), ("themes/x/assets/c.png", "")]);
    for path in ["static/a.mp4", "content/a/b.pdf", "themes/x/assets/c.png"] {
        let file = fs::File::options().write(true).open(site.root().join(path)).unwrap();
        file.set_len(300 << 30).unwrap();
    }
    assert_eq!(site.blobs(), [""; 0]);
    let codes: Vec<_> = site.complaints().into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["file/too-large"; 3]);
}

#[test]
fn what_nobody_means_to_publish_is_left_out_of_static_and_told() {
    let site = Site::new(&[
        ("static/.git/config", ""),
        ("static/.git/HEAD", ""),
        ("static/.env", ""),
        ("static/.public.xiangwei/journal.json", ""),
        ("static/a/.DS_Store", ""),
        ("static/a/thumbs.DB", ""),
        ("static/~WRL0001.tmp", ""),
        ("static/~$letter.docx", ""),
        ("static/old.sql.bak", ""),
        ("static/index.php~", ""),
        ("static/.well-known/.secret", ""),
        ("static/.well-known/security.txt", ""),
        ("static/.nojekyll", ""),
        ("static/a/logo.png", ""),
    ]);
    assert_eq!(site.blobs(), ["static/.nojekyll", "static/.well-known/security.txt", "static/a/logo.png"]);
    let told = site.complaints();
    assert!(told.iter().all(|(code, _)| *code == "file/left-out"), "{told:?}");
    let paths: Vec<_> = told.iter().map(|(_, path)| path.as_str()).collect();
    assert_eq!(
        paths,
        [
            "static/.env",
            "static/.git",
            "static/.public.xiangwei",
            "static/.well-known/.secret",
            "static/a/.DS_Store",
            "static/a/thumbs.DB",
            "static/index.php~",
            "static/old.sql.bak",
            "static/~$letter.docx",
            "static/~WRL0001.tmp",
        ]
    );
}

#[test]
fn settings_of_another_name_are_told() {
    let site = Site::new(&[
        ("site.yaml", ""),
        ("site.yml", ""),
        ("indicators.yaml.txt", ""),
        ("themes/plain/theme.yml", ""),
        ("content/site.yml", ""),
    ]);
    assert_eq!(site.texts(), ["site.yaml"]);
    let told = site.read().diagnostics;
    let told: Vec<_> =
        told.iter().map(|told| (told.code, told.path.as_str(), &*told.help.as_ref().unwrap().en)).collect();
    let renamed = |path, help| ("file/unread", path, help);
    assert_eq!(
        told,
        [
            renamed("indicators.yaml.txt", "rename it to indicators.yaml"),
            renamed(
                "site.yml",
                "there is a site.yaml beside it: move what is still needed into that, and remove this file"
            ),
            renamed("themes/plain/theme.yml", "rename it to theme.yaml"),
        ]
    );
    let other = Site::new(&[("site.yml", ""), ("content/a/2019.md", "")]);
    let root = other.root().canonicalize_utf8().unwrap();
    assert_eq!(find_misnamed(&other.root().join("content/a")), Some(root.join("site.yml")));
}

#[test]
fn a_site_is_found_from_any_folder_below() {
    let site = Site::new(&[("site.yaml", ""), ("content/a/2019.md", "")]);
    let root = site.root().canonicalize_utf8().unwrap();
    assert_eq!(find_site(&site.root().join("content/a")), Some(root.clone()));
    assert_eq!(find_site(&site.root().join("content/a/../..")), Some(root));
    assert_eq!(find_site(&site.root().join("nowhere")), None);
}

#[test]
fn without_a_folder_there_is_nothing_to_read() {
    let site = Site::new(&[("site.yaml", "")]);
    assert!(read(&site.root().join("nowhere")).is_err());
    assert!(read(&site.root().join("site.yaml")).is_err());
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_are_followed_inside_the_folder_alone() {
        let outside = Site::new(&[("2018.md", ""), ("sub/2017.md", "")]);
        let site = Site::new(&[("content/a/2019.md", "")]);
        let link = |to: &Utf8Path, at: &str| symlink(to, site.root().join(at)).unwrap();
        link("2019.md".into(), "content/a/2020.md");
        link("a".into(), "content/b");
        link(&outside.root().join("2018.md"), "content/a/2018.md");
        link(&outside.root().join("sub"), "content/c");
        link(".".into(), "content/a/loop");
        link("self".into(), "content/a/self");
        link("gone.md".into(), "content/a/gone.md");
        link("nobody@host:1".into(), "content/a/.#2019.md");
        link(outside.root(), "static");
        assert_eq!(
            site.texts(),
            ["content/a/2019.md", "content/a/2020.md", "content/b/2019.md", "content/b/2020.md"]
        );
        assert_eq!(site.blobs(), [""; 0]);
        let complaints = site.complaints();
        assert!(complaints.iter().all(|(code, _)| *code == "file/symlink"), "{complaints:?}");
        let paths: Vec<_> = complaints.iter().map(|(_, path)| path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "content/a/2018.md",
                "content/a/gone.md",
                "content/a/loop",
                "content/a/self",
                "content/b/2018.md",
                "content/b/gone.md",
                "content/b/loop",
                "content/b/self",
                "content/c",
                "static",
            ]
        );
    }

    #[test]
    fn folders_of_links_to_folders_are_walked_a_few_times_and_told() {
        let site = Site::new(&[("content/f00/2019.md", "")]);
        // Each folder has ten links to the one before it: ten to the twelfth ways to the first.
        for step in 1..12 {
            let folder = site.root().join(format!("content/f{step:02}"));
            fs::create_dir(&folder).unwrap();
            for link in 0..10 {
                symlink(format!("../f{:02}", step - 1), folder.join(format!("l{link}"))).unwrap();
            }
        }
        let look = look(site.root(), &everything()).unwrap();
        let count = look.read.value.texts().len();
        assert!((1..=1 + MOST_NAMES).contains(&count), "{count}");
        let told = look.read.diagnostics;
        assert!(told.iter().all(|told| told.code == "file/symlink") && !told.is_empty());
        assert!(told.len() <= 12 * 10 * (MOST_NAMES + 1), "{}", told.len());
    }

    #[test]
    fn a_file_of_many_names_is_passed_on_under_each_and_read_once() {
        let site = Site::new(&[("static/logo.png", "abc")]);
        for link in 0..30 {
            symlink("logo.png", site.root().join(format!("static/l{link:02}.png"))).unwrap();
        }
        let sources = site.read().value;
        assert_eq!(sources.blobs().len(), 31);
        assert!(sources.blobs().iter().all(|blob| blob.sha256 == sources.blobs()[0].sha256));
    }

    #[test]
    fn a_pipe_does_not_hold_up_the_build() {
        let site = Site::new(&[("content/a/2019.md", "")]);
        let made = |path: &str| {
            let mut mkfifo = std::process::Command::new("mkfifo");
            mkfifo.arg(site.root().join(path)).status().is_ok_and(|status| status.success())
        };
        assert!(made("content/a/2020.md") && made("content/a/b.pdf"));
        symlink("2020.md", site.root().join("content/a/2021.md")).unwrap();
        let socket = site.root().join("content/a/s.md");
        let _socket = std::os::unix::net::UnixListener::bind(socket).unwrap();
        symlink("/dev/zero", site.root().join("content/a/zero.md")).unwrap();
        let codes: Vec<_> = site.complaints().into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, ["file/kind", "file/kind", "file/kind", "file/kind", "file/symlink"]);
        assert_eq!(site.texts(), ["content/a/2019.md"]);
    }

    #[test]
    fn names_that_no_address_can_have_are_refused() {
        let site = Site::new(&[("content/a/2019.md", "")]);
        let folder = site.root().join("content/a");
        for name in [&b"\xFF.md"[..], b"1\n.md", b"2\x1b[2J.md", b"3\\.pdf", "4\u{202e}.md".as_bytes()] {
            fs::write(folder.as_std_path().join(OsStr::from_bytes(name)), "").unwrap();
        }
        let complaints = site.complaints();
        assert_eq!(complaints.len(), 5);
        for (code, path) in complaints {
            assert_eq!(code, "file/name");
            assert!(!path.chars().any(is_trick), "{path:?}");
        }
    }

    #[test]
    #[allow(clippy::print_stdout, reason = "a test that is skipped says so")]
    fn what_may_not_be_read_is_named() {
        use std::os::unix::fs::PermissionsExt;
        let site = Site::new(&[("content/a/2019.md", ""), ("content/b/2019.md", "")]);
        for path in ["content/a/2019.md", "content/b"] {
            let closed = fs::Permissions::from_mode(0o000);
            fs::set_permissions(site.root().join(path), closed).unwrap();
        }
        let complaints = site.complaints();
        let open = fs::Permissions::from_mode(0o755);
        fs::set_permissions(site.root().join("content/b"), open).unwrap();
        if complaints.is_empty() {
            println!("skipped: whoever runs this test may read every file");
            return;
        }
        let unreadable = |path: &str| ("file/unreadable", path.to_owned());
        assert_eq!(complaints, [unreadable("content/a/2019.md"), unreadable("content/b")]);
    }
}
