"""What Assist and language models can ask for: sentences, and the intents behind them.

Imports `issuing`, `language` and `reading`.
"""
