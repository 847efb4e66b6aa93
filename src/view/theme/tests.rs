//! Every theme is read: by its numbers, and on every screen.

use super::*;
use crate::config::{Colour, look::ROLES};

const DEPTHS: [Depth; 2] = [Depth::All, Depth::Indexed];

type Themes = [(&'static str, fn(Depth) -> Theme, f64); 4];

/// The themes that know their ground, and the least contrast of text in them.
const EXACT: Themes = [
    ("dark", Theme::dark, 4.5),
    ("light", Theme::light, 4.5),
    ("deuteranopia", Theme::deuteranopia, 4.5),
    ("high-contrast", Theme::high_contrast, 7.0),
];

fn rgb(colour: Option<Color>) -> Option<Rgb> {
    match colour? {
        Color::Rgb(red, green, blue) => Some(Rgb(red, green, blue)),
        Color::Indexed(index @ 16..) => Some(Rgb::of_index(index)),
        other => panic!("{other:?} is whatever the terminal makes of it"),
    }
}

#[test]
fn every_role_of_every_theme_is_read_upon_its_ground() {
    for (name, theme, least) in EXACT {
        for depth in DEPTHS {
            let mut theme = theme(depth);
            let (text, ground) = (rgb(theme.base.fg).unwrap(), rgb(theme.base.bg).unwrap());
            let away = rgb(theme.cursor_away.bg).unwrap();
            for (role, known, _) in ROLES {
                let style = *theme.style_of(*known);
                let fg = rgb(style.fg).unwrap_or(text);
                // Titles stand in frames, which are in no row.
                let is_frame = matches!(known, Role::Border | Role::BorderFocused);
                // What has no ground of its own stands on the screen's, or in a row that the focus has left.
                let grounds = rgb(style.bg).map_or_else(|| vec![ground, away], |own| vec![own]);
                for ground in grounds.into_iter().take(if is_frame { 1 } else { 2 }) {
                    let contrast = fg.contrast(ground);
                    assert!(contrast >= least, "{name} {depth:?} {role}: {contrast:.2}");
                }
            }
            for (colour, known) in Colour::NAMES {
                let band = theme.band(false, Some(*known));
                let contrast = rgb(band.fg).unwrap().contrast(rgb(band.bg).unwrap());
                assert!(contrast >= 4.5, "{name} {depth:?} {colour}: {contrast:.2}");
            }
        }
    }
}

#[test]
fn the_row_under_the_cursor_stands_out_in_every_theme() {
    for (name, theme, _) in EXACT {
        for depth in DEPTHS {
            let theme = theme(depth);
            let ground = rgb(theme.base.bg).unwrap();
            let (cursor, away) =
                (rgb(theme.cursor.bg).unwrap(), rgb(theme.cursor_away.bg).unwrap());
            assert!(cursor.contrast(ground) > 1.9, "{name}: {}", cursor.contrast(ground));
            assert!(away != ground && away != cursor, "{name}");
        }
    }
    assert!(Theme::mono().cursor.add_modifier.contains(Modifier::REVERSED));
    assert!(Theme::colour().cursor.bg.is_some());
}

/// How somebody without the receptors for green sees a colour (Machado and others, 2009), in linear light.
fn without_green(rgb: Rgb) -> [f64; 3] {
    let linear = |part: u8| Rgb(part, part, part).luminance();
    let seen = [linear(rgb.0), linear(rgb.1), linear(rgb.2)];
    let rows = [
        [0.367_322, 0.860_646, -0.227_968],
        [0.280_085, 0.672_501, 0.047_413],
        [-0.011_820, 0.042_940, 0.968_881],
    ];
    rows.map(|row: [f64; 3]| row.iter().zip(seen).map(|(one, part)| one * part).sum())
}

#[test]
fn good_and_bad_differ_for_whoever_sees_no_green() {
    let apart = |theme: &Theme| {
        let [ok, warn, bad] =
            [theme.ok, theme.warn, theme.bad].map(|it| without_green(rgb(it.fg).unwrap()));
        let apart = |one: [f64; 3], other: [f64; 3]| {
            one.iter().zip(other).map(|(one, other)| (one - other).powi(2)).sum::<f64>().sqrt()
        };
        apart(ok, bad).min(apart(ok, warn)).min(apart(warn, bad))
    };
    let theme = apart(&Theme::deuteranopia(Depth::All));
    assert!(theme > 0.4, "{theme:.2}");
    assert!(theme > apart(&Theme::dark(Depth::All)), "the usual ones are nearer to each other");
}

#[test]
fn a_role_gets_the_colour_that_was_asked_for_and_keeps_its_weight() {
    let paint = Paint { shade: Shade::Rgb(1, 2, 3), ground: Some(Shade::Named(4)) };
    for (name, role, _) in ROLES {
        let mut theme = Theme::dark(Depth::All).with_roles(&[(*role, paint)], Depth::All);
        let before = *Theme::dark(Depth::All).style_of(*role);
        let style = *theme.style_of(*role);
        let shade = if *role == Role::Background { style.bg } else { style.fg };
        assert_eq!(shade, Some(Color::Rgb(1, 2, 3)), "{name}");
        assert_eq!(style.add_modifier, before.add_modifier, "{name}");
        let mono = Theme::mono().with_roles(&[(*role, paint)], Depth::All);
        assert_eq!(
            format!("{mono:?}"),
            format!("{:?}", Theme::mono()),
            "{name}: no colour is none"
        );
    }
}
