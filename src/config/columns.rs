//! Which columns a list shows, and in which order. The names are those of the filter language; what stands at the head
//! of a column does as well. How wide a column is, and which gives way first, is the view's.

use std::{collections::BTreeMap, fmt};

use crate::{
    api::remote_text::shown,
    config::{ConfigError, document::Table},
};

/// A list whose columns can be chosen, of which views can be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Listed {
    Services,
    Channels,
    Users,
    Members,
    Memberships,
    Messages,
    Invites,
    Roles,
    Flex,
    Flows,
    Jobs,
    Journal,
}

/// A column of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// What it is called.
    pub name: &'static str,
    /// What stands at its head.
    pub title: &'static str,
    /// When it shows.
    pub shows: Shows,
}

/// When a column shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Whatever is chosen.
    Always,
    /// Where nothing else is chosen.
    Usually,
    /// Where it is chosen.
    Chosen,
}

const fn fixed(name: &'static str, title: &'static str) -> Column {
    Column { name, title, shows: Shows::Always }
}

const fn usual(name: &'static str, title: &'static str) -> Column {
    Column { name, title, shows: Shows::Usually }
}

const fn more(name: &'static str, title: &'static str) -> Column {
    Column { name, title, shows: Shows::Chosen }
}

impl Listed {
    /// All of them.
    pub const ALL: &[Self] = &[
        Self::Services,
        Self::Channels,
        Self::Users,
        Self::Members,
        Self::Memberships,
        Self::Messages,
        Self::Invites,
        Self::Roles,
        Self::Flex,
        Self::Flows,
        Self::Jobs,
        Self::Journal,
    ];

    /// What it is called, in the config and in what is said of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::Channels => "channels",
            Self::Users => "users",
            Self::Members => "members",
            Self::Memberships => "memberships",
            Self::Messages => "messages",
            Self::Invites => "invites",
            Self::Roles => "roles",
            Self::Flex => "flex",
            Self::Flows => "flows",
            Self::Jobs => "jobs",
            Self::Journal => "journal",
        }
    }

    /// The list of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|of| of.name() == name)
    }

    /// Its columns, in their usual order.
    #[rustfmt::skip]
    pub const fn columns(self) -> &'static [Column] {
        match self {
            Self::Services => const { &[
                fixed("name", "NAME"), usual("sid", "SID"), usual("created", "CREATED"),
                usual("reachability", "REACHABILITY"),
            ] },
            Self::Channels => const { &[
                fixed("type", "TYPE"), fixed("name", "NAME"), usual("unique", "UNIQUE NAME"),
                usual("members", "MBR"), usual("messages", "MSG"), usual("updated", "UPDATED"),
                more("created", "CREATED"), more("by", "BY"), more("sid", "SID"),
            ] },
            Self::Users => const { &[
                fixed("identity", "IDENTITY"), usual("name", "FRIENDLY NAME"),
                usual("online", "ONLINE"), usual("channels", "CHANNELS"),
                usual("updated", "UPDATED"), more("created", "CREATED"), more("sid", "SID"),
            ] },
            Self::Members => const { &[
                fixed("identity", "IDENTITY"), usual("consumed", "CONSUMED"),
                usual("seen", "CONSUMED AT"), usual("created", "JOINED"), more("sid", "SID"),
            ] },
            Self::Memberships => const { &[
                fixed("channel", "CHANNEL"), usual("status", "STATUS"), usual("unread", "UNREAD"),
                usual("consumed", "CONSUMED"), fixed("level", "LEVEL"), more("sid", "SID"),
            ] },
            Self::Messages => const { &[
                usual("index", "INDEX"), fixed("from", "FROM"), fixed("body", "BODY"),
                usual("created", "WHEN"),
            ] },
            Self::Invites => const { &[
                fixed("identity", "IDENTITY"), usual("role", "ROLE"), usual("by", "INVITED BY"),
                usual("created", "WHEN"),
            ] },
            Self::Roles => const { &[
                fixed("name", "NAME"), fixed("type", "TYPE"), usual("permissions", "PERMISSIONS"),
                usual("updated", "UPDATED"),
            ] },
            Self::Flex => const { &[
                fixed("name", "NAME"), usual("flow", "FLOW"), usual("user", "USER"),
                usual("task", "TASK"), usual("created", "CREATED"), more("sid", "SID"),
            ] },
            Self::Flows => const { &[
                fixed("name", "NAME"), usual("integration", "INTEGRATION"),
                usual("channel", "CHANNEL"), usual("service", "SERVICE"),
                usual("enabled", "ENABLED"), usual("longlived", "LONG-LIVED"),
                usual("janitor", "JANITOR"),
            ] },
            Self::Jobs => const { &[
                fixed("job", "JOB"), fixed("what", "WHAT"), fixed("of", "OF"),
                fixed("standing", "STANDING"), usual("done", "DONE"), usual("ok", "OK"),
                usual("skipped", "SKIPPED"), usual("failed", "FAILED"),
                usual("fact", "IN FACT"), usual("made", "MADE"),
            ] },
            Self::Journal => const { &[
                fixed("when", "WHEN"), fixed("name", "NAME"), usual("what", "WHAT"),
                fixed("outcome", "OUTCOME"), usual("status", "STATUS"), usual("ms", "MS"),
            ] },
        }
    }

    /// What shows where these were chosen, or nothing was: what shows always comes first, if it has no other place.
    pub fn shown(self, chosen: Option<&[&'static str]>) -> Vec<&'static str> {
        let titles = |shows: &[Shows]| {
            let columns = self.columns().iter().filter(|column| shows.contains(&column.shows));
            columns.map(|column| column.title).collect::<Vec<_>>()
        };
        let Some(chosen) = chosen else { return titles(&[Shows::Always, Shows::Usually]) };
        let mut shown = titles(&[Shows::Always]);
        shown.retain(|title| !chosen.contains(title));
        shown.extend(chosen);
        shown
    }

    /// The column that is called so, or that bears this at its head.
    fn column(self, called: &str) -> Option<&'static Column> {
        let called = called.trim().to_lowercase();
        let mut columns = self.columns().iter();
        columns.find(|column| column.name == called || column.title.to_lowercase() == called)
    }

    /// The head of the column that is called so.
    ///
    /// # Errors
    /// That there is none, in words that are safe to show.
    pub fn title(self, called: &str) -> Result<&'static str, String> {
        self.column(called).map(|column| column.title).ok_or_else(|| {
            let (called, known) = (shown(called).text(), self.names());
            format!("{self} have no column “{called}”; they have {known}")
        })
    }

    /// The heads of the columns that are called so, in that order, each once.
    ///
    /// # Errors
    /// Which of them there is not, in words that are safe to show.
    pub fn titles<'n>(
        self,
        names: impl IntoIterator<Item = &'n str>,
    ) -> Result<Vec<&'static str>, String> {
        let mut titles = Vec::new();
        for called in names {
            let title = self.title(called)?;
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        Ok(titles)
    }

    /// The names of its columns, for people.
    pub fn names(self) -> String {
        let names: Vec<&str> = self.columns().iter().map(|column| column.name).collect();
        names.join(", ")
    }

    /// The name of the column that bears this at its head.
    pub fn name_of(self, title: &str) -> Option<&'static str> {
        self.columns().iter().find(|column| column.title == title).map(|column| column.name)
    }
}

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Flex => "Flex channels",
            Self::Journal => "entries of the journal",
            _ => self.name(),
        })
    }
}

