"""Inbox, outbox, ownership, handoff: what happens to a message, whatever channel it came by."""
