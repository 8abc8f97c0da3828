"""Operators' commands: thin, and each can fail."""
