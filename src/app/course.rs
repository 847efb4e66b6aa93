//! How the reading of a list goes, seen over its pages: what tells a long list from one that never ends.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

/// So many pages in a row that bring nothing new, and the list is not followed any further.
const MOST_IDLE: u32 = 5;
/// So often a listing that broke off because the list had changed is begun anew by itself.
const MOST_RESTARTS: u32 = 3;

/// What was noticed while a list was read.
#[derive(Debug, Default)]
pub struct Course {
    /// The first row of each page of this listing, as a hash.
    firsts: HashSet<u64>,
    idle: u32,
    restarts: u32,
}

impl Course {
    /// The list is read from its start.
    pub fn begin(&mut self) {
        self.firsts.clear();
        self.idle = 0;
    }

    /// The person wishes to go on: what was tried in vain before does not count.
    pub fn wished(&mut self) {
        (self.idle, self.restarts) = (0, 0);
    }

    /// A page came. False when too many pages in a row began with no row, or with one that another page began with.
    pub fn leads_on<K: Hash>(&mut self, first: Option<&K>) -> bool {
        let is_new = first.is_some_and(|key| {
            let mut hasher = DefaultHasher::new();
            key.hash(&mut hasher);
            self.firsts.insert(hasher.finish())
        });
        self.idle = if is_new { 0 } else { self.idle + 1 };
        self.idle < MOST_IDLE
    }

    /// The whole list is in.
    pub fn ended(&mut self) {
        *self = Self::default();
    }

    /// The way to the next page is not good any more. Whether to begin anew.
    pub fn may_restart(&mut self) -> bool {
        self.restarts += 1;
        self.restarts <= MOST_RESTARTS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_that_begin_as_others_did_are_idle() {
        let mut course = Course::default();
        course.begin();
        assert!((0..10_000).all(|page| course.leads_on(Some(&page))));
        course.begin();
        assert!(course.leads_on(Some(&7)), "another listing has the same rows");
        let followed = (0..100).take_while(|_| course.leads_on(Some(&7))).count();
        assert_eq!(followed, MOST_IDLE as usize - 1);
        course.wished();
        assert!(course.leads_on::<u64>(None));
    }

    #[test]
    fn a_list_that_changes_all_the_time_is_not_begun_anew_for_ever() {
        let mut course = Course::default();
        let begun = (0..100).take_while(|_| course.may_restart()).count();
        assert_eq!(begun, MOST_RESTARTS as usize);
        course.wished();
        assert!(course.may_restart());
    }
}
