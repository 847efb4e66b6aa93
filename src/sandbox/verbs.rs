//! What each verb does, for every resource alike: the route and the schema say the rest.

use serde_json::{Value, json};

use super::{
    answer::{self, Site},
    births, check, clock, flex,
    form::Form,
    listing::Wanted,
    nest::nest,
    paging::{Edition, Start, Window},
    problem::{self as code, Problem},
    route::{Matched, Verb},
    row::Row,
    schema::{Kind, Moment, Resource, Rule},
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

/// What goes back: the status and, unless there is none, the body, which is JSON.
pub(super) type Answer = (u16, Option<Vec<u8>>);

impl Call<'_> {
    pub(super) fn run(&mut self, verb: Verb) -> Result<Answer, Problem> {
        let spot = self.world.walk(&self.matched.steps).ok_or_else(|| not_found(self.path))?;
        let resource = self.matched.route.resource;
        // At a list the spot is the channel; at a message the walk has come through it.
        if resource.kind == Kind::Message && matches!(verb, Verb::List | Verb::Create) {
            self.world.tell(&spot);
        }
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

    fn site(&self, listed: bool) -> Site<'_> {
        Site { world: self.world, origin: self.origin, listed }
    }

    fn shown(&self, resource: &Resource, seq: u64) -> Result<Vec<u8>, Problem> {
        let row = self.world.table(resource.kind).row(seq).ok_or_else(|| not_found(self.path))?;
        let mut body = Vec::new();
        self.site(false).write(&mut body, resource, row);
        Ok(body)
    }

    fn create(&mut self, resource: &Resource, parent: &Spot) -> Result<Answer, Problem> {
        let changes = nest(check::changes(resource, Moment::Create, self.form)?, None);
        self.check_relations(resource, &changes, &parent.service, None)?;
        let doc = births::document(self.world, resource, parent, changes, &clock::now())?;
        let seq = self.world.table_mut(resource.kind).insert(doc);
        Ok((201, Some(self.shown(resource, seq)?)))
    }

    fn update(&mut self, resource: &Resource, spot: &Spot) -> Result<Answer, Problem> {
        let changes = check::changes(resource, Moment::Update, self.form)?;
        let doc = self.world.table(resource.kind).get(spot.seq);
        let doc = doc.ok_or_else(|| not_found(self.path))?.into_owned();
        let mut changes = nest(changes, Some(&doc));
        self.check_relations(resource, &changes, &spot.service, Some(spot.seq))?;
        let now = clock::now();
        if resource.kind == Kind::Membership {
            self.check_horizon(&doc, &changes)?;
            if changes.contains_key("last_consumed_message_index") {
                let read_at = changes.entry("last_consumption_timestamp");
                read_at.or_insert_with(|| Value::from(now.as_str()));
            }
        }
        if resource.kind == Kind::FlexFlow {
            // Whether the parts are all there shows in the whole only.
            let mut whole = doc;
            whole.extend(changes);
            flex::integrated(self.world, &mut whole)?;
            changes = whole;
            changes.remove("date_updated");
        }
        if resource.kind == Kind::Message && changes.contains_key("body") {
            changes.insert("was_edited".to_owned(), Value::from(true));
        }
        changes.entry("date_updated").or_insert_with(|| Value::from(now));
        self.world.table_mut(resource.kind).update(spot.seq, changes);
        Ok((200, Some(self.shown(resource, spot.seq)?)))
    }

    /// A unique name is nobody else's, a role is one of this service.
    fn check_relations(
        &self,
        resource: &Resource,
        changes: &Doc,
        service: &str,
        own: Option<u64>,
    ) -> Result<(), Problem> {
        let ours = &self.world.account.messaging_services;
        for column in resource.columns {
            let Some(name) = changes.get(column.key).and_then(Value::as_str) else { continue };
            let known = |kind: Kind| self.world.table(kind).find(service, name);
            match column.param.as_ref().map(|param| &param.rule) {
                Some(Rule::Unique { .. }) => {
                    let holder = known(resource.kind);
                    if holder.is_some() && holder != own {
                        return Err(code::UNIQUE_EXISTS.into());
                    }
                }
                Some(Rule::MessagingService) if !ours.iter().any(|sid| sid == name) => {
                    let ours = ours.join(", ");
                    let message =
                        format!("{}: this one has {ours}", code::MESSAGING_FOREIGN.message);
                    return Err(Problem::told(code::MESSAGING_FOREIGN, message));
                }
                Some(Rule::Sid("RL", wrong)) if known(Kind::Role).is_none() => {
                    return Err((*wrong).into());
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Nobody can have read further than the last message.
    fn check_horizon(&self, membership: &Doc, changes: &Doc) -> Result<(), Problem> {
        let index = changes.get("last_consumed_message_index").and_then(Value::as_u64);
        let (service, channel) = (text(membership, "service_sid"), text(membership, "channel_sid"));
        match index {
            Some(index) if index >= self.world.next_index(service, channel) => {
                Err(code::CONSUMED_INDEX.into())
            }
            _ => Ok(()),
        }
    }

    fn list(&self, resource: &Resource, parent: &Spot) -> Result<Answer, Problem> {
        let table = self.world.table(resource.kind);
        let wanted = Wanted::read(resource, self.form)?;
        let (path, revision) = (self.path, table.revision(&parent.scope));
        let edition = Edition { path, asked: &wanted.given, revision };
        let window = edition.window(self.form, resource.largest_page(self.max_page_size))?;
        let most = usize::try_from(window.size).unwrap_or(usize::MAX);
        let rows = |start: Start| wanted.rows(table, &parent.scope, start);
        let mut page: Vec<(u64, Row<'_>)> = rows(window.start).take(most).collect();
        if matches!(window.start, Start::Before(_)) {
            page.reverse();
        }
        let ends = page.first().zip(page.last()).map(|(first, last)| (first.0, last.0));
        let has = |start: &Start| rows(*start).next().is_some();
        let previous = ends.map(|ends| Start::Before(ends.0)).filter(has);
        let next = ends.map(|ends| Start::After(ends.1)).filter(has);
        let meta = Meta { call: self, wanted: &wanted, edition: &edition, window };
        let site = self.site(true);
        let mut body = Vec::with_capacity(1024 + page.len() * 1280);
        body.extend_from_slice(b"{\"meta\":");
        answer::json(&mut body, &meta.show(resource.key, previous, next));
        body.extend_from_slice(format!(",\"{}\":[", resource.key).as_bytes());
        for (number, (_, row)) in page.into_iter().enumerate() {
            if number > 0 {
                body.push(b',');
            }
            site.write(&mut body, resource, row);
        }
        body.extend_from_slice(b"]}");
        Ok((200, Some(body)))
    }
}

/// The refusal for a path that leads nowhere. The message leaves the version out, as the service's does.
pub(super) fn not_found(path: &str) -> Problem {
    let versions = ["/v1", "/v2", "/v3"];
    let below = versions.iter().find_map(|version| path.strip_prefix(version)).unwrap_or(path);
    Problem::told(code::NOT_FOUND, format!("The requested resource {below} was not found"))
}

/// The `meta` of a page.
struct Meta<'a> {
    call: &'a Call<'a>,
    wanted: &'a Wanted,
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
        query.extend_pairs(&self.wanted.given);
        query.append_pair("PageSize", &self.window.size.to_string());
        query.append_pair("Page", &number.to_string());
        if start != Start::First {
            query.append_pair("PageToken", &self.edition.token(number, start));
        }
        format!("{}{}?{}", self.call.origin, self.call.path, query.finish())
    }
}
