//! `xiangwei witness`: a second party's signature under the head of a log, which it gives only to a log that goes on from
//! what it saw before.

use camino::{Utf8Path, Utf8PathBuf};
use jiff::Timestamp;

use super::{Speech, Stop, key};
use crate::diag::Words;
use crate::disk;
use crate::proof;
use crate::tlog::{Checkpoint, Witness};

/// No checkpoint is longer, in bytes.
const LONGEST: u64 = 1 << 16;

/// No file of a log is longer, in bytes: 256 entries of the longest.
const LONGEST_TILE: u64 = 1 << 25;

/// What can be said with `witness`.
#[derive(Debug, clap::Args)]
pub(super) struct WitnessArgs {
    /// The log's checkpoint, with the log's other files beside it as on the site
    #[arg(value_name = "CHECKPOINT")]
    checkpoint: Utf8PathBuf,
    /// The log's public key: a file, or the key itself
    #[arg(long, value_name = "KEY")]
    public_key: String,
    /// The witness's own secret key: a file, or env:NAME for one in the environment
    #[arg(long, value_name = "KEY")]
    sign: String,
    /// The witness's name, such as library.example.cn
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Where it keeps what it saw last [default: a file here that is named after the log]
    #[arg(long, value_name = "FILE")]
    state: Option<Utf8PathBuf>,
}

pub(super) fn run(args: &WitnessArgs, voice: &Speech) -> Result<(), Stop> {
    let key = key::public(&args.public_key)?;
    let checkpoint = read(&args.checkpoint)?;
    checkpoint.check(&key).map_err(|doubt| Stop::Failure(doubt.words()))?;
    let folder = args.checkpoint.parent().unwrap_or(Utf8Path::new(""));
    let file = |path: &str| disk::get(&folder.join(path), LONGEST_TILE).ok();
    let log = proof::entries(&checkpoint.head, &file).map_err(Stop::Failure)?;
    let state = args.state.clone().unwrap_or_else(|| named(&checkpoint.origin));
    match state.exists() {
        true => {
            let before = read(&state)?;
            if before.origin != checkpoint.origin || !proof::is_of(&log.tree, &before.head) {
                return Err(Stop::Failure(proof::rewritten(&before)));
            }
        }
        false => voice.say(&Words::new(
            format!("第一次见到 {}，从这里记起", checkpoint.origin),
            format!("this is the first that is seen of {}", checkpoint.origin),
        )),
    }
    let witness = Witness { name: args.name.clone(), secret: key::secret(&args.sign, voice)? };
    let cosigned = witness.cosign(&checkpoint, now()).ok_or_else(|| {
        Stop::Failure(Words::new(
            format!("{} 不能作见证人的名称：不能有空格和 +", args.name),
            format!("{} cannot be the name of a witness: it cannot have spaces or +", args.name),
        ))
    })?;
    disk::make_file(&state, |out| std::io::Write::write_all(out, cosigned.text().as_bytes()))?;
    voice.say(&Words::new(
        format!(
            "{} 的 {} 条记录与以前所见一致；见证人的公钥：{}",
            checkpoint.origin,
            checkpoint.head.size,
            witness.key().written()
        ),
        format!(
            "the {} entries of {} go on from what was seen before; the witness's public key is {}",
            checkpoint.head.size,
            checkpoint.origin,
            witness.key().written()
        ),
    ));
    voice.print(&cosigned.text())
}

/// A checkpoint from its file.
pub(super) fn read(path: &Utf8Path) -> Result<Checkpoint, Stop> {
    let text = String::from_utf8_lossy(&disk::get(path, LONGEST)?).into_owned();
    Checkpoint::read(&text).map_err(|doubt| Stop::Failure(doubt.words()))
}

fn named(origin: &str) -> Utf8PathBuf {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '-') { c } else { '-' };
    format!("{}.checkpoint", origin.chars().map(safe).collect::<String>()).into()
}

/// When the witness signs, in seconds from 1970.
fn now() -> i64 {
    Timestamp::try_from(std::time::SystemTime::now()).map_or(0, Timestamp::as_second)
}
