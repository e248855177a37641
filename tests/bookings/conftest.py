"""What the tests of bookings share."""

from tests.bookings.flat import flat

__all__ = ["flat"]
