//! The main roads, each played with no more keys than it may take. What is typed is not counted: names and values.

use ratatui::layout::Size;

use crate::desk::{ANA, Desk, NARROW, Setting, WIDE};

/// A person who counts keys.
struct Played {
    desk: Desk,
    keys: usize,
}

impl Played {
    async fn open(size: Size) -> Self {
        let mut desk = Desk::with(Setting { size, ..Setting::default() }).await;
        desk.sees("Chat EU").await;
        Self { desk, keys: 0 }
    }

    /// Keys, with blanks between them; each counts.
    async fn keys(&mut self, keys: &str, leads_to: &str) {
        self.keys += keys.split_whitespace().count();
        self.desk.press(keys);
        self.desk.sees(leads_to).await;
    }

    /// A text that a person has to type anyway.
    async fn types(&mut self, text: &str, leads_to: &str) {
        self.desk.press(text);
        self.desk.sees(leads_to).await;
    }

    fn took_at_most(&self, keys: usize) {
        assert!(self.keys <= keys, "{} keys, {keys} are enough", self.keys);
    }
}

/// At one of the channels; what led there is not counted.
async fn at_channel(unique_name: &str, name: &str) -> Played {
    let mut played = Played::open(NARROW).await;
    found(&mut played, unique_name).await;
    played.keys("Enter", "Channels 1 of 144").await;
    played.desk.points_at(name).await;
    played.keys = 0;
    played
}

/// Opens the first service and types a name into the filter.
async fn found(played: &mut Played, name: &str) {
    played.keys("Enter", "Channels 144, all loaded").await;
    played.keys("/", "of 144, all loaded").await;
    played.types(name, "1 of 144, all loaded").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn attributes_of_a_channel_by_its_name() {
    let mut narrow = Played::open(NARROW).await;
    found(&mut narrow, "incidents").await;
    narrow.keys("Enter Enter", "── attributes").await;
    narrow.took_at_most(4);
    let mut wide = Played::open(WIDE).await;
    found(&mut wide, "incidents").await;
    wide.keys("Enter", "── attributes").await;
    wide.took_at_most(3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_channel_by_its_sid() {
    let mut played = Played::open(NARROW).await;
    played.keys("Enter", "Channels 144, all loaded").await;
    played.keys = 0;
    let sid = played.desk.channel("incidents").await.sid.to_string();
    played.desk.paste(&sid);
    played.desk.sees("Go there?").await;
    played.keys("Enter", "unique   incidents").await;
    // Pasting is the second.
    played.took_at_most(1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_rename_and_its_undo() {
    let mut played = at_channel("incidents", "Incidents").await;
    played.keys("e", "Edit channel Incidents").await;
    played.types("-new", "Incidents-new").await;
    played.keys("^s", "saved friendly name of").await;
    played.took_at_most(3);
    played.keys = 0;
    played.keys("u", "Undo friendly name of").await;
    played.keys("Enter", "taken back").await;
    played.took_at_most(2);
    let stored = played.desk.channel("incidents").await;
    assert_eq!(stored.friendly_name.unwrap().raw(), "Incidents");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn attributes_in_the_form() {
    let mut played = at_channel("incidents", "Incidents").await;
    let before = played.desk.channel("incidents").await.attributes;
    played.keys("e Tab Tab", "Edit channel Incidents").await;
    played.types("Space", "+1 B").await;
    played.keys("^s", "saved attributes of").await;
    played.took_at_most(4);
    let after = played.desk.channel("incidents").await.attributes;
    assert_eq!(after.text().len(), before.text().len() + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn memberships_of_a_user_and_a_mute() {
    let mut played = Played::open(NARROW).await;
    played.keys("2", "Users 102, all loaded").await;
    played.keys("/", "of 102, all loaded").await;
    played.types(ANA, "1 of 102, all loaded").await;
    played.keys("Enter Enter", "Memberships of ana.weiss 51, all loaded").await;
    played.took_at_most(4);
    played.desk.points_at("default").await;
    played.keys = 0;
    played.keys("m", " muted ana.weiss").await;
    played.took_at_most(1);
    assert_eq!(played.desk.first_level(ANA).await, "muted");
    let mut by_name = Played::open(NARROW).await;
    by_name.keys("Enter", "Channels 144, all loaded").await;
    by_name.keys = 0;
    by_name.keys(":", " :").await;
    by_name.types(&format!("u Space {ANA}"), ANA).await;
    by_name.keys("Enter", "Memberships of ana.weiss 51, all loaded").await;
    by_name.took_at_most(2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_migrated_and_all() {
    let mut played = at_channel("all-hands", "All hands").await;
    played.keys("M", "One way: no call makes it public again.").await;
    played.keys("y", "it is private now, for good").await;
    played.took_at_most(2);
    played.keys = 0;
    played.keys("/", "of 144, all loaded").await;
    played.desk.press("^u");
    played.types("type=public", "/type=public").await;
    played.keys("Enter", "Channels").await;
    played.keys("* M", "Type the count to start").await;
    played.desk.until("the plan", |frame| !frame.contains("reading")).await;
    let line = played.desk.frame().lines().find(|it| it.contains("Type the count")).unwrap();
    let count = line.split("start, ").nth(1).unwrap().split(':').next().unwrap().to_owned();
    played.types(&count, &format!(":  {count}")).await;
    played.keys("Enter", "job 1 runs").await;
    played.took_at_most(5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flex_channels() {
    let mut played = Played::open(NARROW).await;
    played.keys("4", "Flex channels 14, all loaded").await;
    played.took_at_most(1);
}
