//! What can be made to go wrong, in the words a person types: `429=20%,latency=800ms`.

use std::{fmt, str::FromStr, time::Duration};

use rand::{Rng, SeedableRng, rngs::StdRng};

const KNOWN: &str = "429=P%, limit=N/s, 500=P%, 500-writes=P%, latency=TIME, \
    drop=P%, drop-writes=P%, cut=P%, offline";

/// Which faults the practice server shows, and how often. The default shows none.
///
/// A part that was never named is left alone by [`Faults::merge`]; `429=0%` names it and turns it off.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Faults {
    too_many: Option<Percent>,
    limit: Option<Limit>,
    broken: Option<Percent>,
    broken_writes: Option<Percent>,
    latency: Option<Duration>,
    drop: Option<Percent>,
    drop_writes: Option<Percent>,
    cut: Option<Percent>,
    offline: Option<Offline>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Percent(f64);

/// Changes a second, in each service.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Limit(f64);

#[derive(Clone, Copy, Debug, PartialEq)]
struct Offline;

/// A fault that could not be read, told in the words of whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FaultError {
    /// The name before `=` is not one of ours.
    #[error("unknown fault `{0}`; known are {KNOWN}")]
    Unknown(String),
    /// The name needs a value and got none.
    #[error("fault `{0}` needs a value, as in `{0}={1}`")]
    Bare(&'static str, &'static str),
    /// `offline` is on or absent, it has no value.
    #[error("fault `offline` takes no value, but got `{0}`")]
    Valued(String),
    /// Not a percentage.
    #[error("fault `{0}` wants a percentage from 0% to 100%, but got `{1}`")]
    Percent(&'static str, String),
    /// Not a number of changes a second.
    #[error("fault `limit` wants changes a second such as 30/s, but got `{0}`")]
    Limit(String),
    /// Not a length of time.
    #[error("fault `latency` wants a time such as 800ms or 1s, but got `{0}`")]
    Time(String),
}

impl Faults {
    /// Lays `other` over these: what it names wins, what it leaves out stays.
    pub fn merge(&mut self, other: Self) {
        self.too_many = other.too_many.or(self.too_many);
        self.limit = other.limit.or(self.limit);
        self.broken = other.broken.or(self.broken);
        self.broken_writes = other.broken_writes.or(self.broken_writes);
        self.latency = other.latency.or(self.latency);
        self.drop = other.drop.or(self.drop);
        self.drop_writes = other.drop_writes.or(self.drop_writes);
        self.cut = other.cut.or(self.cut);
        self.offline = other.offline.or(self.offline);
    }

    /// How many changes a second each service takes, if there is a limit.
    pub(super) fn limit(&self) -> Option<f64> {
        self.limit.map(|Limit(limit)| limit)
    }

    fn name(&mut self, part: &str) -> Result<(), FaultError> {
        let (name, value) = match part.split_once('=') {
            Some((name, value)) => (name.trim(), Some(value.trim())),
            None => (part, None),
        };
        match name {
            "429" => self.too_many = Some(percent("429", value)?),
            "limit" => {
                self.limit = Some(limit(value.ok_or(FaultError::Bare("limit", "30/s"))?)?);
            }
            "500" => self.broken = Some(percent("500", value)?),
            "500-writes" => self.broken_writes = Some(percent("500-writes", value)?),
            "drop" => self.drop = Some(percent("drop", value)?),
            "drop-writes" => self.drop_writes = Some(percent("drop-writes", value)?),
            "cut" => self.cut = Some(percent("cut", value)?),
            "latency" => {
                self.latency = Some(time(value.ok_or(FaultError::Bare("latency", "800ms"))?)?);
            }
            "offline" => match value {
                Some(value) => return Err(FaultError::Valued(value.to_owned())),
                None => self.offline = Some(Offline),
            },
            _ => return Err(FaultError::Unknown(name.to_owned())),
        }
        Ok(())
    }
}

