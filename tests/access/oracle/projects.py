"""Who may open the pages of projects."""

from tests.access.oracle.page import ADVISER, ANALYST, CASE, DIRECTOR, SUPERVISOR, Page, page

KEEP = (CASE, ADVISER)
READ = (*KEEP, ANALYST, DIRECTOR, SUPERVISOR)

ORACLE: dict[str, Page] = {
    "projects:list": page(*READ),
    "projects:add": page(*KEEP),
    "projects:project": page(*READ, thing="project"),
    "projects:change": page(*KEEP, thing="project"),
    "projects:ask": page(*KEEP, thing="project"),
    "projects:add_employer": page(*KEEP, thing="project"),
    "projects:people_file": page(*KEEP, thing="people of a project"),
    "projects:of_client": page(CASE, thing="client"),
    "projects:participant": page(*KEEP, thing="participant"),
    "projects:step": page(*KEEP, thing="participant"),
    "projects:support": page(*KEEP, thing="participant"),
    "projects:work": page(*KEEP, thing="participant"),
    "projects:end_support": page(*KEEP, thing="paid support"),
}
