//! Attachments of people who mean harm: each ends with a finding, and costs no more than its bounds.

#![allow(clippy::unwrap_used)]
#![allow(clippy::disallowed_methods, reason = "a test writes folders of its own and runs the program")]

use std::io::{Cursor, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use zip::write::SimpleFileOptions;

use super::files::{pdf, zip};
use super::support::Project;

/// Kilobytes of memory that one may take.
const MOST_MEMORY: u64 = 300 << 10;
/// Longer than this something hangs, also where the program is not optimised and the machine has other work: the longest
/// takes eight seconds so on an idle one.
const LONGEST: Duration = Duration::from_secs(300);

/// A name, and the file.
type Attachment = (&'static str, Vec<u8>);

fn corpus() -> Vec<Attachment> {
    vec![
        ("bomb.zip", zip([("0.txt", vec![b'0'; 200 << 20])])),
        ("many-bombs.docx", parts(8)),
        ("nested.zip", nested(50)),
        ("broken.pdf", broken()),
        ("deep.pdf", [b"%PDF-1.4\n1 0 obj\n".as_slice(), &b"[".repeat(1 << 20), b"<<".repeat(1 << 20).as_slice()].concat()),
        ("loop.pdf", b"%PDF-1.4\n1 0 obj << /Type /Pages /Kids [1 0 R 1 0 R] /Parent 1 0 R >> endobj\n2 0 obj << /Type /Page /Parent 1 0 R /Contents 2 0 R /Resources 2 0 R /X (13800138000) >> endobj".to_vec()),
        ("sheets.xlsx", sheets(10_000)),
        ("entities.docx", zip([("[Content_Types].xml", Vec::new()), ("word/document.xml", entities())])),
        ("deep.docx", zip([("[Content_Types].xml", Vec::new()), ("word/document.xml", "<w:p>".repeat(1 << 20).into_bytes()), ("word/x.bin", vec![7; 64 << 20])])),
        ("people.docx", zip([("[Content_Types].xml", Vec::new()), ("word/document.xml", b"13800138000 ".repeat(3 << 20))])),
        ("people.xlsx", zip([("[Content_Types].xml", Vec::new()), ("xl/sharedStrings.xml", b"<si><t>13800138000</t></si>".repeat(1 << 20))])),
        ("lies.zip", lies()),
        ("exif.jpg", exif()),
    ]
}

/// Many parts, each as large as one may be.
fn parts(count: usize) -> Vec<u8> {
    let names: Vec<String> = (0..count).map(|at| format!("word/part{at}.xml")).collect();
    let head = [("[Content_Types].xml", Vec::new())];
    zip(head.into_iter().chain(names.iter().map(|name| (name.as_str(), vec![b' '; 40 << 20]))))
}

fn nested(depth: usize) -> Vec<u8> {
    (0..depth).fold(b"110101194912310021".to_vec(), |inner, _| zip([("a.zip", inner)]))
}

fn broken() -> Vec<u8> {
    let mut bytes = pdf(&"甲乙丙丁".repeat(500));
    for at in (100..bytes.len()).step_by(37) {
        bytes[at] ^= 0x55;
    }
    bytes
}

fn sheets(count: usize) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: String| {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    };
    put("[Content_Types].xml", String::new());
    let list = |one: fn(usize) -> String| (0..count).map(one).collect::<String>();
    put("xl/workbook.xml", list(|at| format!("<sheet name=\"{at}\" r:id=\"r{at}\"/>")));
    put(
        "xl/_rels/workbook.xml.rels",
        list(|at| format!("<Relationship Id=\"r{at}\" Target=\"worksheets/s{at}.xml\"/>")),
    );
    for at in 0..count {
        put(
            &format!("xl/worksheets/s{at}.xml"),
            "<row r=\"1\"><c r=\"A1\"><v>13800138000</v></c></row>".to_owned(),
        );
    }
    archive.finish().unwrap().into_inner()
}

fn entities() -> Vec<u8> {
    let mut text = "<!DOCTYPE a [<!ENTITY a0 \"13800138000\">".to_owned();
    for at in 1..30 {
        text.push_str(&format!("<!ENTITY a{at} \"{}\">", format!("&a{};", at - 1).repeat(10)));
    }
    (text + "<!ENTITY x SYSTEM \"file:///etc/passwd\">]><w:p>&a29;&x;</w:p>").into_bytes()
}

/// An archive whose parts say that they are small.
fn lies() -> Vec<u8> {
    let mut bytes = zip([("a.txt", vec![b'1'; 100 << 20])]);
    let size = u32::try_from(100 << 20).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == size).collect();
    for at in places {
        bytes[at..at + 4].copy_from_slice(&10u32.to_le_bytes());
    }
    bytes
}

/// A photograph with as much beside its dots as fits, and a directory that leads to itself.
fn exif() -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8];
    for _ in 0..400 {
        bytes.extend([0xff, 0xe1, 0xff, 0xff]);
        bytes.extend(b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x88\x25\0\x04\0\0\0\x01\0\0\0\x08");
        bytes.extend(b"13800138000 ".iter().cycle().take(65_533 - 28));
    }
    bytes
}

/// The most memory that a process had, in kilobytes; nothing where the system does not say.
fn memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches("kB").trim().parse().ok()
}

#[test]
fn a_hostile_attachment_ends_with_a_finding_within_its_bounds() {
    for (name, bytes) in corpus() {
        let mut project = Project::in_world("");
        let matter = format!(
            "---\ntitle: 江门市人民政府2019年度法治政府建设情况报告\nissuer: 江门市人民政府\npublished: 2020-03-20\nattachments: [{{ file: {name} }}]\n---\n一、甲\n"
        );
        project
            .edit("content/jiangmen/2019/index.md", matter)
            .edit(&format!("content/jiangmen/2019/{name}"), bytes);
        let folder = project.on_disk();
        let begun = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_xiangwei"))
            .args(["--site", folder.path().as_str(), "check", "--format", "short"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut most = 0;
        while child.try_wait().unwrap().is_none() {
            most = most.max(memory(child.id()).unwrap_or(0));
            if begun.elapsed() > LONGEST || most > MOST_MEMORY {
                child.kill().unwrap();
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let output = child.wait_with_output().unwrap();
        let told =
            String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        let took = begun.elapsed();
        assert!(most <= MOST_MEMORY && took <= LONGEST, "{name} took {took:?} and {most} kB");
        let is_told = told.lines().any(|line| line.contains(name) && line.contains("personal/"));
        assert!(is_told, "{name}: {told}");
    }
}
