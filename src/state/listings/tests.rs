use std::os::unix::fs::PermissionsExt;

use jiff::SignedDuration;
use proptest::prelude::*;
use tempfile::{TempDir, tempdir};

use super::{row::LENGTH, *};

fn now() -> Timestamp {
    "2026-11-21T12:00:00Z".parse().unwrap()
}

fn key(account: &str, server: &str, service: &str) -> ListingKey {
    let [account, server, service] = [account, server, service].map(str::to_owned);
    ListingKey { account, server, service }
}

fn usual() -> ListingKey {
    key("AC1", "https://chat.example", "IS1")
}

fn channel(number: u64, name: &str) -> ListedChannel<'static> {
    ListedChannel {
        sid: u128::from(number).to_be_bytes(),
        kind: "public".into(),
        friendly_name: Some(name.to_owned().into()),
        attributes: Some("{\"a\": 18446744073709551616}".into()),
        created: Some(1_700_000_000_000_000),
        members: Some(number),
        ..ListedChannel::default()
    }
}

fn lines(rows: &[ListedChannel]) -> Vec<u8> {
    let mut lines = Vec::new();
    for row in rows {
        row.write(&mut lines).unwrap();
    }
    lines
}

fn write(dir: &TempDir, of: &ListingKey, rows: &[ListedChannel], at: Timestamp) {
    let mut writer = ListingWriter::begin(dir.path(), of, at).unwrap();
    for page in rows.chunks(1_000) {
        writer.add(&lines(page), page.len() as u64).unwrap();
    }
    writer.finish().unwrap();
}

fn part(
    dir: &TempDir,
    of: &ListingKey,
    from: Option<ListingMark>,
    limit: usize,
) -> Option<ListingPart> {
    recall_listing(dir.path(), of, from, limit, (30, now())).unwrap()
}

/// All rows, so many at a time.
fn read(dir: &TempDir, of: &ListingKey, limit: usize) -> Option<Vec<ListedChannel<'static>>> {
    let mut next = part(dir, of, None, limit)?;
    let mut rows = std::mem::take(&mut next.rows);
    while let Some(mark) = next.next {
        // As it goes through an order and comes back.
        let mark = mark.to_string().parse().unwrap();
        next = part(dir, of, Some(mark), limit)?;
        rows.append(&mut next.rows);
    }
    Some(rows)
}

fn file(dir: &TempDir, of: &ListingKey) -> PathBuf {
    of.path(dir.path()).unwrap()
}

#[test]
fn a_listing_is_there_when_it_is_whole_and_not_before() {
    let (dir, of) = (tempdir().unwrap(), usual());
    assert_eq!(read(&dir, &of, 9), None);
    let rows: Vec<_> = (0..2_500).map(|n| channel(n, "a\u{1b}[2J\n\"b\" 漢")).collect();
    let mut writer = ListingWriter::begin(dir.path(), &of, now()).unwrap();
    writer.add(&lines(&rows), 2_500).unwrap();
    assert_eq!(read(&dir, &of, 9), None);
    writer.finish().unwrap();
    let first = part(&dir, &of, None, 2).unwrap();
    assert_eq!((first.begun, first.of, first.rows.len()), (now(), 2_500, 2));
    for limit in [1, 999, 2_500, 10_000] {
        assert_eq!(read(&dir, &of, limit).as_ref(), Some(&rows), "{limit} at a time");
    }
}

#[test]
fn a_listing_without_rows_is_one_all_the_same() {
    let (dir, of) = (tempdir().unwrap(), usual());
    write(&dir, &of, &[], now());
    let first = part(&dir, &of, None, 2).unwrap();
    assert_eq!((first.of, first.rows.len(), first.next), (0, 0, None));
}

#[test]
fn it_is_for_this_person_alone() {
    let (dir, of) = (tempdir().unwrap(), usual());
    write(&dir, &of, &[channel(1, "one")], now());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&file(&dir, &of)), 0o600);
    assert_eq!(mode(&dir.path().join(DIR)), 0o700);
}

