"""Pages that are no articles, in the styles and languages in which sites make them."""

import json

NAV = (
    '<header><a href="/">Eastmere Gazette</a><nav><a href="/news">News</a><a '
    'href="/sport">Sport</a>'
    '<a href="/subscribe">Subscribe now</a><a href="/login">Log in</a></nav></header>'
)
FOOTER = (
    '<footer><a href="/privacy">Privacy settings</a><a href="/imprint">Imprint</a>'
    "<p>© 2026 Eastmere Gazette. All rights reserved.</p></footer>"
)
TEASER = (
    "The harbour board of Eastmere voted on Tuesday to close the old pier for the winter months"
)
TOWNS = ("Eastmere", "Westmere", "Lindby", "Norhaven", "Skerry", "Alderwick", "Tarn", "Bruck")


def shell(title: str, body: str, *, head: str = "", lang: str = "", site: bool = True) -> str:
    """Return a page; `site` puts it between the header and the footer of a newspaper."""
    attribute = f' lang="{lang}"' if lang else ""
    inner = f"{NAV}<main>{body}</main>{FOOTER}" if site else body
    return (
        f'<!doctype html><html{attribute}><head><meta charset="utf-8"><title>{title}</title>'
        f"{head}</head><body>{inner}</body></html>"
    )


def json_ld(kind: str, **fields: object) -> str:
    node = {"@context": "https://schema.org", "@type": kind} | fields
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


def teasers(count: int, *, summary: str = "", heading: str = "h3", dated: bool = True) -> str:
    """Return cards with a linked heading each, a summary, a byline and a date."""
    stamp = '<span>By Mara Quill</span><time datetime="2026-02-{:02}T08:00">{} Feb</time>'
    return "".join(
        f'<div class="card"><{heading}><a href="/news/{n}">{TOWNS[n % 8]} council hears plan number'
        f" {n} for the ferry</a></{heading}>{summary and f'<p>{summary}</p>'}"
        f"{stamp.format(n % 28 + 1, n % 28 + 1) if dated else ''}</div>"
        for n in range(count)
    )


def consent(lang: str, heading: str, told: str, *buttons: str, vendors: int = 0) -> str:
    """Return a consent wall; its vendor list, where it has one, is long."""
    listed = "".join(
        f"<li><h4>{TOWNS[n % 8]} Media {n}</h4><p>Purposes: store and/or access information on a "
        f"device, measure content. Legitimate interest: {n % 7}. Cookie duration: {n} "
        f"days.</p></li>"
        for n in range(vendors)
    )
    pressed = "".join(f"<button>{button}</button>" for button in buttons)
    box = f'<div role="dialog" class="message"><h2>{heading}</h2><p>{told}</p>{pressed}</div>'
    return shell("Eastmere Gazette", f"{box}<ul>{listed}</ul>", lang=lang, site=False)


