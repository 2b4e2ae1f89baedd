//! The help and what is said of wrong arguments, in Chinese. The parser of arguments speaks English
//! alone; what it says is asked for in parts and put into words here.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory, ValueEnum};

use super::CommandLine;
use crate::diag::Language;

/// The language that the arguments ask for, before they are understood.
pub(super) fn language(arguments: impl Iterator<Item = OsString>) -> Option<Language> {
    let arguments: Vec<String> = arguments.map(|argument| argument.to_string_lossy().into_owned()).collect();
    let value = |at: usize| match arguments[at].strip_prefix("--message-language")? {
        "" => arguments.get(at + 1).map(String::as_str),
        glued => glued.strip_prefix('='),
    };
    Language::from_str((0..arguments.len()).find_map(value)?, false).ok()
}

/// The program's arguments, with help in this language.
pub(super) fn command(language: Language) -> Command {
    match language {
        Language::English => CommandLine::command(),
        Language::Chinese => {
            let mut command = CommandLine::command();
            // Only then it has all its parts.
            command.build();
            in_chinese(command)
        }
    }
}

/// What a command does and how it is written, by its name.
const COMMANDS: &[(&str, &str, &str)] = &[
    ("xiangwei", "把历年法治政府建设报告做成可检索的公开网站", "xiangwei [选项] <命令>"),
    ("init", "新建一个网站", "xiangwei init [选项] <文件夹>"),
    ("new", "新建一份文件，照着填写", "xiangwei new [选项] <地方> <年度>"),
    ("check", "一次列出所有问题，不写任何文件", "xiangwei check [选项] [路径]..."),
    ("build", "生成网站", "xiangwei build [选项]"),
    ("join", "把多台机器分头生成的各份合成一个网站", "xiangwei join [选项] --exchange <目标>"),
    ("serve", "在浏览器里边编辑边预览", "xiangwei serve [选项]"),
    (
        "import",
        "把 Word 文件、网页和纯文本变成报告，附改动日志",
        "xiangwei import [选项] --place <地方> <文件>...",
    ),
    ("fmt", "按导入的修整规则修整已有的报告", "xiangwei fmt [选项] [路径]..."),
    ("archive", "把生成好的网站打成一个文件，供图书馆等收存和回放（WACZ）", "xiangwei archive [选项] <文件>"),
    ("prove", "出具一份证明：这份正文某日在这个网址公开过", "xiangwei prove [选项] <地址>"),
    (
        "witness",
        "以第三方身份为日志的检查点签名，先核对它与以前所见一致",
        "xiangwei witness [选项] --public-key <密钥> --sign <密钥> --name <名称> <检查点>",
    ),
    ("key", "生成签名用的密钥", "xiangwei key [选项] <文件>"),
    (
        "publish",
        "检查、生成并发布网站：发布到文件夹或对象存储，只传有变化的",
        "xiangwei publish [选项] <目标>",
    ),
    ("rollback", "退回上一次发布", "xiangwei rollback [选项] <目标>"),
    ("federate", "读取各家公开的网站，汇总成一个网站", "xiangwei federate [选项] <清单>"),
    (
        "verify",
        "逐个文件核对网站与清单、日志与签名是否一致；或核对一份证明、一个存档",
        "xiangwei verify [选项] <目标>",
    ),
    ("export", "把网站的内容写成别的程序能用的文件", "xiangwei export [选项] <内容> [文件夹]"),
    ("inspect", "以 JSON 显示一个页面的模板能读到的数据，供制作主题用", "xiangwei inspect [选项] <地址>"),
    ("schema", "以 JSON Schema 显示一种文件里可以写什么，供编辑器用", "xiangwei schema [选项] [文件]"),
    ("completions", "显示命令行补全的脚本", "xiangwei completions [选项] <SHELL>"),
    ("man", "显示手册页", "xiangwei man [选项] [命令]"),
    ("help", "显示本帮助，或某个命令的帮助", "xiangwei help [命令]"),
];

