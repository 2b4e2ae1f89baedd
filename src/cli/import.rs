//! `xiangwei import`: files as they are in an office to reports, each with a log; and the way back.

use std::collections::BTreeSet;
use std::io::Read;

use camino::{Utf8Path, Utf8PathBuf};

use super::{Speech, Stop};
use crate::config::{Config, Registry};
use crate::diag::{self, Diagnostic, Words};
use crate::disk;
use crate::import::{self, FileToImport, ImportLog, ImportedDocument, RULES, Refused, WantedDocument};
use crate::report::{self, Record};
use crate::route::{Leaf, Year};
use crate::source::{Source, Sources};

/// What can be said with `import`.
#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// Files and folders to import; `-` for standard input
    #[arg(value_name = "FILE", required_unless_present_any = ["undo", "rules"])]
    files: Vec<Utf8PathBuf>,
    /// The place's folder below content/
    #[arg(long, value_name = "PLACE", required_unless_present_any = ["undo", "rules"])]
    place: Option<String>,
    /// The year that the document is about [default: the one in the file's name]
    #[arg(long, value_name = "YEAR")]
    year: Option<String>,
    /// The kind of document [default: the one that its title tells]
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// Its name among that year's documents [default: none for an annual report, else its kind]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Let LibreOffice or pdftotext turn what is not read into what is
    #[arg(long)]
    convert: bool,
    /// Write nothing, and show what would be written
    #[arg(long)]
    dry_run: bool,
    /// Import into a report that is there; its editor's front matter stays
    #[arg(long)]
    force: bool,
    /// Switch off a rule of repair
    #[arg(long, value_name = "RULE")]
    without: Vec<String>,
    /// List the rules of repair
    #[arg(long)]
    rules: bool,
    /// Print the source's text that a log tells of
    #[arg(long, value_name = "LOG", conflicts_with_all = ["files", "place"])]
    undo: Option<Utf8PathBuf>,
}

/// No file to import is larger.
const LARGEST: u64 = 512 << 20;

pub(super) fn run(args: &ImportArgs, voice: &Speech) -> Result<(), Stop> {
    if args.rules {
        return voice.print(&rules(voice));
    }
    if let Some(log) = &args.undo {
        return undo(log, voice);
    }
    let ground = ImportSite::new(args, voice)?;
    let mut batch =
        Batch { args, voice, ground: &ground, rows: Vec::new(), told: Vec::new(), texts: Vec::new() };
    let files = files(&args.files)?;
    for file in &files {
        batch.one(file);
    }
    batch.finish(files.len())
}

/// The rules that can be switched off, and the others.
fn rules(voice: &Speech) -> String {
    let line = |rule: &import::Rule| {
        let off = rule.deed == import::RuleEffect::Mends;
        let mark = if off { "" } else { voice.pick("（不能关闭）", " (always on)") };
        format!("{:<22}{}{mark}\n", rule.name, rule.words().get(voice.language))
    };
    RULES.iter().map(line).collect()
}

/// Rules by name, each of which must be one that can be switched off.
pub(super) fn switched_off(names: &[String]) -> Result<BTreeSet<String>, Stop> {
    for name in names {
        let known = RULES.iter().filter(|rule| rule.deed == import::RuleEffect::Mends).map(|rule| rule.name);
        if !known.clone().any(|known| known == name) {
            let near = diag::nearest(name, known).unwrap_or("pinyin");
            return Err(Stop::Failure(Words::new(
                format!(
                    "没有 `{name}` 这条可以关闭的规则；是不是想写 `{near}`？`xiangwei import --rules` 列出全部"
                ),
                format!(
                    "no rule `{name}` can be switched off; did you mean `{near}`? `xiangwei import --rules` lists them"
                ),
            )));
        }
    }
    Ok(names.iter().cloned().collect())
}

