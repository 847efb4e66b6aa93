//! The vocabulary of grown names.

/// What a channel is about: in a name, and in a unique name.
pub(super) const TOPICS: &[(&str, &str)] = &[
    ("Support", "support"),
    ("Returns", "returns"),
    ("Billing", "billing"),
    ("Orders", "orders"),
    ("Warranty", "warranty"),
    ("Deliveries", "deliveries"),
    ("VIP desk", "vip-desk"),
    ("Complaints", "complaints"),
    ("Onboarding", "onboarding"),
    ("Escalations", "escalations"),
    ("Night shift", "night-shift"),
    ("Repairs", "repairs"),
    ("Refunds", "refunds"),
    ("Lobby", "lobby"),
    ("Réclamations", "reclamations"),
    ("Rücksendung", "ruecksendung"),
];

/// Where it is.
pub(super) const TOWNS: &[(&str, &str)] = &[
    ("Berlin", "berlin"),
    ("Lyon", "lyon"),
    ("Porto", "porto"),
    ("Oslo", "oslo"),
    ("Zürich", "zuerich"),
    ("Kraków", "krakow"),
    ("Dublin", "dublin"),
    ("Gent", "gent"),
    ("Bilbao", "bilbao"),
    ("Malmö", "malmoe"),
    ("Graz", "graz"),
    ("Brno", "brno"),
    ("Tartu", "tartu"),
    ("大阪", "osaka"),
    ("São Paulo", "sao-paulo"),
    ("Ελλάδα", "ellada"),
];

pub(super) const FIRST_NAMES: &[(&str, &str)] = &[
    ("Ana", "ana"),
    ("Bruno", "bruno"),
    ("Chloé", "chloe"),
    ("Dmitri", "dmitri"),
    ("Esra", "esra"),
    ("Finn", "finn"),
    ("Greta", "greta"),
    ("Hiroko", "hiroko"),
    ("Ines", "ines"),
    ("Jonas", "jonas"),
    ("Katya", "katya"),
    ("Liam", "liam"),
    ("Mónica", "monica"),
    ("Noor", "noor"),
    ("Oscar", "oscar"),
    ("Priya", "priya"),
];

pub(super) const LAST_NAMES: &[(&str, &str)] = &[
    ("Weiss", "weiss"),
    ("Costa", "costa"),
    ("Martin", "martin"),
    ("Ivanov", "ivanov"),
    ("Yılmaz", "yilmaz"),
    ("Larsen", "larsen"),
    ("Novak", "novak"),
    ("Sato", "sato"),
    ("O'Brien", "obrien"),
    ("Müller", "mueller"),
    ("Okafor", "okafor"),
    ("Rossi", "rossi"),
    ("de la Cruz", "delacruz"),
    ("Nguyễn", "nguyen"),
    ("Bakker", "bakker"),
    ("Sharma", "sharma"),
];

/// Names as strangers write them; the row's number follows.
pub(super) const ODD_NAMES: &[&str] = &[
    "\u{1b}[31mURGENT\u{1b}[0m ",
    "受付・大阪 ",
    "دعم العملاء ",
    "👩‍👩‍👧‍👦 family desk ",
    "\u{202e}txt.exe ",
    "two\nlines ",
    "tab\there ",
    "zero\u{200b}width ",
    "  spaces  ",
    "=SUM(A1:A9) ",
    "\u{7}bell ",
    "e\u{301}combined ",
];

/// Unique names that want care in a path; the row's number follows.
pub(super) const ODD_UNIQUE_NAMES: &[&str] =
    &["orders/eu/", "fünf prozent % ", "受付-", "a+b&c=", "#?", "UPPER_case-"];

pub(super) const QUEUES: &[&str] = &["tier-1", "tier-2", "tier-3", "vip", "night", "retour ü"];
pub(super) const TAGS: &[&str] = &["vip", "eu", "late", "gift", "b2b", "press", "loyal", "重要"];

/// Attributes that are no JSON, or hardly what anybody expects.
pub(super) const ODD_ATTRIBUTES: &[&str] = &[
    "",
    "not json",
    "{\"routing\":{\"queue\":\"tier-1\",}}",
    "[1,2,3]",
    "null",
    "{\"a\":1,\"a\":2,\"big\":18446744073709551616}",
    "{ \"spaced\" : [ ] ,\n\t\"esc\":\"\\u001b[31m\" }",
];
