"""How agreements and declarations offer themselves to be moved."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from cms.agreements.models import AccessionPage, AgreementPage, DeclarationPage, Signature
from cms.agreements.rules import ROUND_UNDER_WAY, RoundKind, RoundStatus
from workflow import subjects
from workflow.subjects import Party


def parties_of(agreement: AgreementPage) -> Sequence[Party]:
    """Return the parties in their order; the names are those of today: they answer today."""
    parties = agreement.parties.select_related("organisation")
    bodies = [party.organisation for party in parties.prefetch_related("organisation__names")]
    return [Party("organisation", str(body.pk), body.present_name) for body in bodies]


def signatories_of(declaration: DeclarationPage) -> Sequence[Party]:
    """Return who is to sign first, while that round is still before them.

    Whoever accedes later signs the text as it is and is not asked about it.
    """
    ahead = [status.value for status in (RoundStatus.PLANNED, *ROUND_UNDER_WAY)]
    asked = Signature.objects.filter(
        round__declaration=declaration.pk,
        round__kind=RoundKind.FIRST_SIGNING.value,
        round__status__in=ahead,
    ).exclude(organisation=None)
    rows = asked.select_related("organisation").prefetch_related("organisation__names")
    bodies = {row.organisation_id: row.organisation for row in rows.order_by("pk")}
    return [Party("organisation", str(pk), body.present_name) for pk, body in bodies.items()]


def acceding(request: AccessionPage) -> Sequence[Party]:
    """Return who accedes: whoever may answer for that organisation signs the request."""
    body = request.organisation
    return [Party("organisation", str(body.pk), body.present_name)]


def register() -> None:
    subjects.register(AgreementPage, kind="agreement", label=_("agreement"), parties=parties_of)
    subjects.register(
        DeclarationPage, kind="declaration", label=_("declaration"), parties=signatories_of
    )
    subjects.register(
        AccessionPage, kind="accession", label=_("accession request"), parties=acceding
    )
