"""What every engine must do. Another engine joins as a parameter of the fixture in conftest.py."""

import datetime
from dataclasses import replace
from typing import Any

import pytest

from cms.core.values import FuzzyDate
from search.engines import Engine
from search.entries import FileText
from search.german import Lexicon
from search.questions import Answer, Facet, Question, Sort
from tests.search.stand_in import MEMBERS, PUBLIC, gone, paper, written


def ask(engine: Engine, text: str = "", tokens: frozenset[str] = PUBLIC, **more: Any) -> Answer:
    return engine.ask(Question(text=text, tokens=tokens, **more))


def found(answer: Answer) -> list[int]:
    return [int(hit.key.partition(":")[2]) for hit in answer.hits]


def test_a_question_among_some_papers_finds_no_others_and_spells_as_among_all(
    engine: Engine,
) -> None:
    engine.write(written(*(paper(n, title="Halle") for n in range(1, 4)), paper(4, title="Weg")))

    answer = ask(engine, "Halle", among=frozenset({"stand_in.paper:2", "stand_in.paper:4"}))

    assert found(answer) == [2]
    assert answer.total == 1
    assert not answer.corrections
    assert found(ask(engine, "Halle", among=frozenset())) == []


def test_hits_without_passages_are_the_same_hits(engine: Engine) -> None:
    engine.write(written(paper(1, title="Halle", text="Die Halle."), paper(2, text="Halle")))

    bare = ask(engine, "Halle", with_passages=False)

    assert found(bare) == found(ask(engine, "Halle"))
    assert [hit.passages for hit in bare.hits] == [(), ()]


# --- words ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Häuser", "Ein Haus am See"),
        ("Vereinbarung zur Kooperation", "Die Kooperationsvereinbarung gilt"),
        ("Kooperationsvereinbarung", "Eine Vereinbarung über die Kooperation"),
        ("Quartier entwickeln", "Quartiersentwicklung beginnt"),
        ("buergerschaftliches Engagement", "Das bürgerschaftliche Engagement"),
        ("STRASSE", "Neue Straßen"),
        ("Gehweg", "Der Geh- und Radweg"),
        ("Bürgerbeteiligung", "Die Bürger-\nbeteiligung"),
    ],
)
def test_other_forms_of_a_word_are_found(engine: Engine, question: str, text: str) -> None:
    engine.write(written(paper(1, text=text), paper(2, text="Etwas ganz anderes")))

    assert found(ask(engine, question)) == [1]


def test_the_compound_comes_before_a_paper_with_one_of_its_parts(engine: Engine) -> None:
    engine.write(
        written(
            paper(1, text="Die Vereinbarung mit dem Vermieter der Turnhalle."),
            paper(2, text="Die Kooperation der Turnvereine."),
            paper(3, text="Eine Vereinbarung über Kooperation der Städte."),
        )
    )

    assert found(ask(engine, "Kooperationsvereinbarung"))[0] == 3


def test_all_names_a_body_ever_had_find_its_papers(engine: Engine) -> None:
    names = ["Sozialministerium", "Ministerium für Arbeit und Soziales"]
    engine.write(written(paper(1, organisation_names=names), paper(2)))

    assert found(ask(engine, "Sozialministerium")) == [1]


def test_a_reference_number_is_found_first(engine: Engine) -> None:
    mentions = "Siehe 2021/1281, und nochmals 2021/1281."
    engine.write(written(paper(1, text=mentions), paper(2, reference_number="2021/1281"), paper(3)))

    assert found(ask(engine, "2021/1281"))[0] == 2


def test_quotation_marks_ask_for_the_words_as_they_stand(engine: Engine) -> None:
    engine.write(
        written(
            paper(1, text="Die Vereinbarung zur Kooperation gilt."),
            paper(2, text="Die Vereinbarung der Kooperation gilt."),
            paper(3, title="Die Vereinbarung", text="zur Kooperation"),
        )
    )

    assert found(ask(engine, '"Vereinbarung zur Kooperation"')) == [1]


