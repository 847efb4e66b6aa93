//! The themes that know their own ground, as few colours each; the roles follow from them.

use ratatui::style::{Color, Modifier, Style};

use super::{Colours, Depth, Rgb, Theme};
use crate::config::look::Glyphs;

/// A ground, and what is seen upon it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    ground: Rgb,
    text: Rgb,
    faint: Rgb,
    line: Rgb,
    accent: Rgb,
    good: Rgb,
    warn: Rgb,
    bad: Rgb,
    odd: Rgb,
    /// Text and ground of the row under the cursor.
    cursor: (Rgb, Rgb),
    /// The ground of the same row where the focus is not.
    away: Rgb,
    /// Text and ground in the header: a real account, the practice account, production.
    account: (Rgb, Rgb),
    practice: (Rgb, Rgb),
    production: (Rgb, Rgb),
}

const BLACK: Rgb = Rgb::hex(0x00_00_00);
const WHITE: Rgb = Rgb::hex(0xff_ff_ff);

pub(super) const DARK: Palette = Palette {
    ground: Rgb::hex(0x14_17_1c),
    text: Rgb::hex(0xd7_da_e0),
    faint: Rgb::hex(0x9a_a2_ae),
    line: Rgb::hex(0x80_8a_9a),
    accent: Rgb::hex(0x5c_cf_e6),
    good: Rgb::hex(0x8f_d1_6a),
    warn: Rgb::hex(0xf2_c1_4e),
    bad: Rgb::hex(0xff_7b_72),
    odd: Rgb::hex(0xd9_a0_f2),
    cursor: (WHITE, Rgb::hex(0x25_57_a6)),
    away: Rgb::hex(0x2a_30_3a),
    account: (BLACK, Rgb::hex(0xf2_c1_4e)),
    practice: (BLACK, Rgb::hex(0x5c_cf_e6)),
    production: (WHITE, Rgb::hex(0xb0_1e_23)),
};

pub(super) const LIGHT: Palette = Palette {
    ground: Rgb::hex(0xfb_fa_f7),
    text: Rgb::hex(0x1f_23_28),
    faint: Rgb::hex(0x57_5e_68),
    line: Rgb::hex(0x6c_72_7b),
    accent: Rgb::hex(0x00_5f_73),
    good: Rgb::hex(0x1c_65_28),
    warn: Rgb::hex(0x75_4c_00),
    bad: Rgb::hex(0xa8_14_19),
    odd: Rgb::hex(0x73_2a_98),
    cursor: (WHITE, Rgb::hex(0x1f_5c_ad)),
    away: Rgb::hex(0xe2_e5_e9),
    account: (BLACK, Rgb::hex(0xf2_c1_4e)),
    practice: (BLACK, Rgb::hex(0x5c_cf_e6)),
    production: (WHITE, Rgb::hex(0xb0_1e_23)),
};

/// What is good is blue and what is bad is orange: red and green are one colour to whoever needs this theme.
pub(super) const DEUTERANOPIA: Palette = Palette {
    ground: Rgb::hex(0x14_17_1c),
    text: Rgb::hex(0xd7_da_e0),
    faint: Rgb::hex(0x9a_a2_ae),
    line: Rgb::hex(0x80_8a_9a),
    accent: Rgb::hex(0xc3_d4_ff),
    good: Rgb::hex(0x56_b4_e9),
    warn: Rgb::hex(0xf7_ec_7a),
    bad: Rgb::hex(0xf0_82_1e),
    odd: Rgb::hex(0xe0_90_c0),
    cursor: (WHITE, Rgb::hex(0x25_57_a6)),
    away: Rgb::hex(0x2a_30_3a),
    account: (BLACK, Rgb::hex(0xf0_e4_42)),
    practice: (BLACK, Rgb::hex(0x56_b4_e9)),
    production: (WHITE, Rgb::hex(0x9a_46_00)),
};

pub(super) const HIGH_CONTRAST: Palette = Palette {
    ground: BLACK,
    text: WHITE,
    faint: Rgb::hex(0xd0_d0_d0),
    line: WHITE,
    accent: Rgb::hex(0x00_ff_ff),
    good: Rgb::hex(0x5f_ff_5f),
    warn: Rgb::hex(0xff_ff_00),
    bad: Rgb::hex(0xff_af_af),
    odd: Rgb::hex(0xff_af_ff),
    cursor: (BLACK, Rgb::hex(0xff_ff_00)),
    away: Rgb::hex(0x30_30_30),
    account: (BLACK, Rgb::hex(0xff_ff_00)),
    practice: (BLACK, Rgb::hex(0x00_ff_ff)),
    production: (WHITE, Rgb::hex(0x8f_00_00)),
};

impl Palette {
    /// The roles, in as many colours as there are.
    pub(super) fn theme(&self, depth: Depth) -> Theme {
        let shade = |rgb: Rgb| depth.colour(rgb);
        let plain = Style::new();
        let fg = |rgb| plain.fg(shade(rgb));
        let bold = |rgb| fg(rgb).add_modifier(Modifier::BOLD);
        let on = |(text, ground)| bold(text).bg(shade(ground));
        Theme {
            base: fg(self.text).bg(shade(self.ground)),
            text: plain,
            dim: fg(self.faint),
            label: fg(self.faint),
            title: fg(self.text),
            title_focused: bold(self.accent),
            border: fg(self.line),
            border_focused: fg(self.accent),
            cursor: on(self.cursor),
            cursor_away: plain.bg(shade(self.away)).add_modifier(Modifier::BOLD),
            key: bold(self.accent),
            ok: fg(self.good),
            warn: fg(self.warn),
            bad: bold(self.bad),
            pending: fg(self.warn).add_modifier(Modifier::ITALIC),
            gone: fg(self.faint).add_modifier(Modifier::CROSSED_OUT),
            escaped: fg(self.odd),
            account: on(self.account),
            practice: on(self.practice),
            production: on(self.production),
            calm: fg(self.good),
            json_key: fg(self.accent),
            json_string: fg(self.good),
            json_number: fg(self.warn),
            json_word: fg(self.odd),
            hit: plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            colours: Colours::Exact(depth),
            glyphs: Glyphs::Unicode,
        }
    }
}

impl Depth {
    /// A colour as this terminal is told it.
    pub(super) fn colour(self, rgb: Rgb) -> Color {
        match self {
            Self::All => Color::Rgb(rgb.0, rgb.1, rgb.2),
            Self::Indexed => Color::Indexed(rgb.indexed()),
        }
    }
}
