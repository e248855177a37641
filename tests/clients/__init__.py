"""Tests of `clients/`."""
