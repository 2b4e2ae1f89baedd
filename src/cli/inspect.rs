//! `xiangwei inspect`: the view of one page as JSON, which is all that a template can read, and what
//! a comparison found in plain numbers.

use serde::Serialize;

use super::{Speech, Stop};
use crate::ask::Planned;
use crate::build::{self, Wishes};
use crate::check::Scales;
use crate::diag::Words;
use crate::disk;
use crate::outline;
use crate::route::Route;
use crate::view::{ComparisonOutcome, View};

/// What can be said with `inspect`.
#[derive(Debug, clap::Args)]
pub(super) struct InspectArgs {
    /// The page's address, such as `/jiangmen/2019/`
    address: String,
    /// Count drafts among the documents
    #[arg(long)]
    drafts: bool,
}

pub(super) fn run(args: &InspectArgs, voice: &Speech) -> Result<(), Stop> {
    let wishes = Wishes { drafts: args.drafts, today: voice.today()?, ..Wishes::default() };
    let site = voice.site()?;
    let read = disk::read(&site)?;
    let mut diagnostics = read.diagnostics;
    let (archive, _) = build::prepare(read.value, &wishes).into(&mut diagnostics);
    let outline = outline::outline(&archive, true).into(&mut diagnostics);
    let planned = Planned::new(&archive, &outline);
    let route = route(&args.address);
    let view = route.as_ref().and_then(|route| build::view(&planned, route));
    let Some(view) = view else {
        voice.judge(Scales::of(&archive).weigh(diagnostics), &archive.sources, false)?;
        return Err(Stop::Failure(Words::new(
            format!("{} 没有页面", args.address),
            format!("there is no page at {}", args.address),
        )));
    };
    let outcome = route.and_then(|route| build::outcome(&planned, &route));
    let json = serde_json::to_string_pretty(&InspectedView { view, outcome }).map_err(|error| {
        Stop::Failure(Words::new(
            format!("无法写成 JSON：{error}"),
            format!("this cannot be written as JSON: {error}"),
        ))
    })?;
    voice.print(&format!("{json}\n"))
}

/// A view, and what a comparison found.
#[derive(Serialize)]
struct InspectedView {
    #[serde(flatten)]
    view: View,
    #[serde(flatten)]
    outcome: Option<ComparisonOutcome>,
}

pub(super) fn route(address: &str) -> Option<Route> {
    match address.trim_matches('/') {
        "" => Some(Route::home()),
        name if name.ends_with(".html") => Route::file(name),
        name => Route::file(name).map(|_| Route::page(name.split('/'))),
    }
}
