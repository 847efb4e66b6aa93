//! A write as a person would repeat it in a shell. The credentials stay variables.

use super::Entry;

/// The command line; `origin` is the server, as `https://chat.twilio.com`.
pub fn curl(entry: &Entry, origin: &str) -> String {
    let of = &entry.record;
    let url = format!("{}{}", origin.trim_end_matches('/'), of.path);
    let mut words = vec!["curl".to_owned(), "-X".to_owned(), of.method.clone(), quoted(&url)];
    if of.webhooks {
        words.extend(["-H".to_owned(), quoted("X-Twilio-Webhook-Enabled: true")]);
    }
    for (name, value) in of.form.iter().flatten() {
        let value = value.as_deref().unwrap_or_default();
        words.extend(["--data-urlencode".to_owned(), quoted(&format!("{name}={value}"))]);
    }
    words.extend(["-u".to_owned(), "\"$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN\"".to_owned()]);
    words.join(" ")
}

fn quoted(word: &str) -> String {
    shell_words::quote(word).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{EntryId, Record};

    #[test]
    fn a_shell_gives_back_what_was_sent() {
        let form = vec![
            ("FriendlyName".to_owned(), Some("It's $HOME `x` \"y\"\n&".to_owned())),
            ("UniqueName".to_owned(), None),
        ];
        let record = Record {
            method: "POST".to_owned(),
            path: "/v2/Services/IS1/Channels/CH1".to_owned(),
            webhooks: true,
            form: Some(form),
            ..Record::default()
        };
        let entry = Entry {
            id: EntryId(1),
            begun: jiff::Timestamp::UNIX_EPOCH,
            record,
            ending: None,
            settled: None,
            pid: 0,
            digest: false,
        };
        let words = shell_words::split(&curl(&entry, "https://chat.example.com/")).unwrap();
        assert_eq!(
            words[..4],
            ["curl", "-X", "POST", "https://chat.example.com/v2/Services/IS1/Channels/CH1"]
        );
        assert_eq!(words[5], "X-Twilio-Webhook-Enabled: true");
        assert_eq!(words[7], "FriendlyName=It's $HOME `x` \"y\"\n&");
        assert_eq!(words[9..], ["UniqueName=", "-u", "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"]);
    }
}
