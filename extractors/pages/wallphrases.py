"""What sites say where they show something else than an article, in the languages we have met."""

import re
from collections.abc import Mapping

#: What follows a verb in an invitation to prove something.
_YOU_ARE_HUMAN = r".{0,30}\byou(?:[’']re| are) (?:a |really )?(?:human|not a (?:ro)?bot)"


def _any_of(by_language: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(by_language.values()), re.IGNORECASE)


#: Said to a reader who is taken for a machine.
PROOF = _any_of({
    "en, asking": rf"(?:verif\w+|confirm|prove|check\w*|sure)\b{_YOU_ARE_HUMAN}|press (?:&"
    rf"|and) hold"
    r"|^i[’']?m not a robot|(?:complete|solve) (?:the|this|a) (?:captcha|puzzle|security|challenge)"
    r"|enable (?:javascript|js) and (?:cookies to continue|disable any ad)",
    "en, checking": r"checking (?:if the site connection|your browser)|incapsula incident"
    r"|triggered (?:this|the) (?:block|security)|you were blocked"
    r"|(?:review the security of your|performing security) (?:connection|verification)"
    r"|unusual (?:traffic|activity) from|sending automated"
    r"|something about your browser made us think"
    r"|ddos protection by|automated (?:access|requests|queries|tools?) .{0,40}(?:detected|blocked)",
    "en, refusing": r"you (?:don[’']t|do not) have permission to access|you have been blocked"
    r"|access to this (?:page|site|resource) has been (?:denied|blocked)|pardon our interruption",
    "script": r"(?:javascript|js) (?:et désactiver|und deaktivieren|y deshabilit|e disabilit)",
    "de": r"ein mensch (?:sind|bist)|kein (?:ro)?bot (?:sind|bist)|bin kein (?:ro)?bot"
    r"|sie (?:wirklich )?(?:ein mensch|kein roboter)|ungewöhnlichen (?:datenverkehr|traffic)",
    "fr": r"nous assurer que vous|êtes (?:bien )?(?:un )?(?:être )?humain|trafic inhabituel"
    r"|n[’']êtes pas un (?:ro)?bot|suis pas un (?:ro)?bot",
    "es": r"(?:eres|es|ser|soy) (?:un )?(?:ser )?humano|no (?:eres|es|soy) un robot"
    r"|tráfico inusual",
    "it": r"(?:sei|sia|essere|è) (?:un )?(?:essere )?umano|non (?:sei|sono|sia) un robot",
    "nl": r"(?:u|je) (?:een )?mens bent|(?:geen|niet een) robot bent|ben geen robot",
    "pt": r"não (?:é|sou) um robô|\bé (?:um )?(?:ser )?humano",
    "pl": r"nie jest(?:em|eś) (?:ro)?botem|jest(?:em|eś) człowiekiem",
    "sv, no, da": r"(?:inte|ikke) (?:är |er )?en robot|du (?:är|er) (?:en |et )?(?:människa"
    r"|menneske)",
    "cs": r"jste člověk|nejste robot",
    "others": r"ロボットではありません|人間であること|не робот|что вы человек|robot olmadığınız"
    r"|验证您是真人|人机验证|로봇이 아닙니다",
})  # fmt: skip

#: Whole headings of such pages.
PROOF_HEADING = re.compile(
    r"(?:just a moment|attention required|access denied|please wait|one more step|security check"
    r"|human verification|bot (?:detection|verification|check)|are you (?:a )?(?:human|robot)"
    r"|robot or human|captcha|request (?:unsuccessful|blocked|rejected)|(?:403 )?forbidden"
    r"|too many requests"
    r"|(?:nur )?einen moment|sicherheits(?:über)?prüfung|zugriff verweigert|un instant|accès refusé"
    r"|un momento|vérification de sécurité|acceso denegado|verificación de seguridad|accesso negato"
    r"|verifica di sicurezza|e[eé]n moment|um momento|acesso negado|proszę czekać|cierpliwości"
    r"|ett ögonblick|et øyeblikk|少々お待ちください|セキュリティチェック)"
    r"(?:,? (?:geduld )?(?:bitte|please|s[’']il vous plaît|por favor|prego|alsjeblieft))?[\s.!?…]*",
    re.IGNORECASE,
)