fn percent(name: &'static str, value: Option<&str>) -> Result<Percent, FaultError> {
    let value = value.ok_or(FaultError::Bare(name, "20%"))?;
    let number = value.strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
    match number {
        Some(number) if (0.0..=100.0).contains(&number) => Ok(Percent(number)),
        _ => Err(FaultError::Percent(name, value.to_owned())),
    }
}

fn limit(value: &str) -> Result<Limit, FaultError> {
    let number = value.strip_suffix("/s").and_then(|number| number.trim().parse::<f64>().ok());
    match number {
        Some(number) if number > 0.0 && number.is_finite() => Ok(Limit(number)),
        _ => Err(FaultError::Limit(value.to_owned())),
    }
}

fn time(value: &str) -> Result<Duration, FaultError> {
    let bad = || FaultError::Time(value.to_owned());
    let (number, unit) = match value.strip_suffix("ms") {
        Some(number) => (number, 0.001),
        None => (value.strip_suffix('s').ok_or_else(bad)?, 1.0),
    };
    let number: f64 = number.trim().parse().map_err(|_unparsed| bad())?;
    Duration::try_from_secs_f64(number * unit).map_err(|_out_of_range| bad())
}

impl FromStr for Faults {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let mut faults = Self::default();
        let parts = text.split(',').map(str::trim);
        for part in parts.filter(|part| !part.is_empty() && *part != "none") {
            faults.name(part)?;
        }
        Ok(faults)
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |name: &str, part: Option<Percent>| part.map(|p| format!("{name}={}%", p.0));
        let parts = [
            percent("429", self.too_many),
            self.limit.map(|Limit(limit)| format!("limit={limit}/s")),
            percent("500", self.broken),
            percent("500-writes", self.broken_writes),
            self.latency.map(|time| match time.as_millis() {
                millis if millis > 0 && millis % 1000 == 0 => {
                    format!("latency={}s", time.as_secs())
                }
                millis => format!("latency={millis}ms"),
            }),
            percent("drop", self.drop),
            percent("drop-writes", self.drop_writes),
            percent("cut", self.cut),
            self.offline.map(|Offline| "offline".to_owned()),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        f.write_str(if parts.is_empty() { "none" } else { "" })?;
        f.write_str(&parts.join(","))
    }
}

/// What happens to one request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fate {
    /// Answer this late.
    pub(super) late: Duration,
    /// Do not even look at it.
    before: Option<Refusal>,
    /// The same, but only if it asks for a change.
    before_write: Option<Refusal>,
    /// Do what it asks, then spoil the answer.
    after: Option<Spoiling>,
    /// The same, but only if what it asks is a change.
    after_write: Option<Spoiling>,
}

impl Fate {
    /// Why a read or a write is not looked at.
    pub(super) fn refusal(&self, is_write: bool) -> Option<Refusal> {
        self.before.or_else(|| self.before_write.filter(|_| is_write))
    }

    /// How the answer to a read or to a write is spoiled.
    pub(super) fn spoiling(&self, is_write: bool) -> Option<Spoiling> {
        self.after.or_else(|| self.after_write.filter(|_| is_write))
    }
}

/// A fault that keeps the request from being applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Offline,
    TooMany,
    Broken,
}

/// A fault that strikes when the request has been applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spoiling {
    Drop,
    Cut,
}

/// The dice of one server: the same server with the same requests has the same bad luck.
#[derive(Debug)]
pub(super) struct Dice(StdRng);

impl Dice {
    pub(super) fn new() -> Self {
        Self(StdRng::seed_from_u64(0x5a4d_b0c5))
    }

