//! The texts of the interface, by key, in the site's language. A higher layer's text takes
//! the place of a lower one's.

use std::collections::BTreeMap;

use super::Layer;
use crate::config::Tongue;
use crate::diag::Diagnosed;
use crate::source::Span;
use crate::yaml;

/// The texts of the interface.
#[derive(Default)]
pub(super) struct Texts(BTreeMap<String, String>);

impl Texts {
    /// The texts of `layers` in `tongue`.
    pub(super) fn read(layers: &[(String, Layer)], tongue: Tongue) -> Diagnosed<Texts> {
        let file = format!("{}.yaml", tongue.tag());
        let mut texts = BTreeMap::new();
        let mut diagnostics = Vec::new();
        for source in layers.iter().filter_map(|(_, layer)| layer.texts.get(&file)) {
            match yaml::read(source, Span::new(0..source.text().len())) {
                Ok(mut fields) => {
                    for (key, node) in fields.rest() {
                        let text = fields.as_text(&key.value, node);
                        texts.extend(text.map(|text| (key.value, text.value)));
                    }
                    diagnostics.extend(fields.finish());
                }
                Err(complaint) => diagnostics.push(*complaint),
            }
        }
        Diagnosed { value: Texts(texts), diagnostics }
    }

    /// The text of `key`.
    pub(super) fn get(&self, key: &str) -> Option<&str> {
        self.0.get(key).map(String::as_str)
    }
}
