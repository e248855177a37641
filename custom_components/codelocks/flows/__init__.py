"""The forms of options and subentries; `config_flow` has those of the account.

Imports `reading`, the pure folders, and `issuing` for text requests.
"""
