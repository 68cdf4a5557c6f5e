"""Articles as people paste them from sites and agencies, each line behind the mark of its role.

H headline, S standfirst, h heading, B body, C caption, c credit, y byline, x boilerplate.
"""

ROLES = {
    "H": "headline", "S": "standfirst", "h": "heading", "B": "body", "C": "caption", "c": "credit",
    "y": "byline", "x": "boilerplate",
}  # fmt: skip
TEXTS = {
    "US daily": """
H Lindby Council Votes to Close Old Pier
y By Ada Quill, Staff Writer | 3 May 2026
C The old pier in Lindby, seen from the ferry on Monday. (Jo Doe/The Gazette)
B LINDBY — The council voted on Tuesday to close the old pier for the winter.
B “We have waited long enough,” Mayor Bo Ek said.
x Advertisement
B By then, three of its piles had moved.
x Sign up for our newsletter
B The work starts in June.
x Ada Quill is a staff writer at The Gazette. Follow her on X @adaquill.
x © 2026 The Gazette. All rights reserved.
""",
    "wire": """
H Norland central bank raises rates to 4.5%
y By Ada Quill and Bo Ek
B OSLO, Nov 3 (Reuters) - Norland's central bank raised its key rate on Tuesday.
C FILE PHOTO: The bank's headquarters in Norhaven, Norland, March 2, 2026. REUTERS/Jo Doe/File Photo
B "We will do what it takes," Governor Cy Roe said.
h MARKETS CALM
B The crown rose 0.2% to 9.8 to the dollar.
x Reporting by Ada Quill; Editing by Bo Ek
x Our Standards: The Thomson Reuters Trust Principles.
""",
    "wire photo lines": """
H Ferry sinks off Skerry
B SKERRY, Norland (AP) — A ferry sank on Monday off the island of Skerry.
C Rescuers search for survivors off Skerry, Norland, Monday, May 4, 2026. (AP Photo/Jo Doe)
B All 40 people on board were saved.
x ___
x Associated Press writer Bo Ek in Norhaven contributed to this report.
""",
    "UK broadcaster": """
H Old pier to close for winter
y By Ada Quill
y BBC News, Lindby
c Image source, Getty Images
C Image caption, The pier has stood since 1888
B The old pier in Lindby will close for the winter.
B "It is a sad day," said Cy Roe, who sells ice cream there.
x Related topics
x More on this story
""",
    "UK paper": """
H Pier review: what the council did not say
S The report is long, the answers are short
y Ada Quill
C The pier at dusk. Photograph: Jo Doe/Alamy
B I went to the pier on a Sunday.
B It was shut.
x Ada Quill is a columnist for the Gazette
x This article was amended on 4 May 2026. An earlier version gave the wrong year.
x Explore more on these topics
""",
    "transcript": """
H Full transcript: the debate in Norhaven
B MODERATOR: Good evening.
B PENCE: Thank you.
B KAINE: It is good to be here.
B (APPLAUSE)
B PENCE: No.
""",
    "questions and answers": """
H “I never liked the sea”
y Interview by Ada Quill
B Q: You have run the port since 2019. Why?
B A: Somebody had to.
B Q: And the sea?
B A: It moves.
""",
    "list": """
H Five things to know about the pier
B Here is what we know so far:
B - It was built in 1888.
B - It is 400 metres long.
B • It has forty piles.
B 1. The council owns it.
B 2) The county pays half.
""",
    "credits of all sorts": """
H Storm hits the coast
B A storm hit the coast of Norland on Monday night.
c Photo: Jo Doe/Coast Press
B Trees fell on the road to Westmere.
c Credit: Jo Doe for The Gazette
B Nobody was hurt.
c Getty Images
B “We were lucky,” the mayor said.
c Jo Doe/AFP/Getty Images
B The ferry was late.
c Photo by Jo Doe
B The sun came back at noon.
c Courtesy of the Lindby Museum
""",
    "links and shares": """
H School opens in Skerry
x Share
x Facebook
x Twitter
x Email
x Print
x 3 min read
x Published 3 May 2026
B A school opened in Skerry on Monday, the first in forty years.
x Read more: The last ferry home
x Related: How islands empty
B It has eleven pupils.
x READ ALSO: Teachers wanted
x Follow us on Facebook
x Share this article
x Comments
""",
    "precision": """
H Editors meet in Norhaven
B Photo editors said on Monday that they would strike.
B By noon, the square was full.
B By Monday, three had left.
B Image rights cost money, they said.
B Related charges were dropped in March.
B Read the law, he told them.
B The Reuters building was empty.
B Listen to the people, the banner said.
B Share prices fell.
B More than forty came.
B Watch the ferries, a sign warned.
B Getty Images declined to comment.
B AP and Reuters sent two reporters each.
B Follow the money, one of them shouted.
B Updated rules take effect on 1 June.
B Credit, that is what they want, and money.
B He did.
B Silence.
B No one.
""",
    "headings": """
H How the pier came to be
B The pier was built in three years.
h The early years
B Nobody wanted it at first.
h Who pays?
B The county does.
h What happens next
B The masons come in June.
""",
    "German": """
H Mole in Ostmeer wird geschlossen
y Von Ada Quill
S Der Rat hat entschieden, die Arbeiten beginnen im Juni
B Der Hafenrat von Ostmeer hat am Dienstag beschlossen, die alte Mole zu schließen.
c Foto: Jo Doe/dpa
B „Wir haben lange genug gewartet“, sagte die Bürgermeisterin.
x Lesen Sie auch: Die letzte Fähre
B Die Arbeiten beginnen im Juni.
c dpa/lx
""",
    "French": """
H La vieille jetée fermera pour l’hiver
y Par Ada Quill
x Publié le 3 mai 2026 à 10h20
B Le conseil du port a décidé mardi de fermer la vieille jetée.
c Crédit photo : Jo Doe / AFP
B « Nous avons assez attendu », a dit la maire.
x Lire aussi : Le dernier bac
B Les travaux commencent en juin.
""",
    "no headline": """
B OSLO (AFP) - The harbour of Oslo was closed on Tuesday after a trawler ran aground.
B Nobody was hurt, the coast guard said.
c © Agence France-Presse
""",
    "magazine": """
H The Keeper of the Light
S For forty years Bo Ek has lived on a rock. Now he must leave it.
y By Ada Quill
c Photographs by Jo Doe
x May 3, 2026
B The boat leaves at six.
B Nobody else is on it.
C Above: Bo Ek on the gallery of the light in March.
B He does not look back.
x This story appears in the June 2026 issue.
""",
    "blog": """
H Why I walk
x Posted on 3 May 2026 by Ada Quill
B I walk because I must.
B Every day.
x Filed under: Walking
x Tags: sea, wind, pier
x Leave a comment
x 12 Comments
x Previous post
x Next post
""",
    "caption with names": """
H Mayor resigns
y ADA QUILL
B Mayor Bo Ek of Lindby resigned on Monday.
C Pictured: Bo Ek leaves the town hall on Monday
B He gave no reason.
C Mayor Bo Ek (left) with Cy Roe at the pier in 2024. Photo: Jo Doe
B “I am tired,” he said.
C (L-R) Bo Ek, Cy Roe and Di Lund at the pier.
B Roe takes over in June.
""",
    "agency with place line": """
H Norland votes
c Norhaven, May 3 (ANSA)
B Voters in Norland went to the polls on Sunday.
B Turnout was 61 per cent by noon.
x (Additional reporting by Bo Ek in Skerry)
c (ANSA)
""",
    "support": """
H Fishermen strike in Westmere
B Fishermen in Westmere went on strike on Monday.
x Support independent journalism. Subscribe from €1 a month.
B They want a price for cod.
x Download our app
B Talks go on.
x Have a story? Email news@gazette.example
x Click here for more news from the coast
x To comment on this article, log in.
""",
}
