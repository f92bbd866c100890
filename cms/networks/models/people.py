"""Persons, the posts they hold, and offices of a network that are elected."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from cms.core.periods import Period, PeriodQuerySet
from cms.core.sourced import Sourced
from cms.networks.models.organisations import Organisation


class Person(ClusterableModel):
    """Somebody who acts for a body. Contact data may be published only where marked."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=80, blank=True)
    last_name = models.CharField(_("last name"), max_length=80)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="person",
    )  # fmt: skip
    mail = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    publish_contact = models.BooleanField(_("contact may be published"), default=False)
    delete_on = models.DateField(
        _("delete contact data on"), null=True, blank=True,
        help_text=_("After this day e-mail and telephone are removed."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        ordering = ["last_name", "first_name"]

    def __str__(self) -> str:
        return " ".join(part for part in (self.title, self.first_name, self.last_name) if part)


class NetworkOffice(models.Model):
    """An office within a network, such as the speakers' team. Holders are posts."""

    network = models.ForeignKey(
        Organisation, verbose_name=_("network"), on_delete=models.CASCADE, related_name="offices"
    )
    title = models.CharField(_("title"), max_length=160)
    elected_by = models.CharField(_("elected by"), max_length=160, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    duties = models.TextField(_("duties"), blank=True, help_text=_("One per line."))

    class Meta:
        verbose_name = _("office of a network")
        verbose_name_plural = _("offices of networks")

    def __str__(self) -> str:
        return self.title


class Post(Period, Sourced):
    """A person's post in a body, for a time (after OParl's Membership)."""

    person = ParentalKey(Person, on_delete=models.CASCADE, related_name="posts")
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="posts",
    )  # fmt: skip
    role = models.CharField(_("role"), max_length=160)
    office = models.ForeignKey(
        NetworkOffice, verbose_name=_("office of a network"), null=True, blank=True,
        on_delete=models.SET_NULL, related_name="posts",
    )  # fmt: skip
    on_behalf_of = models.ForeignKey(
        Organisation, verbose_name=_("on behalf of"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    publish = models.BooleanField(_("may be published"), default=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def __str__(self) -> str:
        return f"{self.role}, {self.organisation}"
