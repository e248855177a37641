"""What people say: from words to a lock, a time and a person, and back.

Pure: imports nothing else of the integration. Each language is a file in `languages/`.
"""
