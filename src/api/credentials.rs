//! Who signs in: an account with its token, or an API key with its secret. The secret is never
//! printed; only the client reads it, to make the `Authorization` header.

use secrecy::SecretString;

use super::sid::{Account, ApiKey, Sid};

/// A name and a secret for HTTP Basic, and the account where it is known.
#[derive(Debug, Clone)]
pub struct Credentials {
    username: String,
    secret: SecretString,
    account_sid: Option<Sid<Account>>,
}

impl Credentials {
    /// The account itself, by its auth token.
    pub fn auth_token(account: Sid<Account>, token: SecretString) -> Self {
        Self { username: account.to_string(), secret: token, account_sid: Some(account) }
    }

    /// An API key, by its secret. No call of this room needs the account; it is for showing.
    pub fn api_key(
        key: Sid<ApiKey>,
        secret: SecretString,
        account_sid: Option<Sid<Account>>,
    ) -> Self {
        Self { username: key.to_string(), secret, account_sid }
    }

    /// The name that signs in: an account sid or a key sid.
    pub fn username(&self) -> &str {
        &self.username
    }

    /// The account that these credentials are for, where known.
    pub fn account_sid(&self) -> Option<Sid<Account>> {
        self.account_sid
    }

    pub(super) fn secret(&self) -> &SecretString {
        &self.secret
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_not_printed() {
        let account = Sid::from_bytes([0xab; 16]);
        let credentials = Credentials::auth_token(account, SecretString::from("hush-hush"));
        let printed = format!("{credentials:?}");
        assert!(!printed.contains("hush"), "{printed}");
        assert!(printed.contains(&account.to_string()), "{printed}");
    }
}
