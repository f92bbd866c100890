"""Desk, deputyships, notifications and report in a real browser: axe, narrow, dark, no script."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cms.accounts.roles import Role
from tests.face import papers
from tests.face.test_accessibility import (  # noqa: F401  (fixtures)
    OVERFLOW,
    browser,
    pytestmark,
    site,
    violations,
)
from tests.people import PASSWORD, account, bruno, cem
from tests.stand_ins import journeys
from workflow import actions
from workflow.models import Deputyship

OWN_PAGES = [
    "/meine-aufgaben/",
    "/meine-aufgaben/?stapel=later",
    "/vertretungen/",
    "/benachrichtigungen/",
]


def lay_something_on_the_desk() -> None:
    today = timezone.localdate()
    other = account("Rosa Reim", Role.MEMBERS)
    for principal, deputy in ((bruno(), cem()), (other, bruno())):
        Deputyship.objects.create(
            principal=principal, deputy=deputy, starts=today, ends=today + timedelta(days=7),
            basis="Urlaub",
        )  # fmt: skip
    colleague = account("Rita Rau", Role.REVIEWERS)
    named = [{"kind": "person", "key": str(other.pk), "label": "Rosa Reim"}]
    journeys.route({**journeys.REVIEW, "bulk": True}, journeys.APPROVAL)
    made = [journeys.in_review(journeys.draft(f"Vereinbarung {n}")) for n in range(3)]
    actions.claim(stage=journeys.open_stage(made[0]), by=bruno())
    actions.claim(stage=journeys.open_stage(made[1]), by=colleague)
    journeys.route({**journeys.REVIEW, "participants": named}, journeys.APPROVAL)
    journeys.in_review(journeys.draft("In Vertretung"))


def sign_in(page: Any, site: Any, person: Any, to: str) -> None:  # noqa: F811
    page.goto(f"{site.url}/konto/login/?next={to}")
    page.get_by_label("E-Mail").fill(person.email)
    page.get_by_label("Passwort").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Anmelden").click()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_overflows(site, browser, width, scheme):  # noqa: F811
    papers.set_up_site()
    lay_something_on_the_desk()
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, locale="de-DE",
    )  # fmt: skip
    page = context.new_page()
    sign_in(page, site, bruno(), "/meine-aufgaben/")

    for address in OWN_PAGES:
        page.goto(site.url + address)

        assert violations(page) == [], (address, width, scheme)
        assert page.evaluate(OVERFLOW) <= 0, (address, width)


def test_agreeing_together_works_without_a_script_and_by_keyboard(site, browser):  # noqa: F811
    papers.set_up_site()
    lay_something_on_the_desk()
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, locale="de-DE", java_script_enabled=False
    )
    page = context.new_page()
    sign_in(page, site, bruno(), "/meine-aufgaben/")

    page.get_by_label("Gemeinsam mit anderen zustimmen: Vereinbarung 0").focus()
    page.keyboard.press("Space")
    page.get_by_label("Gemeinsam mit anderen zustimmen: Vereinbarung 2").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Den ausgewählten Texten zustimmen").first.focus()
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="Was aus den ausgewählten Texten wurde").wait_for()
    done = page.get_by_role("main").inner_text()
    assert "Zugestimmt (2)" in done
    assert "Vereinbarung 0" in done
