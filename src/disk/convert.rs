//! Formats that another program has to turn into one that is read: LibreOffice for those of word processors,
//! `pdftotext` for PDF. Each runs in a folder of its own that goes with it, and never longer than a minute,
//! since some files are known to hang them.

use std::fs;
use std::io;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};

use crate::diag::Words;

/// How long a program may work on a file.
const LONGEST: Duration = Duration::from_secs(60);

/// What another program made of a file.
#[derive(Debug)]
pub struct Converted {
    /// The name of the file that it was made from.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Turns a file of the format `format` (`DOC`, `WPS`, `ODT`, `RTF`, `OFD`, `PDF`) into one that is read.
///
/// # Errors
///
/// Says what to do where no program can do it, or none did in time.
pub fn convert(name: &str, bytes: &[u8], format: &str) -> Result<Converted, Words> {
    let folder = tempfile::tempdir().map_err(|error| failed("tempdir", &error.to_string()))?;
    let folder = Utf8PathBuf::from_path_buf(folder.path().to_owned())
        .map_err(|_| failed("tempdir", "the folder for temporary files has no name in Unicode"))
        .map(|path| ConversionFolder { path, _folder: folder })?;
    let input = folder.path.join(format!("in.{}", format.to_lowercase()));
    fs::write(&input, bytes).map_err(|error| failed("tempdir", &error.to_string()))?;
    let (program, output) = match format {
        "PDF" => (pdf(&folder.path, &input), "out.txt"),
        _ => (office(&folder.path, &input), "in.docx"),
    };
    run(program, &folder.path, LONGEST)?;
    let bytes = fs::read(folder.path.join(output)).map_err(|_| {
        Words::new(
            "转换没有产生文件，多半是读不懂这个格式；用 Word 或 WPS 另存为 .docx 再导入",
            "the conversion made no file, most likely since the format is not understood; save it as .docx with Word or WPS",
        )
    })?;
    Ok(Converted { name: name.to_owned(), bytes })
}

/// A folder that goes when it is no longer needed.
struct ConversionFolder {
    path: Utf8PathBuf,
    _folder: tempfile::TempDir,
}

/// LibreOffice with a profile of its own, so that one which is open elsewhere does not matter.
fn office(folder: &Utf8Path, input: &Utf8Path) -> Command {
    let mut command = Command::new("soffice");
    command.arg(format!("-env:UserInstallation=file://{folder}/profile"));
    command.args([
        "--headless",
        "--norestore",
        "--convert-to",
        "docx",
        "--outdir",
        folder.as_str(),
        input.as_str(),
    ]);
    command
}

fn pdf(folder: &Utf8Path, input: &Utf8Path) -> Command {
    let mut command = Command::new("pdftotext");
    command.args(["-enc", "UTF-8", "-nopgbrk", input.as_str(), folder.join("out.txt").as_str()]);
    command
}

/// Runs a program to its end, or for as long as it may take.
fn run(mut command: Command, folder: &Utf8Path, longest: Duration) -> Result<(), Words> {
    let name = command.get_program().to_string_lossy().into_owned();
    command.current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        // With a group of its own, what it starts in turn ends with it.
        command.process_group(0);
    }
    let child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => absent(&name),
        _ => failed(&name, &error.to_string()),
    })?;
    wait(child, &name, longest)
}

fn wait(mut child: Child, name: &str, longest: Duration) -> Result<(), Words> {
    let start = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(failed(name, &status.to_string())),
            Ok(None) if start.elapsed() < longest => std::thread::sleep(Duration::from_millis(50)),
            Ok(None) => {
                end(&mut child);
                return Err(Words::new(
                    format!("{name} 一分钟还没有转换完，已停止；用 Word 或 WPS 另存为 .docx 再导入"),
                    format!(
                        "{name} did not finish within a minute and was stopped; save the file as .docx with Word or WPS"
                    ),
                ));
            }
            Err(error) => {
                end(&mut child);
                return Err(failed(name, &error.to_string()));
            }
        }
    }
}

/// Ends a program and what it has started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        // It may have ended by itself meanwhile.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

fn absent(name: &str) -> Words {
    let (zh, en) = match name {
        "pdftotext" => ("poppler（pdftotext）", "poppler (pdftotext)"),
        _ => ("LibreOffice（soffice）", "LibreOffice (soffice)"),
    };
    Words::new(
        format!("这台电脑上没有 {zh}；装上它，或用 Word、WPS 另存为 .docx 再导入"),
        format!("{en} is not on this computer; install it, or save the file as .docx with Word or WPS"),
    )
}

fn failed(name: &str, reason: &str) -> Words {
    Words::new(format!("{name} 没有转换成功：{reason}"), format!("{name} could not convert it: {reason}"))
}

#[cfg(test)]
#[cfg(target_os = "linux")]
mod tests {
    use super::*;

    /// Whether a process is still at work; one that has ended and that nobody has asked for is not.
    fn lives(process: &str) -> bool {
        let state = fs::read_to_string(format!("/proc/{}/stat", process.trim())).unwrap_or_default();
        state.rsplit(") ").next().is_some_and(|state| state.starts_with(['R', 'S', 'D', 'T']))
    }

    #[test]
    fn a_program_that_hangs_is_stopped_with_all_that_it_started() {
        let folder = tempfile::tempdir().unwrap();
        let folder = Utf8Path::from_path(folder.path()).unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 600 & echo $! >child; echo $$ >own; mv child started; wait"]);
        let began = Instant::now();
        let longest = Duration::from_secs(2);
        let words = run(command, folder, longest).unwrap_err();
        assert!(words.en.contains("did not finish within"), "{}", words.en);
        assert!(began.elapsed() >= longest);
        for name in ["own", "started"] {
            let process = fs::read_to_string(folder.join(name)).unwrap();
            // The system needs a moment to end what it was told to end.
            for _ in 0..200 {
                if !lives(&process) {
                    break;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            assert!(!lives(&process), "{name} goes on");
        }
    }
}