def test_a_minus_leaves_papers_out(engine: Engine) -> None:
    engine.write(written(paper(1, text="Haus am See"), paper(2, text="Haus im Wald")))

    assert found(ask(engine, "Haus -See")) == [2]
    assert found(ask(engine, '-"am See"')) == [2]


def test_a_star_finds_what_begins_so(engine: Engine) -> None:
    engine.write(written(paper(1, text="Moderationskarten"), paper(2, text="Karten")))

    assert found(ask(engine, "moder*")) == [1]


@pytest.mark.parametrize("text", ["\0", "(", '"', "*", "-", "a AND", "[x TO", "title:x", "\\", "/"])
def test_nothing_typed_is_an_error(engine: Engine, text: str) -> None:
    engine.write(written(paper()))

    ask(engine, text)
    engine.suggest(text, PUBLIC)


def test_without_words_everything_comes_newest_first(engine: Engine) -> None:
    engine.write(
        written(
            paper(1, when=FuzzyDate.of_year(1995)),
            paper(2, when=FuzzyDate.day(datetime.date(2020, 5, 1))),
            paper(3),
        )
    )

    assert found(ask(engine)) == [2, 1, 3]
    assert found(ask(engine, "Vermerk", sort=Sort.NEWEST)) == [2, 1, 3]


# --- audience ---------------------------------------------------------------------


def test_only_who_shares_a_token_finds_a_paper(engine: Engine) -> None:
    engine.write(written(paper(1, text="Haushalt", tokens=MEMBERS)))

    assert ask(engine, "Haushalt", PUBLIC).total == 0
    assert ask(engine, "Haushalt", PUBLIC | {"network:8"}).total == 0
    assert ask(engine, "Haushalt", frozenset()).total == 0
    # The control: the paper is there, for those it is meant for.
    assert ask(engine, "Haushalt", MEMBERS).total == 1


def test_hidden_papers_count_in_no_facet(engine: Engine) -> None:
    engine.write(
        written(
            paper(
                1,
                topics=["Haushalt"],
                when=FuzzyDate.of_year(2020),
                organisations=[("9", "Geheimrat")],
            ),
            paper(2, topics=["Haushalt", "Geheim"], when=FuzzyDate.of_year(2021), tokens=MEMBERS),
        )
    )

    facets = ask(engine, "Vermerk").facets

    assert [(v.value, v.count) for v in facets[Facet.TOPIC]] == [("Haushalt", 1)]
    assert [(v.value, v.count) for v in facets[Facet.YEAR]] == [("2020", 1)]
    assert len(ask(engine, "Vermerk", PUBLIC | MEMBERS).facets[Facet.TOPIC]) == 2


def test_words_of_hidden_papers_are_never_suggested(engine: Engine) -> None:
    engine.write(written(paper(1, text="Gehaltsverhandlung", tokens=MEMBERS), paper(2)))

    assert engine.suggest("gehalt", PUBLIC) == []
    assert engine.suggest("gehalt", MEMBERS) == ["Gehaltsverhandlung"]


@pytest.mark.parametrize("verbatim", [False, True])
def test_words_of_hidden_papers_correct_nothing(engine: Engine, verbatim: bool) -> None:
    hidden = paper(1, text="Personalversammlung", tokens=MEMBERS)
    engine.write(written(hidden, paper(2)))

    guest = ask(engine, "Personalversamlung", PUBLIC, verbatim=verbatim)
    member = ask(engine, "Personalversamlung", MEMBERS, verbatim=verbatim)

    assert (guest.suggestion, guest.corrections) == ("", [])
    assert member.suggestion == "Personalversammlung"


def test_what_a_member_asked_before_tells_a_guest_nothing(engine: Engine) -> None:
    """Red when words are counted once for everybody."""
    engine.write(written(paper(1, text="Personalversammlung", tokens=MEMBERS), paper(2)))
    assert ask(engine, "Vermerk Personalversamlung", MEMBERS).suggestion

    guest = ask(engine, "Vermerk Personalversamlung", PUBLIC)

    assert guest.total == 1
    assert (guest.suggestion, guest.corrections) == ("", [])


