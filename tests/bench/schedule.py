"""How soon entries are seen, and for how many requests: our schedule against others'.

    python -m tests.bench.schedule [--days N] [--feeds N] [--seed N]

Replays what a hundred feeds publish in two weeks (news sites, blogs, bursts, silence) under each
rule, all polled first at once. No feed asks to be left alone (ttl, max-age): that would hold all
rules alike. Then tells how many requests ours needs to see entries as soon as each other rule
does on average, its intervals stretched or shortened as a whole.
"""

import argparse
import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from tests.bench.schedule_rules import (
    Rule,
    Tally,
    fixed,
    miniflux_by_frequency,
    ours,
    replay,
    rss_fetcher,
    summed,
)
from tests.bench.schedule_traces import Trace, a_mix

RIVALS: Mapping[str, Rule] = {
    "every 15 minutes": fixed(900),
    "every hour; miniflux": fixed(3_600),
    "miniflux, by frequency": miniflux_by_frequency,
    "rss-fetcher": rss_fetcher,
}
#: Parts of the mix, in hundredths.
SHARES = {"news": 30, "blog": 35, "burst": 10, "silent": 25}
PATIENCES = (0.15, 0.25, 0.5, 1.0, 1.5, 2.5, 5.0, 10.0)


def main() -> None:
    """Print the table and the comparison."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=14)
    parser.add_argument("--feeds", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    counts = {kind: round(args.feeds * share / 100) for kind, share in SHARES.items()}
    mix = a_mix(counts, days=args.days, seed=args.seed)
    _print_table(mix, {"ours": ours(), **RIVALS}, days=args.days)
    _print_comparison(mix, days=args.days)


def curve_of_ours(
    mix: Sequence[Trace], *, days: int, patiences: Iterable[float] = PATIENCES
) -> Mapping[float, Tally]:
    """Return what our rule costs and gives on the mix by its patience, the least first."""
    return {each: tally_of(mix, ours(each), days=days) for each in sorted(patiences)}


def patience_for(mean_s: float, curve: Mapping[float, Tally]) -> float:
    """Return the patience at which our mean latency is `mean_s`.

    Between two points of the curve a power law is taken; beyond it, its nearest end.
    """
    for (less, sooner), (more, later) in pairwise(curve.items()):
        if sooner.mean_s <= mean_s <= later.mean_s:
            part = math.log(mean_s / sooner.mean_s) / math.log(later.mean_s / sooner.mean_s)
            return less * math.pow(more / less, part)
    return min(curve, key=lambda patience: abs(curve[patience].mean_s - mean_s))


def tally_of(mix: Sequence[Trace], rule: Rule, *, days: int) -> Tally:
    """Return what polling all feeds of the mix by `rule` costs and gives."""
    return summed(replay(trace, rule, days=days) for trace in mix)


def _print_table(mix: Sequence[Trace], rules: Mapping[str, Rule], *, days: int) -> None:
    print(f"{'':24}{'':8} a day and feed     minutes until seen")
    print(f"{'rule':24}{'feeds':8}{'requests':>9}{'bodies':>8}{'mean':>9}{'95 %':>9}{'missed':>8}")
    for name, rule in rules.items():
        tallies = [replay(trace, rule, days=days) for trace in mix]
        for kind in (*dict.fromkeys(trace.kind for trace in mix), "all"):
            some = [
                tally
                for tally, trace in zip(tallies, mix, strict=True)
                if kind in (trace.kind, "all")
            ]
            total, feed_days = summed(some), len(some) * days
            print(
                f"{name:24}{kind:8}{total.requests / feed_days:9.1f}"
                f"{total.bodies / feed_days:8.1f}{total.mean_s / 60:9.1f}"
                f"{total.p95_s / 60:9.1f}{total.missed:8}"
            )
        print()


def _print_comparison(mix: Sequence[Trace], *, days: int) -> None:
    print("Ours with its intervals such that it is as soon as the other")
    print(f"{'':24}{'requests a day, feed':>27}{'mean minutes':>18}{'missed':>14}")
    print(
        f"{'rule':24}"
        + f"{'its':>9}{'ours':>9}{'saved':>9}"
        + f"{'its':>9}{'ours':>9}"
        + f"{'its':>7}{'ours':>7}"
    )
    curve, feed_days = curve_of_ours(mix, days=days), len(mix) * days
    for name, rule in RIVALS.items():
        its = tally_of(mix, rule, days=days)
        same = tally_of(mix, ours(patience_for(its.mean_s, curve)), days=days)
        print(
            f"{name:24}{its.requests / feed_days:9.1f}{same.requests / feed_days:9.1f}"
            f"{1 - same.requests / its.requests:9.0%}"
            f"{its.mean_s / 60:9.1f}{same.mean_s / 60:9.1f}{its.missed:7}{same.missed:7}"
        )


if __name__ == "__main__":
    main()
