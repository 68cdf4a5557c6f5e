"""More pages that are no articles: lists, players, shells, and files of other kinds."""

from tests.extractors.refused_pages import CUT, MOST_READ, TEASER, json_ld, shell, teasers

SUMMARY = f"{TEASER}."
BIO = (
    "Mara Quill has covered the coast for the Gazette since 2011. Before that she was a reporter "
    "in "
    "Westmere, where she wrote about fishing, ferries and the weather. She lives in Eastmere."
)


def front(title: str, body: str, head: str = "", lang: str = "") -> str:
    return shell(title, f"<h1>{title}</h1>{body}", head=head, lang=lang)


_LISTED = json_ld(
    "CollectionPage",
    mainEntity={
        "@type": "ItemList",
        "itemListElement": [
            {"@type": "ListItem", "position": n, "url": f"https://gazette.example/news/{n}"}
            for n in range(30)
        ],
    },
)
_LINKS = "".join(
    f'<li><a href="/news/{n}">The council hears plan number {n} for the ferry</a> <span>{n} min ago'
    "</span></li>"
    for n in range(30)
)
_CARDS = "".join(
    f'<a class="card" href="/news/{n}"><h3>Plan number {n} for the ferry</h3><p>{SUMMARY}</p></a>'
    for n in range(24)
)
_DIVS = "".join(
    f'<div><div class="t"><a href="/news/{n}">Plan number {n} for the old ferry</a></div>'
    f'<div class="s">{SUMMARY}</div></div>'
    for n in range(24)
)
INDEX = {
    "section": front("Politics", teasers(30, summary=SUMMARY)),
    "section, long summaries": front("Politics", teasers(40, summary=CUT)),
    "section, headings only": front("Sport", teasers(40, dated=False)),
    "section said to be a collection": front("News", teasers(20, summary=CUT), _LISTED),
    "tag": front("Ferries", f"<p>All stories about ferries.</p>{teasers(25, summary=SUMMARY)}"),
    "author": front("Mara Quill", f"<p>{BIO}</p>{teasers(20, summary=SUMMARY)}",
        json_ld("ProfilePage", name="Mara Quill")),
    "topic with h2": front("Weather", teasers(20, summary=SUMMARY, heading="h2")),
    "links": front("Latest", f"<ul>{_LINKS}</ul>"),
    "cards that are links": front("Opinion", _CARDS),
    "cards of divisions": front("Economy", _DIVS),
    "cards with reading times": front("Politics", "".join(
        f'<article><h2><a href="/p/{n}">Minister {n} resigns over the ferry</a></h2><p>Mara Quill '
        f'· 3 May '
        f'2026 · 4 min read</p><p>{CUT}</p><a href="/p/{n}">Read '
        f'more</a></article>' for n in range(25))),
    "posts of two paragraphs": front("Latest posts", "".join(
        f'<h2><a href="/p/{n}">Post number {n} about the ferry</a></h2><p>{CUT}</p><p>{CUT}</p>'
        for n in range(10))),
    "home": shell("Eastmere Gazette", "".join(
        f"<h2>{name}</h2>{teasers(8, summary=CUT)}" for name in ("News", "Sport", "Culture"))),
    "search results": front("Results for “pier”", teasers(20, summary=CUT),
        json_ld("SearchResultsPage")),
    "de": front("Politik", teasers(30, summary="Der Hafenrat von Ostmeer hat am Dienstag "
        "beschlossen, "
        "die alte Mole für den Winter zu schließen."), lang="de"),
    "ja": front("政治", teasers(30, summary=
        "港の理事会は火曜日、冬の間、古い桟橋を閉鎖することを決めた。"),
        lang="ja"),
}  # fmt: skip

