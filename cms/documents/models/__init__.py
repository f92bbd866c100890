from cms.documents.models.attachments import Attachment
from cms.documents.models.files import File, FilePage, Picture, PictureRendition
from cms.documents.models.pages import StandardPage
from cms.documents.models.references import Reference

__all__ = [
    "Attachment",
    "File",
    "FilePage",
    "Picture",
    "PictureRendition",
    "Reference",
    "StandardPage",
]
