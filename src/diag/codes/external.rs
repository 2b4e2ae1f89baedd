//! What comes of asking other sites for the addresses that texts lead to (`check --external`).

use super::{Code, CodeWeight};

/// What a government's site is inspected by.
const DEAD_LINKS: Option<(&str, &str)> = Some((
    "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》：不能用的链接",
    "国办秘函〔2019〕19号, the indicators by which government websites are inspected: dead links",
));

/// By name.
pub(super) const EXTERNAL: &[Code] = &[
    Code {
        name: "external/gone",
        weight: CodeWeight::Warning,
        title: ("链接的外部网页已经没有了", "a page of another site is gone"),
        text: (
            "`check --external` 访问了这个网址，对方服务器回答没有这一页（404 或 410）。读者点开会落空。请到\
             对方网站找到新的网址；确实没有了的，去掉链接，保留名称和文号，读者凭它们仍能查到。",
            "`check --external` asked for this address, and its server answers that there is no such page (404 or \
             410). Readers would find nothing. Look for the new address on that site; where there is none, take the \
             link away and leave title and number, by which the text can still be found.",
        ),
        source: DEAD_LINKS,
    },
    Code {
        name: "external/moved",
        weight: CodeWeight::Note,
        title: ("链接的外部网页换了网址", "a page of another site has moved"),
        text: (
            "对方服务器说这一页永久搬到了别处（301 或 308），或者把它带到了网站首页。前一种请改用新的网址：旧的\
             总有一天不再转过去。后一种往往是原来的网页没有了，请打开看一看。",
            "The server says that this page has moved for good (301 or 308), or leads from it to the home page of a \
             site. In the first case write the new address: one day the old one will no longer lead there. In the \
             second, the page that was meant is often gone; open the link and see.",
        ),
        source: None,
    },
    Code {
        name: "external/private",
        weight: CodeWeight::Warning,
        title: ("链接指向内部网络", "a link leads into an internal network"),
        text: (
            "这个网址（或者它转向的网址）在本机或内部网络上，例如 `localhost`、`10.…`、`192.168.…`。读者打不开，\
             还会看到内部网络的地址。`check --external` 不访问这样的网址。请换成公众能访问的网址。",
            "This address, or one that it leads on to, is on this computer or in an internal network, such as \
             `localhost`, `10.…` or `192.168.…`. Readers cannot open it, and learn of an internal address. `check \
             --external` does not ask for such addresses. Give one that the public can reach.",
        ),
        source: DEAD_LINKS,
    },
    Code {
        name: "external/unreachable",
        weight: CodeWeight::Note,
        title: ("外部网页没有访问到", "a page of another site could not be reached"),
        text: (
            "没有得到能说明网页在不在的回答：找不到主机、连不上、超时、证书有问题、服务器出错（5xx），或者不让\
             程序访问（403 等）。这不等于网页没有了，有的网站只让浏览器打开。请在浏览器里点开看一看；过一会儿再\
             检查，还会再问一次。",
            "No answer came that tells whether the page is there: the host is unknown, the connection failed or took \
             too long, the certificate is in doubt, the server has a fault (5xx), or it lets no program in (403 and \
             others). That does not mean that the page is gone; some sites answer browsers alone. Open the link and \
             see. A later check asks again.",
        ),
        source: None,
    },
];
