"""Commands that stand in for Django's."""
