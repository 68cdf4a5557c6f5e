"""A wire story of our own, what ten outlets make of it, and texts that only look like copies."""

WIRE = """\
Engineers closed the Harrow Bridge at Northwick on Tuesday after divers found a crack 14 metres \
long in the eastern pier, the regional transport agency said, cutting the only road link between \
the two halves of a town of 62,000 people.
The agency said the crack had grown by 3 centimetres since an inspection in April and that the \
bridge, opened in 1931, would stay shut to all traffic until the pier had been braced with steel.
"We would rather explain a closure than a collapse," said Marta Ellingsen, who heads the agency. \
"Nobody will drive over that pier until I have walked on it myself."
Buses were sent by way of Saltmarsh, a detour of 41 kilometres, and the railway promised six more \
trains a day from Thursday. The Northwick hospital moved two ambulances to the western bank.
Mayor Jonas Whitlock called the closure necessary but criticised the agency for having put off \
repairs that the council had asked for in 2019. "We wrote nine letters," Whitlock told reporters. \
"We have the answers to two of them."
The agency spent 1.2 million crowns on the bridge last year, less than half of what its own \
engineers had asked for, according to a report that the national audit office published in June.
Shopkeepers on the western bank said that they expected to lose much of their trade before the \
winter. At the Ferryman, an inn beside the eastern ramp, the owner Petra Solberg had begun to \
offer coffee to the workers who were putting up barriers along the approach.
A ferry last crossed the river at Northwick in 1934. Whitlock said the council would ask the \
navy for a pontoon, and that an answer was expected before the end of the week."""

OWN_LEAD = """\
The thousands who cross the Harrow Bridge each day to work in our mills must find another way \
for months to come, it was announced on Tuesday."""
LOCAL = """\
In Saltmarsh, where the detour leads down the high street, residents told this paper they had \
counted four lorries a minute. Councillor Edith Brandt wants a limit of 30 kilometres an hour."""

#: A second day's story, which ends with what was known the day before.
FOLLOW_UP = """\
The navy will lay a pontoon across the river at Northwick by Sunday, the defence ministry said on \
Thursday, ending two days in which the town could be crossed only by train.
Captain Rolf Amundsen said that 80 sailors would bring the pontoon from the yard at Kelvik, and \
that it could bear cars and ambulances but neither buses nor lorries. It will be open from six in \
the morning until ten at night, and soldiers will guide the traffic on both banks.
Commuters who waited at the station on Thursday morning welcomed the news. "I left home at four," \
said Henrik Dale, a welder. "On Sunday I shall sleep." The railway said it had sold 9,000 tickets \
since the closure, three times as many as in an ordinary week.
The agency said the crack had grown by 3 centimetres since an inspection in April and that the \
bridge, opened in 1931, would stay shut to all traffic until the pier had been braced with steel."""

#: Another reporter's account of the same day.
SAME_EVENT = """\
A town woke up in two halves on Tuesday. The bridge that has joined them since 1931 is shut, and \
nobody can say when it will open again, after a team of divers came up from the cold water with \
photographs of a crack as long as a bus in one of its piers.
"We would rather explain a closure than a collapse," Marta Ellingsen of the regional transport \
agency said at a crowded meeting in the town hall of Northwick, where some shouted and one wept.
For Nils Haugen, a baker with a shop on one bank and his ovens on the other, the news meant a \
night at the wheel. He now drives his loaves round by Saltmarsh and gets home when his children \
are leaving for school. Mayor Jonas Whitlock promised him, and everyone, a boat of some kind."""

DIGEST_ITEMS = (
    """\
Farmers in the Orrin valley have brought in the smallest potato harvest in twenty years after a \
summer without rain, their cooperative said, and prices in the shops are expected to rise by a \
fifth before Christmas. Chairman Tor Vestby asked the government for cheap loans, and said that \
without them one holding in ten would have to be given up before the spring sowing.""",
    """\
The national museum has bought back a silver drinking horn that was taken from the cathedral at \
Lindholm in 1716 and turned up in a sale in Antwerp. Curator Agnes Falk said the horn, made for a \
guild of tanners, would be cleaned and shown from May beside the letters that tell of its theft \
and of the long search that three generations of sextons made for it.""",
    """\
A school choir from Vesterby will sing at the winter games after its recording of a herding song \
was heard by four million people. The forty singers, none older than twelve, learned it from the \
grandmother of one of them, Inga Moe, who had not been told of the recording and first heard it \
from a bus driver with a radio on the road to Kirkeby.""",
)


def weather(place: str, *, high: int, low: int, wind: str, river: str) -> str:
    """Return the report of a weather office, which fills in a form."""
    return (
        f"The weather in {place} today will be mostly cloudy with a high of {high} degrees and a "
        f"low of {low} degrees overnight. Winds will be light to moderate from the {wind}, "
        f"strongest along the coast in the afternoon. There is a chance of showers of "
        f"{high + low} percent, rising towards the evening. The level of the {river} is expected "
        f"to stay within its banks and no warnings are in force for {place} and its surroundings. "
        f"The outlook for tomorrow is for more of the same with a high of {high - 1} degrees. "
        "This report was made from the measurements of the national weather service and is "
        "brought up to date every six hours. Travellers should look at the state of the roads "
        "before they leave."
    )


