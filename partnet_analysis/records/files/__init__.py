"""Bytes → grids of text, and what is read without one: calendars, mail, address cards."""
