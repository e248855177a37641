"""The steps of the forms; `config_flow` has the account's own.

Imports all that reads and thinks, and `issuing` for who may ask by text.
"""
