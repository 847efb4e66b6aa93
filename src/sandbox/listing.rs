//! Which rows of a collection a list shows, and in which order.

use super::{
    form::Form,
    paging::Start,
    problem::{self as code, Problem},
    row::Row,
    schema::{Filter, Resource},
    table::Table,
};

/// The rows a client asked for.
#[derive(Debug, Default)]
pub(super) struct Wanted {
    /// The parameters as given, to be repeated in the addresses of other pages.
    pub(super) given: Vec<(&'static str, String)>,
    key: &'static str,
    values: Vec<String>,
    newest_first: bool,
}

impl Wanted {
    pub(super) fn read(resource: &Resource, form: &Form) -> Result<Self, Problem> {
        let mut wanted = Self::default();
        if let Some(filter) = &resource.filter {
            wanted.filter(filter, form)?;
        }
        if let Some(order) = form.last("Order").filter(|_| resource.ordered) {
            if !["asc", "desc"].contains(&order) {
                let message = format!("Order must be one of asc, desc, not {order}");
                return Err(Problem::told(code::INVALID, message));
            }
            wanted.newest_first = order == "desc";
            wanted.given.push(("Order", order.to_owned()));
        }
        Ok(wanted)
    }

    fn filter(&mut self, filter: &Filter, form: &Form) -> Result<(), Problem> {
        let values: Vec<String> = form.all(filter.name).map(str::to_owned).collect();
        if let Some(known) = filter.known
            && let Some(odd) = values.iter().find(|value| !known.contains(&value.as_str()))
        {
            let message = format!("{} must be one of {}, not {odd}", filter.name, known.join(", "));
            return Err(Problem::told(code::INVALID, message));
        }
        self.key = filter.key;
        self.given = values.iter().map(|value| (filter.name, value.clone())).collect();
        self.values = if values.is_empty() {
            filter.default.iter().map(|value| (*value).to_owned()).collect()
        } else {
            values
        };
        Ok(())
    }

    /// The rows on that side of a page's edge, the nearest first.
    pub(super) fn rows<'a>(
        &'a self,
        table: &'a Table,
        scope: &'a str,
        start: Start,
    ) -> Box<dyn Iterator<Item = (u64, Row<'a>)> + 'a> {
        let backwards = matches!(start, Start::Before(_)) != self.newest_first;
        let rows = table.rows(scope, start.range(self.newest_first));
        let rows = rows.filter(|(_, row)| self.keeps(*row));
        if backwards { Box::new(rows.rev()) } else { Box::new(rows) }
    }

    fn keeps(&self, row: Row<'_>) -> bool {
        if self.values.is_empty() {
            return true;
        }
        let value = row.maybe_text(self.key);
        self.values.iter().any(|wanted| Some(wanted.as_str()) == value.as_deref())
    }
}
