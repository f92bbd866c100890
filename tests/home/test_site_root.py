"""The front page takes the place of Wagtail's welcome page, once."""

import pytest
from wagtail.models import Page, Site

from home.actions import set_up_site
from home.models import HomePage

pytestmark = pytest.mark.django_db


def test_a_new_installation_has_our_front_page():
    site = Site.objects.get(is_default_site=True)

    assert isinstance(site.root_page.specific, HomePage)
    assert not Page.objects.filter(slug="home").exists()


def test_setting_up_again_changes_nothing():
    before = set(Page.objects.values_list("pk", "path"))

    set_up_site()

    assert set(Page.objects.values_list("pk", "path")) == before


def test_a_site_root_that_an_editor_has_made_is_left_alone():
    page = HomePage.objects.get()
    page.title = "Unser Netzwerk"
    page.save()

    set_up_site()

    assert HomePage.objects.get().title == "Unser Netzwerk"
