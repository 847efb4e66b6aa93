//! Which theme it is: the command line's, none at all where the environment asks for that, the config's, or what suits
//! the terminal.

use crate::{
    app::mouse::Begun,
    config::look::{Glyphs, Look, ThemeName},
    runtime::background,
    view::theme::{Depth, Rgb, Theme},
};

/// Reads one environment variable.
type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Chooses. The terminal is asked for its ground only where the answer decides.
pub(super) fn theme(
    flag: Option<ThemeName>,
    look: &Look,
    env: Env,
    ask: impl FnOnce() -> Option<Rgb>,
) -> Theme {
    let is_dumb = env("TERM").as_deref() == Some("dumb");
    let no_colour = env("NO_COLOR").is_some_and(|value| !value.is_empty());
    let shows_all = matches!(env("COLORTERM").as_deref(), Some("truecolor" | "24bit"));
    let depth = if shows_all { Depth::All } else { Depth::Indexed };
    let mono = (is_dumb || no_colour).then_some(ThemeName::Mono);
    let theme = match flag.or(mono).or(look.theme).unwrap_or_default() {
        ThemeName::Auto if shows_all => suiting(ask(), env, depth),
        // With fewer colours the terminal's own are the ones that suit its ground, whichever that is.
        ThemeName::Auto | ThemeName::Terminal => Theme::colour(),
        ThemeName::Dark => Theme::dark(depth),
        ThemeName::Light => Theme::light(depth),
        ThemeName::Deuteranopia => Theme::deuteranopia(depth),
        ThemeName::HighContrast => Theme::high_contrast(depth),
        ThemeName::Mono => Theme::mono(),
    };
    let usual = if is_dumb { Glyphs::Ascii } else { Glyphs::Unicode };
    theme.with_roles(&look.roles, depth).with_glyphs(look.glyphs.unwrap_or(usual))
}

/// How the mouse begins: as the command line or the config has it, else on, but not over SSH: there each stroke is waited
/// for, and whoever marks text wants to do so with the terminal's own means.
pub(super) fn mouse(is_refused: bool, look: &Look, env: Env) -> Begun {
    let is_there = |name: &&str| env(name).is_some_and(|value| !value.is_empty());
    match look.mouse {
        _ if is_refused => Begun::AsTold(false),
        Some(told) => Begun::AsTold(told),
        None if ["SSH_CONNECTION", "SSH_TTY"].iter().any(is_there) => Begun::OffOverSsh,
        None => Begun::On,
    }
}

/// Dark or light as the ground is; the terminal's own colours where nobody knows.
fn suiting(ground: Option<Rgb>, env: Env, depth: Depth) -> Theme {
    let hint = || background::is_light_by(&env("COLORFGBG")?);
    match ground.map(Rgb::is_light).or_else(hint) {
        Some(true) => Theme::light(depth),
        Some(false) => Theme::dark(depth),
        None => Theme::colour(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIGHT: Option<Rgb> = Some(Rgb(250, 250, 250));

    fn chosen(flag: Option<ThemeName>, of: Option<ThemeName>, env: &[(&str, &str)]) -> Theme {
        let look = Look { theme: of, ..Look::default() };
        let env = |name: &str| {
            env.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
        };
        theme(flag, &look, &env, || LIGHT)
    }

    fn same(one: &Theme, other: &Theme) -> bool {
        format!("{one:?}") == format!("{other:?}")
    }

    #[test]
    fn the_command_line_wins_over_the_environment_and_that_over_the_file() {
        let (dark, light) = (Some(ThemeName::Dark), Some(ThemeName::Light));
        let no_colour = [("NO_COLOR", "1"), ("COLORTERM", "truecolor")];
        assert!(same(&chosen(dark, light, &no_colour), &Theme::dark(Depth::All)));
        assert!(same(&chosen(None, light, &no_colour), &Theme::mono()));
        assert!(same(&chosen(None, light, &[]), &Theme::light(Depth::Indexed)));
        assert!(same(&chosen(None, dark, &[("NO_COLOR", "")]), &Theme::dark(Depth::Indexed)));
        let dumb = Theme::mono().with_glyphs(Glyphs::Ascii);
        assert!(same(&chosen(None, None, &[("TERM", "dumb")]), &dumb));
    }

    #[test]
    fn the_mouse_begins_as_told_and_else_only_near_by() {
        let at_hand = |_: &str| None;
        let afar = |name: &str| (name == "SSH_TTY").then(|| "/dev/pts/3".to_owned());
        let told = |mouse| Look { mouse, ..Look::default() };
        assert_eq!(mouse(false, &told(None), &at_hand), Begun::On);
        assert_eq!(mouse(false, &told(None), &afar), Begun::OffOverSsh);
        assert_eq!(mouse(false, &told(Some(true)), &afar), Begun::AsTold(true));
        assert_eq!(mouse(false, &told(Some(false)), &at_hand), Begun::AsTold(false));
        assert_eq!(mouse(true, &told(Some(true)), &at_hand), Begun::AsTold(false));
    }

    #[test]
    fn without_a_name_the_terminal_decides() {
        let all = [("COLORTERM", "truecolor")];
        assert!(same(&chosen(None, None, &all), &Theme::light(Depth::All)));
        let asks_not = |env: &[(&str, &str)]| same(&chosen(None, None, env), &Theme::colour());
        assert!(asks_not(&[("TERM", "xterm-256color")]));
        let silent = |hint: &str| {
            let hint = hint.to_owned();
            let env = move |name: &str| match name {
                "COLORTERM" => Some("24bit".to_owned()),
                "COLORFGBG" => Some(hint.clone()),
                _ => None,
            };
            theme(None, &Look::default(), &env, || None)
        };
        assert!(same(&silent("0;15"), &Theme::light(Depth::All)));
        assert!(same(&silent("15;0"), &Theme::dark(Depth::All)));
        assert!(same(&silent(""), &Theme::colour()), "nobody knows");
    }
}
