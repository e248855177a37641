"""The handlers of the actions; `services` registers them.

Imports `issuing`, `clients` and `reading`.
"""
