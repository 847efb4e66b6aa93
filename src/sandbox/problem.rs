//! Refusals, each with the number and the HTTP status a client of the real service would see.
//!
//! The error dictionary names the codes; where it does not name the status, a conflict is 409 and the rest is 400.

use serde_json::{Value, json};

/// One entry of the error dictionary.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) code: u32,
    pub(super) status: u16,
    pub(super) message: &'static str,
}

macro_rules! dictionary {
    ($($name:ident = $code:literal $status:literal $message:literal;)*) => {
        $(pub(super) const $name: &Known =
            &Known { code: $code, status: $status, message: $message };)*
    };
}

dictionary! {
    AUTHENTICATE = 20003 401 "Authenticate";
    METHOD = 20004 405 "Method not allowed";
    PAGE_TOO_LARGE = 20007 400 "Page size too large";
    NOTHING_TO_UPDATE = 20161 400 "No parameters were given for the update";
    NOT_FOUND = 20404 404 "The requested resource was not found";
    TOO_LARGE = 20413 413 "Request entity too large";
    INVALID = 20422 400 "Invalid parameter";
    MISSING = 20422 400 "Missing parameter";
    TOO_MANY = 20429 429 "Too Many Requests";
    INTERNAL = 20500 500 "Internal Server Error";
    PAGE_TOKEN = 21481 400 "Invalid PageToken";
    NAME_MISSING = 50000 400 "Friendly name is missing";
    NAME_TOO_LONG = 50003 400 "Friendly name is too long";
    UNIQUE_TOO_LONG = 50004 400 "Unique name is too long";
    ROLE_NOT_FOUND = 50100 400 "Role not found";
    ROLE_TYPE = 50105 400 "Invalid role type";
    USER_EXISTS = 50201 409 "User already exists";
    IDENTITY_MISSING = 50204 400 "Identity is missing";
    IDENTITY_LIKE_SID = 50206 400 "Identity must not look like a SID";
    IDENTITY_TOO_LONG = 50207 400 "Identity is too long";
    INVITED = 50212 409 "User already invited";
    TOO_MANY_CHANNELS = 50208 403 "User channel limit exceeded";
    LEVEL = 50210 400 "Invalid notification level";
    ATTRIBUTES_TOO_LONG = 50303 400 "Channel attributes are too long";
    ATTRIBUTES_NOT_JSON = 50304 400 "Channel attributes are not valid JSON";
    UNIQUE_LIKE_SID = 50306 400 "Unique name must not look like a channel SID";
    UNIQUE_EXISTS = 50307 409 "Channel with provided unique name already exists";
    DATE_CREATED = 50308 400 "Invalid DateCreated value";
    DATE_UPDATED = 50309 400 "Invalid DateUpdated value";
    AUTHOR_TOO_LONG = 50310 400 "Author name is too long";
    MESSAGING_MISSING = 50340 400 "Messaging Service SID is not provided";
    MESSAGING_INVALID = 50341 400 "Messaging Service SID is invalid";
    MESSAGING_FOREIGN = 50342 400 "Messaging Service does not belong to the account";
    CHANNEL_NOTHING = 50347 400 "Parameters for the channel update are missing";
    PRIVATE_ONLY = 50393 400 "Type value should be 'private'";
    TOO_MANY_MEMBERS = 50403 403 "Channel member limit exceeded";
    MEMBER_EXISTS = 50404 409 "Member already exists";
    CONSUMED_AT = 50405 400 "Invalid last consumption timestamp";
    CONSUMED_INDEX = 50406 400 "Invalid last consumed message index";
    BODY_TOO_LONG = 50504 400 "Message body is too long";
}

/// A refusal on its way to the client.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Problem {
    known: &'static Known,
    detail: Option<String>,
}

impl From<&'static Known> for Problem {
    fn from(known: &'static Known) -> Self {
        Self { known, detail: None }
    }
}

impl Problem {
    /// The same refusal, with words about this very request.
    pub(super) fn told(known: &'static Known, message: impl Into<String>) -> Self {
        Self { known, detail: Some(message.into()) }
    }

    pub(super) fn status(&self) -> u16 {
        self.known.status
    }

    /// The body, exactly the four documented keys.
    pub(super) fn body(&self) -> Value {
        let Known { code, status, message } = *self.known;
        json!({
            "code": code,
            "message": self.detail.as_deref().unwrap_or(message),
            "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
            "status": status,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_has_the_four_keys_in_order() {
        let body = Problem::told(NOT_FOUND, "The requested resource /x was not found").body();
        assert_eq!(
            body.to_string(),
            r#"{"code":20404,"message":"The requested resource /x was not found","more_info":"https://www.twilio.com/docs/errors/20404","status":404}"#
        );
    }
}
