"""Reads of enquiries, confirmations and messages."""

from spoiwo.enquiries.queries.waiting import waiting_for

__all__ = ["waiting_for"]
