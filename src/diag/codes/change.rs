//! What changed since the last publication, and nothing says why.

use super::{Code, CodeWeight};

/// By name.
pub(super) const CHANGE: &[Code] = &[
    Code {
        name: "change/attachment",
        weight: CodeWeight::Warning,
        title: ("附件被更换，没有更正说明", "a file beside a document was exchanged without a word"),
        text: (
            "这份文件公布以后，它的附件被更换、增减，而 `corrections` 里没有新的一条。读者会以为附件还是\
             原来的。请写一条更正说明，或把附件换回来：公布过的内容有变动，应当让人看得出来。",
            "After this document was published, a file beside it was exchanged, added or taken away, \
             and `corrections` has no new entry. Readers would believe that it is the one they saw. \
             Add a correction or put the file back: what changes after publication should be seen to \
             change.",
        ),
        source: Some((
            "《政府信息公开条例》（国务院令第711号）第六条：及时、准确地公开政府信息",
            "Regulations on Open Government Information (国务院令第711号), article 6: government information is published in time and accurately",
        )),
    },
    Code {
        name: "change/checkpoint",
        weight: CodeWeight::Fatal,
        title: ("公开记录与签名不符", "the record of publications is not what was signed"),
        text: (
            "publications/checkpoint 是发布者对公开记录的签名：多少条，内容是什么。现在的记录不是由签过名的\
             那些条接续而来，说明其中有的被改动、删去或调换过，或者检查点本身被改动。读者和见证人手里的证明\
             会与这样的记录矛盾，所以不能发布。请从版本库取回 publications/。做法见 docs/proofs.md。",
            "publications/checkpoint is the publisher's signature of the record: how many entries, and \
             which. The record as it is now does not go on from those that were signed: some were \
             changed, taken out or put in another order, or the checkpoint itself was changed. The \
             proofs that readers and witnesses hold would contradict it, so it is not published. Take \
             publications/ back from your version control. See docs/proofs.md.",
        ),
        source: Some((
            "RFC 6962（证书透明度）第2.1.2节：后来的记录必须包含从前的记录",
            "RFC 6962 (Certificate Transparency), section 2.1.2: a later log contains the earlier one",
        )),
    },
    Code {
        name: "change/date",
        weight: CodeWeight::Warning,
        title: ("日期被改动，没有更正说明", "a date was changed without a word"),
        text: (
            "成文日期或发布日期与公布时不同，而 `corrections` 里没有新的一条。发布日期是判断是否按期公开\
             的依据，改动必须说明。请写一条更正说明，或把日期改回原样。",
            "The date of the document or of its publication is another than was published, and \
             `corrections` has no new entry. By the date of publication it is judged whether a report \
             was in time, so a change must be told. Add a correction, or \
             change it back.",
        ),
        source: Some((
            "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》单项否决：发布日期造假",
            "国办秘函〔2019〕19号, the indicators by which government websites are inspected: a forged date of publication fails a site",
        )),
    },
    Code {
        name: "change/figure",
        weight: CodeWeight::Warning,
        title: ("数据被改动，没有更正说明", "a figure was changed without a word"),
        text: (
            "这项数据与公布时不同，或者不再列出，而 `corrections` 里没有新的一条。引用过原来数字的人无从\
             知道它变了。请写一条更正说明，写明原来是多少、现在是多少；不该改的，改回原样。",
            "This figure is another than was published, or is no longer declared, and `corrections` \
             has no new entry. Who has cited the old one cannot know. Add a correction that says what \
             it was and what it is, or change it back.",
        ),
        source: Some((
            "《政府信息公开条例》（国务院令第711号）第六条：及时、准确地公开政府信息",
            "Regulations on Open Government Information (国务院令第711号), article 6: government information is published in time and accurately",
        )),
    },
    Code {
        name: "change/future",
        weight: CodeWeight::Warning,
        title: ("发布日期还没有到", "a date of publication has not come"),
        text: (
            "按 `--today` 给出的日期，这份文件的发布日期在将来。发布日期是公开的事实，不能预先写上。请核\
             对 `published`；还不能公开的，写 `status: draft`，到时再发布。不写 `--today` 就不作这项判断。",
            "On the day that `--today` names, the date of publication of this document has not come. \
             It states a fact and cannot be written in advance. Check `published`, or set `status: \
             draft` until the day. Without `--today` this is not judged.",
        ),
        source: Some((
            "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》单项否决：发布日期造假",
            "国办秘函〔2019〕19号, the indicators by which government websites are inspected: a forged date of publication fails a site",
        )),
    },
    Code {
        name: "change/gone",
        weight: CodeWeight::Warning,
        title: ("公布过的地址没有了", "a published address is gone"),
        text: (
            "这个地址公布过，现在没有内容，也没有说明去了哪里。别人的引用和链接会落空；一项对中国政策文件\
             的研究发现，公布两年后近五分之一已无法访问（Brussee，《中国季刊》，2024）。改了地址的，在新文\
             件的 `aliases` 里写上旧地址；地方改名的，在新地方的 _index.md 里写，它下面的一切都会随之转过\
             去；撤回的，保留文件，写 `status: withdrawn` 和 `withdrawal`。",
            "Something was published at this address, and nothing is there now that says where it \
             went. Citations and links of others break; a study of Chinese policy documents found \
             nearly a fifth gone after two years (Brussee, The China Quarterly, 2024). If it has \
             moved, list the old address in the `aliases` of the new file; if a place was renamed, in \
             the _index.md of the new one, and all that lay below leads on; if it is withdrawn, keep \
             the file with `status: withdrawn` and `withdrawal`.",
        ),
        source: Some((
            "国办秘函〔2019〕19号《政府网站与政务新媒体检查指标》：不能用的链接",
            "国办秘函〔2019〕19号, the indicators by which government websites are inspected: dead links",
        )),
    },
    Code {
        name: "change/record",
        weight: CodeWeight::Fatal,
        title: ("公开记录被改动", "the record of publications was changed"),
        text: (
            "publications/ 里的这一行不是程序写下的样子，或者编号不连续：有人改动、删去了其中的内容，或合\
             并版本时打乱了次序。公开记录只增加、不修改，才能证明什么时候公布过什么。请从版本库取回这个\
             文件。格式见 docs/history.md。",
            "This line of publications/ is not as the program writes it, or its number does not follow \
             the one before: somebody has changed it, taken something out, or merged two versions in \
             another order. The record proves what was published when only as long as it is added to \
             and never changed. Take the file back from your version control. The format is in \
             docs/history.md.",
        ),
        source: None,
    },
    Code {
        name: "change/text",
        weight: CodeWeight::Warning,
        title: ("正文被改动，没有更正说明", "a text was changed without a word"),
        text: (
            "标题或正文与公布时不同，而 `corrections` 里没有新的一条。公布后的文件可以更正，但应当让读者\
             知道改了什么、什么时候改的。请在 `corrections` 里加一条；不该改的，改回原样。两个文本的对比在\
             文件的“版本”里。",
            "The title or the text is another than was published, and `corrections` has no new entry. \
             A published document may be corrected, but readers should know what was changed and \
             when. Add an entry to `corrections`, or change it back. Under “Versions” the document's page \
             compares the two texts.",
        ),
        source: Some((
            "《政府信息公开条例》（国务院令第711号）第六条：及时、准确地公开政府信息",
            "Regulations on Open Government Information (国务院令第711号), article 6: government information is published in time and accurately",
        )),
    },
    Code {
        name: "change/withdrawal",
        weight: CodeWeight::Warning,
        title: ("撤回没有说明", "a withdrawal is not explained"),
        text: (
            "公布过的文件改成了 `status: withdrawn`，却没有写 `withdrawal`。撤回后页面和地址保留，读者应当\
             看到什么时候、为什么撤回。请写上日期和原因；原因是个人信息或不宜公开的，publications/ 里保存\
             的旧文本在下次发布时一并清除。",
            "A document that was published is `status: withdrawn` now, and has no `withdrawal`. Its page \
             and address stay, and readers should see when and why it was withdrawn. Give a date and a \
             reason; with personal data or secrecy as the reason, the earlier texts kept in \
             publications/ are erased with the next publication.",
        ),
        source: Some((
            "《个人信息保护法》第四十七条：应当删除个人信息的情形",
            "Personal Information Protection Law, article 47: when personal information is to be deleted",
        )),
    },
];
