//! The thin binary: read the arguments, run the command, choose the exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    xiangwei::cli::main()
}
