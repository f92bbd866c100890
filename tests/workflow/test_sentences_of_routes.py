"""Every word of a route's definition is said as a sentence, in German."""

import pytest

from workflow.rules.definition import read, read_stage
from workflow.rules.faults import STAGE_WORDS
from workflow.telling.sentences import EXCLUSIONS, in_words, sentences_of

REFERAT = {"kind": "group", "key": "division", "label": "Referat"}
ABTEILUNG = {"kind": "role", "key": "ministry:abteilung", "label": "Abteilung", "weight": 2}
FULL = {
    "key": "approval",
    "kind": "approval",
    "label": "Zustimmung",
    "participants": [REFERAT, ABTEILUNG, {"kind": "parties"}],
    "completion": {"at_least": {"n": 2, "of": ["group:division", "role:ministry:abteilung"]}},
    "exclude": ["author", "editors", "submitter", "earlier", "same_organisation"],
    "answers": ["agreed", "objected"],
    "may_return_to": ["author"],
    "on_return": "collect",
    "on_change": "ask_confirm",
    "votes": "blind",
    "abstentions": "count",
    "veto": ["group:division"],
    "when": {"parties_at_least": 2},
    "bulk": True,
    "deadline": {"working_days": 20},
    "remind": [5, 1],
    "escalate": [{"after": 0, "to": "deputies"}, {"after": 5, "to": "head"}],
    "head": {"kind": "group", "key": "leadership", "label": "Hausleitung"},
    "silence": "consent",
}


def said(**words):
    found = {}
    for word, sentence in sentences_of(read_stage({**FULL, **words})):
        found.setdefault(word, []).append(sentence)
    return found


def test_every_word_of_a_stage_has_its_sentence():
    assert set(said()) == STAGE_WORDS - {"key", "label"}


def test_no_sentence_is_left_in_english():
    english = {"the", "is", "are", "stage", "answers", "whoever"}

    for sentences in said().values():
        for sentence in sentences:
            assert not english & set(sentence.lower().split()), sentence
            assert "%(" not in sentence


@pytest.mark.parametrize(
    ("words", "word", "sentence"),
    [
        ({}, "participants",
         "Gefragt werden: Referat (Gruppe), Abteilung (Funktion in einer Organisation) mit dem "
         "Gewicht 2 und alle Parteien des Papiers."),
        ({}, "completion",
         "Die Station ist erledigt mit der Zustimmung von mindestens 2 von "
         "(Referat und Abteilung)."),
        ({"completion": "any"}, "completion",
         "Die Station ist erledigt mit der Zustimmung von Referat, Abteilung oder allen Parteien "
         "des Papiers."),
        ({"completion": {"any": "parties"}}, "completion",
         "Die Station ist erledigt mit der Zustimmung von mindestens einer Stimme von "
         "(den Parteien des Papiers)."),
        ({"completion": {"all": [{"any": ["group:division", "role:ministry:abteilung"]},
                                 "parties"]}},
         "completion",
         "Die Station ist erledigt mit der Zustimmung von (Referat oder Abteilung) und allen "
         "Parteien des Papiers."),
        ({"completion": {"percent": {"p": 60, "of": "parties"}}}, "completion",
         "Die Station ist erledigt mit der Zustimmung von mindestens 60 Prozent von "
         "(den Parteien des Papiers)."),
        ({"completion": {"weight": {"n": 3, "of": "parties"}}}, "completion",
         "Die Station ist erledigt mit der Zustimmung von einem Stimmgewicht von mindestens 3 von "
         "(den Parteien des Papiers)."),
        ({"completion": {"weight": {"p": 50, "of": "parties"}}}, "completion",
         "Die Station ist erledigt mit der Zustimmung von mindestens 50 Prozent des Stimmgewichts "
         "von (den Parteien des Papiers)."),
        ({"kind": "opinion"}, "completion",
         "Die Station ist erledigt mit der Antwort von mindestens 2 von (Referat und Abteilung), "
         "wie sie auch lautet."),
        ({"on_change": {"lapse_if": ["quotes", "files"]}}, "on_change",
         "Die Voten dieser Station verfallen nur, wenn sich einer dieser Teile ändert: "
         "quotes, files."),
        ({"on_change": "keep"}, "on_change",
         "Ändert sich der Text, bleiben die Voten dieser Station gültig."),
        ({}, "veto", "Ohne die Zustimmung von Referat scheitert die Station."),
        ({}, "deadline", "Die Frist beträgt 20 Arbeitstage ab Öffnung der Station."),
        ({"deadline": {"calendar_days": 1}}, "deadline",
         "Die Frist beträgt 1 Kalendertag ab Öffnung der Station."),
        ({"deadline": None, "remind": [], "escalate": []}, "deadline", "Es gibt keine Frist."),
        ({"votes": "open"}, "votes", "Die Beteiligten sehen die Voten der anderen."),
        ({"may_return_to": []}, "may_return_to",
         "Von hier kann der Text nicht zurückgegeben werden."),
        ({"kind": "final_sign_off"}, "kind",
         "Art der Station: Schlusszeichnung. Solange sie offen ist, ändert niemand den Text. Eine "
         "Vertretung antwortet hier nur, wenn sie auch zeichnen darf."),
        ({"kind": "co_signature", "answers": ["agreed", "objected"]}, "answers",
         "Mögliche Antworten: „Mitzeichnen“ oder „Ablehnen“."),
    ],
)  # fmt: skip
def test_a_rule_is_said_as_it_is_meant(words, word, sentence):
    assert said(**words)[word] == [sentence]