/// What an argument means, by its name, and by the name of its command where it is not the same in
/// all.
const ARGUMENTS: &[(&str, &str)] = &[
    ("site", "站点文件夹；不写则向上找最近的有 site.yaml 的文件夹"),
    (
        "format",
        "问题的显示方式：frame 摘出原文并说明改法（不写即是）；short 每处一行；json 一个 JSON 列表；sarif SARIF 2.1.0；github GitHub 工作流的注记；html 一页存档的报告",
    ),
    ("today", "按哪一天判断报告是否到期，如 2026-04-01；不写则不作判断"),
    ("message_language", "提示信息的语言，zh 中文、en 英文；不写则随系统"),
    ("color", "是否用颜色：auto 只在终端上用（不写即是）；always 总是；never 从不"),
    ("quiet", "只显示错误，其余只计数"),
    ("verbose", "同类问题再多也逐处显示，并多说明做了什么"),
    ("help", "显示帮助"),
    ("version", "显示版本"),
    ("folder", "新网站的文件夹；已有的文件夹里，原来的文件不动"),
    ("title", "网站的名称"),
    ("publisher", "主办单位"),
    ("init base_url", "网站将来的网址，如 `https://www.example.gov.cn/fzzf/`"),
    ("init place", "第一个地方的文件夹名，也用在网址里，如 `jiangmen`"),
    ("new place", "地方的文件夹名，如 `jiangmen`"),
    ("place_name", "地方的全称，如江门市；新建地方时要写"),
    (
        "level",
        "地方的级别：national 国家级、province 省级、prefecture 地级、county 县级、township 乡级、department 部门；新建地方时要写",
    ),
    ("year", "文件所说的年度"),
    ("kind", "文种，如 `work-plan` 或工作要点；不写则是 annual-report"),
    ("name", "文件名，也用在网址里；同一年同一文种不止一份时写明，不写则与文种同名"),
    ("file", "哪一种文件：site、report、place、indicators、sites；不写则全部显示"),
    ("shell", "哪一种命令行：bash、elvish、fish、powershell、zsh"),
    ("command", "哪个命令；不写则是整个程序"),
    ("output", "网站生成到哪个文件夹；不写则是站点文件夹里的 public"),
    ("build base_url", "代替 site.yaml 里的网址"),
    ("build drafts", "草稿也发布"),
    ("part", "只生成网站的一份，与其他机器一起构建；2/4 表示四份中的第二份"),
    ("build exchange", "各份交换资料的地方：所有机器都能读写的文件夹，或与 `publish` 一样的地址"),
    ("build wait", "等待其他各份多少秒；不写则是 600"),
    ("records", "只写出其他各份要用的记录，先不生成页面"),
    ("join exchange", "各份交换资料的地方：文件夹，或与 `publish` 一样的地址"),
    ("join wait", "还有没生成的份时等待多少秒；不写则是 600"),
    ("join base_url", "代替 site.yaml 里的网址，与各份相同"),
    ("join drafts", "草稿也发布，与各份相同"),
    ("serve drafts", "草稿也显示"),
    ("inspect drafts", "草稿也算在内"),
    ("strict", "警告也当作错误"),
    ("allow_delete", "已发布的文件不在了，不论多少都从网站删去"),
    ("no_search", "不生成检索文件"),
    ("verify", "不相信上次构建的记录，逐个读出已生成的文件来核对"),
    ("build explain", "说明某个地址的页面是由什么生成的，为什么重新生成或不重新生成"),
    ("paths", "只看这些文件和文件夹里的问题"),
    ("external", "访问正文链接的外部网址，看网页还在不在；每个网站一次只问一个，结果记几天"),
    ("explain", "说明某一类问题的含义和改法，如 `ordinal/skipped`"),
    ("port", "端口；已被占用时用下一个空闲的（不写则是 4000）"),
    ("host", "在本机的哪个地址或名称上提供预览（不写则是 127.0.0.1）；换成别的，其他机器也能看到"),
    ("allow_host", "浏览器可以用来称呼本机的名称，如局域网里的主机名；可以多次"),
    ("allow_edit", "虽然让其他机器看到，拿到打印的链接的人仍可在浏览器里修改文件"),
    ("read_only", "不许在浏览器里修改文件"),
    ("open", "打开浏览器"),
    (
        "editor",
        "用哪个编辑器打开出错的地方：vscode（不写即是）、vscodium、zed、idea，或含 {path}、{line}、{column} 的链接",
    ),
    ("files", "要导入的文件和文件夹；- 表示标准输入"),
    ("import place", "地方在 content/ 下的文件夹名，如 jiangmen"),
    ("import year", "文件是关于哪一年的；不写则取文件名里的年份"),
    ("import kind", "文种，如 annual-report、work-plan；不写则看标题"),
    ("import name", "在当年文件中的名称；不写时，年度报告没有，其他文件用文种名"),
    ("convert", "请 LibreOffice 或 pdftotext 把不能直接读的文件转换成能读的"),
    ("dry_run", "不写任何文件，只显示将写入的内容；已有报告的，显示差别"),
    ("force", "导入到已有的报告里，编辑写的元数据保留"),
    ("without", "关闭一条修整规则，如 half-width；可以多次"),
    ("rules", "列出修整规则"),
    ("undo", "按这份日志还原来源的文字，一个字节不差"),
    ("fmt check", "不写任何文件，只列出要改的报告和差别"),
    (
        "target",
        "文件夹，或 s3://、oss://、cos://、azblob://、gs://、webdav(s):// 地址；密钥从环境变量读取，不写在地址里",
    ),
    ("publish dry_run", "只显示会发布什么，不动目标"),
    ("publish allow_delete", "已发布的文件不在了，不论多少都从目标删去"),
    ("publish output", "网站生成到哪个文件夹；不写则是站点文件夹里的 public"),
    ("publish base_url", "代替 site.yaml 里的网址"),
    ("break_lock", "确知上一个发布者已经中断，不理会它留下的锁"),
    ("forget", "不留上一次发布的内容；之后不能退回"),
    ("sites", "各家的清单，如 sites.yaml，放在站点文件夹里"),
    ("federate base_url", "代替 site.yaml 里的网址"),
    ("forget_office", "忘掉以前读到的这一家和它的日志到了哪里；问明原因以后用一次"),
    ("rollback output", "网站生成在哪个文件夹；不写则是站点文件夹里的 public"),
    ("address", "页面的地址，如 `/jiangmen/2019/`"),
    ("archive file", "写到哪个文件，如 `site.wacz`"),
    ("archive output", "生成好的网站在哪个文件夹；不写则是站点文件夹里的 public"),
    ("archive base_url", "代替 site.yaml 里的网址，与生成时相同"),
    ("offline", "改打成 zip：解压后不用服务器，从磁盘上直接打开"),
    ("sign", "用这把私钥签名：私钥文件，或 `env:名称` 表示放在环境变量里"),
    ("on", "哪一天的正文；不写则是记录里最后的一份"),
    ("export what", "导出什么：search 全部文件，供搜索服务器批量导入"),
    ("to", "文件写到哪个文件夹"),
    ("server", "哪一种搜索服务器：quickwit（不写即是）、opensearch（Elasticsearch 也用它）"),
    ("words", "不写文件，只以 JSON 逐行显示这些文字各用什么短语去查"),
    ("prove file", "证明写到哪个文件；不写则在当前文件夹，按地址取名"),
    ("checkpoint", "日志的检查点，日志的其他文件像网站上一样放在旁边"),
    ("publish sign", "用这把私钥为清单和日志签名：私钥文件，或 `env:名称` 表示放在环境变量里"),
    ("unsigned", "上一次发布签过名，这一次也不签"),
    ("verify public_key", "发布者的公钥：文件，或公钥本身"),
    ("verify witness", "见证人的公钥（名称+编号+base64），必须也签过名；可以多次"),
    ("since", "日志从前的检查点，现在的日志须由它接续而来"),
    ("public_key", "日志的公钥：文件，或公钥本身"),
    ("witness sign", "见证人自己的私钥：私钥文件，或 `env:名称` 表示放在环境变量里"),
    ("witness name", "见证人的名称，如 `library.example.cn`"),
    ("state", "上次所见记在哪个文件；不写则在当前文件夹，按日志取名"),
    ("key file", "私钥写到哪个文件；公钥写在旁边，加 .pub"),
    ("no_password", "不用口令保护私钥：谁拿到文件，谁就能签名"),
];

