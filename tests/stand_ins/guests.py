"""Somebody without an account: gets letters, opens links in a browser, enters codes."""

import re
from urllib.parse import urlsplit

from django.core import mail
from django.test import Client
from django.urls import reverse

from cms.core import outbox
from tests.people import alma, bruno, minister
from tests.stand_ins import journeys
from workflow import actions
from workflow.models import Journey, Participant

GERDA = "gerda@example.net"
ASKED = {
    **journeys.REVIEW,
    "key": "guests",
    "label": "Stimmen der Zitierten",
    "participants": [{"kind": "guests"}],
    "completion": "all",
    "answers": ["agreed", "agreed_with_remarks", "objected"],
}
KINDS = ["workflow.letters.guests", "workflow.guest_code"]


def with_guests(*stages, guests=GERDA, **fields):
    """A page that was submitted and lies with its guests."""
    journeys.route(*(stages or (ASKED, journeys.APPROVAL)))
    bruno(), minister()
    page = journeys.draft()
    for name, value in {"guests": guests, **fields}.items():
        setattr(page, name, value)
    page.save()
    page.save_revision(user=alma())
    return actions.submit(subject=page, by=alma())


def seat_of(journey, address=GERDA):
    return Participant.objects.get(stage__journey=journey, kind="guest", key=address)


def letters_to(address=GERDA):
    """Have the worker write what is due, and return what this address has got so far."""
    outbox.drain(kinds=KINDS)
    return [letter for letter in mail.outbox if letter.to == [address]]


def link_in(letter):
    """Return the path of the link that stands in a letter."""
    (address,) = re.findall(r"http\S+/gast/\S+", letter.body)
    return urlsplit(address).path


def token_in(letter):
    return link_in(letter).split("/")[2]


def code_in(letter):
    (code,) = re.findall(r"^\d{6}$", letter.body, re.MULTILINE)
    return code


def last_link(address=GERDA):
    return link_in([one for one in letters_to(address) if "/gast/" in one.body][-1])


def last_code(address=GERDA):
    return code_in([one for one in letters_to(address) if "/gast/" not in one.body][-1])


class Guest:
    """A browser of a guest's own."""

    def __init__(self, address=GERDA, **options):
        self.address = address
        self.client = Client(**options)

    def get(self, name, **options):
        return self.client.get(reverse(f"workflow:{name}"), **options)

    def post(self, name, data=None):
        return self.client.post(reverse(f"workflow:{name}"), data or {})

    def follow(self, link):
        return self.client.get(link, follow=True)

    def enter(self, link=""):
        """Go the whole way to the text."""
        self.follow(link or last_link(self.address))
        self.post("guest_request")
        self.post("guest_code", {"code": last_code(self.address)})
        return self.get("guest_read")

    def answer(self, answer="agreed", comment="", seen=""):
        seen = seen or digest_on(self.get("guest_read"))
        data = {"answer": answer, "comment": comment, "seen_digest": seen}
        return self.post("guest_answer", data)


def digest_on(response):
    """Return what the page's form would send back of the text that was read."""
    found = re.findall(r'name="seen_digest" value="([^"]*)"', response.content.decode())
    return found[0] if found else ""


def again(journey):
    return Journey.objects.get(pk=journey.pk)
