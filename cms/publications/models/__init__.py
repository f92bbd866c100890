from cms.publications.models.info_mail import InfoMail
from cms.publications.models.publication import (
    Citation,
    PublicationEditor,
    PublicationIndexPage,
    PublicationPage,
    PublicationTopic,
)
from cms.publications.models.survey import Survey

__all__ = [
    "Citation",
    "InfoMail",
    "PublicationEditor",
    "PublicationIndexPage",
    "PublicationPage",
    "PublicationTopic",
    "Survey",
]
