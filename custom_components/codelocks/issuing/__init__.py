"""The one way a NetCode is made, kept and told.

Imports all that reads and thinks; actions, calendar, voice and text messages come through here.
"""
