//! A frame as SVG. What stands in a cell stands in its cell, whatever font draws it; frames are drawn as strokes,
//! because fonts leave gaps between lines.

use std::fmt::Write;

use ratatui::{
    buffer::{Buffer, Cell},
    style::{Color, Modifier},
};
use unicode_width::UnicodeWidthStr;

/// Width and height of a cell; letters are 14 high.
const CELL: (f64, f64) = (8.4, 18.0);
/// Room around the frame.
const MARGIN: f64 = 10.0;
const HEAD: &str = "<style>text{font:14px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace}\
                    path{fill:none;stroke-width:1.2}</style>";

/// Cells of one line that look the same.
struct Run<'a> {
    column: usize,
    text: String,
    like: &'a Cell,
}

/// The frame as a picture. The theme must tell each colour.
pub(super) fn svg(title: &str, buffer: &Buffer) -> String {
    let (columns, lines) = (buffer.area.width, buffer.area.height);
    let (width, height) =
        (f64::from(columns) * CELL.0 + 2.0 * MARGIN, f64::from(lines) * CELL.1 + 2.0 * MARGIN);
    let ground = buffer[(0, lines - 1)].bg;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n\
         <title>{}</title>\n{HEAD}\n<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{}\"/>\n",
        title,
        hex(ground)
    );
    for (line, row) in buffer.content.chunks(usize::from(columns)).enumerate() {
        for run in runs(row) {
            draw(&mut out, line, &run, ground);
        }
    }
    out + "</svg>\n"
}

fn runs(row: &[Cell]) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut column = 0;
    while let Some(cell) = row.get(column) {
        let symbol = cell.symbol();
        let look = |it: &Cell| (it.fg, it.bg, it.modifier);
        match runs.last_mut() {
            // Letters that a font may lack, or draw wider, stand alone.
            Some(run)
                if look(run.like) == look(cell)
                    && (run.like.symbol() == symbol
                        || run.text.is_ascii() && symbol.is_ascii()) =>
            {
                run.text.push_str(symbol);
            }
            _ => runs.push(Run { column, text: symbol.to_owned(), like: cell }),
        }
        column += symbol.width().max(1);
    }
    runs
}

fn draw(out: &mut String, line: usize, run: &Run<'_>, ground: Color) {
    #[expect(clippy::cast_precision_loss, reason = "a screen has few cells")]
    let (at, cells, line) = (run.column as f64, run.text.width() as f64, line as f64);
    let (left, top, width) = (MARGIN + at * CELL.0, MARGIN + line * CELL.1, cells * CELL.0);
    let modifier = run.like.modifier;
    let is_swapped = modifier.contains(Modifier::REVERSED);
    let (fg, bg) = (run.like.fg, run.like.bg);
    let (ink, paper) = if is_swapped { (bg, fg) } else { (fg, bg) };
    let told = if paper == ground {
        Ok(())
    } else {
        let (height, paper) = (CELL.1, hex(paper));
        writeln!(
            out,
            r#"<rect x="{left:.1}" y="{top:.0}" width="{width:.1}" height="{height:.0}" fill="{paper}"/>"#
        )
    };
    told.expect("memory does not fail");
    if run.text.trim().is_empty() {
        return;
    }
    let ink = hex(ink);
    let told = if let Some(path) = strokes(run.like.symbol(), (left, top), cells) {
        writeln!(out, r#"<path d="{path}" stroke="{ink}"/>"#)
    } else {
        let (text, looks, base) = (escaped(&run.text), looks(modifier), top + CELL.1 * 0.72);
        writeln!(
            out,
            r#"<text x="{left:.1}" y="{base:.1}" textLength="{width:.1}" fill="{ink}"{looks}>{text}</text>"#
        )
    };
    told.expect("memory does not fail");
}

/// A part of a frame, so many times.
fn strokes(symbol: &str, (x, y): (f64, f64), cells: f64) -> Option<String> {
    let (middle, centre) = (x + CELL.0 / 2.0, y + CELL.1 / 2.0);
    let bent = |from: f64, to: f64| {
        format!("M{middle:.1} {from:.1}Q{middle:.1} {centre:.1} {to:.1} {centre:.1}")
    };
    Some(match symbol {
        "─" => format!("M{x:.1} {centre:.1}h{:.1}", cells * CELL.0),
        "│" => format!("M{middle:.1} {y:.1}v{:.1}", CELL.1),
        "╭" => bent(y + CELL.1, x + CELL.0),
        "╮" => bent(y + CELL.1, x),
        "╰" => bent(y, x + CELL.0),
        "╯" => bent(y, x),
        _ => return None,
    })
}

fn looks(modifier: Modifier) -> String {
    let all = [
        (Modifier::BOLD, r#" font-weight="bold""#),
        (Modifier::ITALIC, r#" font-style="italic""#),
        (Modifier::UNDERLINED, r#" text-decoration="underline""#),
        (Modifier::CROSSED_OUT, r#" text-decoration="line-through""#),
    ];
    all.iter().filter(|(it, _)| modifier.contains(*it)).map(|(_, told)| *told).collect()
}

fn hex(colour: Color) -> String {
    match colour {
        Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
        other => panic!("{other:?} is the terminal's own"),
    }
}

/// Blanks that no reader of SVG gathers to one.
fn escaped(text: &str) -> String {
    text.replace(' ', "\u{a0}").replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
