//! `xiangwei init`: a site from nothing.

use camino::{Utf8Path, Utf8PathBuf};

use super::ask::{self, CommandQuestion};
use super::{Speech, Stop};
use crate::diag::Words;
use crate::disk;
use crate::start::{self, EXAMPLE, NewPlace, NewSite};

/// What can be said with `init`.
#[derive(Debug, clap::Args)]
pub(super) struct InitArgs {
    /// The folder of the new site; one that is there keeps its files
    #[arg(value_name = "DIR")]
    folder: Utf8PathBuf,
    /// The site's name
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// Who publishes it
    #[arg(long, value_name = "TEXT")]
    publisher: Option<String>,
    /// Where it will stand, such as `https://www.example.gov.cn/fzzf/`
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The first place, as its folder and its addresses are named, such as `jiangmen`
    #[arg(long, value_name = "PLACE")]
    place: Option<String>,
    /// The name of the place, such as 江门市
    #[arg(long, value_name = "TEXT")]
    place_name: Option<String>,
    /// The level of the place: national, province, prefecture, county, township or department
    #[arg(long, value_name = "LEVEL")]
    level: Option<String>,
}

pub(super) fn run(args: &InitArgs, voice: &Speech) -> Result<(), Stop> {
    if args.folder.join("site.yaml").exists() {
        return Err(disk::Failure::Exists { path: args.folder.join("site.yaml") }.into());
    }
    let files = start::site(&wanted(args, voice)?, voice.language);
    let files: Vec<(Utf8PathBuf, String)> = files.into_iter().map(|file| (file.path, file.text)).collect();
    disk::create(&args.folder, &files)?;
    voice.say(&done(&args.folder, files.len()));
    Ok(())
}

fn wanted(args: &InitArgs, voice: &Speech) -> Result<NewSite, Stop> {
    let question =
        |option, said, zh: &str, en: &str| CommandQuestion { option, said, asks: Words::new(zh, en) };
    let title = question("--title", args.title.as_ref(), "网站的名称", "the site's name");
    let publisher = question("--publisher", args.publisher.as_ref(), "主办单位", "who publishes it");
    let base_url = question(
        "--base-url",
        args.base_url.as_ref(),
        "网站将来的网址，如 https://www.example.gov.cn/fzzf/",
        "where it will stand, such as https://www.example.gov.cn/fzzf/",
    );
    let place = question(
        "--place",
        args.place.as_ref(),
        "第一个地方在网址里的名称（拼音），如 jiangmen",
        "the first place, as addresses name it, such as jiangmen",
    );
    let name =
        question("--place-name", args.place_name.as_ref(), "它的全称，如江门市", "its name, such as 江门市");
    let level = CommandQuestion { option: "--level", said: args.level.as_ref(), asks: ask::which_level() };
    ask::all_said(&[&title, &publisher, &base_url, &place, &name, &level])?;
    Ok(NewSite {
        title: ask::answer(&title, voice, ask::text)?,
        publisher: ask::answer(&publisher, voice, ask::text)?,
        base_url: ask::answer(&base_url, voice, ask::base_url)?,
        place: NewPlace {
            slug: ask::answer(&place, voice, own_slug)?,
            name: ask::answer(&name, voice, ask::text)?,
            level: ask::answer(&level, voice, ask::level)?,
        },
    })
}

/// The folder of a place that is not the example's.
fn own_slug(said: &str) -> Result<String, Words> {
    match ask::slug(said)? {
        slug if slug == EXAMPLE => Err(Words::new(
            format!("`{EXAMPLE}` 留给虚构的示例，换一个"),
            format!("`{EXAMPLE}` is the folder of the invented example; choose another"),
        )),
        slug => Ok(slug),
    }
}

fn done(folder: &Utf8Path, count: usize) -> Words {
    Words::new(
        format!(
            "已在 {folder} 写好 {count} 个文件；接着运行：\n  cd {folder}\n  xiangwei serve --open\n示例在 content/{EXAMPLE}/，\
             看懂以后整个删去。"
        ),
        format!(
            "files written to {folder}: {count}. Go on with:\n  cd {folder}\n  xiangwei serve --open\nThe example is in \
             content/{EXAMPLE}/; remove the folder when you have seen it."
        ),
    )
}
