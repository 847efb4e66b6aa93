//! What each verb does, for every resource alike: the route and the schema say the rest.

use serde_json::{Map, Value, json};

use super::{
    answer::Site,
    check, clock,
    form::Form,
    paging::{Edition, Start, Window},
    problem::{self as code, Problem},
    route::{Matched, Verb},
    schema::{Blank, Kind, Moment, Resource, Source},
    table::{Doc, text},
    world::{Spot, World},
};

/// An understood request, and the account's state to answer it from.
#[derive(Debug)]
pub(super) struct Call<'a> {
    pub(super) world: &'a mut World,
    pub(super) matched: &'a Matched,
    /// As it came, percent-encoded.
    pub(super) path: &'a str,
    pub(super) form: &'a Form,
    pub(super) origin: &'a str,
    pub(super) max_page_size: u32,
}

/// What goes back: the status and, unless there is none, the body.
pub(super) type Answer = (u16, Option<Value>);

impl Call<'_> {
    pub(super) fn run(&mut self, verb: Verb) -> Result<Answer, Problem> {
        let spot = self.world.walk(&self.matched.steps).ok_or_else(|| not_found(self.path))?;
        let resource = self.matched.route.resource;
        match verb {
            Verb::List => self.list(resource, &spot),
            Verb::Create => self.create(resource, &spot),
            Verb::Fetch => Ok((200, Some(self.shown(resource, spot.seq)?))),
            Verb::Update => self.update(resource, &spot),
            Verb::Delete => {
                self.world.remove(resource.kind, spot.seq);
                Ok((204, None))
            }
        }
    }

    fn site(&self) -> Site<'_> {
        Site { world: self.world, origin: self.origin }
    }

    fn shown(&self, resource: &Resource, seq: u64) -> Result<Value, Problem> {
        let doc = self.world.table(resource.kind).get(seq).ok_or_else(|| not_found(self.path))?;
        Ok(self.site().show(resource, doc))
    }

    fn create(&mut self, resource: &Resource, parent: &Spot) -> Result<Answer, Problem> {
        let changes = check::changes(resource, Moment::Create, self.form)?;
        self.check_unique(resource, &changes, &parent.scope, None)?;
        let mut doc = Doc::new();
        doc.insert("sid".to_owned(), Value::from(self.world.new_sid(resource.prefix)));
        doc.insert("service_sid".to_owned(), Value::from(parent.scope.as_str()));
        let now = clock::now();
        for column in resource.columns {
            let start = match column.source {
                Source::Stored(Blank::Now) => now.as_str(),
                Source::Stored(Blank::Text(text)) => text,
                _ => continue,
            };
            doc.insert(column.key.to_owned(), Value::from(start));
        }
        doc.extend(changes);
        let seq = self.world.table_mut(resource.kind).insert(doc);
        Ok((201, Some(self.shown(resource, seq)?)))
    }

    fn update(&mut self, resource: &Resource, spot: &Spot) -> Result<Answer, Problem> {
        let mut changes = check::changes(resource, Moment::Update, self.form)?;
        let doc = self.world.table(resource.kind).get(spot.seq);
        let doc = doc.ok_or_else(|| not_found(self.path))?;
        let scope = text(doc, "service_sid").to_owned();
        self.check_unique(resource, &changes, &scope, Some(spot.seq))?;
        let now = clock::now();
        if resource.kind == Kind::Membership {
            self.check_horizon(doc, &changes)?;
            if changes.contains_key("last_consumed_message_index") {
                let read_at = changes.entry("last_consumption_timestamp");
                read_at.or_insert_with(|| Value::from(now.as_str()));
            }
        }
        changes.entry("date_updated").or_insert_with(|| Value::from(now));
        self.world.table_mut(resource.kind).update(spot.seq, changes);
        Ok((200, Some(self.shown(resource, spot.seq)?)))
    }

    fn check_unique(
        &self,
        resource: &Resource,
        changes: &Doc,
        scope: &str,
        own: Option<u64>,
    ) -> Result<(), Problem> {
        let unique = resource
            .columns
            .iter()
            .filter(|column| column.param.as_ref().is_some_and(|param| param.rule.is_unique()));
        for column in unique {
            let Some(name) = changes.get(column.key).and_then(Value::as_str) else { continue };
            let holder = self.world.table(resource.kind).find(scope, name);
            if holder.is_some() && holder != own {
                return Err(code::UNIQUE_EXISTS.into());
            }
        }
        Ok(())
    }

    /// Nobody can have read further than the last message.
    fn check_horizon(&self, membership: &Doc, changes: &Doc) -> Result<(), Problem> {
        let index = changes.get("last_consumed_message_index").and_then(Value::as_u64);
        match index {
            Some(index) if index >= self.world.messages_of(membership) => {
                Err(code::CONSUMED_INDEX.into())
            }
            _ => Ok(()),
        }
    }

    fn list(&self, resource: &Resource, parent: &Spot) -> Result<Answer, Problem> {
        let table = self.world.table(resource.kind);
        let filter = Wanted::read(resource, self.form)?;
        let edition = Edition {
            path: self.path,
            filter: &filter.values,
            revision: table.revision(&parent.scope),
        };
        let window = edition.window(self.form, self.max_page_size)?;
        let most = usize::try_from(window.size).unwrap_or(usize::MAX);
        let kept = |(_, doc): &(u64, &Doc)| filter.keeps(doc);
        let rows = table.between(&parent.scope, window.start.bounds()).filter(kept);
        let mut page: Vec<(u64, &Doc)> = match window.start {
            Start::Before(_) => rows.rev().take(most).collect(),
            Start::First | Start::After(_) => rows.take(most).collect(),
        };
        if matches!(window.start, Start::Before(_)) {
            page.reverse();
        }
        let has = |start: Start| {
            table.between(&parent.scope, start.bounds()).any(|row| filter.keeps(row.1))
        };
        let ends = page.first().zip(page.last()).map(|(first, last)| (first.0, last.0));
        let previous = ends.map(|ends| Start::Before(ends.0)).filter(|start| has(*start));
        let next = ends.map(|ends| Start::After(ends.1)).filter(|start| has(*start));
        let meta = Meta { call: self, filter: &filter, edition: &edition, window };
        let site = self.site();
        let mut body = Map::new();
        body.insert("meta".to_owned(), meta.show(resource.key, previous, next));
        let rows = page.into_iter().map(|(_, doc)| site.show(resource, doc)).collect();
        body.insert(resource.key.to_owned(), Value::Array(rows));
        Ok((200, Some(Value::Object(body))))
    }
}

