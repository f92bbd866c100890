"""What the sources say, as a list: facts only. What is unknown stands here as unknown."""

# key -> kind, Land
BODIES = {
    "gnw-be": ("network", "BW"),
    "gemeindetag-bw": ("municipal_association", "BW"),
    "ksv-bw": ("association_group", "BW"),
    "sm-bw": ("ministry", "BW"),
    "ref24": ("department", "BW"),
    "landesnetz-be": ("network_of_networks", "BW"),
    "staedtenetz": ("network", "BW"),
    "landkreisnetz": ("network", "BW"),
    "ifas": ("institute", "BW"),
    "dhbw-cas": ("university_unit", "BW"),
    "kq": ("competence_network", "BW"),
    "gkzqe": ("competence_centre", "BW"),
    "knw-nrw": ("network", "NW"),
    "stk-nrw-be": ("department", "NW"),
    "mfkjks-nrw": ("ministry", "NW"),
    "ksv-nrw": ("association_group", "NW"),
    "br-arnsberg": ("district_authority", "NW"),
    "kreis-oberberg": ("county", "NW"),
    "stadt-rheine": ("city", "NW"),
    "stadt-arnsberg": ("city", "NW"),
    "land-nw": ("land", "NW"),
    "hbs": ("foundation", ""),
    "difu": ("institute", ""),
    "thuenen": ("institute", ""),
    "bmbf": ("federal_ministry", ""),
    "3win": ("association", ""),
}

# key -> (name, form)
NAMES = [
    ("gnw-be", "Gemeindenetzwerk Bürgerschaftliches Engagement", "official"),
    ("gnw-be", "Gemeindenetzwerk BE", "short"),
    ("sm-bw", "Sozialministerium", "short"),
    ("sm-bw", "Ministerium für Soziales und Integration Baden-Württemberg", "official"),
    ("sm-bw", "Ministerium für Soziales, Gesundheit und Integration", "official"),
    ("ksv-bw", "Kommunale Landesverbände Baden-Württemberg", "alias"),
    ("mfkjks-nrw", "Ministerium für Familie, Kinder, Jugend, Kultur und Sport des Landes "
     "Nordrhein-Westfalen", "official"),
    ("mfkjks-nrw", "Ministerium für Familie, Kinder, Jugend, Sport und Kultur des Landes "
     "Nordrhein-Westfalen", "alias"),
    ("br-arnsberg", "Bezirksregierung Arnsberg", "official"),
    ("br-arnsberg", "Regierungsbezirk Arnsberg", "alias"),
    ("dhbw-cas", "DHBW CAS", "short"),
    ("gkzqe", "GKZQE", "short"),
]  # fmt: skip
PRESENT_NAMES = {
    "sm-bw": "Ministerium für Soziales, Gesundheit und Integration",
    "br-arnsberg": "Bezirksregierung Arnsberg",
    "gnw-be": "Gemeindenetzwerk Bürgerschaftliches Engagement",
}

# organisation, relation, other, certainty, since
RELATIONS = [
    ("gemeindetag-bw", "founded", "gnw-be", "stated", "2001"),
    ("sm-bw", "supported", "gnw-be", "stated", "2001"),
    ("gemeindetag-bw", "carrier_of", "gnw-be", "stated", ""),
    ("gemeindetag-bw", "cooperates_with", "sm-bw", "stated", ""),
    ("gemeindetag-bw", "member_of", "ksv-bw", "inferred", ""),
    ("ref24", "part_of", "sm-bw", "inferred", ""),
    ("ref24", "coordinates", "landesnetz-be", "stated", ""),
    ("sm-bw", "funds", "kq", "stated", ""),
    ("kq", "part_of", "gkzqe", "stated", ""),
    ("ksv-bw", "carrier_of", "gkzqe", "inferred", ""),
    ("dhbw-cas", "seat_of", "gkzqe", "stated", ""),
    ("land-nw", "initiated", "knw-nrw", "stated", ""),
]