/// Prints the source that a log tells of, byte for byte.
fn undo(path: &Utf8Path, voice: &Speech) -> Result<(), Stop> {
    let text = read_text(path)?;
    let log = ImportLog::from_json(&text).map_err(|error| {
        Stop::Failure(Words::new(
            format!("{path} 不是导入日志：{error}"),
            format!("{path} is no log of an import: {error}"),
        ))
    })?;
    let name = path.as_str();
    let stem =
        [".import.json", ".fmt.json"].iter().find_map(|end| name.strip_suffix(end)).ok_or_else(|| {
            Stop::Failure(Words::new(
                format!("{path} 的名字应以 .import.json 或 .fmt.json 结尾，放在报告旁边"),
                format!("the name of {path} must end with .import.json or .fmt.json, beside its report"),
            ))
        })?;
    let report = read_text(&Utf8PathBuf::from(format!("{stem}.md")))?;
    let whole = Source::new("", report);
    let start = match log.result.front_matter.is_empty() {
        true => 0,
        false => report::split(&whole).map_or(0, |(_, body)| body.range().start),
    };
    let source = log.undo(&whole.text()[start..]).map_err(Stop::Failure)?;
    voice.mouth.print_bytes(&log.file(&source).unwrap_or_else(|| source.into_bytes()))
}

fn read_text(path: &Utf8Path) -> Result<String, Stop> {
    let bytes = disk::get(path, LARGEST)?;
    String::from_utf8(bytes).map_err(|_| {
        Stop::Failure(Words::new(format!("{path} 不是 UTF-8 文本"), format!("{path} is not UTF-8 text")))
    })
}

/// The files that are named, those of folders in the order of their names.
fn files(named: &[Utf8PathBuf]) -> Result<Vec<Utf8PathBuf>, Stop> {
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() {
            let walk = walkdir::WalkDir::new(path).sort_by_file_name().into_iter();
            let plain = |entry: walkdir::DirEntry| {
                let path = Utf8PathBuf::from_path_buf(entry.into_path()).ok()?;
                let hidden = path.file_name().is_none_or(|name| name.starts_with(['.', '~']));
                (path.is_file() && !hidden && path.extension() != Some("json")).then_some(path)
            };
            files.extend(walk.flatten().filter_map(plain));
        } else {
            files.push(path.clone());
        }
    }
    match files.is_empty() {
        true => Err(Stop::Failure(Words::new("没有可以导入的文件", "there is no file to import"))),
        false => Ok(files),
    }
}

/// The site into which is imported.
struct ImportSite {
    site: Utf8PathBuf,
    place: String,
    config: Config,
    registry: Registry,
    without: BTreeSet<String>,
}

impl ImportSite {
    fn new(args: &ImportArgs, voice: &Speech) -> Result<Self, Stop> {
        let site = voice.site()?;
        let place = args.place.clone().unwrap_or_default();
        let text = |name: &str| {
            let text = read_text(&site.join(name)).ok();
            Source::new(name, text.unwrap_or_default().replace("\r\n", "\n"))
        };
        let config = Config::parse(&text("site.yaml")).value;
        let registry = Registry::parse(&text("indicators.yaml")).value;
        if let Some(kind) = args.kind.as_ref().filter(|kind| !config.kinds.contains_key(*kind)) {
            let near =
                diag::nearest(kind, config.kinds.keys().map(String::as_str)).unwrap_or("annual-report");
            return Err(Stop::Failure(Words::new(
                format!("没有 `{kind}` 这个文种；是不是想写 `{near}`？"),
                format!("there is no kind `{kind}`; did you mean `{near}`?"),
            )));
        }
        if Leaf::of(&Utf8PathBuf::from(format!("{place}/_index.md"))).is_err() {
            return Err(Stop::Failure(Words::new(
                format!("`{place}` 不能作地方的文件夹名：用小写字母开头，只用小写字母、数字和连字符"),
                format!(
                    "`{place}` cannot be a place's folder: lower-case letters, figures and hyphens, a letter first"
                ),
            )));
        }
        Ok(Self { site, place, config, registry, without: switched_off(&args.without)? })
    }

    /// The annual report of the year before, if it can be read.
    fn before(&self, year: Year) -> Option<Record> {
        let last = year.get() - 1;
        let of = |path: String| {
            let text = read_text(&self.site.join("content").join(&path)).ok()?;
            let Ok(Leaf::Report(address)) = Leaf::of(Utf8Path::new(&path)) else { return None };
            let source = Source::new(format!("content/{path}"), text);
            Some(report::parse(&source, address, (&self.config, &self.registry)).value?.record)
        };
        of(format!("{}/{last}.md", self.place)).or_else(|| of(format!("{}/{last}/index.md", self.place)))
    }
}

