"""Booking Center: campaigns, creators, bookings, videos and payments of an influencer team, in the terminal."""

__version__ = "0.1.0"