/// The columns that were chosen for lists, by their heads.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    chosen: BTreeMap<Listed, Vec<&'static str>>,
}

impl Columns {
    /// What was chosen for a list.
    pub fn chosen(&self, of: Listed) -> Option<&[&'static str]> {
        self.chosen.get(&of).map(Vec::as_slice)
    }
}

/// Takes `[columns]` out of the file.
pub(super) fn take(root: &mut Table, warnings: &mut Vec<String>) -> Result<Columns, ConfigError> {
    let mut columns = Columns::default();
    let Some(mut table) = root.table("columns")? else { return Ok(columns) };
    for &of in Listed::ALL {
        let Some(found) = table.names(of.name())? else { continue };
        let mut titles = Vec::new();
        for name in &found {
            let Some(column) = of.column(&name.value) else {
                // Not what stands there: it could be anything.
                return Err(table.odd(name, &format!("expected one of {}", of.names())));
            };
            let title = column.title;
            if !titles.contains(&title) {
                titles.push(title);
            }
        }
        columns.chosen.insert(of, titles);
    }
    warnings.extend(table.unknown());
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_called_by_the_filters_names_or_by_their_heads() {
        let titles = |names: &[&'static str]| Listed::Channels.titles(names.iter().copied());
        assert_eq!(
            titles(&["updated", "Unique Name", "mbr"]),
            Ok(vec!["UPDATED", "UNIQUE NAME", "MBR"])
        );
        assert_eq!(titles(&["members", "mbr"]), Ok(vec!["MBR"]), "each shows once");
        let words = titles(&["name", "memers\u{1b}"]).unwrap_err();
        assert!(
            words.starts_with("channels have no column “memers␛”; they have type, name"),
            "{words}"
        );
    }

    #[test]
    fn what_shows_always_has_the_place_that_was_chosen_or_the_first() {
        let shown = |chosen: &[&'static str]| Listed::Channels.shown(Some(chosen));
        assert_eq!(shown(&["MBR", "NAME"]), ["TYPE", "MBR", "NAME"]);
        assert_eq!(shown(&["SID"]), ["TYPE", "NAME", "SID"]);
        let usual = Listed::Channels.shown(None);
        assert_eq!(usual, ["TYPE", "NAME", "UNIQUE NAME", "MBR", "MSG", "UPDATED"]);
    }

    #[test]
    fn no_name_and_no_head_is_two_columns() {
        for of in Listed::ALL {
            assert_eq!(Listed::named(of.name()), Some(*of));
            for (at, column) in of.columns().iter().enumerate() {
                for called in [column.name, column.title] {
                    assert_eq!(
                        of.column(called).map(|it| it.title),
                        Some(column.title),
                        "{of} {at}"
                    );
                }
            }
        }
    }
}
