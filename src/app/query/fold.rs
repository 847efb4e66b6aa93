//! Text as a search sees it: case does not matter. Letter by letter, so that a part of a folded text is the folded part.

use std::borrow::Cow;

/// The text in lower case, in one form for letters that have two.
pub fn fold(text: &str) -> String {
    folded(text).into_owned()
}

/// The same; most texts need no more than a look.
pub fn folded(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        let is_folded = !text.bytes().any(|letter| letter.is_ascii_uppercase());
        return if is_folded { text.into() } else { text.to_ascii_lowercase().into() };
    }
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded.into()
}

/// The same, after what is there already.
pub fn fold_into(text: &str, folded: &mut String) {
    for letter in text.chars() {
        match letter {
            _ if letter.is_ascii() => folded.push(letter.to_ascii_lowercase()),
            // The small sigma at the end of a word; the great one does not tell where it stood.
            'ς' => folded.push('σ'),
            _ => folded.extend(letter.to_lowercase()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn case_does_not_matter_in_any_script() {
        assert_eq!(fold("ÉQUIPE Ops"), fold("équipe oPS"));
        assert_eq!(fold("ΟΔΟΣ"), fold("οδος"));
        assert_eq!(fold("Sales 日本"), "sales 日本");
    }

    proptest! {
        #[test]
        fn a_part_folds_as_it_does_in_the_whole(before in ".*", part in ".*", after in ".*") {
            let whole = format!("{before}{part}{after}");
            prop_assert_eq!(fold(&whole), fold(&before) + &fold(&part) + &fold(&after));
        }

        #[test]
        fn folding_twice_changes_nothing(text in ".*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
