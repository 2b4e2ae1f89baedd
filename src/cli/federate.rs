//! `xiangwei federate`: one site over those of many offices. What one of them does wrong is told and costs the others
//! nothing; the site is built all the same.

use std::cell::Cell;
use std::sync::Arc;
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};

use super::build::{self as making, ReceivedTexts};
use super::ground::WorkingPlace;
use super::{Speech, Stop, progress, record};
use crate::archive;
use crate::build::{self, Prepared, Recalled, Wishes};
use crate::config::{Config, Sites};
use crate::diag::{Diagnosed, Words};
use crate::disk::{self, MAX_TEXT, Stock};
use crate::federation::{self, MergedOffices};
use crate::remote::{self, Manners, OfficeGathering};
use crate::source::{Source, Sources, TextShelf};

/// What can be said with `federate`.
#[derive(Debug, clap::Args)]
pub(super) struct FederateArgs {
    /// The list of the offices, such as sites.yaml, in the site's folder
    #[arg(value_name = "SITES")]
    sites: Utf8PathBuf,
    /// Where the finished site goes [default: public in the site's folder]
    #[arg(long, short, value_name = "DIR")]
    output: Option<Utf8PathBuf>,
    /// Another address than the one in site.yaml
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Leave the search files out
    #[arg(long)]
    no_search: bool,
    /// Forget what was read of the office with this name, and where its log stood; once, after it has said why
    #[arg(long = "forget", value_name = "NAME")]
    forget_office: Vec<String>,
    /// How many milliseconds one request may take; for tests with a server that never answers
    #[arg(long, hide = true, value_name = "N")]
    patience: Option<u64>,
}

pub(super) fn run(args: &FederateArgs, voice: &Speech) -> Result<(), Stop> {
    let site = voice.site()?;
    let path = WorkingPlace::new(&site).below(&args.sites)?;
    let (sheet, sites) = offices(&site, &path, voice)?;
    let wanted = making::BuildArgs::of_federation(args.output.clone(), args.base_url.clone(), args.no_search);
    let stock = Arc::new(Stock::open(&wanted.output(&site)?, |words| voice.say(words))?);
    for name in &args.forget_office {
        stock.forget_note(name)?;
    }
    let troubled = Cell::new(0);
    let receive = |own: Sources, wishes: &Wishes, recalled| {
        let gathering = OfficeGathering {
            sites: &sites,
            folder: &site.join(path.parent().unwrap_or(Utf8Path::new(""))),
            stock: &stock,
            manners: &manners(args, &own, wishes),
            now: record::now(),
        };
        let bar = progress::bar(voice, sites.offices.len(), &Words::new("读取各家网站", "reading offices"));
        let asked = remote::gather(&gathering, &|| bar.inc(1));
        bar.finish_and_clear();
        let shelf = Arc::clone(&stock) as Arc<dyn TextShelf>;
        let merged = federation::merge(&sites, asked?, &own, &shelf);
        troubled.set(merged.offices.troubled());
        let prepared = put_together((own, merged), (&sites, &sheet), wishes, recalled);
        Ok(ReceivedTexts { prepared, stock: Some(Arc::clone(&stock)) })
    };
    making::make_with(&wanted, voice, &receive)?;
    match troubled.get() {
        0 => Ok(()),
        troubled => {
            voice.say(&Words::new(
                format!("{troubled} 家未能按现状读取，其余各家完整；见 /offices/"),
                format!("offices that could not be read as they are now: {troubled}; all others are whole, see /offices/"),
            ));
            Err(Stop::Partly)
        }
    }
}

/// Reads a site's own sources and those of offices, but for what no site may show: a document with personal numbers in
/// it is left out, and its office told.
fn put_together(
    (mut sources, merged): (Sources, MergedOffices),
    (sites, sheet): (&Sites, &Source),
    wishes: &Wishes,
    recalled: Recalled,
) -> Diagnosed<Prepared> {
    let MergedOffices { texts, mut offices } = merged;
    sources.add(texts.into_iter().chain([sheet.clone()]).collect());
    let mut prepared = build::prepare_recalling(sources, wishes, recalled);
    let refused = federation::refused(&mut offices, &prepared.diagnostics);
    if !refused.is_empty() {
        let (mut sources, _) = archive::dismantle(prepared.value.archive);
        sources.replace(&refused, Sources::default());
        prepared = build::prepare_recalling(sources, wishes, Recalled::default());
    }
    federation::counted(&mut offices, &prepared.value.archive);
    prepared.diagnostics.extend(federation::office_findings(sites, &offices, sheet));
    prepared.value.archive.offices = offices;
    prepared
}

/// The offices of the list at `path`, and the list itself. With a mistake in it nobody is asked.
fn offices(site: &Utf8Path, path: &Utf8Path, voice: &Speech) -> Result<(Source, Sites), Stop> {
    let bytes = disk::get(&site.join(path), MAX_TEXT)?;
    let sheet = Source::new(path, String::from_utf8_lossy(&bytes).replace("\r\n", "\n"));
    let mut diagnostics = Vec::new();
    let sites = Sites::parse(&sheet).into(&mut diagnostics);
    voice.judge(diagnostics, &Sources::new(vec![sheet.clone()], Vec::new()), false)?;
    Ok((sheet, sites))
}

/// How offices are asked by the site with these settings.
fn manners(args: &FederateArgs, own: &Sources, wishes: &Wishes) -> Manners {
    let settings = || own.text("site.yaml".into()).map(|source| Config::parse(source).value.base);
    let base = wishes.base.clone().or_else(settings).map(|base| base.absolute("/"));
    let usual = Manners::of_federation(&base.unwrap_or_default());
    let patience = args.patience.map_or(usual.patience, Duration::from_millis);
    Manners { patience, ..usual }
}
