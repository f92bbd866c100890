"""Why a paper has its score: on every engine the parts add up to the score in the list."""

import pytest

from search.engines import Engine
from search.explaining import Explanation, Why
from search.german import Lexicon
from search.questions import Question
from search.relevance import Field
from tests.search.engines.test_contract import ask
from tests.search.stand_in import MEMBERS, PUBLIC, paper, written

PAPERS = [
    paper(
        1,
        title="Kooperationsvereinbarung der Städte",
        text="Die Kooperationsvereinbarung gilt. Eine Vereinbarung über die Kooperation folgt.",
        reference_number="2021/1281",
    ),
    paper(2, text="Eine Vereinbarung mit dem Vermieter der Turnhalle, siehe 2021/1281."),
    paper(3, text="Die Kooperation der Turnvereine mit dem Kommunalen Ordnungsdienst."),
    *(
        paper(
            n, text=f"Solarpark und Photovoltaik am Ort {n}. Die Anlagen auf Dächern speisen ein."
        )
        for n in range(4, 8)
    ),
    *(paper(n, text=f"Etwas ganz anderes, Nummer {n}.") for n in range(8, 60)),
]


def explained(engine: Engine, text: str, key: str, tokens: frozenset[str] = PUBLIC) -> Explanation:
    explanation = engine.explain(Question(text=text, tokens=tokens), key)
    assert explanation is not None
    return explanation


@pytest.mark.parametrize(
    "text",
    [
        "Kooperationsvereinbarung",
        "Kooperationsvereinbahrung",
        "Vereinbarung Kooperation",
        "die Vereinbarung zur Kooperation der Städte",
        "2021/1281",
        '"Vereinbarung über die Kooperation"',
        "Koop*",
        "Vereinbarung Koop* -Turnhalle",
        "Photovoltaik Dächern",
        "Anlagen",
    ],
)
def test_the_parts_add_up_to_the_score_in_the_list(engine: Engine, text: str) -> None:
    engine.write(written(*PAPERS))
    hits = ask(engine, text).hits
    assert hits

    for hit in hits:
        found = explained(engine, text, hit.key)

        assert found.total == pytest.approx(hit.score, rel=1e-4)
        assert sum(one.score for one in found.contributions) == pytest.approx(hit.score, rel=1e-4)


def test_every_part_says_what_it_is(engine: Engine) -> None:
    engine.write(written(*PAPERS))

    compound = explained(engine, "Kooperationsvereinbarung", PAPERS[0].key).found
    number = explained(engine, "2021/1281", PAPERS[0].key).found
    pair = explained(engine, "Vereinbarung Kooperation", PAPERS[0].key).found

    reasons = {one.why for one in compound}
    assert {Why.WORD, Why.PART, Why.AS_TYPED, Why.PARTS_NEAR} <= reasons
    assert {one.field for one in compound if one.why is Why.WORD} == {Field.TITLE, Field.BODY}
    assert (number[0].why, number[0].score) == (Why.REFERENCE, 100.0)
    assert Why.WORDS_NEAR in {one.why for one in pair}


def test_words_are_told_as_they_were_read(engine: Engine) -> None:
    known = {"KOD": [("Kommunaler Ordnungsdienst", 5)]}
    engine.rebuild(Lexicon(abbreviations=known), PAPERS, lambda keys: [])

    slip = explained(engine, "die Kooperationsvereinbahrung", PAPERS[0].key)
    short = explained(engine, "KOD", PAPERS[2].key)

    (word,) = slip.words
    assert (word.typed, word.used) == ("Kooperationsvereinbahrung", "kooperationsvereinbarung")
    assert len(word.parts) == 2
    assert slip.left_out == ["die"]
    assert Why.SAID_OTHERWISE in {one.why for one in short.found}
    assert short.words[0].otherwise


def test_what_the_best_passages_share_is_told(engine: Engine) -> None:
    engine.write(written(*PAPERS))

    found = explained(engine, "Photovoltaik", PAPERS[3].key).found

    assert {"solarpark"} <= {one.text for one in found if one.why is Why.FEEDBACK}


def test_what_is_not_in_the_paper_is_named(engine: Engine) -> None:
    engine.write(written(*PAPERS))

    found = explained(engine, "Vereinbarung Photovoltaik", PAPERS[1].key)

    assert "photovoltaik" in found.missing


def test_nothing_is_explained_that_the_question_does_not_find(engine: Engine) -> None:
    engine.write(written(*PAPERS, paper(99, text="Kooperation", tokens=MEMBERS)))
    asked = Question(text="Kooperation", tokens=PUBLIC)

    assert engine.explain(asked, "stand_in.paper:99") is None
    assert engine.explain(asked, "stand_in.paper:20") is None
    assert engine.explain(asked, "stand_in.paper:0") is None
    assert engine.explain(Question(text="Kooperation"), "stand_in.paper:3") is None
    # The control: it is there, for those it is meant for.
    assert explained(engine, "Kooperation", "stand_in.paper:99", MEMBERS).total > 0


def test_before_the_first_write_there_is_nothing_to_explain(engine: Engine) -> None:
    assert engine.explain(Question(text="Kooperation", tokens=PUBLIC), "stand_in.paper:1") is None
