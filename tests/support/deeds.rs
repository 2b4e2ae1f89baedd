//! What happens to the files of a site, one thing after the other: edits, new documents, removals, publications. Tests
//! hold two ways of building against each other after it.

#![allow(unreachable_pub, clippy::unwrap_used, reason = "each test file compiles this for itself")]

use proptest::prelude::*;
use proptest::sample::Index;

use crate::support::Project;

/// One thing that happens to the files of a site.
#[derive(Clone, Debug)]
pub enum Deed {
    /// Words are added to the end of a text.
    Say(Index, u8),
    /// A sentence is added that other documents may have.
    Repeat(Index, usize),
    /// A text's title, name or value is another one.
    Replace(Index, usize, u8),
    /// A line is added to front matter.
    Declare(Index, usize),
    /// A file goes.
    Remove(Index),
    /// A text stands at another address as well.
    Copy(Index, usize),
    /// A file that is passed on has other bytes.
    Touch(Index, u8),
    /// A part of the theme is another one.
    Template(u8),
    /// Texts have packed copies, or have none any more.
    Pack,
    /// The site is published, so that its record says what stands there.
    Publish,
    /// Nothing happens.
    Rest,
}

/// What is said, of which some is told of only where several documents are looked at together.
const SAID: [&str; 6] = [
    "又说了#句话。",
    "全年开会#次，其中专题会议100次，其余2次。",
    "由市政务服务和大数据管理局牵头，开会#次。",
    "由市政府服务和大数据管理局牵头，开会#次。",
    "低保户户主张建国，家有#人。",
    "残疾人户主张建国，家有#人。",
];

/// What is replaced by what; `#` stands for a number.
const REPLACED: [(&str, &str); 8] = [
    ("title: ", "title: 第#版"),
    ("name: ", "name: 新#"),
    ("level: county", "level: prefecture"),
    ("parent: jiangmen", "parent: pengjiang"),
    ("2020-03", "2020-0#"),
    ("kind: work-plan", "kind: notice"),
    ("件。", "件，其中#件为新收。"),
    ("## 一、", "## 一、第#"),
];

const DECLARED: [&str; 6] = [
    "status: withdrawn\n",
    "summary: 一句话。\n",
    "relations: { related: /jiangmen/2019/ }\n",
    "keywords: [复议, 执法]\n",
    "extent: excerpt\n",
    "aliases: [/old/gone.html]\n",
];

/// Long enough to be looked for in other documents; the last two differ in figures alone.
const REPEATED: [&str; 4] = [
    "市政府每季度听取一次依法行政情况汇报，研究解决突出问题。",
    "推行包容审慎监管，编制轻微违法不予处罚事项清单。",
    "全年共评查行政执法案卷312件，逐案反馈并限期整改到位。",
    "全年共评查行政执法案卷405件，逐案反馈并限期整改到位。",
];

const NAMES: [&str; 5] = ["2016.md", "2021.md", "2019/notice.md", "2019/another.md", "2018.md"];

/// Some deeds, one after the other.
pub fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let any_file = any::<Index>;
    let deed = prop_oneof![
        6 => (any_file(), 0u8..99).prop_map(|(file, words)| Deed::Say(file, words)),
        6 => (any_file(), 0..REPEATED.len()).prop_map(|(file, at)| Deed::Repeat(file, at)),
        6 => (any_file(), 0..REPLACED.len(), 1u8..9).prop_map(|(file, at, number)| Deed::Replace(file, at, number)),
        4 => (any_file(), 0..DECLARED.len()).prop_map(|(file, at)| Deed::Declare(file, at)),
        2 => any_file().prop_map(Deed::Remove),
        3 => (any_file(), 0..NAMES.len()).prop_map(|(file, to)| Deed::Copy(file, to)),
        1 => (any_file(), any::<u8>()).prop_map(|(file, byte)| Deed::Touch(file, byte)),
        1 => any::<u8>().prop_map(Deed::Template),
        1 => Just(Deed::Pack),
        4 => Just(Deed::Publish),
        1 => Just(Deed::Rest),
    ];
    proptest::collection::vec(deed, 1..8)
}

/// Has packed copies made of texts, or no more.
fn pack(project: &mut Project, settings: &str) {
    let packed = "gzip: true\n";
    let without = settings.strip_suffix(packed);
    project.edit("site.yaml", without.map_or(format!("{settings}{packed}"), str::to_owned));
}

/// Does it.
pub fn act(project: &mut Project, deed: &Deed) {
    let texts = |project: &Project| -> Vec<String> {
        let paths = project.files().keys();
        paths.filter(|path| path.starts_with("content/") && path.ends_with(".md")).cloned().collect()
    };
    let all = texts(project);
    let chosen = |index: &Index| all[index.index(all.len())].clone();
    let text = |project: &Project, path: &str| String::from_utf8(project.files()[path].clone()).unwrap();
    match deed {
        _ if all.is_empty() => {}
        Deed::Say(file, words) => {
            let path = chosen(file);
            let words = SAID[usize::from(*words) % SAID.len()].replace('#', &words.to_string());
            let said = format!("{}\n\n{words}\n", text(project, &path));
            project.edit(&path, said);
        }
        Deed::Repeat(file, at) => {
            let path = chosen(file);
            let said = format!("{}\n\n{}\n", text(project, &path), REPEATED[*at]);
            project.edit(&path, said);
        }
        Deed::Replace(file, at, number) => {
            let path = chosen(file);
            let (old, new) = REPLACED[*at];
            let said = text(project, &path).replacen(old, &new.replace('#', &number.to_string()), 1);
            project.edit(&path, said);
        }
        Deed::Declare(file, at) => {
            let path = chosen(file);
            let said = text(project, &path).replacen("---\n", &format!("---\n{}", DECLARED[*at]), 1);
            project.edit(&path, said);
        }
        Deed::Remove(file) => drop(project.remove(&chosen(file))),
        Deed::Copy(file, to) => {
            let path = chosen(file);
            let said = text(project, &path);
            let place = path.split('/').nth(1).unwrap();
            project.edit(&format!("content/{place}/{}", NAMES[*to]), said);
        }
        Deed::Touch(file, byte) => {
            let files: Vec<String> = project
                .files()
                .keys()
                .filter(|path| !path.ends_with(".md") && path.starts_with("content/"))
                .cloned()
                .collect();
            if !files.is_empty() {
                project.edit(&files[file.index(files.len())], format!("%PDF-1.4\n{byte}\n"));
            }
        }
        Deed::Template(words) => {
            project.edit("templates/parts/footer.html", format!("<p>{words}</p>\n"));
        }
        Deed::Pack => pack(project, &text(project, "site.yaml")),
        Deed::Publish => drop(project.publish("2026-01-02T09:00:00+08:00")),
        Deed::Rest => {}
    }
}