    /// Rolls for every kind, wanted or not, so that adding one fault does not reshuffle another.
    pub(super) fn roll(&mut self, faults: &Faults) -> Fate {
        let mut hit = |chance: Option<Percent>| {
            let roll = self.0.random::<f64>() * 100.0;
            chance.is_some_and(|Percent(percent)| roll < percent)
        };
        let too_many = hit(faults.too_many).then_some(Refusal::TooMany);
        let broken = hit(faults.broken).then_some(Refusal::Broken);
        let drop = hit(faults.drop).then_some(Spoiling::Drop);
        let cut = hit(faults.cut).then_some(Spoiling::Cut);
        let drop_writes = hit(faults.drop_writes).then_some(Spoiling::Drop);
        let broken_writes = hit(faults.broken_writes).then_some(Refusal::Broken);
        Fate {
            late: faults.latency.unwrap_or_default(),
            before: faults.offline.map(|Offline| Refusal::Offline).or(too_many).or(broken),
            before_write: broken_writes,
            after: drop.or(cut),
            after_write: drop_writes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Faults {
        text.parse().unwrap()
    }

    #[test]
    fn what_is_read_can_be_written_back() {
        for text in [
            "none",
            "429=20%",
            "429=20%,limit=30/s,500=1%",
            "500=0.5%,500-writes=3%,latency=800ms",
            "latency=1s,drop=5%,drop-writes=7%,cut=2%,offline",
        ] {
            assert_eq!(read(text).to_string(), text);
        }
        assert_eq!(read(" 429 = 20% , , latency=1500ms ").to_string(), "429=20%,latency=1500ms");
        assert_eq!(read("latency=0.25s").to_string(), "latency=250ms");
        assert_eq!(read(""), Faults::default());
    }

    #[test]
    fn mistakes_are_told_in_the_words_used() {
        let told = |text: &str| text.parse::<Faults>().unwrap_err().to_string();
        assert_eq!(told("foo=1%"), format!("unknown fault `foo`; known are {KNOWN}"));
        assert_eq!(told("429"), "fault `429` needs a value, as in `429=20%`");
        assert!(told("500=101%").contains("from 0% to 100%, but got `101%`"));
        assert!(told("500=20").contains("but got `20`"));
        assert!(told("drop=NaN%").contains("but got `NaN%`"));
        assert!(told("limit=30").contains("such as 30/s, but got `30`"));
        assert!(told("latency=fast").contains("such as 800ms or 1s, but got `fast`"));
        assert!(told("latency=-1s").contains("but got `-1s`"));
        assert!(told("offline=yes").contains("takes no value, but got `yes`"));
    }

    #[test]
    fn merging_keeps_what_was_not_named() {
        let mut faults = read("429=20%,drop=5%");
        faults.merge(read("429=0%,latency=1s"));
        assert_eq!(faults, read("429=0%,latency=1s,drop=5%"));
    }

    #[test]
    fn luck_is_the_same_for_every_server_and_for_every_mix() {
        let luck = |faults: &str| -> Vec<bool> {
            let (mut dice, faults) = (Dice::new(), read(faults));
            (0..200).map(|_| dice.roll(&faults).spoiling(false) == Some(Spoiling::Drop)).collect()
        };
        assert_eq!(luck("drop=30%"), luck("drop=30%,429=50%,cut=10%"));
        let hits = luck("drop=30%").iter().filter(|hit| **hit).count();
        assert!((40..80).contains(&hits), "{hits} of 200 at 30%");
        assert!(luck("drop=100%").iter().all(|hit| *hit));
        assert!(!luck("drop=0%").iter().any(|hit| *hit));
    }

    #[test]
    fn a_lost_write_is_no_lost_read() {
        let fate = Dice::new().roll(&read("drop-writes=100%"));
        assert_eq!((fate.spoiling(true), fate.spoiling(false)), (Some(Spoiling::Drop), None));
        let fate = Dice::new().roll(&read("drop-writes=100%,cut=100%"));
        assert_eq!(fate.spoiling(true), Some(Spoiling::Cut), "one end is enough");
        let fate = Dice::new().roll(&read("500-writes=100%"));
        assert_eq!((fate.refusal(true), fate.refusal(false)), (Some(Refusal::Broken), None));
    }
}
