"""The tests: one folder a tier."""