fn not_found(path: &str) -> Problem {
    let below = path.get(3..).unwrap_or(path);
    Problem::told(code::NOT_FOUND, format!("The requested resource {below} was not found"))
}

/// The refusal for a path that no route knows.
pub(super) fn unknown(path: &str) -> Problem {
    not_found(path)
}

/// The rows a list parameter asks for.
struct Wanted {
    key: &'static str,
    /// As given, to be repeated in the addresses of other pages.
    given: Vec<(&'static str, String)>,
    values: Vec<String>,
}

impl Wanted {
    fn read(resource: &Resource, form: &Form) -> Result<Self, Problem> {
        let Some(filter) = &resource.filter else {
            return Ok(Self { key: "", given: Vec::new(), values: Vec::new() });
        };
        let given: Vec<String> = form.all(filter.name).map(str::to_owned).collect();
        if let Some(known) = filter.known
            && let Some(odd) = given.iter().find(|value| !known.contains(&value.as_str()))
        {
            let message = format!("{} must be one of {}, not {odd}", filter.name, known.join(", "));
            return Err(Problem::told(code::INVALID, message));
        }
        let values = if given.is_empty() {
            filter.default.iter().map(|value| (*value).to_owned()).collect()
        } else {
            given.clone()
        };
        let given = given.into_iter().map(|value| (filter.name, value)).collect();
        Ok(Self { key: filter.key, given, values })
    }

    fn keeps(&self, doc: &Doc) -> bool {
        let value = text(doc, self.key);
        self.values.is_empty() || self.values.iter().any(|wanted| wanted == value)
    }
}

/// The `meta` of a page.
struct Meta<'a> {
    call: &'a Call<'a>,
    filter: &'a Wanted,
    edition: &'a Edition<'a>,
    window: Window,
}

impl Meta<'_> {
    fn show(&self, key: &str, previous: Option<Start>, next: Option<Start>) -> Value {
        let Window { size, number, start } = self.window;
        json!({
            "page": number,
            "page_size": size,
            "first_page_url": self.url(0, Start::First),
            "previous_page_url": previous.map(|start| self.url(number.saturating_sub(1), start)),
            "url": self.url(number, start),
            "next_page_url": next.map(|start| self.url(number + 1, start)),
            "key": key,
        })
    }

    fn url(&self, number: u64, start: Start) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.filter.given);
        query.append_pair("PageSize", &self.window.size.to_string());
        query.append_pair("Page", &number.to_string());
        if start != Start::First {
            query.append_pair("PageToken", &self.edition.token(number, start));
        }
        format!("{}{}?{}", self.call.origin, self.call.path, query.finish())
    }
}
