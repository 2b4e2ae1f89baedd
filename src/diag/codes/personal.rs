//! Personal data that would be published.

use super::{Code, CodeWeight};

/// The law that all of them stand on.
const LAW: Option<(&str, &str)> = Some((
    "《中华人民共和国个人信息保护法》第二十八条（敏感个人信息）；《中华人民共和国政府信息公开条例》第十五条（公开会对第三方合法权益造成损害的，不得公开）",
    "Personal Information Protection Law of the People's Republic of China, Article 28 (sensitive personal \
     information); Regulations on Open Government Information, Article 15 (what would harm the rights of a third \
     party is not made public)",
));

/// By name.
pub(super) const PERSONAL: &[Code] = &[
    Code {
        name: "personal/gathered",
        weight: CodeWeight::Note,
        title: ("几份名单合起来泄露得更多", "several lists together tell more of a person"),
        text: (
            "同一地方（或者上下级地方）的几份文件列出了相同的姓名，而每份说的是不同的敏感信息，如一份是低保、一份是残疾：单看都不多，合起来就能拼出一\
             个人的情况。姓名只认表格的姓名栏、名单和“户主”“姓名：”等字样旁边的；张某某、王** 这样遮住的，以及工作人员、调解员等名单不算。同名的\
             可能不是同一人，所以只是提示。请遮住名字的一部分；不是同一人的，在 site.yaml 的 `checks` 里放行并写明理由。",
            "Documents of a place, or of a place and one above it, list the same names, and each tells something else that is \
             sensitive, such as an allowance and a disability: little by itself, and together a picture of a person. A name \
             is taken for one in a column of names, in a list, and beside words such as 户主 or 姓名：; masked names and lists \
             of officials are none. Two persons may have one name, so it is a note. Mask a part of the names, or allow it in \
             `checks` of site.yaml with the reason.",
        ),
        source: LAW,
    },
    Code {
        name: "personal/likely",
        weight: CodeWeight::Warning,
        title: ("像是个人信息", "this looks personal"),
        text: (
            "这里像是手机号码、车牌、护照、个人邮箱或者 15 位身份证号码。这些号码没有校验码，有时是单位公开的联系方式，所以是警告。属\
             于个人的，请删去或遮住中间几位，如 138****0000；确须公开的，在 site.yaml 的 `checks` 里写明理由放行。网站自己在 \
             `publisher` 里写的电话和邮箱不算。",
            "This looks like a mobile number, a number plate, a passport, a private mailbox or an identity number of 15 \
             digits. They have no check digit, and some are an office's own, so this is a warning. Remove what is a \
             person's or mask its middle, as 138****0000; what must be public is allowed in `checks` of site.yaml with a \
             reason. The telephone and mailbox under `publisher` are never meant.",
        ),
        source: LAW,
    },
    Code {
        name: "personal/number",
        weight: CodeWeight::Error,
        title: ("公开了身份证或银行卡号码", "the number of an identity or a bank card would be published"),
        text: (
            "文字、文件名、附件或者生成的网页里有身份证号码（GB 11643：行政区划、出生日期和校验码都对）或银行卡号（发卡机构和校验位都对）。\
             中间隔着空格、连字符、全角数字、零宽字符或标记的也算。名单公开以后就收不回来。请在原件里删去，或者只留首尾几位。检查结果只显示\
             遮住的号码。",
            "A text, a file's name, an attachment or a finished page has an identity number (GB 11643: division, date of \
             birth and check character are right) or the number of a bank card (issuer and check digit are right), also \
             where spaces, hyphens, wide digits, characters without width or markup part it. What is published cannot be \
             taken back. Remove it in the original or leave a few characters at either end. A finding shows it masked.",
        ),
        source: LAW,
    },
    Code {
        name: "personal/possible",
        weight: CodeWeight::Note,
        title: ("可能是个人信息", "this may be personal"),
        text: (
            "这里可能是某人家里的固定电话，或者没有说明的 15 位身份证号码、护照号码。旁边写着“咨询电话”“传真”“地址”等字样的单位电话不在此列。\
             只是提示，不影响发布；请看一眼。",
            "This may be the telephone of somebody's home, or an identity number of 15 digits or a passport's number \
             that nothing around it explains. Telephones beside words of an office, such as 咨询电话, 传真 or 地址, are \
             not meant. It is a note that stops nothing; have a look.",
        ),
        source: LAW,
    },
    Code {
        name: "personal/unreadable",
        weight: CodeWeight::Warning,
        title: ("附件读不到内容，无法检查", "an attachment cannot be read, so nobody knows what it holds"),
        text: (
            "附件加密、损坏、过大或层层压缩，是扫描的图片，是没有注明文字的字形，或者是只有原来的程序才能读的旧格式、数据模型。检查在这里是看\
             不见的：里面有没有个人信息，程序不知道。请人看过之后写明理由放行，或者换成能够检索文字的文件。",
            "The attachment is encrypted, damaged, too large or packed too deep, a scanned picture, made of glyphs that \
             do not say which letters they are, or in an old format or a data model that only its own program reads. The \
             gate is blind here: whether something in it is personal is not known. Have somebody look at it and allow it \
             with a reason, or attach a file whose text can be searched.",
        ),
        source: None,
    },
    Code {
        name: "personal/whereabouts",
        weight: CodeWeight::Warning,
        title: ("照片带有拍摄地点", "a photograph says where it was taken"),
        text: (
            "照片的 EXIF 信息里有 GPS 经纬度，可能暴露拍摄者或当事人的住处。网页上看不出来，下载以后人人可见。请另存为不带拍摄信息的照片。",
            "The Exif data of a photograph has latitude and longitude, which may show where somebody lives. The page \
             does not show it, and everybody who downloads the file can see it. Save the photograph without that data.",
        ),
        source: LAW,
    },
];
