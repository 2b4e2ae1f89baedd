//! `xiangwei new`: a document to be filled in.

use camino::Utf8PathBuf;

use super::ask::{self, CommandQuestion};
use super::{Speech, Stop};
use crate::archive::Archive;
use crate::build::{self, Wishes};
use crate::config::{ANNUAL_REPORT, Kind, known_kinds};
use crate::diag::Words;
use crate::disk;
use crate::route::{Leaf, Year};
use crate::start::{self, BlankDocument, EarlierDocument, NewPlace};
use crate::yaml::names;

/// What can be said with `new`.
#[derive(Debug, clap::Args)]
pub(super) struct NewArgs {
    /// The folder of the place, such as `jiangmen`
    #[arg(value_name = "PLACE")]
    place: String,
    /// The year that the document is about
    #[arg(value_name = "YEAR")]
    year: String,
    /// The kind of document [default: annual-report]
    #[arg(long, value_name = "KIND")]
    kind: Option<String>,
    /// The name of its file and address, where the year has several of the kind [default: that of the kind]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The name of the place, where it is new, such as 江门市
    #[arg(long, value_name = "TEXT")]
    place_name: Option<String>,
    /// The level of the place, where it is new
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
}

pub(super) fn run(args: &NewArgs, voice: &Speech) -> Result<(), Stop> {
    let site = voice.site()?;
    let read = disk::read(&site)?;
    let wishes = Wishes { drafts: true, ..Wishes::default() };
    let (archive, _) = build::prepare(read.value, &wishes).into(&mut Vec::new());
    let slug = ask::slug(&args.place).map_err(Stop::Failure)?;
    let year = year(&args.year)?;
    let (kind_id, kind) = kind(args.kind.as_deref().unwrap_or(ANNUAL_REPORT), &archive)?;
    let name = match (&args.name, kind_id) {
        (Some(name), _) => Some(name.as_str()),
        (None, ANNUAL_REPORT) => None,
        (None, kind) => Some(kind),
    };
    let address = address(&slug, year, name)?;
    if let Some(there) = archive.document(&address) {
        return Err(disk::Failure::Exists { path: there.path.clone() }.into());
    }
    let new_place = match archive.places.contains_key(&slug) {
        true => None,
        false => Some(new_place(args, &slug, voice)?),
    };
    let known = archive.places.get(&slug).map(|place| place.name.value.as_str());
    let place_name = new_place.as_ref().map(|place| place.name.as_str()).or(known).unwrap_or_default();
    let document = start::blank(&BlankDocument {
        place: &slug,
        place_name,
        year,
        kind_id,
        kind,
        name,
        registry: &archive.registry,
        earlier: EarlierDocument::of(&archive, &slug, year, kind_id),
        is_draft: true,
    });
    let made = document.path.clone();
    let files = new_place.iter().map(start::place).chain([document]);
    let files: Vec<(Utf8PathBuf, String)> = files.map(|file| (file.path, file.text)).collect();
    disk::create(&site, &files)?;
    voice.say(&Words::new(
        format!("已新建 {made}，填写后运行 xiangwei check"),
        format!("{made} is there; fill it in, then run xiangwei check"),
    ));
    Ok(())
}

fn year(said: &str) -> Result<Year, Stop> {
    Year::parse(said).ok_or_else(|| {
        Stop::Failure(Words::new(
            format!("`{said}` 不是年度；写成四位数字，1949 以后"),
            format!("`{said}` is no year; write four figures, 1949 or later"),
        ))
    })
}

/// The kind of this id, or that people call so.
fn kind<'a>(said: &str, archive: &'a Archive) -> Result<(&'a str, &'a Kind), Stop> {
    let kinds = &archive.config.kinds;
    let known = known_kinds(kinds);
    let meant = kinds.get_key_value(said).map(|(id, kind)| (id.as_str(), kind));
    let called = || {
        let id = names::called(said, &known)?;
        kinds.get_key_value(id).map(|(id, kind)| (id.as_str(), kind))
    };
    meant.or_else(called).ok_or_else(|| {
        let advice = names::advice(said, &known);
        Stop::Failure(Words::new(
            format!("没有 `{said}` 这个文种；{}", advice.zh),
            format!("there is no kind `{said}`; {}", advice.en),
        ))
    })
}

fn address(place: &str, year: Year, name: Option<&str>) -> Result<crate::route::Address, Stop> {
    let path = match name {
        Some(name) => format!("{place}/{year}/{name}.md"),
        None => format!("{place}/{year}.md"),
    };
    match Leaf::of(path.as_str().into()) {
        Ok(Leaf::Report(address)) => Ok(address),
        _ => Err(Stop::Failure(Words::new(
            format!("`{}` 不能用在网址里", name.unwrap_or(place)),
            format!("`{}` cannot be part of an address", name.unwrap_or(place)),
        ))),
    }
}

fn new_place(args: &NewArgs, slug: &str, voice: &Speech) -> Result<NewPlace, Stop> {
    let name = CommandQuestion {
        option: "--place-name",
        said: args.place_name.as_ref(),
        asks: Words::new(
            format!("还没有 {slug} 这个地方；它的全称，如江门市"),
            format!("{slug} is new; its name, such as 江门市"),
        ),
    };
    let level = CommandQuestion { option: "--level", said: args.level.as_ref(), asks: ask::which_level() };
    ask::all_said(&[&name, &level])?;
    Ok(NewPlace {
        slug: slug.to_owned(),
        name: ask::answer(&name, voice, ask::text)?,
        level: ask::answer(&level, voice, ask::level)?,
    })
}
