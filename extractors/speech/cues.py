"""Which words report speech."""

from extractors.speech.syntax import Tree
from extractors.wordlists import word_classes

_SPEECH = frozenset({"say", "write", "tell", "ask", "claim"})


def reports_speech(tree: Tree, token: int) -> bool:
    """Answer whether `token` is a verb that reports words: "said", "wrote", "asked"."""
    classes = word_classes("reporting_verbs").get(tree.parse.lemmas[token], ())
    return tree.parse.pos[token] == "VERB" and not _SPEECH.isdisjoint(classes)
