"""What is read of an account, and what follows from it: devices, news and repair issues.

Imports `api`, `netcode`, `polling` and the modules that all share. `account` holds the
coordinators; `devices` and `issues` work on that.
"""
