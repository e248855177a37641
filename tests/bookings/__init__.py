"""Tests of `bookings/`."""
