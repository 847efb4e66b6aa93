use proptest::prelude::*;

use super::*;

fn text_of(raw: &str) -> String {
    shown(raw).text()
}

#[test]
fn plain_text_of_any_script_stays() {
    for raw in [
        "",
        "support-142",
        "Grüße, ça va",
        "日本語チャンネル",
        "مرحبا",
        "שלום",
        "नमस्ते",
        "한국어",
        "e\u{301}te\u{301}",
        "❤\u{FE0F}",
        "1\u{FE0F}\u{20E3}",
        "👍🏽",
        "🇳🇱",
        "👩\u{200D}👩\u{200D}👧",
        "🏳\u{FE0F}\u{200D}🌈",
        "🧑🏽\u{200D}🚀",
        "🕵🏽\u{200D}♂\u{FE0F}",
    ] {
        let shown = shown(raw);
        assert!(!shown.has_escapes(), "{raw} became {shown:?}");
        assert_eq!(shown.text(), raw);
    }
}

#[test]
fn what_a_terminal_obeys_is_drawn_instead() {
    let cases = [
        ("\u{1b}[2J", "␛[2J"),
        ("a\nb\r\nc\td", "a␊b␍␊c␉d"),
        ("\0\u{7f}\u{9b}", "␀␡⟦9B⟧"),
        ("abc\u{202E}fed", "abc⟦202E⟧fed"),
        ("\u{2066}x\u{2069}", "⟦2066⟧x⟦2069⟧"),
        ("pay\u{200B}pal", "pay⟦200B⟧pal"),
        ("soft\u{AD}hyphen\u{FEFF}", "soft⟦AD⟧hyphen⟦FEFF⟧"),
        ("line\u{2028}two\u{2029}", "line⟦2028⟧two⟦2029⟧"),
        ("\u{3164}\u{115F}\u{1160}", "⟦3164⟧⟦115F⟧⟦1160⟧"),
        ("x\u{E0041}\u{E0042}", "x⟦E0041⟧⟦E0042⟧"),
        ("\u{1D173}", "⟦1D173⟧"),
    ];
    for (raw, expected) in cases {
        assert_eq!(text_of(raw), expected, "{raw:?}");
        assert!(shown(raw).has_escapes());
    }
}

#[test]
fn joiners_and_selectors_stay_only_where_they_work() {
    let cases = [
        ("a\u{200D}b", "a⟦200D⟧b"),
        ("👩\u{200D}", "👩⟦200D⟧"),
        ("👩\u{200D}x", "👩⟦200D⟧x"),
        ("क\u{94D}\u{200D}ष", "क\u{94D}⟦200D⟧ष"),
        ("a\u{FE0F}", "a⟦FE0F⟧"),
        ("1\u{FE0F}", "1⟦FE0F⟧"),
        ("\u{FE0F}", "⟦FE0F⟧"),
        ("👩\u{34F}\u{200D}👧", "👩⟦34F⟧⟦200D⟧👧"),
    ];
    for (raw, expected) in cases {
        assert_eq!(text_of(raw), expected, "{raw:?}");
    }
}

#[test]
fn marks_are_writing_up_to_a_point() {
    let raw = format!("z{}", "\u{301}".repeat(7));
    assert_eq!(text_of(&raw), format!("z{}⟦301⟧⟦301⟧⟦301⟧", "\u{301}".repeat(4)));
    assert_eq!(text_of("\u{301}a"), "⟦301⟧a", "a mark without a base");
    assert_eq!(text_of("\n\u{301}"), "␊⟦301⟧", "a mark cannot settle on a stand-in");
}

#[test]
fn pieces_alternate_and_are_measured() {
    let shown = shown("日\u{1b}[0m");
    let piece = |text: &str, escaped| Piece { text: text.to_owned(), escaped };
    assert_eq!(shown.pieces, [piece("日", false), piece("␛", true), piece("[0m", false)]);
    assert_eq!(shown.width(), 6);
    assert_eq!(super::shown("\u{202E}").width(), 6);
}

#[test]
fn characters_carry_their_place_in_the_raw_text() {
    let raw = "é\u{1b}👩\u{200D}👧x";
    let seen: Vec<_> =
        shown_chars(raw).map(|(at, text, escaped)| (at, text.into_owned(), escaped)).collect();
    let expected = [(0, "é", false), (2, "␛", true), (3, "👩\u{200D}👧", false), (14, "x", false)];
    assert_eq!(seen, expected.map(|(at, text, escaped)| (at, text.to_owned(), escaped)));
}

#[test]
fn debug_shows_no_raw_bytes() {
    assert_eq!(format!("{:?}", RemoteText::new("a\u{1b}b")), "\"a␛b\"");
}