CONSENT = {
    "en": consent("en", "We value your privacy", "We and our 812 partners store and access "
        "personal "
        "data, such as browsing data, on your device. You can change your choices at any time.",
        "Accept all", "Reject all", "Manage preferences"),
    "en with vendors": consent("en", "Your privacy choices", "We and our partners use cookies to "
        "show you personalised advertising. You can object where we rely on legitimate interest.",
        "I accept", "Manage options", vendors=60),
    "en before you continue": consent("", "Before you continue", "We use cookies and data to "
        "deliver"
        " and maintain our services and to measure how you use them.", "Accept all",
        "More options"),
    "de": consent("de", "Mit Werbung weiterlesen", "Besuchen Sie unsere Seite wie gewohnt mit "
        "Werbung"
        " und Tracking. Wir und unsere 180 Partner verarbeiten Ihre personenbezogenen Daten.",
        "Akzeptieren und weiter", "Jetzt werbefrei abonnieren"),
    "de with vendors": consent("de", "Datenschutzeinstellungen", "Wir benötigen Ihre Einwilligung, "
        "bevor Sie unsere Website weiter besuchen können.", "Alle akzeptieren",
        "Ablehnen", vendors=40),
    "fr": consent("fr", "Le respect de votre vie privée est notre priorité", "Avec votre accord, "
        "nous "
        "et nos 342 partenaires utilisons des cookies pour stocker vos données personnelles.",
        "Accepter et fermer", "Continuer sans accepter", "Paramétrer"),
    "es": consent("es", "Su privacidad es importante", "Nosotros y nuestros 215 socios almacenamos "
        "sus datos en su dispositivo, como las cookies, para mostrarle publicidad.",
        "Aceptar y continuar", "Rechazar y suscribirse"),
    "it": consent("it", "La tua privacy", "Noi e i nostri 710 partner conserviamo i tuoi dati per "
        "mostrarti pubblicità personalizzata.", "Accetta tutti", "Rifiuta e abbonati"),
    "nl": consent("nl", "Je privacy", "Wij en onze partners gebruiken cookies om je advertenties "
        "te "
        "tonen die bij jouw interesses passen.", "Akkoord", "Alles weigeren"),
    "pt": consent("pt", "A sua privacidade", "Nós e os nossos 800 parceiros armazenamos dados no "
        "seu "
        "dispositivo para mostrar publicidade.", "Aceitar tudo", "Mais opções"),
    "pl": consent("pl", "Dbamy o Twoją prywatność", "My i nasi partnerzy przechowujemy informacje "
        "na "
        "urządzeniu i przetwarzamy dane osobowe, aby wyświetlać Ci reklamy.",
        "Zaakceptuj wszystko", "Ustawienia zaawansowane", "Przejdź do serwisu"),
    "sv": consent("sv", "Vi värnar om din integritet", "Vi och våra partner lagrar uppgifter på "
        "din "
        "enhet för att visa dig annonser som passar.", "Godkänn alla", "Avvisa alla"),
    "ja": consent("ja", "プライバシーの設定",
        "当社は、お客様に合わせた広告を表示するためにクッキーを使用します。"
        "設定はいつでも変更できます。", "すべて許可", "すべて拒否", "同意する"),
}  # fmt: skip
CONSENT["one teaser under the wall"] = CONSENT["en"].replace("<ul>", f"<p>{TEASER}.</p><ul>")
CONSENT |= {
    "boxes in a site": shell("Gazette", "<h2>This site uses cookies</h2><p>We use cookies to "
        "personalise"
        " content and ads. We share information about your use of our site with our partners.</p>"
        "<button>Allow all</button><button>Customize cookies</button>"),
    "pay or consent": shell("Bote", "<h1>Wie möchten Sie den Boten lesen?</h1><h2>Lesen Sie mit "
        "Werbung"
        "</h2><p>Nutzen Sie uns mit personalisierter Werbung. Details zu Ihrem Widerruf finden "
        "Sie unten."
        '</p><a href="#">Einwilligen und weiter</a><h2>Weiterlesen mit Pur</h2><p>Nutzen Sie uns '
        'ganz ohne'
        " Werbebanner für 4,99 Euro im Monat.</p>", site=False),
}  # fmt: skip


def challenge(title: str, *told: str, head: str = "") -> str:
    lines = "".join(f"<p>{line}</p>" for line in told)
    return shell(title, f"<h1>{title}</h1>{lines}", head=head, site=False)


