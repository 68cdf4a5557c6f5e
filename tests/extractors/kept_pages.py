"""Articles that look like pages that are none, with and without statements in their head."""

from tests.extractors.refused_lists import _FRAME, _PLAYER
from tests.extractors.refused_pages import CONSENT, CUT, OFFERS, json_ld, shell, teasers

FLASH = (
    "The harbour of Eastmere was closed on Tuesday after a trawler ran aground at its mouth, the "
    "coast guard said. Nobody was hurt, and the vessel is to be towed off with the evening tide."
)
MORE = (
    "Fishermen who land their catch there have been offered berths at Westmere, eleven kilometres "
    "along the coast, and a bus will run between the two towns until the pier is open again.",
    "“We would rather lose a season than a ferry,” said Ines Halloran, who has run the port since "
    "2019, and she added that the work would be put out to tender before the new year.",
    "The county has promised to pay half of the four million crowns that it will cost, if the work "
    "is finished before the first frost, which usually comes to the coast in late October.",
)
BANNER = (
    '<div id="cookie-banner"><h2>We value your privacy</h2><p>We and our 812 partners use cookies '
    "to "
    "show you personalised advertising. You can change your choices at any "
    "time.</p><button>Accept all"
    "</button><button>Reject all</button><a href=/p>Manage preferences</a></div>"
)
SUBSCRIBE = (
    "<section><h3>Enjoying the Gazette?</h3><p>Subscribe now for €1 a month and support the paper "
    "of "
    f"the coast.</p>{OFFERS}</section>"
)
NEWSLETTER = (
    "<form><h3>Sign up for our newsletter</h3><p>Get the best of the coast in your "
    "inbox.</p><input>"
    "<button>Subscribe</button></form>"
)
NEWS = json_ld("NewsArticle", headline="Old pier closes", datePublished="2026-02-10T08:30:00Z")


def story(
    title: str, *told: str, before: str = "", after: str = "", head: str = "", lang: str = ""
) -> str:
    lines = "".join(line if line.startswith("<") else f"<p>{line}</p>" for line in told)
    body = f"{before}<article><h1>{title}</h1>{lines}</article>{after}"
    return shell(f"{title} | Eastmere Gazette", body, head=head, lang=lang)


