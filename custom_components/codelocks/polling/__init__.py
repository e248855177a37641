"""What to read next, within the quota of calls.

`poller` and `call_counter` run in Home Assistant; the rest is pure, and imports at most `api`.
"""
