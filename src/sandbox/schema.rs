//! The words in which a resource is described: keys in order, where the values come from, what may be sent.
//!
//! Answers are built from such tables and requests are checked against them. The tables themselves are in `services`,
//! `chat`, `people` and `flex`; a new resource is a new table there, its paths in `route`, and its place in `world`.

use super::problem::{self as code, Known};

/// The collections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Service,
    Role,
    User,
    Channel,
    /// A user in a channel: seen from the channel a member, from the user a user channel.
    Membership,
    Invite,
    Message,
    Webhook,
    Binding,
    FlexFlow,
    FlexChannel,
}

impl Resource {
    /// The largest page of a server with this limit.
    pub(super) fn largest_page(&self, limit: u32) -> u32 {
        match (self.max_page, self.newer_max_page) {
            (Some(agreed), _) => agreed,
            (None, Some(newer)) if limit < 1000 => newer.min(limit),
            _ => limit,
        }
    }
}

impl Kind {
    /// In the order of their declaration, which is that of the world's tables.
    pub(super) const ALL: [Self; 11] = [
        Self::Service,
        Self::Role,
        Self::User,
        Self::Channel,
        Self::Membership,
        Self::Invite,
        Self::Message,
        Self::Webhook,
        Self::Binding,
        Self::FlexFlow,
        Self::FlexChannel,
    ];
}

/// One resource as the API shows it.
#[derive(Debug)]
pub(super) struct Resource {
    pub(super) kind: Kind,
    /// The name of the array in a list, which is also `meta.key`.
    pub(super) key: &'static str,
    pub(super) prefix: &'static str,
    pub(super) columns: &'static [Column],
    pub(super) filter: Option<Filter>,
    /// Said to an update that has no parameter we know.
    pub(super) nothing: &'static Known,
    /// The largest page, where the documents agree on one.
    pub(super) max_page: Option<u32>,
    /// The largest page by the newer documents, which a server that takes less than 1000 keeps to.
    pub(super) newer_max_page: Option<u32>,
    /// Whether `Order=desc` turns the list around.
    pub(super) ordered: bool,
}

/// What most resources have in common.
pub(super) const PLAIN: Resource = Resource {
    kind: Kind::Service,
    key: "",
    prefix: "",
    columns: &[],
    filter: None,
    nothing: code::NOTHING_TO_UPDATE,
    max_page: None,
    newer_max_page: None,
    ordered: false,
};

/// One key of an answer.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) key: &'static str,
    pub(super) source: Source,
    pub(super) param: Option<Param>,
}

/// Where the value of a key comes from.
#[derive(Debug)]
pub(super) enum Source {
    /// The document, or this when it has none.
    Stored(Blank),
    /// An address below the origin; `{key}` stands for that key of the document.
    Url(&'static str),
    /// Several addresses by name; one whose keys are not all there is null.
    Links(&'static [(&'static str, &'static str)]),
    /// Settable, kept, and not shown by this resource.
    Hidden,
    Account,
    MembersCount,
    JoinedCount,
    /// Stored, but only told when the one document was asked for and its service watches who is there.
    Presence,
    Unread,
}

/// The value of a stored key that was never set.
#[derive(Clone, Copy, Debug)]
pub(super) enum Blank {
    Null,
    Zero,
    Text(&'static str),
    /// The moment of creation.
    Now,
}

/// A parameter that sets a key.
#[derive(Debug)]
pub(super) struct Param {
    pub(super) name: &'static str,
    pub(super) rule: Rule,
    /// Most parameters can be given at any time, some only to the first request of a resource's life.
    pub(super) only: Option<Moment>,
    /// Said to a create that lacks it.
    pub(super) missing: Option<&'static Known>,
}

/// The two kinds of writing that take parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Moment {
    Create,
    Update,
}

/// What a parameter may hold.
#[derive(Debug)]
pub(super) enum Rule {
    /// Characters at most: the documents allow fewer on create than on update.
    Text {
        create: usize,
        update: usize,
        long: &'static Known,
    },
    /// The same, and nobody else in the service may have it.
    Unique {
        create: usize,
        update: usize,
        long: &'static Known,
    },
    /// Text of so many bytes at most; empty text is text.
    Bytes(usize, &'static Known),
    /// A user's own name: one to 256 characters that do not look like a sid.
    Identity,
    /// JSON as text, kept byte for byte.
    Attributes,
    Date(&'static Known),
    Choice(&'static [&'static str], &'static Known),
    /// `true` or `false`.
    Flag,
    /// A number up to this one.
    Number(u32),
    /// As many texts as were sent, as an array.
    Repeated,
    /// The sid of a messaging service of this very account.
    MessagingService,
    /// A sid with this prefix.
    Sid(&'static str, &'static Known),
    /// A message's index; empty means none.
    Index(&'static Known),
}

/// A repeatable list parameter that keeps the documents whose `key` has one of the values.
#[derive(Debug)]
pub(super) struct Filter {
    pub(super) name: &'static str,
    pub(super) key: &'static str,
    /// Applied when the parameter is absent.
    pub(super) default: &'static [&'static str],
    /// When given, everything else is refused.
    pub(super) known: Option<&'static [&'static str]>,
}

/// A key that is kept as it was set.
pub(super) const fn stored(key: &'static str, blank: Blank) -> Column {
    Column { key, source: Source::Stored(blank), param: None }
}

/// A key that is worked out for every answer.
pub(super) const fn derived(key: &'static str, source: Source) -> Column {
    Column { key, source, param: None }
}

impl Column {
    const fn with(self, param: Param) -> Self {
        let Self { key, source, param: _ } = self;
        Self { key, source, param: Some(param) }
    }

    /// The same key, settable at any time.
    pub(super) const fn set_by(self, name: &'static str, rule: Rule) -> Self {
        self.with(Param { name, rule, only: None, missing: None })
    }

    /// The same key, settable on create.
    pub(super) const fn set_once_by(self, name: &'static str, rule: Rule) -> Self {
        self.with(Param { name, rule, only: Some(Moment::Create), missing: None })
    }

    /// The same key, settable on update.
    pub(super) const fn changed_by(self, name: &'static str, rule: Rule) -> Self {
        self.with(Param { name, rule, only: Some(Moment::Update), missing: None })
    }

    /// The same key, which a create must set.
    pub(super) const fn born_with(
        self,
        name: &'static str,
        rule: Rule,
        missing: &'static Known,
    ) -> Self {
        self.with(Param { name, rule, only: Some(Moment::Create), missing: Some(missing) })
    }

    /// The same key, which a create must set and an update may.
    pub(super) const fn always_with(
        self,
        name: &'static str,
        rule: Rule,
        missing: &'static Known,
    ) -> Self {
        self.with(Param { name, rule, only: None, missing: Some(missing) })
    }
}
