"""What people say: from words to a lock, a time and a person, and back.

Pure: imports `const`. Each language is a file in `languages/`.
"""
