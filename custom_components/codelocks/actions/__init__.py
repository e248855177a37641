"""The handlers of the actions; `services` registers them.

Imports `issuing`, `clients`, `reading` and what these import.
"""
