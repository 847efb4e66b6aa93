//! Colours as numbers: how far apart they are, and what a terminal of 256 colours has in their place.

/// Red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// As it is written in the web's way: `0x5c_cf_e6`.
    pub(crate) const fn hex(number: u32) -> Self {
        let [_, red, green, blue] = number.to_be_bytes();
        Self(red, green, blue)
    }

    /// How bright it is to the eye, from 0 to 1, as the accessibility guidelines (WCAG 2) reckon it.
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2)
    }

    /// How well one is seen upon the other, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// Whether dark text is read better upon it than light text.
    pub fn is_light(self) -> bool {
        self.contrast(Self(0, 0, 0)) > self.contrast(Self(255, 255, 255))
    }

    /// The nearest of the 256 colours, beyond the sixteen that everyone chooses for themselves.
    pub(crate) fn indexed(self) -> u8 {
        let apart = |index: &u8| {
            let other = Self::of_index(*index);
            let square = |one: u8, two: u8| u32::from(one.abs_diff(two)).pow(2);
            square(self.0, other.0) + square(self.1, other.1) + square(self.2, other.2)
        };
        (16..=u8::MAX).min_by_key(apart).unwrap_or(16)
    }

    /// One of the 256 colours: a cube of six steps each, then greys.
    pub(crate) fn of_index(index: u8) -> Self {
        if index >= 232 {
            let grey = 8 + (index - 232) * 10;
            return Self(grey, grey, grey);
        }
        let at = index.saturating_sub(16);
        let steps = [0, 95, 135, 175, 215, 255];
        let part = |at: u8| steps.get(usize::from(at % 6)).copied().unwrap_or(0);
        Self(part(at / 36), part(at / 6), part(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrast_is_reckoned_as_the_guidelines_do() {
        let (black, white) = (Rgb::hex(0), Rgb::hex(0xff_ff_ff));
        assert!((black.contrast(white) - 21.0).abs() < 1e-9);
        assert!((white.contrast(white) - 1.0).abs() < 1e-9);
        // The grey that the guidelines name as the lightest that is read on white.
        assert!((Rgb::hex(0x76_76_76).contrast(white) - 4.54).abs() < 0.01);
        assert!(white.is_light() && !Rgb::hex(0x1e_1e_1e).is_light());
    }

    #[test]
    fn every_indexed_colour_is_nearest_to_itself() {
        for index in 16..=u8::MAX {
            assert_eq!(Rgb::of_index(Rgb::of_index(index).indexed()), Rgb::of_index(index));
        }
    }
}
