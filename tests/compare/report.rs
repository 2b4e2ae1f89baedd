//! Invented reports as trees of sections, and how the next year's is made of this year's. What
//! was done is remembered in the tree, so that the truth about two reports is known.

use super::phrases::{CHAPTERS, COMMON_TITLES, THEMES, TITLE_VERBS};
use super::random::Random;
use super::sentence::Sentence;

/// How much of a report is new the year after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    /// Most sentences are kept, or kept but for their figures.
    Gentle,
    /// About half of the sentences are written anew, and sections change twice as much.
    Harsh,
}

/// A section with those in it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Node {
    pub(crate) title: String,
    pub(crate) body: Vec<Sentence>,
    pub(crate) children: Vec<Node>,
    /// The numbers of the sections of the earlier report that it was.
    pub(crate) from: Vec<usize>,
    /// Whether it was put elsewhere on purpose.
    pub(crate) moved: bool,
    /// What it is about.
    theme: Option<usize>,
    is_plan: bool,
    /// Whether something was done to it as a whole already.
    touched: bool,
    /// Most of its sentences must stay, or nobody could tell what it was.
    firm: bool,
}

impl Node {
    fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), ..Self::default() }
    }

    /// A section on a theme, with sentences of their own.
    fn on(theme: usize, is_plan: bool, random: &mut Random) -> Self {
        let title = random.one(&THEMES[theme].titles);
        let title = if is_plan { format!("进一步{title}") } else { title.to_owned() };
        let mut node = Self { title, theme: Some(theme), is_plan, ..Self::default() };
        let most = if is_plan { 3 } else { 7 };
        for _ in 0..random.between(2, most) {
            node.grow(&[], random);
        }
        node
    }

    /// Adds a sentence that is neither in the section nor among `old` in other words; none
    /// where none is found.
    fn grow(&mut self, old: &[Sentence], random: &mut Random) {
        for _ in 0..20 {
            let sentence = Sentence::draw(self.theme, self.is_plan, random);
            if self.body.iter().chain(old).all(|other| sentence.shares(other) < 340) {
                self.body.push(sentence);
                return;
            }
        }
    }

    pub(crate) fn visit(&mut self, see: &mut impl FnMut(&mut Node)) {
        see(self);
        self.children.iter_mut().for_each(|child| child.visit(see));
    }

    fn is_leaf(&self) -> bool {
        self.children.is_empty()
    }

    fn is_free(&self) -> bool {
        self.is_leaf() && !self.touched && self.body.len() > 1
    }

    /// How much stands in it.
    pub(crate) fn bytes(&self) -> usize {
        let own: usize = self.body.iter().map(|sentence| sentence.text().len()).sum();
        own + self.children.iter().map(Node::bytes).sum::<usize>()
    }
}

/// Picks, in a random order, among the numbers below `count`.
fn shuffled(count: usize, random: &mut Random) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    for at in (1..count).rev() {
        order.swap(at, random.between(0, at as u64) as usize);
    }
    order
}

/// A report, and the themes that it does not have.
pub(crate) fn draw(random: &mut Random) -> (Node, Vec<usize>) {
    let mut spare = Vec::new();
    let mut plans = Vec::new();
    let mut chapters: Vec<Node> = CHAPTERS.iter().map(|titles| Node::new(random.one(titles))).collect();
    let mut problems = Node::new("存在的主要问题和不足");
    for (theme, about) in THEMES.iter().enumerate() {
        match chapters.get_mut(about.chapter) {
            None => problems.children.push(Node::on(theme, false, random)),
            Some(_) if random.happens(220) => spare.push(theme),
            Some(chapter) => {
                chapter.children.push(Node::on(theme, false, random));
                if random.happens(180) {
                    plans.push(theme);
                }
            }
        }
    }
    for chapter in &mut chapters {
        if random.happens(300) {
            chapter.body.push(Sentence::draw(None, false, random));
        }
    }
    chapters.retain(|chapter| chapter.children.len() > 1);
    let mut next = Node::new("下一年度工作安排");
    next.children = plans.iter().map(|theme| Node::on(*theme, true, random)).collect();
    let body = (0..2).map(|_| Sentence::draw(None, false, random)).collect();
    let mut root = Node { body, ..Node::default() };
    match random.happens(700) {
        true => root.children.push(Node { children: chapters, ..Node::new("主要举措和成效") }),
        false => root.children = chapters,
    }
    root.children.push(problems);
    root.children.push(next);
    if random.happens(500) {
        repeat_titles(&mut root, random);
    }
    (root, spare)
}

