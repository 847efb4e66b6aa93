//! Things are found by what they are called.

use crate::bench::Practice;

#[tokio::test]
async fn things_are_found_by_sid_and_by_name_however_it_is_spelled() {
    let practice = Practice::new().await;
    let service = practice.service().await;
    let list = format!("/v2/Services/{service}/Channels?Type=public&Type=private&PageSize=1000");
    for channel in practice.all(&list).await {
        let sid = channel["sid"].as_str().unwrap();
        assert_eq!(practice.get(&practice.channel(sid).await).await, channel);
        let name = channel["unique_name"].as_str();
        // Of all names only dots cannot be spelled: every URL library takes them for directories.
        if let Some(name) = name.filter(|name| *name != "..") {
            assert_eq!(practice.get(&practice.channel(name).await).await, channel, "{name}");
        }
    }
    let members = practice.channel("all-hands").await + "/Members";
    let query = "?Identity=%E7%8E%8B%E5%B0%8F%E6%98%8E&Identity=front+desk%20/%20lobby%20%232";
    let found = practice.all(&format!("{members}{query}")).await;
    let names: Vec<&str> = found.iter().filter_map(|row| row["identity"].as_str()).collect();
    assert_eq!(names, ["王小明", "front desk / lobby #2"]);
    let users = format!("/v2/Services/{service}/Users");
    let user = practice.get(&format!("{users}/front%20desk%20%2F%20lobby%20%232")).await;
    assert_eq!(user["identity"], "front desk / lobby #2");
    let by_name = practice.get(&format!("{users}/ana.weiss/Channels/all-hands")).await;
    let by_sid = format!("{users}/{}/Channels/{}", by_name["user_sid"], by_name["channel_sid"]);
    assert_eq!(practice.get(&by_sid.replace('"', "")).await, by_name);
}
