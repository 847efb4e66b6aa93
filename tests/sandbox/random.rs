//! Anything in any order: whatever clients do, what the lists show agrees with what the counts say.

use std::collections::BTreeSet;

use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use reqwest::Method;
use serde_json::Value;

use crate::bench::{Practice, body};

const PEOPLE: &[&str] = &["mia", "noah", "ana/weiss", "王小明"];
const PLACES: &[&str] = &["quay", "pier 7", "dock#1"];
const OPERATIONS: usize = 400;
const BETWEEN_LOOKS: usize = 50;

/// A service of its own, in which all sorts of things are done.
struct Harbour {
    practice: Practice,
    root: String,
    rng: StdRng,
    done: Vec<String>,
}

impl Harbour {
    async fn new(seed: u64) -> Self {
        let practice = Practice::new().await;
        let (_, service) = practice.post("/v2/Services", &[("FriendlyName", "Harbour")]).await;
        let root = service["url"].as_str().unwrap().to_owned();
        let limits = [("Limits.ChannelMembers", "3"), ("Limits.UserChannels", "3")];
        practice.post(&root, &limits).await;
        Self { practice, root, rng: StdRng::seed_from_u64(seed), done: Vec::new() }
    }

    fn pick(&mut self, names: &[&'static str]) -> &'static str {
        names.choose(&mut self.rng).unwrap()
    }

    async fn rows(&self, below: &str) -> Vec<Value> {
        self.practice.all(&format!("{}{below}", self.root)).await
    }

    /// The path of one of the rows of a list, if there are any.
    async fn one_of(&mut self, below: &str) -> Option<String> {
        let request = self.practice.request(Method::GET, &format!("{}{below}", self.root));
        let page = body(request.send().await.unwrap()).await;
        // A refusal has neither `meta` nor rows.
        let rows = page[page["meta"]["key"].as_str()?].as_array()?;
        let url = rows.choose(&mut self.rng)?["url"].as_str()?;
        Some(url.strip_prefix(&self.root).unwrap().to_owned())
    }

    async fn ask(&mut self, method: Method, below: &str, form: &[(&str, &str)]) {
        let request = self.practice.request(method.clone(), &format!("{}{below}", self.root));
        let request = if method == Method::POST { request.form(form) } else { request };
        let status = request.send().await.unwrap().status().as_u16();
        self.done.push(format!("{method} {below} {form:?}: {status}"));
        let known = [200, 201, 204, 400, 403, 404, 409];
        assert!(known.contains(&status), "{:#?}", self.done);
    }

    async fn act(&mut self) {
        let (place, person) = (self.pick(PLACES), self.pick(PEOPLE));
        let channel = format!("/Channels/{}", spelled(place));
        let user = format!("/Users/{}", spelled(person));
        let identity = [("Identity", person)];
        match self.rng.random_range(0..16) {
            0 | 1 => self.ask(Method::POST, "/Channels", &[("UniqueName", place)]).await,
            2 => self.ask(Method::DELETE, &channel, &[]).await,
            3..=5 => self.ask(Method::POST, &format!("{channel}/Members"), &identity).await,
            6 => {
                let member = format!("{channel}/Members/{}", spelled(person));
                self.ask(Method::DELETE, &member, &[]).await;
            }
            7 | 8 => self.ask(Method::POST, &format!("{channel}/Invites"), &identity).await,
            9 => {
                if let Some(invite) = self.one_of(&format!("{channel}/Invites")).await {
                    self.ask(Method::DELETE, &invite, &[]).await;
                }
            }
            10 => self.ask(Method::POST, &format!("{channel}/Messages"), &[("Body", "x")]).await,
            11 => {
                if let Some(message) = self.one_of(&format!("{channel}/Messages")).await {
                    self.ask(Method::DELETE, &message, &[]).await;
                }
            }
            12 => self.ask(Method::DELETE, &user, &[]).await,
            13 => self.ask(Method::DELETE, &format!("{user}{channel}"), &[]).await,
            14 => {
                let other = self.pick(PLACES);
                self.ask(Method::POST, &channel, &[("UniqueName", other)]).await;
            }
            _ => {
                let read = self.rng.random_range(0..4).to_string();
                let form = [("LastConsumedMessageIndex", read.as_str())];
                self.ask(Method::POST, &format!("{user}{channel}"), &form).await;
            }
        }
    }

    async fn agrees(&self) {
        let told = || format!("{:#?}", self.done);
        let channels = self.rows("/Channels?Type=public&Type=private").await;
        let names: BTreeSet<_> = channels.iter().map(|row| row["unique_name"].as_str()).collect();
        assert_eq!(names.len(), channels.len(), "{}", told());
        let (mut members, mut invited) = (BTreeSet::new(), BTreeSet::new());
        for channel in &channels {
            let sid = channel["sid"].as_str().unwrap();
            let inside = self.rows(&format!("/Channels/{sid}/Members")).await;
            let messages = self.rows(&format!("/Channels/{sid}/Messages")).await;
            assert_eq!(channel["members_count"], inside.len(), "{}", told());
            assert_eq!(channel["messages_count"], messages.len(), "{}", told());
            assert!(inside.len() <= 3, "{}", told());
            let who = |row: &Value| (sid.to_owned(), row["identity"].as_str().unwrap().to_owned());
            members.extend(inside.iter().map(who));
            let open = self.rows(&format!("/Channels/{sid}/Invites")).await;
            invited.extend(open.iter().map(who));
            assert_eq!(invited.iter().filter(|(at, _)| at == sid).count(), open.len());
        }
        let (mut joined, mut asked) = (BTreeSet::new(), BTreeSet::new());
        for user in self.rows("/Users").await {
            let sid = user["sid"].as_str().unwrap();
            let identity = user["identity"].as_str().unwrap();
            let seats = self.rows(&format!("/Users/{sid}/Channels")).await;
            for seat in &seats {
                let whose = (seat["channel_sid"].as_str().unwrap().to_owned(), identity.to_owned());
                let fresh = match seat["status"].as_str().unwrap() {
                    "joined" => joined.insert(whose),
                    "invited" => asked.insert(whose),
                    _ => true,
                };
                assert!(fresh, "a user is twice in a channel: {}", told());
            }
            let count = seats.iter().filter(|seat| seat["status"] == "joined").count();
            assert_eq!(user["joined_channels_count"], count, "{}", told());
            assert!(count <= 3, "{}", told());
        }
        assert_eq!((&joined, &asked), (&members, &invited), "{}", told());
    }
}

/// A name as one segment of a path.
fn spelled(name: &str) -> String {
    form_urlencoded::byte_serialize(name.as_bytes()).collect::<String>().replace('+', "%20")
}

#[tokio::test]
async fn lists_and_counts_agree_whatever_was_done() {
    for seed in 0..4 {
        let mut harbour = Harbour::new(seed).await;
        for number in 1..=OPERATIONS {
            harbour.act().await;
            if number % BETWEEN_LOOKS == 0 {
                harbour.agrees().await;
            }
        }
        let refused = harbour.done.iter().filter(|line| line.contains(": 4")).count();
        assert!((20..OPERATIONS - 20).contains(&refused), "{refused} of all were refused");
    }
}
