//! `xiangwei key`: a pair of keys as minisign keeps them, and how the commands that sign and verify come by theirs.

use std::io::IsTerminal;

use camino::{Utf8Path, Utf8PathBuf};
use console::Term;

use super::{Speech, Stop};
use crate::diag::Words;
use crate::disk;
use crate::seal::{CHANCE, Costs, PublicKey, SecretKey, SecretKeyFile};
use crate::tlog;

/// Where the password of a secret key may stand, for machines.
const PASSWORD: &str = "XIANGWEI_KEY_PASSWORD";

/// What a key's name begins with that stands in the environment.
const ENVIRONMENT: &str = "env:";

/// No file of a key is longer, in bytes.
const LONGEST: u64 = 4096;

/// What can be said with `key`.
#[derive(Debug, clap::Args)]
pub(super) struct KeyArgs {
    /// Where the secret key goes; the public one goes beside it, with .pub
    #[arg(value_name = "FILE")]
    file: Utf8PathBuf,
    /// Keep the secret key without a password: whoever has the file can sign
    #[arg(long)]
    no_password: bool,
}

pub(super) fn run(args: &KeyArgs, voice: &Speech) -> Result<(), Stop> {
    let public_file = Utf8PathBuf::from(format!("{}.pub", args.file));
    if let Some(path) = [&args.file, &public_file].into_iter().find(|path| path.exists()) {
        return Err(disk::Failure::Exists { path: path.clone() }.into());
    }
    let mut chance = [0; CHANCE + 32];
    getrandom::fill(&mut chance).map_err(|error| {
        Stop::Failure(Words::new(
            format!("系统没有随机数：{error}"),
            format!("the system has no random numbers: {error}"),
        ))
    })?;
    let (seed, salt) = chance.split_first_chunk::<CHANCE>().expect("it is that long");
    let secret = SecretKey::by_chance(seed);
    let kept = match args.no_password {
        true => SecretKeyFile::plain(&secret),
        false => {
            let salt = salt.try_into().expect("it is that long");
            SecretKeyFile::under(&secret, &new_password(voice)?, salt, Costs::SENSITIVE)
                .expect("these costs are allowed")
        }
    };
    disk::private(&args.file, &kept.text())?;
    let public = secret.public().minisign();
    disk::make_file(&public_file, |file| std::io::Write::write_all(file, public.as_bytes()))?;
    voice.say(&Words::new(
        format!("私钥在 {}，请收好，不要放进网站的文件夹；公钥在 {public_file}，可以公开：", args.file),
        format!("the secret key is in {}: keep it safe, and outside of the site's folder; the public one is in {public_file}, for everybody:", args.file),
    ));
    voice.print(public.lines().nth(1).unwrap_or_default())?;
    voice.print("\n")
}

/// A password that nobody has typed wrongly.
fn new_password(voice: &Speech) -> Result<String, Stop> {
    if let Ok(password) = std::env::var(PASSWORD) {
        return Ok(password);
    }
    let first = asked(voice, &Words::new("新密钥的口令：", "a password for the new key: "))?;
    let second = asked(voice, &Words::new("再输一遍：", "once more: "))?;
    match first == second && !first.is_empty() {
        true => Ok(first),
        false => Err(Stop::Failure(Words::new(
            "两次输入的口令不同，或为空",
            "the two passwords differ, or are empty",
        ))),
    }
}

/// What is typed at the terminal, unseen.
fn asked(voice: &Speech, question: &Words) -> Result<String, Stop> {
    let unasked = || {
        Stop::Failure(Words::new(
            format!("需要密钥的口令，但没有终端可以输入；请放在环境变量 {PASSWORD} 里"),
            format!(
                "the key's password is needed and there is no terminal to ask for it; put it into {PASSWORD}"
            ),
        ))
    };
    if !std::io::stdin().is_terminal() {
        return Err(unasked());
    }
    let terminal = Term::stderr();
    terminal.write_str(question.get(voice.language)).map_err(|_| unasked())?;
    terminal.read_secure_line().map_err(|_| unasked())
}

/// The secret key that the user named: a file, or `env:` and a variable that holds what such a file holds.
pub(super) fn secret(name: &str, voice: &Speech) -> Result<SecretKey, Stop> {
    let text = match name.strip_prefix(ENVIRONMENT) {
        Some(variable) => std::env::var(variable).map_err(|_| {
            Stop::Failure(Words::new(
                format!("没有环境变量 {variable}"),
                format!("there is no environment variable {variable}"),
            ))
        })?,
        None => text(name.into())?,
    };
    let kept = SecretKeyFile::read(&text).map_err(Stop::Failure)?;
    let password = match kept.is_hidden() {
        true => match std::env::var(PASSWORD) {
            Ok(password) => Some(password),
            Err(_) => Some(asked(voice, &Words::new("密钥的口令：", "the key's password: "))?),
        },
        false => None,
    };
    kept.secret(password.as_deref()).map_err(Stop::Failure)
}

/// The public key that the user named: a file, or the key itself.
pub(super) fn public(name: &str) -> Result<PublicKey, Stop> {
    let is_file = Utf8Path::new(name).is_file();
    let text = if is_file { text(name.into())? } else { name.to_owned() };
    tlog::public_key(&text).map_err(Stop::Failure)
}

fn text(path: &Utf8Path) -> Result<String, Stop> {
    Ok(String::from_utf8_lossy(&disk::get(path, LONGEST)?).into_owned())
}
