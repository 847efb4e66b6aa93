//! Lists as a shell sees them: complete at any size, in every form, and honest when they are cut off.

use std::{
    io::{BufRead, BufReader, Read},
    process::Stdio,
};

use super::{command::Practice, *};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_holds_every_row_in_every_form() {
    let practice = Practice::start("429=20%,cut=10%,500=10%");
    let dir = TempDir::new().unwrap();
    let expected = practice.channels().await;
    let say =
        |form: &str| practice.says(dir.path(), &["channels", "--service", CHAT_EU, "-o", form]);
    let (code, lines, words) = say("jsonl");
    assert_eq!((code, lines.lines().count(), words.as_str()), (0, expected.len(), ""));
    for (line, channel) in lines.lines().zip(&expected) {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(row["sid"], channel.sid.to_string());
        assert_eq!(row["attributes"].as_str().unwrap_or_default(), channel.attributes.text());
        assert_eq!(row["attributes"].is_null(), channel.attributes.is_absent());
    }
    let (_, array, _) = say("json");
    assert_eq!(
        serde_json::from_str::<Vec<serde_json::Value>>(&array).unwrap().len(),
        expected.len()
    );
    let (_, table, _) = say("table");
    assert_eq!(table.lines().count(), expected.len() + 1);
    assert!(!table.contains('\u{1b}'), "{table}");
    let exported = practice.says(dir.path(), &["export", "channels", "--service", CHAT_EU]).1;
    assert_eq!(exported, say("csv").1);
    let rows = csv::Reader::from_reader(exported.as_bytes()).into_records();
    for row in rows {
        let row = row.unwrap();
        let is_number = row[3].parse::<f64>().is_ok();
        assert!(is_number || !row[3].starts_with(['=', '+', '-', '@']), "{row:?}");
    }
}

#[test]
fn every_list_can_be_filtered_and_what_it_names_can_be_given_to_a_job() {
    let practice = Practice::start("none");
    let dir = TempDir::new().unwrap();
    let lines = |arguments: &[&str]| {
        let (code, text, words) =
            practice.says(dir.path(), &[arguments, &["-o", "jsonl"]].concat());
        assert_eq!(code, 0, "{words}");
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect::<Vec<serde_json::Value>>()
    };
    let of = |what, more: &[&'static str]| lines(&[&[what, "--service", CHAT_EU], more].concat());
    assert_eq!(lines(&["services", "--filter", "chat eu"])[0]["sid"], CHAT_EU);
    assert!(of("users", &["--filter", "identity:ana"]).len() < of("users", &[]).len());
    let all = of("members", &[]);
    let one = of("members", &["--channel", "all-hands"]);
    assert!(one.len() > 10 && all.len() > one.len());
    assert!(one.iter().all(|row| all.contains(row)));
    let mine = of("memberships", &["--user", "ana.weiss"]);
    assert!(mine.iter().all(|row| of_text(row, "user_sid") == of_text(&mine[0], "user_sid")));
    assert!(mine.iter().any(|row| of_text(row, "channel_name") == "All hands"));
    assert!(of("memberships", &["--user", "ana.weiss", "--sids"])[0]["channel_name"].is_null());
    assert!(of("memberships", &[]).len() > mine.len());
    let named = of("memberships", &["--user", "ana.weiss", "--filter", "all-hands"]);
    assert_eq!(named.len(), 1);
    assert!(lines(&["flex"]).iter().all(|row| row["identity"].is_string()));
    assert!(lines(&["flex", "--sids"]).iter().all(|row| row["identity"].is_null()));
    let file = dir.path().join("muted.csv");
    let (from, muted) = (file.to_str().unwrap(), "level:default");
    let export = ["export", "memberships", "--service", CHAT_EU, "--user", "ana.weiss", "--filter"];
    let (code, _, words) =
        practice.says(dir.path(), &[&export[..], &[muted, "--file", from]].concat());
    assert_eq!(code, 0, "{words}");
    let mute = ["mute", "--service", CHAT_EU, "--from", from, "--yes"];
    assert_eq!(practice.says(dir.path(), &mute).0, 0);
    assert_eq!(of("memberships", &["--user", "ana.weiss", "--filter", muted]).len(), 0);
    let (code, _, words) =
        practice.says(dir.path(), &["users", "--service", CHAT_EU, "--filter", "level:muted"]);
    assert!(code == 2 && words.contains("^^^^^^^^^^^"), "{words}");
}

fn of_text<'a>(row: &'a serde_json::Value, field: &str) -> &'a str {
    row[field].as_str().unwrap()
}

#[test]
fn a_file_is_never_overwritten_by_accident() {
    let practice = Practice::start("none");
    let dir = TempDir::new().unwrap();
    let file = dir.path().join("users.csv");
    let export = ["export", "users", "--service", CHAT_EU, "--file", file.to_str().unwrap()];
    assert_eq!(practice.says(dir.path(), &export).0, 0);
    let text = std::fs::read_to_string(&file).unwrap();
    let (code, _, words) = practice.says(dir.path(), &export);
    assert!(code == 1 && words.contains("--force"), "{words}");
    assert_eq!(practice.says(dir.path(), &[&export[..], &["--force"]].concat()).0, 0);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    // Nothing came: nothing is left in the way.
    let file = dir.path().join("none.csv");
    let none = ["members", "--service", CHAT_EU, "--channel", "nobody", "--file"];
    let (code, _, _) = practice.says(dir.path(), &[&none[..], &[file.to_str().unwrap()]].concat());
    assert!(code == 4 && !file.exists());
}

#[test]
fn a_list_that_is_cut_off_says_how_far_it_came() {
    let mut practice = Practice::grown("none", "100000");
    let dir = TempDir::new().unwrap();
    let command = ["channels", "--service", CHAT_EU, "-o", "jsonl"];
    let mut child = practice.command(dir.path(), &command).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.next().unwrap().unwrap();
    practice.child.kill().unwrap();
    practice.child.wait().unwrap();
    let rows = 1 + lines.count();
    let mut words = String::new();
    child.stderr.take().unwrap().read_to_string(&mut words).unwrap();
    let code = child.wait().unwrap().code().unwrap();
    assert!(code == 5 && words.contains(&format!("cut off after {rows} rows")), "{code} {words}");
}

#[test]
fn a_reader_who_leaves_early_is_no_failure() {
    let practice = Practice::grown("none", "20000");
    let dir = TempDir::new().unwrap();
    for form in ["jsonl", "json", "csv", "table"] {
        let mut command =
            practice.command(dir.path(), &["channels", "--service", CHAT_EU, "-o", form]);
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        lines.next().unwrap().unwrap();
        drop(lines);
        let ended = child.wait_with_output().unwrap();
        assert!(ended.status.success() && ended.stderr.is_empty(), "{form} {ended:?}");
    }
}
