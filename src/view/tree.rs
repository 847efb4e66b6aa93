//! A tree of attributes: what is folded, where the cursor is, what is odd about the text.

use ratatui::{
    layout::Rect,
    style::Style,
    text::{Line, Span},
};

use crate::api::attributes::Attributes;
use crate::app::tree::{self, Content, Row, Tree};
use crate::json::{Document, Kind, NodeId, Warning};
use crate::view::{Ctx, Frame, text, theme::Theme};

/// Size, validity and oddities of the text, on one line.
pub(crate) fn summary(ctx: &Ctx, tree: &Tree, attributes: &Attributes) -> Line<'static> {
    let theme = ctx.theme;
    let mut spans = vec![Span::raw("attributes")];
    // First, because the end of the line may be cut.
    if let Some((nth, total)) = tree.hit_position() {
        spans.push(Span::styled(format!(" · hit {nth}/{total}"), theme.key));
    } else if tree.hit_count() > 0 {
        spans.push(Span::styled(
            format!(" · {}", text::counted(tree.hit_count(), "hit")),
            theme.key,
        ));
    } else if !tree.search_text().is_empty() {
        spans.push(Span::styled(" · no hit", theme.warn));
    }
    if !matches!(tree.content(), Content::Empty) {
        spans.push(Span::raw(format!(" · {}", text::size(attributes.len()))));
    }
    match tree.content() {
        Content::Empty if attributes.is_absent() => spans.push(Span::styled(" · none", theme.dim)),
        Content::Empty => spans.push(Span::styled(" · empty text", theme.warn)),
        Content::Text { error, .. } => {
            spans.push(Span::styled(format!(" · ✖ not JSON: {error}"), theme.bad));
        }
        Content::Json(document) => {
            spans.push(Span::styled(" · valid", theme.ok));
            let entries = document.child_count(document.root());
            match document.kind(document.root()) {
                Kind::Object => {
                    spans.push(Span::raw(format!(" · {}", text::counted(entries, "key"))));
                }
                Kind::Array => {
                    spans.push(Span::raw(format!(" · {}", text::counted(entries, "item"))));
                }
                _ => {}
            }
            let warnings = document.warnings();
            if let Some(first) = warnings.first() {
                spans.push(Span::styled(format!(" · ⚠ {}", short(first)), theme.warn));
            }
            if warnings.len() > 1 {
                let others = warnings.len() - 1;
                spans.push(Span::styled(format!(" and {others} more"), theme.warn));
            }
        }
    }
    Line::from(spans)
}

fn short(warning: &Warning) -> &'static str {
    match warning {
        Warning::DuplicateKey { .. } => "a key stands twice",
        Warning::BigNumber { .. } => "a big number, kept as written",
        Warning::NotAnObject { .. } => "not an object",
        Warning::Deep { .. } => "deeply nested",
        Warning::More { .. } => "more",
    }
}

/// The JSON pointer of the line under the cursor, for the foot of the pane.
pub(crate) fn pointer(ctx: &Ctx, tree: &Tree, width: usize) -> Line<'static> {
    let Content::Json(_) = tree.content() else { return Line::default() };
    let pointer = tree.pointer();
    let theme = ctx.theme;
    let mut spans = vec![Span::raw(" ")];
    if pointer.is_empty() {
        spans.push(Span::styled("(root)", theme.dim));
    } else {
        spans.extend(text::remote(&pointer, theme.key, theme));
    }
    spans.push(Span::raw(" "));
    text::fit(Line::from(spans), width).right_aligned()
}

