//! The practice account as a process of its own, and a second operator who looks at what is stored there.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use switchboard::api::{
    Access, Address, Client, ClientConfig, Credentials, Hosts, Webhooks,
    chat::{
        channels::{self, Channel, ChannelPatch},
        services::Service,
    },
    sid::Sid,
};

use crate::pty::Start;

pub(crate) const CHAT_EU: &str = "IS01b6e05a52915a4db0c5aac13790beab";

/// A practice account that was started by a test and ends with it.
pub(crate) struct Practice {
    child: Child,
    pub(crate) url: String,
    pub(crate) account: String,
    pub(crate) token: String,
}

impl Practice {
    /// Starts one on a port; 0 takes any free one.
    pub(crate) fn start(port: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_switchboard"))
            .args(["sandbox", "--port", port])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut told = |before: &str| {
            let line = lines.next().unwrap().unwrap();
            line.strip_prefix(before).unwrap_or_else(|| panic!("odd line {line:?}")).to_owned()
        };
        let url = told("listening on ");
        let account = told("export TWILIO_ACCOUNT_SID=");
        let token = told("export TWILIO_AUTH_TOKEN=");
        Self { child, url, account, token }
    }

    pub(crate) fn port(&self) -> String {
        self.url.rsplit(':').next().unwrap().to_owned()
    }

    /// A console that talks to it.
    pub(crate) fn console(&self) -> Start {
        self.console_by(&self.url)
    }

    /// A console that talks to it by way of another address.
    pub(crate) fn console_by(&self, url: &str) -> Start {
        Start::console(&["--base-url", url])
            .env("TWILIO_ACCOUNT_SID", &self.account)
            .env("TWILIO_AUTH_TOKEN", &self.token)
    }

    /// A channel of the service "Chat EU" as it is stored.
    pub(crate) fn channel(&self, unique_name: &str) -> Channel {
        let client = self.client(Access::ReadOnly);
        let name = Address::Name(unique_name.to_owned());
        wait_for(channels::fetch(&client, chat_eu(), &name)).unwrap()
    }

    /// Someone else gives a channel of "Chat EU" another friendly name.
    pub(crate) fn rename(&self, unique_name: &str, friendly_name: &str) {
        let channel = self.channel(unique_name).sid;
        let client = self.client(Access::ReadWrite);
        let patch = ChannelPatch {
            friendly_name: Some(friendly_name.to_owned()),
            ..ChannelPatch::default()
        };
        wait_for(channels::update(&client, chat_eu(), channel, &patch, Webhooks::Off)).unwrap();
    }

    fn client(&self, access: Access) -> Client {
        let config = ClientConfig {
            credentials: Credentials::auth_token(
                self.account.parse().unwrap(),
                self.token.as_str().into(),
            ),
            hosts: Hosts::base_url(&self.url).unwrap(),
            access,
            page_size: 1000,
            timeout: Duration::from_secs(5),
            observer: None,
        };
        Client::new(config).unwrap()
    }
}

fn chat_eu() -> Sid<Service> {
    CHAT_EU.parse().unwrap()
}

fn wait_for<T>(call: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(call)
}

impl Drop for Practice {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}
