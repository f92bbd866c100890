from django.utils.translation import gettext_lazy as _

from cms.accounts.roles import Role

ROLE_LABELS = {
    Role.EDITORS: _("Editors"),
    Role.REVIEWERS: _("Reviewers"),
    Role.MINISTRY: _("Ministry"),
    Role.DIVISION: _("Division of the ministry"),
    Role.DEPARTMENT: _("Department of the ministry"),
    Role.LEADERSHIP: _("Leadership of the ministry"),
    Role.OFFICE: _("Network office"),
    Role.ASSOCIATIONS: _("Associations"),
    Role.MEMBERS: _("Members"),
}
