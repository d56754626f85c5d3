"""What the desk shows, in words."""

from spoiwo.oversight.tables.kept import kept_rows
from spoiwo.oversight.tables.log import cells, code_of, file_name, header, lines
from spoiwo.oversight.tables.papers import (
    authorisation_facts,
    document_names,
    facts_of_institution,
    model_document,
)
from spoiwo.oversight.tables.person import person_report
from spoiwo.oversight.tables.records import (
    administrators,
    agreements,
    disclosures,
    erasures,
    processing,
    rule_in_words,
)
from spoiwo.oversight.tables.watching import (
    certificate,
    emergency_lines,
    finding_lines,
    incident_cells,
    incident_header,
    incident_values,
    review_rows,
    to_withdraw,
)

__all__ = [
    "administrators",
    "agreements",
    "authorisation_facts",
    "cells",
    "certificate",
    "code_of",
    "disclosures",
    "document_names",
    "emergency_lines",
    "erasures",
    "facts_of_institution",
    "file_name",
    "finding_lines",
    "header",
    "incident_cells",
    "incident_header",
    "incident_values",
    "kept_rows",
    "lines",
    "model_document",
    "person_report",
    "processing",
    "review_rows",
    "rule_in_words",
    "to_withdraw",
]