#: Said where there is no such page.
MISSING = _any_of({
    "codes": r"\b404\b|\b410\b|\bw?h?oops\b|hoppla|\boups\b|\bops\b",
    "errors": r"(?:something|etwas|qualcosa|algo)\b.{0,20}(?:went wrong|schief|storto|salió mal)"
    r"|an error (?:has )?occurred|internal server error|(?:service|temporarily) unavailable"
    r"|has expired",
    "en, gone": r"(?:page|article|story|content|link|post)\b.{0,30}(?:(?:is|are|was) (?:no longer"
    r"|not|un)\s?(?:available|here)|(?:doesn[’']t|does not|no longer) exists?|unavailable"
    r"|(?:has been"
    r"|was) (?:removed|moved|deleted)|(?:can ?not|can[’']t|could not|couldn[’']t) be (?:found"
    r"|located))",
    "en, sought": r"not[ -]found|(?:nothing|page) (?:was )?(?:found|missing)|(?:can[’']t|cannot"
    r"|could(?: not|n[’']t)|unable to) find (?:that|the|this|what)"
    r"|(?:page|story|article) you(?:[’']re| are| were|[’']ve| have)? (?:request|look|follow"
    r"|want|try)",
    "de": r"seite gibt es (?:leider )?nicht|seite\b.{0,40}nicht (?:gefunden|vorhanden|existier"
    r"|verfügbar|finden|mehr)"
    r"|nicht (?:mehr )?(?:gefunden|verfügbar)",
    "fr": r"page (?:est |demandée )?(?:n[’']est pas|introuvable|non trouvée|inexistante"
    r"|n[’']existe)"
    r"|page que vous (?:recherchez|demandez)|contenu (?:introuvable|indisponible)",
    "es": r"página (?:no (?:encontrada|existe|disponible|se)|que (?:busca|está))"
    r"|no (?:hemos encontrado|encontramos) la página",
    "it": r"pagina\b.{0,15} non (?:è stata )?(?:trovata|esiste|disponibile)|pagina che (?:stai"
    r"|cerchi)",
    "nl": r"pagina (?:niet|bestaat|die (?:u|je))",
    "pt": r"página não|página que (?:procura|você)",
    "pl": r"stron[ay]\b.{0,30}nie (?:istnieje|została|znaleziono|odnaleziono)|nie znaleziono",
    "no, da": r"siden (?:ble ikke|blev ikke|finnes ikke|findes ikke|du (?:leter|leder))",
    "sv": r"sidan (?:kunde inte|hittades inte|finns inte|du (?:söker|letar))",
    "cs": r"stránka\b.{0,20}(?:nenalezena|neexistuje|nebyla)",
    "others": r"не найдена|sayfa bulunamadı|sivua ei|見つかりません|存在しません|削除された"
    r"|页面不存在|找不到页面|찾을 수 없",
})  # fmt: skip

#: Whole headings of a site that is shut for a while.
CLOSED_HEADING = re.compile(
    r"(?:(?:sorry, )?(?:we(?:[’']re| are) |(?:the |our |this )?(?:web)?site is )?"
    r"(?:currently |temporarily )?(?:(?:down|closed|offline) for |under(?:going)? )?"
    r"(?:scheduled |planned |routine |site )*"
    r"maintenance(?: mode)?|(?:we(?:[’']ll| will) )?be (?:right )?back (?:soon|shortly)"
    r"|wartung(?:sarbeiten|smodus)?|(?:(?:die|unsere) (?:web)?seite (?:ist|wird) )?(?:in wartung"
    r"|(?:wegen|gerade) (?:wartung|gewartet))|wir sind (?:gleich|bald) wieder (?:da|für sie da)"
    r"|(?:le )?(?:site )?(?:est )?en (?:cours de )?maintenance|(?:nous sommes )?bientôt de retour"
    r"|(?:(?:el )?sitio )?(?:está )?en mantenimiento|volvemos pronto|volveremos (?:pronto|en breve)"
    r"|(?:(?:il )?sito )?(?:è )?in manutenzione|torniamo (?:subito|presto)"
    r"|(?:(?:o )?site )?(?:está )?em manutenção|voltamos (?:já|em breve)"
    r"|(?:(?:de )?site is )?(?:in )?onderhoud|we zijn (?:zo|snel) (?:weer )?terug"
    r"|przerwa techniczna|prace (?:konserwacyjne|techniczne)|(?:planerat )?underhåll"
    r"|(?:planlagt )?vedlikehold|(?:planlagt )?vedligeholdelse|údržba(?: webu)?"
    r"|(?:ただいま)?メンテナンス中(?:です)?|технические работы|bakım (?:çalışması|modu)"
    r"|(?:系统|网站)?维护中|(?:시스템 |서버 )?점검 중)[\s.!?…]*",
    re.IGNORECASE,
)

