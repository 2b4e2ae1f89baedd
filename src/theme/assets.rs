//! The files that pages need, each named by its content: what names another says that one's new
//! name, and is named by what it then is. So a page that knows the name of one has all of them as
//! they were published, and a browser may keep each for good.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use camino::{Utf8Path, Utf8PathBuf};
use sha2::{Digest, Sha256};

use super::Layer;
use super::named::{self, Leads, NameInAsset, NameMeaning};
use crate::diag::{Diagnosed, Diagnostic, Words, nearest};
use crate::route::Route;
use crate::site;
use crate::source::{Source, Sources, Span, hex};

/// A file of a theme that pages need.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its address, which changes when its content does.
    pub route: Route,
    /// Where its content is.
    pub content: AssetContent,
}

/// Where the content of an asset is.
#[derive(Clone, Debug)]
pub enum AssetContent {
    /// Here.
    Bytes(Arc<[u8]>),
    /// In a file below the site's folder.
    File(Utf8PathBuf),
}

/// A file of a theme as its author wrote it.
pub(super) enum AssetSource {
    /// What may name other files: a script or a style sheet.
    Text(Source),
    /// Anything else of the program's own.
    Bytes(Arc<[u8]>),
    /// Anything else in the site's folder.
    File(Utf8PathBuf),
}

impl AssetSource {
    /// The file that it is in, as far as that is known.
    pub(super) fn path(&self) -> Option<&Utf8Path> {
        match self {
            Self::Text(source) => Some(source.path()),
            Self::Bytes(_) => None,
            Self::File(path) => Some(path),
        }
    }
}

/// The assets of a theme.
#[derive(Default)]
pub(super) struct Assets {
    /// By the names that templates know them by; a higher layer's takes the place of a lower one's.
    pub(super) by_name: BTreeMap<String, Asset>,
    named: BTreeSet<String>,
}

impl Assets {
    /// The assets of all layers, and what is wrong with what they name.
    pub(super) fn of(layers: &[(String, Layer)], sources: &Sources) -> Diagnosed<Self> {
        let contents: BTreeMap<&str, &AssetSource> = layers
            .iter()
            .flat_map(|(_, layer)| &layer.assets)
            .map(|(name, content)| (&**name, content))
            .collect();
        let mut diagnostics = Vec::new();
        let written = sheets(&contents).into(&mut diagnostics);
        let joined = joined(&written);
        let mut sheets = written;
        for (name, source) in &joined {
            let addresses = addresses(&contents);
            sheets.insert(name, NamingAsset::read(name, source, &addresses));
        }
        let named = sheets.values().flat_map(|sheet| &sheet.links).map(|link| link.to.to_owned()).collect();
        let mut assets = Self { by_name: BTreeMap::new(), named };
        for (name, content) in &contents {
            if !sheets.contains_key(name) {
                assets.add(name, content, sources);
            }
        }
        for sheet in in_order(&sheets, sources).into(&mut diagnostics) {
            let renamed = Source::new(sheet.name, assets.renamed(sheet));
            assets.add(sheet.name, &AssetSource::Text(renamed), sources);
        }
        let unfit =
            assets.by_name.iter().filter_map(|(name, asset)| unfit(asset, contents.get(&**name)?.path()?));
        diagnostics.extend(unfit);
        Diagnosed { value: assets, diagnostics }
    }

    /// The assets that others name.
    pub(super) fn named(&self) -> impl Iterator<Item = &str> {
        self.named.iter().map(String::as_str)
    }

    /// Names an asset by its content.
    pub(super) fn add(&mut self, name: &str, content: &AssetSource, sources: &Sources) {
        let (sha256, content) = match content {
            AssetSource::Text(source) => {
                (hex(&source.sha256()), AssetContent::Bytes(source.text().as_bytes().into()))
            }
            AssetSource::Bytes(bytes) => (hex(&Sha256::digest(bytes)), AssetContent::Bytes(bytes.clone())),
            AssetSource::File(path) => match sources.blob(path) {
                Some(blob) => (blob.sha256.clone(), AssetContent::File(path.clone())),
                None => return,
            },
        };
        let route = Route::file(&format!("assets/{}", hashed(name, &sha256[..8])));
        self.by_name.extend(route.map(|route| (name.to_owned(), Asset { route, content })));
    }

