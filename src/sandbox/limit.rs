//! The documented limit of actions a second: a bucket for each service, filled at that pace and as large as one second of
//! it. Only changes take from it.

use std::collections::HashMap;

use tokio::time::Instant;

/// What each service has left.
#[derive(Debug, Default)]
pub(super) struct Buckets(HashMap<String, (f64, Instant)>);

impl Buckets {
    /// Whether a change in the service that a path names is allowed, with so many a second.
    pub(super) fn allow(&mut self, path: &str, limit: f64, now: Instant) -> bool {
        let service = path.split_once("/Services/").map_or("", |(_, rest)| rest);
        let service = service.split('/').next().unwrap_or_default();
        let (left, since) = self.0.entry(service.to_owned()).or_insert((limit, now));
        let flown = now.duration_since(*since).as_secs_f64() * limit;
        *left = (*left + flown).min(limit.max(1.0));
        *since = now;
        let is_allowed = *left >= 1.0;
        if is_allowed {
            *left -= 1.0;
        }
        is_allowed
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_second_holds_no_more_than_the_limit_and_services_do_not_share() {
        let (mut buckets, begun) = (Buckets::default(), Instant::now());
        let at = |millis| begun + Duration::from_millis(millis);
        let path = |service: &str| format!("/v3/Services/{service}/Channels/CH1");
        let allowed = |buckets: &mut Buckets, service: &str, millis| {
            (0..100).filter(|_| buckets.allow(&path(service), 30.0, at(millis))).count()
        };
        assert_eq!(allowed(&mut buckets, "IS1", 0), 30);
        assert_eq!(allowed(&mut buckets, "IS1", 500), 15);
        assert_eq!(allowed(&mut buckets, "IS2", 500), 30);
        assert_eq!(allowed(&mut buckets, "IS1", 10_000), 30);
    }
}
