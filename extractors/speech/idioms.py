"""Turns of phrase whose verb reports nothing: "it goes without saying that", "if she says"."""

from extractors.speech.syntax import MOST_CHILDREN, Tree

#: "needless to say", "suffice it to say"; "without saying".
_BEFORE_TO_SAY = frozenset({"needless", "suffice", "it"})
_SUPPOSING = frozenset({"if", "unless"})
_NAMING = frozenset({"name", "identify", "quote"})


def is_idiom(tree: Tree, verb: int) -> bool:
    """Answer whether `verb` is part of a turn of phrase, and reports nothing."""
    lemmas = tree.parse.lemmas
    if lemmas[verb] == "say" and verb:
        return (
            lemmas[verb - 1] == "without"
            or (lemmas[verb - 1] == "to" and lemmas[verb - 2] in _BEFORE_TO_SAY)
            or _is_that_said(tree, verb)
            or _is_not_said(tree, verb)
        )
    is_unnamed = lemmas[verb] in {"ask", "decline", "request"} and _stays_unnamed(tree, verb)
    return is_unnamed or _is_not_said(tree, verb)


def _is_not_said(tree: Tree, verb: int) -> bool:
    """Answer whether nobody says it, or it is only supposed that somebody does: "if she says"."""
    if not tree.reports_speech(verb):
        return False
    lemmas, subject = tree.parse.lemmas, tree.child(verb, "nsubj")
    mark = tree.child(verb, "mark") if tree.parse.relations[verb] == "advcl" else None
    return (subject is not None and _is_nobody(tree, subject)) or (
        mark is not None and mark < verb and lemmas[mark] in _SUPPOSING
    )


def _is_nobody(tree: Tree, subject: int) -> bool:
    determiner = tree.child(subject, "det")
    is_no = determiner is not None and tree.parse.lemmas[determiner] == "no"
    return is_no or tree.parse.lemmas[subject] == "nobody"


def _is_that_said(tree: Tree, verb: int) -> bool:
    """Answer whether a sentence begins with "That said," or "That being said,"."""
    parse = tree.parse
    first = verb - 1 - (parse.lemmas[verb - 1] == "be")
    begins = first >= 0 and (not first or parse.sentences[first - 1] != parse.sentences[first])
    return begins and parse.lemmas[first] == "that" and parse.lemmas[verb + 1 : verb + 2] == (",",)


def _stays_unnamed(tree: Tree, verb: int) -> bool:
    """Answer whether it is said of a source that it "asked not to be named"."""
    parse = tree.parse
    return any(
        parse.relations[child] == "xcomp"
        and parse.lemmas[child] in _NAMING
        and tree.child(child, "auxpass") is not None
        for child in tree.children[verb][:MOST_CHILDREN]
    )
