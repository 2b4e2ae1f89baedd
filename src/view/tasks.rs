//! The tasks of a work plan and what became of them, as templates read it.

use serde::Serialize;

use super::NamedLink;

/// The tasks of a plan.
#[derive(Debug, Serialize)]
pub struct Tasks {
    /// The tasks, in the order of the plan.
    pub rows: Vec<TaskRow>,
    /// The annual report of the plan's place and year, if one is held.
    pub report: Option<NamedLink>,
    /// Whether anybody has said what answers which task. Where nobody has, a task without an
    /// answer says nothing.
    pub compared: bool,
    /// How many of the tasks have an answer.
    pub answered: usize,
}

/// A task of a plan.
#[derive(Debug, Serialize)]
pub struct TaskRow {
    /// Its section in the plan.
    pub href: String,
    /// Its printed ordinal.
    pub ordinal: Option<String>,
    /// What is to be done.
    pub title: String,
    /// Who is to do it (责任单位).
    pub responsible: Vec<String>,
    /// The sections that answer it.
    pub answers: Vec<TaskLink>,
}

/// A section of another document, or of this one.
#[derive(Debug, Serialize)]
pub struct TaskLink {
    /// Where it is.
    pub href: String,
    /// Its printed ordinal.
    pub ordinal: Option<String>,
    /// Its title.
    pub title: String,
    /// The year of its document, where that is another than the plan's.
    pub year: Option<i16>,
}

/// A plan of which a document answers tasks.
#[derive(Debug, Serialize)]
pub struct AnsweredPlan {
    /// The plan.
    pub plan: NamedLink,
    /// The tasks, in the order in which the document says so.
    pub rows: Vec<AnswerRow>,
}

/// A task that a document answers.
#[derive(Debug, Serialize)]
pub struct AnswerRow {
    /// The task in its plan.
    pub task: TaskLink,
    /// The sections here that answer it.
    pub sections: Vec<TaskLink>,
}