def test_a_word_that_is_gone_corrects_nothing_any_more(engine: Engine) -> None:
    """Red when words are counted once for ever."""
    engine.write(written(paper(1, text="Personalversammlung"), paper(2)))
    assert ask(engine, "Personalversamlung").suggestion

    engine.write([gone(1, version=2)])

    assert ask(engine, "Personalversamlung").suggestion == ""


def test_an_entry_left_out_of_the_question_counts_nowhere(engine: Engine) -> None:
    engine.write(
        written(paper(1, when=FuzzyDate.of_year(2001)), paper(2, when=FuzzyDate.of_year(2002)))
    )

    answer = ask(engine, "Vermerk", without=frozenset({"stand_in.paper:1"}))

    assert found(answer) == [2]
    assert answer.total == 1
    assert [value.value for value in answer.facets[Facet.YEAR]] == ["2002"]


# --- facets -----------------------------------------------------------------------


def test_values_of_one_facet_are_alternatives_and_facets_add_up(engine: Engine) -> None:
    engine.write(
        written(
            paper(1, when=FuzzyDate.of_year(1995), topics=["Quartier"]),
            paper(2, when=FuzzyDate.of_year(1996), topics=["Quartier"]),
            paper(3, when=FuzzyDate.of_year(1997), topics=["Quartier"]),
            paper(4, when=FuzzyDate.of_year(1995), topics=["Pflege"]),
        )
    )
    chosen = {Facet.YEAR: frozenset({"1995", "1996"}), Facet.TOPIC: frozenset({"Quartier"})}

    answer = ask(engine, "Vermerk", facets=chosen)

    assert sorted(found(answer)) == [1, 2]
    # A facet counts as if nothing were chosen in it, but the others are.
    assert {v.value: v.count for v in answer.facets[Facet.YEAR]} == {
        "1997": 1,
        "1996": 1,
        "1995": 1,
    }
    assert {v.value: v.count for v in answer.facets[Facet.TOPIC]} == {"Quartier": 2, "Pflege": 1}
    assert [v.value for v in answer.facets[Facet.TOPIC] if v.chosen] == ["Quartier"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kooperation Vereinbarung",
        "Kooperationsvereinbarung -Halle",
        '"Sport und Spiel" Kooperation',
        "Koop*",
        "2020/7",
        "KOD",
        "die KOD zur Halle",
    ],
)
def test_facets_count_exactly_what_is_found(engine: Engine, text: str) -> None:
    """Red when an alternative of the question is left out where papers are only counted."""
    abbreviations = {"KOD": [("Kommunaler Ordnungsdienst", 9)]}
    papers = [
        paper(1, text="Die Kooperation. Eine andere Vereinbarung."),
        paper(2, text="Sport und Spiel", reference_number="2020/7"),
        paper(3, text="Die Kooperationsvereinbarung zur Halle"),
        paper(4, text="Der Kommunale Ordnungsdienst kommt"),
        paper(5, text="Der KOD kommt", title="Halle"),
    ]
    engine.rebuild(Lexicon(abbreviations=abbreviations), papers, lambda touched: [])

    answer = ask(engine, text)

    assert answer.total
    assert sum(value.count for value in answer.facets[Facet.KIND]) == answer.total


def test_a_renamed_organisation_is_one_value(engine: Engine) -> None:
    engine.write(
        written(
            paper(1, organisations=[("4", "Ministerium alt")]),
            paper(2, organisations=[("4", "Ministerium neu")]),
            paper(3, organisations=[("4", "Ministerium neu")]),
        )
    )

    values = ask(engine, facets={Facet.ORGANISATION: frozenset({"4"})}).facets[Facet.ORGANISATION]

    assert [(v.value, v.label, v.count) for v in values] == [("4", "Ministerium neu", 3)]


