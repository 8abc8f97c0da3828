"""Tests of what people may ask about their own data."""
