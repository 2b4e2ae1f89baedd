//! Whether the house stands as `src/lib.rs` describes it: every module uses only modules above
//! it, functions stay short, files say what they are for, the theme in the program is the one
//! in the folder.
//!
//! The sources are read as text. That is rough, but it needs no parser, and what it takes
//! wrongly for a fault can be written more plainly.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the sources")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};
use support::{Project, root};
use xiangwei::config::Config;
use xiangwei::source::Sources;
use xiangwei::theme::{AssetContent, Theme};

/// The longest function.
const LONGEST: usize = 60;

/// Uses of a module that stands below, each with the reason why it is right.
const UPWARDS: [(&str, &str, &str); 0] = [];

/// A source file.
struct File {
    path: Utf8PathBuf,
    text: String,
}

impl File {
    /// Its text up to its tests, without comments and the insides of texts.
    fn code(&self) -> String {
        if self.path.components().any(|part| part.as_str().trim_end_matches(".rs") == "tests") {
            return String::new();
        }
        bare(self.text.split("#[cfg(test)]").next().unwrap_or_default())
    }

    /// The module of the crate that it belongs to.
    fn module(&self) -> &str {
        let below = self.path.strip_prefix("src").unwrap();
        let first = below.components().next().unwrap().as_str();
        first.trim_end_matches(".rs")
    }
}

