"""Reads about institutions and the people who work there."""

from spoiwo.institutions.queries.acting import (
    actor_for,
    authorisations_of,
    institution_of,
    workplaces_of,
)
from spoiwo.institutions.queries.directory import (
    ORDERS,
    Institutions,
    badges_of,
    bodies_run_by,
    by_code,
    by_regon,
    counties_in_directory,
    details_of,
    directory,
    open_institutions,
    post,
    posts_of,
    seats,
)
from spoiwo.institutions.queries.places import districts_of, place_names, unit_names, units_to_choose
from spoiwo.institutions.queries.staff import (
    colleague,
    colleagues_of,
    count_with_staff,
    full_name,
    names_at_work,
    register_of_authorisations,
    staff_of,
    with_accounts,
)
from spoiwo.institutions.queries.workers import Worker, workers_with_roles

__all__ = [
    "ORDERS",
    "Institutions",
    "Worker",
    "actor_for",
    "authorisations_of",
    "badges_of",
    "bodies_run_by",
    "by_code",
    "by_regon",
    "colleague",
    "colleagues_of",
    "count_with_staff",
    "counties_in_directory",
    "details_of",
    "directory",
    "districts_of",
    "full_name",
    "institution_of",
    "names_at_work",
    "open_institutions",
    "place_names",
    "post",
    "posts_of",
    "register_of_authorisations",
    "seats",
    "staff_of",
    "unit_names",
    "units_to_choose",
    "with_accounts",
    "workers_with_roles",
    "workplaces_of",
]
