//! The command line: what the user said, and the words and exit codes that answer. No logic
//! of the product is here.
//!
//! Results go to standard output, messages and progress to standard error. Exit codes: 0 done;
//! 1 the content, `site.yaml` or a theme has errors; 2 the program could not do its work or
//! was called wrongly, or what it had to say could not be written; 3 a federated site is built, and
//! some of its offices are not in it as they are now.

// The command line is the program's mouth: it alone prints, reads the environment and knows
// the folder that the user stands in.
#![allow(clippy::disallowed_methods)]

mod archive;
mod ask;
mod build;
mod check;
mod choices;
mod export;
mod external;
mod federate;
mod fmt;
mod ground;
mod help;
mod import;
mod init;
mod inspect;
mod join;
mod key;
mod mouth;
mod new;
mod part;
mod progress;
mod prove;
mod publish;
mod record;
mod schema;
mod serve;
mod shell;
mod sign;
mod verify;
mod vouch;
mod witness;

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use camino::Utf8PathBuf;
use clap::{FromArgMatches, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;

use crate::check::{AllowedFinding, WeighedFindings};
use crate::config::Config;
use crate::diag::draw::{self, Detail, DiagnosticFormat, DrawingStyle, PathReader, SiteCaption};
use crate::diag::{Diagnostic, Language, Severity, Words};
use crate::disk;
use crate::remote;
use crate::report::matter::parse_day;
use crate::source::Sources;
use ground::WorkingPlace;

/// Turn governments' yearly rule-of-law reports into a searchable disclosure site.
#[derive(Debug, Parser)]
#[command(name = "xiangwei", version = env!("XIANGWEI_VERSION"), propagate_version = true)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: CommonArgs,
}