#: What buttons and headings of consent forms say.
CONSENT_ASKED = _any_of({
    "en, headings": r"(?:we (?:value|respect|care about) )?your (?:privacy|data)"
    r"(?: is| matters|,? your| choices| settings|[.!]|$)|before you continue"
    r"|we and our (?:\S+ )?partners|consent or (?:pay|subscribe)",
    "en, buttons": r"(?:accept|allow|agree to|reject|refuse|decline) (?:all|and|cookies|&)"
    r"|(?:manage|set|customi[sz]e|cookie|privacy|consent|more) (?:my |your )?(?:consent|cookies"
    r"|preferences|settings|choices|options|policy)|continue without (?:accepting|agreeing)",
    "de": r"datenschutz|(?:cookies|alle|allen) (?:akzeptieren|zustimmen|zulassen|ablehnen)"
    r"|akzeptieren und|zustimmen|einwillig|mit werbung|werbefrei"
    r"|wir und unsere (?:\S+ )?partner",
    "fr": r"(?:tout|tous) (?:accepter|refuser)|(?:accepter|refuser) (?:et|&|tous?|les)|paramétrer"
    r"|continuer sans accepter|nous et nos (?:\S+ )?partenaires|vie privée|données personnelles",
    "es": r"(?:aceptar|rechazar) (?:y|&|todas?|todo|las)|nosotros y nuestros (?:\S+ )?socios"
    r"|\b[st]u privacidad",
    "it": r"(?:accetta|rifiuta) (?:tutt[io]|e|i)|noi e i nostri (?:\S+ )?partner|la tua privacy",
    "nl": r"(?:alles|alle cookies) (?:accepteren|weigeren)|akkoord|wij en onze (?:\S+ )?partners"
    r"|\b(?:je|uw) privacy",
    "pt": r"aceitar (?:tudo|todos|e)|nós e (?:os )?nossos (?:\S+ )?parceiros|sua privacidade",
    "pl": r"(?:zaakceptuj|akceptuj\w*|odrzuć) (?:wszystk\w+|i)|przejdź do serwisu|prywatnoś"
    r"|my i nasi (?:\S+ )?partnerzy",
    "sv, no, da": r"(?:godkänn|acceptera|avvisa|godta|aksepter|avvis|acceptér|afvis) alle?\b"
    r"|personvern"
    r"|din integritet|v[io] (?:och|og) v[åo]r[ae]s? (?:\S+ )?partner|samtyc?ke",
    "others": r"přijmout (?:vše|všechny)|souhlas|hyväksy kaikki|すべて(?:許可|同意|受け入れ|拒否)"
    r"|同意(?:する|します)|プライバシー|принять все|tümünü kabul",
})  # fmt: skip

_CONSENT_MATTER = _any_of({
    "en": r"cookie|consent|privacy|personal data|partners|browsing|advertis|identifiers",
    "de": r"datenschutz|einwillig|werb[eu]|personenbezogen",
    "romance": r"données|publicité|traceurs|datos|publicidade?|socios|\bdati\b|pubblicità|dados"
    r"|parceiros",
    "nl, pl": r"gegevens|advertenties|\bdan(?:e|ych)\b|reklam|ciasteczk",
    "sv, no, da": r"uppgifter|annons|opplysninger|oplysninger",
    "ja": r"クッキー|広告|個人",
})  # fmt: skip
_ADDRESSED = _any_of({
    "en": r"\b(?:we|our|us|you|your)\b",
    "de": r"\b(?:wir|unser\w*|uns|sie|ihr\w*|deine?r?)\b",
    "fr": r"\b(?:nous|nos|notre|vous|vos|votre)\b",
    "es, pt": r"\b(?:nosotros|nuestr\w+|usted|tus?|sus?|nós|nosso\w*|seus?|suas?|você)\b",
    "it": r"\b(?:noi|nostr\w+|tuoi?|tua|puoi)\b",
    "nl, pl": r"\b(?:wij|onze?|ons|je|uw|my|nas[iz]\w*|twoj\w+|ci)\b",
    "sv, no, da": r"\b(?:vi|våra|våre?|dina?|ditt|vores)\b",
    "ja": r"当社|弊社|私たち|お客様|あなた",
})  # fmt: skip
#: What lists of vendors are made of.
_VENDORS = _any_of({
    "en": r"legitimate interest|store and/or access|(?:cookie|data) (?:duration|retention|lifespan)"
    r"|vendor|privacy policy",
    "de": r"berechtigtes interesse|speicherdauer|datenschutzerklärung",
    "others": r"intérêt légitime|interés legítimo|interesse legittimo|gerechtvaardigd belang"
    r"|interesse legítimo|uzasadniony interes|berättigat intresse",
})  # fmt: skip

