//! Digests in place of names and values.

use super::*;

#[test]
fn equality_can_be_told_and_nothing_else() {
    let dir = dir();
    let state = opened(dir.path(), Keeping { days: 30, bodies: Bodies::Digest });
    let path = format!("/v2/Services/{SERVICE}/Users/ana-1@example.org?x=ana-1");
    let id = state.begin(&Record { path, ..renaming() }, at(1)).unwrap();
    let message = Some("Support EU is taken".to_owned());
    state.finish(id, &Outcome { message, ..done() }, at(2)).unwrap();
    let entry = entry(&state, id);
    assert_eq!((entry.kept, entry.message.as_ref()), (Kept::Digest, None));
    // Equal values have equal digests; so has the parameter that sent one.
    assert_ne!(entry.record.before, entry.record.after);
    let sent = &entry.record.form[0];
    assert_eq!(sent.0, "FriendlyName");
    assert_eq!(entry.record.after, Some(format!("{{\"friendly_name\":\"{}\"}}", sent.1)));
    assert!(entry.record.before.unwrap().contains(&entry.record.label), "the name that it had");
    assert_eq!(entry.record.path, format!("/v2/Services/{SERVICE}/Users/{{name}}"));
    assert_eq!(state.get(id).unwrap().unwrap().curl("https://chat.example.org"), None);
    drop(state);
    for name in ["Support", "ana-1"] {
        assert_eq!(files_with(dir.path(), name), [] as [PathBuf; 0], "{name}");
    }
}

#[test]
fn digests_go_with_time_too() {
    let dir = dir();
    let state = opened(dir.path(), Keeping { days: 30, bodies: Bodies::Digest });
    let id = state.begin(&renaming(), at(0)).unwrap();
    state.purge(days(30)).unwrap();
    assert_eq!(entry(&state, id).kept, Kept::Nothing);
    assert_eq!(files_with(dir.path(), "sha256:"), [] as [PathBuf; 0]);
}
