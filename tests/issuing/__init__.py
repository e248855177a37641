"""Tests of `issuing/`."""
