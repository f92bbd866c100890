"""How agreements and declarations offer themselves to be moved."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from cms.agreements.models import AgreementPage, DeclarationPage
from workflow import subjects
from workflow.subjects import Party


def parties_of(agreement: AgreementPage) -> Sequence[Party]:
    """Return the parties in their order; the names are those of today: they answer today."""
    parties = agreement.parties.select_related("organisation")
    bodies = [party.organisation for party in parties.prefetch_related("organisation__names")]
    return [Party("organisation", str(body.pk), body.present_name) for body in bodies]


def register() -> None:
    subjects.register(AgreementPage, kind="agreement", label=_("agreement"), parties=parties_of)
    subjects.register(DeclarationPage, kind="declaration", label=_("declaration"))