_PLAYER = '<div id="player"><video src="/v.mp4"></video></div>'
_FRAME = '<iframe src="https://www.youtube.com/embed/x1"></iframe>'
VIDEO = {
    "two lines": front("Ferry leaves", f"{_PLAYER}<p>Watch the ferry leave for "
        f"Westmere.</p><p>Filmed "
        "on Monday.</p>"),
    "said to be a video": front("Ferry leaves", "<div id=player></div><p>Watch the ferry "
        "leave.</p>",
        json_ld("VideoObject", name="Ferry leaves", uploadDate="2026-02-10")),
    "live player": front("Watch live: harbour board meets", f"{_FRAME}<p>The board meets in "
        f"Eastmere to"
        " vote on the old pier.</p>"),
    "more videos": front("Ferry leaves", f"{_PLAYER}<p>Watch the ferry leave.</p>{MOST_READ}"),
    "audio": front("The Coast Podcast, part 9", '<audio src="/9.mp3"></audio><p>Listen to the '
        'pilots of '
        "Eastmere talk about winter.</p>"),
}  # fmt: skip

EMPTY = {
    "no bytes": "",
    "blanks": " \n\n ",
    "no body": "<!doctype html><html><head><title>Old pier "
        "closes</title></head><body></body></html>",
    "script shell": shell("Gazette", "<div id=root></div><noscript>You need to enable JavaScript "
        "to run"
        " this app.</noscript><script src=/a.js></script>", site=False),
    "script asked for": shell("Gazette", "<p>JavaScript is disabled in your browser. Please enable "
        "JavaScript to view this website.</p>", site=False),
    "headline only": shell("Old pier closes", "<h1>Old pier closes</h1>"),
    "redirect": shell("", "", head='<meta http-equiv="refresh" content="0;url=/news">', site=False),
    "frame": shell("Old pier closes", "", site=True),
}  # fmt: skip

_ITEM = "<item><title>Pier</title></item>"
_RSS = f'<rss version="2.0"><channel><title>Gazette</title>{_ITEM}</channel></rss>'
_XML = '<?xml version="1.0" encoding="utf-8"?>\n<!-- made daily -->\n'
#: Bytes and the content type sent with them.
NOT_HTML = {
    "PDF": (b"%PDF-1.7\n%\xe2\xe3", "application/pdf"),
    "PDF called HTML": (b"%PDF-1.7\n%\xe2\xe3", "text/html"),
    "PNG called HTML": (b"\x89PNG\r\n\x1a\n\0\0", "text/html; charset=utf-8"),
    "JPEG": (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
    "WebP called HTML": (b"RIFF\x24\0\0\0WEBPVP8 ", "text/html"),
    "MP4 called HTML": (b"\0\0\0\x20ftypisom\0\0\2\0", "text/html"),
    "MP3 called HTML": (b"ID3\x04\0\0\0\0", "text/html"),
    "ZIP": (b"PK\x03\x04\x14\0", "application/zip"),
    "JSON": (b'{"title": "Old pier closes"}', "application/json"),
    "JSON called HTML": (b' [{"title": "Old pier closes"}]', "text/html"),
    "RSS": (_RSS.encode(), "application/rss+xml"),
    "RSS called HTML": ((_XML + _RSS).encode(), "text/html"),
    "Atom": ((_XML + '<feed xmlns="http://www.w3.org/2005/Atom"/>').encode(), "application/xml"),
    "RDF called HTML": ((_XML + "<rdf:RDF></rdf:RDF>").encode(), "text/html"),
    "sitemap": ((_XML + "<urlset><url><loc>https://gazette.example/</loc></url></urlset>").encode(),
        "text/xml"),
    "sitemap called HTML": (b"\xef\xbb\xbf" + (_XML + "<sitemapindex/>").encode(), "text/html"),
    "SVG called HTML": ((_XML + '<svg xmlns="http://www.w3.org/2000/svg"/>').encode(), "text/html"),
    "plain text": ((CUT * 8).encode(), "text/plain; charset=utf-8"),
    "octets": (b"\x00\x01\x02\x03" * 99, "application/octet-stream"),
    "octets without a type": (b"\x7fELF\x02\x01\x01", ""),
    "style sheet": (b"p { color: red }", "text/css"),
    "table": (b"town,boats\nEastmere,12\n", "text/csv"),
}  # fmt: skip
