"""Smart-phone clients: how they are changed, and when they may open.

Imports `account`, `api` and what all folders share.
"""