def test_a_period_holds_its_first_and_last_day_and_no_unknown_date(engine: Engine) -> None:
    days = [datetime.date(2020, 1, day) for day in (1, 2, 3, 4)]
    engine.write(written(*(paper(day.day, when=FuzzyDate.day(day)) for day in days), paper(5)))

    assert sorted(found(ask(engine, since=days[1], until=days[2]))) == [2, 3]
    assert sorted(found(ask(engine, until=days[1]))) == [1, 2]


def test_choices_that_nothing_can_meet_find_nothing(engine: Engine) -> None:
    engine.write(written(paper(1, when=FuzzyDate.day(datetime.date(2020, 1, 2)))))

    assert ask(engine, facets={Facet.YEAR: frozenset({"long ago", "9" * 40})}).total == 0
    assert ask(engine, since=datetime.date(2021, 1, 1), until=datetime.date(2019, 1, 1)).total == 0


def test_a_pasted_page_is_a_question_like_any_other(engine: Engine) -> None:
    engine.write(written(paper(1, text="Das Quartier")))

    assert ask(engine, "Quartier " + "Donaudampfschifffahrtsgesellschaft" * 9).total == 1
    assert ask(engine, " ".join(f"unbekanntewortungetueme{n}" for n in range(40))).total == 0


# --- one whole --------------------------------------------------------------------


def test_within_a_whole_nothing_else_counts(engine: Engine) -> None:
    engine.write(
        written(
            paper(1, within=["series:12", "network:5"], topics=["Quartier"], text="Moderation"),
            paper(2, within=["series:1"], topics=["Pflege"], text="Moderatorenliste"),
            paper(3, organisations=[("4", "Ministerium")], topics=["Pflege"]),
        )
    )

    answer = ask(engine, "Vermerk", within="series:12")

    assert (found(answer), answer.total) == ([1], 1)
    assert [value.value for value in answer.facets[Facet.TOPIC]] == ["Quartier"]
    assert found(ask(engine, within="network:5")) == [1]
    assert found(ask(engine, within="organisation:4")) == [3]
    assert ask(engine, within="series:13").total == 0
    assert engine.suggest("moder", PUBLIC, within="series:12") == ["Moderation"]
    assert len(engine.suggest("moder", PUBLIC)) == 2


def test_words_from_outside_a_whole_correct_nothing_in_it(engine: Engine) -> None:
    outside = paper(1, text="Personalversammlung", within=["series:1"])
    engine.write(written(outside, paper(2, within=["series:2"])))

    assert ask(engine, "Personalversamlung", within="series:2").suggestion == ""
    assert ask(engine, "Personalversamlung", within="series:1").suggestion == "Personalversammlung"


def test_a_whole_opens_nothing_that_is_hidden(engine: Engine) -> None:
    engine.write(written(paper(1, within=["series:12"], tokens=MEMBERS)))

    assert ask(engine, within="series:12").total == 0
    assert ask(engine, tokens=MEMBERS, within="series:12").total == 1


# --- what is like a paper ---------------------------------------------------------

HALL = "Die Turnhalle der Schule braucht ein neues Dach und eine Lüftung."
POND = "Am Teich im Park nisten Schwäne, Enten und Reiher."


def near(engine: Engine, number: int, tokens: frozenset[str] = PUBLIC, **more: Any) -> Answer:
    return engine.ask(Question(near=f"stand_in.paper:{number}", tokens=tokens, **more))


def test_papers_that_share_rare_words_are_near_each_other_and_never_themselves(
    engine: Engine,
) -> None:
    engine.write(
        written(
            paper(1, title="Sanierung der Turnhalle", text=HALL),
            paper(2, title="Enten", text=POND),
            paper(3, title="Dach der Sporthalle", text="Das Dach der Turnhalle wird saniert."),
            paper(4, title="Reiher", text="Reiher und Schwäne am Teich im Park."),
        )
    )

    assert found(near(engine, 1)) == [3]
    assert found(near(engine, 2)) == [4]
    assert near(engine, 1).total == 1


