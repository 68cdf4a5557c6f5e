"""Pages of every kind that a site may send, small enough to be broken in many ways."""

import json

_WORDS = (
    "The harbour board of Eastmere voted on Tuesday to close the old pier for the winter, after "
    "a survey found that three of its piles had moved in the storms of last month."
)
_QUOTED = (
    "“We would rather lose a season than a ferry,” said Ines Halloran, who has run the port since "
    "2019, and she added that the work would be put out to tender before the new year."
)
_MORE = (
    "Fishermen who land their catch there have been offered berths at Westmere, eleven kilometres "
    "along the coast, and a bus will run between the two towns until the pier is open again."
)
BODY = "".join(f"<p>{words}</p>" for words in (_WORDS, _QUOTED, _MORE))
NEWS = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Old pier closes for the winter",
    "author": [{"@type": "Person", "name": "Mara Quill"}, {"@id": "#agency"}],
    "publisher": {"@type": "Organization", "name": "Eastmere Gazette"},
    "datePublished": "2026-02-10T09:30:00+01:00",
    "dateModified": "2026-02-10T11:00:00+01:00",
    "inLanguage": "en",
    "isAccessibleForFree": True,
    "mainEntityOfPage": {"@id": "https://gazette.example/news/pier?utm_source=ld"},
}


def page(body: str, head: str = "", jsonld: object = None) -> str:
    """Return an HTML page, with `jsonld` in a script of its head."""
    script = f'<script type="application/ld+json">{json.dumps(jsonld)}</script>' if jsonld else ""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Old pier closes for '
        f"the winter - Eastmere Gazette</title>{head}{script}</head><body>{body}</body></html>"
    )


META = (
    '<meta property="og:type" content="article"><meta property="og:title" content="Pier closes">'
    '<meta name="author" content="By Mara Quill and Tom Reyes, harbour correspondent">'
    '<meta property="article:published_time" content="2026-02-10T08:30:00Z">'
    '<meta property="og:url" content="https://gazette.example/news/pier">'
    '<meta name="description" content="Three piles of the old pier have moved.">'
    '<link rel="canonical" href="/news/pier?fbclid=1"><meta property="article:section" content="X">'
)
MICRODATA = (
    '<article itemscope itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Old pier '
    'closes</h1><span itemprop="author" itemscope><a rel="author" itemprop="name">Mara Quill</a>'
    '</span><time itemprop="datePublished" datetime="2026-02-10T08:30">10 February 2026</time>'
    f'<div itemprop="articleBody">{BODY}</div></article>'
)
LIVE = {
    "@type": "LiveBlogPosting",
    "headline": "Storm on the coast: live",
    "coverageStartTime": "2026-02-10T06:00:00Z",
    "liveBlogUpdate": [
        {"@type": "BlogPosting", "headline": "Ferry late", "datePublished": "2026-02-10T07:00:00Z"}
    ],
}
#: By name, in the order of what they are about.
PAGES = {
    "graph": page(BODY, "", {"@graph": [NEWS, {"@id": "#agency", "name": "Coast Press Agency"}]}),
    "array": page(BODY, "", [{"@type": "WebSite", "name": "Eastmere Gazette"}, NEWS]),
    "several objects": page(BODY, "", NEWS).replace("</script>", f" {json.dumps(NEWS)}</script>"),
    "comma too many": page(BODY, "", NEWS).replace("}</script>", ",}</script>"),
    "JSON-LD cut short": page(BODY, "", NEWS).replace('"en"', '"e'),
    "text in JSON-LD": page("<p>Loading</p>", "", NEWS | {"articleBody": f"{_WORDS}\n\n{_MORE}"}),
    "meta": page(BODY, META),
    "microdata": page(MICRODATA),
    "live blog": page(f"<h2>07:00</h2>{BODY}<h2>06:00</h2>{BODY}", META, LIVE),
    "video": page(
        "<video src='/v.mp4'></video><p>Watch the ferry leave.</p>",
        '<meta property="og:type" content="video.other">',
        {"@type": "VideoObject", "name": "Ferry leaves", "uploadDate": "2026-02-10"},
    ),
    "gallery": page(
        "".join(
            f"<figure><img src=/{n}.jpg><figcaption>Picture {n} of the pier in the storm. "
            "Photograph: Jo Lund/Coast Press</figcaption></figure>"
            for n in range(4)
        ),
        META,
        {"@type": "ImageGallery", "name": "The storm in pictures"},
    ),
    "captions": page(
        f"<h1>Old pier closes</h1>{BODY}<figure><img src=a.jpg><figcaption>The pier at low tide on "
        f"Monday. Jo Lund</figcaption></figure><p class=caption>Waves at the gate.</p>{BODY}",
        META,
    ),
    "consent wall": page(
        "<div id=consent><h1>We value your privacy</h1><p>We and our partners store cookies.</p>"
        "<button>Accept all</button><button>Reject</button></div>"
    ),
    "paywall": page(
        f"<p>{_WORDS}</p><div class=paywall><p>Subscribe to read on.</p></div>",
        META,
        NEWS | {"isAccessibleForFree": "False", "hasPart": {"cssSelector": ".paywall"}},
    ),
    "comments": page(
        f"<article>{BODY}</article><section id=comments><h3>3 comments</h3><div class=comment><p>"
        "I was there on Monday and saw nothing move at all, whatever they say.</p></div></section>",
        META,
    ),
    "tables and lists": page(
        f"{BODY}<table><tr><th>Pile<td>Moved<tr><td>4<td>12 cm</table><ul><li>Close the pier<li>"
        f"Move the boats<ol><li>First the trawlers</ol></ul><dl><dt>Pile<dd>A post</dl>{BODY}"
    ),
    "nested quotes": page(
        f"{BODY}<blockquote><p>He said:<blockquote><q>She said <q>no</q></q></blockquote>"
        f"</blockquote>{BODY}<pre>a\n  b</pre>"
    ),
    "no body": f"<title>Old pier closes</title><h1>Old pier closes</h1>{BODY}",
    "frameset": "<html><frameset><frame src=a><noframes><p>No frames</noframes></frameset>",
    "svg and mathematics": page(
        f"<svg><title>x</title><foreignObject>{BODY}</foreignObject></svg>"
        f"<math><mi>x<mtext><p>y</math>{BODY}"
    ),
    "templates": page(f"<template>{BODY}</template><noscript>{BODY}</noscript><iframe>{BODY}"),
    "script with the text": page(
        f"<div id=root></div><script>window.s={json.dumps({'html': BODY * 3})}</script>", META
    ),
    "XHTML": f'<?xml version="1.0" encoding="iso-8859-1"?><html xmlns="http://www.w3.org/1999/xhtml">'
    f"<head><title>é</title></head><body>{BODY}</body></html>",
    "index": page(
        "".join(f"<h3><a href=/{n}>Ferry number {n} is late</a></h3>" for n in range(30))
    ),
    "challenge": page("<h1>Just a moment...</h1><p>Checking your browser before access.</p>"),
    "nothing": "",
}
