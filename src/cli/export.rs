//! `xiangwei export`: what the site knows, for programs of others.

use std::io::{self, BufWriter, Write};

use camino::Utf8PathBuf;
use clap::ValueEnum;
use serde::Serialize;

use super::{Speech, Stop};
use crate::archive::Archive;
use crate::ask::{Ask, Planned};
use crate::build::{self, Wishes};
use crate::check::Scales;
use crate::diag::Words;
use crate::disk;
use crate::exports;
use crate::outline::{self, Outline};
use crate::search;

/// What can be said with `export`.
#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// What: search, all documents for the search of a server
    what: ExportFormat,
    /// Where the files go
    #[arg(value_name = "DIR", required_unless_present = "words")]
    to: Option<Utf8PathBuf>,
    /// Which server takes them in
    #[arg(long, value_enum, default_value_t)]
    server: Server,
    /// Print instead the phrase by which each of these texts is asked for, as JSON, one a line
    #[arg(long, value_name = "TEXT", num_args = 1..)]
    words: Vec<String>,
}

/// What is exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// All documents, cut into the words of the site's own search
    Search,
}

/// A server that searches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Server {
    /// Quickwit
    #[default]
    Quickwit,
    /// OpenSearch or Elasticsearch, by its bulk interface
    Opensearch,
}

impl Server {
    /// The name of its index, if nobody names it otherwise; the file of its settings, and these.
    fn settings(self) -> (&'static str, &'static str) {
        match self {
            Self::Quickwit => ("index.yaml", search::QUICKWIT),
            Self::Opensearch => ("index.json", search::OPENSEARCH),
        }
    }
}

/// The file of the documents.
const DOCUMENTS: &str = "documents.ndjson";

/// How many documents are made together.
const TOGETHER: usize = 64;

pub(super) fn run(args: &ExportArgs, voice: &Speech) -> Result<(), Stop> {
    let ExportFormat::Search = args.what;
    let Some(to) = &args.to else { return words(&args.words, voice) };
    let wishes = Wishes { today: voice.today()?, ..Wishes::default() };
    let site = voice.site()?;
    let read = disk::read(&site)?;
    let mut diagnostics = read.diagnostics;
    let (mut archive, _) = build::prepare(read.value, &wishes).into(&mut diagnostics);
    let outline = outline::outline(&archive, true).into(&mut diagnostics);
    voice.judge(Scales::of(&archive).weigh(diagnostics), &archive.sources, false)?;
    disk::folder(to)?;
    let (name, settings) = args.server.settings();
    disk::make_file(&to.join(name), |file| file.write_all(settings.as_bytes()))?;
    let mut count = 0;
    disk::make_file(&to.join(DOCUMENTS), |file| {
        let mut file = BufWriter::new(file);
        count = documents((&mut archive, &outline), args.server, &mut file)?;
        file.flush()
    })?;
    voice.say(&Words::new(
        format!("{count} 份文件已写入 {}，索引设置见 {}", to.join(DOCUMENTS), to.join(name)),
        format!(
            "{count} documents are in {}, the settings of an index for them in {}",
            to.join(DOCUMENTS),
            to.join(name)
        ),
    ));
    Ok(())
}

/// Prints how texts are asked for.
fn words(texts: &[String], voice: &Speech) -> Result<(), Stop> {
    let lines = texts.iter().map(|text| line(&search::asked(text)));
    let lines: io::Result<Vec<String>> = lines.collect();
    voice.print(&lines.map_err(unwritten)?.concat())
}

/// Writes the documents that readers should find, newest first, one a line; how many they are.
fn documents(
    (archive, outline): (&mut Archive, &Outline),
    server: Server,
    to: &mut impl Write,
) -> io::Result<usize> {
    let mut leads = exports::leads(&Ask::of(&Planned::new(archive, outline)));
    leads.sort_by(|lead, other| lead.rank().cmp(&other.rank()));
    for some in leads.chunks(TOGETHER) {
        archive.shed();
        let planned = Planned::new(archive, outline);
        for lead in some {
            if server == Server::Opensearch {
                to.write_all(line(&Action { index: BulkTarget { id: &lead.url } })?.as_bytes())?;
            }
            let document = search::exported(exports::findable(&Ask::of(&planned), lead.at));
            to.write_all(line(&document)?.as_bytes())?;
        }
    }
    Ok(leads.len())
}

/// What the bulk interface is to do with the line behind it.
#[derive(Serialize)]
struct Action<'a> {
    index: BulkTarget<'a>,
}

#[derive(Serialize)]
struct BulkTarget<'a> {
    #[serde(rename = "_id")]
    id: &'a str,
}

fn line(value: &impl Serialize) -> io::Result<String> {
    Ok(serde_json::to_string(value).map_err(io::Error::other)? + "\n")
}

fn unwritten(error: io::Error) -> Stop {
    Stop::Failure(Words::new(
        format!("无法写成 JSON：{error}"),
        format!("this cannot be written as JSON: {error}"),
    ))
}
