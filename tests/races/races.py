"""The races themselves: who meets whom over which paper, and what may come of it.

Each takes a site and the number of the round, runs one race on a new paper and
returns what is wrong with how it ended; nothing, if all is well.
"""

from typing import Any

from tests.races.site import RacingSite
from tests.races.verdict import gist, is_accepted, sentence_in, unclear, violations
from tests.races.visitors import Answer, Form, Visitor, at_once, form_in

Facts = dict[str, Any]


def two_last_votes(site: RacingSite, number: int) -> list[str]:
    """Two people give the last answer: for one seat in even rounds, for one each in odd ones."""
    seats = ("one seat", "two seats")[number % 2]
    paper = site.backstage.ask("begin", stages=seats)
    second = site["rosa"] if seats == "one seat" else site["minister"]
    forms = [vote_form(site["bruno"], paper), vote_form(second, paper)]

    votes = at_once((site["bruno"], forms[0]), (second, forms[1]))

    wrong = violations(look(site, paper), list(zip(forms, votes, strict=True)))
    return [*wrong, *wrong_number(votes, 1 if seats == "one seat" else 2)]


def double_click(site: RacingSite, number: int) -> list[str]:
    """One person sends the same form twice."""
    paper = site.backstage.ask("begin", stages="one seat")
    form = vote_form(site["bruno"], paper)

    votes = at_once((site["bruno"], form), (site["bruno"], form))

    wrong = violations(look(site, paper), [(form, vote) for vote in votes])
    return [*wrong, *wrong_number(votes, 1)]


def two_tabs_with_old_pages(site: RacingSite, number: int) -> list[str]:
    """Pages opened before an edit: both old in even rounds, one read again in odd ones."""
    paper = site.backstage.ask("begin", stages="one seat")
    old = vote_form(site["bruno"], paper)
    site.backstage.ask("edit", page=paper["page"], body=f"<p>Neuer Text {number}.</p>")
    other = old if number % 2 == 0 else vote_form(site["bruno"], paper)

    votes = at_once((site["bruno"], old), (site["bruno"], other))

    wrong = violations(look(site, paper), list(zip((old, other), votes, strict=True)))
    if is_accepted(votes[0]):
        wrong.append("unseen: a page older than the text was accepted")
    return [*wrong, *wrong_number(votes, number % 2)]


def approve_against_edit(site: RacingSite, number: int) -> list[str]:
    """The reviewer agrees while the editor saves: no stage lock stands between them."""
    paper = site.backstage.ask("begin", stages="one seat")
    title = f"Satzung, Fassung {number}"
    editing = edit_form(site["alma"], paper).filled(title=title)
    form = vote_form(site["bruno"], paper)

    vote, saved = at_once(
        (site["bruno"], form), (site["alma"], editing), first_later=head_start(number)
    )

    facts = look(site, paper)
    wrong = violations(facts, [(form, vote)])
    # Published in between: Wagtail's form comes back with what was typed and our sentence.
    if saved.status != 302 and not (saved.status == 200 and sentence_in(saved)):
        wrong.append(f"unclear: the editor was answered {gist(saved)}")
    if saved.status == 302 and facts["draft"][0] != title:
        wrong.append(f"lost: an edit was saved and the draft reads {facts['draft']}")
    return wrong


def approve_against_saving_code(site: RacingSite, number: int) -> list[str]:
    """The reviewer agrees while a draft is saved from code, which no editor's lock holds up."""
    paper = site.backstage.ask("begin", stages="one seat")
    form = vote_form(site["bruno"], paper)
    body = f"<p>Fassung {number}.</p>"

    # Here the vote has the longer way to its lock, and gets the head start.
    words = {"page": paper["page"], "body": body, "later": head_start(number)}
    with site.meanwhile("edit", **words) as saving:
        (vote,) = at_once((site["bruno"], form))
        saved = saving.result()

    facts = look(site, paper)
    wrong = violations(facts, [(form, vote)])
    if "broke" in saved:
        wrong.append(f"unclear: saving broke with {saved['broke']}")
    elif facts["draft"][1] != body:
        wrong.append(f"lost: an edit was saved and the draft reads {facts['draft']}")
    return wrong