# organisation, kind of detail, number of such details
DETAILS = [
    ("ifas", "field_of_work", 5),
    ("ifas", "research_question", 4),
    ("dhbw-cas", "division", 3),
    ("dhbw-cas", "degree", 3),
    ("dhbw-cas", "role", 1),
    ("ref24", "duty", 2),
    ("gnw-be", "topic", 2),
    ("stk-nrw-be", "role", 1),
    ("difu", "role", 1),
    ("kq", "role", 1),
]
FIGURES = [
    ("dhbw-cas", "Studierende", "nearly 1200", ""),
    ("dhbw-cas", "Duale Partnerunternehmen", "more_than 1000", ""),
    (None, "Anteil des bürgerschaftlichen Engagements, der vor Ort stattfindet", "exact 80", "%"),
]
# network, stated members, fee
NETWORKS = [("gnw-be", "more_than 220", 0), ("knw-nrw", "more_than 100", None)]
MEMBERSHIPS = [
    ("landesnetz-be", "gnw-be"),
    ("landesnetz-be", "staedtenetz"),
    ("landesnetz-be", "landkreisnetz"),
    ("knw-nrw", "br-arnsberg"),
    ("knw-nrw", "kreis-oberberg"),
    ("knw-nrw", "stadt-rheine"),
]
# title, kind, owner, funder
PROGRAMMES = [
    ("Quartier 2030 – Gemeinsam. Gestalten.", "strategy", "sm-bw", None),
    ("Kommunen innovativ", "funding_measure", "bmbf", None),
    ("Gemeinsam wirken", "initiative", "3win", "mfkjks-nrw"),
    ("Ehrenamtskarte des Landes Nordrhein-Westfalen", "programme", "land-nw", None),
]
# title, times, per, irregular, internal, number of contents
FORMATS = [
    ("Netzwerktreffen", 2, "year", False, False, 3),
    ("Workshops", None, "", True, False, 5),
    ("Wissensmanagement und Qualifizierung", None, "", False, False, 5),
    ("Kommunales Spitzentreffen", 1, "year", False, True, 0),
    ("Informations-E-Mails", None, "", False, False, 0),
    ("Digitale Kurzformate", None, "", False, False, 0),
]
CRITERIA = [
    "contact_person", "cross_cutting_task", "sign_declaration", "recognition", "commitment",
]  # fmt: skip

# number, concluded on, state, certainty
KOOP_BW = [
    (1, "1995", "superseded", "stated"),
    (2, "", "superseded", "stated"),
    (3, "", "superseded", "stated"),
    (4, "", "superseded", "stated"),
    (5, "", "in_force", "stated"),
]
KOOP_GNW = [(1, "2001", "in_force", "inferred")]

# number, day, weekday (Monday is 0), number of questions
SEMINARS = [(1, "2021-04-28", 2, 3), (2, "2021-06-02", 2, 3), (3, "2021-10-06", 2, 4)]

# Real persons of the sources must not appear. Their names do not stand here either, only
# the SHA-256 of "first last" in small letters.
REAL_PERSONS = frozenset(
    {
        "81f065cfa93d76d947e74c6c5af8f12a0c32e811d444164e511f76e654ceb7c5",
        "2d2b1bd63302f126ada1549ffc768053d59ead011d0c92d6297c56ff601b1da1",
        "a224f7057a327b0b3948d4bbfa15d602cf18c6b92dfd0d4830fef0136707344f",
        "d7903aa9c53731f74609732bdb0b36fda60d0b7500b7c9f25b1028e8aa371b81",
        "0cb694f6b3571f54885d5c124bfaf37cb6b479239937047c6cdffc2fc939076c",
        "76fba0ed2e7e39659a83d9f7e5a77c8e022e8c93c5ac7e50a66413efffbff112",
    }
)