def test_nothing_is_near_what_this_person_may_not_see(engine: Engine) -> None:
    others = [paper(2, text=HALL), paper(3, text=POND)]
    engine.write(written(paper(1, text=HALL, tokens=MEMBERS), *others))

    assert found(near(engine, 1)) == []
    assert found(near(engine, 2)) == []
    assert found(near(engine, 9)) == []
    # The control: for members they are near each other.
    assert found(near(engine, 1, PUBLIC | MEMBERS)) == [2]


def test_what_is_near_is_the_same_as_if_hidden_papers_had_never_been(engine: Engine) -> None:
    seen = [
        paper(1, text="Teich Teich Reiher Park Enten Dach"),
        paper(2, text="Teich Bagger Kran Beton Ufer"),
        paper(3, text="Reiher Enten Wiese Zaun Futter"),
        paper(4, text="Beton Dach Rinne Ziegel Wiese Zaun"),
    ]
    engine.write(written(*seen))
    before = [[(hit.key, hit.score) for hit in near(engine, one).hits] for one in (1, 2, 3, 4)]

    # Rare words become frequent ones, but nobody may know.
    hidden = (paper(n, text="Teich Reiher Beton", tokens=MEMBERS) for n in range(10, 60))
    engine.write(written(*hidden))

    after = [[(hit.key, hit.score) for hit in near(engine, one).hits] for one in (1, 2, 3, 4)]
    assert after == before
    assert any(before)


def test_what_is_near_keeps_to_the_choice_and_to_what_the_database_shows(engine: Engine) -> None:
    others = [paper(2, text=HALL), paper(3, text=HALL, kind="body"), paper(4, text=POND)]
    engine.write(written(paper(1, text=HALL), *others))
    notes = {Facet.KIND: frozenset({"note"})}

    assert found(near(engine, 1, facets=notes)) == [2]
    hidden = frozenset({"stand_in.paper:2"})
    assert found(near(engine, 1, facets=notes, without=hidden)) == []


# --- passages ---------------------------------------------------------------------


def test_a_hit_in_a_file_tells_the_page(engine: Engine) -> None:
    pages = ["Deckblatt", "Inhalt", "Hier steht die Sitzordnung."]
    numbered = FileText(name="Band.pdf", url="/d/1", pages=pages)
    engine.write(written(paper(1, text="Ein Tagungsband.", files=[numbered])))

    passage = ask(engine, "Sitzordnung").hits[0].passages[0]

    assert (passage.page, passage.url, passage.file_name) == (3, "/d/1#page=3", "Band.pdf")
    assert [passage.text[a:b] for a, b in passage.marks] == ["Sitzordnung"]


def test_a_file_without_known_pages_names_none(engine: Engine) -> None:
    piece = FileText(name="Alt.pdf", url="/d/2", pages=["Die Sitzordnung"], numbered=False)
    engine.write(written(paper(1, files=[piece])))

    passage = ask(engine, "Sitzordnung").hits[0].passages[0]

    assert (passage.page, passage.url) == (None, "/d/2")


def test_a_paper_and_its_files_are_one_hit(engine: Engine) -> None:
    files = [FileText(name=f"{n}.pdf", url=f"/d/{n}", pages=["Sitzordnung"]) for n in (1, 2)]
    engine.write(written(paper(1, text="Sitzordnung", files=files)))

    assert ask(engine, "Sitzordnung").total == 1


def test_a_long_paper_does_not_crowd_out_the_passages_of_a_short_one(engine: Engine) -> None:
    long = "\n".join(f"Sitzordnung der Tafel Nummer {n}. " + "Text " * 250 for n in range(120))
    engine.write(written(paper(1, text=long), paper(2, text="Auch eine Sitzordnung im Saal.")))

    passages = {hit.key: hit.passages[0].text for hit in ask(engine, "Sitzordnung").hits}

    assert "Sitzordnung im Saal" in passages["stand_in.paper:2"]


# --- writing ----------------------------------------------------------------------


def test_a_newer_version_replaces_an_older_one(engine: Engine) -> None:
    engine.write(written(paper(1, title="Altes Wort"), version=1))

    engine.write(written(paper(1, title="Neues Wort"), version=2))

    assert ask(engine, '"Altes Wort"').total == 0
    assert ask(engine, '"Neues Wort"').total == 1
    assert engine.info().entries == 1


