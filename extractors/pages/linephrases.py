"""What lines say that stand among an article's paragraphs and are no part of it.

Ordinary sentences may begin with most of these words. So a phrase goes on as only an invitation
or a label does, or ends without a full stop; and where a line reports what somebody said,
`REPORTED` speaks for it.
"""

import re

#: Networks that readers are invited to.
_NETWORK = (
    r"(?:facebook|twitter|x|instagram|tiktok|youtube|threads|bluesky|linkedin|telegram|whatsapp"
    r"|social)\b"
)
#: Nothing but names: "Jo Doe and Bo Lund in Lindby; Editing by Ada Quill"
_NAME = (
    r"(?:(?-i:[A-ZÀ-Þ])[\w.’'-]*|and|in|at|for|of|the|with|via|from|by|de|van|von|und|et|y|e|editing"
    r"|writing|reporting|additional)"
)
_NAMES = rf"(?-i:[A-ZÀ-Þ])[\w.’'-]*(?:[\s,;/&]+{_NAME})*+[\s.)]*$"
#: A label is followed by a mark, or by nothing.
_LABEL_ENDS = r"\s?(?:[:|>–—-].*)?$"

#: Invitations to read, follow, subscribe, share, comment; by their first words.
PROMOTION = re.compile(
    r"^[\W_]*(?:"
    r"read (?:more|also|next|the full|on(?= below|:|[.…]*$))\b|more (?:on|from|about|stories|news)"
    r"\b[^.!?]{0,60}$|also read(?! (?:out|aloud|by|in|at|from|into|a|an|the)\b)"
    r"|must[- ]reads?\b[^.!?]{0,60}$|see also\b|related(?:\s?[:|].{0,90}|\b[^.!?]{0,40})$"
    rf"|recommended\b[^.!?]{{0,30}}$|don[’']t miss\b|(?:follow|find|join) .{{1,60}}\bon {_NETWORK}"
    rf"|like us on\b|sign up (?:for|to|here|now)|sign-up(?: here| now| today|{_LABEL_ENDS})"
    r"|subscribe (?:to|here|now|today|for)|get (?:the|our|all the) .{0,60}"
    r"(?:newsletter|inbox|app\b|alerts)|(?:our|your) .{0,40}newsletter.{0,40}$"
    r"|(?:the|a) [^.!?]{0,40}newsletter[^.!?]{0,40}$"
    r"|click here\b|tap here\b|watch(?: more(?! than)| now| the video|:)"
    r"|listen(?: to the (?:podcast|episode|story|article|interview|show|audio|full|latest)|:| now)"
    r"|download (?:our\b|the .{0,40}\b(?:app|pdf|guide|issue|edition)\b)"
    rf"|share (?:this (?:article|story|page|post|video|on|via|link)|on {_NETWORK}|via|(?:this|on)$)"
    r"|(?:advert|anzeige|werbung|publicidad|publicité|pubblicità|reklame|annonce|annons"
    rf"|advertisement|advertentie|sponsored|article content){_LABEL_ENDS}"
    r"|advertisement (?:continue|scroll|story|skip)\b.{0,30}$"
    r"|sponsored (?:content|post|by|links?)\b[^.!?]{0,30}$|story continues(?: below| after|[.…]*$)"
    r"|(?:quellen?|sources?|fuentes?|fonte|källa|kilde)\s?:.{0,60}$"
    r"|(?:with|additional) reporting (?:by|from)\b"
    rf"|(?:reporting (?:by|from)|editing by|translated by) {_NAMES}"
    r"|(?:our|its) standards:"
    r"|get in touch\b|be in touch\b[^.!?]{0,60}$|for more stories|more:\s|>>"
    r"|copyright (?:©|\(c\)|\d{4}|(?-i:[A-Z])[^.!?]{0,60}$)"
    rf"|copyright{_LABEL_ENDS}|all rights reserved|©|got a (?:story|tip)|do you have a story"
    r"|contact us\b|have your say|leave a comment|join the conversation"
    r"|(?:please )?let us know(?: (?:what|if|in|your|by|via|at|how|about)\b|[.!:]*$)"
    r"|comments? (?:are|is) closed|support (?:our|independent|quality) journalism"
    r"|photo gallery\b[^.!?]{0,60}$"
    r"|mehr (?:zum thema|lesen)\b.{0,40}$|mehr (?:dazu|aus|zum?|zur)\b[^.!?]{0,40}$"
    r"|mehr dazu (?:lesen|finden|erfahren|hören|sehen|in|im|hier)\b.{0,40}$|lesen sie\b|lies auch"
    rf"|(?:auch interessant|zum thema){_LABEL_ENDS}"
    r"|das könnte (?:sie|dich|ihnen|dir) (?:auch |ebenfalls )?(?:interessieren|gefallen)"
    r"|jetzt (?:abonnieren|anmelden|testen|lesen)|newsletter\b(?:[^.!?]{0,60}$|.{0,40}(?:abonn"
    r"|anmeld))|hier geht(?: e|[’'])s zu(?:m| den| allen| unser\w*|r(?! sache))\b"
    rf"|folgen sie (?:uns\b|.{{1,60}}\b(?:auf|bei) {_NETWORK})|folge uns"
    r"|lire (?:aussi|la suite|également)|à lire (?:aussi|également)"
    rf"|à lire{_LABEL_ENDS}|abonnez-vous|inscrivez-vous|passer la publicité|voir aussi"
    rf"|la rédaction vous conseille|lea también|leer más{_LABEL_ENDS}|lee también"
    rf"|te puede interesar|suscr[ií]bete|sigue leyendo\b|sigue a .{{1,60}}\ben {_NETWORK}"
    r"|leggi anche(?:\s?[:|]|[^.!?]*$)|leggi (?:di più|tutto)\b|iscriviti|seguici"
    rf"|leia (?:também|mais)|assine\b|les også|læs også|läs (?:också|mer)|les mer\b"
    rf"|følg\b.{{1,30}}\bpå {_NETWORK}|lees ook|lees meer"
    r"|přečtěte si|čtěte (?:také|též|více)|czytaj (?:także|też|więcej)|читайте (?:также|ещё)"
    r"|ayrıca okuyun|ilginizi çekebilir|xem thêm|もっと読む|関連記事|【関連"
    r"|(?:the )?most (?:read|popular|commented|viewed)$|trending(?: now)?$"
    r"|meist(?:gelesen|kommentiert)\w*$|les plus lus$|lo más (?:leído|visto)$|i più letti$"
    r"|mest (?:leste?|lästa?)$|meest gelezen$|nejčtenější$|najczęściej czytane$"
    r"|en çok okunanlar$|folgst du (?:schon|uns)\b)",
    re.IGNORECASE,
)

