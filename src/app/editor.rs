//! Texts that are given to the person's own editor and come back: which text goes, and what is done with what returns.

use crate::app::{
    effect::Effect,
    form::{Draft, FieldName, Kind},
    model::{Model, Overlay},
    notice::Tone,
    save,
    ticket::EditKey,
};

/// A text that is with the editor: the form and the field it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handed {
    /// The form's resource.
    pub key: EditKey,
    /// The field.
    pub field: FieldName,
    /// Whether the form was opened only for this: it goes again when nothing comes of it.
    pub only_for_this: bool,
}

/// Opens the form of the channel that the person points at and gives its attributes to the editor.
pub fn edit(model: &mut Model) -> Vec<Effect> {
    let mut effects = save::edit(model);
    if let Some(Overlay::Form(draft)) = &mut model.overlay {
        let attributes = draft.fields.iter().position(|field| field.name == FieldName::Attributes);
        draft.at = attributes.unwrap_or(draft.at);
        effects.extend(hand_over(model, true));
    }
    effects
}

/// Gives the text that has the focus to the editor.
pub fn hand_over(model: &Model, only_for_this: bool) -> Vec<Effect> {
    let Some(Overlay::Form(draft)) = &model.overlay else { return Vec::new() };
    let Some(field) = draft.fields.get(draft.at) else { return Vec::new() };
    let ending = match field.kind() {
        Kind::Json { .. } => "json",
        Kind::Line { .. } => "txt",
        Kind::Choice { .. } => return Vec::new(),
    };
    let of = Handed { key: draft.key, field: field.name, only_for_this };
    let file = format!("{}.{ending}", field.name.label().to_lowercase().replace(' ', "-"));
    vec![Effect::OpenEditor { of, text: field.text(), file }]
}

/// Takes in what the editor left: a changed text goes into its form, not saved yet.
pub fn returned(model: &mut Model, of: Handed, result: Result<String, String>) {
    let (tone, words) = match result {
        Ok(text) => match put(model, of, &text) {
            Some(true) => (Tone::Info, "what the editor wrote is in the form; ^s saves it"),
            Some(false) => (Tone::Info, "the editor changed nothing"),
            None => (Tone::Bad, "what the editor wrote has no form to go to any more"),
        },
        Err(ref words) => (Tone::Bad, words.as_str()),
    };
    model.notices.say(model.now, tone, words);
    let idle = |draft: &Draft| of.only_for_this && draft.key == of.key && !draft.is_dirty();
    if matches!(&model.overlay, Some(Overlay::Form(draft)) if idle(draft)) {
        model.overlay = None;
    }
}

/// Puts a text where it came from, be the form open, under the help, left, or sent meanwhile; whether that changed
/// anything, `None` when nothing is known of the resource any more.
fn put(model: &mut Model, of: Handed, text: &str) -> Option<bool> {
    let open = match &mut model.overlay {
        Some(Overlay::Form(draft) | Overlay::Help { form: Some(draft), .. })
            if draft.key == of.key =>
        {
            Some(&mut **draft)
        }
        _ => None,
    };
    if let Some(draft) = open.or_else(|| model.drafts.get_mut(&of.key)) {
        return replace(draft, of.field, text);
    }
    let mut draft = save::blank(model, of.key)?;
    let changed = replace(&mut draft, of.field, text)?;
    if changed {
        model.drafts.insert(of.key, draft);
    }
    Some(changed)
}

fn replace(draft: &mut Draft, name: FieldName, text: &str) -> Option<bool> {
    let at = draft.fields.iter().position(|field| field.name == name)?;
    let field = draft.fields.get_mut(at)?;
    let before = field.text();
    let after = as_meant(&before, text);
    let changed = after != before;
    if changed {
        field.put(after);
        draft.at = at;
    }
    Some(changed)
}

/// What the editor left, without the line end that editors add to a text that had none at its end.
pub fn as_meant<'a>(before: &str, after: &'a str) -> &'a str {
    if after == before || before.ends_with('\n') {
        return after;
    }
    let Some(line) = after.strip_suffix('\n') else { return after };
    // Where lines end with both, the editor has added both.
    let both = before.contains("\r\n") && !before.ends_with('\r');
    line.strip_suffix('\r').filter(|_| both).unwrap_or(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_line_end_that_the_editor_added_is_taken_off() {
        for (before, after, meant) in [
            ("{}", "{}\n", "{}"),
            ("{}", "{}", "{}"),
            ("{}\n", "{}\n", "{}\n"),
            ("{}\n", "{\"a\":1}\n", "{\"a\":1}\n"),
            ("{}\n", "{}", "{}"),
            ("{}", "{}\n\n", "{}\n"),
            ("", "\n", ""),
            ("a\r\nb", "a\r\nb\r\n", "a\r\nb"),
            ("a\r\nb\r", "a\r\nb\r\n", "a\r\nb\r"),
            ("a\r", "a\r\n", "a\r"),
            ("a", "b\r\n", "b\r"),
        ] {
            assert_eq!(as_meant(before, after), meant, "{before:?} {after:?}");
        }
    }
}
