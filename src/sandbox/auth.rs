//! Who may come in: the account with its token, or the practice API key with its secret.

use base64::{Engine, engine::general_purpose::STANDARD};

use super::world::Account;

/// Whether an `Authorization` header opens the door.
pub(super) fn admits(account: &Account, header: Option<&str>) -> bool {
    let Some((user, password)) = header.and_then(basic) else { return false };
    let pairs = [(&account.sid, &account.auth_token), (&account.key_sid, &account.key_secret)];
    pairs.contains(&(&user, &password))
}

fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (user, password) = pair.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_pairs_open_and_no_mix_of_them() {
        let account = Account {
            sid: "AC1".to_owned(),
            auth_token: "t:t".to_owned(),
            key_sid: "SK1".to_owned(),
            key_secret: "s".to_owned(),
            messaging_services: Vec::new(),
        };
        let opens = |scheme: &str, pair: &str| {
            admits(&account, Some(&format!("{scheme} {}", STANDARD.encode(pair))))
        };
        assert!(opens("Basic", "AC1:t:t"));
        assert!(opens("basic", "SK1:s"));
        assert!(!opens("Basic", "AC1:s"));
        assert!(!opens("Bearer", "AC1:t:t"));
        assert!(!admits(&account, None));
        assert!(!admits(&account, Some("Basic ???")));
    }
}
