"""Who may open the pages of calendars."""

from tests.access.oracle.page import ANY_ROLE, Page, page, public, signed_in

ORACLE: dict[str, Page] = {
    "calendars:calendar": signed_in(),
    "calendars:plan": page(*ANY_ROLE),
    "calendars:feeds": page(*ANY_ROLE),
    "calendars:take_in": page(*ANY_ROLE),
    "calendars:revoke": page(*ANY_ROLE, method="post", empty=True, thing="calendar_feed"),
    "calendars:entry": page(*ANY_ROLE, thing="calendar_entry"),
    "calendars:change": page(*ANY_ROLE, thing="calendar_entry"),
    "calendars:cancel": page(*ANY_ROLE, thing="calendar_entry", method="post"),
    "calendars:public_feed": public(),
    "calendars:feed": public(thing="calendar_key"),  # the key itself is the door; see tests/calendars
}
