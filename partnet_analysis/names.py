"""The words of the domain: tables, columns and closed vocabularies."""

from typing import Final

TABLES: Final = ("actors", "meetings", "attendance", "contacts")

ACTOR_COLUMNS: Final = (
    "actor_id",
    "name",
    "kind",
    "organisation_id",
    "sector",
    "level",
    "is_coordinator",
    "capacity_hours_per_month",
    "joined_on",
    "left_on",
)
MEETING_COLUMNS: Final = (
    "meeting_id",
    "day",
    "title",
    "series",
    "kind",
    "theme",
    "convener_id",
    "duration_hours",
)
ATTENDANCE_COLUMNS: Final = ("meeting_id", "actor_id", "invited", "status")
CONTACT_COLUMNS: Final = (
    "contact_id",
    "day",
    "source_id",
    "target_id",
    "channel",
    "theme",
    "duration_hours",
)
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "actors": ACTOR_COLUMNS,
    "meetings": MEETING_COLUMNS,
    "attendance": ATTENDANCE_COLUMNS,
    "contacts": CONTACT_COLUMNS,
}
REQUIRED: Final[dict[str, tuple[str, ...]]] = {
    "actors": ("actor_id", "name", "kind"),
    "meetings": ("meeting_id", "day"),
    "attendance": ("meeting_id", "actor_id", "status"),
    "contacts": ("contact_id", "day", "source_id", "target_id"),
}
TIE_COLUMNS: Final = (
    "source_id",
    "target_id",
    "co_presence",
    "contacts_out",
    "contacts_in",
    "strength",
    "distance",
    "n_meetings",
    "first_day",
    "last_day",
)

ACTOR_KINDS: Final = ("organisation", "person")
LEVELS: Final = ("decision_maker", "manager", "field_worker", "volunteer", "elected", "resident")
MEETING_KINDS: Final = ("plenary", "workshop", "working_group", "committee", "bilateral")
STATUSES: Final = ("present", "excused", "absent", "unknown")
"""Attendance statuses, the one that wins a contradiction first."""

FLAGS: Final = ("over_solicited", "watch", "usual")
ISOLATION_TYPES: Final = (
    "never_invited",
    "invited_never_came",
    "plenary_only",
    "coordinator_only",
    "outside_main_component",
    "dormant",
    "newcomer",
    "connected",
)

RESIDENTS_ID: Final = "residents"
"""The one actor that stands for all residents at organisation level."""

WITHOUT_COORDINATORS: Final = "_without_coordinators"
"""Suffix of the columns that hold a measure once the coordinators are taken out."""

SHAPES: Final = (
    "canonical",
    "attendance_list",
    "attendance_grid",
    "sign_in_sheet",
    "invitation_list",
    "minutes",
    "packed_names",
    "calendar",
    "teams",
    "video_report",
    "poll",
    "contact_log",
    "mail",
    "directory",
    "ticks",
)
"""Shapes that a file or sheet of records may have."""

ROLES: Final = (
    "person", "last_name", "first_name", "organisation", "email", "day", "title", "series",
    "number", "time", "arrival", "departure", "action", "attendee_type", "reply", "kind",
    "signature", "status", "present", "excused", "absent", "represented", "proxy_holder", "invited",
    "guest", "theme", "channel", "source", "target", "duration", "sector", "level",
    "joined", "left", "capacity", "siret", "rna", "coordinator", "present_names", "excused_names",
    "absent_names", "invited_names", "total", "phone", "function", "civility", "index", "place",
    "remark", "direction", "waiting", "outcome", "unused",
)  # fmt: skip
"""What a column of a sheet may be; `vocabulary.toml` has the headers of each."""

LANGUAGES: Final = ("fr", "en")