fn files() -> Vec<File> {
    let mut files = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir_utf8().unwrap().map(Result::unwrap) {
            let path = entry.into_path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension() == Some("rs") {
                let text = fs::read_to_string(&path).unwrap();
                files.push(File { path: path.strip_prefix(root()).unwrap().to_owned(), text });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// `text` with its comments, texts and characters blanked out, line for line.
fn bare(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (skipped, shown) = match first {
            '/' if rest.starts_with("//") => (rest.find('\n').unwrap_or(rest.len()), ""),
            'r' if rest.starts_with("r#\"") => (3 + rest[3..].find("\"#").expect("a text ends") + 2, "\"\""),
            'r' if rest.starts_with("r\"") => (2 + rest[2..].find('"').expect("a text ends") + 1, "\"\""),
            '"' => (quoted(rest, '"'), "\"\""),
            '\'' if is_character(rest) => (quoted(rest, '\''), "' '"),
            first => {
                out.push(first);
                rest = &rest[first.len_utf8()..];
                // A word that ends with r is no raw text.
                if first.is_alphanumeric() || first == '_' {
                    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
                    if !matches!(first, 'r' | 'b') || !rest[end..].starts_with(['"', '#']) || end > 0 {
                        out.push_str(&rest[..end]);
                        rest = &rest[end..];
                    }
                }
                continue;
            }
        };
        out.push_str(shown);
        out.extend(rest[..skipped].chars().filter(|c| *c == '\n'));
        rest = &rest[skipped..];
    }
    out
}

/// How long the quoted text is that `text` begins with.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Whether `text` begins with a character and not with a lifetime.
fn is_character(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    match (chars.next(), chars.next()) {
        (Some('\\'), _) => true,
        (_, second) => second == Some('\''),
    }
}

/// The modules in the order of `src/lib.rs`.
fn order() -> Vec<String> {
    let text = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let name = |line: &str| {
        line.strip_prefix("pub mod ").or(line.strip_prefix("mod "))?.strip_suffix(';').map(str::to_owned)
    };
    text.lines().filter_map(name).collect()
}

/// Every module that `code` names after `crate::`, also inside `{…}`.
fn uses(code: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let word = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    for (at, _) in code.match_indices("crate::") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.extend([word(rest)]),
            Some(inside) => {
                let mut depth = 0;
                let mut start = true;
                for (at, c) in inside.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => start = true,
                        c if start && !c.is_whitespace() => {
                            found.insert(word(&inside[at..]));
                            start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found
}

#[test]
fn every_module_uses_only_modules_above_it() {
    let order = order();
    let place = |name: &str| order.iter().position(|module| module == name);
    let mut used = BTreeSet::new();
    let mut wrong = Vec::new();
    for file in files().iter().filter(|file| !matches!(file.module(), "lib" | "main")) {
        let module = file.module();
        let here = place(module).unwrap_or_else(|| panic!("{module} is not in src/lib.rs"));
        for name in uses(&file.code()).iter().filter(|name| *name != module) {
            let there = place(name).unwrap_or_else(|| panic!("{}: crate::{name} is no module", file.path));
            let allowed = UPWARDS.iter().any(|(from, to, _)| (*from, *to) == (module, name.as_str()));
            if allowed {
                used.insert((module.to_owned(), name.clone()));
            } else if there > here {
                wrong.push(format!("{} uses {name}, which stands below {module}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(used.len(), UPWARDS.len(), "an exception is no longer used");
}

/// The rooms in which no two files use each other, not even in a circle of many. A file that only
/// names others is none of them: who uses a thing by such a name uses the file that has it.
const ROOMS: [&str; 5] = ["exports", "outline", "pages", "report", "serve"];

/// The files of a room as modules: the way to each from the crate's top, and its code.
fn modules(room: &str) -> BTreeMap<Vec<String>, String> {
    let way = |path: &Utf8Path| {
        let below = path.strip_prefix("src").unwrap().with_extension("");
        below.components().map(|part| part.as_str().to_owned()).collect::<Vec<_>>()
    };
    let own = files().into_iter().filter(|file| file.module() == room);
    let own = own.filter(|file| file.path.file_stem() != Some("tests"));
    own.map(|file| (way(&file.path), file.code())).collect()
}

/// A path that a file names.
struct Named {
    path: Vec<String>,
    how: How,
}

/// How a file names a path.
#[derive(Clone, Copy, PartialEq)]
enum How {
    /// Others find it here: `pub use`.
    PassedOn,
    /// It is imported, and found here by files below.
    Imported,
    /// It is written out where it is used.
    Written,
}

/// Every path that `code` imports or writes out.
fn named(code: &str) -> Vec<Named> {
    let mut found = Vec::new();
    let mut rest = code;
    let mut other = String::new();
    while let Some(at) = rest.find("use ").filter(|_| rest.contains(';')) {
        let (before, after) = rest.split_at(at);
        let line = before.rsplit('\n').next().unwrap_or_default().trim();
        if !line.is_empty() && !line.starts_with("pub") {
            other.push_str(&rest[..at + 4]);
            rest = &after[4..];
            continue;
        }
        let (tree, behind) = after[4..].split_once(';').expect("an import ends");
        let how = if line.starts_with("pub") { How::PassedOn } else { How::Imported };
        found.extend(branches(tree).into_iter().map(|path| Named { path, how }));
        other.push_str(before);
        rest = behind;
    }
    other.push_str(rest);
    found.extend(written(&other).into_iter().map(|path| Named { path, how: How::Written }));
    found
}

/// The paths of an import, without what stands behind `as`.
fn branches(tree: &str) -> Vec<Vec<String>> {
    let tree = tree.trim();
    let Some((stem, inside)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default();
        return vec![path.split("::").map(|part| part.trim().to_owned()).collect()];
    };
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    let inside = inside.trim_end().trim_end_matches('}');
    for (at, c) in inside.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[start..]);
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| branches(&format!("{stem}{}", part.trim()))).collect()
}

/// The paths of two words and more that stand in code, such as `super::of` and `evidence::Claim`.
fn written(code: &str) -> Vec<Vec<String>> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let words = code.split(|c: char| !is_word(c) && c != ':').filter(|word| word.contains("::"));
    // `pub(in crate::report)` says who may look, and uses nothing.
    let code = words.filter(|word| !code.contains(&format!("(in {word})")));
    code.map(|word| word.split("::").map(str::to_owned).collect()).collect()
}

/// The file that holds what a file of the room names, and the first name that is no file's.
fn holder<'p>(
    room: &BTreeMap<Vec<String>, String>,
    from: &[String],
    path: &'p [String],
) -> Option<(Vec<String>, Option<&'p String>)> {
    let mut rest = path.iter().peekable();
    let mut at = from.to_vec();
    match rest.peek().map(|part| part.as_str())? {
        "crate" => {
            at.clear();
            rest.next();
        }
        "self" => drop(rest.next()),
        "super" => {
            while rest.next_if(|part| *part == "super").is_some() {
                at.pop();
            }
        }
        first if room.contains_key(&[from, &[first.to_owned()]].concat()) => {}
        _ => return None,
    }
    while let Some(part) = rest.next_if(|part| room.contains_key(&[&at[..], &[(*part).clone()]].concat())) {
        at.push(part.clone());
    }
    room.contains_key(&at).then(|| (at, rest.next()))
}

/// Which files of a room each of its files uses.
fn edges(room: &BTreeMap<Vec<String>, String>) -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let names: BTreeMap<_, _> = room.iter().map(|(file, code)| (file, named(code))).collect();
    let passed_on = |file: &Vec<String>, word: &String| {
        let own = names[file].iter().filter(|named| named.how != How::Written);
        own.map(|named| &named.path).find(|path| path.last() == Some(word)).cloned()
    };
    let uses = |file: &Vec<String>| {
        let own = names[file].iter().filter(|named| named.how != How::PassedOn);
        let target = |named: &Named| {
            let (mut at, mut word) = holder(room, file, &named.path).map(|(at, word)| (at, word.cloned()))?;
            // Names are passed on a few times at most.
            for _ in 0..8 {
                let Some(path) = word.as_ref().and_then(|word| passed_on(&at, word)) else { break };
                let Some((next, behind)) = holder(room, &at, &path) else { break };
                (at, word) = (next.clone(), behind.cloned());
            }
            Some(at)
        };
        own.filter_map(target).filter(|at| at != file).collect()
    };
    room.keys().map(|file| (file.clone(), uses(file))).collect()
}

/// The files that take part in a circle of uses.
fn circle(mut edges: BTreeMap<Vec<String>, BTreeSet<Vec<String>>>) -> Vec<String> {
    loop {
        // Who uses nobody, or is used by nobody, is in no circle.
        let used: BTreeSet<Vec<String>> = edges.values().flatten().cloned().collect();
        let count = edges.len();
        edges.retain(|file, uses| !uses.is_empty() && used.contains(file));
        let left: BTreeSet<Vec<String>> = edges.keys().cloned().collect();
        edges.values_mut().for_each(|uses| uses.retain(|file| left.contains(file)));
        if edges.len() == count {
            let line = |(file, uses): (&Vec<String>, &BTreeSet<Vec<String>>)| {
                let uses: Vec<String> = uses.iter().map(|file| file.join("::")).collect();
                format!("{} uses {}", file.join("::"), uses.join(", "))
            };
            return edges.iter().map(line).collect();
        }
    }
}

/// The types that some code has: structures, enumerations, traits, and other names for types, apart from those that belong to
/// a trait.
fn types(code: &str) -> BTreeSet<String> {
    let named = |line: &str| {
        let plain = line.trim_start().strip_prefix("pub").map_or(line, |rest| match rest.strip_prefix('(') {
            Some(rest) => rest.split_once(") ").map_or(rest, |(_, rest)| rest),
            None => rest.trim_start(),
        });
        let isolated = !line.starts_with(' ');
        let of = |word: &str| plain.trim_start().strip_prefix(word);
        let rest = ["struct ", "enum ", "trait ", "union "].iter().find_map(|word| of(word));
        let rest = rest.or_else(|| of("type ").filter(|_| isolated))?;
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        Some(rest[..end].to_owned())
    };
    code.lines().filter_map(named).collect()
}

#[test]
fn a_name_of_a_type_means_one_thing() {
    let mut seen: BTreeMap<String, Utf8PathBuf> = BTreeMap::new();
    for file in files() {
        for name in types(&file.code()) {
            if let Some(other) = seen.insert(name.clone(), file.path.clone()) {
                panic!("{name} is a type of {other} and another of {}", file.path);
            }
        }
    }
    assert!(seen.len() > 500, "the types are not seen");
}

#[test]
fn types_are_seen() {
    let code = "pub(super) struct A<'a> {}\nenum B {\nmod c {\n    pub trait D {}\n    type E = u8;\n}\npub type F = u8;\nstructure";
    assert_eq!(types(code), ["A", "B", "D", "F"].map(str::to_owned).into());
}

#[test]
fn no_files_of_a_room_use_each_other() {
    for room in ROOMS.iter().map(|room| modules(room)).filter(|room| !room.is_empty()) {
        let edges = edges(&room);
        assert!(edges.values().map(BTreeSet::len).sum::<usize>() >= edges.len() - 1, "uses are not seen");
        let circle = circle(edges);
        assert!(circle.is_empty(), "these use each other:\n{}", circle.join("\n"));
    }
}

#[test]
fn a_circle_of_uses_is_seen() {
    let room = |files: &[(&str, &str)]| -> BTreeMap<Vec<String>, String> {
        let way = |path: &str| path.split('/').map(str::to_owned).collect();
        files.iter().map(|(path, code)| (way(path), (*code).to_owned())).collect()
    };
    let circles = |files: &[(&str, &str)]| circle(edges(&room(files))).len();
    let passes_on = ("a", "mod b;\nmod c;\npub(crate) use b::{self as one, B};\n");
    assert_eq!(circles(&[passes_on, ("a/b", ""), ("a/c", "use super::B;\nuse crate::z::a;\n")]), 0);
    assert_eq!(circles(&[passes_on, ("a/b", "use super::c::C;"), ("a/c", "fn c() { super::B::new() }")]), 2);
    assert_eq!(circles(&[("a", "mod b;\nuse b::B;\nstruct A;\n"), ("a/b", "use super::A;\n")]), 2);
    assert_eq!(circles(&[("a", "mod b;\nfn a() { b::b(); }\n"), ("a/b", "pub(in crate::a) fn b() {}\n")]), 0);
    let looks_up = [("a", "mod b;\nuse c::C;\n"), ("a/b", "use super::C;"), ("a/c", "")];
    assert_eq!(circles(&looks_up), 0);
    let three = [
        ("a", ""),
        ("a/b", "use crate::a::{c::{C, D}, x};"),
        ("a/c", "use super::d;"),
        ("a/d", "use super::b::B;"),
    ];
    assert_eq!(circles(&three), 3);
}

#[test]
fn the_table_of_uses_is_this() {
    let mut table: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files().iter().filter(|file| !matches!(file.module(), "lib" | "main")) {
        let entry = table.entry(file.module().to_owned()).or_default();
        entry.extend(uses(&file.code()).into_iter().filter(|name| name != file.module()));
    }
    let line = |name: &String| {
        let uses = table.get(name).into_iter().flatten().map(String::as_str).collect::<Vec<_>>();
        format!("{name}: {}\n", uses.join(", "))
    };
    insta::assert_snapshot!(order().iter().map(line).collect::<String>());
}

/// Functions with their lengths in lines.
fn functions(code: &str) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    let starts = code
        .match_indices("fn ")
        .filter(|(at, _)| *at == 0 || code[..*at].ends_with(|c: char| c.is_whitespace() || c == '('));
    for (at, _) in starts {
        let rest = &code[at + 3..];
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        if name.is_empty() {
            continue;
        }
        let mut depth = 0;
        for (end, c) in rest.char_indices() {
            match c {
                ';' if depth == 0 => break,
                '{' | '(' | '[' => depth += 1,
                ')' | ']' => depth -= 1,
                '}' => {
                    depth -= 1;
                    if depth == 0 {
                        found.push((name, rest[..end].matches('\n').count() + 1));
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    found
}

#[test]
fn functions_are_short() {
    let mut lengths = Vec::new();
    let mut long = Vec::new();
    for file in files() {
        for (name, length) in functions(&file.code()) {
            lengths.push(length);
            if length > LONGEST {
                long.push(format!("{}: {name} has {length} lines", file.path));
            }
        }
    }
    assert!(long.is_empty(), "{}", long.join("\n"));
    lengths.sort_unstable();
    assert!(lengths.len() > 300, "only {} functions were found", lengths.len());
    let median = lengths[lengths.len() / 2];
    assert!(median <= 8, "the median of the functions has {median} lines");
    let tenth = lengths[lengths.len() * 9 / 10];
    assert!(tenth <= 30, "a tenth of the functions have more than {tenth} lines");
}

#[test]
fn functions_take_four_parameters_at_most() {
    // Clippy holds this as well; here it is a part of `cargo test`.
    let limits = fs::read_to_string(root().join("clippy.toml")).unwrap();
    assert!(limits.contains("too-many-arguments-threshold = 4"));
    assert!(limits.contains(&format!("too-many-lines-threshold = {LONGEST}")));
}

#[test]
fn nothing_is_unwrapped_outside_tests() {
    let mut found = Vec::new();
    for file in files() {
        for (number, line) in file.code().lines().enumerate() {
            let bad = [".unwrap()", ".unwrap_err()", "todo!(", "unimplemented!(", "dbg!("];
            found.extend(
                bad.iter()
                    .filter(|bad| line.contains(*bad))
                    .map(|bad| format!("{}:{}: {bad}", file.path, number + 1)),
            );
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    for file in files() {
        let head: Vec<&str> = file.text.lines().take_while(|line| line.starts_with("//!")).collect();
        assert!(!head.is_empty(), "{} does not begin with //!", file.path);
        let text = head.join(" ");
        assert!(text.trim_end().ends_with(['.', '`', ')']) || head.len() > 3, "{}: {text}", file.path);
    }
}

#[test]
fn names_are_the_domains() {
    for file in files() {
        let name = file.path.file_stem().unwrap();
        assert!(
            !["util", "utils", "helper", "helpers", "misc", "common", "manager"].contains(&name),
            "{}",
            file.path
        );
    }
}

/// What only the doors may name.
const DOORS: [&str; 9] = [
    "std::fs",
    "std::net",
    "std::env::var",
    "std::env::current_dir",
    "SystemTime",
    "Instant::now",
    "Zoned::now",
    "Timestamp::now",
    "thread_rng",
];

#[test]
fn only_doors_reach_outside() {
    for file in
        files().iter().filter(|file| !matches!(file.module(), "disk" | "remote" | "cli" | "main" | "serve"))
    {
        let code = file.code();
        for word in DOORS {
            assert!(!code.contains(word), "{} names {word}", file.path);
        }
    }
}

#[test]
fn nobody_computes_with_decimals_but_quantities() {
    // A decimal with operators panics where a report tells more digits than it holds.
    let users: Vec<_> = files().into_iter().filter(|file| file.code().contains("rust_decimal")).collect();
    let names: Vec<&str> = users.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(names, ["src/han/quantity.rs"]);
    let code = users[0].code();
    let bare = code
        .lines()
        .filter(|line| [" * ", " - ", " / ", " + ", " % "].iter().any(|sign| line.contains(sign)));
    assert_eq!(bare.collect::<Vec<_>>(), Vec::<&str>::new());
    assert!(!code.contains("impl Add") && !code.contains("impl Mul") && !code.contains("ops::"));
}

/// A program takes over what one that is known by the same digest has made: that of `build.rs` has to take in all that
/// the program holds, and not its sources alone.
#[test]
fn the_program_is_known_by_all_that_is_in_it() {
    let script = fs::read_to_string(root().join("build.rs")).unwrap();
    let list = script.split_once("for path in [").unwrap().1.split_once(']').unwrap().0;
    let known: Vec<&str> = list.split('"').skip(1).step_by(2).collect();
    let root = root().canonicalize_utf8().unwrap();
    let mut held = BTreeSet::new();
    for file in files().iter().filter(|file| !file.code().is_empty()) {
        let text = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        let named =
            |before: &'static str| text.split(before).skip(1).filter_map(|rest| rest.split('"').next());
        let beside = root.join(file.path.parent().unwrap());
        let files = ["include_str!(\"", "include_bytes!(\""].into_iter().flat_map(named);
        held.extend(files.map(|name| beside.join(name)));
        held.extend(named("#[folder = \"").map(|name| root.join(name)));
    }
    assert!(held.contains(&root.join("themes/gongbao")), "{held:?}");
    for path in held {
        let path = path.canonicalize_utf8().unwrap();
        let below = path.strip_prefix(&root).unwrap();
        assert!(known.iter().any(|top| below.starts_with(top)), "build.rs does not take in {below}");
    }
}

#[test]
fn the_theme_in_the_program_is_the_one_in_the_folder() {
    let folder = root().join("themes/gongbao");
    let inside = Project::folder(&folder);
    let mut with_folder = Project::default();
    for (path, bytes) in inside.files() {
        with_folder.edit(&format!("themes/gongbao/{path}"), bytes.clone());
    }
    let load =
        |sources: &Sources| Theme::load(sources, &Config::default()).value.expect("the theme has no errors");
    let (embedded, read) = (load(&Sources::default()), load(&with_folder.sources()));
    let routes = |theme: &Theme| theme.assets().iter().map(|asset| asset.route.clone()).collect::<Vec<_>>();
    assert_eq!(routes(&embedded), routes(&read), "an asset differs, or one is missing");
    for (asset, other) in embedded.assets().iter().zip(read.assets()) {
        let AssetContent::Bytes(bytes) = &asset.content else { panic!("{} is embedded", asset.route) };
        let is_same = match &other.content {
            AssetContent::Bytes(others) => others == bytes,
            AssetContent::File(path) => with_folder.files()[path.as_str()][..] == bytes[..],
        };
        assert!(is_same, "{} is not in the folder", asset.route);
    }
    // Templates and texts show in pages alone, so a page of every kind is drawn with both.
    let mut site = Project::fixture("many-kinds");
    let drawn = site.site();
    for (path, bytes) in with_folder.files() {
        site.edit(path, bytes.clone());
    }
    assert!(drawn == site.site(), "the folder draws other pages than the program");
}

/// The scripts of the theme, by name.
fn scripts() -> BTreeMap<String, String> {
    let folder = root().join("themes/gongbao/assets").read_dir_utf8().unwrap();
    let paths = folder.map(|entry| entry.unwrap().into_path());
    let scripts = paths.filter(|path| path.extension() == Some("js"));
    scripts.map(|path| (path.file_name().unwrap().to_owned(), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn scripts_say_a_thing_once() {
    const LINES: usize = 4;
    let scripts = scripts();
    let mut seen: BTreeMap<Vec<&str>, &str> = BTreeMap::new();
    for (name, text) in &scripts {
        let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| line.len() > 2).collect();
        for run in lines.windows(LINES) {
            let other = seen.entry(run.to_vec()).or_insert(name);
            assert_eq!(other, name, "both say {run:#?}; what scripts share is in common.js");
        }
    }
    assert!(seen.len() > 1000, "the scripts are not there");
}

#[test]
fn scripts_make_nodes_and_no_text_that_becomes_some() {
    let ways = ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "createContextualFragment"];
    let styles = ["cssText", "setAttribute(\"style\"", "eval(", "new Function("];
    for (name, text) in scripts() {
        for way in ways.iter().chain(&styles) {
            assert!(!text.contains(way), "{name} uses {way}");
        }
    }
}

#[test]
fn both_languages_have_the_same_texts() {
    let keys = |file: &str| -> BTreeMap<String, BTreeSet<String>> {
        let path = root().join("themes/gongbao/i18n").join(file);
        let text = fs::read_to_string(path).unwrap();
        let entry = |line: &str| {
            let (key, value) = line.split_once(':')?;
            let holes = value
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'))
                .map(|(hole, _)| hole.to_owned())
                // One of two forms of a word, which English has and Chinese has not; and a day, which is put
                // together of other parts.
                .filter(|hole| !hole.contains('|') && !key.contains("date"));
            (!key.starts_with('#')).then(|| (key.trim().to_owned(), holes.collect()))
        };
        text.lines().filter_map(entry).collect()
    };
    assert_eq!(keys("zh-CN.yaml"), keys("en.yaml"));
}

/// Whatever the program says on pages is a text of the theme, by its key.
#[test]
fn every_text_that_the_program_says_is_the_themes() {
    let theme = fs::read_to_string(root().join("themes/gongbao/i18n/zh-CN.yaml")).unwrap();
    let keys: BTreeSet<&str> = theme.lines().filter_map(|line| Some(line.split_once(':')?.0)).collect();
    let mut said = BTreeSet::new();
    for file in files() {
        let speaks = ["words.rs", "beside/", "pages/chart/", "exports/data/"].iter();
        if !speaks.clone().any(|name| file.path.as_str().starts_with(&format!("src/{name}"))) {
            continue;
        }
        let text = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in text.split('"').skip(1).step_by(2) {
            let is_key =
                |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-');
            if word.contains('.') && word.chars().all(is_key) && word.starts_with(char::is_lowercase) {
                said.insert(word.to_owned());
            }
        }
    }
    let strange: Vec<_> = said.iter().filter(|key| !keys.contains(key.as_str())).collect();
    let strange: Vec<_> = strange
        .into_iter()
        .filter(|key| ![".json", ".md", "."].iter().any(|end| key.ends_with(end)))
        .collect();
    assert!(strange.is_empty(), "no texts of the theme: {strange:?}");
    assert!(said.len() > 150, "only {} texts were found", said.len());
}

#[test]
fn every_code_that_is_used_is_explained_and_every_explained_one_is_used() {
    let mut used = BTreeSet::new();
    for file in files().iter().filter(|file| !file.path.as_str().starts_with("src/diag/codes")) {
        let text = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        let words = text.split('"').filter(|word| xiangwei::diag::explain(word).is_some() || is_code(word));
        used.extend(words.map(str::to_owned));
    }
    let unused: Vec<&str> = xiangwei::diag::codes()
        .into_iter()
        .map(|code| code.name)
        .filter(|name| !used.contains(*name))
        .collect();
    assert!(unused.is_empty(), "explained and used nowhere: {unused:?}");
    for word in ["Diagnostic::error(", "Diagnostic::warning(", "error("] {
        for file in files() {
            let text = file.text.split("#[cfg(test)]").next().unwrap_or_default();
            let after = text
                .split(word)
                .skip(1)
                .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
            for code in after.filter(|code| is_code(code)) {
                assert!(xiangwei::diag::explain(code).is_some(), "{}: {code} is not explained", file.path);
            }
        }
    }
}

/// Whether `word` has the shape of a code, `area/word`.
fn is_code(word: &str) -> bool {
    let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    word.split_once('/').is_some_and(|(area, name)| is_word(area) && is_word(name))
}

#[test]
fn sources_are_read_without_their_texts_and_comments() {
    let text = "fn a() { // }\n let x = \"}\\\"}\"; let c = '}'; let l: &'a str = r#\"}\"#; }\nfn b() {}\n";
    assert_eq!(functions(&bare(text)), [("a".to_owned(), 2), ("b".to_owned(), 1)]);
    assert_eq!(
        uses("use crate::{diag::{self, Words}, route::Route};"),
        BTreeSet::from(["diag".into(), "route".into()])
    );
    assert_eq!(uses("crate::source::Span xcrate::no"), BTreeSet::from(["source".into()]));
    assert!(Utf8Path::new("src/lib.rs").is_relative());
}
