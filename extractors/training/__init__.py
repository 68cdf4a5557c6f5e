"""Rebuilds the weight tables in `extractors/data/` from gold; the one place here with I/O.

Nothing imports it: `python -m extractors.training quotes --gold FILE...`
"""
