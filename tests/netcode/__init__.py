"""Tests of `netcode/`."""
