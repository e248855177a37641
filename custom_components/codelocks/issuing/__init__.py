"""The one way a NetCode is planned, made, kept and handed out.

Imports the pure folders and `reading`; actions, calendar, voice and text messages all come here.
"""
