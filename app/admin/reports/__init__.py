"""Reports: read-only questions that no single domain can answer."""
