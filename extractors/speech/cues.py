"""Which words report speech."""

from extractors.speech.syntax import Tree

_SPEECH = frozenset({"say", "write", "tell", "ask", "claim"})


def reports_speech(tree: Tree, token: int) -> bool:
    """Answer whether `token` is a verb that reports words: "said", "wrote", "asked"."""
    return tree.parse.pos[token] == "VERB" and not _SPEECH.isdisjoint(tree.verb_classes(token))
