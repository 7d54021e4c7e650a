"""Who is in the demo. Everybody and every organisation is invented; addresses end in .example and never leave."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Provider:
    slug: str
    name: str
    zone: str
    email: str
    about: str


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody the visitor may enter as: ``tries`` says what is worth doing as that person, ``starts`` where."""

    name: str
    email: str
    part: str
    tries: str
    starts: str


HARBOUR = Provider(
    "harbour-product-school",
    "Harbour Product School",
    "Europe/Berlin",
    "desk@harbour.example",
    "Small classes by the water in Hamburg, and online for all of Europe.",
)
MAPLE = Provider(
    "maple-tide",
    "Maple & Tide Training",
    "America/Vancouver",
    "hello@mapletide.example",
    "Product people teaching product people, from Vancouver to Singapore.",
)

ADA = Player(
    "Ada Moreau",
    "ada@people.example",
    "Learner, just invited",
    "accept the certification you were invited to",
    "/journey",
)
NOOR = Player("Noor Haddad", "noor@people.example", "Newcomer", "find a workshop and take a seat", "/workshops")
TESS = Player(
    "Tess Lindqvist",
    "tess@harbour.example",
    "Trainer",
    "decide on the class you just held, and sign",
    "/desk/workshops",
)
SAM = Player(
    "Sam Okafor", "sam@harbour.example", "Provider staff", "announce a workshop, import attendees", "/desk/workshops"
)
BO = Player(
    "Bo Almeida", "bo@commonground.example", "Certifying-body staff", "rule on the roster that came in", "/body/rosters"
)
MIRA = Player("Mira Castellanos", "mira@people.example", "Member", "look at your certificate and print it", "/journey")
LIV = Player("Liv Aaltonen", "liv@people.example", "Lapsed member of two", "bring both certificates back", "/renewals")
PLAYERS = (NOOR, ADA, TESS, SAM, BO, MIRA, LIV)

KENJI = ("Kenji Watanabe", "kenji@mapletide.example")

# The class just held: 18 people, each at another place of the way (see history.py).
HELD_CLASS = (
    ("Ada Moreau", "ada@people.example"),
    ("Björn Sørensen", "bjorn@people.example"),
    ("Chiara D’Amico", "chiara@people.example"),
    ("Dmitri Волков", "dmitri@people.example"),
    ("Eszter Kovács", "eszter@people.example"),
    ("Farid Rahimi", "farid@people.example"),
    ("Greta Vogel", "greta@people.example"),
    ("Hiroko Tanaka", "hiroko@people.example"),
    ("Iker Etxeberria", "iker@people.example"),
    ("Jasmine Baker-Jones", "jasmine@people.example"),
    ("Kofi Mensah", "kofi@people.example"),
    ("Léa Dubois", "lea@people.example"),
    ("Małgorzata Wiśniewska", "malgorzata@people.example"),
    ("Nikos Παπαδόπουλος", "nikos@people.example"),
    ("Olumide Adeyemi", "olumide@people.example"),
    ("Priya Raman", "priya@people.example"),
    ("Quang Nguyễn", "quang@people.example"),
    ("Rosalind", "rosalind@people.example"),
)

GIVEN = [
    "Mira",
    "Amara",
    "Bence",
    "Carmen",
    "Dario",
    "Elif",
    "Fatima",
    "Goran",
    "Hanna",
    "Ivo",
    "Jana",
    "Karim",
    "Lucía",
    "Matteo",
    "Nadia",
    "Oskar",
    "Paula",
    "Rafael",
    "Sofia",
    "Tomás",
    "Uma",
    "Viktor",
    "Wanda",
    "Xenia",
    "Yusuf",
    "Zoë",
    "Anders",
    "Beatriz",
    "Cem",
    "Dora",
]
FAMILY = [
    "Castellanos",
    "Okonkwo",
    "Bergström",
    "Fischer",
    "Papp",
    "Yılmaz",
    "Rossi",
    "Novak",
    "Silva",
    "Haddad",
    "Lopez",
    "Jensen",
    "Weber",
]


def member(index: int) -> tuple[str, str]:
    """The name and address of the demo's ``index``-th member; the first is Mira."""
    given, family = GIVEN[index % len(GIVEN)], FAMILY[index % len(FAMILY)]
    return (MIRA.name, MIRA.email) if index == 0 else (f"{given} {family}", f"member{index}@people.example")


def guest(index: int) -> tuple[str, str]:
    """Somebody who has booked one of the announced workshops."""
    given, family = GIVEN[(index * 7 + 3) % len(GIVEN)], FAMILY[(index * 5 + 1) % len(FAMILY)]
    return f"{given} {family}", f"guest{index}@people.example"


