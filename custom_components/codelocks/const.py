"""Names, limits and intervals, each with its reason."""

from datetime import timedelta
from typing import Any, Final

from . import api

DOMAIN: Final = "codelocks"
_DOCS: Final = "https://github.com/codelocks-connect/homeassistant-codelocks/blob/main/docs"
DOCS_CHANNELS: Final = f"{_DOCS}/text-messages.md#what-each-channel-proves-about-its-sender"

EVENT_ACTIVITY: Final = "codelocks_activity"
"""On the bus, for the logbook; automations use the event entity."""
ATTR_ACTIVITY: Final = "activity"
"""In that event: the event entity."""

CONF_ACCESS_KEY: Final = "access_key"
CONF_CALENDAR_ISSUES: Final = "calendar_issues"
CONF_CLIENT_SWITCHES: Final = "client_switches"
CONF_CHANNEL: Final = "channel"
CONF_CLOCK: Final = "clock"
CONF_CLOCK_LOST: Final = "clock_lost"
CONF_CONNECTION: Final = "connection"
CONF_DAILY_LIMIT: Final = "daily_limit"
CONF_DELIVER_TO: Final = "deliver_to"
CONF_HISTORY_DAYS: Final = "history_days"
CONF_IDENTIFIER: Final = "identifier"
CONF_LOCK_MODEL: Final = "lock_model"
CONF_LOCKS: Final = "locks"
CONF_MASTER_CODE: Final = "master_code"
CONF_NETCODE_QUOTA: Final = "netcode_quota"
CONF_NETCODE_USED: Final = "netcode_used"
CONF_NETCODE_VERSION: Final = "netcode_version"
CONF_PLAN: Final = "plan"
CONF_RESERVE_PERCENT: Final = "reserve_percent"
CONF_RESET_DAY: Final = "reset_day"
CONF_SENDER: Final = "sender"
CONF_SHOW_CODES_IN_CALENDAR: Final = "show_codes_in_calendar"
CONF_SIDEBAR: Final = "sidebar"
CONF_SPARE_LOCKS: Final = "spare_locks"
CONF_TEXT_IDENTIFIER: Final = "text_identifier"
CONF_TIME_ZONE: Final = "time_zone"
CONF_TIMECODE: Final = "timecode"
CONF_TRACK_ACTIVITY: Final = "track_activity"
CONF_TRACK_CLIENTS: Final = "track_clients"
CONF_UNTIL: Final = "until"
CONF_USERS_MAY_ISSUE: Final = "users_may_issue"
CONF_UTILITY_QUOTA: Final = "utility_quota"
CONF_UTILITY_USED: Final = "utility_used"
CONF_VOICE: Final = "voice"

CONF_AFTER: Final = "after"
CONF_BEFORE: Final = "before"
CONF_CALENDAR_ENTITY_ID: Final = "calendar_entity_id"
CONF_CHECK_IN: Final = "check_in"
CONF_CHECK_OUT: Final = "check_out"
CONF_DAYS: Final = "days"
CONF_ENDS: Final = "ends"
CONF_FIRST_DAY: Final = "first_day"
CONF_FIT: Final = "fit"
CONF_IGNORE: Final = "ignore"
CONF_INVITE: Final = "invite"
CONF_KEEP_CALLS: Final = "keep_calls"
CONF_LAST_DAY: Final = "last_day"
CONF_LEAD: Final = "lead"
CONF_MESSAGE: Final = "message"
CONF_NOTIFY_ENTITY_ID: Final = "notify_entity_id"
CONF_STARTS: Final = "starts"
CONF_TELL_OWNER: Final = "tell_owner"
CONF_WHOLE_DAYS_END: Final = "whole_days_end"

SUBENTRY_BOOKINGS: Final = "bookings"
SUBENTRY_KITLOCK: Final = "kitlock"
SUBENTRY_REQUESTER: Final = "requester"
SUBENTRY_VISITOR: Final = "visitor"
CLOCK_UTC: Final = "utc"

VOICE_OFF: Final = "off"
VOICE_READ: Final = "read"
VOICE_ISSUE: Final = "issue"
VOICES: Final = (VOICE_OFF, VOICE_READ, VOICE_ISSUE)
"""What is answered by voice, and to language models: nothing, questions, or requests for codes."""

PLAN_CUSTOM: Final = "custom"
PLANS: Final[dict[str, tuple[int, int]]] = {
    "business_1": (100, 1000),
    "business_2": (315, 1000),
    "pro_1": (613, 2000),
    "pro_2": (1250, 2000),
    "pro_3": (2417, 2000),
    "enterprise_1": (6000, 3000),
    "enterprise_2": (12000, 3000),
}
"""NetCode and utility calls a month of each subscription plan (v1 documentation, Usage)."""
DEFAULT_OPTIONS: Final[dict[str, Any]] = {
    CONF_PLAN: "business_1",
    CONF_RESET_DAY: 1,
    CONF_RESERVE_PERCENT: 20,
    CONF_TRACK_ACTIVITY: True,
    CONF_TRACK_CLIENTS: True,
    CONF_CLIENT_SWITCHES: False,
    CONF_DELIVER_TO: [],
    CONF_CALENDAR_ISSUES: False,
    CONF_SPARE_LOCKS: [],
    CONF_USERS_MAY_ISSUE: False,
    CONF_SHOW_CODES_IN_CALENDAR: False,
    CONF_VOICE: VOICE_OFF,
    CONF_HISTORY_DAYS: 90,
    CONF_SIDEBAR: True,
}

DEFAULT_DURATION: Final = timedelta(hours=1)
"""The length of a code if none is given: the shortest duration."""

MAX_ORDERED_LOCKS: Final = 20
"""Locks of one order: each takes a NetCode call, and their codes go into one message."""

MIN_READ_INTERVAL: Final = timedelta(minutes=10)
"""A lock is read at most this often, for any caller: news reaches the cloud in batches anyway."""

MAX_LOCKS: Final = api.MAX_LOCKS
"""Locks followed per account: each is a device with seven entities, and two reads to begin."""

AUDIT_PAGE: Final = 50
"""Entries asked for in one call when looking for news."""
MAX_AUDIT_PAGES: Final = 40
"""Pages read in one go: 2,000 entries. An audit that never ends would spend the month's calls."""
MAX_AUDIT_NEWS: Final = AUDIT_PAGE * MAX_AUDIT_PAGES
"""Entries taken in one go, even if the cloud's pages are longer than requested."""
MAX_AUDIT_ENTRIES: Final = 500
"""Most entries that one `get_audit` returns."""
DURATIONS_KEPT: Final = timedelta(days=30)
"""The durations of a lock model are the vendor's product data; a month saves nearly every call."""
MAX_STATE: Final = 255
"""Home Assistant's longest state."""

MAX_CLIENT_MESSAGE: Final = 500
"""Longest invitation that the API takes (v1 documentation, Add Smart Phone Client)."""
DEFAULT_CLIENT_MESSAGE: Final = "You are invited to open this lock with your phone."
"""The API requires a text; this one has none of the characters that it refuses."""
ACCOUNT_LOOK: Final = timedelta(hours=1)
"""Refused changes of clients are explained by a look at the account, at most one in this time."""
MAX_CLIENT_SWITCHES: Final = 500
"""Switches of one account: each is an entity that somebody has to find among the others."""

CODES_BY_TEXT: Final = 6
"""Codes that a requester gets in a day, unless the subentry says otherwise."""
OTHER_ANSWERS_BY_TEXT: Final = 50
"""Replies without a code that a requester gets in a day: their phone may answer ours by itself."""
