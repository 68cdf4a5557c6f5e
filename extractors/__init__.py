"""Pure extraction: bytes or text in, records out; no network, disk or clock."""
