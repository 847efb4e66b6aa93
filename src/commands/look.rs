//! Which theme it is: the command line's, none at all where the environment asks for that, the config's, or what suits
//! the terminal.

use crate::{
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
