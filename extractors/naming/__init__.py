"""Names: found in a text, typed, and brought to one form; serves `extractors.entities`."""
