from django.utils.translation import gettext_lazy as _

from cms.core import refusals
from cms.documents.rules import Refusal

REFUSALS = {
    Refusal.FILE_EMPTY: _("The file is empty. Please choose it again."),
    Refusal.FILE_BROKEN: _(
        "The file is damaged or incomplete. Please open it on your computer, save it again and "
        "upload it once more. Nothing else has been lost."
    ),
    Refusal.TYPE_UNKNOWN: _(
        "Files of this kind are not taken in. Possible are PDF, Word, Excel, PowerPoint, "
        "OpenDocument, HTML, text and CSV."
    ),
    Refusal.TYPE_NOT_AS_NAMED: _(
        "The content of the file does not fit its name. Please save it in the right format and "
        "upload it once more."
    ),
}
refusals.register(REFUSALS)
