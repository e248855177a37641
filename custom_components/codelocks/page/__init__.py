"""What the browser gets: the page in the sidebar, its files, and what its websocket is told.

Imports what says who may do what, what was read and what was issued; only `__init__` imports it.
"""