fn about(command: &str, argument: &str) -> Option<&'static str> {
    let own = format!("{command} {argument}");
    let found = |name: &str| ARGUMENTS.iter().find(|(known, _)| *known == name);
    found(&own).or_else(|| found(argument)).map(|(_, about)| *about)
}

/// What stands for a value in the help.
const VALUES: &[(&str, &str)] = &[
    ("RULE", "规则"),
    ("LOG", "日志"),
    ("FORMAT", "格式"),
    ("COLOR", "何时"),
    ("DIR", "文件夹"),
    ("DATE", "日期"),
    ("LANGUAGE", "语言"),
    ("URL", "网址"),
    ("CODE", "代码"),
    ("PATH", "路径"),
    ("HOST", "主机"),
    ("EDITOR", "编辑器"),
    ("PORT", "端口"),
    ("ADDRESS", "地址"),
    ("TEXT", "文字"),
    ("PLACE", "地方"),
    ("LEVEL", "级别"),
    ("YEAR", "年度"),
    ("KIND", "文种"),
    ("NAME", "名称"),
    ("FILE", "文件"),
    ("COMMAND", "命令"),
    ("KEY", "密钥"),
    ("TARGET", "目标"),
    ("CHECKPOINT", "检查点"),
    ("SECONDS", "秒"),
];