def test_reminders_and_escalations_are_said_one_by_one():
    found = said()

    assert [sentence.split(" hinaus")[0] for sentence in found["remind"]] == [
        "Eine Erinnerung geht 5 Arbeitstage vorher",
        "Eine Erinnerung geht 1 Arbeitstag vorher",
    ]
    assert found["escalate"] == [
        "Mit Ablauf der Frist werden die Vertretungen gefragt.",
        "5 Arbeitstage nach Ablauf der Frist darf an Stelle der Beteiligten antworten: "
        "Hausleitung.",
    ]


def test_each_exclusion_is_said():
    assert said()["exclude"] == [str(sentence) for sentence in EXCLUSIONS.values()]


@pytest.mark.parametrize(
    ("condition", "clause"),
    [
        ({"has_field": "summary"}, "„summary“ ist ausgefüllt"),
        ({"field": "audience", "equals": "public"}, "„audience“ ist „public“"),
        ({"parties_at_least": 1}, "das Papier hat mindestens 1 Partei"),
        ({"has_guests": True}, "das Papier nennt Gäste"),
        ({"has_files": True}, "dem Papier sind Dateien beigefügt"),
        ({"party_kind": "organisation"}, "eine Partei der Art „organisation“ ist beteiligt"),
        ({"not": {"has_files": True}}, "nicht (dem Papier sind Dateien beigefügt)"),
        ({"any": [{"has_files": True}, {"has_guests": True}]},
         "(dem Papier sind Dateien beigefügt oder das Papier nennt Gäste)"),
        ({"all": [{"has_files": True}, {"has_guests": True}]},
         "(dem Papier sind Dateien beigefügt und das Papier nennt Gäste)"),
    ],
)  # fmt: skip
def test_each_condition_is_said(condition, clause):
    assert in_words(condition) == clause


def test_a_stage_to_return_to_is_called_by_its_label():
    earlier = {**FULL, "key": "review", "label": "Fachprüfung", "when": None}
    later = {**FULL, "may_return_to": ["author", "review"]}
    route = read({"key": "x", "title": "X", "subject": "x", "stage": [earlier, later]})

    found = dict(sentences_of(route.stages[1], route))

    assert found["may_return_to"] == (
        "Der Text kann zurückgegeben werden an: Verfasserin oder Verfasser oder die Station "
        "„Fachprüfung“."
    )