CHALLENGE = {
    "moment": challenge("Just a moment...", "Enable JavaScript and cookies to continue",
        "gazette.example needs to review the security of your connection before proceeding.",
        "Ray ID: 7f3a9c2b"),
    "blocked": challenge("Attention Required! | Shield", "Sorry, you have been blocked",
        "You are unable to access gazette.example. This website is using a security service to "
        "protect itself from online attacks. The action you just performed triggered it."),
    "script": shell("gazette.example", '<p id="cmsg">Please enable JS and disable any ad '
        'blocker</p>',
        site=False),
    "hold": challenge("Access to this page has been denied", "Press & Hold to confirm you are a "
        "human"
        " (and not a bot).", "Reference ID 5c1f-77"),
    "edge": shell("Access Denied", "<h1>Access Denied</h1>You don't have permission to access \""
        'http://gazette.example/news" on this server.<p>Reference #18.2f1c</p>', site=False),
    "boxes": challenge("gazette.example", "One more step: please complete the security check to "
        "access gazette.example", "I'm not a robot"),
    "browser": challenge("Pardon Our Interruption", "As you were browsing, something about your "
        "browser made us think you were a bot. There are a few reasons this might happen: you're a "
        "power user moving through this website with super-human speed; you've disabled cookies."),
    "traffic": challenge("Are you a robot?", "Our systems have detected unusual traffic from your "
        "computer network. Please check the box below to continue."),
    "incident": challenge("Request unsuccessful", "Incapsula incident ID: 877000120-99"),
    "blocked, at length": challenge("Sorry, you have been blocked", "This website is using a "
        "security "
        "service to protect itself from online attacks. The action you just performed triggered "
        "the "
        "security solution.", "Several actions could do so, such as a certain word or malformed "
        "data.",
        "You can email the site owner to let them know you were blocked. Please include what you "
        "did."),
    "not a bot": challenge("Making sure you're not a bot!", "You are seeing this because the "
        "owner of "
        "this website has set up a guard against the scourge of companies that scrape websites. "
        "This can "
        "and does cause downtime, which makes them inaccessible for everyone.", "Loading..."),
    "too many": challenge("Too Many Requests", "Your network has been sending automated requests."),
    "script, fr": shell("gazette.example", "<p>Veuillez activer JavaScript et désactiver tout "
        "bloqueur de "
        "publicité</p>", site=False),
    "de": challenge("Einen Moment, bitte …", "Bestätigen Sie, dass Sie ein Mensch sind."),
    "fr": challenge("Vérification de sécurité", "Vérifiez que vous n’êtes pas un robot pour "
        "continuer."),
    "es": challenge("Un momento…", "Verifique que es un ser humano completando la acción "
        "siguiente."),
    "it": challenge("Un momento", "Verifica di essere un essere umano per continuare."),
    "pt": challenge("Um momento…", "Confirme que você é humano. Isso pode levar alguns segundos."),
    "ja": challenge("少々お待ちください", "私はロボットではありません"),
}  # fmt: skip

OFFERS = "<h4>Monthly</h4><p>€1 for the first month, then €9.90</p><h4>Yearly</h4><p>€79 a year</p>"
CUT = (
    f"{TEASER}, after a survey found that three of its piles had moved in the storms of last month."
)
LONG_CUT = (
    f"{CUT} Fishermen who land their catch there have been offered berths at Westmere, eleven \
kilometres along the coast, and a bus will run between the two towns until the pier is open again …"
)


def paywall(told: str, *said: str, head: str = "", lang: str = "en") -> str:
    """Return the beginning of an article and the offers behind which it goes on."""
    lines = "".join(f"<p>{line}</p>" for line in said)
    story = f"<article><h1>Old pier closes</h1><p>{told}</p></article>"
    body = f"{story}<section>{lines}{OFFERS}</section>"
    return shell("Old pier closes", body, head=head, lang=lang)


LOCKED = json_ld("NewsArticle", headline="Old pier closes", isAccessibleForFree=False)
PAYWALL = {
    "en": paywall(CUT, "Subscribe to continue reading", "Already a subscriber? Log in"),
    "en said to be locked": paywall(CUT, "Subscribe now", head=LOCKED),
    "en long teaser": paywall(LONG_CUT, "Unlock this article", "Already a subscriber?"),
    "en long teaser, locked": paywall(LONG_CUT, "To continue reading, start a trial", head=LOCKED),
    "en register": paywall(CUT, "Register for free to continue reading"),
    "de": paywall("Der Hafenrat von Ostmeer hat am Dienstag beschlossen, die alte Mole zu "
        "schließen.",
        "Dieser Artikel ist nur für Abonnenten.", "Sie sind bereits Abonnent? Anmelden", lang="de"),
    "de plus": paywall("Der Hafenrat hat am Dienstag beschlossen, die alte Mole zu schließen.",
        "Jetzt weiterlesen mit Plus", head=LOCKED, lang="de"),
    "fr": paywall("Le conseil du port a décidé mardi de fermer la vieille jetée pour l’hiver.",
        "Cet article est réservé aux abonnés. Il vous reste 80 % à découvrir.", lang="fr"),
    "es": paywall("La junta del puerto votó el martes cerrar el viejo muelle durante el invierno.",
        "Contenido exclusivo para suscriptores. Suscríbete para seguir leyendo.", lang="es"),
    "it": paywall("Il consiglio del porto ha votato martedì la chiusura del vecchio molo.",
        "Articolo riservato agli abbonati", "Sei già abbonato? Accedi", lang="it"),
    "nl": paywall("Het havenbestuur heeft dinsdag besloten de oude pier te sluiten.",
        "Dit artikel is alleen voor abonnees. Verder lezen?", lang="nl"),
    "pt": paywall("O conselho do porto votou na terça-feira o fecho do velho cais.",
        "Conteúdo exclusivo para assinantes", lang="pt"),
    "sv": paywall("Hamnstyrelsen beslutade i tisdags att stänga den gamla piren.",
        "Artikeln är för prenumeranter. Logga in för att läsa vidare.", lang="sv"),
    "ja": paywall("港の理事会は火曜日、冬の間、古い桟橋を閉鎖することを決めた。",
        "この記事は有料会員限定です。残り 812文字", lang="ja"),
    "login": shell("Log in", '<h1>Log in to continue reading</h1><form><label>E-mail</label><input>'
        '<label>Password</label><input type="password"><button>Log in</button></form>'),
    "subscriptions": shell("Subscriptions", f"<h1>Choose your subscription</h1>{OFFERS}<p>Get "
        f"unlimited "
        "access to every story. Already a subscriber? Log in</p>"),
}  # fmt: skip


