//! The web manifest (W3C, Web Application Manifest): by which name and sign a site stands where a reader puts it
//! among the programs of a phone.

use serde_json::{Value, json};

use super::assets::Assets;
use crate::config::Config;
use crate::route::encode;
use crate::source::Source;

/// The asset that it is.
pub(super) const ASSET: &str = "site.webmanifest";

/// The signs of a site, with their sizes in pixels.
const SIGNS: [(&str, &str, &str); 2] =
    [("favicon.svg", "any", "image/svg+xml"), ("sign.png", "180x180", "image/png")];

/// The manifest of a site with these assets, beside which it stands: what it leads to is told from there, so that its
/// name does not depend on where the site is.
pub(super) fn manifest(assets: &Assets, config: &Config) -> Source {
    let sign = |(name, sizes, kind): &(&str, &str, &str)| -> Option<Value> {
        let address = assets.by_name.get(*name)?.route.as_str().strip_prefix("/assets/")?;
        Some(json!({ "src": encode(address), "sizes": sizes, "type": kind }))
    };
    let manifest = json!({
        "name": config.title,
        "lang": config.language.tag(),
        "start_url": "../",
        "scope": "../",
        "display": "browser",
        "icons": SIGNS.iter().filter_map(sign).collect::<Vec<_>>(),
    });
    Source::new(ASSET, format!("{manifest}\n"))
}
