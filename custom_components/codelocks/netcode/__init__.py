"""What a NetCode is: when it opens, what a lock offers, and the ledger of those that were made.

Pure: imports `api` and nothing of Home Assistant.
"""