#: What is said of the article itself: that it grows, who made it, what its labels are.
NOTE = re.compile(
    r"^[\W_]*(?:this is a (?:breaking|developing) (?:new )?(?:news|story)\b.{0,80}$"
    r"|(?:breaking|developing) story\b.{0,60}$"
    r"|more (?:to follow|(?:details|updates?|information) (?:soon|shortly|to follow))[.…!]*$"
    r"|follow along\b.{0,80}$|follow (?:our|the) live\b"
    r"|(?:this|the) (?:article|story|report|post) (?:(?:was|is|has been) )?"
    r"(?:first|originally) (?:appeared|published|written|produced|translated)\b"
    r"|this (?:article|story|report|post) (?:was|is|has been) (?:\w+ ){0,2}"
    r"(?:republished|syndicated|translated|generated|corrected|updated(?! (?:every|each|once)))\b"
    r"|this (?:article|post) (?:was|is|has been) (?:\w+ly )?"
    r"(?:published|produced|written(?! into))\b"
    r"|dieser (?:artikel|beitrag|text) (?:ist|war|wurde|erschien)\b.{0,80}"
    r"(?:zuerst|erschienen|übersetzt)"
    r"|dieser (?:artikel|beitrag) wurde\b.{0,80}veröffentlicht"
    r"|(?:cet|este|questo) (?:article|artículo|artigo|articolo) (?:est|a été|fue|es|è)\b.{0,80}"
    r"(?:publié|publicado|pubblicato)"
    r"|diese? (?:meldung|nachricht) wird (?:laufend )?(?:aktualisiert|ergänzt)"
    r"|(?:mehr|weitere informationen) (?:in kürze|folgen)[.…!]*$"
    r"|plus d[’']informations à venir|más información en breve"
    r"|(?:notizia|noticia) (?:in aggiornamento|en desarrollo)"
    r"|saken oppdateres|artikeln uppdateras|dit artikel wordt (?:aangevuld|bijgewerkt)"
    rf"|aus dem \w+en (?:übersetzt )?von {_NAMES}"
    r"|(?:translated from(?: the)? |traduit (?:de l[’']|du )|traducido del "
    r"|tradotto d(?:al |all[’'])|vertaald uit het )\w+(?: original)?"
    rf"(?: (?:by|par|por|da|door) {_NAMES}|[\s.)]*$)"
    r"|(?:redaktion|faktencheck|mitarbeit|übersetzung|bearbeitung|redigatur|edit(?:ed|ing) by"
    r"|fact[- ]check(?:ed|ing)?(?: by)?|producers?|traducción|traduction|traduzione|translation"
    r"|illustration(?:en|s)?|grafik(?:en)?)\s?:[^.!?:]{2,90}$"
    r"|(?:tags?|topics?|keywords|filed under|schlag(?:wörter|worte)|themenseiten|mots[- ]clés"
    r"|etiquetas|palabras clave|palavras-chave|parole chiave|stikkord|nyckelord|trefwoorden"
    r"|štítky|теги|etiketler|từ khóa|タグ|キーワード|태그)\s?[:|][^.!?]{0,200}$"
    r"|(?:permalink|schlagwörter|themenseiten)\s[^.!?]{2,200}$"
    r"|ein klick für den datenschutz|für die darstellung von .{1,60} nutzen wir"
    r"|externer? inhalte?\b[^.!?]{0,60}$"
    r"|(?:an dieser stelle|hier) (?:finden sie|befindet sich|steht) (?:einen? )?(?:extern"
    r"|empfohlen)"
    r"|empfohlener (?:externer |redaktioneller )?inhalt|external content$|contenu externe$"
    r"|contenido externo$|(?:to|in order to) (?:view|see) this (?:content|embed)"
    r"|view this (?:content|post|profile) on\b"
    r"|(?:copy link|link kopieren|copier le lien|copiar enlace|copia link|कॉपी लिंक"
    r"|リンクをコピー|링크 복사)$"
    r"|(?:you (?:may|might) (?:also )?(?:like|be interested in)(?: th(?:is|ese)\b[^.!?]{0,20})?"
    r"|editors?[’']?s?[’']? picks?"
    r"|die redaktion empfiehlt|about the authors?|über (?:den autor|die autorin|die autoren)"
    r"|(?:more|latest|top) stories|up next|what to read next|popular now"
    r"|(?:on|auf) (?:this page|dieser seite):?|in (?:this article|diesem artikel):?"
    r"|table of contents|inhaltsverzeichnis|(?:au )?sommaire)$"
    r"|(?:this|the) summary (?:was|is) .{0,40}\b(?:ai|generated)\b"
    r"|diese? zusammenfassung wurde .{0,40}\bki\b"
    r"|sammendraget er laget|ai 요약|résumé généré|resumen generado"
    r"|\$\$\w+\$\$$|\{\{[\w. ]+\}\}$)",
    re.IGNORECASE,
)

