from django.conf import settings
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from workflow.governed import GovernedPage


class Paper(models.Model):
    """A subject without revisions: a row and its text."""

    title = models.CharField(max_length=100)
    text = models.TextField(blank=True)
    towns = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

    def __str__(self):
        return self.title


class PaperPage(GovernedPage, Page):
    """A subject with revisions: a page with one text and a state its chapter keeps."""

    not_text = frozenset({"state"})

    body = RichTextField(blank=True)
    note = models.CharField(max_length=100, blank=True)
    towns = models.TextField(blank=True)
    guests = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, blank=True, editable=False)

    content_panels = [*Page.content_panels, FieldPanel("body")]
    template = "stand_ins/paper_page.html"
