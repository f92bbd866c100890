from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import Page

from cms.agreements import panels
from cms.agreements.models.agreement import AgreementPage
from cms.agreements.models.declaration import DeclarationPage
from cms.agreements.models.series import AgreementSeriesPage
from cms.core import kernel


class AgreementIndexPage(Page):
    """All chains of agreements.

    Context: `series`, a list of visible series by title; each has `.agreements`,
    its visible agreements by number, and `.current`, the one in force or None.
    """

    intro = RichTextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, panels.INTRO]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["agreements.AgreementSeriesPage"]

    class Meta:
        verbose_name = _("overview of agreements")
        verbose_name_plural = _("overviews of agreements")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        series = list(
            kernel.visible(request.user, AgreementSeriesPage.objects.child_of(self).live())
            .order_by("title")
            .prefetch_related("standing_parties__organisation__names")
        )
        pages = AgreementPage.objects.descendant_of(self).live().defer_streamfields()
        agreements = kernel.visible(request.user, pages).order_by("number")
        by_series: dict[str, list[AgreementPage]] = {}
        for agreement in agreements:
            by_series.setdefault(agreement.path[: -Page.steplen], []).append(agreement)
        for one in series:
            one.agreements = by_series.get(one.path, [])
            one.current = next((a for a in reversed(one.agreements) if a.is_in_force), None)
        context["series"] = series
        return context


class DeclarationIndexPage(Page):
    """All joint declarations.

    Context: `declarations`, a list of visible declarations, the youngest first.
    """

    intro = RichTextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, panels.INTRO]
    parent_page_types = ["home.HomePage"]
    subpage_types = ["agreements.DeclarationPage"]

    class Meta:
        verbose_name = _("overview of declarations")
        verbose_name_plural = _("overviews of declarations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["declarations"] = list(
            kernel.visible(request.user, DeclarationPage.objects.child_of(self).live())
            .order_by(models.F("opened_on").desc(), "title")
            .prefetch_related("basis_of__names")
        )
        return context
