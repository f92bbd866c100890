"""People with a session of their own, who read pages and press buttons at one moment.

A form is sent as it stands in the page, all of its fields; what a person fills in
is laid over it. Of a POST everything but the last byte goes ahead: both requests
are with the server when the barrier falls, and begin together.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urlsplit

from bs4 import BeautifulSoup, Tag

SECONDS = 60


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    location: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form as a page offers it: where it goes, and what the browser would send."""

    action: str
    fields: tuple[tuple[str, str], ...]

    def filled(self, **values: str) -> "Form":
        kept = [(name, value) for name, value in self.fields if name not in values]
        return Form(self.action, (*kept, *values.items()))

    def value(self, name: str) -> str:
        return dict(self.fields)[name]


@dataclass
class Visitor:
    """One person at one browser; `sign_in` gives the session cookie."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self, email: str, password: str) -> None:
        page = self.get("/konto/login/")
        form = form_in(page, "/konto/login/", at="/konto/login/")
        answer = self.post(form.filled(login=email, password=password))
        assert "sessionid" in self.cookies, f"{email} could not sign in: {answer.status}"

    def get(self, path: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.request("GET", path, headers=self._headers())
        return self._answer(connection)

    def post(self, form: Form) -> Answer:
        return self._post(form, threading.Barrier(1))

    def _post(self, form: Form, barrier: threading.Barrier, later: float = 0.0) -> Answer:
        body = urlencode(form.fields).encode()
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        connection.putrequest("POST", form.action)
        headers = {
            **self._headers(),
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
        }
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders(body[:-1])
        barrier.wait(SECONDS)
        time.sleep(later)
        connection.send(body[-1:])
        return self._answer(connection)

    def _headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        # English is what the code says: no test hangs on a compiled catalogue.
        return {"Accept-Language": "en", "Cookie": cookies}

    def _answer(self, connection: HTTPConnection) -> Answer:
        try:
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        finally:
            connection.close()
        self._keep_cookies(response)
        return Answer(response.status, text, urlsplit(response.headers.get("Location", "")).path)

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for line in response.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value


def at_once(*presses: tuple[Visitor, Form], first_later: float = 0.0) -> list[Answer]:
    """Have everybody press at the same moment; return what each was answered.

    `first_later` holds the first of them back, in seconds: two views that take
    different times to reach their lock meet there only with a head start.
    """
    barrier = threading.Barrier(len(presses))
    later = [first_later, *(0.0 for _ in presses[1:])]
    with ThreadPoolExecutor(len(presses)) as hands:
        sent = [
            hands.submit(visitor._post, form, barrier, wait)
            for (visitor, form), wait in zip(presses, later, strict=True)
        ]
        return [one.result(SECONDS) for one in sent]


def form_in(page: Answer, action: str, *, at: str) -> Form:
    """Return the form of a page that was read `at` an address, by the end of its action."""
    soup = BeautifulSoup(page.text, "html.parser")
    for form in soup.find_all("form", method=lambda value: (value or "").lower() == "post"):
        goes_to = urlsplit(form.get("action") or at).path
        # Wagtail has forms that only its scripts send: a browser would not.
        if goes_to.endswith(action) and form.find("input", attrs={"name": "csrfmiddlewaretoken"}):
            return Form(goes_to, tuple(_fields(form)))
    raise AssertionError(f"{at} ({page.status}) offers no form for {action}")


def _fields(form: Tag) -> Sequence[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for control in form.find_all(["input", "textarea", "select"]):
        name = str(control.get("name") or "")
        if name and not control.has_attr("disabled"):
            found += [(name, value) for value in _values(control)]
    return found


def _values(control: Any) -> list[str]:
    """Return what a browser sends of a control that nobody has touched."""
    if control.name == "textarea":
        return [control.get_text()]
    if control.name == "select":
        chosen = control.find_all("option", selected=True) or control.find_all("option")[:1]
        return [str(option.get("value", "")) for option in chosen]
    kind: Mapping[str, Any] = control.attrs
    if kind.get("type") in ("submit", "button", "image", "reset", "file"):
        return []
    if kind.get("type") in ("checkbox", "radio"):
        return [str(kind.get("value", "on"))] if "checked" in kind else []
    return [str(kind.get("value", ""))]
