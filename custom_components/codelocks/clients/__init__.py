"""Smart-phone clients: how they are changed, and when they may open.

Imports all that reads and thinks.
"""
