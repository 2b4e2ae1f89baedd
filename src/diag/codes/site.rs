//! What is wrong with the site as a whole: its places, addresses, links and theme.

use super::{Code, CodeWeight};

/// By name.
pub(super) const SITE: &[Code] = &[
    Code {
        name: "coverage/missing",
        weight: CodeWeight::Note,
        title: ("报告期限已过，尚未收录", "a report is overdue and not held"),
        text: (
            "按 `--today` 给出的日期，这个地方上一年度的报告已过公开期限，而本站没有收录。这是提示，\
             不影响生成：报告可能已在别处公开，只是还没有收录进来。已经公开的请收录；尚未公开的请提醒发\
             布。期限写在 site.yaml 的 `deadlines` 里，不写 `--today` 就不作这项判断。",
            "On the day that `--today` names, the report of this place on the year before is past \
             its deadline, and this site does not hold it. It is a note and stops nothing: the \
             report may be public elsewhere. If it is, add it; if it is not, remind those who are \
             to publish it. Deadlines are in `deadlines` of site.yaml; without `--today` none of \
             this is judged.",
        ),
        source: Some((
            "《法治政府建设与责任落实督察工作规定》第二十四条；《政府信息公开条例》第四十九条",
            "《法治政府建设与责任落实督察工作规定》 art. 24; Regulation on the disclosure of government information, art. 49",
        )),
    },
    Code {
        name: "link/anchor",
        weight: CodeWeight::Error,
        title: ("链接的段落不存在", "a link's section does not exist"),
        text: (
            "链接的页面存在，但其中没有 `#` 之后的那一节，读者只会停在页首。段落的锚点由印出的序号\
             组成，例如“一、”下的“（五）”是 `#sec-1-5`。请打开目标页面，从标题旁的“§”复制正确的链\
             接。",
            "The page exists, but it has no section of the name after `#`, so readers would stay \
             at its top. Anchors are made of the printed ordinals: (五) under 一、 is `#sec-1-5`. \
             Open the page and copy the link from the § beside the heading.",
        ),
        source: Some((
            "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》：不能用的链接",
            "国办秘函〔2019〕19号, the indicators by which government websites are inspected: dead links",
        )),
    },
    Code {
        name: "link/draft",
        weight: CodeWeight::Error,
        title: ("链接指向草稿", "a link leads to a draft"),
        text: (
            "链接的文件是草稿（`status: draft`），不会发布，读者点开会落空。请等它发布后再链接，或\
             把它的 `status` 改为 `published`。",
            "The file that is linked is a draft (`status: draft`) and will not be published, so \
             the link would lead nowhere. Link to it once it is published, or set its `status` to \
             `published`.",
        ),
        source: Some((
            "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》：不能用的链接",
            "国办秘函〔2019〕19号, the indicators by which government websites are inspected: dead links",
        )),
    },
    Code {
        name: "link/missing",
        weight: CodeWeight::Error,
        title: ("链接的页面不存在", "a link's page does not exist"),
        text: (
            "站内没有这个链接所指的页面或文件。失效链接在政府网站检查中会扣分，也让读者找不到依据。\
             请检查地址或相对路径，`.md` 文件的路径从本文件所在的文件夹算起；站外的页面请写完整的 \
             `https://` 地址。",
            "The site has no page or file at this link. Dead links cost points when government \
             sites are inspected, and readers lose the trail. Check the address or the relative \
             path, which for an `.md` file starts at this file's own folder; for a page elsewhere \
             give its full `https://` address.",
        ),
        source: Some((
            "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》：不能用的链接",
            "国办秘函〔2019〕19号, the indicators by which government websites are inspected: dead links",
        )),
    },
    Code {
        name: "link/outside",
        weight: CodeWeight::Fatal,
        title: ("链接走出了站点", "a link leads out of the site's folder"),
        text: (
            "相对路径里的 `..` 太多，走到了站点文件夹之外，发布后不会有这个文件。请从本文件所在的\
             文件夹重新数一遍路径，或改用以 `/` 开头的站内地址。",
            "The relative path has so many `..` that it leaves the site's folder, where nothing \
             is published. Count the path again from this file's folder, or write the address on \
             the site, beginning with `/`.",
        ),
        source: None,
    },
    Code {
        name: "link/scheme",
        weight: CodeWeight::Fatal,
        title: ("链接的类型不允许", "a link's scheme is not allowed"),
        text: (
            "链接只能是站内地址、相对路径，或以 `https:`、`http:`、`mailto:`、`tel:` 开头。\
             `javascript:`、`data:`、`file:` 等链接会在读者的浏览器里运行程序，或指向作者自己的电\
             脑。请换成可以公开访问的网址。",
            "A link is an address of the site, a relative path, or begins with `https:`, `http:`, \
             `mailto:` or `tel:`. Others, such as `javascript:`, `data:` or `file:`, would run a \
             program in the reader's browser or point at the author's own computer. Give an \
             address that the public can reach.",
        ),
        source: None,
    },
    Code {
        name: "link/withdrawn",
        weight: CodeWeight::Note,
        title: ("链接的内容已随文件撤回", "what is linked to was withdrawn"),
        text: (
            "链接指向一份已撤回文件的某一段，或者它旁边的附件。那一段、那个附件已经不公开了，读者点开会到说明撤回             的那一页，不会落空。撤回文件不必等所有链接都改好，所以这只是一条说明；有了替代的内容，再改链接。",
            "The link leads to a section of a document that was withdrawn, or to a file beside it. These are published              no more, and readers come to the page that says what became of the document. To withdraw a document must              not wait until every link to it is changed, so this is a note; when something else has taken its place,              link to that.",
        ),
        source: None,
    },
    Code {
        name: "place/code",
        weight: CodeWeight::Error,
        title: ("行政区划代码不对", "a division code is wrong"),
        text: (
            "`code` 是国家标准规定的行政区划代码，应为 6、9 或 12 位数字，并加引号，如 `code: \
             \"440700\"`。一个代码只能属于一个地方，错误的代码会把报告归到别处。请核对民政部门或统\
             计部门公布的代码；没有代码的地方不写这一项。",
            "`code` is the division code of the national standard, with 6, 9 or 12 digits in \
             quotation marks, as in `code: \"440700\"`. It belongs to one place only, and a wrong \
             one files reports under another place. Check it against the published list; leave it \
             out where a place has none.",
        ),
        source: Some((
            "GB/T 2260《中华人民共和国行政区划代码》",
            "GB/T 2260 (codes of administrative divisions)",
        )),
    },
    Code {
        name: "place/empty",
        weight: CodeWeight::Warning,
        title: ("这个地方还没有文件", "a place has no documents"),
        text: (
            "这个地方只有 `_index.md`，还没有一份可以发布的文件。空白栏目在检查中会被扣分甚至否决，\
             所以不会为它生成页面。请加入第一份报告，或者先去掉这个文件夹。",
            "This place has its `_index.md` and no document that could be published. Blank \
             columns cost points in an inspection and may fail the site, so no page is made for \
             it. Add a first report, or take the folder away until there is one.",
        ),
        source: Some((
            "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》单项否决：空白栏目",
            "国办秘函〔2019〕19号, the indicators by which government websites are inspected: blank columns fail a site",
        )),
    },
    Code {
        name: "place/level",
        weight: CodeWeight::Fatal,
        title: ("层级与上级不符", "a place's level does not fit its parent"),
        text: (
            "一个地方的 `level` 应低于它的上级：省级、地级、县级、乡级依次而下，部门挂在本级政府之\
             下；一个地方也不能是自己的上级。层级颠倒会打乱目录和各地对比。请检查 `level` 和 `parent`，改正写错的一个。",
            "A place's `level` must lie below its parent's: province, prefecture, county and \
             township in turn, a department under its own government; nor is a place its own \
             parent. A reversed order upsets lists and comparisons. Check `level` and `parent` and correct the wrong one.",
        ),
        source: None,
    },
    Code {
        name: "place/missing",
        weight: CodeWeight::Fatal,
        title: ("缺少地方的说明文件", "a place's own file is missing"),
        text: (
            "`content/` 下的每个地方都要有 `_index.md`，写明名称和层级，这个文件夹里没有。没有名称\
             就无法生成目录和面包屑。请新建 `_index.md`，至少写上 `name` 和 `level`；如果文件夹放\
             错了位置，请移走。",
            "Every place below `content/` has an `_index.md` that gives its name and level, and \
             this folder has none. Without a name there can be no lists and no breadcrumbs. Add \
             `_index.md` with at least `name` and `level`, or move the folder if it is misplaced.",
        ),
        source: None,
    },
    Code {
        name: "place/parent",
        weight: CodeWeight::Fatal,
        title: ("上级不存在", "a place's parent is missing"),
        text: (
            "`parent` 写的是 `content/` 下另一个地方的文件夹名。这里写的地方不存在。请改成已有地方\
             的文件夹名；最高一级的地方不写 `parent`。",
            "`parent` is the folder name of another place below `content/`. The one named here \
             does not exist. Name a place that exists; the highest place has no `parent`.",
        ),
        source: None,
    },
    Code {
        name: "program/fault",
        weight: CodeWeight::Fatal,
        title: ("程序自身出错", "a fault of the program itself"),
        text: (
            "读一个文件或者生成一个页面时，程序自身出了错，与文件写得对不对无关。出错的只是这一个文件或\
             页面，预览里的其他页面照常可用；但构建会停下来，以免网站缺页。请把这条消息和有关的文件\
             报告给本程序的维护者。",
            "The program itself failed while it read a file or made a page, whether or not the file is \
             right. Only this file or page is concerned, and the preview goes on with all others; a \
             build stops, so that no site lacks a page. Please report the message with the file to \
             those who keep the program.",
        ),
        source: None,
    },
    Code {
        name: "route/alias",
        weight: CodeWeight::Fatal,
        title: ("旧地址不能使用", "an alias cannot be used"),
        text: (
            "`aliases` 中的旧地址与本站的页面或另一个旧地址相同，或者不是以 `/` 开头的站内路径。旧\
             地址会变成转向页，绝不能盖住真正的页面，也不能写到站点之外。请改正或删去它。",
            "An address under `aliases` is that of a page of this site or of another alias, or is \
             no path that begins with `/`. Aliases become pages that lead on; they must never \
             cover a real page nor leave the site. Correct it or remove it.",
        ),
        source: None,
    },
    Code {
        name: "route/deep",
        weight: CodeWeight::Fatal,
        title: ("文件放得太深", "a file lies too deep"),
        text: (
            "网站的地址最多到“地方、年份、名称”三层，放得更深的文件没有地址，也就不会发布。地址要\
             长久有效，所以不随意增加层次。请把它移到 `content/地方/年份/名称.md`，需要附件时放到 \
             `content/地方/年份/名称/index.md`。",
            "Addresses of the site have a place, a year and a name, and no more; a file that lies \
             deeper has none and would not be published. Addresses are to last, so levels are not \
             added at will. Move it to `content/PLACE/YEAR/NAME.md`, or to \
             `content/PLACE/YEAR/NAME/index.md` where it has attachments.",
        ),
        source: None,
    },
    Code {
        name: "route/duplicate",
        weight: CodeWeight::Fatal,
        title: ("两个文件用了同一地址", "two files have one address"),
        text: (
            "两个文件会生成同一个网址，例如 `2019.md` 与 `2019/index.md`。只能留下一个，否则会有一\
             份被盖住。请合并成一个文件，或给其中一个换个名字。",
            "Two files would be shown at the same address, as `2019.md` and `2019/index.md` \
             would. Only one can be, and the other would be lost. Make them one file, or give one \
             of them another name.",
        ),
        source: None,
    },
    Code {
        name: "route/gone",
        weight: CodeWeight::Warning,
        title: ("公开过的文件不再存在", "a published document will be gone"),
        text: (
            "上一次构建到这个文件夹的文件，这次已经没有了：被删除，或者改了名称、年份、地方。引用\
             它的网页和文书会落空。改了地址的，请在新文件的 `aliases` 里写上旧地址，旧地址会引到\
             新地址；撤回的，请保留文件并写 `status: withdrawn`。确实要删除的，构建时加 `--allow-\
             delete`，只作提示。",
            "A document that the last build put into this folder is no longer there: it was \
             removed, or its name, year or place is another. Whatever cites it leads nowhere. If \
             it has moved, list the old address in the `aliases` of the new file, and it leads \
             on; if it is withdrawn, keep the file with `status: withdrawn`. If it is to go, \
             `--allow-delete` makes this a note.",
        ),
        source: None,
    },
    Code {
        name: "route/reserved",
        weight: CodeWeight::Fatal,
        title: ("名称为本站保留", "a name is reserved"),
        text: (
            "这个名称是网站自己要用的，例如 `search`、`years`、`kinds`、`data`、`assets`，用作地方\
             的文件夹名会与网站的页面冲突。请换一个名称，例如用地名的拼音。",
            "The site needs this name for itself, as it does `search`, `years`, `kinds`, `data` \
             or `assets`; a place's folder of that name would collide with its pages. Choose \
             another, such as the place's name in pinyin.",
        ),
        source: None,
    },
    Code {
        name: "route/slug",
        weight: CodeWeight::Fatal,
        title: ("名称不能成为地址", "a name cannot be an address"),
        text: (
            "文件夹名和文件名会成为永久网址的一部分，只能用小写拉丁字母、数字和连字符，并以字母开\
             头。大写字母和汉字在不同系统上会变成不同的地址。请改名，例如 `jiangmen`、`work-plan`。",
            "The names of folders and files become part of permanent addresses: lower-case Latin \
             letters, digits and hyphens, with a letter first. Capitals and Chinese characters \
             turn into different addresses on different systems. Rename it, for example \
             `jiangmen` or `work-plan`.",
        ),
        source: None,
    },
    Code {
        name: "route/year",
        weight: CodeWeight::Fatal,
        title: ("路径中的年份不对", "a path's year is wrong"),
        text: (
            "地方文件夹下应是四位数的年份：`2019.md` 或 `2019/`，在 1949 年之后。年份只取自路径，\
             写错了报告就会归到别的年度。请改成报告所述的年份，而不是发布的年份。",
            "Below a place's folder stands a year of four digits, `2019.md` or `2019/`, not \
             before 1949. The year is taken from the path alone, so a wrong one files the report \
             under another year. Name it by the year that the report covers, not the year in \
             which it was published.",
        ),
        source: None,
    },
    Code {
        name: "search/index",
        weight: CodeWeight::Fatal,
        title: ("无法建立检索索引", "the search index cannot be built"),
        text: (
            "检索所需的文件没有生成，原因写在提示里，因此整个网站都没有写出。这多半是程序的错误，\
             请连同提示一起报告；急需发布时，可以用 `--no-search` 先生成不带检索的网站。",
            "The files that search needs could not be made, for the reason given, so nothing was \
             written. This is most likely a mistake in the program; please report it with the \
             message. If the site cannot wait, `--no-search` builds it without search.",
        ),
        source: None,
    },
    Code {
        name: "site/absent",
        weight: CodeWeight::Fatal,
        title: ("缺少 site.yaml", "site.yaml is absent"),
        text: (
            "站点文件夹里没有 `site.yaml`，不知道由谁发布、网址是什么，无法生成网站。请在站点的最\
             上层文件夹新建 `site.yaml`，至少写上 `title` 和 `base_url`；如果运行的位置不对，请用 \
             `--site` 指明文件夹。",
            "The site's folder has no `site.yaml`, so it is not known who publishes and at which \
             address, and nothing can be built. Add one at the top of the site's folder with at \
             least `title` and `base_url`; if this is not the folder you meant, name it with \
             `--site`.",
        ),
        source: None,
    },
    Code {
        name: "site/label",
        weight: CodeWeight::Warning,
        title: ("政府网站缺少应有的标识", "a government site lacks something it must say"),
        text: (
            "网址在 `.gov.cn` 之下，而 `site.yaml` 的 `government_site` 里缺少这一项。网站名称、域名、\
             标识码和各项备案信息应当出现在每个页面上，缺了在检查中会扣分。请按本单位登记的内容补上。",
            "The address is below `.gov.cn`, and `government_site` in `site.yaml` lacks this key. \
             The site's name, domain and code and its registrations belong on every page, and \
             inspections deduct points where they are missing. Add it is registered.",
        ),
        source: Some((
            "国办发〔2017〕47号《政府网站发展指引》",
            "国办发〔2017〕47号, the guidelines for government websites",
        )),
    },
    Code {
        name: "template/budget",
        weight: CodeWeight::Fatal,
        title: ("模板的开销超过限度", "a template spends too much"),
        text: (
            "生成一个页面时，循环合计不能超过 1,000,000 次，放进变量的内容合计不能超过 32 MiB，页\
             面不能超过 64 MiB。通常是循环里又套了很长的循环，或者变量在循环里成倍增长。没有这些\
             限度，一个模板就能占满内存，使整个程序中断。请按所示位置改写模板。",
            "While a page is drawn, its loops make at most 1,000,000 rounds together, at most 32 \
             MiB are put into variables, and the page has at most 64 MiB. Mostly a long loop \
             stands inside a long loop, or a variable doubles in one. Without such limits one \
             template could take all memory and end the program. Rewrite the template at the \
             place shown.",
        ),
        source: None,
    },
    Code {
        name: "template/render",
        weight: CodeWeight::Fatal,
        title: ("模板无法生成页面", "a template cannot make a page"),
        text: (
            "模板读得懂，但用到了页面数据中没有的内容，或者运算的类型不对。同一模板的每个页面都会\
             受影响，所以不生成任何文件。请对照提示中列出的可用字段改正；可用 `xiangwei inspect 地\
             址` 查看一个页面的全部数据。",
            "The template can be read, but uses something that the page does not have, or \
             computes with the wrong type. Every page of this template is affected, so nothing is \
             written. Correct it by the fields that the hint lists; `xiangwei inspect ADDRESS` \
             shows all that a page has.",
        ),
        source: None,
    },
    Code {
        name: "template/syntax",
        weight: CodeWeight::Fatal,
        title: ("模板写法有误", "a template is not well formed"),
        text: (
            "模板不合 Tera 的语法，例如 `{% if %}` 没有对应的 `{% endif %}`，或者用了不存在的函数、\
             过滤器。请从指出的位置往前看，补上缺少的结束标记，或核对函数名。",
            "The template does not follow Tera's syntax: an `{% if %}` without its `{% endif %}`, \
             or a function or filter that does not exist. Look backwards from the place shown, \
             add what is not closed, or check the name.",
        ),
        source: None,
    },
    Code {
        name: "theme/cycle",
        weight: CodeWeight::Fatal,
        title: ("主题的文件互相引用", "files of a theme name each other"),
        text: (
            "主题 `assets/` 里的脚本或样式表绕着圈互相引用（也可能是一个文件引用自己）。每个文件的名称里有它内容的摘要，内容里又有被引用者的名称，互相引用就哪一个都定不下来。请把大家都要用的部分移到另一个文件里，让引用只朝一个方向走。",
            "Scripts or style sheets in the `assets/` of a theme name each other in a ring, or one names itself. The name of \
             each has a digest of its content in it, and its content has the names of those that it names, so that none of \
             them could be told first. Move what they share into another file, so that names lead one way only.",
        ),
        source: None,
    },
    Code {
        name: "theme/import",
        weight: CodeWeight::Fatal,
        title: ("主题里引用的文件不存在", "a file of a theme names one that is not there"),
        text: (
            "主题 `assets/` 里的脚本（`import`、`export … from`、`import()`、`new URL(…, import.meta.url)`）或样式表（`@import`、`url()`）引用了主题里没有的文件。名称从引用它的文件算起；脚本里的要以 `./` 或 `../` 开头。主题自己没有的，会用默认主题里同名的文件。网站别处的文件请写成以 `/` 开头的地址。",
            "A script in the `assets/` of a theme (by `import`, `export … from`, `import()` or `new URL(…, import.meta.url)`) or \
             a style sheet (by `@import` or `url()`) names a file that the theme has not. A name is counted from the file that \
             it stands in, and in a script begins with `./` or `../`. What the theme itself has not is taken from the default \
             theme. Files elsewhere in the site are named by an address that begins with `/`.",
        ),
        source: None,
    },
    Code {
        name: "theme/language",
        weight: CodeWeight::Error,
        title: ("主题不会说网站的语言", "a language of the site that its theme does not speak"),
        text: (
            "`site.yaml` 的 `languages`（或 `language`）写了一种语言，而主题各层的 `i18n/` 里都没有这种语言的文件，网页只能显示别的语\
             言。请在主题里写上这个文件，如 `themes/<主题>/i18n/ja.yaml`；如果是语言代码写错了，请改正。",
            "`languages` (or `language`) in `site.yaml` names a language of which no layer of the theme has texts, so pages \
             could only speak another one. Write the file in the theme, such as `themes/<theme>/i18n/ja.yaml`; or mend the \
             tag of the language.",
        ),
        source: None,
    },
    Code {
        name: "theme/missing",
        weight: CodeWeight::Fatal,
        title: ("找不到主题", "a theme is missing"),
        text: (
            "`site.yaml` 中的 `theme` 既不是内置的 `gongbao`，也不是 `themes/` 下的文件夹。文件夹名\
             由小写字母、数字和连字符组成。请改正名称，或把主题放到 `themes/名称/`。",
            "The `theme` in `site.yaml` is neither the built-in `gongbao` nor a folder below \
             `themes/`, whose names are of lower-case letters, digits and hyphens. Correct the name, \
             or put the theme at `themes/NAME/`.",
        ),
        source: None,
    },
    Code {
        name: "theme/setting",
        weight: CodeWeight::Fatal,
        title: ("主题的设置不对", "a theme's setting is wrong"),
        text: (
            "主题的 `theme.yaml` 不合要求：缺少这个文件、`name` 与文件夹不同名，或者主题要求更新版本的\
             程序。请按提示改正，或升级程序。",
            "The `theme.yaml` of a theme does not fit: it is not there, its `name` is not that of \
             the folder, or it asks for a newer program. Correct it as the hint says, or upgrade \
             the program.",
        ),
        source: None,
    },
    Code {
        name: "theme/text",
        weight: CodeWeight::Warning,
        title: ("界面的语句缺少或者写错", "a text of the interface that is missing or cannot be used"),
        text: (
            "主题 `i18n/` 里某种语言的文件缺少这一句，网页上暂用另一种语言的；或者以 `plural.` 开头的一句不是区分数量形式的规则。请照提\
             示写上或者改正。",
            "A file of the theme's `i18n/` lacks this text, and pages have that of another language in its place; or a text \
             below `plural.` is no rule by which forms of counts are told apart. Write it as the message suggests.",
        ),
        source: None,
    },
    Code {
        name: "theme/unused",
        weight: CodeWeight::Warning,
        title: ("主题里的文件或语句没有用到", "a file or text of a theme that nothing uses"),
        text: (
            "`templates/` 或主题的 `templates/`、`assets/`、`i18n/` 里的这个文件（或 `i18n` 文件里的这一句）没有页面用到，多半是名称\
             写错了一两个字母：同名的文件才会替换主题原有的文件。请改成提示的名称；如果是要在模板里引用的，请检查引用处的写法；不用的请删\
             去。",
            "No page uses this file of `templates/` or of a theme's `templates/`, `assets/` or `i18n/`, or this text of an \
             `i18n` file. Most likely its name is a letter off: only a file of the same name takes the place of one of the \
             theme's. Use the name that is suggested; if a template is to name it, check how it is written there; remove \
             what is not needed.",
        ),
        source: None,
    },
];
