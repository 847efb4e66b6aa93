//! Lists: pages, tokens, filters.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::Value;
use switchboard::sandbox::Options;

use crate::bench::Practice;

#[tokio::test]
async fn pages_lead_forth_and_back() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let list = format!("/v2/Services/{service}/Channels?Type=private&Type=public&PageSize=20");
    let first = practice.get(&list).await;
    let second = practice.get(first["meta"]["next_page_url"].as_str().unwrap()).await;
    let third = practice.get(second["meta"]["next_page_url"].as_str().unwrap()).await;
    for (number, page) in [&first, &second, &third].into_iter().enumerate() {
        assert_eq!(page["meta"]["page"], number);
        assert_eq!(page["meta"]["page_size"], 20);
        assert_eq!(page["meta"]["key"], "channels");
        assert_eq!(page["channels"].as_array().unwrap().len(), 20);
        let again = practice.get(page["meta"]["url"].as_str().unwrap()).await;
        assert_eq!(&again, page);
    }
    assert_eq!(first["meta"]["previous_page_url"], Value::Null);
    let back = practice.get(third["meta"]["previous_page_url"].as_str().unwrap()).await;
    assert_eq!(back["channels"], second["channels"]);
    assert_eq!(back["meta"]["page"], 1);
    let start = practice.get(third["meta"]["first_page_url"].as_str().unwrap()).await;
    assert_eq!(start, first);
    let all = practice.all(&list).await;
    let sids: BTreeSet<&str> = all.iter().filter_map(|row| row["sid"].as_str()).collect();
    assert_eq!(sids.len(), all.len());
    assert_eq!(all, practice.all(&list.replace("=20", "=1000")).await);
}

#[tokio::test]
async fn page_sizes_and_tokens_are_checked() {
    let practice = Practice::with(Options { max_page_size: 100, ..Options::default() }).await;
    let service = practice.service().await;
    let list = format!("/v2/Services/{service}/Channels");
    assert_eq!(practice.refusal(&format!("{list}?PageSize=101")).await, (400, 20007));
    assert_eq!(practice.refusal(&format!("{list}?PageToken=PTnonsense")).await, (400, 21481));
    let page = practice.get(&list).await;
    assert_eq!(page["meta"]["page_size"], 50);
}

#[tokio::test]
async fn a_token_goes_stale_when_rows_come_or_go_but_not_when_they_change() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let list = format!("/v2/Services/{service}/Channels");
    let page = practice.get(&format!("{list}?PageSize=5")).await;
    let next = page["meta"]["next_page_url"].as_str().unwrap();
    practice.post(&practice.channel("all-hands").await, &[("FriendlyName", "Everyone")]).await;
    practice.get(next).await;
    let (status, made) = practice.post(&list, &[("UniqueName", "fresh")]).await;
    assert_eq!(status, 201);
    assert_eq!(practice.refusal(next).await, (400, 21481));
    let fresh = practice.get(&format!("{list}?PageSize=5")).await;
    let next = fresh["meta"]["next_page_url"].as_str().unwrap();
    let url = made["url"].as_str().unwrap();
    let gone = practice.request(Method::DELETE, url).send().await.unwrap();
    assert_eq!(gone.status(), 204);
    assert_eq!(gone.bytes().await.unwrap().len(), 0);
    assert_eq!(practice.refusal(url).await, (404, 20404));
    assert_eq!(practice.refusal(next).await, (400, 21481));
}

#[tokio::test]
async fn without_a_type_only_public_channels_are_listed() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let list = |query: &str| format!("/v2/Services/{service}/Channels?PageSize=1000{query}");
    let types = |rows: Vec<Value>| -> BTreeSet<String> {
        rows.iter().map(|row| row["type"].as_str().unwrap().to_owned()).collect()
    };
    let (public, private) = ("public".to_owned(), "private".to_owned());
    assert_eq!(types(practice.all(&list("")).await), BTreeSet::from([public.clone()]));
    assert_eq!(
        types(practice.all(&list("&Type=private")).await),
        BTreeSet::from([private.clone()])
    );
    let both = practice.all(&list("&Type=public&Type=private")).await;
    assert_eq!(types(both), BTreeSet::from([public, private]));
    assert_eq!(practice.refusal(&list("&Type=secret")).await, (400, 20422));
}

