"""The doors for people about themselves: who stands in for them, and how they are written to."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cms.core.refusals import Refused
from workflow import actions, people, subjects
from workflow.actions.wishing import choose_letters
from workflow.doors.people.forms import DeputyForm, LettersForm
from workflow.letters.paces import usual_paces, wishes_of
from workflow.models import Deputyship
from workflow.rules.letters import ALWAYS_AT_ONCE
from workflow.wording import LETTER_KIND

CONFLICT = 409
PER_PAGE = 50
MOST_COLLEAGUES = 200


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def deputies(request: HttpRequest) -> HttpResponse:
    """One's own deputies, and for whom one stands in; the administration sees anybody's."""
    principal = _principal(request)
    form = DeputyForm(request.POST or None, principal=principal)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                actions.appoint_deputy(principal=principal, by=request.user, **form.cleaned_data)
            except Refused as error:
                messages.error(request, error.sentence)
                status = CONFLICT
            else:
                messages.success(request, _("The deputyship has been entered."))
                return redirect(_address(request, principal))
    return render(
        request, "workflow/deputies.html", _about(request, principal, form), status=status
    )


@login_required
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a deputyship; somebody else's does not exist for who may not end it."""
    given = Deputyship.objects.select_related("principal")
    if not request.user.is_superuser:
        given = given.filter(principal=request.user.pk)
    deputyship = get_object_or_404(given, pk=pk)
    actions.revoke_deputy(deputyship=deputyship, by=request.user)
    messages.success(request, _("The deputyship has ended. What was done under it stands."))
    return redirect(_address(request, deputyship.principal))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    """Benachrichtigungen: how soon this person wants which letters."""
    form = LettersForm(
        request.POST or None, wishes=wishes_of(request.user), usual=usual_paces(request.user)
    )
    if request.method == "POST" and form.is_valid():
        choose_letters(by=request.user, paces=form.paces())
        messages.success(request, _("Your wishes have been kept."))
        return redirect("workflow:letters")
    fixed = [LETTER_KIND[kind] for kind in ALWAYS_AT_ONCE]
    status = 400 if form.errors else 200
    return render(request, "workflow/letters.html", {"form": form, "fixed": fixed}, status=status)


def _principal(request: HttpRequest) -> Any:
    """Return whose deputies the page is about: one's own, or anybody's for the administration."""
    mail = request.GET.get("person", "").strip()
    if not mail or mail.lower() == request.user.email.lower():  # type: ignore[union-attr]
        return request.user
    if not request.user.is_superuser:
        raise Http404
    found = get_user_model()._default_manager.filter(email__iexact=mail, is_active=True).first()
    if found is None:
        messages.warning(request, _("Nobody signs in with this address. You see your own page."))
        return request.user
    return found


def _about(request: HttpRequest, principal: Any, form: DeputyForm) -> dict[str, Any]:
    given = Deputyship.objects.filter(principal=principal)
    pages = Paginator(given.select_related("deputy", "principal", "entered_by"), PER_PAGE)
    users = get_user_model()._default_manager.filter(is_active=True)
    colleagues = users.filter(pk__in=people.colleagues_of([principal.pk])).exclude(pk=principal.pk)
    today = timezone.localdate()
    page = pages.get_page(request.GET.get("seite"))
    return {
        "form": form,
        "principal": principal,
        "is_own": principal == request.user,
        "given": [(one, _state(one), subjects.label_of(one.paper_kind)) for one in page],
        "page_of": page,
        "held": people.deputyships_of(principal, today),
        "colleagues": colleagues[:MOST_COLLEAGUES],
    }


def _state(deputyship: Deputyship) -> str:
    """Return planned, open (it holds today), closed or dropped: words the badges know."""
    today = timezone.localdate()
    if deputyship.revoked_at is not None:
        return "dropped"
    if deputyship.ends < today:
        return "closed"
    return "planned" if deputyship.starts > today else "open"


def _address(request: HttpRequest, principal: Any) -> str:
    address = reverse("workflow:deputies")
    return address if principal == request.user else f"{address}?person={principal.email}"
