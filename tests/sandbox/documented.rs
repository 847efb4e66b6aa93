//! What the documents say an answer holds: one table a resource, written from the vendor's `OpenAPI` files by hand.
//!
//! A line is a key and what it holds: two capitals are a sid of that prefix, `|` parts the words of an enumeration,
//! braces hold the names of links, and a `?` says that it may be null. The documents let nearly everything be null;
//! the marks here are fewer: they stand where the product leaves nulls.

/// A resource's keys.
pub(crate) type Table = &'static str;

pub(crate) const META: Table = "
page                int
page_size           int
first_page_url      url
previous_page_url   url?
url                 url
next_page_url       url?
key                 text
";

pub(crate) const SERVICE: Table = "
sid                               IS
account_sid                       AC
friendly_name                     text
date_created                      date
date_updated                      date
default_service_role_sid          RL
default_channel_role_sid          RL
default_channel_creator_role_sid  RL
read_status_enabled               bool
reachability_enabled              bool
typing_indicator_timeout          int
consumption_report_interval       int
limits                            any
pre_webhook_url                   text?
post_webhook_url                  text?
webhook_method                    text?
webhook_filters                   texts?
pre_webhook_retry_count           int
post_webhook_retry_count          int
notifications                     any
media                             any
url                               url
links                             {channels users roles bindings}
";

pub(crate) const CHANNEL: Table = "
sid             CH
account_sid     AC
service_sid     IS
friendly_name   text?
unique_name     text?
attributes      text?
type            public|private
date_created    date
date_updated    date
created_by      text
members_count   int
messages_count  int
url             url
links           {members messages invites webhooks last_message?}
";

/// The channel as version 3 answers with it: no links, and the messaging service.
pub(crate) const MIGRATED_CHANNEL: Table = "
sid                    CH
account_sid            AC
service_sid            IS
friendly_name          text?
unique_name            text?
attributes             text?
type                   public|private
date_created           date
date_updated           date
created_by             text
members_count          int
messages_count         int
messaging_service_sid  MG?
url                    url
";

pub(crate) const USER: Table = "
sid                    US
account_sid            AC
service_sid            IS
attributes             text?
friendly_name          text?
role_sid               RL
identity               text
is_online              bool?
is_notifiable          bool?
date_created           date
date_updated           date
joined_channels_count  int
links                  {user_channels user_bindings}
url                    url
";

pub(crate) const USER_CHANNEL: Table = "
account_sid                  AC
service_sid                  IS
channel_sid                  CH
user_sid                     US
member_sid                   MB?
status                       joined|invited|notParticipating
last_consumed_message_index  int?
unread_messages_count        int?
links                        {channel member?}
url                          url
notification_level           default|muted
";

pub(crate) const MEMBER: Table = "
sid                          MB
account_sid                  AC
channel_sid                  CH
service_sid                  IS
identity                     text
date_created                 date
date_updated                 date
role_sid                     RL
last_consumed_message_index  int?
last_consumption_timestamp   date?
url                          url
attributes                   text
";

pub(crate) const MESSAGE: Table = "
sid              IM
account_sid      AC
attributes       text
service_sid      IS
to               CH
channel_sid      CH
date_created     date
date_updated     date
last_updated_by  text?
was_edited       bool
from             text
body             text
index            int
type             text
media            any?
url              url
";

pub(crate) const INVITE: Table = "
sid           IN
account_sid   AC
channel_sid   CH
service_sid   IS
identity      text
date_created  date
date_updated  date
role_sid      RL
created_by    text
url           url
";

pub(crate) const ROLE: Table = "
sid            RL
account_sid    AC
service_sid    IS
friendly_name  text
type           channel|deployment
permissions    texts
date_created   date
date_updated   date
url            url
";

pub(crate) const WEBHOOK: Table = "
sid            WH
account_sid    AC
service_sid    IS
channel_sid    CH
type           text
url            url
configuration  any
date_created   date
date_updated   date
";

pub(crate) const FLEX_CHANNEL: Table = "
account_sid    AC
flex_flow_sid  FO
sid            CH
user_sid       US
task_sid       WT?
url            url
date_created   date
date_updated   date
";

pub(crate) const FLEX_FLOW: Table = "
account_sid       AC
date_created      date
date_updated      date
sid               FO
friendly_name     text
chat_service_sid  IS
channel_type      web|sms|facebook|whatsapp|line|custom
contact_identity  text?
enabled           bool
integration_type  studio|external|task
integration       any
long_lived        bool
janitor_enabled   bool
url               url
";
