"""What would hold on paper too: entries of the directory, accounts, authorisations, posts, files of institutions."""

from spoiwo.institutions.rules.directory import (
    LENGTHS,
    checked_code,
    checked_details,
    code_from,
    directory_search_key,
    directory_sort_key,
    in_order,
    values_of,
)
from spoiwo.institutions.rules.people import (
    NUMBER_LENGTH,
    PERSON_LENGTH,
    check_last_day,
    checked_authorisations,
    checked_person,
    checked_post,
    checked_territories,
)
from spoiwo.institutions.rules.rows import (
    COLUMNS,
    MOST_ROWS,
    NEEDED,
    POLISH_HEADERS,
    check_size,
    columns_of,
    details_from,
)

__all__ = [
    "COLUMNS",
    "LENGTHS",
    "MOST_ROWS",
    "NEEDED",
    "NUMBER_LENGTH",
    "PERSON_LENGTH",
    "POLISH_HEADERS",
    "check_last_day",
    "check_size",
    "checked_authorisations",
    "checked_code",
    "checked_details",
    "checked_person",
    "checked_post",
    "checked_territories",
    "code_from",
    "columns_of",
    "details_from",
    "directory_search_key",
    "directory_sort_key",
    "in_order",
    "values_of",
]