#: Said where a text breaks off for those who have not paid.
PAYMENT = _any_of({
    "en, going on": r"(?:to|and) (?:continue|keep|finish) reading|continue reading (?:with|for|by)"
    r"|to (?:read|unlock|access|view) (?:the (?:full|rest|whole|entire)|this (?:article|story)"
    r"|more|unlimited)"
    r"|(?:log|sign) in to (?:continue|read|view)|register (?:for free )?to (?:continue|read)",
    "en, members": r"already (?:a (?:subscriber|member)|subscribed|registered|have an account)"
    r"|are you a(?:lready a)? (?:subscriber|member)|subscribers?[- ]only|premium (?:content"
    r"|article)"
    r"|(?:only|reserved|exclusive(?:ly)?) (?:available )?(?:for|to) (?:our )?(?:\w+ )?"
    r"(?:subscribers|members)|(?:for|to) (?:our )?(?:subscribers|members|premium)(?: only|[.!]?$)",
    "en, offers": r"unlock (?:this|the|full|your)|you(?:[’']ve| have) (?:reached|read"
    r"|used) (?:your|all"
    r"|the)\b.{0,30}(?:limit|articles)"
    r"|subscribe (?:now )?(?:for (?:full|unlimited)|to (?:continue|read|unlock|get full))",
    "de": r"(?:jetzt |sofort )?weiterlesen|exklusiv für|(?:für|mit) (?:unsere )?abonnent|nur (?:für"
    r"|mit) (?:abo|plus"
    r"|digital)|(?:bereits|schon) (?:digital-?)?(?:abonn|abo\b|registriert|kunde)"
    r"|(?:artikel|inhalt)\b.{0,25}(?:abonnent|plus-?(?:artikel|inhalt)|freischalten)",
    "fr": r"réservée? (?:à nos |aux )?abonné|déjà abonné|il vous reste"
    r"|(?:pour|et) (?:lire la suite|continuer (?:à lire|la lecture)|poursuivre)",
    "es": r"(?:solo para|para) (?:los |nuestros )?suscriptores|para (?:seguir|continuar) leyendo"
    r"|exclusivo para|ya (?:eres|es|soy) suscriptor",
    "it": r"riservat[oa] a(?:gli|i) (?:nostri )?abbonati|per (?:continuare|leggere)|già abbonato",
    "nl": r"voor abonnees|verder (?:te )?lezen|al abonnee",
    "pt": r"para assinantes|(?:já é|é) assinante|para continuar (?:lendo|a ler)",
    "pl": r"dla (?:prenumeratorów|subskrybentów|abonentów)|(?:aby |czytaj )(?:czytać )?dalej"
    r"|masz już (?:prenumeratę|konto|subskrypcję)",
    "sv, no, da": r"för prenumeranter|redan prenumerant|l[äe]sa? vidare|for abonnent"
    r"|allerede abonnent|lese videre",
    "others": r"pro předplatitele|vain tilaajille|この(?:記事|先)は(?:有料|会員)|会員限定"
    r"|残り\s?\d+文字"
    r"|続きを読む",
})  # fmt: skip


#: Said where a script would have drawn the page.
SCRIPT = re.compile(
    r"(?:enable|activate|turn on|requires?|needs?|without|aktivier\w*|activer|activ\w+|habilit\w+)"
    r" (?:your )?javascript|javascript (?:is|ist|est|to be|aktivieren|activ|einschalten|を有効)",
    re.IGNORECASE,
)


def speaks_of_consent(text: str) -> bool:
    """Return whether `text` speaks to a reader of cookies and data, or is of a list of vendors."""
    spoken = _CONSENT_MATTER.search(text) and _ADDRESSED.search(text)
    return spoken is not None or _VENDORS.search(text) is not None