#[test]
fn what_is_not_finished_leaves_the_former_and_no_trace() {
    let (dir, of) = (tempdir().unwrap(), usual());
    write(&dir, &of, &[channel(1, "first")], now());
    let mut writer = ListingWriter::begin(dir.path(), &of, now()).unwrap();
    writer.add(&lines(&[channel(2, "second")]), 1).unwrap();
    drop(writer);
    assert_eq!(read(&dir, &of, 9), Some(vec![channel(1, "first")]));
    assert_eq!(fs::read_dir(dir.path().join(DIR)).unwrap().count(), 1);
}

#[test]
fn of_two_that_list_at_once_the_last_to_finish_wins() {
    let (dir, of) = (tempdir().unwrap(), usual());
    let begin = |name: &str| {
        let mut writer = ListingWriter::begin(dir.path(), &of, now()).unwrap();
        writer.add(&lines(&[channel(1, name)]), 1).unwrap();
        writer
    };
    let (one, other) = (begin("one"), begin("other"));
    other.finish().unwrap();
    one.finish().unwrap();
    assert_eq!(read(&dir, &of, 9), Some(vec![channel(1, "one")]));
    assert_eq!(fs::read_dir(dir.path().join(DIR)).unwrap().count(), 1);
}

#[test]
fn another_account_server_or_service_shows_nothing_of_it() {
    let (dir, of) = (tempdir().unwrap(), usual());
    write(&dir, &of, &[channel(1, "one")], now());
    for other in [
        key("AC2", "https://chat.example", "IS1"),
        key("AC1", "http://127.0.0.1:4010", "IS1"),
        key("AC1", "https://chat.example", "IS2"),
    ] {
        assert_eq!(read(&dir, &other, 9), None, "{other:?}");
        // Even if their files had one name.
        fs::copy(file(&dir, &of), file(&dir, &other)).unwrap();
        assert_eq!(read(&dir, &other, 9), None, "{other:?}");
    }
    for service in ["", "..", "a/b", "IS 1"] {
        let odd = key("AC1", "https://chat.example", service);
        assert!(recall_listing(dir.path(), &odd, None, 9, (30, now())).is_err(), "{service}");
        assert!(ListingWriter::begin(dir.path(), &odd, now()).is_err(), "{service}");
    }
}

#[test]
fn a_mark_leads_nowhere_once_another_listing_is_there() {
    let (dir, of) = (tempdir().unwrap(), usual());
    write(&dir, &of, &[channel(1, "one"), channel(2, "two")], now());
    let mark = part(&dir, &of, None, 1).unwrap().next;
    assert!(part(&dir, &of, mark, 1).is_some());
    write(&dir, &of, &[channel(3, "three")], now() + SignedDuration::from_secs(1));
    assert_eq!(part(&dir, &of, mark, 1), None);
}

#[test]
fn damage_is_told_and_nothing_of_it_shows() {
    let (dir, of) = (tempdir().unwrap(), usual());
    let told = |text: &[u8]| {
        fs::create_dir_all(dir.path().join(DIR)).unwrap();
        fs::write(file(&dir, &of), text).unwrap();
        let told = recall_listing(dir.path(), &of, None, 9, (30, now()));
        told.map(|part| part.map(|it| it.rows)).unwrap_err().to_string()
    };
    write(&dir, &of, &[channel(1, "one"), channel(2, "two")], now());
    let whole = fs::read(file(&dir, &of)).unwrap();
    assert_eq!(told(b""), "the listing is damaged: it ends too soon");
    assert_eq!(told(&[0; 4_000]), "the listing is damaged: its first line cannot be read");
    let cut = &whole[..whole.len() - 10];
    assert_eq!(told(cut), "the listing is damaged: it is not as long as it was");
    for (at, words) in [(0, "a row is too long"), (LENGTH + 16, "a row is not a channel")] {
        let mut scratched = whole.clone();
        scratched[HEAD + at..HEAD + at + 4].fill(0xff);
        assert_eq!(told(&scratched), format!("the listing is damaged: {words}"));
    }
    for (version, words) in [(b'3', "a newer"), (b'1', "an older")] {
        let mut other = whole.clone();
        assert_eq!(&other[..12], b"{\"version\":2");
        other[11] = version;
        assert_eq!(told(&other), format!("the listing was written by {words} version"));
    }
    // What was damaged is replaced by the next listing.
    write(&dir, &of, &[channel(3, "three")], now());
    assert_eq!(read(&dir, &of, 9), Some(vec![channel(3, "three")]));
}

