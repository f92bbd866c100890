from cms.networks.models.criteria import CriteriaList, Criterion
from cms.networks.models.formats import NetworkFormat
from cms.networks.models.organisations import (
    Organisation,
    OrganisationContact,
    OrganisationDetail,
    OrganisationFigure,
    OrganisationName,
    OrganisationRelation,
)
from cms.networks.models.pages import (
    MemberIndexPage,
    MemberPage,
    NetworkIndexPage,
    NetworkPage,
    PracticeExample,
)
from cms.networks.models.people import NetworkOffice, Person, Post
from cms.networks.models.ties import Mandate, Membership, NetworkProfile, Programme

__all__ = [
    "CriteriaList",
    "Criterion",
    "Mandate",
    "MemberIndexPage",
    "MemberPage",
    "Membership",
    "NetworkFormat",
    "NetworkIndexPage",
    "NetworkOffice",
    "NetworkPage",
    "NetworkProfile",
    "Organisation",
    "OrganisationContact",
    "OrganisationDetail",
    "OrganisationFigure",
    "OrganisationName",
    "OrganisationRelation",
    "Person",
    "Post",
    "PracticeExample",
    "Programme",
]
