//! What does not agree in the tables that the law prescribes for reports on disclosure.

use super::{Code, CodeWeight};

/// What all of them stand on.
const FORMAT: Option<(&str, &str)> = Some((
    "《政府信息公开条例》第五十条；《政府信息公开工作年度报告格式》（国办公开办函〔2021〕30号）",
    "Regulation on the disclosure of government information, art. 50; the format of its yearly reports (国办公开办函〔2021〕30号)",
));

/// By name.
pub(super) const STATUTE: &[Code] = &[
    Code {
        name: "info/carried",
        weight: CodeWeight::Warning,
        title: ("上年结转与上年报告不符", "what is carried over is not what last year's report leaves"),
        text: (
            "政府信息公开年报里“上年结转政府信息公开申请数量”的总计，应当等于同一机关上一年度报告里“结转下年度继续办理”的总计，两者不等。机\
             构合并或者统计口径有变的，可能都没有错。请对照两年的原表核对；确实如此的，在 site.yaml 的 `checks` 里放行并写明理由。",
            "The total of requests taken over from the year before should be the total that the report of that year leaves \
             to the next, and the two differ. Where bodies were merged or counting changed, both may be right. Compare the \
             tables of both years; if they are so, allow the finding in `checks` of site.yaml and say why.",
        ),
        source: FORMAT,
    },
    Code {
        name: "info/empty",
        weight: CodeWeight::Warning,
        title: ("必须写的部分没有内容", "a part that must be written is empty"),
        text: (
            "政府信息公开年报的第五部分“存在的主要问题及改进情况”没有内容，或者只写了“无”。规定的格式要求写明主要问题和改进情况。请对照原文，\
             看导入时有没有漏掉；原文如此的，用 `accept` 注明。",
            "The fifth part of a report on disclosure, on its main problems and what is done about them, is empty or just \
             says that there are none. The prescribed format wants both. Compare with the original, since an import may \
             have lost it; if it is printed so, say it with `accept`.",
        ),
        source: FORMAT,
    },
    Code {
        name: "info/fees",
        weight: CodeWeight::Note,
        title: ("收费大于零而第六部分没有提到", "there were fees, and part six does not speak of them"),
        text: (
            "政府信息公开年报的表里行政事业性收费大于零，而“其他需要报告的事项”里没有提到收费。格式要求在第六部分报告收取信息处理费的情况，没有\
             收取的也要写明。这是提示：两项费用不是一回事，请核对第六部分有没有漏写。",
            "The table of a report on disclosure tells fees above zero, and its sixth part does not speak of any. The format \
             wants that part to say what was charged for information, be it nothing. It is a note, since the two are \
             different fees; see whether something is missing in part six.",
        ),
        source: FORMAT,
    },
    Code {
        name: "info/narrative",
        weight: CodeWeight::Warning,
        title: ("文字里的数与表里的不同", "the text tells another figure than the table"),
        text: (
            "政府信息公开年报的文字写了新收、上年结转或者结转下年度的申请件数，与第三部分的表里不同。可能是笔误，也可能统计范围不同（如文字只算\
             本级）。请对照原文核对两处；范围不同的，在文字里写明，或者用 `accept` 注明原文如此。",
            "The text of a report on disclosure tells how many requests were new, taken over or left, and the table in part \
             three tells another number. It may be a slip, or the two count different things. Compare both with the \
             original; say with `accept` that it is printed so.",
        ),
        source: FORMAT,
    },
    Code {
        name: "info/sum",
        weight: CodeWeight::Warning,
        title: ("表里的勾稽关系不成立", "figures of a prescribed table do not add up"),
        text: (
            "政府信息公开年报规定的表格，各格之间有固定的勾稽关系：第一项加第二项等于第三项加第四项，（七）总计等于（一）至（六）各行之和，每行的\
             总计等于各列之和，等等。这里两边不等。空格、“/”和“-”不当作零：只在不论它们是多少都不成立时才提示。请对照原表逐格核对；原文如此\
             的，用 `accept` 注明。",
            "Figures of the tables that are prescribed for reports on disclosure keep fixed relations: what is new and taken \
             over is what is dealt with and left, the total of part three is the sum of its rows, each row's total that of \
             its columns. Here the two sides differ. Empty cells, `/` and `-` are not taken for zero: it is told only where \
             no value of theirs could make it right. Compare each cell with the original; if it is printed so, say it with \
             `accept`.",
        ),
        source: FORMAT,
    },
];
