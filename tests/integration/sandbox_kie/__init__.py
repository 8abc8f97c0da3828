"""Tests of the stand-in for KIE."""
