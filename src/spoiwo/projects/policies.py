"""May this actor do that in projects?"""

from spoiwo.projects.rules.roles import keeps_projects, reads_projects

__all__ = ["keeps_projects", "reads_projects"]
