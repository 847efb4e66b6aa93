//! Lists of the server, page by page, for commands.

use std::{collections::HashSet, hash::Hash, ops::ControlFlow, str::FromStr};

use crate::{
    api::{
        Error,
        page::{NextPage, Page},
    },
    commands::{Exit, Failed, headless::tell},
    jobs::survey::{self, Listed},
};

/// So many pages in a row that bring nothing new end a listing.
const IDLE: u32 = 5;

/// Hands on the pages of a list, until it ends or enough was seen. Items that cannot be read are told.
pub(crate) async fn each<T>(
    page: impl AsyncFn(Option<&NextPage>) -> Result<Page<T>, Error>,
    mut take: impl AsyncFnMut(Vec<T>) -> Result<ControlFlow<()>, Failed>,
) -> Result<(), Failed> {
    let (mut unreadable, mut idle) = (0, 0);
    let mut circle = Circle::default();
    let mut next: Option<NextPage> = None;
    loop {
        let page = page(next.as_ref()).await?;
        idle = if page.items.is_empty() { idle + 1 } else { 0 };
        unreadable += page.unreadable;
        next = page.next;
        let wants_more = take(page.items).await?.is_continue();
        let Some(token) = next.as_ref().filter(|_| wants_more).map(NextPage::token) else { break };
        if idle >= IDLE || circle.closes(token) {
            return Err(Error::Circle.into());
        }
    }
    tell_unreadable(unreadable);
    Ok(())
}

/// The same, where one that is listed twice is handed on once, and pages that bring nothing new are not followed for
/// ever.
pub(crate) async fn each_once<T, K: Eq + Hash>(
    key: impl Fn(&T) -> K,
    page: impl AsyncFn(Option<&NextPage>) -> Result<Page<T>, Error>,
    mut take: impl AsyncFnMut(Vec<T>) -> Result<(), Failed>,
) -> Result<(), Failed> {
    let (mut seen, mut idle) = (HashSet::new(), 0);
    each(page, async |mut page| {
        page.retain(|item| seen.insert(key(item)));
        idle = if page.is_empty() { idle + 1 } else { 0 };
        take(page).await?;
        if idle >= IDLE { Err(Error::Circle.into()) } else { Ok(ControlFlow::Continue(())) }
    })
    .await
}

/// All items of a list; one that is listed twice is taken once.
pub(crate) async fn all<T, K: Eq + Hash>(
    key: impl Fn(&T) -> K,
    page: impl AsyncFn(Option<&NextPage>) -> Result<Page<T>, Error>,
) -> Result<Vec<T>, Failed> {
    let page = async |next: Option<NextPage>| page(next.as_ref()).await;
    let Listed { items, unreadable } = survey::all(key, page, |_| {}).await?;
    tell_unreadable(unreadable);
    Ok(items)
}

pub(crate) fn tell_unreadable(unreadable: usize) {
    if unreadable > 0 {
        tell(&format!("{unreadable} without a usable sid could not be read and are left out"));
    }
}

/// Tells a way that was gone before, however long the list is: of the ways that were gone one is remembered, and a later
/// one from time to time.
#[derive(Debug, Default)]
struct Circle {
    known: Option<String>,
    since: u64,
    patience: u64,
}

impl Circle {
    fn closes(&mut self, token: &str) -> bool {
        if self.known.as_deref() == Some(token) {
            return true;
        }
        self.since += 1;
        if self.since > self.patience {
            self.known = Some(token.to_owned());
            self.patience = self.patience * 2 + 1;
            self.since = 0;
        }
        false
    }
}

/// What a person typed, or why it is not understood.
pub(crate) fn parsed<T: FromStr<Err: std::fmt::Display>>(typed: &str) -> Result<T, Failed> {
    let wrong = |error: T::Err| {
        let typed = crate::api::remote_text::shown(typed).text();
        Failed::new(Exit::Usage, format!("{typed}: {error}"))
    };
    typed.parse().map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_circle_is_found_and_no_straight_way_taken_for_one() {
        for (lead, circle) in [(0, 1), (3, 1), (0, 7), (10, 4), (100, 33)] {
            let mut known = Circle::default();
            let way = (0..lead).chain((0..).map(|nth| lead + nth % circle));
            let found = way.take(2_000).position(|at| known.closes(&at.to_string()));
            assert!(found.is_some_and(|steps| steps < 4 * (lead + circle) + 4), "{lead} {circle}");
        }
        let mut known = Circle::default();
        assert!((0..10_000).all(|at| !known.closes(&at.to_string())));
    }
}
