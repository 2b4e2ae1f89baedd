//! Why parts are not put together.

use super::PartFileSort;
use crate::diag::Words;

/// Why parts are not put together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JoinRefusal {
    /// This machine has something else than those before it.
    Other(Words),
    /// A file is not what its writer put there.
    Damaged {
        /// Its name.
        name: String,
    },
    /// A part was made before, and came out otherwise.
    Unlike {
        /// Which part.
        part: usize,
    },
    /// The pages of a part were made from other records than are there.
    Older {
        /// Which part.
        part: usize,
    },
    /// Parts have not given what is needed of them.
    Missing {
        /// What is needed.
        sort: PartFileSort,
        /// Which parts, in order.
        parts: Vec<usize>,
    },
    /// No part has been made.
    Empty,
}

impl JoinRefusal {
    /// What happened and what to do about it.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Other(why) => Words::new(
                format!(
                    "不能与其他各份一起构建：{}。各台机器用同一版程序、同样的来源和选项；来源变了的，换一个空的交换文件夹",
                    why.zh
                ),
                format!(
                    "this cannot be a part of the build in the exchange: {}. All machines need the same program, sources and options; for other sources take an empty exchange",
                    why.en
                ),
            ),
            Self::Damaged { name } => Words::new(
                format!("交换文件夹里的 {name} 已损坏；删去它，再运行它那一份"),
                format!("{name} in the exchange is damaged; remove it and run its part again"),
            ),
            Self::Unlike { part } => Words::new(
                format!(
                    "第 {part} 份以前生成过，结果与这次不同：它的来源在两次之间变了；换一个空的交换文件夹"
                ),
                format!(
                    "part {part} was made before and came out otherwise: its sources have changed since; take an empty exchange"
                ),
            ),
            Self::Older { part } => Words::new(
                format!("第 {part} 份的页面是由别的来源生成的；换一个空的交换文件夹"),
                format!("the pages of part {part} were made from other sources; take an empty exchange"),
            ),
            Self::Missing { sort, parts } => missing(*sort, parts),
            Self::Empty => Words::new(
                "交换文件夹里还没有任何一份；先运行 xiangwei build --part 1/N --exchange …",
                "no part is in the exchange yet; run xiangwei build --part 1/N --exchange … first",
            ),
        }
    }
}

fn missing(sort: PartFileSort, parts: &[usize]) -> Words {
    let list = |comma: &str| parts.iter().map(ToString::to_string).collect::<Vec<_>>().join(comma);
    let (zh, en) = match sort {
        PartFileSort::Records
        | PartFileSort::Sayings
        | PartFileSort::Readings
        | PartFileSort::Attachments => ("记录", "records"),
        PartFileSort::Pages => ("页面", "pages"),
    };
    Words::new(
        format!("还缺第 {} 份的{zh}；等它们生成后再运行，或者用 --wait 多等一会儿", list("、")),
        format!(
            "the {en} of these parts are not there: {}; run this again when they are, or wait longer with --wait",
            list(", ")
        ),
    )
}
