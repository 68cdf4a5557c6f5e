"""What is true of a phrase that could name a speaker, whatever is said: looked at once for each."""

from collections.abc import Iterator
from dataclasses import dataclass

from extractors.speech.constructions import OF_THINGS
from extractors.speech.scene import Scene
from extractors.speech.syntax import SUBJECTS, VERBS
from extractors.speech.things import sort_of
from extractors.wordlists import word_classes, words_in

HE_OR_SHE = frozenset({"he", "she"})
#: Classes of verbs, the surest reporters first.
_SURE = ("say", "write", "tell", "ask", "claim", "call", "praise", "blame", "promise", "think")
_NOBODY = frozenset({"nobody", "none", "everyone", "everybody"})
_NO = frozenset({"no", "No"})
_THINGS = frozenset({"PLACE", "EVENT", "WORK", "PRODUCT", "LAW"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """A phrase that could name a speaker."""

    token: int  #: its head
    begin: int  #: its first token
    verb: int | None  #: whose subject or agent it is
    verb_class: str  #: of `class_of`
    reach: tuple[int, int]  #: first and last token of phrase and verb together
    who: str  #: label of the name, the pronoun with "he" for "she", or the tag of the word
    sort: str  #: the same, and "she" for "she"
    role: str  #: how it hangs on its head: a relation, with the preposition of a "pobj"
    entity: str | None
    name: str | int  #: equal for two phrases that mean one speaker at first sight
    signs: tuple[str, ...]  #: names of features


class Cast:
    """The phrases of a scene that could name a speaker, each looked at once."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._portraits: dict[int, Portrait] = {}
        self._sorts: dict[int, str] = {}

    def portrait(self, token: int) -> Portrait:
        """Return what is true of the phrase that `token` heads."""
        if token not in self._portraits:
            self._portraits[token] = _portrait(self.scene, token)
        return self._portraits[token]

    def sort(self, token: int) -> str:
        """Return what sort of word `token` is among those between a quotation and a speaker."""
        if token not in self._sorts:
            self._sorts[token] = _sort_of_word(self.scene, token)
        return self._sorts[token]


def governor_of(scene: Scene, token: int) -> int | None:
    """Return the verb whose subject or agent `token` is, a shared one included."""
    parse = scene.tree.parse
    relation, head = parse.relations[token], parse.heads[token]
    if relation in SUBJECTS:
        return head
    if relation == "pobj" and parse.relations[head] == "agent":
        return parse.heads[head]
    if relation in {"conj", "appos"}:
        return parse.heads[head] if parse.relations[head] in SUBJECTS else None
    clause = scene.tree.child(token, "relcl", "acl")
    return clause if clause is not None and clause > token else None


def class_of(scene: Scene, verb: int | None) -> str:
    """Return the class of `verb` that reports most surely; "none" for None."""
    if verb is None:
        return "none"
    classes = scene.tree.verb_classes(verb)
    if not classes:
        is_be = scene.tree.parse.lemmas[verb] == "be"
        return "be" if is_be else scene.tree.parse.tags[verb][:1]
    return next((name for name in _SURE if name in classes), classes[0])


def _portrait(scene: Scene, token: int) -> Portrait:
    parse, mention = scene.tree.parse, scene.mention_of.get(token)
    lemma, entity = parse.lemmas[token], None if mention is None else mention.entity
    verb, begin = governor_of(scene, token), scene.tree.phrase(token)[0]
    sort, role = _sort_of_phrase(scene, token), _role(scene, token)
    who = "he" if sort in HE_OR_SHE else sort
    ends = (token,) if verb is None else (token, verb)
    return Portrait(
        token=token,
        begin=begin,
        verb=verb,
        verb_class=class_of(scene, verb),
        reach=(min(begin, *ends), max(ends)),
        who=who,
        sort=sort,
        role=role,
        entity=entity,
        name=entity or (lemma if lemma in HE_OR_SHE else token),
        signs=(f"who={who}", f"role={role}", *_standing(scene, token, begin, sort)),
    )


def _sort_of_phrase(scene: Scene, token: int) -> str:
    if scene.is_pronoun(token):
        return scene.tree.parse.lemmas[token]
    return scene.label_of(token) or scene.tree.parse.tags[token]


def _role(scene: Scene, token: int) -> str:
    parse = scene.tree.parse
    relation, head = parse.relations[token], parse.heads[token]
    if relation == "pobj":
        is_told = parse.lemmas[head] == "to" and scene.tree.verb_classes(parse.heads[head])
        addressed = " of those told" if is_told else ""
        preposition = parse.lemmas[head] if parse.pos[head] in {"ADP", "SCONJ", "VERB"} else ""
        return f"pobj {preposition}{addressed}"
    if relation in {"conj", "appos"}:
        return f"{relation} {parse.relations[head]}"
    return relation


def _standing(scene: Scene, token: int, begin: int, sort: str) -> Iterator[str]:
    """Yield where the phrase stands: in a report, under which verb, at the head of a sentence."""
    parse = scene.tree.parse
    relation, head = parse.relations[token], parse.heads[token]
    if scene.reported[token]:
        yield f"reported {sort}"
    yield f"under={relation} {parse.lemmas[head] if parse.pos[head] in VERBS else '-'}"
    if relation in SUBJECTS:
        yield f"clause={parse.relations[head]} {sort}"
        yield f"verb={parse.tags[head]} {_first_class_of(scene, head)}"
    else:
        yield f"hangs={relation} {parse.relations[head]} {sort}"
    if parse.pos[token] == "NOUN":
        yield f"noun={parse.lemmas[token]}"
    if _is_nobody(scene, token):
        yield "names nobody"
    elif is_thing(scene, token) and not (relation in SUBJECTS and scene.tree.verb_classes(head)):
        yield "mute thing"
    is_first = begin == 0 or parse.sentences[begin] != parse.sentences[begin - 1]
    yield f"begins={is_first} {sort}"


def _is_nobody(scene: Scene, token: int) -> bool:
    """Answer whether the phrase says that there is no such person, or that all are meant."""
    lemma, determiner = scene.tree.parse.lemmas[token], scene.tree.child(token, "det")
    is_no_one = lemma == "one" and determiner is not None and scene.text(determiner) in _NO
    return is_no_one or lemma in _NOBODY


def is_thing(scene: Scene, token: int) -> bool:
    """Answer whether the phrase names neither a person nor a body."""
    if (label := scene.label_of(token)) is not None:
        return label in _THINGS
    lemma = scene.tree.parse.lemmas[token]
    known = lemma in word_classes("roles") or lemma in words_in("org_words")
    return scene.tree.parse.pos[token] == "NOUN" and not known


def begins_or_ends(scene: Scene, token: int) -> bool:
    """Answer whether a thing is told of that no words come from: "The tower opens next spring"."""
    parse = scene.tree.parse
    return (
        parse.relations[token] in SUBJECTS
        and parse.lemmas[parse.heads[token]] in OF_THINGS
        and is_thing(scene, token)
        and sort_of(scene.tree, token) != "text"
    )


def _first_class_of(scene: Scene, verb: int) -> str:
    classes = scene.tree.verb_classes(verb)
    return classes[0] if classes else "-"


def _sort_of_word(scene: Scene, token: int) -> str:
    parse = scene.tree.parse
    if parse.pos[token] in {"PUNCT", "ADP", "SCONJ"}:
        return parse.lemmas[token]
    return class_of(scene, token) if parse.pos[token] == "VERB" else parse.pos[token]