    /// The text of a sheet with the new names in it. Both stand below one folder, so that no name
    /// depends on where the site is.
    fn renamed(&self, sheet: &NamingAsset<'_>) -> String {
        let text = sheet.source.text();
        let mut renamed = String::with_capacity(text.len() + 16 * sheet.links.len());
        let mut at = 0;
        for link in &sheet.links {
            let Some(asset) = self.by_name.get(link.to) else {
                continue;
            };
            let new = asset.route.as_str().trim_start_matches("/assets/");
            let up = "../".repeat(sheet.name.matches('/').count());
            renamed += &text[at..link.name.range.start];
            renamed += if up.is_empty() { "./" } else { &up };
            renamed += &crate::route::encode(new);
            renamed += &link.rest;
            at = link.name.range.end;
        }
        renamed + &text[at..]
    }
}

/// A script or style sheet, and the assets that it names.
struct NamingAsset<'a> {
    name: &'a str,
    source: &'a Source,
    links: Vec<AssetLink<'a>>,
    /// What leads to no asset.
    unknown: Vec<NameInAsset>,
}

/// What names another asset.
struct AssetLink<'a> {
    name: NameInAsset,
    to: &'a str,
    /// What stands behind the address: `?…#…`.
    rest: String,
}

/// All scripts and style sheets by name. What names nothing that is there is told.
fn sheets<'a>(
    contents: &BTreeMap<&'a str, &'a AssetSource>,
) -> Diagnosed<BTreeMap<&'a str, NamingAsset<'a>>> {
    let addresses = addresses(contents);
    let mut diagnostics = Vec::new();
    let mut sheets = BTreeMap::new();
    for (name, content) in contents {
        if let AssetSource::Text(source) = content {
            let sheet = NamingAsset::read(name, source, &addresses);
            let unknown = sheet.unknown.iter().take(MOST_TOLD);
            diagnostics.extend(unknown.map(|found| unfound(source, found, contents)));
            sheets.insert(*name, sheet);
        }
    }
    Diagnosed { value: sheets, diagnostics }
}

/// The names of all assets by their addresses.
fn addresses<'a>(contents: &BTreeMap<&'a str, &AssetSource>) -> BTreeMap<String, &'a str> {
    contents.keys().filter_map(|name| Some((named::address(name)?.into(), *name))).collect()
}

/// The scripts that a worker begins with, that is whose address another script names and which it does not import, each with all that it
/// imports. One that cannot be joined is left as it is, and so is one with a name that leads nowhere, which is
/// told of the file that its author wrote.
fn joined<'a>(sheets: &BTreeMap<&'a str, NamingAsset<'a>>) -> Vec<(&'a str, Source)> {
    let text = |name: &str| {
        sheets.get(name).filter(|sheet| sheet.unknown.is_empty()).map(|sheet| sheet.source.text())
    };
    let links = sheets.values().flat_map(|sheet| &sheet.links);
    let begun: BTreeSet<&str> =
        links.filter(|link| link.name.says == NameMeaning::Address).map(|link| link.to).collect();
    let begun = begun.into_iter().filter(|name| name.ends_with(".js"));
    let join =
        |name: &'a str| Some((name, Source::new(sheets[name].source.path(), named::joined(name, &text)?)));
    begun.filter_map(join).collect()
}

/// So many names of one file that lead nowhere are told.
const MOST_TOLD: usize = 20;

impl<'a> NamingAsset<'a> {
    fn read(name: &'a str, source: &'a Source, addresses: &BTreeMap<String, &'a str>) -> Self {
        let mut sheet = Self { name, source, links: Vec::new(), unknown: Vec::new() };
        let Some(address) = named::address(name) else {
            return sheet;
        };
        for found in named::names(name, source.text()) {
            match found.leads(source.text(), &address) {
                Leads::Elsewhere => {}
                Leads::Nowhere => sheet.unknown.push(found),
                Leads::Asset { address, rest } => match addresses.get(&address) {
                    Some(to) => sheet.links.push(AssetLink { name: found, to, rest }),
                    None => sheet.unknown.push(found),
                },
            }
        }
        sheet
    }
}

