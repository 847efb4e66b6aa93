//! Whoever keeps a record is asked first, and told everything but the credentials.

use super::*;
use crate::api::chat::channels;
use crate::api::{Certainty, ChannelPatch, Error};

#[derive(Debug, Default)]
struct Notebook {
    refuses: Option<&'static str>,
    written: Mutex<Vec<String>>,
    ended: Mutex<Vec<Ended>>,
}

impl Witness for Notebook {
    fn before(&self, write: Outgoing) -> Saying<Result<(), String>> {
        self.written.lock().unwrap().push(format!("{write:?}"));
        let answer = self.refuses.map_or(Ok(()), |why| Err(why.to_owned()));
        Box::pin(std::future::ready(answer))
    }

    fn after(&self, ended: Ended) -> Saying<()> {
        self.ended.lock().unwrap().push(ended);
        Box::pin(std::future::ready(()))
    }
}

fn renamed() -> ChannelPatch {
    ChannelPatch { friendly_name: Some("Berth 9".to_owned()), ..ChannelPatch::default() }
}

#[tokio::test]
async fn without_consent_nothing_leaves() {
    let server = Server::following(Vec::new());
    let book = Arc::new(Notebook { refuses: Some("the disk is full"), ..Notebook::default() });
    let client = client(&server).witnessed_by(Arc::clone(&book) as Arc<dyn Witness>);
    let error = channels::update(&client, home(), room(), &renamed(), Webhooks::Off).await;
    let error = error.unwrap_err();
    assert_eq!(error.certainty(), Certainty::NotApplied);
    let words = "nothing was sent, because it could not be written down first: the disk is full";
    assert_eq!(error.to_string(), words);
    let error = channels::delete(&client, home(), room(), Webhooks::Off).await.unwrap_err();
    assert!(matches!(error, Error::NotWitnessed { .. }));
    assert!(server.seen().is_empty() && book.ended.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_leaves_and_how_it_ends_is_told_without_the_secret() {
    let script = vec![
        Reply::json(200, &channel_json()),
        Reply::json(400, &error_json(50300)),
        Reply::json(404, &error_json(20404)),
    ];
    let server = Server::following(script);
    let book = Arc::new(Notebook::default());
    let client = client(&server).witnessed_by(Arc::clone(&book) as Arc<dyn Witness>);
    channels::update(&client, home(), room(), &renamed(), Webhooks::On).await.unwrap();
    channels::update(&client, home(), room(), &renamed(), Webhooks::Off).await.unwrap_err();
    channels::delete(&client, home(), room(), Webhooks::Off).await.unwrap();
    channels::fetch(&client, home(), &room().into()).await.unwrap_err();

    let written = book.written.lock().unwrap();
    assert_eq!(written.len(), 3, "readings are not writes");
    let path = format!("/v2/Services/{}/Channels/{}", home(), room());
    let expected = Outgoing {
        method: "POST".to_owned(),
        path,
        form: vec![("FriendlyName".to_owned(), "Berth 9".to_owned())],
        webhooks: Webhooks::On,
    };
    assert_eq!(written[0], format!("{expected:?}"));
    assert!(written.iter().all(|write| !write.contains(SECRET)));
    let ended = book.ended.lock().unwrap();
    assert_eq!((ended[0].failure.is_none(), ended[0].status), (true, Some(200)));
    assert_eq!((ended[1].status, ended[1].code), (Some(400), Some(50300)));
    assert_eq!(ended[1].failure.as_ref().map(|(it, _)| *it), Some(Certainty::NotApplied));
    assert_eq!((ended[2].failure.is_none(), ended[2].status), (true, Some(404)), "gone already");
}
