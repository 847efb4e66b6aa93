//! The fields that forms have: what each is called on the screen and on the wire.

/// The documented name of what a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldName {
    FriendlyName,
    UniqueName,
    Attributes,
    Type,
    CreatedBy,
    DateCreated,
    DateUpdated,
    NotificationLevel,
    LastConsumedMessageIndex,
    LastConsumptionTimestamp,
    FlexFlowSid,
    Identity,
    ChatUserFriendlyName,
    ChatFriendlyName,
    ChatUniqueName,
    Target,
    PreEngagementData,
    TaskSid,
    TaskAttributes,
    LongLived,
    MessagingServiceSid,
}

impl FieldName {
    const ALL: [Self; 21] = [
        Self::FriendlyName,
        Self::UniqueName,
        Self::Attributes,
        Self::Type,
        Self::CreatedBy,
        Self::DateCreated,
        Self::DateUpdated,
        Self::NotificationLevel,
        Self::LastConsumedMessageIndex,
        Self::LastConsumptionTimestamp,
        Self::FlexFlowSid,
        Self::Identity,
        Self::ChatUserFriendlyName,
        Self::ChatFriendlyName,
        Self::ChatUniqueName,
        Self::Target,
        Self::PreEngagementData,
        Self::TaskSid,
        Self::TaskAttributes,
        Self::LongLived,
        Self::MessagingServiceSid,
    ];

    /// The label on the screen, and the parameter's name on the wire.
    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::FriendlyName => ("Friendly name", "FriendlyName"),
            Self::UniqueName => ("Unique name", "UniqueName"),
            Self::Attributes => ("Attributes", "Attributes"),
            Self::Type => ("Type", "Type"),
            Self::CreatedBy => ("Created by", "CreatedBy"),
            Self::DateCreated => ("Date created", "DateCreated"),
            Self::DateUpdated => ("Date updated", "DateUpdated"),
            Self::NotificationLevel => ("Notification level", "NotificationLevel"),
            Self::LastConsumedMessageIndex => ("Last consumed index", "LastConsumedMessageIndex"),
            Self::LastConsumptionTimestamp => ("Last consumption", "LastConsumptionTimestamp"),
            Self::FlexFlowSid => ("Flex flow", "FlexFlowSid"),
            Self::Identity => ("Identity", "Identity"),
            Self::ChatUserFriendlyName => ("User friendly name", "ChatUserFriendlyName"),
            Self::ChatFriendlyName => ("Chat friendly name", "ChatFriendlyName"),
            Self::ChatUniqueName => ("Chat unique name", "ChatUniqueName"),
            Self::Target => ("Target", "Target"),
            Self::PreEngagementData => ("Pre-engagement data", "PreEngagementData"),
            Self::TaskSid => ("Task sid", "TaskSid"),
            Self::TaskAttributes => ("Task attributes", "TaskAttributes"),
            Self::LongLived => ("Long lived", "LongLived"),
            Self::MessagingServiceSid => ("Messaging service", "MessagingServiceSid"),
        }
    }

    /// The label on the screen.
    pub fn label(self) -> &'static str {
        self.names().0
    }

    /// The parameter's name on the wire.
    pub fn parameter(self) -> &'static str {
        self.names().1
    }

    /// The field of a parameter.
    pub fn of_parameter(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.parameter() == name)
    }

    /// Whether it holds JSON.
    pub const fn is_json(self) -> bool {
        matches!(self, Self::Attributes | Self::PreEngagementData | Self::TaskAttributes)
    }

    /// The fields whose parameter a text names, the longest name first: `ChatUniqueName` holds `UniqueName`.
    pub fn named_in(text: &str) -> Vec<Self> {
        let mut found: Vec<Self> =
            Self::ALL.into_iter().filter(|name| text.contains(name.names().1)).collect();
        found.sort_by_key(|name| std::cmp::Reverse(name.names().1.len()));
        found
    }

    /// The fields that one of the vendor's error codes blames.
    pub fn blamed_by(code: u32) -> &'static [Self] {
        match code {
            50000 | 50003 => &[Self::FriendlyName, Self::ChatFriendlyName],
            50004 | 50306 | 50307 => &[Self::UniqueName, Self::ChatUniqueName],
            50303 | 50304 => &[Self::Attributes],
            50308 => &[Self::DateCreated],
            50309 => &[Self::DateUpdated],
            50310 => &[Self::CreatedBy],
            50210 => &[Self::NotificationLevel],
            50405 => &[Self::LastConsumptionTimestamp],
            50406 => &[Self::LastConsumedMessageIndex],
            50203..=50207 => &[Self::Identity],
            _ => &[],
        }
    }
}
