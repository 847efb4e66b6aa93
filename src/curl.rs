//! A request as a `curl` command for a shell, without the secret.

use std::borrow::Cow;

/// What is sent, and where to.
#[derive(Debug, Clone, Copy)]
pub struct Call<'a> {
    /// The HTTP method.
    pub method: &'a str,
    /// The scheme and host, with or without a `/` at its end.
    pub base_url: &'a str,
    /// The path on it, from its `/`.
    pub path: &'a str,
    /// The form parameters, in order.
    pub form: &'a [(String, String)],
    /// Whether the service's webhooks are told.
    pub webhooks: bool,
}

/// One line for a POSIX shell. `curl` asks for the token; the account's sid is taken from the environment.
///
/// Nothing in it is obeyed by a shell or a terminal: values are quoted, and what is more than plain text is
/// percent-encoded.
pub fn line(call: &Call) -> String {
    let method = visible(call.method);
    let mut line = format!("curl -X {}", quote(&method));
    let url = visible(&format!("{}{}", call.base_url.trim_end_matches('/'), call.path));
    // curl would read a choice of names into them.
    if url.contains(['[', ']', '{', '}']) {
        line.push_str(" --globoff");
    }
    let mut push = |flag: &str, value: &str| {
        line.push_str(flag);
        line.push_str(&quote(value));
    };
    push(" ", &url);
    if call.webhooks {
        push(" -H ", "X-Twilio-Webhook-Enabled: true");
    }
    for (name, value) in call.form {
        if is_word(name) && value.chars().all(is_plain) {
            push(" --data-urlencode ", &format!("{name}={value}"));
        } else {
            push(" --data ", &encoded(name, value));
        }
    }
    line.push_str(" -u \"$TWILIO_ACCOUNT_SID\"");
    line
}

/// What a form's name is made of where it needs no encoding.
fn is_word(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

/// Letters, digits and the visible signs of ASCII.
fn is_plain(c: char) -> bool {
    c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric()
}

/// As one word of a shell. What no word can hold (a zero byte) has been encoded before.
fn quote(text: &str) -> Cow<'_, str> {
    shlex::try_quote(text).unwrap_or_default()
}

fn encoded(name: &str, value: &str) -> String {
    form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish()
}

/// A path is percent-encoded already when it gets here; this is for what is wrong with it.
fn visible(url: &str) -> String {
    percent_encoding::utf8_percent_encode(url, percent_encoding::CONTROLS).to_string()
}

#[cfg(test)]
mod tests;