# What Mira did to keep learning: title, minutes, category, what she took from it; the latest first.
LEARNT = (
    ("Lean Coffee: saying no to the loudest", 60, "events", "A clear no with a reason is kinder than perhaps."),
    ("Lean Coffee: goals that leave something out", 60, "events", ""),
    ("A book on interviewing users", 300, "learning", "Ask about last week, never about wishes."),
    ("Talk at the town's product evening: our first map", 120, "events", "Half the room had skipped the backbone."),
    ("Helped a food bank to order its list", 180, "volunteering", "They threw away a third of it."),
    ("Lean Coffee: what a review is for", 60, "events", ""),
    ("A weekend of experiments with a friend's shop", 240, "other", "Two of our three guesses were wrong."),
)

# What Mira tells of her work: where, and what she did.
WORK = (
    ("Ferry & Tram", "I ordered the backlog of the ticket app and led its reviews with the ferrymen."),
    ("Harvest Box", "I lead a team of six that gets vegetables from eleven farms to the city."),
)

# What people want to take home from class, and what they tell their trainers alone.
HOPES = (
    ("How to say no to the loudest customer without losing them", ""),
    ("We have four hundred items in our backlog. I want to know which ones to throw away.", ""),
    ("Whether what I do all day is the job of a Product Owner", "I lip-read: please face us when you speak."),
    ("Writing items that the Developers do not have to ask about", ""),
    ("A way to show my boss that fewer features can be worth more", ""),
    ("Meeting others who do this, and hearing what went wrong", "I have to leave ten minutes early on the first day."),
    ("One experiment that I can begin on Monday", ""),
    ("What a good Product Goal looks like", ""),
    ("How to talk with users when sales sits in between", ""),
    ("Fewer meetings, and better ones", ""),
    ("My Developers say I change my mind too often. Do I?", ""),
    ("A forecast I can stand behind", ""),
    ("How others cut large things into small ones", ""),
    ("Understanding what our Product Owner needs from me", ""),
    ("Whether any of this works for hardware", ""),
    ("Courage, to be honest", ""),
)


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody tells on their profile. Noor, Sam and Bo have none yet."""

    email: str
    place: str
    languages: tuple[str, ...]
    about: str
    links: tuple[str, ...] = ()
    audience: str = "everybody"


SELLER = Words(
    "member11@people.example",
    "Everywhere",
    ("en",),
    "**Ten times the salary in ten days!** My secret list of questions, today for half the price. Write to me now.",
    ("https://secret-list.example/now",),
)
PROFILES = (
    Words(
        MIRA.email,
        "Lisbon, Portugal",
        ("es", "pt", "en"),
        "I lead a team of six that gets vegetables from eleven farms to the city; before that I looked after the "
        "ticket app of a ferry line.\n\nAsk me about:\n\n- saying no to the loudest customer and keeping them\n"
        "- story maps with people who have never seen one\n- what we threw away, and did not miss",
        ("https://harvest-box.example/team",),
    ),
    Words(
        LIV.email,
        "Turku",
        ("fi", "sv", "en"),
        "Two years with a small child, now on my way back. Glad of anybody who wants to read a book together.",
        audience="members",
    ),
    Words(
        TESS.email,
        "Hamburg, Germany",
        ("de", "sv", "en"),
        "I teach by the water and online. Former students: write to me about how it went on *Monday*.",
        ("https://harbour.example/tess",),
    ),
    Words(
        ADA.email,
        "Lyon",
        ("fr", "en"),
        "Fresh from class, with four hundred items in a backlog and the courage to throw some of them away.",
        audience="members",
    ),
    Words(
        "member3@people.example", "Valencia, Spain", ("es", "ca", "en"), "Hospital software. Patients first, then us."
    ),
    Words("member17@people.example", "Pécs, Hungary", ("hu", "de"), "Trams and their timetables.", audience="members"),
    SELLER,
)
# Ada asks, Mira answers, and Mira has not read the last of it yet.
TALK = (
    "Hello Mira, I have just come out of class, and your list says you threw things away. How did you begin?",
    "Hello Ada! With the oldest ones. Whatever nobody had asked about in half a year went into a box with a date, "
    "and after three months we threw the box away. Nobody has ever asked for it.",
    "A box with a date! I shall try that on Monday. May I tell you how it went?",
)

# Who comes to the Guild's Lean Coffee, and what they talked about; invented like everything here.
COFFEE_PEOPLE = tuple(member(index)[1] for index in (3, 4, 5, 6, 7, 8, 9))
COFFEE_TOPICS = (
    (
        "How do you say no to your own boss?",
        "Our backlog has 900 items. Where do we begin?",
        "Who decides when the Product Owner is on holiday?",
        "Has anybody stopped estimating, and missed it?",
        "What do you show in a review when nothing is finished?",
        "Working with a team six time zones away",
    ),
    (
        "Outcome or output: how do you measure on a small product?",
        "Customers who only speak through the sales team",
        "A product goal that everybody can say by heart",
        "When is a prototype good enough to throw away?",
        "Splitting work that seems to have no seams",
        "What did you learn from something you took out of the product?",
    ),
)
COFFEE_TAKEAWAYS = (
    "Bring the cost of a yes to the next steering meeting",
    "Delete what nobody asked for in a year, and watch whether somebody notices",
    "Write the goal above the board, in seven words",
)