/// What can be said with every command.
#[derive(Clone, Debug, clap::Args)]
struct CommonArgs {
    /// The site's folder [default: the nearest folder upwards with a site.yaml]
    #[arg(long, global = true, value_name = "DIR")]
    site: Option<Utf8PathBuf>,
    /// How mistakes are shown
    #[arg(long, global = true, value_enum, default_value_t)]
    format: DiagnosticFormat,
    /// The day by which it is judged which reports are due, such as 2026-04-01 [default: none]
    #[arg(long, global = true, value_name = "DATE")]
    today: Option<String>,
    /// The language of messages [default: that of the system]
    #[arg(long, global = true, value_enum, value_name = "LANGUAGE")]
    message_language: Option<Language>,
    /// Whether messages are coloured
    #[arg(long, global = true, value_enum, default_value_t)]
    color: ColorChoice,
    /// Show errors alone, and of the rest how many there are
    #[arg(long, short, global = true)]
    quiet: bool,
    /// Show every mistake, however many are of one sort, and say more of what is done
    #[arg(long, short, global = true, conflicts_with = "quiet")]
    verbose: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new site
    Init(init::InitArgs),
    /// Make a document to be filled in
    New(new::NewArgs),
    /// Say everything that is wrong, at once
    Check(check::CheckArgs),
    /// Build the site
    Build(build::BuildArgs),
    /// Put the parts of a build on many machines together
    Join(join::JoinArgs),
    /// Show the site in a browser while it is edited
    Serve(serve::ServeArgs),
    /// Make reports of Word files, saved pages and texts
    Import(import::ImportArgs),
    /// Mend reports by the rules of import
    Fmt(fmt::FmtArgs),
    /// Make one file of the finished site that others can keep and replay (WACZ)
    Archive(archive::ArchiveArgs),
    /// Write a proof that a text stood at an address on a day
    Prove(prove::ProveArgs),
    /// Sign the head of a log as a second party
    Witness(witness::WitnessArgs),
    /// Make a key to sign with
    Key(key::KeyArgs),
    /// Build one site over those of many offices, which are read where they are published
    Federate(federate::FederateArgs),
    /// Check and build the site, and put it where people read it
    Publish(publish::PublishArgs),
    /// Go back to the publication before
    Rollback(publish::RollbackArgs),
    /// Hold a published or built site against its manifest
    Verify(verify::VerifyArgs),
    /// Write what the site knows for programs of others
    Export(export::ExportArgs),
    /// Print the view of one page as JSON, for theme authors
    Inspect(inspect::InspectArgs),
    /// Print what can be written in a file, as JSON Schema
    Schema(schema::SchemaArgs),
    /// Print what a shell needs to complete commands
    Completions(shell::CompletionsArgs),
    /// Print the manual page
    Man(shell::ManArgs),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum ColorChoice {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How a command ended, if not well.
#[derive(Debug)]
enum Stop {
    /// The content, the settings or the theme have errors, which are printed already.
    Mistakes,
    /// The program could not do its work.
    Failure(Words),
    /// The site is built, and some of the offices that it gathers could not be read, which is said already.
    Partly,
}

impl From<disk::Failure> for Stop {
    fn from(failure: disk::Failure) -> Self {
        Self::Failure(failure.words())
    }
}

impl From<remote::TargetTrouble> for Stop {
    fn from(trouble: remote::TargetTrouble) -> Self {
        Self::Failure(trouble.words)
    }
}

/// Runs the command that the arguments name.
#[must_use]
pub fn main() -> ExitCode {
    let language = help::language(std::env::args_os()).unwrap_or_else(system_language);
    let matches = help::command(language).try_get_matches();
    let args = match matches.and_then(|matches| CommandLine::from_arg_matches(&matches)) {
        Ok(args) => args,
        Err(error) => {
            return advise(&error, language);
        }
    };
    let voice = Speech::new(&args.common);
    let done = match &args.command {
        Command::Init(command) => init::run(command, &voice),
        Command::New(command) => new::run(command, &voice),
        Command::Check(command) => check::run(command, &voice),
        Command::Build(command) => build::run(command, &voice),
        Command::Join(command) => join::run(command, &voice),
        Command::Serve(command) => serve::run(command, &voice),
        Command::Import(command) => import::run(command, &voice),
        Command::Fmt(command) => fmt::run(command, &voice),
        Command::Archive(command) => archive::run(command, &voice),
        Command::Prove(command) => prove::run(command, &voice),
        Command::Witness(command) => witness::run(command, &voice),
        Command::Key(command) => key::run(command, &voice),
        Command::Federate(command) => federate::run(command, &voice),
        Command::Publish(command) => publish::run(command, &voice),
        Command::Rollback(command) => publish::roll_back(command, &voice),
        Command::Verify(command) => verify::run(command, &voice),
        Command::Export(command) => export::run(command, &voice),
        Command::Inspect(command) => inspect::run(command, &voice),
        Command::Schema(command) => schema::run(command, &voice),
        Command::Completions(command) => shell::completions(command, &voice),
        Command::Man(command) => shell::man(command, &voice),
    };
    if let Err(Stop::Failure(words)) = &done {
        voice.mouth.say(&format!("{}: {}", voice.pick("错误", "error"), words.get(voice.language)));
    }
    match done {
        _ if voice.mouth.is_unheard() => ExitCode::from(2),
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Mistakes) => ExitCode::from(1),
        Err(Stop::Failure(_)) => ExitCode::from(2),
        Err(Stop::Partly) => ExitCode::from(3),
    }
}

/// Prints the help that was asked for, or what is wrong with the arguments.
fn advise(error: &clap::Error, language: Language) -> ExitCode {
    if let Some(line) = help::complaint(error, language) {
        mouth::Mouth::default().say(&line);
        return ExitCode::from(2);
    }
    let written = mouth::heard(error.print().and_then(|()| std::io::stdout().flush()));
    if let Err(error) = &written {
        let name = language.pick("错误", "error");
        mouth::Mouth::default().say(&format!("{name}: {}", mouth::unwritten(error).get(language)));
    }
    let is_fine = written.is_ok() && !error.use_stderr();
    ExitCode::from(if is_fine { 0 } else { 2 })
}

/// How the program speaks: the arguments that every command shares, made definite.
struct Speech {
    site: Option<Utf8PathBuf>,
    today: Option<String>,
    language: Language,
    format: DiagnosticFormat,
    color: bool,
    quiet: bool,
    verbose: bool,
    mouth: mouth::Mouth,
}

impl Speech {
    fn new(common: &CommonArgs) -> Self {
        let language = common.message_language.unwrap_or_else(system_language);
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let color = match common.color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => !plain && std::io::stdout().is_terminal(),
        };
        Self {
            site: common.site.clone(),
            today: common.today.clone(),
            language,
            format: common.format,
            color,
            quiet: common.quiet,
            verbose: common.verbose,
            mouth: mouth::Mouth::default(),
        }
    }

    fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.language.pick(zh, en)
    }

    /// Says what was done, unless silence is wished.
    fn say(&self, words: &Words) {
        if !self.quiet {
            self.mouth.say(words.get(self.language));
        }
    }

    /// Prints a result.
    fn print(&self, text: &str) -> Result<(), Stop> {
        self.mouth.print(text)
    }

    /// The site's folder: the one that is named, or the nearest upwards.
    fn site(&self) -> Result<Utf8PathBuf, Stop> {
        if let Some(site) = &self.site {
            return match site.is_dir() {
                true => Ok(site.clone()),
                false => Err(Stop::Failure(Words::new(
                    format!("没有 {site} 这个文件夹"),
                    format!("there is no folder {site}"),
                ))),
            };
        }
        let here = std::env::current_dir().ok().and_then(|here| Utf8PathBuf::from_path_buf(here).ok());
        let here = here.as_deref();
        here.and_then(disk::find_site).ok_or_else(|| match here.and_then(disk::find_misnamed) {
            Some(found) => Stop::Failure(Words::new(
                format!("没有 site.yaml，只有 {found}；把它改名为 site.yaml"),
                format!("there is no site.yaml, and there is {found}; rename it to site.yaml"),
            )),
            None => Stop::Failure(Words::new(
                "这里和上层文件夹都没有 site.yaml；用 --site 指明站点文件夹",
                "there is no site.yaml here or in a folder above; name the site's folder with --site",
            )),
        })
    }

    /// The day that was named. It is never the clock's: the same sources make the same site.
    fn today(&self) -> Result<Option<Date>, Stop> {
        let read = |text: &String| {
            parse_day(text).ok_or_else(|| {
                Stop::Failure(Words::new(
                    format!("`--today {text}` 不是日期；写成 2026-04-01 这样"),
                    format!("`--today {text}` is not a date; write one such as 2026-04-01"),
                ))
            })
        };
        self.today.as_ref().map(read).transpose()
    }

    fn detail(&self) -> Detail {
        match (self.quiet, self.verbose) {
            (true, _) => Detail::Errors,
            (_, true) => Detail::Whole,
            _ => Detail::Folded,
        }
    }

    /// Says how many findings the site does not want to be told of.
    fn tell_allowed(&self, allowed: &[AllowedFinding], sources: &Sources, style: &DrawingStyle<'_>) {
        if !allowed.is_empty() {
            self.say(&allowed_words(allowed, sources, style));
        }
    }

    /// Prints the diagnostics, and stops where one of them is an error. Under `strict` a
    /// warning is one.
    fn judge(
        &self,
        weighed: impl Into<WeighedFindings>,
        sources: &Sources,
        strict: bool,
    ) -> Result<(), Stop> {
        let WeighedFindings { told: mut diagnostics, allowed } = weighed.into();
        for diagnostic in &mut diagnostics {
            if strict && diagnostic.severity == Severity::Warning {
                diagnostic.severity = Severity::Error;
            }
        }
        let ground = self.site().map(|site| WorkingPlace::new(&site))?;
        let settings = sources.text("site.yaml".into()).filter(|_| self.format == DiagnosticFormat::Html);
        let title = settings.map(|settings| Config::parse(settings).value.title).unwrap_or_default();
        let style = DrawingStyle {
            format: self.format,
            language: self.language,
            color: self.color,
            detail: self.detail(),
            stand: PathReader { folder: ground.here.as_str(), way: ground.way.as_str() },
            about: SiteCaption { title: &title, day: self.today.as_deref() },
        };
        self.print(&draw::draw(&diagnostics, sources, &style))?;
        self.tell_allowed(&allowed, sources, &style);
        match diagnostics.iter().any(Diagnostic::is_error) {
            true => Err(Stop::Mistakes),
            false => Ok(()),
        }
    }
}

/// How many findings are not told, and each of them where more is to be said.
fn allowed_words(allowed: &[AllowedFinding], sources: &Sources, style: &DrawingStyle<'_>) -> Words {
    let count = allowed.len();
    match style.detail {
        Detail::Whole => {
            let lines: String = allowed
                .iter()
                .map(|AllowedFinding { diagnostic, reason }| {
                    draw::allowed(diagnostic, reason, sources, style)
                })
                .collect();
            let lines = lines.trim_end();
            Words::new(
                format!("按 site.yaml 的 `checks`，{count} 处没有列在上面：\n{lines}"),
                format!("not shown above, by `checks` of site.yaml: {count}\n{lines}"),
            )
        }
        _ => Words::new(
            format!("按 site.yaml 的 `checks`，{count} 处没有列在上面；加 `--verbose` 列出"),
            format!("not shown above, by `checks` of site.yaml: {count}; `--verbose` lists them"),
        ),
    }
}

/// Chinese where the system speaks it, English elsewhere.
fn system_language() -> Language {
    match sys_locale::get_locale() {
        Some(locale) if locale.to_lowercase().starts_with("zh") => Language::Chinese,
        _ => Language::English,
    }
}