#[test]
fn old_ones_are_not_shown_and_go() {
    let (dir, of) = (tempdir().unwrap(), usual());
    // The file's own time is that of the test's machine; what counts is when the listing began.
    let made = |days: i64| {
        write(&dir, &of, &[channel(1, "one")], now() - SignedDuration::from_hours(24 * days));
    };
    let there = || file(&dir, &of).exists();
    made(29);
    assert_eq!(read(&dir, &of, 9).map(|rows| rows.len()), Some(1));
    made(30);
    assert_eq!(read(&dir, &of, 9), None);
    let written = fs::metadata(file(&dir, &of)).unwrap().modified().unwrap();
    let written = Timestamp::try_from(written).unwrap();
    let fresh = |began: Timestamp| write(&dir, &of, &[channel(1, "one")], began);
    fresh(written);
    purge_listings(dir.path(), 30, written + SignedDuration::from_hours(24 * 29)).unwrap();
    assert!(there());
    purge_listings(dir.path(), 30, written + SignedDuration::from_hours(24 * 30)).unwrap();
    assert!(!there());
    fresh(written - SignedDuration::from_hours(24 * 31));
    purge_listings(dir.path(), 30, written).unwrap();
    assert!(!there(), "a copy does not make it young");
    fresh(written);
    purge_listings(dir.path(), 0, written).unwrap();
    assert!(!there());
    purge_listings(&dir.path().join("nowhere"), 30, written).unwrap();
}

#[test]
fn what_cannot_be_read_and_what_was_never_finished_goes() {
    let (dir, of) = (tempdir().unwrap(), usual());
    write(&dir, &of, &[], now());
    let known = fs::metadata(file(&dir, &of)).unwrap();
    let written = Timestamp::try_from(known.modified().unwrap()).unwrap();
    fs::write(dir.path().join(DIR).join("IS2.0.rows"), "odd").unwrap();
    std::mem::forget(ListingWriter::begin(dir.path(), &of, now()).unwrap());
    let count = || fs::read_dir(dir.path().join(DIR)).unwrap().count();
    assert_eq!(count(), 3);
    let hours = |hours: i64| written + SignedDuration::from_hours(hours);
    purge_listings(dir.path(), 30, hours(1)).unwrap();
    assert_eq!(count(), 2, "another console may be writing");
    purge_listings(dir.path(), 30, hours(30)).unwrap();
    assert_eq!(count(), 1);
}

proptest! {
    #[test]
    fn what_goes_in_comes_out(
        texts in prop::collection::vec(prop::option::of("\\PC{0,12}|[\\x00-\\x1f\"\\\\]{0,4}"), 5),
        numbers in prop::collection::vec(prop::option::of(any::<i64>()), 2),
        counts in prop::collection::vec(prop::option::of(any::<u64>()), 2),
    ) {
        let text = |at: usize| texts[at].clone().map(Into::into);
        let row = ListedChannel {
            sid: [7; 16],
            kind: text(0).unwrap_or_default(),
            friendly_name: text(1),
            unique_name: text(2),
            attributes: text(3),
            created_by: text(4),
            created: numbers[0],
            updated: numbers[1],
            members: counts[0],
            messages: counts[1],
        };
        let mut bytes = vec![9];
        row.write(&mut bytes).unwrap();
        let (length, rest) = bytes[1..].split_at(LENGTH);
        prop_assert_eq!(length, u32::try_from(rest.len()).unwrap().to_le_bytes());
        prop_assert_eq!(ListedChannel::read(rest).unwrap(), row);
    }
}
