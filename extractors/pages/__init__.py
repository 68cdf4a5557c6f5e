"""What surrounds an article's text on its page: metadata, captions, clutter, kinds of page."""
