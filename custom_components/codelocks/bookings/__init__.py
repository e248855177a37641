"""Who comes when, and the codes that follow from it: bookings in a calendar, regular visitors.

Pure: imports `netcode`, and no Home Assistant.
"""
