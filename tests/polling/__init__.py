"""Tests of `polling/`."""
