import pytest

from extractors.pages.authors import clean_authors

BYLINES = {
    "by": (["By Ada Lind"], ("Ada Lind",)),
    "by in other languages": (["Von Ada Lind", "Par Luc Bret"], ("Ada Lind", "Luc Bret")),
    "two of them": (["Ada Lind and Bo Ek"], ("Ada Lind", "Bo Ek")),
    "list": (["Ada Lind, Bo Ek & Cy Roe"], ("Ada Lind", "Bo Ek", "Cy Roe")),
    "job title": (["Ada Lind, Political Editor"], ("Ada Lind",)),
    "address": (["https://social.example/ada", "ada@news.example"], ()),
    "place": (["Ada Lind in Oslo"], ("Ada Lind",)),
    "place after a comma": (["Ada Lind, Oslo"], ("Ada Lind",)),
    "desk": (["red, Ada Lind"], ("Ada Lind",)),
    "label": (["Autorin/Autor Ada Lind", "Author: Bo Ek"], ("Ada Lind", "Bo Ek")),
    "surname first": (["Lind, Ada"], ("Lind, Ada",)),
    "two and agency": (["Ada Lind und Bo Ek, dpa"], ("Ada Lind", "Bo Ek", "dpa")),
    "capitals": (["ADA LIND"], ("Ada Lind",)),
    "twice": (["Ada Lind", "ada lind"], ("Ada Lind",)),
    "paper and agency": (["Le Courrier et AFP"], ("Le Courrier et AFP",)),
    "reporter and agency": (["Ada Lind, dpa"], ("Ada Lind", "dpa")),
    "paper after the name": (["By Ada Lind For Gazette.Example"], ("Ada Lind",)),
    "title of one word": (["Ada Lind, Wirtschaftsredakteurin"], ("Ada Lind",)),
    "Korean title": (["김민수 선임기자"], ("김민수",)),
    "Korean line": (["서울 김민수 기자 kim@gazette.example"], ("김민수",)),
    "nobody": (["admin", "", "null"], ()),
    "nobody but a post": (["Staff", "By Staff Reporter", "Our Special Correspondent"], ()),
    "a paper's staff": (["Gazette staff"], ("Gazette staff",)),
    "photo credit": (["(Image: Ada Lind)"], ()),
}


@pytest.mark.parametrize(("stated", "expected"), BYLINES.values(), ids=BYLINES.keys())
def test_bylines_become_names(stated, expected):
    assert clean_authors(stated) == expected


@pytest.mark.parametrize(
    "byline",
    [
        "Jo Lund @jolund",
        "Jo Lund, 0@",
        "Jo <b>Lund</b>",
        ":By Jo Lund",
        "— Jo Lund",
        '<a href="/jo">Jo Lund</a>',
    ],
)
def test_markup_and_marks_are_no_part_of_a_name(byline):
    assert clean_authors([byline]) == ("Jo Lund",)
