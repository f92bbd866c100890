from django.utils.translation import gettext_lazy as _

from cms.accounts.roles import Role

ROLE_LABELS = {
    Role.EDITORS: _("Editors"),
    Role.REVIEWERS: _("Reviewers"),
    Role.MINISTRY: _("Ministry"),
    Role.OFFICE: _("Network office"),
    Role.ASSOCIATIONS: _("Associations"),
    Role.MEMBERS: _("Members"),
}
