//! What others count of a document.

use crate::report::Record;

/// Whether everything that is counted over all documents, and every address, stays the same
/// when `after` takes the place of `before`. Both are of one file.
#[must_use]
pub fn counts_alike(before: &Record, after: &Record) -> bool {
    let (old, new) = (&before.matter, &after.matter);
    before.address == after.address
        && old.kind == new.kind
        && old.status == new.status
        && old.published == new.published
        && old.extent == new.extent
        && old.index_number == new.index_number
        && old.aliases == new.aliases
        && old.relations == new.relations
        && old.answers.iter().map(|answer| &answer.plan).eq(new.answers.iter().map(|answer| &answer.plan))
        && before.files == after.files
        && before.figures.iter().map(indicator).eq(after.figures.iter().map(indicator))
}

fn indicator(figure: &crate::report::Figure) -> &str {
    &figure.indicator
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Config, Registry};
    use crate::report::{self, Report};
    use crate::route::Leaf;
    use crate::source::Source;

    const REGISTRY: &str = "closed: { name: 办结案件, unit: 件, kind: flow }";

    fn read(matter: &str, text: &str) -> Report {
        let common = "---\ntitle: 报告\nissuer: 江门市\npublished: 2020-03-20\n";
        let source = Source::new("content/jiangmen/2019.md", format!("{common}{matter}---\n{text}\n"));
        let registry = Registry::parse(&Source::new("indicators.yaml", REGISTRY)).value;
        let Ok(Leaf::Report(address)) = Leaf::of("jiangmen/2019.md".into()) else {
            panic!("a document stands there");
        };
        report::parse(&source, address, (&Config::default(), &registry)).value.expect("it can be read")
    }

    #[test]
    fn what_nobody_else_counts_changes_no_outline() {
        let before = read("indicators: { closed: 7 }\n", "办结案件7件。");
        let alike = [
            read("indicators: { closed: 8 }\n", "办结案件8件。"),
            read(
                "indicators: { closed: 7 }\nsummary: 概要\nkeywords: [复议]\n",
                "## 一、新的一节\n\n办结案件7件。",
            ),
        ];
        assert!(alike.iter().all(|after| counts_alike(&before, after)));
    }

    #[test]
    fn what_others_count_changes_the_outline() {
        let before = read("", "办结案件7件。");
        let others = [
            "kind: duty-report\n",
            "status: withdrawn\n",
            "extent: excerpt\n",
            "index_number: 1/2020-1\n",
            "aliases: [/old.html]\n",
            "attachments: [{ file: 附件.pdf, title: 附件 }]\n",
            "relations: { related: /jiangmen/2018/ }\n",
            "indicators: { closed: 7 }\n",
        ];
        for matter in others {
            assert!(!counts_alike(&before, &read(matter, "办结案件7件。")), "{matter}");
        }
        assert!(!counts_alike(&before, &read("", "办结案件7件，见[附件](附件.pdf)。")));
    }
}
