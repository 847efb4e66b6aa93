use super::*;

fn chat(hosts: &Hosts) -> String {
    hosts.base(Product::Chat).to_string()
}

#[test]
fn regions_and_edges_make_the_host() {
    let cases = [
        (None, None, "https://chat.twilio.com/", "twilio us1"),
        (Some("ie1"), None, "https://chat.dublin.ie1.twilio.com/", "twilio ie1 dublin"),
        (None, Some("sydney"), "https://chat.sydney.us1.twilio.com/", "twilio us1 sydney"),
        (Some("xx9"), Some("moon"), "https://chat.moon.xx9.twilio.com/", "twilio xx9 moon"),
        (Some(""), Some(" "), "https://chat.twilio.com/", "twilio us1"),
    ];
    for (region, edge, url, label) in cases {
        let hosts = Hosts::vendor(region, edge).unwrap();
        assert_eq!((chat(&hosts).as_str(), hosts.label()), (url, label));
        assert!(!hosts.is_loopback());
    }
    let flex = Hosts::vendor(None, None).unwrap().base(Product::Flex);
    assert_eq!(flex.as_str(), "https://flex-api.twilio.com/");
}

#[test]
fn what_cannot_be_a_host_is_refused_in_words() {
    let unknown = Hosts::vendor(Some("xx9"), None).unwrap_err();
    assert_eq!(unknown.to_string(), "the region xx9 is not known here; name its edge as well");
    for bad in ["evil.com/", "a.b", "IE1", "a b", "x\u{1b}"] {
        let refused = Hosts::vendor(Some(bad), Some("dublin")).unwrap_err();
        assert_eq!(refused, HostsError::NotAName(bad.to_owned()));
    }
}

#[test]
fn a_base_url_is_encrypted_or_on_this_machine() {
    for good in [
        "http://127.0.0.1:4010",
        "http://localhost:4010/",
        "http://[::1]:9/twilio",
        "https://proxy.example",
        "https://10.0.0.1:8443/x/",
    ] {
        assert!(Hosts::base_url(good).is_ok(), "{good}");
    }
    let cases = [
        ("http://proxy.example", HostsError::NotEncrypted),
        ("http://10.0.0.1", HostsError::NotEncrypted),
        ("http://localhost.example", HostsError::NotEncrypted),
        ("https://user@proxy.example", HostsError::TooMuch),
        ("https://:pw@proxy.example", HostsError::TooMuch),
        ("https://proxy.example/?a=1", HostsError::TooMuch),
        ("https://proxy.example/#a", HostsError::TooMuch),
        ("ftp://proxy.example", HostsError::NotAUrl),
        ("proxy.example", HostsError::NotAUrl),
        ("", HostsError::NotAUrl),
    ];
    for (bad, expected) in cases {
        assert_eq!(Hosts::base_url(bad).unwrap_err(), expected, "{bad}");
    }
    let hosts = Hosts::base_url("http://127.0.0.1:4010").unwrap();
    assert_eq!(hosts.label(), "127.0.0.1:4010");
    assert!(hosts.is_loopback() && hosts.is_plain());
}

#[test]
fn only_this_server_and_the_one_it_stands_for_are_followed() {
    let here = Hosts::base_url("http://127.0.0.1:4010/twilio/").unwrap();
    let path = |url: &str| here.path_of(Product::Chat, &Url::parse(url).unwrap());
    let wanted = Some("/v2/Services?PageToken=a%2Fb".to_owned());
    assert_eq!(path("http://127.0.0.1:4010/twilio/v2/Services?PageToken=a%2Fb"), wanted);
    assert_eq!(path("https://chat.twilio.com/v2/Services?PageToken=a%2Fb"), wanted);
    assert_eq!(path("https://chat.dublin.ie1.twilio.com/v2/Services?PageToken=a%2Fb"), wanted);
    for foreign in [
        "https://evil.example/v2/Services",
        "https://chat.twilio.com.evil.example/v2/Services",
        "https://evilchat.twilio.com/v2/Services",
        "https://flex-api.twilio.com/v1/Channels",
        "https://user@chat.twilio.com/v2/Services",
        "http://chat.twilio.com/v2/Services",
        "http://127.0.0.1:4011/twilio/v2/Services",
        "file:///etc/passwd",
    ] {
        assert_eq!(path(foreign), None, "{foreign}");
    }
    let joined = here.join(Product::Chat, "/v2/Services").unwrap();
    assert_eq!(joined.as_str(), "http://127.0.0.1:4010/twilio/v2/Services");
}