#[tokio::test]
async fn pages_are_as_large_as_the_documents_allow() {
    for (max_page_size, chat, memberships) in [(1000, 1000, 1000), (100, 100, 50), (50, 50, 50)] {
        let practice = Practice::with(Options { max_page_size, ..Options::default() }).await;
        let root = format!("/v2/Services/{}", practice.service().await);
        for (list, most) in [
            ("/v2/Services".to_owned(), chat),
            (format!("{root}/Channels"), chat),
            (format!("{root}/Users"), chat),
            (format!("{root}/Roles"), chat),
            (format!("{root}/Channels/all-hands/Members"), chat),
            (format!("{root}/Channels/all-hands/Messages"), chat),
            (format!("{root}/Channels/all-hands/Invites"), chat),
            (format!("{root}/Users/ana.weiss/Channels"), memberships),
            (format!("{root}/Channels/all-hands/Webhooks"), 5),
            ("/v1/Channels".to_owned(), 1000),
            ("/v1/FlexFlows".to_owned(), 1000),
        ] {
            let page = practice.get(&format!("{list}?PageSize={most}")).await;
            assert_eq!(page["meta"]["page_size"], most, "{list}");
            let more = practice.refusal(&format!("{list}?PageSize={}", most + 1)).await;
            assert_eq!(more, (400, 20007), "{list}");
            assert_eq!(practice.get(&list).await["meta"]["page_size"], most.min(50), "{list}");
        }
    }
}

#[tokio::test]
async fn every_list_makes_its_tokens_stale_when_it_changes() {
    let practice = Practice::new().await;
    let root = format!("/v2/Services/{}", practice.service().await);
    let hall = format!("{root}/Channels/all-hands");
    let flex = [
        ("FlexFlowSid", "FO6c853a6d26bb5a4db0c568c48cb4030e"),
        ("Identity", "visitor-1"),
        ("ChatUserFriendlyName", "Visitor One"),
        ("ChatFriendlyName", "Where is my lamp?"),
    ];
    let role = [("FriendlyName", "x"), ("Type", "channel"), ("Permission", "sendMessage")];
    practice.post(&format!("{hall}/Invites"), &[("Identity", "invited/1")]).await;
    practice.post(&format!("{hall}/Invites"), &[("Identity", "invited/2")]).await;
    let quay = practice.post(&format!("{root}/Channels"), &[("UniqueName", "quay")]).await.1;
    let quay = format!("{}/Members", quay["url"].as_str().unwrap());
    for (list, collection, form) in [
        (format!("{root}/Users"), format!("{root}/Users"), &[("Identity", "mia")][..]),
        (format!("{hall}/Members"), format!("{hall}/Members"), &[("Identity", "noah")]),
        (format!("{hall}/Messages"), format!("{hall}/Messages"), &[("Body", "hello")]),
        (format!("{hall}/Invites"), format!("{hall}/Invites"), &[("Identity", "invited/3")]),
        (format!("{root}/Users/ana.weiss/Channels"), quay, &[("Identity", "ana.weiss")]),
        (format!("{root}/Roles"), format!("{root}/Roles"), &role),
        ("/v1/Channels".to_owned(), "/v1/Channels".to_owned(), &flex),
    ] {
        let page = practice.get(&format!("{list}?PageSize=1")).await;
        let next = page["meta"]["next_page_url"].as_str().unwrap();
        practice.get(next).await;
        let before = practice.all(&list).await.len();
        assert_eq!(practice.post(&collection, form).await.0, 201, "{list}");
        assert_eq!(practice.refusal(next).await, (400, 21481), "{list}");
        assert_eq!(practice.all(&list).await.len(), before + 1, "{list}, begun anew");
    }
}

#[tokio::test]
async fn a_token_is_good_for_its_own_list_only() {
    let practice = Practice::new().await;
    let root = format!("/v2/Services/{}", practice.service().await);
    let page = practice.get(&format!("{root}/Channels?Type=public&PageSize=5")).await;
    let next = page["meta"]["next_page_url"].as_str().unwrap();
    for (from, to) in [
        ("Type=public", "Type=private"),
        ("Type=public&", ""),
        ("/Channels?", "/Users?"),
        ("PageToken=", "PageToken=x"),
    ] {
        assert_eq!(practice.refusal(&next.replace(from, to)).await, (400, 21481), "{from}");
    }
    let without = format!("{root}/Channels?Type=public&PageSize=5&Page=1");
    assert_eq!(practice.refusal(&without).await, (400, 21481), "a number is no token");
    let larger = practice.get(&next.replace("PageSize=5", "PageSize=9")).await;
    assert_eq!(larger["channels"].as_array().unwrap().len(), 9);
    for size in ["0", "-1", "many", ""] {
        let refused = practice.refusal(&format!("{root}/Channels?PageSize={size}")).await;
        assert_eq!(refused, (400, 20422), "{size}");
    }
}