/// Draws the rows in the window.
pub(crate) fn render(
    ctx: &Ctx,
    tree: &Tree,
    attributes: &Attributes,
    focused: bool,
    area: Rect,
    frame: &mut Frame,
) {
    let width = usize::from(area.width);
    let cursor = tree.cursor_row();
    for y in 0..area.height {
        let at = tree.top() + usize::from(y);
        let is_cursor = at == cursor;
        let line = match tree.content() {
            Content::Empty if at == 0 => {
                let words =
                    if attributes.is_absent() { "no attributes" } else { "the text is empty" };
                Line::styled(format!("  {words}"), ctx.theme.dim)
            }
            Content::Empty => break,
            Content::Json(document) => match tree.rows().get(at) {
                Some(row) => json_row(ctx, tree, document, row),
                None => break,
            },
            Content::Text { error, lines } => match lines.get(at) {
                Some(line) => text_row(ctx, line, at + 1 == error.line),
                None => break,
            },
        };
        let row = Rect { y: area.y + y, height: 1, ..area };
        let marker = if is_cursor { "▶ " } else { "  " };
        let mut spans = vec![Span::styled(marker, ctx.theme.dim)];
        spans.extend(line.spans.into_iter().map(|span| span.patch_style(line.style)));
        let mut line = text::fit(Line::from(spans), width);
        if is_cursor && focused {
            line = text::under(line, ctx.theme.cursor);
            frame.buffer_mut().set_style(row, ctx.theme.cursor);
        }
        frame.render_widget(line, row);
    }
}

fn text_row(ctx: &Ctx, line: &str, wrong: bool) -> Line<'static> {
    let style = if wrong { ctx.theme.bad } else { ctx.theme.text };
    Line::from(text::remote(line, style, ctx.theme))
}

fn json_row(ctx: &Ctx, tree: &Tree, document: &Document, row: &Row) -> Line<'static> {
    let theme = ctx.theme;
    let fold = match (row.foldable, row.folded) {
        (true, true) => "▸ ",
        (true, false) => "▾ ",
        (false, _) => "  ",
    };
    let mut spans = vec![Span::raw("  ".repeat(row.depth.min(60))), Span::styled(fold, theme.dim)];
    let hit = tree.is_hit(row.node);
    let with_hit = |style: Style| if hit { style.patch(theme.hit) } else { style };
    match (document.key(row.node), document.parent(row.node)) {
        (Some(key), _) => spans.extend(text::remote(&key, with_hit(theme.json_key), theme)),
        (None, Some(_)) => {
            let index = document.index_in_parent(row.node);
            spans.push(Span::styled(index.to_string(), with_hit(theme.dim)));
        }
        (None, None) => spans.push(Span::styled("(root)", theme.dim)),
    }
    spans.push(Span::raw("  "));
    spans.extend(value(document, row, with_hit, theme));
    if document.is_big_number(row.node) {
        spans.push(Span::styled("  ⚠ kept as written", theme.warn));
    }
    if document.is_shadowed(row.node) {
        spans.push(Span::styled("  ⚠ the same key stands again below", theme.warn));
    }
    Line::from(spans)
}

fn value(
    document: &Document,
    row: &Row,
    with_hit: impl Fn(Style) -> Style,
    theme: &Theme,
) -> Vec<Span<'static>> {
    let count = document.child_count(row.node);
    let (style, brackets) = match document.kind(row.node) {
        Kind::Object => (theme.dim, Some(("{", "}"))),
        Kind::Array => (theme.dim, Some(("[", "]"))),
        Kind::String => (theme.json_string, None),
        Kind::Number => (theme.json_number, None),
        Kind::Bool | Kind::Null => (theme.json_word, None),
    };
    let Some((open, close)) = brackets else {
        return text::remote(document.raw(row.node), with_hit(style), theme);
    };
    let mut spans = vec![Span::styled(format!("{open}{count}{close}"), style)];
    if row.folded && count > 0 {
        spans.push(Span::raw("  "));
        spans.extend(preview(document, row.node, theme));
    }
    spans
}

/// The first values of a folded container.
fn preview(document: &Document, node: NodeId, theme: &Theme) -> Vec<Span<'static>> {
    let summary = tree::summary(document, node, 4);
    let mut spans = Vec::new();
    for (at, piece) in summary.pieces.iter().enumerate() {
        if at > 0 {
            spans.push(Span::styled(", ", theme.dim));
        }
        if let Some(key) = piece.key {
            spans.extend(text::remote(key, theme.dim, theme));
            spans.push(Span::styled(": ", theme.dim));
        }
        spans.extend(text::remote(piece.value, theme.dim, theme));
    }
    if summary.more {
        spans.push(Span::styled(", …", theme.dim));
    }
    spans
}
