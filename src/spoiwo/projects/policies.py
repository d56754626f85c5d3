"""May this actor do that in projects?"""

from spoiwo.projects.rules.roles import asks_clients, keeps_projects, reads_projects

__all__ = ["asks_clients", "keeps_projects", "reads_projects"]
