from django.utils.translation import gettext_lazy as _

from cms.core import refusals
from cms.networks.rules import Refusal

REFUSALS = {
    Refusal.AGS_NOT_DIGITS: _("A municipality key consists of digits only."),
    Refusal.AGS_COUNTY_LENGTH: _("A county's key has five digits."),
    Refusal.AGS_LENGTH: _("A municipality key has eight digits."),
    Refusal.NOT_A_NETWORK: _("Only a network can have members. Please choose a network."),
    Refusal.MEMBER_OF_ITSELF: _("A network cannot be a member of itself."),
    Refusal.RECOGNITION_UNEXPLAINED: _("Please describe the comparable form of recognition."),
    Refusal.CARD_YEAR_MISSING: _("Please say in which year the card is to be introduced."),
    Refusal.NETWORK_MISSING: _("Please say whose members may read it: choose the network."),
}
refusals.register(REFUSALS)