#: Invitations that may be longer, or stand in the middle of a line; in lower case. Under a piece
#: that each of them has in it, for to look for such a piece takes a tenth of the time.
_ANYWHERE = {
    "sign up": r"sign up (?:for|to) (?:our|my)\b|sign up (?:for|to) the .{0,40}newsletter",
    "subscribe to our": r"subscribe to our\b",
    "newsletter": (
        r"newsletter (?:here|abonn|richtig)|\bto our (?:free )?(?:daily |weekly )?newsletter"
        r"|unser(?:en|em)? (?:kostenlosen )?newsletter"
    ),
    "whatsapp": (
        r"unser(?:en|em)? (?:kostenlosen )?whatsapp-kanal|whatsapp-kanal abonn"
        r"|\babonniere?n? (?:sie )?(?:den|unser\w*) whatsapp-kanal"
        r"|(?:our|notre|nuestro|nostro|vår|onze?) whatsapp[- ](?:channel|canal|kana)"
    ),
    "telegram": r"(?:our|notre|nuestro|nostro|vår|onze?) telegram[- ](?:channel|canal|kana)",
    "social media": r"^[^.!?]{0,40}\bauch (?:bei|auf) social media(?:\W*$|\s?[–:-])",
    "news-app": r"news-app\b.{0,30}(?:android|ios)",
    "@": r"(?:email|e-mail|mail) (?:me|us|him|her|the author|the reporter) at\b.{0,40}@",
    "commission": (
        r"\bwe (?:may |can |might |will )?(?:earn|receive) (?:an? )?"
        r"(?:small |affiliate )*commission|\baffiliate commission"
    ),
    "earn us": r"\bearn us an? ",
    "melden sie": r"melden sie (?:sich bei uns|vertraulich|sich vertraulich)",
    "senden sie uns": r"senden sie uns",
    "haben sie hinweise": r"haben sie hinweise\b.{0,60}(?:uns|redaktion)\b",
    "il vous reste": r"il vous reste .{1,20} de cet article",
    "aux abonnés": (
        r"(?:article|contenu|suite) .{0,20}réservée? aux abonnés|^\W*réservée? aux abonnés"
    ),
    "tu suscripción": r"tu suscripción se está usando|otro usuario a tu suscripción",
    "einloggen": r"du musst dich einloggen",
    "kommentar": r"^\W*(?:(?:einen|deinen|ihren) )?kommentar abgeben",
    "comment": (
        r"having issues with commenting|(?:sign|log) in to comment|^\W*comment on this article"
        r"|our comment policy|would you like to comment"
    ),
    "有料": r"有料会員(?:限定|登録|になると)|有料記事(?:です|読み放題)",
    "기사 url": r"기사 url이 복사",
    "in or ": r"log ?in or (?:create|register)",
    "in now": r"^\W*(?:sign|log) in now",
    "privacy": r"\bour privacy (?:policy|notice)|nostra informativa sulla privacy",
    "datenschutz": r"unserer? datenschutz(?:erklärung|hinweise|bestimmungen)",
    "confidentialité": r"notre politique de confidentialité",
    "privacidad": r"nuestra política de privacidad",
    "contributed": r"contributed to this (?:report|story|article)\W*$|contributed reporting",
    " diesem ": (
        r"(?:an|zu) diesem (?:artikel|bericht|beitrag|text) (?:haben?"
        r"|hat) .{0,60}(?:mitgearbeitet|mitgewirkt)"
    ),
    "contribu": (
        r"contribué à cet article|contribuyó (?:a|en|con) est(?:e (?:artículo|reportaje)|a (?:nota"
        r"|información|historia))|ha contribuito a quest(?:o articolo|a storia)"
    ),
    "material": r"^\W*mit (?:agenturmaterial|material (?:der|von|des) )",
    "con información": r"^\W*con información de (?:agencias|efe)",
    "get in touch": r"get in touch (?:at|via)\b",
    "contact ": r"contact (?:us|our reporters?) (?:at|via)\b",
}
_PROMOTIONS_ANYWHERE = tuple((piece, re.compile(those)) for piece, those in _ANYWHERE.items())

#: A whole sentence that tells what somebody said; a label with a colon may stand before any title.
REPORTED = re.compile(
    r"^[^:|]*\b(?:said|says|told|asked|added|warned|wrote|shouted|chanted|demanded|urged|ordered"
    r"|ruled|replied|argued|promised|begged|sagte[nr]?|sagt|erklärte[nr]?|rief"
    r"|riefen|warnte|forderte[nr]?|fragte|schrieb|riet|mahnte|bat|hieß|a (?:dit|lancé|déclaré"
    r"|demandé|écrit|crié|expliqué|prévenu)|ont (?:crié|demandé|lancé)|dit|dijo|dice|pidió"
    r"|pidieron|afirmó|declaró|advirtió|escribió|gritaron|gritó|ha (?:detto|chiesto|scritto"
    r"|dichiarato|gridato|spiegato)|disse|scrive|spiega|zei|vroeg|disse|sa|sade)\b"
    r".*[.!?…][\"”»’“)]*$",
    re.IGNORECASE,
)


def invites_anywhere(line: str) -> bool:
    """Return whether a line has an invitation in it, wherever it begins."""
    lower = line.lower()
    return any(piece in lower and those.search(lower) for piece, those in _PROMOTIONS_ANYWHERE)