FULL = (CUT, *MORE)
_PICTURES = "".join(
    f"<figure><img src=/{n}.jpg><figcaption>Picture {n}: boats at the pier of Eastmere while the "
    f"storm "
    "of Monday night throws its waves over the wall. Photograph: Jo Lund</figcaption></figure>"
    for n in range(6)
)
_LIVE = "".join(
    f'<h3><a href="#e{n}">1{n}:00 The board hears speaker {n}</a></h3><p>{MORE[n % 3]}</p>'
    for n in range(9)
)
_TABLE = "".join(f"<tr><td>Crew {n}<td>{n} points</tr>" for n in range(20))
KEPT = {
    "plain": story("Old pier closes", *FULL),
    "flash": story("Trawler aground", FLASH),
    "flash with related": story("Trawler aground", FLASH, after=teasers(30)),
    "flash with related told": story("Trawler aground", FLASH, after=teasers(30, summary=CUT)),
    "flash with banner": story("Trawler aground", FLASH, before=BANNER),
    "flash with offers": story("Trawler aground", FLASH, after=SUBSCRIBE),
    "flash with newsletter": story("Trawler aground", FLASH, after=NEWSLETTER),
    "flash with frame": story("Trawler aground", FLASH,
        before='<noscript><iframe src="https://tags.example/ns.html"></iframe></noscript>'),
    "flash under video": story("Trawler aground", FLASH, before=_PLAYER),
    "flash of a check": story("Airport security check delays ferry passengers", FLASH),
    "flash of a flight": story("Flight 404 lands safely at Norhaven after bird strike", FLASH),
    "flash denied": story("Access denied: Lindby shuts its beach to dogs", FLASH),
    "flash of papers": story("Lost pages of harbour log not found in archive", FLASH),
    "flash on subscribers": story("Broadband firm loses subscribers on the coast", FLASH),
    "flash of a moment": story("Just a moment of silence for lost crew", FLASH),
    "flash unavailable": story("Ferry unavailable until spring", FLASH),
    "flash under a headline that is a link": story('<a href="/news/a">Trawler runs aground at '
        'Eastmere</a>',
        FLASH, after=teasers(12)),
    "flash called as a wall is": story("Access denied", f"{FLASH} The play is on in Lindby until "
        f"Friday."),
    "flash on paying readers": story("Subscribers flee", "The Gazette has lost a tenth of its "
        "subscribers"
        " since it began to ask for money to continue reading, its owners said on Tuesday, and "
        "will print "
        "three days a week from June on.", "Nobody will lose a job."),
    "flash with a log-in": story("Trawler aground", FLASH, before='<form><input '
        'type="password"></form>'),
    "flash with a note on cookies": story("Trawler aground", FLASH, after="<p>By continuing you "
        "agree to our "
        "use of cookies.</p><button>Accept cookies</button><button>Cookie settings</button>"),
    "poem": story("Poem of the week", "The sea is wide", "and I am small", "the pier is closed",
        "that is all"),
    "related": story("Old pier closes", *FULL, after=teasers(30, summary=CUT)),
    "related in between": story("Old pier closes", CUT, teasers(3), MORE[0], teasers(3), *MORE[1:],
        after=teasers(12)),
    "related before": story("Old pier closes", *FULL, before=teasers(12)),
    "banner": story("Old pier closes", *FULL, before=BANNER),
    "banner after": story("Old pier closes", *FULL, after=BANNER + NEWSLETTER),
    "banner with vendors": story("Old pier closes", *FULL,
        after=CONSENT["en with vendors"].partition("<body>")[2].partition("</body>")[0]),
    "metered": story("Old pier closes", *FULL, after=SUBSCRIBE),
    "metered, said": story("Old pier closes", *FULL, after=f"{SUBSCRIBE}<p>You have read 3 of "
        f"your 5 free "
        "articles. Already a subscriber? Log in</p>"),
    "metered and short": story("Trawler aground", *FLASH.split(". "), "The mayor was "
        "there.", after=SUBSCRIBE
        + "<p>Already a subscriber? Log in</p>"),
    "locked but whole": story("Old pier closes", *FULL, *MORE, after=SUBSCRIBE,
        head=json_ld("NewsArticle", headline="Old pier closes", isAccessibleForFree=False)),
    "free flash with log-in": story("Trawler aground", FLASH, after="<p>Log in to comment</p>",
        head=json_ld("NewsArticle", headline="Trawler aground", isAccessibleForFree=True)),
    "about cookies": story("Court rules on cookie consent", "Sites must not nudge their readers "
        "into "
        "consent, the court of Norhaven ruled on Tuesday, and a button to reject all cookies has "
        "to be as "
        "large as the one to accept all.", "“We value your privacy, they say, and then ask you "
        "800 times,”"
        " said Ines Halloran, who had brought the case against the publisher of a free newspaper.",
        "Publishers said that their partners would earn less from advertising, and that they "
        "would appeal "
        "to the higher court in spring, where the case may take three years.", before=BANNER),
    "about captchas": story("How captchas learned to see", "Verify that you are human: the words "
        "have "
        "greeted readers for twenty years, and machines now answer them better than people do, a "
        "study of "
        "the university of Norhaven has found.", *MORE[:1], "“I am not a robot” was the box that "
        "everybody "
        "ticked, and the study asked forty people to tick it while their hands were filmed."),
    "about 404": story("The page not found", "When a page is not found a server says 404, and an "
        "artist in Lindby has collected eight hundred of the pages that say so.", *MORE),
    "about paywalls": story("Why papers ask readers to subscribe", "Subscribers only, says the "
        "sign on "
        "more and more stories, and the editors of the coast say that they have no choice.", *MORE),
    "live blog": story("Storm on the coast: live", f"<p>{CUT}</p>{_LIVE}"),
    "video on top": story("Old pier closes", *FULL, before=_FRAME),
    "gallery": story("The storm in pictures", "The storm of Monday night threw waves over the "
        "wall of the"
        " old pier. Our photographer was there until the morning.", _PICTURES),
    "obituary": story("Bo Ek, ferryman, 1931-2026", "Bo Ek, who took the ferry across the sound "
        "for forty "
        "years, has died in Eastmere at the age of 94. He leaves a wife, two sons and the bell of "
        "the "
        "Marigold, which he rang at noon.", "The funeral is on Friday at St Olav."),
    "recipe": story("Fish soup of the coast", "A soup for six, ready in an hour, as it is cooked "
        "in the "
        "harbour of Eastmere when the boats are in.", "<ul>" + "".join(
        f"<li>{n}00 g of what the day gives, cut small</li>" for n in range(1, 7)) + "</ul>",
        "Put all of it in the pot and wait until it smells as it should."),
    "letter": story("Letter: leave the pier alone", "Sir, I have walked on the old pier every day "
        "since "
        "1974 and it has never moved, whatever your survey says. Leave it alone.",
        "Cy Roe, Lindby"),
    "results": story("Rowing: all results", "Eastmere won the eights on Sunday, ahead of Westmere "
        "and "
        "Lindby, in a wind that sank two of the fours.", f"<table>{_TABLE}</table>"),
    "interview": story("“I never liked the sea”", "Gazette: You have run the port since 2019. "
        "Why?", MORE[1],
        "Gazette: And the sea?", "Halloran: I never liked the sea. It moves."),
    "correction": story("Correction", "An article on Monday about the old pier gave the wrong "
        "number of "
        "piles. There are forty, not fourteen. We are sorry for the mistake."),
    "note": story("Library closed", "The library of Lindby is closed on Friday for stocktaking."),
    "no headings": shell("Old pier closes", f"<div>{'<br><br>'.join(FULL)}</div>", site=False),
    "de": story("Mole geschlossen", "Der Hafenrat von Ostmeer hat am Dienstag beschlossen, die "
        "alte Mole "
        "für den Winter zu schließen. Das teilte der Rat nach seiner Sitzung mit.", lang="de"),
    "fr": story("La jetée ferme", "Le conseil du port a décidé mardi de fermer la vieille jetée "
        "pour "
        "l’hiver, a annoncé sa présidente après une séance de trois heures.", lang="fr"),
    "ja": story("桟橋を閉鎖",
        "港の理事会は火曜日、冬の間、古い桟橋を閉鎖することを決めた。工事は来年の春まで"
        "続く見通しで、漁船は隣町の港を使う。", lang="ja"),
}  # fmt: skip
KEPT |= {
    f"{name}, said": html.replace("</head>", f"{NEWS}</head>")
    for name, html in KEPT.items()
    if "ld+json" not in html
}
