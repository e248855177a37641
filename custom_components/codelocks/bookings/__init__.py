"""Who comes when, and the codes that follow from it: bookings in a calendar, regular visitors.

Thinks only, so far: imports `netcode` and its like, and no Home Assistant.
"""
