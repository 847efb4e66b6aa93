//! Values that are set and channels that are deleted, many at once, from a shell.

use super::{command::Practice, *};

const SET: [&str; 5] = ["set", "/routing/queue", "\"tier-9\"", "--service", CHAT_EU];
const DELETE: [&str; 3] = ["delete", "--service", CHAT_EU];

fn with<'a>(command: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [command, more].concat()
}

fn queue(channel: &Channel) -> Option<serde_json::Value> {
    let read: serde_json::Value = serde_json::from_str(channel.attributes.text()).ok()?;
    read.pointer("/routing/queue").cloned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_value_is_set_where_a_filter_says() {
    let practice = Practice::start("429=5%,500-writes=5%,drop-writes=5%");
    let dir = TempDir::new().unwrap();
    let before = practice.channels().await;
    let (code, _, words) = practice.says(dir.path(), &with(&SET, &["--yes"]));
    assert!(code == 2 && words.contains("--all"), "{words}");
    let filter = with(&SET, &["--filter", "type:private"]);
    let (code, plan, words) =
        practice.says(dir.path(), &with(&filter, &["--dry-run", "-o", "jsonl"]));
    let private: Vec<_> = before.iter().filter(|it| it.kind == ChannelType::Private).collect();
    assert_eq!((code, plan.lines().count()), (0, private.len()), "{words}");
    assert!(words.contains(&format!("{} read, {} match", before.len(), private.len())), "{words}");
    assert!(words.contains("→ \"tier-9\""), "{words}");
    let (code, rows, words) = practice.says(dir.path(), &with(&filter, &["--yes", "-o", "jsonl"]));
    assert_eq!((code, rows.lines().count()), (0, private.len()), "{words}");
    let after = practice.channels().await;
    let mut blocked = 0;
    for (before, after) in before.iter().zip(&after) {
        let is_so = queue(after).is_some_and(|queue| queue == "tier-9");
        blocked += usize::from(!is_so && before.kind == ChannelType::Private);
        if !is_so || before.kind == ChannelType::Public {
            assert_eq!(before.attributes.text(), after.attributes.text());
        }
    }
    assert_eq!(blocked, plan.matches("blocked: ").count());
    let (_, plan, _) = practice.says(dir.path(), &with(&filter, &["--dry-run", "-o", "jsonl"]));
    assert!(plan.lines().all(|row| row.contains(r#""plan":"skip""#)), "{plan}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_what_a_file_names_is_deleted_without_asking() {
    let practice = Practice::start("none");
    let dir = TempDir::new().unwrap();
    let before = practice.channels().await;
    for (arguments, expected) in [
        (&["--yes"][..], "say which channels"),
        (&["--filter", "type:private", "--yes"], "--yes deletes nothing but what a file names"),
        (&["--filter", "type:private"], "nobody can be asked"),
        (&["--filter", "type:nowhere x", "--from", "x"], "cannot be used with"),
    ] {
        let (code, _, words) = practice.says(dir.path(), &with(&DELETE, arguments));
        assert!(code == 2 && words.contains(expected), "{words}");
    }
    let plan = ["--filter", "type:private", "--dry-run", "-o", "csv"];
    let (code, plan, words) = practice.says(dir.path(), &with(&DELETE, &plan));
    let rows = csv::Reader::from_reader(plan.as_bytes()).into_records();
    let count = rows.filter(|row| &row.as_ref().unwrap()[2] == "delete").count();
    assert!(code == 0 && count > 1 && plan.contains("owned by Flex"), "{words}{plan}");
    assert_eq!(practice.channels().await.len(), before.len());
    let file = dir.path().join("plan.csv");
    std::fs::write(&file, &plan).unwrap();
    let from = with(&DELETE, &["--from", file.to_str().unwrap(), "--yes"]);
    let (code, _, words) = practice.says(dir.path(), &from);
    assert!(code == 0 && words.contains("this cannot be undone"), "{words}");
    assert_eq!(practice.channels().await.len(), before.len() - count);
    let (code, rows, words) = practice.says(dir.path(), &with(&from, &["-o", "jsonl"]));
    assert_eq!((code, rows.matches("not found").count()), (0, count), "{words}");
}

#[test]
fn a_filter_that_is_wrong_is_marked_and_nothing_is_asked_of_the_server() {
    let practice = Practice::start("offline");
    let dir = TempDir::new().unwrap();
    for command in [&SET[..], &DELETE, &["migrate", "--service", CHAT_EU]] {
        let (code, _, words) =
            practice.says(dir.path(), &with(command, &["--filter", "type:public memers>5"]));
        assert_eq!(code, 2, "{words}");
        assert!(words.contains("\n  type:public memers>5\n              ^^^^^^^^\n"), "{words}");
    }
    let user = ["mute", "--service", CHAT_EU, "--user", "ana", "--filter", "memers>5"];
    assert_eq!(practice.says(dir.path(), &user).0, 2);
}

#[test]
fn a_dry_run_needs_no_place_to_write() {
    let practice = Practice::start("none");
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "in the way").unwrap();
    let state = file.join("state");
    let plan = ["migrate", "--service", CHAT_EU, "--filter", "members>5", "--dry-run"];
    let (code, plan, words) = practice.says(&state, &plan);
    assert!(code == 0 && plan.contains(" migrate"), "{words}");
    let (code, _, words) = practice.says(&state, &["migrate", "--service", CHAT_EU, "--yes"]);
    assert_eq!(code, 1, "{words}");
    assert!(!words.contains("migrate:"), "it is told before anything is read: {words}");
}
