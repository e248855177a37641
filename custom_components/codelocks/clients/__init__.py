"""Smart-phone clients: how they are changed, and when they may open.

Imports `reading`, `api` and what all folders share.
"""
