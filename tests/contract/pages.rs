//! Lists: three pages of each, sizes that are too large, tokens that are stale.

use std::collections::BTreeSet;

use switchboard::api::chat::{channels, members, memberships, services, users};
use switchboard::api::{Address, Client};
use switchboard::sandbox::Options;

use crate::bench::{Bench, all, code, home, named};

async fn newer_server() -> Bench {
    Bench::with(Options { max_page_size: 100, ..Options::default() }).await
}

fn of_pages(bench: &Bench, size: u32) -> Client {
    bench.client(|config| config.page_size = size)
}

#[tokio::test]
async fn three_pages_hold_what_one_holds() {
    let bench = Bench::new().await;
    let (hall, ana) = (named("all-hands"), named("ana.weiss"));
    let one = &bench.client;
    let (whole, pages) = all(async |next| services::list(one, next).await).await;
    assert_eq!((whole.len(), pages), (3, 1));
    let three = of_pages(&bench, 1);
    assert_eq!(all(async |next| services::list(&three, next).await).await, (whole, 3));

    let (whole, pages) = all(async |next| channels::list(one, home(), next).await).await;
    assert_eq!((whole.len(), pages), (144, 1));
    let three = of_pages(&bench, 60);
    assert_eq!(all(async |next| channels::list(&three, home(), next).await).await, (whole, 3));

    let (whole, pages) = all(async |next| users::list(one, home(), next).await).await;
    assert_eq!((whole.len(), pages), (102, 1));
    let three = of_pages(&bench, 40);
    assert_eq!(all(async |next| users::list(&three, home(), next).await).await, (whole, 3));

    let (whole, pages) = all(async |next| members::list(one, home(), &hall, next).await).await;
    assert_eq!((whole.len(), pages), (100, 1));
    let (found, pages) = all(async |next| members::list(&three, home(), &hall, next).await).await;
    assert_eq!((found, pages), (whole, 3));

    let (whole, pages) = all(async |next| memberships::list(one, home(), &ana, next).await).await;
    assert_eq!((whole.len(), pages), (51, 1));
    let three = of_pages(&bench, 20);
    let (found, pages) =
        all(async |next| memberships::list(&three, home(), &ana, next).await).await;
    assert_eq!((found, pages), (whole, 3));
}

#[tokio::test]
async fn both_kinds_of_channels_are_listed_and_each_once() {
    let bench = Bench::new().await;
    let (rows, _) = all(async |next| channels::list(&bench.client, home(), next).await).await;
    let sids: BTreeSet<_> = rows.iter().map(|row| row.sid).collect();
    assert_eq!(sids.len(), rows.len());
    let kinds: BTreeSet<_> = rows.iter().map(|row| row.kind.name()).collect();
    assert_eq!(kinds, BTreeSet::from(["private", "public"]));
}

#[tokio::test]
async fn a_size_that_is_too_large_is_learned_once() {
    let bench = newer_server().await;
    let list = || all(async |next| channels::list(&bench.client, home(), next).await);
    let ((rows, pages), requests) = bench.counted(list()).await;
    assert_eq!((rows.len(), pages, requests), (144, 2, 3), "1000 is refused, then 100 and 44");
    let ((again, pages), requests) = bench.counted(list()).await;
    assert_eq!((again == rows, pages, requests), (true, 2, 2), "and 1000 is not asked for again");
    let users = all(async |next| users::list(&bench.client, home(), next).await);
    let ((people, _), requests) = bench.counted(users).await;
    assert_eq!((people.len(), requests), (102, 2), "nor in the other lists of that family");
}

#[tokio::test]
async fn memberships_learn_a_smaller_size_of_their_own() {
    let bench = newer_server().await;
    let ana: Address<_> = named("ana.weiss");
    let list = || all(async |next| memberships::list(&bench.client, home(), &ana, next).await);
    let ((rows, pages), requests) = bench.counted(list()).await;
    assert_eq!((rows.len(), pages, requests), (51, 2, 4), "1000 and 100 are refused, 50 is not");
    let ((_, pages), requests) = bench.counted(list()).await;
    assert_eq!((pages, requests), (2, 2));
    let channels = all(async |next| channels::list(&bench.client, home(), next).await);
    let ((_, pages), _) = bench.counted(channels).await;
    assert_eq!(pages, 2, "pages of 100 all the same");
}

#[tokio::test]
async fn a_server_that_takes_fifty_at_most_is_read_in_fifties() {
    let bench = Bench::with(Options { max_page_size: 50, ..Options::default() }).await;
    let list = || all(async |next| channels::list(&bench.client, home(), next).await);
    let ((rows, pages), requests) = bench.counted(list()).await;
    assert_eq!((rows.len(), pages, requests), (144, 3, 5));
    let (_, requests) = bench.counted(list()).await;
    assert_eq!(requests, 3);
    let clone = bench.client.clone();
    let (_, requests) = bench.counted(channels::list(&clone, home(), None)).await;
    assert_eq!(requests, 1, "what one client learned, its clones know");
}

#[tokio::test]
async fn a_token_is_stale_when_the_list_has_changed() {
    let bench = Bench::new().await;
    let client = of_pages(&bench, 60);
    let first = channels::list(&client, home(), None).await.unwrap();
    assert!(channels::list(&client, home(), first.next.as_ref()).await.is_ok());
    let (status, _) = bench.post("/Channels", &[("UniqueName", "fresh")]).await;
    assert_eq!(status, 201);
    let stale = channels::list(&client, home(), first.next.as_ref()).await;
    assert_eq!(code(stale), (400, 21481));
    let (rows, _) = all(async |next| channels::list(&client, home(), next).await).await;
    assert_eq!(rows.len(), 145, "begun anew, the list is whole");
}
