//! `xiangwei completions` and `xiangwei man`: what a shell and `man` want to know of the program, drawn
//! from its own arguments.

use clap_complete::Shell;

use super::{Speech, Stop, help};
use crate::diag::Words;

/// What can be said with `completions`.
#[derive(Debug, clap::Args)]
pub(super) struct CompletionsArgs {
    /// Of which shell
    #[arg(value_enum, value_name = "SHELL")]
    shell: Shell,
}

pub(super) fn completions(args: &CompletionsArgs, voice: &Speech) -> Result<(), Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut help::command(voice.language), "xiangwei", &mut script);
    voice.print(&String::from_utf8_lossy(&script))
}

/// What can be said with `man`.
#[derive(Debug, clap::Args)]
pub(super) struct ManArgs {
    /// Of which command [default: of the program]
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

pub(super) fn man(args: &ManArgs, voice: &Speech) -> Result<(), Stop> {
    let mut program = help::command(voice.language);
    program.build();
    let command = match &args.command {
        None => program,
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| {
            Stop::Failure(Words::new(format!("没有 {name} 这个命令"), format!("there is no command {name}")))
        })?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(command.disable_help_subcommand(true)).render(&mut page).map_err(|error| {
        Stop::Failure(Words::new(format!("无法写成手册页：{error}"), format!("no page can be made: {error}")))
    })?;
    voice.print(&String::from_utf8_lossy(&page))
}