def match(home: str, away: str, *, score: str, scorer: str, ground: str, crowd: str) -> str:
    """Return the report of a match, which fills in a form."""
    return (
        f"{home} beat {away} {score} at {ground} on Saturday in front of {crowd} spectators. "
        f"{scorer} gave the home side the lead midway through the first half with a low shot from "
        f"the edge of the area, and {home} doubled their advantage shortly before the interval. "
        f"{away} pushed hard after the break and pulled one back, but {home} held on for all "
        f"three points. {scorer} was later replaced and left the field to applause. The result "
        f"lifts {home} up the table, while {away} remain in danger of going down with a handful "
        "of games to play before the end of the season."
    )


def quake(place: str, *, size: str, depth: int, hour: str, capital: str, distance: int) -> str:
    """Return the report of a quake, which fills in a form."""
    return (
        f"A magnitude {size} earthquake struck {distance} kilometres from {place} at {hour} local "
        f"time, the geological survey said. The quake was at a depth of {depth} kilometres. There "
        "were no immediate reports of damage or of people hurt, and no warning of a wave was "
        f"given. The shaking was felt in {capital}, where some people ran into the streets. "
        "The survey warned that there could be more in the days to come. The region lies where "
        "two plates of the earth's crust meet and often has quakes, most of them too weak to be "
        "noticed by those who live there."
    )


def market(city: str, *, points: str, change: str, winner: str, loser: str, rate: str) -> str:
    """Return the report of a day's trade, which fills in a form."""
    return (
        f"Shares in {city} closed {change} percent higher at {points} points on Wednesday as "
        f"investors waited for the decision of the central bank on interest rates. {winner} led "
        f"the gainers after the company raised its forecast for the year, while {loser} fell most "
        f"after an analyst cut his rating. The currency was little changed at {rate} to the euro. "
        "Trade was thin before the holiday, and dealers said that they did not expect large moves "
        "until the figures for employment are published at the end of the week."
    )


def house_style(text: str) -> str:
    """Return `text` as another desk would print it."""
    for ours, theirs in {
        "metres": "meters",
        "percent": "per cent",
        "told reporters": "said",
        "criticised": "criticized",
        "on Tuesday": "Tuesday",
        "62,000": "62 000",
        '"': "”",
        "six more": "6 more",
        "Mayor Jonas": "Jonas",
        "the regional transport agency": "the region's transport agency",
    }.items():
        text = text.replace(ours, theirs)
    return text


def lightly_edited(text: str, *, every: int) -> str:
    """Return `text` with a small word left out of each `every` words."""
    words = text.split(" ")
    return " ".join(word for place, word in enumerate(words) if place % every or len(word) > 5)


def ten_printings() -> dict[str, str]:
    """Return the wire story as ten outlets print it, by what they did with it."""
    paragraphs = WIRE.split("\n")
    return {
        "as it came": WIRE,
        "once more": WIRE,
        "shouted": WIRE.upper(),
        "other marks and spaces": WIRE.replace('"', "'").replace("\n", "\n\n"),
        "house style": house_style(WIRE),
        "light edits": lightly_edited(WIRE, every=12),
        "own first paragraph": "\n".join((OWN_LEAD, *paragraphs[1:])),
        "own local paragraph": "\n".join((*paragraphs[:4], LOCAL, *paragraphs[4:])),
        "cut after the third paragraph": "\n".join(paragraphs[:3]),
        "cut, own style, own end": "\n".join((house_style("\n".join(paragraphs[:5])), LOCAL)),
    }


#: Pairs that are two stories.
UNLIKE = {
    "the same event": (WIRE, SAME_EVENT),
    "the second day": (WIRE, FOLLOW_UP),
    "a digest and its first item": (DIGEST_ITEMS[0], "\n".join(DIGEST_ITEMS)),
    "a digest and its second item": (DIGEST_ITEMS[1], "\n".join(DIGEST_ITEMS)),
    "a digest and its last item": (DIGEST_ITEMS[2], "\n".join(DIGEST_ITEMS)),
    "a digest that begins with the story": (WIRE, "\n".join((WIRE, *DIGEST_ITEMS))),
    "a digest that begins with half of it": (
        WIRE,
        "\n".join((*WIRE.split("\n")[:3], *DIGEST_ITEMS)),
    ),
    "two forecasts": (
        weather("Northwick", high=11, low=4, wind="north-west", river="Orrin"),
        weather("Kelvik", high=17, low=9, wind="south", river="Tarn"),
    ),
    "two days' forecasts of one town": (
        weather("Northwick", high=11, low=4, wind="north-west", river="Orrin"),
        weather("Northwick", high=14, low=7, wind="south", river="Orrin"),
    ),
    "two matches": (
        match(
            "Kelvik", "Lindholm", score="2-1", scorer="Ola Berg", ground="Dock Road", crowd="8,112"
        ),
        match(
            "Saltmarsh", "Vesterby", score="3-1", scorer="Ian Holt", ground="Mill Lane", crowd="940"
        ),
    ),
    "two quakes": (
        quake("Kelvik", size="5.2", depth=31, hour="04:17", capital="Lindholm", distance=62),
        quake("Tarnby", size="4.8", depth=10, hour="22:40", capital="Vesterby", distance=18),
    ),
    "two days of trade": (
        market("Lindholm", points="2,311.4", change="0.4", winner="Norsel", loser="Tarn Oil",
               rate="11.42"),
        market("Lindholm", points="2,340.9", change="1.3", winner="Vestby", loser="Falk Marine",
               rate="11.38"),
    ),
}  # fmt: skip
