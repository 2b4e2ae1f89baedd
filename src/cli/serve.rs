//! `xiangwei serve`: the site as it is now, in a browser, while it is edited.

use std::cell::RefCell;

use super::{Speech, Stop, progress};
use crate::build::Wishes;
use crate::diag::Words;
use crate::serve::{self, FindingManner, Preview, PreviewNews};

/// What can be said with `serve`.
#[derive(Debug, clap::Args)]
pub(super) struct ServeArgs {
    /// The port; a taken one gives the next that is free
    #[arg(long, short, default_value_t = 4000)]
    port: u16,
    /// The address or name of this machine to listen on; others than the default let other machines in
    #[arg(long, default_value = "127.0.0.1", value_name = "HOST")]
    host: String,
    /// A name by which browsers may call this machine; can be given several times
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Let whoever has the printed link edit documents though other machines are let in
    #[arg(long)]
    allow_edit: bool,
    /// Let nobody edit documents in the browser
    #[arg(long, conflicts_with = "allow_edit")]
    read_only: bool,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// Show drafts as well
    #[arg(long)]
    drafts: bool,
    /// Make no search files, which takes time and memory where there are many thousand reports
    #[arg(long)]
    no_search: bool,
    /// The editor that mistakes are opened in: vscode, vscodium, zed, idea, or a link with {path}, {line} and {column}
    #[arg(long, default_value = "vscode", value_name = "EDITOR")]
    editor: String,
}

pub(super) fn run(args: &ServeArgs, voice: &Speech) -> Result<(), Stop> {
    if !serve::is_editor(&args.editor) {
        return Err(Stop::Failure(Words::new(
            format!("不认识编辑器 `{}`", args.editor),
            format!("`{}` is no editor that is known, and no link with {{path}}", args.editor),
        )));
    }
    if let Some(name) = args.allow_host.iter().find(|name| !serve::is_host_name(name)) {
        return Err(Stop::Failure(Words::new(
            format!("`{name}` 不是主机名；只写名称，不写 http:// 和端口，如 desk.lan"),
            format!(
                "`{name}` is no name of a host; write the name alone, without http:// and port: desk.lan"
            ),
        )));
    }
    if !serve::is_loopback(&args.host) {
        voice.say(&Words::new(
            format!("注意：{} 上的预览，别的机器也能看到", args.host),
            format!("careful: other machines can see a preview on {}", args.host),
        ));
    }
    let preview = Preview {
        wishes: Wishes { drafts: args.drafts, base: None, today: voice.today()?, no_search: args.no_search },
        manner: FindingManner {
            root: serve::absolute_folder(&voice.site()?),
            language: voice.language,
            editor: serve::editor_link(&args.editor).to_owned(),
        },
        host: args.host.clone(),
        port: args.port,
        names: args.allow_host.clone(),
        is_desk: !args.read_only && (args.allow_edit || serve::is_loopback(&args.host)),
    };
    let addresses = RefCell::new(Vec::new());
    let clock = progress::clock(voice, &Words::new("正在读取", "reading"));
    let tell = |news| match news {
        PreviewNews::Listens(at, is_other) => {
            if is_other {
                voice.say(&Words::new(
                    format!("端口 {} 已被占用，改用 {}", args.port, at.port()),
                    format!("port {} is taken; this is {}", args.port, at.port()),
                ));
            }
            addresses.replace(serve::reachable(at));
            clock.reset_elapsed();
        }
        PreviewNews::Ready(count, home) => {
            clock.finish_and_clear();
            let links: Vec<String> =
                addresses.borrow().iter().map(|address| format!("http://{address}{home}")).collect();
            ready(voice, args.open, count, &links);
        }
        PreviewNews::Wrong(Some(words)) => voice.say(&words),
        PreviewNews::Wrong(None) => voice.say(&Words::new("错误已全部改正", "all is well again")),
    };
    preview.run(&tell).map_err(Stop::Failure)
}

/// Says where the preview is, and opens it if that is wished. The first link is this machine's own.
fn ready(voice: &Speech, open: bool, count: usize, links: &[String]) {
    let Some((url, others)) = links.split_first() else { return };
    voice.say(&Words::new(
        format!("{count} 份文件，预览：{url}（按 Ctrl+C 结束）"),
        format!("{count} documents, preview: {url} (Ctrl+C ends it)"),
    ));
    for other in others {
        voice.say(&Words::new(format!("其他机器上：{other}"), format!("from other machines: {other}")));
    }
    if open && let Err(error) = ::open::that_detached(url) {
        voice.say(&Words::new(
            format!("无法打开浏览器：{error}"),
            format!("the browser cannot be opened: {error}"),
        ));
    }
}