/// Gives a few sections the same title, also within a chapter.
fn repeat_titles(root: &mut Node, random: &mut Random) {
    let title = random.one(&COMMON_TITLES);
    let mut left = random.between(2, 4);
    root.visit(&mut |node| {
        if left > 0 && node.theme.is_some() && node.body.len() > 2 && random.happens(150) {
            node.title = title.to_owned();
            // The title alone tells nothing; the sentences must.
            (node.firm, node.touched) = (true, true);
            left -= 1;
        }
    });
}

/// The next year's report.
pub(crate) fn turn(before: &Node, spare: &[usize], level: Level, random: &mut Random) -> Node {
    let mut after = before.clone();
    let (mut sections, mut sentences) = (0, 0);
    after.visit(&mut |node| {
        node.from = vec![sections];
        sections += 1;
        for sentence in &mut node.body {
            sentence.from = Some(sentences);
            sentences += 1;
        }
    });
    let mut turning = Turning { spare: spare.to_vec(), level, random };
    turning.sections(&mut after);
    let mut carried = Vec::new();
    after.visit(&mut |node| turning.carry(node, &mut carried));
    let old = all_sentences(before);
    after.visit(&mut |node| turning.rewrite(node, &old));
    turning.set_down(&mut after, carried);
    after
}

fn all_sentences(node: &Node) -> Vec<Sentence> {
    let mut all = Vec::new();
    node.clone().visit(&mut |node| all.append(&mut node.body));
    all
}

struct Turning<'a> {
    spare: Vec<usize>,
    level: Level,
    random: &'a mut Random,
}

