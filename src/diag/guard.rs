//! A fault of the program itself as a diagnostic: whatever goes wrong while one page is made or
//! one file is read, all others are there.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

use camino::Utf8Path;

use super::{Diagnostic, Words};

/// Does `work` for the file at `path`. What it would have changed must not be used if it fails.
///
/// # Errors
/// A diagnostic where the work panics.
pub fn guarded<T>(path: &Utf8Path, work: impl FnOnce() -> T) -> Result<T, Box<Diagnostic>> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| Box::new(fault(path, &panic_message(&*panic))))
}

fn fault(path: &Utf8Path, said: &str) -> Diagnostic {
    let words = Words::new(
        format!("这是程序自身的错误，不是文件的：{said}"),
        format!("this is a fault of the program and not of the file: {said}"),
    );
    Diagnostic::error("program/fault", path, words).help(
        "请把这段话和出错的文件报告给本程序的维护者；其他页面不受影响",
        "please report these words with the file to those who keep the program; other pages are not affected",
    )
}

/// What a panic says.
fn panic_message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "panic".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_diagnostic_each_time() {
        let path = Utf8Path::new("content/a/2019.md");
        for _ in 0..2 {
            let fault = guarded(path, || -> usize { panic!("no {}", "figure") }).unwrap_err();
            assert_eq!((fault.code, &*fault.path), ("program/fault", path));
            assert!(fault.message.en.ends_with("no figure") && fault.message.zh.ends_with("no figure"));
        }
        assert_eq!(guarded(path, || 3).unwrap(), 3);
    }
}
