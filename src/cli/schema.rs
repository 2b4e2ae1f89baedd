//! `xiangwei schema`: what can be written in a file, as JSON Schema.

use serde_json::{Map, Value};

use super::{Speech, Stop};
use crate::schema::{KeyedFile, schema};

/// What can be said with `schema`.
#[derive(Debug, clap::Args)]
pub(super) struct SchemaArgs {
    /// Of which file [default: all of them, by these names]
    #[arg(value_enum, value_name = "FILE")]
    file: Option<KeyedFile>,
}

pub(super) fn run(args: &SchemaArgs, voice: &Speech) -> Result<(), Stop> {
    let of = |file: KeyedFile| schema(file, voice.language);
    let told = match args.file {
        Some(file) => of(file),
        None => {
            let all: Map<String, Value> =
                KeyedFile::ALL.into_iter().map(|file| (file.name().to_owned(), of(file))).collect();
            Value::Object(all)
        }
    };
    voice.print(&format!("{told:#}\n"))
}
