"""Tests that run the blueprints."""
