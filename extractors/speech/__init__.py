"""Speech: quotation marks, reports, and who may have said it; serves `quotes` and `speakers`."""
