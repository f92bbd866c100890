from cms.agreements.models.accession import AccessionPage
from cms.agreements.models.agreement import AgreementPage, AgreementParty, AgreementTopic
from cms.agreements.models.declaration import DeclarationPage, DeclarationText, DeclarationTopic
from cms.agreements.models.index import AgreementIndexPage, DeclarationIndexPage
from cms.agreements.models.series import AgreementSeriesPage, SeriesRelation, StandingParty
from cms.agreements.models.signing import SignatoryCount, Signature, SigningRound

__all__ = [
    "AccessionPage",
    "AgreementIndexPage",
    "AgreementPage",
    "AgreementParty",
    "AgreementSeriesPage",
    "AgreementTopic",
    "DeclarationIndexPage",
    "DeclarationPage",
    "DeclarationText",
    "DeclarationTopic",
    "SeriesRelation",
    "Signature",
    "SignatoryCount",
    "SigningRound",
    "StandingParty",
]
