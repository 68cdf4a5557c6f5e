"""Examples to learn from: the candidates of an annotated article, and which of them are right."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from extractors.quotes import quotes_in
from extractors.records import QuoteKind
from extractors.speakers import rows_of_features, utterance_of
from extractors.speech.constructions import Report
from extractors.speech.indirect import kind_of
from extractors.speech.portraits import Cast
from extractors.speech.reach import candidate_reports
from extractors.speech.reportfeatures import features_of as features_of_report
from extractors.speech.scare import marked_features
from extractors.speech.scene import Heard, Scene, Utterance
from extractors.speech.things import least_worth
from extractors.training.annotated import Annotated, owners_of, tokens_in, words_in
from extractors.training.gold import Attribution

#: A candidate is right if it shares so much of its words with a content (intersection over union)
#: and has its cue; nearly the same words are right under any cue.
_LEAST_OVERLAP, _SAME_WORDS = 0.5, 0.8
_NEAREST = 0.95  #: of the best share that a construction of the same cue has


@dataclass(frozen=True, slots=True)
class Example:
    """What is true of one candidate, and how near it comes to what is looked for."""

    features: Sequence[str]
    worth: float  #: 1 for what is looked for, 0 for what is not, between for a part of it


@dataclass(frozen=True, slots=True)
class ReportExample(Example):
    """An example of a report, with what tells how far its probability can be believed."""

    kind: QuoteKind
    cue: int
    least: float  #: what it must be worth to count
    is_reported: bool  #: half of its words are of one content


@dataclass(frozen=True, slots=True)
class Choice:
    """What is true of each candidate to choose from, and which of them are right."""

    kind: QuoteKind
    rows: Sequence[Sequence[str]]
    right: frozenset[int]  #: indexes into `rows`; empty: the speaker is not among the candidates
    fair: frozenset[int]  #: those too that only share a word with the source


def report_examples(given: Annotated) -> Iterator[ReportExample]:
    """Yield each construction that could be a report.

    One that the gold has is worth the share of its words, and more if no other construction of
    the same cue comes nearer.
    """
    owners = owners_of(given.tree, given.gold.attributions)
    reports = [
        report for _, reaches in candidate_reports(given.tree, given.quoted) for report in reaches
    ]
    shares = [_share_of(report, given, owners) for report in reports]
    best: dict[int, float] = {}
    for report, share in zip(reports, shares, strict=True):
        best[report.cue] = max(share.of_both, best.get(report.cue, 0.0))
    for report, share in zip(reports, shares, strict=True):
        is_nearest = share.of_both >= _NEAREST * best[report.cue]
        yield ReportExample(
            features=features_of_report(report, given.tree, given.quoted),
            worth=(share.of_both + is_nearest) / 2 if share.is_report else 0.0,
            kind=kind_of(report, given.tree, given.quoted),
            cue=report.cue,
            least=least_worth(given.tree, report, given.quoted),
            is_reported=share.of_words >= _LEAST_OVERLAP,
        )


@dataclass(frozen=True, slots=True)
class _Share:
    """How much a report has in common with the contents of the gold."""

    of_both: float  #: words of both, of the words of either
    of_words: float  #: words of both, of its own
    is_report: bool


def _share_of(
    report: Report, given: Annotated, owners: dict[int, tuple[Attribution, ...]]
) -> _Share:
    tree = given.tree
    words = words_in(tree, (token for a, b in report.parts for token in range(a, b + 1)))
    has_marks = any(given.quoted[token] for token in words)
    shared = Counter(each for token in words for each in owners.get(token, ()))
    share, is_report = 0.0, False
    most = max(shared.values(), default=0) / len(words) if words else 0.0
    for attribution, common in shared.items():
        content = words_in(tree, tokens_in(tree, attribution.content))
        overlap = common / (len(words) + len(content) - common)
        share = max(share, overlap)
        # A mixed quotation goes on beyond what the parse hangs on its cue.
        is_part = has_marks and common >= _SAME_WORDS * len(words)
        has_cue = report.cue in tokens_in(tree, attribution.cue)
        is_report |= overlap >= _SAME_WORDS
        is_report |= has_cue and (overlap >= _LEAST_OVERLAP or is_part)
    return _Share(share, most, is_report)


def marked_examples(given: Annotated) -> Iterator[Example]:
    """Yield what stands in quotation marks; right are quotations, wrong titles and scare quotes."""
    tree, text = given.tree, given.article.text
    known = {
        frozenset(words_in(tree, tokens_in(tree, [(each.start, each.end)]))): each.is_quotation
        for each in given.gold.marked
    }
    for marked in given.marked:
        words = frozenset(words_in(tree, tokens_in(tree, [(marked.start, marked.end)])))
        if words in known:
            yield Example(marked_features(marked, text, tree, given.quoted), float(known[words]))


def choices(given: Annotated) -> Iterator[Choice]:
    """Yield the choice of a speaker for each utterance that is found and that the gold has.

    Utterances are found as at run time, by the tables in use. The last candidate is nobody.
    """
    quotes = list(quotes_in(given.article, given.parse, tree=given.tree))
    scene = Scene(given.article, given.tree, quotes, given.mentions)
    cast = Cast(scene)
    owners = owners_of(given.tree, given.gold.attributions)
    heard: list[Heard] = []
    for _, group in groupby(quotes, key=lambda quote: quote.utterance):
        parts = list(group)
        utterance = utterance_of(parts, scene)
        attribution = _attribution_of(utterance, owners)
        if attribution is None:
            continue
        candidates, rows = rows_of_features(utterance, cast, heard)
        right = _right_of(candidates, attribution, given)
        yield Choice(parts[0].kind, rows, right, right | _fair_of(candidates, attribution, cast))
        if right and attribution.sources:
            speaker = candidates[min(right)]
            heard.append(Heard(speaker=speaker, first=utterance.first, end=utterance.end))


def _attribution_of(
    utterance: Utterance, owners: dict[int, tuple[Attribution, ...]]
) -> Attribution | None:
    """Return the attribution that half of the tokens of `utterance` stand in; the inner one."""
    tokens = [token for first, end in utterance.rows for token in range(first, end)]
    counts = Counter(owners[token][-1] for token in tokens if token in owners)
    best, count = counts.most_common(1)[0] if counts else (None, 0)
    return best if 2 * count >= len(tokens) else None


def _right_of(
    candidates: Sequence[int], attribution: Attribution, given: Annotated
) -> frozenset[int]:
    """Return the candidates within the source, only its head where that is one of them."""
    if not attribution.sources:
        return frozenset({len(candidates)})
    source = tokens_in(given.tree, attribution.sources)
    heads = tokens_in(given.tree, [attribution.head] if attribution.head else [])
    within = {place for place, token in enumerate(candidates) if token in source}
    return frozenset({place for place in within if candidates[place] in heads} or within)


def _fair_of(candidates: Sequence[int], attribution: Attribution, cast: Cast) -> frozenset[int]:
    """Return the candidates whose phrase shares a word with the source."""
    source = tokens_in(cast.scene.tree, attribution.sources)
    begins = [cast.portrait(token).begin for token in candidates]
    return frozenset(
        place
        for place, (begin, token) in enumerate(zip(begins, candidates, strict=True))
        if not source.isdisjoint(range(begin, token + 1))
    )