def approve_against_cancel(site: RacingSite, number: int) -> list[str]:
    """Wagtail's own cancelling is sent: it may save a draft and end nothing.

    By the author, whom Wagtail would let, in even rounds, by an administrator in odd ones.
    """
    who = site[("alma", "admin")[number % 2]]
    paper = site.backstage.ask("begin", stages="one seat")
    title = f"Satzung, Fassung {number}"
    cancelling = edit_form(who, paper).filled(title=title, **{"action-cancel-workflow": "true"})
    form = vote_form(site["bruno"], paper)

    vote, cancelled = at_once(
        (site["bruno"], form), (who, cancelling), first_later=head_start(number)
    )

    facts = look(site, paper)
    wrong = [*violations(facts, [(form, vote)]), *not_told(who, cancelled)]
    if cancelled.status == 302 and facts["draft"][0] != title:
        wrong.append(f"lost: an edit was saved and the draft reads {facts['draft']}")
    if facts["journey"] == "withdrawn":
        wrong.append("disagreement: Wagtail's cancelling ended the journey")
    return wrong


def approve_against_cancelling_code(site: RacingSite, number: int) -> list[str]:
    """Code cancels Wagtail's workflow: journey and shell end together, or it is refused."""
    paper = site.backstage.ask("begin", stages="one seat")
    form = vote_form(site["bruno"], paper)

    with site.meanwhile("cancel", page=paper["page"]) as cancelling:
        (vote,) = at_once((site["bruno"], form))
        cancelled = cancelling.result()

    facts = look(site, paper)
    wrong = violations(facts, [(form, vote)])
    if "broke" in cancelled:
        wrong.append(f"unclear: cancelling broke with {cancelled['broke']}")
    if is_accepted(vote) == (cancelled == {}):
        wrong.append(f"disagreement: the vote was answered {vote.status}, cancelling {cancelled}")
    return wrong


def approve_against_withdrawal(site: RacingSite, number: int) -> list[str]:
    """The author withdraws while the reviewer agrees: one of them comes too late."""
    paper = site.backstage.ask("begin", stages="one seat")
    withdrawing = journey_form(site["alma"], paper, "/zurueckziehen/")
    form = vote_form(site["bruno"], paper)

    vote, withdrawal = at_once((site["bruno"], form), (site["alma"], withdrawing))

    facts = look(site, paper)
    wrong = violations(facts, [(form, vote)])
    if (facts["journey"] == "withdrawn") == is_accepted(vote):
        wrong.append(f"disagreement: {facts['journey']}, and the vote was answered {vote.status}")
    if is_accepted(vote) and (said := unclear(withdrawal)):
        wrong.append(said)
    return wrong


def head_start(number: int) -> float:
    """Return how many seconds the slower side is given: none, and then more and more."""
    return number % 6 * 0.05


def look(site: RacingSite, paper: Facts) -> Facts:
    return site.backstage.ask("look", **paper)


def vote_form(visitor: Visitor, paper: Facts) -> Form:
    return journey_form(visitor, paper, "/votum/").filled(answer="agreed")


def journey_form(visitor: Visitor, paper: Facts, verb: str) -> Form:
    at = f"/umlauf/{paper['journey']}/"
    return form_in(visitor.get(at), verb, at=at)


def edit_form(visitor: Visitor, paper: Facts) -> Form:
    at = f"/verwaltung/pages/{paper['page']}/edit/"
    return form_in(visitor.get(at), "/edit/", at=at)


def wrong_number(votes: list[Answer], expected: int) -> list[str]:
    accepted = sum(is_accepted(vote) for vote in votes)
    return [] if accepted == expected else [f"double: {accepted} accepted instead of {expected}"]


def not_told(visitor: Visitor, answer: Answer) -> list[str]:
    """Return what is wrong when a refused act leads to a page that does not say so."""
    if answer.status == 302:
        answer = visitor.get(answer.location)
    if answer.status in (200, 403, 409) and sentence_in(answer):
        return []
    return [f"unclear: no sentence says why it came to nothing: {gist(answer)}"]
