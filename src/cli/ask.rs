//! What a command must know: said as an option, or asked for where somebody sits at a terminal.

use std::io::{BufRead, IsTerminal, Write};

use super::{Speech, Stop};
use crate::config::{BaseUrl, LEVELS, Level};
use crate::diag::Words;
use crate::route::{Leaf, Misplaced};
use crate::yaml::names;

/// Something that a command must know.
pub(super) struct CommandQuestion<'a> {
    /// The option that says it, `--title`.
    pub(super) option: &'static str,
    /// What was said with it.
    pub(super) said: Option<&'a String>,
    /// How it is asked for.
    pub(super) asks: Words,
}

/// Whether somebody can be asked.
pub(super) fn is_terminal() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Stops with the options that are missing, where nobody can be asked for them.
pub(super) fn all_said(questions: &[&CommandQuestion<'_>]) -> Result<(), Stop> {
    let missing = questions.iter().filter(|question| question.said.is_none());
    let missing: Vec<&str> = missing.map(|question| question.option).collect();
    if missing.is_empty() || is_terminal() {
        return Ok(());
    }
    Err(Stop::Failure(Words::new(
        format!("缺少 {}；在终端里运行时会逐项询问", missing.join("、")),
        format!("{} must be given; on a terminal they are asked for", missing.join(", ")),
    )))
}

/// The answer: what was said, or what is typed, until it can be read.
pub(super) fn answer<T>(
    question: &CommandQuestion<'_>,
    voice: &Speech,
    read: impl Fn(&str) -> Result<T, Words>,
) -> Result<T, Stop> {
    if let Some(said) = question.said {
        let option = question.option;
        return read(said).map_err(|why| {
            Stop::Failure(Words::new(format!("{option}：{}", why.zh), format!("{option}: {}", why.en)))
        });
    }
    all_said(&[question])?;
    loop {
        let typed = typed(question.asks.get(voice.language), voice)?;
        match read(typed.trim()) {
            Ok(answer) => return Ok(answer),
            Err(why) => voice.mouth.say(why.get(voice.language)),
        }
    }
}

/// A line that somebody types.
fn typed(asks: &str, voice: &Speech) -> Result<String, Stop> {
    let unheard = |error: std::io::Error| {
        Stop::Failure(Words::new(format!("无法询问：{error}"), format!("nobody can be asked: {error}")))
    };
    let mut to = std::io::stderr().lock();
    write!(to, "{asks}{}", voice.pick("：", ": ")).and_then(|()| to.flush()).map_err(unheard)?;
    let mut line = String::new();
    let count = std::io::stdin().lock().read_line(&mut line).map_err(unheard)?;
    match count {
        0 => Err(Stop::Failure(Words::new("没有回答，什么也没有写", "no answer, and nothing was written"))),
        _ => Ok(line),
    }
}

/// A text that is not empty.
pub(super) fn text(said: &str) -> Result<String, Words> {
    let said = said.trim();
    match said.is_empty() || said.contains(char::is_control) {
        true => Err(Words::new("要写一行文字", "a line of text is wanted")),
        false => Ok(said.to_owned()),
    }
}

/// Where a site will stand.
pub(super) fn base_url(said: &str) -> Result<String, Words> {
    BaseUrl::parse(said).map(|_| said.to_owned()).map_err(|why| {
        Words::new(
            format!("应是完整网址，如 https://www.example.gov.cn/fzzf/：{}", why.zh),
            format!("it must be a whole address, such as https://www.example.gov.cn/fzzf/: {}", why.en),
        )
    })
}

/// The folder of a place.
pub(super) fn slug(said: &str) -> Result<String, Words> {
    match Leaf::of(format!("{said}/_index.md").as_str().into()) {
        Ok(Leaf::Place(slug)) => Ok(slug),
        Err(Misplaced::Reserved(name)) => Err(Words::new(
            format!("`{name}` 是网站自己要用的名称，换一个"),
            format!("the site needs `{name}` for itself; choose another"),
        )),
        _ => Err(Words::new(
            format!("`{said}` 不能用在网址里；用小写字母、数字和连字符，以字母开头，如 jiangmen"),
            format!(
                "`{said}` cannot be part of an address; write lower-case letters, digits and hyphens, a letter \
                 first, such as jiangmen"
            ),
        )),
    }
}

/// A level, as it is written or as people call it.
pub(super) fn level(said: &str) -> Result<Level, Words> {
    let level = names::named(said, &LEVELS);
    level.ok_or_else(|| {
        let advice = names::choose(&names::known(&LEVELS));
        Words::new(
            format!("没有 `{said}` 这个级别；{}", advice.zh),
            format!("there is no level `{said}`; {}", advice.en),
        )
    })
}

/// How the level is asked for.
pub(super) fn which_level() -> Words {
    let levels = names::choose(&names::known(&LEVELS));
    Words::new(format!("它的级别（{}）", levels.zh), format!("its level ({})", levels.en))
}
