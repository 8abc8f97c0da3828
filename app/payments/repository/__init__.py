"""The statements of payments, one module for each table."""
