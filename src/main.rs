//! The thin binary: read the arguments, run the command, choose the exit code.

use std::process::ExitCode;

/// A build makes and forgets a page at a time on every core; the system's allocator spends a
/// fifth of its time on that (`docs/performance.md`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    xiangwei::cli::main()
}
