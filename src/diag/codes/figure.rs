//! Figures that cannot be worked out from the others that a document states.

use super::{Code, CodeWeight};

/// What all of them stand on.
const ACCURATE: Option<(&str, &str)> = Some((
    "《政府信息公开条例》（国务院令第711号）第六条：及时、准确地公开政府信息",
    "Regulations on Open Government Information (国务院令第711号), article 6: government information is published in time and accurately",
));

/// By name.
pub(super) const FIGURE: &[Code] = &[
    Code {
        name: "figure/growth",
        weight: CodeWeight::Warning,
        title: ("按写明的基数算不出这个增减", "a change cannot be worked out from the base that is stated"),
        text: (
            "这句话写明了原来是多少、现在是多少，又写了增减多少，而按前两个数算不出第三个，如“1262件，比2017年的824件增长43.16%”。四舍五入、\
             截尾和约、近、余都已经考虑。不说哪个数错了，也可能基数另有所指。请对照原文核对；原文如此的，用 `accept` 注明。",
            "The sentence tells what something was, what it is and by how much it changed, and the first two do not give the \
             third. Rounding, cutting off, 约, 近 and 余 are allowed for. It is not said which figure is wrong; another base may be \
             meant. Compare with the original; accept it if it is printed so.",
        ),
        source: ACCURATE,
    },
    Code {
        name: "figure/jump",
        weight: CodeWeight::Note,
        title: ("与上一年度相比变化极大", "a figure is many times that of the year before"),
        text: (
            "同一地方同一指标的数，与上一年度的报告相差很多倍（site.yaml 的 `jump`，没有写时是 10 倍），常见的原因是单位写错（件与万件）或者统计口\
             径变了。两年中较大的数不到 100 的不提示，排名和目标不比较。这是提示：口径变了的，请在 indicators.yaml 里分成两项指标。",
            "A figure is many times, or a small part of, what last year's report of the same place tells of the indicator \
             (`jump` in site.yaml; ten times if it is not given). Mostly the unit is wrong (件 for 万件) or something else is \
             counted. Where both years are below 100 nothing is said, nor of ranks and targets. It is a note; make two \
             indicators of it if something else is counted now.",
        ),
        source: None,
    },
    Code {
        name: "figure/last-year",
        weight: CodeWeight::Note,
        title: ("与上一年度的报告对不上", "a change does not agree with last year's report"),
        text: (
            "这里写了比上年增减多少，而按同一地方上一年度报告里同一指标的数算不出来。两年统计口径不同、上年的数后来修订过，都可能是原因，所以只\
             是提示。请对照两年的报告核对；两份都是原文如此的，在 site.yaml 的 `checks` 里放行并写明理由。",
            "A change since the year before is told that the figure of the same indicator in last year's report of the place \
             does not give. Something else may have been counted, or last year's figure was revised, so it is a note. Compare \
             both reports; if they are printed so, allow it in `checks` of site.yaml and say why.",
        ),
        source: ACCURATE,
    },
    Code {
        name: "figure/rate",
        weight: CodeWeight::Note,
        title: ("以写明的件数为基数得不到这个比率", "no number of the cases that are stated gives this rate"),
        text: (
            "这句话写了案件数和一个比率（胜诉率、纠错率等），而案件是整数，任何一个整数除以写明的件数都得不到这个比率，如“办结745件，综合纠错率\
             40.02%”。多半是比率另有分母而没有写出来。这是提示：请写明分母；原文如此的，用 `accept` 注明。",
            "The sentence tells a number of cases and a rate, such as 胜诉率 or 纠错率, and no whole number out of these cases \
             gives it: 40.02 % is no share of 745 cases. Mostly the rate is of another number that is not stated. It is a note; \
             say what the rate is of, or accept it if it is printed so.",
        ),
        source: ACCURATE,
    },
    Code {
        name: "figure/share",
        weight: CodeWeight::Warning,
        title: ("按写明的基数算不出这个比例", "a share cannot be worked out from the base that is stated"),
        text: (
            "这句话写了一部分和它的总数，又写了占多少，而前两个数相除得不到这个比例，如“收到1262件，其中行政处罚引发的896件，占81%”。四舍五入、截\
             尾和约、近、余都已经考虑；同一句里有别的数能得出这个比例的，不提示。请对照原文核对；原文如此的，用 `accept` 注明。",
            "The sentence tells a part, the whole that it is of, and a share that the two do not give. Rounding, cutting off, 约, \
             近 and 余 are allowed for, and nothing is said where another figure of the sentence gives the share. Compare with the \
             original; accept it if it is printed so.",
        ),
        source: ACCURATE,
    },
    Code {
        name: "figure/sum",
        weight: CodeWeight::Warning,
        title: ("各项相加与总数不符", "parts do not add up to their total"),
        text: (
            "这句话把总数和各项都写全了（合计、分别为、其余，或者括号里逐项列出），而各项相加不等于总数；或者“其中”的一项、几项相加比总数还多。只写\
             “其中”而没有列全的，少于总数不算错。四舍五入和约、近、余都已经考虑。请对照原文核对；各项有重叠的写明，原文如此的，用 `accept` 注明。",
            "The sentence tells a total and all of its parts (合计, 分别为, 其余, or a list in brackets), and they do not add up; or \
             parts behind 其中 are more than their whole. 其中 alone does not claim to be complete, so fewer are no fault. \
             Rounding, 约, 近 and 余 are allowed for. Compare with the original; say so where parts overlap, and accept it if \
             it is printed so.",
        ),
        source: ACCURATE,
    },
];
