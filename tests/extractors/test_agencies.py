import pytest

from extractors.pages.agencies import agency_among, agency_in, is_agency_trailer

STORY = "The council agreed on Monday to mend the old bridge before the winter."


@pytest.mark.parametrize(
    ("authors", "lines", "expected"),
    [
        (["Ada Lind, AFP"], [STORY], "AFP"),
        (["dpa-infocom"], [STORY], "dpa"),
        ([], [f"LINDBY, May 3 (Reuters) - {STORY}"], "Reuters"),
        ([], [f"LINDBY, Norland (AP) — {STORY}"], "AP"),
        ([], [STORY, "© AFP"], "AFP"),
        ([], [STORY, "mit dpa"], "dpa"),
        ([], [f"{STORY} (EFE)"], "EFE"),
        (["Ada Lind"], [STORY], None),
        (["Pat Apanage"], [f"The AP (the old party) lost. {STORY}"], None),
        ([], [], None),
    ],
)
def test_an_agency_is_known_by_its_sign(authors, lines, expected):
    assert (agency_among(authors) or agency_in(lines)) == expected


@pytest.mark.parametrize("line", ["(AFP)", "dpa/mk", "© Reuters", "Source: AP", "/ritzau/"])
def test_a_line_of_signs_is_a_trailer(line):
    assert is_agency_trailer(line)


@pytest.mark.parametrize("line", [STORY, "AP said so.", "", "Reuters reported the vote first."])
def test_a_sentence_is_no_trailer(line):
    assert not is_agency_trailer(line)
