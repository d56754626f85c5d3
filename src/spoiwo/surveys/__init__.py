"""Surveys: questionnaires, frames, answers, editions; a module that any institution may use."""
