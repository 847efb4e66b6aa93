use super::channels::FlexChannel;
use super::flows::{FlexFlow, IntegrationType};
use crate::api::attributes::Attributes;
use crate::api::hosts::{Hosts, Product};
use crate::api::page::{self, Page};
use crate::api::remote_text::RemoteText;
use crate::api::sid::{Kind, Sid};
use crate::api::wire::Fields;

/// The sid of kind `K` that ends in this number.
fn numbered<K: Kind>(number: u8) -> Sid<K> {
    let mut bytes = [0; 16];
    bytes[15] = number;
    Sid::from_bytes(bytes)
}

#[expect(clippy::unnecessary_wraps, reason = "what it is compared to is optional")]
fn text(text: &str) -> Option<RemoteText> {
    Some(RemoteText::new(text))
}

fn page<T>(json: &str, item: impl Fn(&Fields<'_>) -> Option<T>) -> Page<T> {
    let hosts = Hosts::vendor(None, None).unwrap();
    let fields: Fields<'_> = serde_json::from_str(json).unwrap();
    page::read(&fields, &hosts, Product::Flex, item).unwrap()
}

#[test]
fn channels_with_much_and_little_to_tell() {
    let json = include_str!("../../../tests/fixtures/api/flex_channel_page.json");
    let page = page(json, FlexChannel::read);
    let full = FlexChannel {
        sid: numbered(1),
        flow_sid: Some(numbered(1)),
        user_sid: Some(numbered(1)),
        task_sid: Some(numbered(1)),
        date_created: "2016-08-01T22:10:40Z".parse().ok(),
        date_updated: "2016-08-01T22:10:41Z".parse().ok(),
    };
    let bare = FlexChannel {
        sid: numbered(2),
        flow_sid: None,
        user_sid: None,
        task_sid: None,
        date_created: None,
        date_updated: None,
    };
    assert_eq!((page.items.as_slice(), page.unreadable), ([full, bare].as_slice(), 1));
    let next = page.next.unwrap();
    assert_eq!(next.token(), "/v1/Channels?PageSize=3&Page=1&PageToken=PT1");
}

#[test]
fn flows_of_every_integration() {
    let json = include_str!("../../../tests/fixtures/api/flex_flow_page.json");
    let page = page(json, FlexFlow::read);
    let bare = |number, integration_type| FlexFlow {
        sid: numbered(number),
        friendly_name: None,
        chat_service_sid: None,
        channel_type: None,
        contact_identity: None,
        enabled: None,
        integration_type,
        integration: Attributes::absent(),
        long_lived: None,
        janitor_enabled: None,
        date_created: None,
        date_updated: None,
    };
    let integration = r#"{ "workspace_sid": "WS0", "timeout": 9999999999 }"#;
    let full = FlexFlow {
        friendly_name: text("Harbour by text message"),
        chat_service_sid: "IS0123456789abcdef0123456789abcdef".parse().ok(),
        channel_type: text("sms"),
        contact_identity: text("+15550100999"),
        enabled: Some(true),
        integration: Attributes::from_text(integration),
        long_lived: Some(false),
        date_created: "2016-08-01T22:10:40Z".parse().ok(),
        date_updated: "2016-08-01T22:10:40Z".parse().ok(),
        ..bare(1, IntegrationType::Task)
    };
    let studio = FlexFlow { channel_type: text("pigeon"), ..bare(2, IntegrationType::Studio) };
    let other = IntegrationType::Other(RemoteText::new("oracle"));
    let expected = [full, studio, bare(3, IntegrationType::External), bare(4, other)];
    assert_eq!(page.items, expected);
}
