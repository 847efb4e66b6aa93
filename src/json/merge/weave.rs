//! Walks three documents at once, down to the values that tell who changed what. It never recurses.

use super::Merge;
use super::splice::{self, Edit, Insertions};
use crate::json::meaning::{Meanings, Order, Reading};
use crate::json::members::{Members, place};
use crate::json::{Document, Kind, NodeId};
use std::collections::HashSet;

pub(super) struct Weave<'a> {
    base: Reading<'a>,
    mine: Reading<'a>,
    theirs: Reading<'a>,
    /// Values that are in all three and not looked at yet.
    open: Vec<Triple>,
    edits: Vec<Edit>,
    /// Pointers, with the byte of their text where each is.
    collisions: Vec<(usize, String)>,
}

#[derive(Clone, Copy)]
struct Triple {
    base: NodeId,
    mine: NodeId,
    theirs: NodeId,
}

impl<'a> Weave<'a> {
    /// Their text with my changes; `None` if I changed nothing but spacing and order.
    pub(super) fn of(
        base: &'a Document,
        mine: &'a Document,
        theirs: &'a Document,
    ) -> Option<Merge> {
        let mut meanings = Meanings::new(Order::Ignored);
        let root = Triple { base: NodeId::ROOT, mine: NodeId::ROOT, theirs: NodeId::ROOT };
        let mut weave = Self {
            base: meanings.read(base),
            mine: meanings.read(mine),
            theirs: meanings.read(theirs),
            open: vec![root],
            edits: Vec::new(),
            collisions: Vec::new(),
        };
        if weave.mine.is_same(root.mine, &weave.base, root.base) {
            return None;
        }
        while let Some(triple) = weave.open.pop() {
            weave.meet(triple);
        }
        weave.collisions.sort();
        Some(Merge {
            text: splice::apply(theirs.text(), weave.edits),
            collisions: weave.collisions.into_iter().map(|(_, pointer)| pointer).collect(),
        })
    }

    fn meet(&mut self, triple: Triple) {
        let Triple { base, mine, theirs } = triple;
        if self.mine.is_same(mine, &self.base, base) || self.is_agreed(mine, theirs) {
            return;
        }
        if self.look_into(triple) {
            return;
        }
        if !self.theirs.is_same(theirs, &self.base, base) {
            self.collide(self.theirs.document, theirs, self.start(theirs));
        }
        self.replace(mine, theirs);
    }

    fn is_agreed(&self, mine: NodeId, theirs: NodeId) -> bool {
        self.mine.is_same(mine, &self.theirs, theirs)
    }

    /// Goes on to what is inside, if it is clear which value became which.
    fn look_into(&mut self, triple: Triple) -> bool {
        let (base, mine, theirs) = (self.base.document, self.mine.document, self.theirs.document);
        let key = base.raw_key(triple.base);
        if mine.raw_key(triple.mine) != key || theirs.raw_key(triple.theirs) != key {
            return false;
        }
        let kind = base.kind(triple.base);
        if mine.kind(triple.mine) != kind || theirs.kind(triple.theirs) != kind {
            return false;
        }
        match kind {
            Kind::Object => self.members(triple),
            Kind::Array => self.items(triple),
            Kind::String | Kind::Number | Kind::Bool | Kind::Null => false,
        }
    }

    fn items(&mut self, triple: Triple) -> bool {
        let (base, mine, theirs) = (self.base.document, self.mine.document, self.theirs.document);
        let count = base.child_count(triple.base);
        if mine.child_count(triple.mine) != count || theirs.child_count(triple.theirs) != count {
            return false;
        }
        let items = base.children(triple.base).zip(mine.children(triple.mine));
        let items = items.zip(theirs.children(triple.theirs));
        self.open.extend(items.map(|((base, mine), theirs)| Triple { base, mine, theirs }));
        true
    }