/// Written apart from the rules under test: everything that must never reach a terminal.
fn never_shown(char: char) -> bool {
    const NEVER: &str = "\u{AD}\u{34F}\u{61C}\u{115F}\u{1160}\u{17B4}\u{17B5}\u{180B}\u{180C}\u{180D}\
        \u{180E}\u{180F}\u{200B}\u{200C}\u{200E}\u{200F}\u{2028}\u{2029}\u{202A}\u{202B}\u{202C}\
        \u{202D}\u{202E}\u{2060}\u{2061}\u{2062}\u{2063}\u{2064}\u{2065}\u{2066}\u{2067}\u{2068}\
        \u{2069}\u{206A}\u{206B}\u{206C}\u{206D}\u{206E}\u{206F}\u{3164}\u{FEFF}\u{FFA0}\u{FFF9}\
        \u{FFFA}\u{FFFB}";
    char.is_control()
        || NEVER.contains(char)
        || ('\u{1D173}'..='\u{1D17A}').contains(&char)
        || ('\u{E0000}'..='\u{E0FFF}').contains(&char)
}

fn nasty_char() -> impl Strategy<Value = char> {
    prop_oneof![
        any::<char>(),
        (0_u32..0x300).prop_filter_map("a character", char::from_u32),
        (0x200B_u32..0x2070).prop_filter_map("a character", char::from_u32),
        (0xFE00_u32..0xFE10).prop_filter_map("a character", char::from_u32),
        proptest::sample::select(vec![
            '\u{200D}',
            '\u{200D}',
            '\u{FE0F}',
            '👩',
            '👧',
            '❤',
            '🏽',
            '\u{301}',
            '\u{20E3}',
            '1',
            '🇳',
            '\u{34F}',
            'क',
            '\u{94D}',
            'ष',
            '\u{1100}',
            '\u{1161}',
            '\u{1160}',
            '\u{E0061}',
            '\r',
            '\n',
        ]),
    ]
}

proptest! {
    #[test]
    fn nothing_hidden_comes_through(chars in prop::collection::vec(nasty_char(), 0..40)) {
        let raw: String = chars.into_iter().collect();
        let text = text_of(&raw);
        prop_assert!(!text.contains(never_shown), "{:?}", text);
        for grapheme in text.graphemes(true) {
            prop_assert!(grapheme.width() > 0, "{:?} takes no cell", grapheme);
            let picture = |char: Option<char>| {
                char.is_some_and(|char| matches!(char, '©' | '®' | '\u{203C}'..='\u{3299}' | '\u{1F000}'..))
            };
            for (at, _) in grapheme.match_indices('\u{200D}') {
                let (before, after) = grapheme.split_at(at);
                let before = before.trim_end_matches('\u{FE0F}').chars().last();
                prop_assert!(picture(before) && picture(after.chars().nth(1)), "{:?}", grapheme);
            }
            for (at, _) in grapheme.match_indices(['\u{FE0E}', '\u{FE0F}']) {
                let (before, after) = grapheme.split_at(at);
                let keycap = after.chars().nth(1) == Some('\u{20E3}');
                prop_assert!(keycap || picture(before.chars().last()), "{:?}", grapheme);
            }
            let marks = grapheme.chars().skip(1).filter(|mark| {
                unicode_width::UnicodeWidthChar::width(*mark) == Some(0)
                    && !matches!(mark, '\u{200D}' | '\u{FE0E}' | '\u{FE0F}')
            });
            prop_assert!(marks.count() <= 4, "{:?}", grapheme);
        }
    }

    #[test]
    fn places_cover_the_raw_text_in_order(chars in prop::collection::vec(nasty_char(), 0..40)) {
        let raw: String = chars.into_iter().collect();
        let places: Vec<_> = shown_chars(&raw).collect();
        let ends = places.iter().skip(1).map(|place| place.0).chain([raw.len()]);
        let mut covered = 0;
        for ((begin, text, escaped), end) in places.iter().zip(ends) {
            prop_assert_eq!(*begin, covered);
            prop_assert_eq!(*escaped, raw[*begin..end] != **text);
            covered = end;
        }
        prop_assert!(raw.is_empty() || covered == raw.len());
    }
}

/// Letters of several scripts beside what joins, marks, tints and turns them.
const LIKELY: &str =
    r"[a-z \u{e9}\u{65e5}\u{301}\u{200d}\u{fe0f}\u{1f469}\u{1f1f3}\u{1f3fd}\u{ac00}\u{202e}]{0,8}";

proptest! {
    #[test]
    fn a_text_is_shown_as_its_characters_are(raw in any::<String>(), likely in LIKELY) {
        for raw in [raw, likely] {
            let mut one_by_one = Shown::default();
            for (_, text, escaped) in shown_chars(&raw) {
                one_by_one.push(&text, escaped);
            }
            prop_assert_eq!(shown(&raw), one_by_one);
        }
    }
}
