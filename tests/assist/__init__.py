"""Tests of `assist/`."""
