"""What a NetCode is: when it opens, what a lock offers, and the ledger of issued codes.

Pure: imports `api` and nothing of Home Assistant.
"""