def test_an_older_version_never_overwrites_a_newer_one(engine: Engine) -> None:
    engine.write(written(paper(1, title="Neues Wort"), version=5))

    assert engine.write(written(paper(1, title="Altes Wort"), version=4)) == 0

    assert ask(engine, '"Neues Wort"').total == 1


def test_what_is_gone_does_not_come_back_by_a_late_write(engine: Engine) -> None:
    engine.write(written(paper(1), version=1))
    engine.write([gone(1, version=3)])

    engine.write(written(paper(1), version=2))

    assert ask(engine, "Vermerk").total == 0
    assert engine.info().entries == 0
    # Published again later, it is found again.
    engine.write(written(paper(1), version=4))
    assert ask(engine, "Vermerk").total == 1


def test_the_same_write_twice_changes_nothing(engine: Engine) -> None:
    engine.write(written(paper(1), version=1))
    engine.write(written(paper(1), version=1))

    assert ask(engine, "Vermerk").total == 1


def test_what_was_taken_out_of_a_text_is_shown_no_more(engine: Engine) -> None:
    engine.write(written(paper(1, text="Frau Mustermann, Vermerk"), version=1))
    engine.write(written(paper(1, text="Vermerk"), version=2))

    answer = ask(engine, "Vermerk")

    assert all("Mustermann" not in passage.text for passage in answer.hits[0].passages)
    assert engine.suggest("muster", PUBLIC) == []


def test_holdings_tell_key_and_digest(engine: Engine) -> None:
    one = paper(1, text="Ein Text")
    engine.write(written(one, paper(2)))
    engine.write([gone(2, version=2)])

    assert dict(engine.holdings()) == {one.key: one.content_digest}


# --- rebuilding -------------------------------------------------------------------


def test_a_rebuild_replaces_everything(engine: Engine) -> None:
    engine.write(written(paper(1), paper(2)))

    count = engine.rebuild(Lexicon(), [paper(2), paper(3)], lambda touched: [])

    assert count == 2
    assert sorted(found(ask(engine, "Vermerk"))) == [2, 3]


def test_a_change_during_a_rebuild_is_not_lost(engine: Engine) -> None:
    engine.write(written(paper(1, title="Altes Wort")))

    def entries() -> Any:
        yield paper(1, title="Altes Wort")
        engine.write(written(paper(1, title="Neues Wort"), version=2))

    def reread(touched: Any) -> Any:
        return written(paper(1, title="Neues Wort"), version=touched["stand_in.paper:1"])

    engine.rebuild(Lexicon(), entries(), reread)

    assert ask(engine, '"Neues Wort"').total == 1
    assert ask(engine, '"Altes Wort"').total == 0


def test_a_rebuild_that_breaks_off_leaves_the_old_index(engine: Engine) -> None:
    engine.write(written(paper(1)))

    def entries() -> Any:
        yield paper(2)
        raise RuntimeError("the power is gone")

    with pytest.raises(RuntimeError):
        engine.rebuild(Lexicon(), entries(), lambda touched: [])

    assert found(ask(engine, "Vermerk")) == [1]
    engine.rebuild(Lexicon(), [paper(3)], lambda touched: [])
    assert found(ask(engine, "Vermerk")) == [3]


def test_an_archive_of_other_words_splits_by_its_own_nouns(engine: Engine) -> None:
    lexicon = Lexicon(own={"plauder": 500, "bank": 500})
    engine.rebuild(lexicon, [paper(1, text="Die Plauderbank am Markt")], lambda touched: [])

    assert ask(engine, "Bank").total == 1


def test_pages_of_an_answer_do_not_overlap(engine: Engine) -> None:
    engine.write(written(*(paper(n) for n in range(1, 26))))
    question = Question(text="Vermerk", tokens=PUBLIC)

    pages = [engine.ask(replace(question, page=number)) for number in (1, 2, 3)]

    keys = [hit.key for page in pages for hit in page.hits]
    assert len(keys) == len(set(keys)) == 25
