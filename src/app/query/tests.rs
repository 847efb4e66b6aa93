use super::*;
use crate::app::testing::start;

const FIELDS: &[Field] = &[
    Field::new("type", "TYPE", Kind::Word),
    Field::new("name", "NAME", Kind::Text),
    Field::new("members", "MBR", Kind::Number),
    Field::new("updated", "UPDATED", Kind::Moment),
    Field::new("online", "ONLINE", Kind::Flag),
    Field::new("attr", "", Kind::Json),
];

const ATTRIBUTES: &str =
    r#"{"routing": {"queue": "Tier-1", "n": 18446744073709551616}, "vip": true, "a b": null}"#;

fn parse(typed: &str) -> Result<Query, Fault> {
    Query::parse(typed, Reader { fields: FIELDS, now: start(), zone: &TimeZone::UTC })
}

/// A row: a public channel of 50 members, updated ten days ago.
fn passes(typed: &str) -> bool {
    let query = parse(typed).unwrap_or_else(|fault| panic!("{typed}: {fault:?}"));
    let cell = |at| match at {
        0 => Cell::text(Some("notParticipating")),
        1 => Cell::text(Some("Support EU")),
        2 => Cell::Number(50),
        3 => Cell::moment(start().checked_sub(jiff::SignedDuration::from_hours(240)).ok()),
        _ => Cell::Nothing,
    };
    query.passes(|| fold("Support EU\nsupport-eu\nCH01"), cell)
        && query.judge(ATTRIBUTES) == Verdict::Passes
}

#[test]
fn words_are_anded_negated_and_folded() {
    for (typed, expected) in [
        ("", true),
        ("SUPPORT", true),
        ("support eu", true),
        ("eu support-", true),
        ("support !lobby", true),
        ("!eu", false),
        ("lobby", false),
        ("!", true),
        (r#""support eu""#, true),
        (r#""support  eu""#, false),
        (r#"!"port e""#, false),
        (r#""support e"#, true),
        (r#""""#, true),
        ("ch0", true),
    ] {
        assert_eq!(passes(typed), expected, "{typed:?}");
    }
}

#[test]
fn fields_compare_as_they_read() {
    for (typed, expected) in [
        ("members>49", true),
        ("members>50", false),
        ("members>=50 members<=50 members=50", true),
        ("members!=50", false),
        ("!members<50", true),
        ("members:5,0", true),
        ("MEMBERS<51", true),
        ("type:not type=notparticipating", true),
        (r#"type="not participating""#, true),
        ("type:participating", false),
        ("name:PORT", true),
        ("name=support", false),
        (r#"name="support eu""#, true),
        ("name!=x", true),
        ("name~eu", true),
        // Ten days ago is 2026-02-20.
        ("updated<2026-02-21", true),
        ("updated<2026-02-20", false),
        ("updated<=2026-02-20 updated>=2026-02-20", true),
        ("updated=2026-02 updated=2026", true),
        ("updated>2026-01", true),
        ("updated>2026-02", false),
        ("updated>9d updated<11d", true),
        ("updated>10d", false),
        ("updated>=10d updated<=10d updated=10d", true),
        ("updated<1w", false),
        ("updated=today", false),
        ("updated=2026-02-20T14:02", true),
        // What has no value meets nothing.
        ("online:yes", false),
        ("online!=yes", false),
        ("!online:yes", true),
    ] {
        assert_eq!(passes(typed), expected, "{typed:?}");
    }
}

#[test]
fn attributes_are_asked_by_pointer() {
    for (typed, expected) in [
        ("attr:/routing", true),
        ("attr:/nothing", false),
        ("attr:/routing/queue=tier-1", true),
        ("attr:/routing/queue!=tier-1", false),
        ("attr:/routing/queue~TIER", true),
        ("attr:/nothing!=1", false),
        ("!attr:/nothing=1", true),
        ("attr:/routing/n=18446744073709551616", true),
        ("attr:/routing/n>5", true),
        ("attr:/routing/queue>5", false),
        ("attr:/vip=true", true),
        (r#"attr:"/a b"=null"#, true),
        ("attr:/routing~queue", true),
    ] {
        assert_eq!(passes(typed), expected, "{typed:?}");
    }
    let query = parse("attr:/vip").expect("a query");
    assert_eq!(query.judge("{not json"), Verdict::Unjudged);
    assert_eq!(query.judge(""), Verdict::Fails);
    assert_eq!(parse("!attr:/vip").expect("a query").judge("{not json"), Verdict::Unjudged);
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    for (typed, span, words) in [
        ("eu membrs>5", 3..11, "no field “membrs”: members? Quote it to find the text"),
        ("12:30", 0..5, "no field “12”; quote it to find the text. Fields: type, name, members"),
        ("a=b", 0..3, "no field “a”"),
        ("members>", 0..8, "members: a number"),
        ("!members>x", 1..10, "members takes a number, not “x”"),
        ("updated<soon", 0..12, "updated takes a day like 2024-01-31"),
        ("type>public", 0..11, "type takes : or = and a word"),
        ("online:maybe", 0..12, "online takes yes or no"),
        ("attr:routing", 0..12, "attr: a JSON pointer"),
        ("attr:/a>x", 0..9, "“x” is not a number"),
        ("x\u{1b}:", 0..3, "“x␛”"),
    ] {
        let fault = parse(typed).expect_err(typed);
        assert_eq!(fault.span, span, "{typed}");
        assert!(fault.words.contains(words), "{typed}: {}", fault.words);
    }
    let reader = Reader { fields: FIELDS, now: start(), zone: &TimeZone::UTC };
    let (right, query, fault) = Query::parse_what_is_right("eu !membrs>5 x a: type:public", reader);
    assert_eq!(fault.map(|fault| fault.span), Some(4..12), "the first");
    assert_eq!(right, "eu x type:public");
    assert_eq!(Ok(query), parse("eu x type:public"));
    assert!(parse(r#""12:30" "a=b" ~ a~b"#).is_ok());
}
