"""What the desk shows, in words."""

from spoiwo.oversight.tables.log import cells, code_of, file_name, header, lines
from spoiwo.oversight.tables.person import person_report

__all__ = ["cells", "code_of", "file_name", "header", "lines", "person_report"]
