"""What to read next, within the quota of calls.

`poller`, `call_counter` and `one_question` run in Home Assistant and import what all share; the
rest is pure, and imports at most `api` and `const`.
"""
