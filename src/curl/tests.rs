use std::process::Command;

use proptest::prelude::*;

use super::*;

fn with(form: &[(&str, &str)]) -> String {
    let form: Vec<_> = form.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect();
    line(&Call {
        method: "POST",
        base_url: "https://chat.example.org/",
        path: "/v2/Services/IS1",
        form: &form,
        webhooks: false,
    })
}

#[test]
fn values_are_quoted_for_the_shell() {
    let whole = with(&[("FriendlyName", "a $HOME `id` !x"), ("At", "@/etc/passwd")]);
    assert_eq!(
        whole,
        "curl -X POST https://chat.example.org/v2/Services/IS1 \
         --data-urlencode 'FriendlyName=a $HOME `id` !x' --data-urlencode 'At=@/etc/passwd' \
         -u \"$TWILIO_ACCOUNT_SID\""
    );
}

#[test]
fn what_a_terminal_would_obey_is_encoded() {
    assert!(with(&[("A", "x\u{1b}[31m\0\n")]).contains(" --data 'A=x%1B%5B31m%00%0A'"));
    assert!(with(&[("A", "\u{202e}")]).contains("--data 'A=%E2%80%AE'"));
    assert!(with(&[("A", "日本")]).contains("--data-urlencode 'A=日本'"));
    assert!(with(&[("A=B", "x")]).contains("--data 'A%3DB=x'"));
}

#[test]
fn a_delete_with_webhooks_has_no_form() {
    let call = Call {
        method: "DELETE",
        base_url: "http://127.0.0.1:4010",
        path: "/v2/Services/{name}",
        form: &[],
        webhooks: true,
    };
    assert_eq!(
        line(&call),
        "curl -X DELETE --globoff 'http://127.0.0.1:4010/v2/Services/{name}' \
         -H 'X-Twilio-Webhook-Enabled: true' -u \"$TWILIO_ACCOUNT_SID\""
    );
}

/// A shell itself, not a second reading of its rules: it prints the words that curl would get.
#[test]
fn a_real_shell_runs_nothing_of_it() {
    let nasty = "it's \"$(id)\" `id` ${HOME} ~ * {a,b} !x ^x^y \\ & | ; < > # %41";
    let whole = with(&[("A", nasty)]).replacen("curl", "printf '%s\\n'", 1);
    let mut shell = Command::new("sh");
    let said = shell.args(["-c", &whole]).env("TWILIO_ACCOUNT_SID", "AC1").output().unwrap();
    let printed = String::from_utf8(said.stdout).unwrap();
    let words: Vec<&str> = printed.lines().collect();
    let url = "https://chat.example.org/v2/Services/IS1";
    let sent = format!("A={nasty}");
    assert_eq!(words, ["-X", "POST", url, "--data-urlencode", &sent, "-u", "AC1"]);
}

proptest! {
    /// A shell reads exactly what was sent back out of it, and it is one line of visible signs.
    #[test]
    fn a_shell_reads_what_was_sent(name in ".*", value in any::<String>()) {
        let whole = with(&[(&name, &value)]);
        prop_assert!(!whole.chars().any(char::is_control));
        let words = shlex::split(&whole).unwrap();
        prop_assert_eq!(words.len(), 8);
        let read = match words[4].as_str() {
            "--data" => form_urlencoded::parse(words[5].as_bytes()).into_owned().next().unwrap(),
            _ => words[5].split_once('=').map(|(n, v)| (n.to_owned(), v.to_owned())).unwrap(),
        };
        prop_assert_eq!(read, (name, value));
    }
}