def missing(title: str, heading: str, told: str, lang: str = "", more: str = "") -> str:
    body = f"<h1>{heading}</h1><p>{told}</p><form><input type=search><button>Search</button></form>"
    return shell(title, body + more, lang=lang)


MOST_READ = f"<h2>Most read</h2>{teasers(10)}"
SOFT_404 = {
    "en": missing("Page not found", "404", "Sorry, the page you were looking for is not here."),
    "en most read": missing("Gazette", "Sorry, we can’t find that page",
        "It may have moved, or the address may be wrong. Try the search.", more=MOST_READ),
    "en most read, told": missing("Page not found | Eastmere Gazette", "Page not found",
        "Here are some stories you may like.", more=teasers(20, summary=CUT)),
    "en gone": missing("Eastmere Gazette", "This article is no longer available",
        "It may have been removed by our editors or have expired."),
    "en error": missing("Gazette", "Something went wrong", "Please try again in a few minutes."),
    "en expired": missing("Gazette", "This content has expired", "Agency stories go after thirty "
        "days."),
    "de, kindly": missing("Bote", "Hoppla!", "Diese Seite gibt es leider nicht mehr.",
        "de", MOST_READ),
    "fr, kindly": missing("Gazette", "Oups !", "Cette page n’existe pas ou plus.", "fr"),
    "said to be an article": missing("Page not found", "404", "Try the search.").replace("</head>",
        '<meta property="og:type" content="article"></head>'),
    "de": missing("Fehler 404 | Bote", "Seite nicht gefunden", "Die gewünschte Seite existiert "
        "nicht."),
    "de most read": missing("Bote", "Leider wurde die Seite nicht gefunden", "Vielleicht hilft "
        "Ihnen "
        "unsere Suche.", "de", MOST_READ),
    "fr": missing("Erreur", "Page introuvable", "La page que vous recherchez n’existe plus.", "fr"),
    "es": missing("Error", "Página no encontrada", "La página que busca ya no existe.", "es"),
    "it": missing("Errore", "Pagina non trovata", "La pagina che stai cercando non esiste.", "it"),
    "nl": missing("Fout", "Pagina niet gevonden", "De pagina die u zoekt bestaat niet meer.", "nl"),
    "pt": missing("Erro", "Página não encontrada", "A página que procura não existe.", "pt"),
    "pl": missing("Błąd", "Strona nie istnieje", "Nie znaleziono strony o podanym adresie.", "pl"),
    "sv": missing("Fel", "Sidan kunde inte hittas", "Sidan du söker finns inte längre.", "sv"),
    "ja": missing("エラー", "ページが見つかりません",
        "お探しのページは削除された可能性があります。", "ja"),
    "cs": missing("Chyba", "Stránka nenalezena", "Požadovaná stránka neexistuje.", "cs"),
}  # fmt: skip