/// The complaint about a name that leads to no asset.
fn unfound(source: &Source, name: &NameInAsset, contents: &BTreeMap<&str, &AssetSource>) -> Diagnostic {
    let said = &source.text()[name.range.clone()];
    let words =
        Words::new(format!("主题里没有 `{said}` 这个文件"), format!("the theme has no file `{said}`"));
    let diagnostic =
        Diagnostic::error("theme/import", source.path(), words).at(Span::new(name.range.clone()));
    let bare = said.trim_start_matches("./");
    let near = (said.len() < 200).then(|| nearest(bare, contents.keys().copied())).flatten();
    match near {
        Some(near) => diagnostic.help(format!("写 `./{near}`"), format!("write `./{near}`")),
        None => diagnostic.help(
            "写主题 assets/ 里的文件，从引用它的文件算起，如 `./common.js`；网站别处的文件以 / 开头",
            "name a file of the theme's assets/ as it stands to this one, such as `./common.js`; what is elsewhere in the site begins with /",
        ),
    }
}

/// All scripts and style sheets, each behind those that it names. Those that name each other, over
/// however many others, come last, and are told: the name of each would need the other's.
fn in_order<'a, 's>(
    sheets: &'s BTreeMap<&'a str, NamingAsset<'a>>,
    sources: &Sources,
) -> Diagnosed<Vec<&'s NamingAsset<'a>>> {
    let mut users: BTreeMap<&str, Vec<&NamingAsset<'_>>> = BTreeMap::new();
    let mut waits: BTreeMap<&str, usize> = BTreeMap::new();
    for sheet in sheets.values() {
        let others = sheet.links.iter().filter(|link| sheets.contains_key(link.to));
        others.clone().for_each(|link| users.entry(link.to).or_default().push(sheet));
        waits.insert(sheet.name, others.count());
    }
    let mut order: Vec<&NamingAsset<'_>> = sheets.values().filter(|sheet| waits[sheet.name] == 0).collect();
    let mut at = 0;
    while let Some(sheet) = order.get(at) {
        at += 1;
        for user in users.remove(sheet.name).unwrap_or_default() {
            let wait = waits.entry(user.name).and_modify(|wait| *wait -= 1).or_default();
            if *wait == 0 {
                order.push(user);
            }
        }
    }
    let rest: BTreeMap<&str, &NamingAsset<'_>> =
        sheets.iter().filter(|(name, _)| waits[*name] > 0).map(|(name, sheet)| (*name, sheet)).collect();
    let diagnostics = rings(&rest).into_iter().map(|ring| ringed(&ring, sources)).collect();
    order.extend(rest.into_values());
    Diagnosed { value: order, diagnostics }
}

/// Rings among sheets of which each names one of the others.
fn rings<'s, 'a>(sheets: &BTreeMap<&str, &'s NamingAsset<'a>>) -> Vec<Vec<&'s NamingAsset<'a>>> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rings = Vec::new();
    for (walk, start) in sheets.values().enumerate() {
        let mut path = vec![*start];
        while let Some(sheet) = path.last().filter(|sheet| !seen.contains_key(sheet.name)) {
            seen.insert(sheet.name, walk);
            path.extend(sheet.links.iter().find_map(|link| sheets.get(link.to)));
        }
        let Some(end) = path.pop().filter(|end| seen[end.name] == walk) else {
            continue;
        };
        let first = path.iter().position(|sheet| sheet.name == end.name);
        rings.extend(first.map(|first| path.split_off(first)));
    }
    rings
}

