//! A practice server, clients of all kinds for it, and what is known to be there.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use switchboard::api::chat::{channels, users};
use switchboard::api::page::{NextPage, Page};
use switchboard::api::sid::Kind;
use switchboard::api::{
    Access, Address, Channel, Client, ClientConfig, Credentials, Error, FlexFlow, Hosts, Observer,
    Service, Sid, Traffic, User,
};
use switchboard::sandbox::{Options, Sandbox, start};

/// Names that a careless client would tear apart.
pub(crate) const NASTY_CHANNELS: [&str; 6] =
    ["受付-東京", "orders/2026/4711", "ticket #42?", "50%25 off", "returns desk north", "a+b=c&d"];
/// The same for people.
pub(crate) const NASTY_PEOPLE: [&str; 6] = [
    "mohamed+returns@example.org",
    "山田 太郎",
    "front desk / lobby #2",
    "what?",
    "100% cotton",
    "escape\u{1b}[31martist",
];

/// A server and what is needed to talk to it.
pub(crate) struct Bench {
    pub(crate) sandbox: Arc<Sandbox>,
    pub(crate) client: Client,
}

/// What calls are made with: things of the first service that are there, or are not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ground {
    pub(crate) service: Sid<Service>,
    pub(crate) channel: Sid<Channel>,
    pub(crate) user: Sid<User>,
    pub(crate) flex_channel: Sid<Channel>,
    pub(crate) flow: Sid<FlexFlow>,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let sandbox = Arc::new(start(options).await.unwrap());
        let client = Client::new(config(&sandbox)).unwrap();
        Self { sandbox, client }
    }

    /// Another client of the same server.
    pub(crate) fn client(&self, differs: impl FnOnce(&mut ClientConfig)) -> Client {
        let mut config = config(&self.sandbox);
        differs(&mut config);
        Client::new(config).unwrap()
    }

    /// A client that does not know the secret.
    pub(crate) fn stranger(&self) -> Client {
        let account = self.sandbox.account_sid().parse().unwrap();
        self.client(|config| config.credentials = Credentials::auth_token(account, "wrong".into()))
    }

    /// A client that only reads.
    pub(crate) fn reader(&self) -> Client {
        self.client(|config| config.access = Access::ReadOnly)
    }

    /// A client whose first wait is the end of all faults.
    pub(crate) fn client_that_heals(&self) -> Client {
        let sandbox = Arc::clone(&self.sandbox);
        let observer: Observer = Arc::new(move |traffic| {
            if matches!(traffic, Traffic::Waiting { .. }) {
                sandbox.set_faults("none".parse().unwrap());
            }
        });
        self.client(|config| config.observer = Some(observer))
    }

    pub(crate) fn faults(&self, faults: &str) {
        self.sandbox.set_faults(faults.parse().unwrap());
    }

    /// How many requests it takes to do this.
    pub(crate) async fn counted<T>(&self, what: impl Future<Output = T>) -> (T, u64) {
        let before = self.sandbox.requests();
        let done = what.await;
        (done, self.sandbox.requests() - before)
    }

    /// Things that are there.
    pub(crate) async fn ground(&self) -> Ground {
        let service = home();
        let channel = self.channel("all-hands").await.sid;
        let ana = Address::Name("ana.weiss".to_owned());
        let user = users::fetch(&self.client, service, &ana).await.unwrap().sid;
        let flex_channel = "CH2f69113af2815a4db0c5e8ab3d041028".parse().unwrap();
        Ground { service, channel, user, flex_channel, flow: studio_flow() }
    }

    /// A channel of the first service as it is stored.
    pub(crate) async fn channel(&self, unique_name: &str) -> Channel {
        channels::fetch(&self.client, home(), &named(unique_name)).await.unwrap()
    }

    /// A user of the first service as it is stored.
    pub(crate) async fn user(&self, identity: &str) -> User {
        users::fetch(&self.client, home(), &named(identity)).await.unwrap()
    }

    /// What the client does not offer, done by hand below the first service.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> (u16, Value) {
        self.post_to(&format!("/v2/Services/{}{path}", home()), form).await
    }

    /// What the client cannot be made to say, said by hand.
    pub(crate) async fn post_to(&self, path: &str, form: &[(&str, &str)]) -> (u16, Value) {
        let url = format!("{}{path}", self.sandbox.url());
        let (user, password) = (self.sandbox.account_sid(), self.sandbox.auth_token());
        let by_hand = reqwest::Client::builder().no_proxy().build().unwrap();
        let request = by_hand.post(url).basic_auth(user, Some(password)).form(form);
        let response = request.send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }
}

impl Ground {
    /// A service that is not there, and so nothing else.
    pub(crate) fn nowhere() -> Self {
        Self {
            service: made_up(),
            channel: made_up(),
            user: made_up(),
            flex_channel: made_up(),
            flow: made_up(),
        }
    }

    /// The service is there, nothing in it is.
    pub(crate) fn empty(self) -> Self {
        Self { service: self.service, ..Self::nowhere() }
    }
}

fn config(sandbox: &Sandbox) -> ClientConfig {
    let account = sandbox.account_sid().parse().unwrap();
    ClientConfig {
        credentials: Credentials::auth_token(account, sandbox.auth_token().into()),
        hosts: Hosts::base_url(&sandbox.url()).unwrap(),
        access: Access::ReadWrite,
        page_size: 1000,
        timeout: Duration::from_secs(20),
        observer: None,
    }
}

/// The first service, "Chat EU".
pub(crate) fn home() -> Sid<Service> {
    "IS01b6e05a52915a4db0c5aac13790beab".parse().unwrap()
}

/// A flow that talks to Studio, in the first service.
pub(crate) fn studio_flow() -> Sid<FlexFlow> {
    "FO6c853a6d26bb5a4db0c568c48cb4030e".parse().unwrap()
}

/// A flow that makes tasks, in the first service.
pub(crate) fn task_flow() -> Sid<FlexFlow> {
    "FO3572705faf795a4db0c5e49a0406f6ee".parse().unwrap()
}

/// A sid that nothing has.
pub(crate) fn made_up<K>() -> Sid<K> {
    Sid::from_bytes([0xee; 16])
}

pub(crate) fn named<K: Kind>(name: &str) -> Address<K> {
    Address::Name(name.to_owned())
}

/// Every row of a list and how many pages they came on.
pub(crate) async fn all<T>(
    read: impl AsyncFn(Option<&NextPage>) -> Result<Page<T>, Error>,
) -> (Vec<T>, usize) {
    let (mut rows, mut next, mut pages) = (Vec::new(), None, 0);
    loop {
        let page = read(next.as_ref()).await.unwrap();
        assert_eq!(page.unreadable, 0, "every row can be read");
        rows.extend(page.items);
        pages += 1;
        next = page.next;
        if next.is_none() {
            return (rows, pages);
        }
    }
}

/// The code of a refusal, and that there was one.
pub(crate) fn code<T>(outcome: Result<T, Error>) -> (u16, u32) {
    match outcome.map(drop) {
        Err(Error::Refused(refusal)) => (refusal.status, refusal.code.unwrap()),
        other => panic!("not refused: {other:?}"),
    }
}
