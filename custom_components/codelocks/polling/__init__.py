"""What to read next, within the quota of calls.

`poller` and `call_counter` run in Home Assistant; all else is pure, and imports `api` at most.
"""
