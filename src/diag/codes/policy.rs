//! What is wrong with what a site says of findings, in `checks` of `site.yaml`.

use super::{Code, CodeWeight};

/// By name.
pub(super) const POLICY: &[Code] = &[
    Code {
        name: "check/fixed",
        weight: CodeWeight::Fatal,
        title: ("这个代码不能调低", "this code cannot be lowered"),
        text: (
            "site.yaml 的 `checks` 想调低或者放行的，是程序读不懂、或者公开了会伤人的内容：元数据写错、网址冲突、会在浏览器里运行的附件等。\
             留着它就生成不了完整的网站，所以不能调低，请改正内容本身。`check --explain` 会说明每个代码能不能调低。",
            "`checks` in site.yaml would lower or allow something that the program cannot read or must not publish: \
             front matter that is not well formed, addresses that clash, attachments that run in a browser. With it \
             there is no whole site, so it cannot be lowered; mend what was found. `check --explain` says of each code \
             whether it can be lowered.",
        ),
        source: None,
    },
    Code {
        name: "check/unknown",
        weight: CodeWeight::Fatal,
        title: ("`checks` 写了不存在的代码", "`checks` names a code that does not exist"),
        text: (
            "site.yaml 的 `checks` 里的 `code` 是检查结果方括号里的代码，如 `site/label`；一类代码写成 `text/*`。写错的代码什么也管不\
             到，以为已经调整的检查其实没有调整，所以当作错误。请从检查结果里复制代码。",
            "A `code` in `checks` of site.yaml is what stands in the brackets of a finding, such as `site/label`; `text/*` \
             names a whole family. A misspelt code reaches nothing, and a check that is believed to be changed would \
             not be, so this is an error. Copy the code from the finding.",
        ),
        source: None,
    },
    Code {
        name: "check/unused",
        weight: CodeWeight::Warning,
        title: ("放行的一条没有放行什么", "an entry that allows a finding allows none"),
        text: (
            "site.yaml 的 `checks` 里有一条放行（`allow`），但那个文件里没有这样的检查结果：可能已经改正，可能文件移走了，也可能有几处而\
             没有用 `at` 写明是哪一处。不起作用的放行会在以后悄悄放过新的错误，所以请删去，或者写准。",
            "An entry with `allow` in `checks` of site.yaml meets no finding: it may have been mended, the file may have \
             moved, or there are several and no `at` says which. An entry that allows nothing would let a later mistake \
             through unseen. Remove it, or make it exact.",
        ),
        source: None,
    },
];
