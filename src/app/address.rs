//! Where to open: a service sid, or an API or console URL that holds one. Beside a service that is known the sid of a
//! channel or a user is enough.

use crate::{
    api::{
        chat::{channels::Channel, services::Service, users::User},
        sid::{Kind, Sid},
    },
    app::place::Place,
};

/// The places on the way to an address, after the services.
///
/// # Errors
/// In words, when there is no service in it.
pub fn places(typed: &str) -> Result<Vec<Place>, String> {
    places_beside(typed, None)
}

/// The same; what names no service lies in this one.
///
/// # Errors
/// In words, when there is nothing to go to in it, or no service.
pub fn places_beside(typed: &str, here: Option<Sid<Service>>) -> Result<Vec<Place>, String> {
    let words = || typed.split(|c: char| !c.is_ascii_alphanumeric());
    let service = find::<Service>(words());
    let channel = find::<Channel>(words());
    let user = find::<User>(words());
    let here = here.filter(|_| channel.is_some() || user.is_some());
    let Some(service) = service.or(here) else {
        return Err(match (channel, user) {
            (Some(_), _) => "a channel sid needs its service: IS…/CH…".to_owned(),
            (_, Some(_)) => "a user sid needs its service: IS…/US…".to_owned(),
            (None, None) => {
                "expected a service sid (IS and 32 hex digits), or a URL that holds one".to_owned()
            }
        });
    };
    Ok(match (channel, user) {
        (Some(channel), _) => vec![Place::Channels(service), Place::Channel(service, channel)],
        (None, Some(user)) => vec![Place::Users(service), Place::Memberships(service, user)],
        (None, None) => vec![Place::Channels(service)],
    })
}

/// The sid of a channel or a user that says nothing of its service: it has to be looked for.
pub fn lone_sid(typed: &str) -> Option<String> {
    let words = || typed.split(|c: char| !c.is_ascii_alphanumeric());
    if find::<Service>(words()).is_some() {
        return None;
    }
    let channel = find::<Channel>(words()).map(|sid| sid.to_string());
    channel.or_else(|| find::<User>(words()).map(|sid| sid.to_string()))
}

fn find<'a, K: Kind>(mut words: impl Iterator<Item = &'a str>) -> Option<Sid<K>> {
    words.find_map(|word| word.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    const IS: &str = "IS00000000000000000000000000000001";
    const CH: &str = "CH00000000000000000000000000000002";
    const US: &str = "US00000000000000000000000000000003";

    #[test]
    fn sids_and_urls_lead_to_places() {
        let (service, channel, user) =
            (IS.parse().unwrap(), CH.parse().unwrap(), US.parse().unwrap());
        assert_eq!(places(IS), Ok(vec![Place::Channels(service)]));
        let url = format!("https://chat.example.org/v2/Services/{IS}/Channels/{CH}?x=1");
        assert_eq!(
            places(&url),
            Ok(vec![Place::Channels(service), Place::Channel(service, channel)])
        );
        let user_path = format!("{IS}/{US}");
        assert_eq!(
            places(&user_path),
            Ok(vec![Place::Users(service), Place::Memberships(service, user)])
        );
    }

    #[test]
    fn a_channel_or_a_user_may_lie_in_the_service_one_is_in() {
        let (service, channel) = (IS.parse().unwrap(), CH.parse().unwrap());
        let there = vec![Place::Channels(service), Place::Channel(service, channel)];
        assert_eq!(places_beside(&format!(" {CH}\n"), Some(service)), Ok(there));
        assert!(places_beside("hello", Some(service)).is_err());
        let other = places_beside(&format!("{IS}/{US}"), Some(Sid::from_bytes([9; 16]))).unwrap();
        assert_eq!(other[0], Place::Users(service), "what is named comes first");
    }

    #[test]
    fn what_cannot_be_opened_says_what_is_missing() {
        assert!(places(CH).unwrap_err().contains("IS…/CH…"));
        assert!(places("IS123").unwrap_err().contains("32 hex digits"));
    }

    #[test]
    fn a_sid_without_its_service_is_one_to_look_for() {
        assert_eq!(lone_sid(CH).as_deref(), Some(CH));
        assert_eq!(lone_sid(&format!("https://example.org/x/{US}?y")).as_deref(), Some(US));
        assert_eq!(lone_sid(&format!("{IS}/{CH}")), None);
        assert_eq!(lone_sid("hello"), None);
    }
}
