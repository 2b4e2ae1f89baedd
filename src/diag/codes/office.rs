//! What is wrong with the sites of offices that a federated site gathers (`federate`).

use super::{Code, CodeWeight};

/// By name.
pub(super) const OFFICE: &[Code] = &[
    Code {
        name: "office/digest",
        weight: CodeWeight::Warning,
        title: ("内容与清单不符", "a file is not what the manifest says"),
        text: (
            "从那家网站读到的一个文件，内容与它的清单 `manifest.json` 上的摘要不同。多半是读取的时候那边正在发布，下次\
             就好了；一直如此的，是那边的文件没有全部上传，或者传输途中被改动，请那边用 `xiangwei verify` 核对。这\
             一次显示的是上次读到的内容。",
            "A file that was read from that site is not the one whose digest its `manifest.json` has. Mostly it was just \
             being published, and the next run finds it whole. Where it stays so, not all files were uploaded, or one was \
             changed on the way: ask the office to run `xiangwei verify`. Until then what was read before is shown.",
        ),
        source: None,
    },
    Code {
        name: "office/document",
        weight: CodeWeight::Warning,
        title: ("有的文件没有收入", "documents are left out"),
        text: (
            "那家网站的一些文件没有收入汇总的网站：同一地址已有另一家的文件；或者本站读不出（例如文种没有在本站的 \
             `site.yaml` 登记）；或者里面有个人信息。其余的照常收入。",
            "Some documents of that site are not in the federated one: another office has a document at the same address, \
             this site cannot read them (for one, their kind is not in its `site.yaml`), or something personal is in them. \
             All others are there.",
        ),
        source: None,
    },
    Code {
        name: "office/history",
        weight: CodeWeight::Warning,
        title: ("公开的历史被改写", "history was rewritten"),
        text: (
            "那家网站有签名的公开记录（`log/checkpoint`），而现在的记录不是由上次所见接续而来：条目被删改，或者记录不\
             见了。这正是签名的记录要防的，所以不采用，显示的是上次读到的内容。请向那家问明原因；确有正当理由（如更\
             换了系统）的，用 `federate --forget 名称` 运行一次。",
            "That site has a signed log of what it published (`log/checkpoint`), and the log as it is now does not go on \
             from where it was seen last: entries were changed or removed, or the log is gone. A signed log is there to \
             show this, so that nothing new is taken over, and what was read before is shown. Ask the office why. Where \
             there is a good reason, such as a new system, run `federate --forget NAME` once.",
        ),
        source: Some((
            "C2SP tlog-tiles、RFC 6962 第2.1.2节：日志只能增加",
            "C2SP tlog-tiles and RFC 6962, section 2.1.2: a log is only ever added to",
        )),
    },
    Code {
        name: "office/nonsense",
        weight: CodeWeight::Warning,
        title: ("内容不是本程序公开的写法", "what came is not what this program publishes"),
        text: (
            "从那家网站读到的清单、记录或者源文件写法不对：不是 JSON，路径不能作文件，格式版本不认识，或者不是文本。多\
             半是网址不对、服务器给了登录页或者错误页；版本不认识的，请更新程序。显示的是上次读到的内容。",
            "The manifest, the records or a source of that site are not written as they should be: no JSON, a path that no \
             document can have, a schema that is not known, or no text. Mostly the address is wrong, or the server gave a \
             page to log in or of an error. Where the schema is not known, update the program. What was read before is \
             shown.",
        ),
        source: None,
    },
    Code {
        name: "office/place",
        weight: CodeWeight::Warning,
        title: ("两家的地方重名", "places of two offices have one name"),
        text: (
            "两家网站各有一个地方用了同一个地址名称，而名称、级别或者区划代码不同，不是同一个地方。清单上在后的那家，它\
             的地方在汇总网站上叫 `<单位>-<地方>`；文件仍指向原来的网址。同一个地方（名称、级别、代码都相同）不算重名\
             ，两家的文件放在一起。",
            "Two sites each have a place of this name in addresses, and they differ in name, level or division code, so \
             that they are two. The one whose office comes later in the list is `<office>-<place>` here; its documents \
             lead to where they stand. One place that two offices describe alike is one, with the documents of both.",
        ),
        source: None,
    },
    Code {
        name: "office/signature",
        weight: CodeWeight::Warning,
        title: ("清单的签名不对", "the manifest is not signed by its key"),
        text: (
            "`sites.yaml` 给了那家的公钥，而它的清单没有签名，或者不是用这把密钥签的：可能发布时忘了 `--sign`，可能换\
             了密钥，也可能有人动过网站。没有验明的内容不采用，显示的是上次验明的内容。换了密钥的，向那家核实以后改 \
             `public_key`。",
            "`sites.yaml` has the office's public key, and its manifest is not signed, or not by this key: somebody forgot \
             `--sign`, the key is another one now, or somebody has changed the site. Nothing is taken over that is not \
             vouched for; what was vouched for last is shown. Where the key has changed, make sure of that with the office \
             and then change `public_key`.",
        ),
        source: None,
    },
    Code {
        name: "office/too-large",
        weight: CodeWeight::Warning,
        title: ("超过了一家的上限", "there is more than is taken from one office"),
        text: (
            "那家网站的一个文件或者全部文件超过了上限。上限远高于任何一家的档案，为的是一家出错或者有意为难时，不拖累\
             其他各家。显示的是上次读到的内容。",
            "A file of that site, or all of them, are larger than what is taken from one office. The bounds are far above \
             any archive; they are there so that one office, by mistake or not, costs the others nothing. What was read \
             before is shown.",
        ),
        source: None,
    },
    Code {
        name: "office/unreachable",
        weight: CodeWeight::Warning,
        title: ("没有读到那家网站", "an office's site could not be read"),
        text: (
            "没有得到一个完整的文件：找不到主机、连不上、太慢、中途断开、服务器出错，或者网址指向内网。已经读到的留着，\
             下次接着读；这一次显示的是上次读到的内容。一直如此的，核对 `sites.yaml` 里的 `url`。",
            "No whole file came: the host is unknown, the connection failed, took too long or was cut, the server has a \
             fault, or its address leads into an inner network. What was read is kept, and the next run goes on from there; \
             until then what was read before is shown. Where it stays so, look at `url` in `sites.yaml`.",
        ),
        source: None,
    },
];
