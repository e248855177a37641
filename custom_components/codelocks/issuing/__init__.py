"""The one way a NetCode is planned, made, kept and handed out.

Imports `api`, `netcode`, `polling`, `reading` and what all share. Actions, the calendar, voice and
text messages all use it.
"""