/// The complaint about sheets that name each other in a ring, at one that is not the program's own.
fn ringed(ring: &[&NamingAsset<'_>], sources: &Sources) -> Diagnostic {
    let is_own = |sheet: &&NamingAsset<'_>| sources.text(sheet.source.path()).is_some();
    let first = ring.iter().position(is_own).unwrap_or_default();
    let mut around = ring.iter().cycle().skip(first).take(ring.len() + 1).map(|sheet| sheet.name);
    let names = around.clone().collect::<Vec<_>>().join(" → ");
    let words =
        Words::new(format!("这些文件互相引用：{names}"), format!("these files name each other: {names}"));
    let sheet = ring[first];
    let next = around.nth(1).unwrap_or_default();
    let place =
        sheet.links.iter().find(|link| link.to == next).map(|link| Span::new(link.name.range.clone()));
    let diagnostic = Diagnostic::error("theme/cycle", sheet.source.path(), words);
    Diagnostic { span: place, ..diagnostic }.help(
        "文件名里有内容的摘要，互相引用就都定不下来；把共用的部分移到第三个文件里",
        "names hold a digest of the content, and neither could be told before the other; move what both need into a third file",
    )
}

/// A complaint about a file of a theme whose name has no room for a digest.
fn unfit(asset: &Asset, path: &Utf8Path) -> Option<Diagnostic> {
    let why = site::unfit(asset.route.output().as_str())?;
    let words = Words::new(
        format!("这个名称加上摘要后放不下：{}", why.zh),
        format!("with its digest this name does not fit: {}", why.en),
    );
    Some(Diagnostic::error("file/name", path, words).help("改短名称", "shorten the name"))
}

/// `style.css` with the hash `3fa9c1…` is `style.3fa9c1….css`.
fn hashed(name: &str, hash: &str) -> String {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    match file.rsplit_once('.') {
        Some((stem, ending)) => format!("{folder}{stem}.{hash}.{ending}"),
        None => format!("{folder}{file}.{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::names_others;

    #[test]
    fn an_asset_is_named_by_its_content() {
        assert_eq!(hashed("style.css", "3fa9"), "style.3fa9.css");
        assert_eq!(hashed("img/a.b.svg", "3fa9"), "img/a.b.3fa9.svg");
        assert_eq!(hashed("LICENSE", "3fa9"), "LICENSE.3fa9");
    }

    #[test]
    fn what_a_worker_begins_with_comes_with_all_that_it_imports() {
        let lines = [
            "page.js: new Worker(new URL('./work.js', import.meta.url))",
            "work.js: import { help } from './help.js'; help(new URL('./a.png', import.meta.url));",
            "help.js: export function help() {}",
            "a.png: picture",
        ];
        let Diagnosed { value: found, diagnostics } = assets(&lines);
        assert!(diagnostics.is_empty());
        let own = |name: &str| asset(&found, name).0.trim_start_matches("/assets/").to_owned();
        let (picture, work) = (own("a.png"), own("work.js"));
        let (_, text) = asset(&found, "work.js");
        assert!(
            text.starts_with("const module0 = ") && text.contains(&picture) && !text.contains("import {"),
            "{text}"
        );
        assert!(asset(&found, "page.js").1.contains(&work));
        // What is not plain stays as it is written.
        let other = lines.map(|line| line.replace("export function help", "export default function help"));
        let found = assets(&other.each_ref().map(|line| &**line)).value;
        assert!(asset(&found, "work.js").1.starts_with("import { help } from './help."));
    }

    /// The assets of a theme, told as `name: text` a line, with a line break for each `¶`.
    fn assets(lines: &[&str]) -> Diagnosed<Assets> {
        let file = |line: &&str| {
            let (name, text) = line.split_once(": ").unwrap();
            let content = match names_others(name.into()) {
                true => {
                    AssetSource::Text(Source::new(format!("themes/a/assets/{name}"), text.replace('¶', "\n")))
                }
                false => AssetSource::Bytes(text.as_bytes().into()),
            };
            (name.to_owned(), content)
        };
        let layer = Layer { assets: lines.iter().map(file).collect(), ..Layer::default() };
        Assets::of(&[(String::new(), layer)], &Sources::default())
    }

    /// The address and the text of an asset.
    fn asset(assets: &Assets, name: &str) -> (String, String) {
        let asset = &assets.by_name[name];
        let AssetContent::Bytes(bytes) = &asset.content else { panic!("{name} is here") };
        (asset.route.as_str().to_owned(), String::from_utf8(bytes.to_vec()).unwrap())
    }

    #[test]
    fn what_names_another_asset_says_its_new_name_and_gets_a_new_one_itself() {
        let theme = |shared: &str| {
            let lines = [
                &*format!("shared.js: {shared}"),
                "page.js: import { a } from './shared.js'; import('./far/b c.js?x#y')",
                "far/b c.js: import '../shared.js'; new URL('../中.png', import.meta.url)",
                "look.css: @import 'far/more.css'; a { src: url(/static/x.png) url(#a) url(data:,x) url(../up.png) }",
                "far/more.css: a { src: url('../%E4%B8%AD.png') }",
                "alone.js: export const a = 1; import('node:fs')",
                "中.png: x",
            ];
            let made = assets(&lines);
            assert_eq!(made.diagnostics, []);
            made.value
        };
        let (one, other) = (theme("export const a = 1"), theme("export const a = 2"));
        let name =
            |assets: &Assets, name: &str| asset(assets, name).0.trim_start_matches("/assets/").to_owned();
        for assets in [&one, &other] {
            let [shared, far, more] =
                ["shared.js", "far/b c.js", "far/more.css"].map(|file| name(assets, file));
            let picture = name(assets, "中.png").replace('中', "%E4%B8%AD");
            assert_eq!(
                asset(assets, "page.js").1,
                format!("import {{ a }} from './{shared}'; import('./{}?x#y')", far.replace(' ', "%20"))
            );
            assert_eq!(
                asset(assets, "far/b c.js").1,
                format!("import '../{shared}'; new URL('../{picture}', import.meta.url)")
            );
            let rest = "a { src: url(/static/x.png) url(#a) url(data:,x) url(../up.png) }";
            assert_eq!(asset(assets, "look.css").1, format!("@import './{more}'; {rest}"));
            assert_eq!(asset(assets, "far/more.css").1, format!("a {{ src: url('../{picture}') }}"));
        }
        for file in ["shared.js", "far/b c.js", "page.js"] {
            assert_ne!(name(&one, file), name(&other, file), "{file}");
        }
        for file in ["look.css", "far/more.css", "alone.js", "中.png"] {
            assert_eq!(name(&one, file), name(&other, file), "{file}");
        }
    }

    #[test]
    fn a_name_that_leads_nowhere_is_told_at_its_place() {
        let made = assets(&[
            "a.js: // a¶import './b.jss'; import 'b.js'; import './a/'",
            "b.js: ",
            "c.css: a { src: url(d.png) }",
        ]);
        let told: Vec<_> =
            made.diagnostics.iter().map(|told| (told.code, told.path.file_name(), told.span)).collect();
        let at = |start, end| Some(Span::new(start..end));
        let wanted =
            [("a.js", at(13, 20)), ("a.js", at(31, 35)), ("a.js", at(46, 50)), ("c.css", at(13, 18))];
        assert_eq!(told, wanted.map(|(file, span)| ("theme/import", Some(file), span)));
        assert!(made.diagnostics[..2].iter().all(|told| told.help.as_ref().unwrap().en == "write `./b.js`"));
    }

    #[test]
    fn assets_that_name_each_other_are_told_once() {
        let made = assets(&[
            "a.js: import './b.js'",
            "b.js: import './c.js'",
            "c.js: import './b.js'",
            "d.js: import './d.js'",
            "e.js: ",
        ]);
        let told: Vec<_> = made.diagnostics.iter().map(|told| (told.code, &*told.message.en)).collect();
        let say = |names: &str| format!("these files name each other: {names}");
        let (two, one) = (say("b.js → c.js → b.js"), say("d.js → d.js"));
        assert_eq!(told, [("theme/cycle", &*two), ("theme/cycle", &*one)]);
        assert_eq!(made.value.by_name.len(), 5, "nothing is lost");
    }

    #[test]
    fn a_long_chain_of_assets_is_named() {
        let chain: Vec<String> = (0..3000).map(|at| format!("a{at}.js: import './a{}.js'", at + 1)).collect();
        let lines: Vec<&str> = chain.iter().map(String::as_str).chain(["a3000.js: "]).collect();
        assert_eq!(assets(&lines).diagnostics, []);
    }
}
