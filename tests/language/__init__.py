"""Tests of `language/`."""
