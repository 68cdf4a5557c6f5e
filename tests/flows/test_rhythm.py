"""How often a feed publishes, and how often it is therefore polled."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.rhythm import (
    FIRST_INTERVAL_S,
    MAX_INTERVAL_S,
    MIN_INTERVAL_S,
    Sight,
    interval_s_after,
    rates_after,
)
from tests.bench.schedule import RIVALS, curve_of_ours, patience_for, tally_of
from tests.bench.schedule_rules import ours
from tests.bench.schedule_traces import a_mix
from tests.builders import NOON

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
DAYTIME = (0.0,) * 8 + (4.0,) * 10 + (0.0,) * 6  #: from eight to six
NOTHING = (0.0,) * 24


def a_sight(at=NOON, since=None, arrivals=(), entries=0) -> Sight:
    return Sight(at=at, since=since, arrivals=tuple(arrivals), entries=entries)


def interval_of(rates, sight=None) -> float:
    return interval_s_after(rates, rates, sight or a_sight())


def after_days(rates, days, *, hours=range(0)):
    """The rates after so many days of hourly polls that found an entry in each of these hours."""
    for at in (MIDNIGHT + HOUR * number for number in range(1, 24 * days + 1)):
        arrivals = [at - HOUR / 2] if (at - HOUR).hour in hours else []
        rates = rates_after(rates, a_sight(at, at - HOUR, arrivals), age_days=100)
    return rates


def test_the_dates_of_a_first_list_show_how_often_a_feed_publishes_and_when():
    days = [MIDNIGHT - DAY * number for number in range(1, 11)]
    list_of_mornings = [day + 9 * HOUR + minute * HOUR / 60 for day in days for minute in (10, 40)]

    rates = rates_after((), a_sight(MIDNIGHT, None, list_of_mornings, 20), age_days=0)

    assert sum(rates) == pytest.approx(2.0, rel=0.15)
    assert max(rates) == rates[9]
    assert rates[9] > 5 * rates[20]


def test_a_first_list_without_dates_shows_nothing():
    sight = a_sight(NOON, None, [NOON - timedelta(seconds=9)] * 20, 20)

    rates = rates_after((), sight, age_days=0)

    assert rates == ()
    assert interval_s_after((), rates, sight) == FIRST_INTERVAL_S


def test_a_first_list_of_old_entries_shows_a_silent_feed():
    sight = a_sight(NOON, None, [NOON - 900 * DAY, NOON - 400 * DAY], 2)

    rates = rates_after((), sight, age_days=0)

    assert interval_s_after((), rates, sight) == MAX_INTERVAL_S


def test_entries_at_an_hour_raise_the_rate_of_that_hour():
    rates = after_days((0.1,) * 24, 14, hours=[17])

    assert rates[17] > 0.3
    assert rates[17] > max(rates[16], rates[18]) > 0.2
    assert max(rates[:15]) < 0.05


def test_entries_without_a_date_count_for_the_whole_time_since_the_last_poll():
    sight = a_sight(NOON, NOON - 6 * HOUR, [NOON] * 3 + [NOON - 900 * DAY] * 3)

    rates = rates_after(NOTHING, sight, age_days=100)

    assert rates[6:12] == pytest.approx((1 / 11,) * 6)
    assert sum(rates) == pytest.approx(6 / 11)


def test_of_a_feed_that_falls_silent_half_the_rate_is_forgotten_in_a_week():
    rates = after_days((2.0,) * 24, 7)

    assert rates == pytest.approx((1.0,) * 24, rel=0.05)


def test_the_rates_of_a_young_feed_are_changed_more_easily():
    sight = a_sight(NOON, NOON - HOUR, [NOON - HOUR / 2])

    young = rates_after(NOTHING, sight, age_days=0)
    old = rates_after(NOTHING, sight, age_days=30)

    assert young[11] > 4 * old[11]


def test_a_feed_without_dates_that_lists_nothing_new_is_soon_asked_less():
    rates, at = (), NOON

    for _ in range(24 * 7):
        rates = rates_after(rates, a_sight(at, at - HOUR), age_days=(at - NOON) / DAY)
        at += HOUR

    assert interval_of(rates) > 2 * FIRST_INTERVAL_S


@pytest.mark.parametrize(
    ("rate", "interval_s"),
    [
        pytest.param(1.0, 3_600, id="one an hour: hourly"),
        pytest.param(0.25, 7_200, id="a quarter of it: half as often"),
        pytest.param(4.0, 1_800, id="four times it: twice as often"),
        pytest.param(1_000.0, MIN_INTERVAL_S, id="not under ten minutes"),
        pytest.param(0.0, MAX_INTERVAL_S, id="not over a day"),
    ],
)
def test_polls_go_with_the_square_root_of_the_rate(rate, interval_s):
    assert interval_of((rate,) * 24) == interval_s


def test_patience_stretches_intervals():
    sight = a_sight()

    assert interval_s_after((1.0,) * 24, (1.0,) * 24, sight, patience=3.0) == 3 * 3_600


def test_nights_are_polled_seldom_and_mornings_often():
    evening, morning = MIDNIGHT - 5 * HOUR, MIDNIGHT + 9 * HOUR

    by_night = interval_of(DAYTIME, a_sight(evening))
    by_day = interval_of(DAYTIME, a_sight(morning))

    assert by_night > 2.5 * by_day
    assert by_day < 2_400


def test_a_burst_is_followed_closely_and_a_quiet_day_is_not():
    since = NOON - 6 * HOUR
    rates = (0.5,) * 24

    burst = interval_of(rates, a_sight(NOON, since, [NOON - HOUR] * 40))
    usual = interval_of(rates, a_sight(NOON, since, [NOON - HOUR] * 3))
    quiet = interval_of(rates, a_sight(NOON, since))

    assert burst < usual / 2
    assert usual == pytest.approx(interval_of(rates), rel=0.01)
    assert quiet > 1.4 * usual


def test_not_more_than_half_a_list_is_to_be_expected_at_the_next_poll():
    rates = (2.0,) * 24

    assert interval_of(rates, a_sight(entries=2)) == 1_800
    assert interval_of(rates, a_sight(entries=100)) == interval_of(rates)


def test_ten_thousand_entries_at_once_are_forgotten_again():
    flood = a_sight(NOON, NOON - HOUR, [NOON - HOUR / 2] * 10_000, 10_000)
    rates = rates_after((0.1,) * 24, flood, age_days=100)

    calm = interval_of(rates, a_sight(NOON + HOUR, NOON))

    assert interval_s_after((0.1,) * 24, rates, flood) == MIN_INTERVAL_S
    assert calm > 2 * MIN_INTERVAL_S


@pytest.fixture(scope="module")
def mix():
    return a_mix({"news": 4, "blog": 4, "burst": 1, "silent": 3}, days=3, seed=5)


@pytest.fixture(scope="module")
def curve(mix):
    return curve_of_ours(mix, days=3, patiences=(0.15, 0.3, 0.6, 1.2, 2.5, 5.0, 10.0))


@pytest.mark.parametrize("name", RIVALS)
def test_ours_sees_entries_as_soon_as_others_for_fewer_requests(name, mix, curve):
    its = tally_of(mix, RIVALS[name], days=3)

    same = tally_of(mix, ours(patience_for(its.mean_s, curve)), days=3)

    assert same.mean_s < 1.1 * its.mean_s
    assert same.requests < 0.8 * its.requests
