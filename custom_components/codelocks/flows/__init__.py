"""The forms of options and subentries; `config_flow` has those of the account.

Imports `account`, `api`, `netcode`, `polling` and what all share, and `issuing` for text requests.
"""
