use super::*;
use crate::api::wire::Fields;

fn refusal(status: u16, body: &str) -> Refusal {
    let fields: Fields<'_> = serde_json::from_str(body).unwrap();
    Refusal::read(status, &fields, || RemoteText::new("nothing was said"))
}

#[test]
fn the_vendors_shape() {
    let read = refusal(404, include_str!("../../../tests/fixtures/api/error_vendor.json"));
    let expected = Refusal {
        status: 404,
        code: Some(20404),
        message: RemoteText::new("The requested resource /Services/ISab was not found"),
        more_info: Some(RemoteText::new("https://www.twilio.com/docs/errors/20404")),
        request_id: None,
        details: vec![RemoteText::new("resource: Channel"), RemoteText::new("tries: 3")],
        tries: 1,
        retry_after: None,
    };
    assert_eq!(read, expected);
    assert_eq!(
        read.to_string(),
        "refused with status 404 (code 20404): The requested resource /Services/ISab was not found"
    );
}

#[test]
fn the_shape_of_rfc_9457() {
    let read = refusal(400, include_str!("../../../tests/fixtures/api/error_rfc9457.json"));
    let expected = Refusal {
        status: 400,
        code: Some(20001),
        message: RemoteText::new("Two parameters are not valid."),
        more_info: Some(RemoteText::new("https://www.twilio.com/docs/errors/20001")),
        request_id: None,
        details: vec![
            RemoteText::new("/FriendlyName: is too long"),
            RemoteText::new("is not a number"),
        ],
        tries: 1,
        retry_after: None,
    };
    assert_eq!(read, expected);
}

#[test]
fn a_refusal_without_words_or_code() {
    let read = refusal(500, r#"{"code": null, "type": "about:blank", "details": "why\u001b"}"#);
    assert_eq!((read.code, read.message.raw()), (None, "nothing was said"));
    assert_eq!(read.more_info, None);
    assert_eq!(read.details, [RemoteText::new("why\u{1b}")]);
    assert_eq!(
        Refusal { tries: 3, ..read }.to_string(),
        "refused with status 500: nothing was said (after 3 tries)"
    );
}

#[test]
fn what_may_have_taken_effect() {
    let with = |status| Error::from(refusal(status, "{}")).certainty();
    for status in [400, 401, 403, 404, 409, 429] {
        assert_eq!(with(status), Certainty::NotApplied, "{status}");
    }
    for status in [408, 500, 502, 503] {
        assert_eq!(with(status), Certainty::Unknown, "{status}");
    }
    assert_eq!(Error::ReadOnly.certainty(), Certainty::NotApplied);
}

#[test]
fn words_never_carry_raw_bytes() {
    let error = Error::NotUnderstood {
        status: 200,
        content_type: Some(RemoteText::new("text/html\u{1b}")),
        excerpt: RemoteText::new("<html>\u{202E}"),
        why: "it is not JSON\n".to_owned(),
    };
    assert_eq!(
        error.to_string(),
        "the answer (status 200, text/html␛) was not understood: it is not JSON␊; it begins with: <html>⟦202E⟧"
    );
    let foreign = Error::ForeignHost { host: RemoteText::new("evil\u{7}.example") };
    assert!(foreign.to_string().contains("evil␇.example"));
}

#[test]
fn kinds_are_told_by_status() {
    let with = |status| Error::from(refusal(status, r#"{"code": 20003}"#));
    assert!(with(401).is_auth() && with(404).is_gone() && with(429).is_throttled());
    assert_eq!((with(401).status(), with(401).code()), (Some(401), Some(20003)));
    assert!(!with(500).is_offline());
}
