//! What is wrong with files and attachments.

use super::{Code, CodeWeight};

/// By name.
pub(super) const FILES: &[Code] = &[
    Code {
        name: "attachment/content",
        weight: CodeWeight::Warning,
        title: ("附件的内容与扩展名不符", "an attachment is not what its name says"),
        text: (
            "文件的开头几个字节不是扩展名所说的格式，例如把网页下载成了 `.pdf`，或者把表格改名为 \
             `.docx`。读者会打不开。请从来源重新取得文件，或改正扩展名。若内容其实是网页或程序，\
             则是错误 `attachment/kind`。",
            "The first bytes of the file are not of the format that its extension names, as when \
             an error page was saved as `.pdf` or a table renamed to `.docx`. Readers will not be \
             able to open it. Get the file from its source again, or correct the extension. Where \
             it is a page or a program in truth, that is the error `attachment/kind`.",
        ),
        source: None,
    },
    Code {
        name: "attachment/kind",
        weight: CodeWeight::Fatal,
        title: ("附件的类型不宜提供下载", "an attachment of a kind that is not offered"),
        text: (
            "这种文件（例如程序、脚本、网页）会在读者的电脑或浏览器里运行，政府网站不应提供下载。\
             请改用 PDF、OFD、docx、xlsx、csv、图片或压缩包，并从 `attachments` 中换掉文件名。",
            "A file of this kind, such as a program, a script or a web page, would run on the \
             reader's computer or in the browser; a government's site should not offer it. Attach \
             a PDF, OFD, docx, xlsx, csv, picture or archive instead and name that file in \
             `attachments`.",
        ),
        source: None,
    },
    Code {
        name: "attachment/missing",
        weight: CodeWeight::Error,
        title: ("找不到附件", "an attachment is missing"),
        text: (
            "`attachments` 列出的文件不在报告所在的文件夹里，读者点开会落空。附件须与报告的 \
             `index.md` 放在同一文件夹，文件名逐字相同（包括大小写和扩展名）。请放入文件或改正文件\
             名。",
            "A file listed in `attachments` is not in the report's folder, so its link would lead \
             nowhere. Attachments lie beside the report's `index.md`, with exactly the same name, \
             capitals and extension included. Add the file or correct the name.",
        ),
        source: Some((
            "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》：不能用的链接",
            "国办秘函〔2019〕19号, the indicators by which government websites are inspected: dead links",
        )),
    },
    Code {
        name: "attachment/scanned",
        weight: CodeWeight::Warning,
        title: ("附件每一页都是图片", "an attachment of which every page is a picture"),
        text: (
            "这个 PDF 的每一页都只是图片，没有文字：读者不能检索、复制，读屏软件读不出来，里面有没有个人信息也无法检查。请换成由文稿直接导出的 PDF，或\
             者识别文字以后再附上；只有扫描件的，请人看过之后在 site.yaml 的 `checks` 里放行并写明理由。",
            "Every page of this PDF is a picture without text: readers can neither search nor copy it, a screen reader cannot \
             read it, and whether something personal is on its pages is not known. Attach the PDF that the office program \
             writes, or have the text recognized first. If there is nothing but the scan, have somebody look at it and allow \
             it in `checks` of site.yaml with the reason.",
        ),
        source: Some((
            "GB/T 37668—2019《信息技术 互联网内容无障碍可访问性技术要求与测试方法》；WCAG 2.2，1.4.5",
            "GB/T 37668-2019 (accessibility of Internet content); WCAG 2.2, success criterion 1.4.5",
        )),
    },
    Code {
        name: "attachment/unlisted",
        weight: CodeWeight::Warning,
        title: ("文件夹里有未列出的附件", "a file beside the report is not listed"),
        text: (
            "报告的文件夹里有一个文件，既没有列入 `attachments`，正文也没有引用，不知道是否应当公\
             开。凡是要发布的都应写明，以免误将内部材料公开。请把它列入 `attachments` 并写上题目，\
             或者移出 `content/`。",
            "A file lies in the report's folder that neither `attachments` nor the text names, so \
             it is not clear whether it is meant for the public. What is published should be \
             said, lest an internal paper slip out. List it in `attachments` with a title, or \
             move it out of `content/`.",
        ),
        source: None,
    },
    Code {
        name: "file/encoding",
        weight: CodeWeight::Fatal,
        title: ("文件不是 UTF-8 编码", "a file is not UTF-8"),
        text: (
            "文本文件须用 UTF-8 编码保存，这份文件含有不合 UTF-8 的字节。旧的办公软件常存成 GBK 或 \
             GB18030，照原样读取会变成乱码。请在编辑器中用“另存为”选择 UTF-8，或用 `iconv -f \
             GB18030 -t UTF-8` 转换；转换后请核对人名和数字。",
            "Text must be saved as UTF-8, and this file holds bytes that are not. Older office \
             programs often save GBK or GB18030, which would come out as garbage. Save it again \
             as UTF-8 in the editor, or convert it with `iconv -f GB18030 -t UTF-8`, and then \
             check names and figures.",
        ),
        source: Some(("UTF-8：RFC 3629", "UTF-8: RFC 3629")),
    },
    Code {
        name: "file/kind",
        weight: CodeWeight::Fatal,
        title: ("不是普通文件", "not an ordinary file"),
        text: (
            "这里是管道、设备或套接字一类的特殊文件，读取它可能永远等不到结尾。网站的文件夹里只应\
             有普通文件和文件夹。请删去它，或换成普通文件。",
            "This is a pipe, a device or a socket, and reading it might never end. A site's \
             folder should hold ordinary files and folders alone. Remove it or put an ordinary \
             file in its place.",
        ),
        source: None,
    },
    Code {
        name: "file/left-out",
        weight: CodeWeight::Warning,
        title: ("static/ 里的文件没有发布", "a file in static/ is left out"),
        text: (
            "`static/` 里的文件原样发布，但隐藏的（名称以点开头，如 \
             `.git`、`.env`）和其他程序留下的（备份、临时文件、`Thumbs.db`、`~$…`）没有人想公开，里面可能有密码或历史版本，所以不发布。`.well-known`、`.nojekyll`、`.htaccess`、`.domains` \
             除外。请移出 `static/`。",
            "Files in `static/` are passed on as they are, but nobody means hidden ones (with a \
             dot in front, such as `.git` or `.env`) and what programs leave behind (backups, \
             temporary files, `Thumbs.db`, `~$…`) to be public; passwords or earlier versions may \
             be in them. They are not published; `.well-known`, `.nojekyll`, `.htaccess` and \
             `.domains` are. Take them out of `static/`.",
        ),
        source: None,
    },
    Code {
        name: "file/name",
        weight: CodeWeight::Fatal,
        title: ("文件名不能使用", "a file name cannot be used"),
        text: (
            "文件名含有控制字符，或者不是 UTF-8，无法成为网址的一部分，也无法写入清单。请改用普通\
             的文字、数字、连字符和点重新命名。",
            "The file name holds control characters or is not UTF-8, so that it can be no part of \
             an address nor stand in the manifest. Rename it with plain letters, digits, hyphens \
             and dots.",
        ),
        source: None,
    },
    Code {
        name: "file/portable",
        weight: CodeWeight::Warning,
        title: ("有的系统上不能有这个名称", "a name that some systems cannot have"),
        text: (
            "Windows 上没有这样的文件名：`con`、`nul`、`com1` \
             等设备名（带扩展名也不行），以点或空格结尾的，以及含有 `< > : \" | ? *` \
             的。网站复制到那里，这个文件会丢失或报错。请换一个名称。",
            "Windows has no file of such a name: names of devices such as `con`, `nul` or `com1`, \
             with an extension too, names that end in a dot or a space, and those with one of `< \
             > : \" | ? *`. Copied there, the site would lose the file. Give it another name.",
        ),
        source: None,
    },
    Code {
        name: "file/symlink",
        weight: CodeWeight::Fatal,
        title: ("符号链接指向站点之外", "a symbolic link leads out of the site"),
        text: (
            "这个符号链接指向站点文件夹之外，或者绕成了圈。跟随它可能把不该公开的文件发布出去，换\
             一台机器也会生成不同的网站。请把所需的文件复制到站点文件夹内，再删去链接。",
            "This symbolic link leads out of the site's folder or runs in a circle. Following it \
             could publish a file that was never meant for the public, and another machine would \
             build another site. Copy the file into the site's folder and remove the link.",
        ),
        source: None,
    },
    Code {
        name: "file/too-large",
        weight: CodeWeight::Fatal,
        title: ("文件过大", "a file is too large"),
        text: (
            "这份文本超过 16 MiB，远大于任何一份报告，没有读取。多半是误放的数据或把图片嵌进了正文。\
             请把图片存成单独的文件，把数据作为附件，再从正文引用。",
            "This text is larger than 16 MiB, far more than any report, and has not been read. It \
             is likely misplaced data, or a text with pictures embedded. Keep pictures in files \
             of their own, attach data as a file, and refer to them from the text.",
        ),
        source: None,
    },
    Code {
        name: "file/unread",
        weight: CodeWeight::Warning,
        title: ("文件没有读取", "a file that no page is made from"),
        text: (
            "`content/` 里有一个文件，看来是一份报告，但不是 Markdown 文件（扩展名 .md），所以没有网页，也不会发布。扩展名写错的请改正。Word、WPS、PDF 等文件用 `xiangwei import` 导入成 .md 文件；要供读者下载的，放在报告的 `index.md` 旁边，列入 `attachments`。网站的设置只从 `site.yaml` 和 `indicators.yaml` 读取，主题的只从 `theme.yaml` \
             读取；叫 `site.yml` 或 `site.yaml.txt` 的，请改名。",
            "A file in `content/` looks like a report, and is no Markdown file, whose name would end with .md; so there is no page of it, and it is not published. If only the name is wrong, mend it. Documents of Word, WPS, PDF and the like become .md files by `xiangwei import`. What readers are to download lies beside the report's `index.md` and is listed in its `attachments`. Settings are read from \
             `site.yaml`, `indicators.yaml` and a theme's `theme.yaml` alone: rename a `site.yml` or `site.yaml.txt`.",
        ),
        source: None,
    },
    Code {
        name: "file/unreadable",
        weight: CodeWeight::Fatal,
        title: ("文件无法读取", "a file cannot be read"),
        text: (
            "系统不允许读取这个文件，多半是权限不足，也可能是磁盘有错。缺了它，生成的网站就不完整，\
             所以不会继续。请检查文件的权限和所有者，再试一次。",
            "The system does not let this file be read, most likely for want of permission, \
             perhaps for a fault of the disk. A site without it would be incomplete, so nothing \
             is built. Check the file's permissions and owner and try again.",
        ),
        source: None,
    },
];
