//! Parameters, from a query or a form body: names repeat, order matters, both `+` and `%20` are spaces.

/// The parameters of one request.
#[derive(Debug, Default)]
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    pub(super) fn read(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// The value of a parameter that is not meant to repeat; if it does, the last one counts.
    pub(super) fn last(&self, name: &str) -> Option<&str> {
        self.0.iter().rev().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The values of a parameter that may repeat.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_repeat_and_spaces_come_both_ways() {
        let form = Form::read(b"Type=public&Type=private&A=x+y%20z%2B&Empty=");
        assert_eq!(form.all("Type").collect::<Vec<_>>(), ["public", "private"]);
        assert_eq!(form.last("A"), Some("x y z+"));
        assert_eq!(form.last("Empty"), Some(""));
        assert_eq!(form.last("type"), None, "names are case-sensitive");
    }
}
