"""Paths that lead to the same article made up in another way: for AMP, for print, as a file."""

import re

_AMP_HEAD = re.compile("^(?:/amp)+(?=/[^/])")
_AMP_TAIL = re.compile(r"(?<=[^/])/amp(?:html)?/?$|(?<=[^/.])\.amp$")
_LONGEST_TAIL = len("/index.amp.html")
_AMP_FORMAT = re.compile(r"(?<!/index)(?<!\.amp)(?:\.amp)+(?=\.html?$)")
_INDEX_TAIL = re.compile(r"(?<=/)index(?:\.amp)?\.html?$")
#: Only behind what looks like an article, for magazines have sections of that name.
_PRINT_TAIL = re.compile(r"(?<=[\w%])/print/?$")
_LOOKS_LIKE_ARTICLE = re.compile(r"[\d-]")


def usual_path(path: str) -> str:
    """Return `path` without what asks for the AMP, print or index form of a page.

    Args:
        path: escaped in the one way to write it, without dot segments.
    """
    path = _AMP_HEAD.sub("", path)
    end = len(path)
    while tail := _version_tail(path, end):
        end = tail.start()
    return _AMP_FORMAT.sub("", path[:end])


def _version_tail(path: str, end: int) -> re.Match[str] | None:
    """Return what at the end of `path[:end]` names no other page, if anything."""
    start = max(end - _LONGEST_TAIL, 0)
    if sure := _AMP_TAIL.search(path, start, end) or _INDEX_TAIL.search(path, start, end):
        return sure
    tail = _PRINT_TAIL.search(path, start, end)
    slug = path[path.rfind("/", 0, tail.start()) : tail.start()] if tail else ""
    return tail if _LOOKS_LIKE_ARTICLE.search(slug) else None
