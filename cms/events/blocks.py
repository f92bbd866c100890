"""Questions and running text of events and documentations."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]


class QuestionStream(blocks.StreamBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=500, icon="help")


class TextStream(blocks.StreamBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=200, icon="h2")
    paragraph = blocks.RichTextBlock(label=_("Paragraph"), features=TEXT_FEATURES, icon="pilcrow")