impl Turning<'_> {
    /// So many times something is done to a report.
    fn times(&mut self, gentle: u64) -> u64 {
        let most = if self.level == Level::Harsh { 2 * gentle } else { gentle };
        self.random.between(most / 2, most)
    }

    fn sections(&mut self, root: &mut Node) {
        let chapters = match root.children[0].children.iter().all(Node::is_leaf) {
            true => root,
            false => &mut root.children[0],
        };
        for _ in 0..self.times(1) {
            self.split(chapters);
        }
        for _ in 0..self.times(1) {
            self.merge(chapters);
        }
        for _ in 0..self.times(1) {
            self.move_within(chapters);
        }
        for _ in 0..self.times(1) {
            self.move_out(chapters);
        }
        for _ in 0..self.times(2) {
            self.remove(chapters);
        }
        if self.random.happens(250) {
            self.insert_level(chapters);
        }
        if self.random.happens(250) {
            self.move_chapter(chapters);
        }
        for _ in 0..self.times(2) {
            self.add(chapters);
        }
        let (lightly, fully) = (self.times(6), self.times(2));
        self.rename(chapters, lightly, false);
        self.rename(chapters, fully, true);
    }

    /// A chapter, and in it a section to which nothing was done yet.
    fn free(&mut self, chapters: &Node, fits: impl Fn(&Node) -> bool) -> Option<(usize, usize)> {
        let order = shuffled(chapters.children.len(), self.random);
        order.into_iter().find_map(|chapter| {
            let children = &chapters.children[chapter].children;
            let inner = shuffled(children.len(), self.random);
            let free = |at: &usize| children[*at].is_free() && fits(&children[*at]);
            Some((chapter, inner.into_iter().find(free)?))
        })
    }

    fn split(&mut self, chapters: &mut Node) {
        let Some((chapter, at)) = self.free(chapters, |node| node.body.len() > 3) else {
            return;
        };
        let children = &mut chapters.children[chapter].children;
        let mut first = children[at].clone();
        (first.touched, first.firm) = (true, true);
        let mut second = first.clone();
        second.body = first.body.split_off(first.body.len() / 2);
        let titles = THEMES[first.theme.unwrap_or(0)].titles;
        second.title = match self.random.between(0, 3) {
            0 => first.title.clone(),
            1 => String::new(),
            _ => titles.into_iter().find(|title| *title != first.title).unwrap_or(titles[0]).to_owned(),
        };
        children.splice(at..=at, [first, second]);
    }

    fn merge(&mut self, chapters: &mut Node) {
        let Some((chapter, at)) = self.free(chapters, |node| node.body.len() > 2) else {
            return;
        };
        let children = &mut chapters.children[chapter].children;
        let fits = |node: &Node| node.is_free() && node.body.len() > 2;
        let Some(other) = (0..children.len()).find(|other| *other != at && fits(&children[*other])) else {
            return;
        };
        let second = children.remove(at.max(other));
        let first = &mut children[at.min(other)];
        if self.random.happens(500) {
            first.title = format!("{}，{}", first.title, second.title);
        }
        first.body.extend(second.body);
        first.from.extend(second.from);
        (first.touched, first.firm) = (true, true);
    }

    /// Moves the lightest section of a chapter past two others at least.
    fn move_within(&mut self, chapters: &mut Node) {
        let large = |node: &&mut Node| {
            node.children.len() > 2 && node.children.iter().all(|child| child.is_leaf() && !child.moved)
        };
        if let Some(chapter) = chapters.children.iter_mut().find(large) {
            self.move_lightest(&mut chapter.children);
        }
    }

    fn move_lightest(&mut self, siblings: &mut Vec<Node>) {
        let Some(at) = (0..siblings.len()).min_by_key(|at| siblings[*at].bytes()) else {
            return;
        };
        let away = |to: &usize| to.abs_diff(at) > 1;
        let places: Vec<usize> = (0..siblings.len()).filter(away).collect();
        if places.is_empty() || siblings[at].touched || siblings[at].from.len() != 1 {
            return;
        }
        let to = self.random.one(&places);
        let mut node = siblings.remove(at);
        (node.moved, node.touched) = (true, true);
        siblings.insert(to, node);
    }

    fn move_out(&mut self, chapters: &mut Node) {
        let Some((chapter, at)) = self.free(chapters, |_| true) else {
            return;
        };
        let to = self.random.between(0, chapters.children.len() as u64 - 1) as usize;
        if to != chapter && chapters.children[chapter].children.len() > 1 {
            let mut node = chapters.children[chapter].children.remove(at);
            (node.moved, node.touched) = (true, true);
            let siblings = &mut chapters.children[to].children;
            let place = self.random.between(0, siblings.len() as u64) as usize;
            siblings.insert(place, node);
        }
    }

    fn move_chapter(&mut self, chapters: &mut Node) {
        // Problems and plans stay behind the chapters.
        let count = chapters.children.iter().filter(|node| node.title != "存在的主要问题和不足").count();
        let rest = chapters.children.split_off(count.min(chapters.children.len()).saturating_sub(1));
        if chapters.children.iter().all(|node| node.theme.is_none()) {
            self.move_lightest(&mut chapters.children);
        }
        chapters.children.extend(rest);
    }

    fn remove(&mut self, chapters: &mut Node) {
        if let Some((chapter, at)) = self.free(chapters, |_| true)
            && chapters.children[chapter].children.len() > 1
        {
            chapters.children[chapter].children.remove(at);
        }
    }

    /// Puts two sections of a chapter under a heading of their own.
    fn insert_level(&mut self, chapters: &mut Node) {
        let large = |node: &&mut Node| node.children.len() > 2 && node.children.iter().all(Node::is_leaf);
        if let Some(chapter) = chapters.children.iter_mut().find(large) {
            let rest = chapter.children.split_off(2);
            let inner = std::mem::replace(&mut chapter.children, rest);
            let heading =
                Node { children: inner, touched: true, ..Node::new("重点任务统筹推进情况") };
            chapter.children.insert(0, heading);
        }
    }

    fn add(&mut self, chapters: &mut Node) {
        let at = self.random.between(0, chapters.children.len() as u64 - 1) as usize;
        if let Some(theme) = self.spare.pop() {
            let node = Node { touched: true, ..Node::on(theme, false, self.random) };
            let siblings = &mut chapters.children[at].children;
            let place = self.random.between(0, siblings.len() as u64) as usize;
            siblings.insert(place, node);
        }
    }

    /// Renames sections and chapters. What has a wholly new title keeps its sentences.
    fn rename(&mut self, chapters: &mut Node, times: u64, fully: bool) {
        for _ in 0..times {
            let fits = |node: &Node| !node.firm && (!fully || node.body.len() > 2);
            let Some((chapter, at)) = self.free(chapters, fits) else {
                return;
            };
            let chapter = &mut chapters.children[chapter];
            let node = &mut chapter.children[at];
            let titles = THEMES[node.theme.unwrap_or(0)].titles;
            node.title = match fully {
                true => titles
                    .into_iter()
                    .find(|title| !node.title.ends_with(title))
                    .unwrap_or(titles[0])
                    .to_owned(),
                false => renamed(&node.title),
            };
            (node.touched, node.firm) = (true, fully);
            if self.random.happens(150) {
                chapter.title = renamed(&chapter.title);
            }
        }
    }

    /// Takes a sentence out of a section, to be set down elsewhere.
    fn carry(&mut self, node: &mut Node, carried: &mut Vec<Sentence>) {
        if node.is_free() && !node.is_plan && node.body.len() > 3 && self.random.happens(40) {
            carried.push(node.body.remove(1));
        }
    }

    fn set_down(&mut self, root: &mut Node, mut carried: Vec<Sentence>) {
        root.visit(&mut |node| {
            if node.theme.is_some() && !node.is_plan && node.from.len() == 1 && node.body.len() > 2 {
                node.body.extend(carried.pop());
            }
        });
    }

    /// Keeps, updates, rewords, replaces and drops the sentences of a section.
    fn rewrite(&mut self, node: &mut Node, old: &[Sentence]) {
        if node.from.is_empty() {
            return;
        }
        let body = std::mem::take(&mut node.body);
        let firm = node.firm || node.theme.is_none();
        let (same, updated, lightly, heavily, replaced) = match (self.level, firm) {
            (Level::Gentle, _) => (450, 720, 790, 820, 950),
            (Level::Harsh, true) => (350, 600, 740, 780, 960),
            (Level::Harsh, false) => (140, 310, 400, 440, 860),
        };
        let mut fates = Vec::new();
        for sentence in body {
            fates.push((self.random.between(1, 1000), sentence));
        }
        for (at, (fate, sentence)) in fates.into_iter().enumerate() {
            // Of a section that must be recognised, and of both that became one, two thirds stay.
            let fate = if firm && fate > heavily && at % 3 != 2 { fate % same } else { fate };
            match fate {
                fate if fate <= same => node.body.push(sentence),
                fate if fate <= updated => node.body.push(sentence.updated(self.random)),
                fate if fate <= heavily => node.body.push(sentence.reworded(fate > lightly, self.random)),
                fate => {
                    if fate <= replaced && node.theme.is_some() {
                        node.grow(old, self.random);
                    }
                }
            }
        }
        if node.theme.is_some() && self.random.happens(200) {
            node.grow(old, self.random);
        }
        if node.body.len() > 3 && self.random.happens(60) {
            node.body.swap(1, 2);
        }
    }
}

fn renamed(title: &str) -> String {
    let verb = TITLE_VERBS.iter().find(|(verb, _)| title.starts_with(verb));
    match verb {
        Some((verb, other)) => title.replacen(verb, other, 1),
        None => format!("着力{title}"),
    }
}