fn in_chinese(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let (_, does, usage) = COMMANDS.iter().find(|(known, ..)| *known == name).unwrap_or(&("", "", ""));
    let command = command.about(*does).override_usage(*usage).help_template(TEMPLATE);
    let command =
        command.subcommand_help_heading("命令").mut_args(|argument| argument_in_chinese(&name, argument));
    command.mut_subcommands(|inner| match inner.get_name() {
        "help" => inner.about(COMMANDS[COMMANDS.len() - 1].1),
        _ => in_chinese(inner),
    })
}

const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}";

fn argument_in_chinese(command: &str, argument: Arg) -> Arg {
    let id = argument.get_id().as_str().to_owned();
    let heading = if argument.is_positional() { "参数" } else { "选项" };
    let value = argument.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let value = value.unwrap_or_else(|| id.to_uppercase());
    let named =
        VALUES.iter().find(|(known, _)| *known == value).filter(|_| argument.get_action().takes_values());
    let argument = argument.help_heading(heading).hide_default_value(true).hide_possible_values(true);
    let argument = match named {
        Some((_, name)) => argument.value_name(*name),
        None => argument,
    };
    match about(command, &id) {
        Some(about) => argument.help(about).long_help(about),
        None => argument,
    }
}

/// What is wrong with the arguments, in Chinese; `None` where the parser's own words will do, help
/// among them.
pub(super) fn complaint(error: &clap::Error, language: Language) -> Option<String> {
    if language != Language::Chinese {
        return None;
    }
    let said = |kind| told_of(error.get(kind));
    let argument = said(ContextKind::InvalidArg).unwrap_or_default();
    let value = said(ContextKind::InvalidValue).unwrap_or_default();
    let meant = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let meant = meant
        .into_iter()
        .find_map(|kind| nearest_of(error.get(kind)))
        .map(|near| format!("；是不是想写 {near}？"))
        .unwrap_or_default();
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("没有 {argument} 这个选项{meant}"),
        ErrorKind::InvalidSubcommand => {
            format!("没有 {} 这个命令{meant}", said(ContextKind::InvalidSubcommand).unwrap_or_default())
        }
        ErrorKind::InvalidValue if value.is_empty() => format!("{argument} 后面要写值"),
        ErrorKind::InvalidValue => {
            let valid = said(ContextKind::ValidValue).unwrap_or_default();
            format!("{argument} 不能是 {value}；可选：{valid}")
        }
        ErrorKind::ValueValidation => format!("{argument} 不能是 {value}"),
        ErrorKind::MissingRequiredArgument => format!("缺少 {argument}"),
        ErrorKind::ArgumentConflict => match said(ContextKind::PriorArg) {
            Some(other) if other != argument => format!("{argument} 不能和 {other} 一起用"),
            _ => format!("{argument} 只能写一次"),
        },
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{argument} 后面的值的个数不对")
        }
        _ => return None,
    };
    Some(format!("错误: {what}\n\n用法见 xiangwei --help"))
}

/// The best of what may have been meant, which the parser names last.
fn nearest_of(value: Option<&ContextValue>) -> Option<String> {
    match value? {
        ContextValue::Strings(texts) => texts.last().cloned(),
        _ => told_of(value),
    }
}

fn told_of(value: Option<&ContextValue>) -> Option<String> {
    match value? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join("、")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(command: &Command, found: &mut Vec<String>) {
        let is_han = |text: &str| text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c));
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        if !is_han(&about) {
            found.push(command.get_name().to_owned());
        }
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
            if !is_han(&help) {
                found.push(format!("{} {}", command.get_name(), argument.get_id()));
            }
        }
        let inner = command.get_subcommands().filter(|inner| inner.get_name() != "help");
        inner.for_each(|inner| every(inner, found));
    }

    #[test]
    fn every_command_and_argument_is_told_in_chinese() {
        let mut found = Vec::new();
        every(&command(Language::Chinese), &mut found);
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn what_is_told_is_there() {
        let command = command(Language::Chinese);
        let inner: Vec<&Command> = command.get_subcommands().collect();
        for (name, _) in ARGUMENTS.iter().copied() {
            let (of, id) = name.split_once(' ').unwrap_or(("", name));
            let has = |command: &&Command| {
                (of.is_empty() || command.get_name() == of)
                    && command.get_arguments().any(|argument| argument.get_id() == id)
            };
            assert!(has(&&command) || inner.iter().any(has), "{name}");
        }
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are() {
        let of = |arguments: &[&str]| language(arguments.iter().map(OsString::from));
        assert_eq!(of(&["xiangwei", "--message-language", "zh", "--help"]), Some(Language::Chinese));
        assert_eq!(of(&["xiangwei", "--help", "--message-language=en"]), Some(Language::English));
        assert_eq!(of(&["xiangwei", "--message-language"]), None);
        assert_eq!(of(&["xiangwei", "--help"]), None);
    }
}