/// What happened to a file.
struct FileResult {
    file: String,
    what: Words,
}

/// Files that are imported one after the other.
struct Batch<'a> {
    args: &'a ImportArgs,
    voice: &'a Speech,
    ground: &'a ImportSite,
    rows: Vec<FileResult>,
    told: Vec<Diagnostic>,
    texts: Vec<Source>,
}

impl Batch<'_> {
    /// Imports a file; whatever is wrong with it does not stop the others.
    fn one(&mut self, path: &Utf8Path) {
        let done = self.import(path);
        let what = match done {
            Ok(what) => what,
            Err(ImportTrouble::Refused(refused)) => {
                let told = refused.diagnostic(path);
                let what = told.message.clone();
                self.told.push(told);
                Words::new(format!("没有导入：{}", what.zh), format!("not imported: {}", what.en))
            }
            Err(ImportTrouble::Other(what)) => {
                self.told.push(Diagnostic::error("import/stopped", path, what.clone()));
                Words::new(format!("没有导入：{}", what.zh), format!("not imported: {}", what.en))
            }
        };
        self.rows.push(FileResult { file: path.to_string(), what });
    }

    fn import(&mut self, path: &Utf8Path) -> Result<Words, ImportTrouble> {
        let (name, bytes) = self.given(path)?;
        let year = self.year(path)?;
        let before = self.ground.before(year);
        let wanted = WantedDocument {
            place: self.ground.place.clone(),
            year,
            kind: self.args.kind.clone(),
            slug: self.args.name.clone(),
            without: self.ground.without.clone(),
            config: &self.ground.config,
            registry: &self.ground.registry,
            before: before.as_ref(),
        };
        let imported = match import::import(&FileToImport { name: &name, bytes: &bytes }, &wanted) {
            Err(Refused::Convert(format)) if self.args.convert => {
                let made = disk::convert(&name, &bytes, format).map_err(ImportTrouble::Other)?;
                if format == "PDF" {
                    import::legible(&made.bytes).map_err(ImportTrouble::Refused)?;
                }
                import::import(&FileToImport { name: &made.name, bytes: &made.bytes }, &wanted)
            }
            done => done,
        };
        self.keep(imported.map_err(ImportTrouble::Refused)?)
    }

    fn given(&self, path: &Utf8Path) -> Result<(String, Vec<u8>), ImportTrouble> {
        if path == "-" {
            let mut bytes = Vec::new();
            let read = std::io::stdin().lock().take(LARGEST).read_to_end(&mut bytes);
            read.map_err(|error| {
                ImportTrouble::Other(Words::new(
                    format!("读不出：{error}"),
                    format!("cannot be read: {error}"),
                ))
            })?;
            return Ok(("-".into(), bytes));
        }
        let bytes = disk::get(path, LARGEST).map_err(|failure| ImportTrouble::Other(failure.words()))?;
        Ok((path.file_name().unwrap_or_default().to_owned(), bytes))
    }

    /// The year that was named, or the last one in the path.
    fn year(&self, path: &Utf8Path) -> Result<Year, ImportTrouble> {
        let named = self.args.year.as_deref();
        let runs = path.as_str().split(|c: char| !c.is_ascii_digit());
        let year = match named {
            Some(named) => Year::parse(named),
            None => runs.filter_map(Year::parse).next_back(),
        };
        year.ok_or_else(|| {
            ImportTrouble::Other(Words::new(
                "不知道是哪一年的文件，用 `--year 2020` 这样写明",
                "it is not known which year this is about; say so, such as `--year 2020`",
            ))
        })
    }

    /// Writes a report that was imported, or shows it.
    fn keep(&mut self, imported: ImportedDocument) -> Result<Words, ImportTrouble> {
        let there = self.there(&imported.path);
        let path = there.clone().unwrap_or_else(|| imported.path.clone());
        let log_path = path.with_extension("import.json");
        let old = there.as_ref().and_then(|path| read_text(&self.ground.site.join(path)).ok());
        let text = match (&old, self.args.force || self.args.dry_run) {
            (None, _) => imported.text.clone(),
            (Some(_), false) => return Err(ImportTrouble::Other(is_there(&path))),
            (Some(old), true) => {
                let log = read_text(&self.ground.site.join(&log_path)).ok();
                let log = log.and_then(|text| ImportLog::from_json(&text).ok());
                import::merge(old, log.as_ref(), (&imported.text, &imported.log))
                    .map_err(ImportTrouble::Other)?
            }
        };
        if self.args.dry_run {
            self.show(&path, old.as_deref(), &text)
                .map_err(|_| ImportTrouble::Other(Words::new("无法显示", "it cannot be shown")))?;
        } else {
            let put = |path: &Utf8Path, bytes: &[u8]| {
                disk::put(&self.ground.site, path, bytes)
                    .map_err(|failure| ImportTrouble::Other(failure.words()))
            };
            for file in &imported.attachments {
                put(&path.with_file_name(&file.name), &file.bytes)?;
            }
            put(&log_path, imported.log.to_json().as_bytes())?;
            put(&path, text.as_bytes())?;
        }
        let what = summary(&path, &imported, self.args.dry_run);
        let same = text == imported.text;
        self.told.extend(
            imported.told.into_iter().filter(|told| same || told.code.starts_with("import/")).map(
                |mut told| {
                    told.path.clone_from(&path);
                    if !same {
                        told.span = None;
                    }
                    told
                },
            ),
        );
        self.texts.push(Source::new(path, text));
        Ok(what)
    }

    /// The report that is there, in either of the forms that its path can have.
    fn there(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let stem = path.as_str().trim_end_matches(".md").trim_end_matches("/index").to_owned();
        let forms = [format!("{stem}.md"), format!("{stem}/index.md")];
        forms.into_iter().map(Utf8PathBuf::from).find(|form| self.ground.site.join(form).exists())
    }

    /// Shows what would be written: what is new whole, and else how it differs from what is there.
    fn show(&self, path: &Utf8Path, old: Option<&str>, text: &str) -> Result<(), Stop> {
        match old {
            None => self.voice.print(&format!("=== {path}\n{text}")),
            Some(old) => self.voice.print(&format!("=== {path}\n{}", super::fmt::difference(old, text))),
        }
    }

    /// Prints what happened to each file, and what is to be said of them.
    fn finish(self, count: usize) -> Result<(), Stop> {
        let failed = self.rows.len() - self.texts.len();
        let lines =
            self.rows.iter().map(|row| format!("{}: {}\n", row.file, row.what.get(self.voice.language)));
        self.voice.print(&lines.collect::<String>())?;
        let judged = self.voice.judge(self.told, &Sources::new(self.texts, Vec::new()), false);
        if count > 1 {
            self.voice.say(&Words::new(
                format!("共 {count} 个文件，导入 {} 个，未导入 {failed} 个", count - failed),
                format!("files: {count}, imported: {}, not imported: {failed}", count - failed),
            ));
        }
        judged
    }
}

/// Why a file was not imported.
enum ImportTrouble {
    Refused(Refused),
    Other(Words),
}

fn is_there(path: &Utf8Path) -> Words {
    Words::new(
        format!("{path} 已经有了，没有改动；`--force` 把新导入的内容合并进去，编辑写的元数据保留"),
        format!(
            "{path} is there already and was not changed; `--force` merges into it and keeps the editor's front matter"
        ),
    )
}

/// What came of a file, in a line.
fn summary(path: &Utf8Path, imported: &ImportedDocument, dry: bool) -> Words {
    let sums = &imported.log.characters;
    let mended: usize = sums.taken.values().map(|taken| taken.times).sum();
    let figures = imported.suggestions.len();
    let (zh, en) = if dry { ("将写入", "would be written to") } else { ("已写入", "written to") };
    Words::new(
        format!(
            "{zh} {path}：{} 字，进入元数据 {} 字，改动 {mended} 处，建议指标 {figures} 个",
            imported.log.source.characters, sums.front_matter
        ),
        format!(
            "{en} {path}: characters: {}, of these in front matter: {}, changes: {mended}, suggested figures: {figures}",
            imported.log.source.characters, sums.front_matter
        ),
    )
}
