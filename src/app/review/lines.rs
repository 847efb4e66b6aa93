//! What a review says, line by line. The core asks how many lines there are, the view how they look.

use super::Review;
use crate::{
    app::{
        merge::{Compared, Verdict},
        prose,
    },
    json::{self, Document},
};

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tells {
    /// Which field the lines below are about.
    Field,
    /// What needs attention.
    Warning,
    /// What it was.
    Was,
    /// What it will be.
    Becomes,
    /// What it was made elsewhere.
    Theirs,
    /// Something changed elsewhere that stays.
    Kept,
    /// Nothing.
    Blank,
}

/// One line, in so many cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub tells: Tells,
    /// What stands before the words; not repeated where they go on in a further line.
    pub sign: &'static str,
    /// The words.
    pub words: prose::Line,
}

/// Cells before the words.
pub const SIGN: usize = 10;

/// Everything there is to look at, in lines of so many cells.
pub fn lines(review: &Review, width: usize) -> Vec<Line> {
    let is_undo = review.draft.undoes.is_some();
    let mut sheet = Sheet { lines: Vec::new(), width: width.saturating_sub(SIGN), is_undo };
    for of in review.compared.iter().filter(|of| of.verdict == Verdict::Collides) {
        sheet.collision(of);
    }
    for of in review.compared.iter().filter(|of| of.merged != of.theirs) {
        // What collides was shown above.
        let shown = match (of.verdict, documents(of)) {
            (Verdict::Collides, Some(all)) if all.has_more() => all.collisions,
            (Verdict::Collides, _) => continue,
            _ => Vec::new(),
        };
        sheet.say(Tells::Field, "", of.name.label());
        sheet.change(of, [&of.theirs, &of.merged], &shown, Tells::Becomes);
        sheet.blank();
    }
    let theirs = review.compared.iter().filter(|of| of.theirs != of.base && of.theirs != of.mine);
    let is_kept = |of: &&Compared| match of.verdict {
        Verdict::Theirs | Verdict::Both => true,
        Verdict::Mine => false,
        Verdict::Collides => documents(of).is_some_and(|all| all.has_other()),
    };
    let kept: Vec<&Compared> = theirs.filter(is_kept).collect();
    // Saving one's own text of a field over theirs takes away what else they changed in it.
    let is_lost = kept.iter().any(|of| of.verdict == Verdict::Collides);
    for (at, of) in kept.into_iter().enumerate() {
        if at == 0 {
            let words = match (is_undo, is_lost) {
                (true, _) => "changed since then, and kept:",
                (false, true) => "changed elsewhere; kept with Enter, lost with s:",
                (false, false) => "changed elsewhere since you opened it, and kept:",
            };
            sheet.say(Tells::Warning, "⚠", words);
        }
        sheet.say(Tells::Field, "", of.name.label());
        let shown = documents(of).map(|all| all.collisions).unwrap_or_default();
        sheet.change(of, [&of.base, &of.theirs], &shown, Tells::Kept);
    }
    while sheet.lines.last().is_some_and(|line| line.tells == Tells::Blank) {
        sheet.lines.pop();
    }
    sheet.lines
}

struct Documents {
    base: Document,
    mine: Document,
    theirs: Document,
    collisions: Vec<String>,
}

impl Documents {
    /// Whether something was typed that does not collide.
    fn has_more(&self) -> bool {
        self.is_more(&self.mine)
    }

    /// Whether something was changed elsewhere that does not collide.
    fn has_other(&self) -> bool {
        self.is_more(&self.theirs)
    }

    fn is_more(&self, side: &Document) -> bool {
        let changes = json::diff(&self.base, side);
        changes.iter().any(|change| !self.collisions.contains(&change.pointer))
    }
}

/// The three texts of a field that holds JSON, if they are JSON and did not collide as a whole.
fn documents(of: &Compared) -> Option<Documents> {
    if !of.name.is_json() {
        return None;
    }
    let collisions = json::merge(&of.base, &of.mine, &of.theirs).collisions;
    if collisions.iter().any(String::is_empty) {
        return None;
    }
    let [base, mine, theirs] = [&of.base, &of.mine, &of.theirs].map(|text| json::parse(text).ok());
    Some(Documents { base: base?, mine: mine?, theirs: theirs?, collisions })
}

struct Sheet {
    lines: Vec<Line>,
    width: usize,
    is_undo: bool,
}

impl Sheet {
    fn say(&mut self, tells: Tells, sign: &'static str, raw: &str) {
        let words = if raw.is_empty() { "—" } else { raw };
        for (at, words) in prose::wrapped(words, self.width).into_iter().enumerate() {
            self.lines.push(Line { tells, sign: if at == 0 { sign } else { "" }, words });
        }
    }

    fn blank(&mut self) {
        self.lines.push(Line { tells: Tells::Blank, sign: "", words: Vec::new() });
    }

    fn collision(&mut self, of: &Compared) {
        let label = of.name.label();
        let Some(all) = documents(of) else {
            self.sides(label, [&of.base, &of.theirs, &of.mine]);
            return;
        };
        for pointer in &all.collisions {
            let at = |document: &Document| {
                let id = document.at_pointer(pointer)?;
                Some(compact(document.raw(id)))
            };
            let [base, theirs, mine] =
                [&all.base, &all.theirs, &all.mine].map(|it| at(it).unwrap_or_default());
            self.sides(&format!("{label} {pointer}"), [&base, &theirs, &mine]);
        }
    }

    fn sides(&mut self, what: &str, [base, theirs, mine]: [&str; 3]) {
        let (words, signs) = if self.is_undo {
            ("changed again since then", ["written", "now", "back to"])
        } else {
            ("changed on both sides; Enter and s save yours", ["was", "theirs", "yours"])
        };
        self.say(Tells::Warning, "✖", &format!("{what}: {words}"));
        self.say(Tells::Was, signs[0], base);
        self.say(Tells::Theirs, signs[1], theirs);
        self.say(Tells::Becomes, signs[2], mine);
        self.blank();
    }

    /// What one text was made of another: by pointer where both are JSON, but for what was shown already; else as they
    /// are.
    fn change(&mut self, of: &Compared, texts: [&str; 2], shown: &[String], tells: Tells) {
        let [before, after] = texts;
        let both = (json::parse(before), json::parse(after));
        let (true, (Ok(old), Ok(new))) = (of.name.is_json(), both) else {
            self.say(Tells::Was, "-", before);
            self.say(tells, "+", after);
            return;
        };
        let changes = json::diff(&old, &new);
        if changes.is_empty() {
            self.say(tells, "~", "only spacing, or the order of keys");
        }
        for change in changes.into_iter().filter(|change| !shown.contains(&change.pointer)) {
            let [before, after] = [change.before, change.after].map(|it| it.map(|it| compact(&it)));
            let place = if change.pointer.is_empty() { "(root)" } else { &change.pointer };
            match (before, after) {
                (Some(before), Some(after)) => {
                    self.say(tells, "~", &format!("{place}  {before}  →  {after}"));
                }
                (None, Some(after)) => self.say(tells, "+", &format!("{place}  {after}")),
                (Some(before), None) => self.say(tells, "-", &format!("{place}  {before}")),
                (None, None) => {}
            }
        }
    }
}

/// A value on one line.
fn compact(raw: &str) -> String {
    json::minify(raw).unwrap_or_else(|_| raw.to_owned())
}