    fn members(&mut self, triple: Triple) -> bool {
        let base = Members::of(self.base.document, triple.base);
        let mine = Members::of(self.mine.document, triple.mine);
        let theirs = Members::of(self.theirs.document, triple.theirs);
        if !self.is_clear(&base, &mine, &theirs) {
            return false;
        }
        let dropped = self.walk_theirs(&base, &mine, &theirs);
        let added = self.walk_mine(&base, &mine, &theirs, triple.theirs);
        if !dropped.is_empty() || !added.is_empty() {
            let (left, right) = (self.mine.document, self.theirs.document);
            self.edits.extend(splice::members(
                (left, triple.mine),
                (right, triple.theirs),
                &dropped,
                &added,
            ));
        }
        true
    }

    /// Whether each member of a repeated name is one certain member of the others: there are equally many, and only one
    /// side touched them.
    fn is_clear(&self, base: &Members<'_>, mine: &Members<'_>, theirs: &Members<'_>) -> bool {
        if !base.pairs_with(mine) || !base.pairs_with(theirs) {
            return false;
        }
        base.repeated().all(|key| {
            let kept = |side: &Reading<'_>, members: &Members<'_>| {
                let pairs = base.with_key(key).zip(members.with_key(key));
                pairs.into_iter().all(|(old, new)| side.is_same(new, &self.base, old))
            };
            let agreed = || {
                let mut pairs = mine.with_key(key).zip(theirs.with_key(key));
                pairs.all(|(mine, theirs)| self.is_agreed(mine, theirs))
            };
            kept(&self.mine, mine) || kept(&self.theirs, theirs) || agreed()
        })
    }

    /// Goes through their members: those to look at later, and those that I removed.
    fn walk_theirs(
        &mut self,
        base: &Members<'_>,
        mine: &Members<'_>,
        theirs: &Members<'_>,
    ) -> HashSet<NodeId> {
        let mut dropped = HashSet::new();
        for (name, right) in theirs.iter() {
            match (base.get(name), mine.get(name)) {
                (Some(old), Some(left)) => {
                    self.open.push(Triple { base: old, mine: left, theirs: right });
                }
                (Some(old), None) => {
                    if !self.theirs.is_same(right, &self.base, old) {
                        self.collide(self.theirs.document, right, self.start(right));
                    }
                    dropped.insert(right);
                }
                (None, Some(left)) if !self.is_agreed(left, right) => {
                    self.collide(self.theirs.document, right, self.start(right));
                    self.replace(left, right);
                }
                (None, _) => {}
            }
        }
        dropped
    }

    /// Goes through my members: those that their text does not have go behind the one that they follow in mine.
    fn walk_mine(
        &mut self,
        base: &Members<'_>,
        mine: &Members<'_>,
        theirs: &Members<'_>,
        object: NodeId,
    ) -> Insertions {
        let mut added = Insertions::new();
        let mut behind = None;
        for (name, left) in mine.iter() {
            if let Some(right) = theirs.get(name) {
                behind = Some(right);
                continue;
            }
            if let Some(old) = base.get(name) {
                if self.mine.is_same(left, &self.base, old) {
                    continue;
                }
                let at = behind.unwrap_or(object);
                self.collide(self.mine.document, left, self.start(at));
            }
            added.entry(behind).or_default().push(left);
        }
        added
    }

    fn start(&self, theirs: NodeId) -> usize {
        self.theirs.document.span(theirs).start
    }

    fn collide(&mut self, document: &Document, id: NodeId, at: usize) {
        self.collisions.push((at, document.pointer(id)));
    }

    /// Puts my value in the place of theirs, and my key if it is spelled in another way.
    fn replace(&mut self, mine: NodeId, theirs: NodeId) {
        let (left, right) = (self.mine.document, self.theirs.document);
        let (from, to) = if left.raw_key(mine) == right.raw_key(theirs) {
            (left.span(mine), right.span(theirs))
        } else {
            (place(left, mine), place(right, theirs))
        };
        self.edits.push(splice::replacement(left.text(), from, right.text(), to));
    }
}
