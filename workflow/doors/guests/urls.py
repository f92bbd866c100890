"""The doors of guests and of those who ask them; part of the package's addresses."""

from django.urls import path

from workflow.doors.guests import inviting as inviting_views
from workflow.doors.guests import views as guest_views

urlpatterns = [
    path("umlauf/<int:journey_id>/gaeste/", inviting_views.invite, name="guest_invite"),
    path(
        "umlauf/<int:journey_id>/gaeste/<int:participant_id>/erneut/",
        inviting_views.send_again,
        name="guest_send",
    ),
    path(
        "umlauf/<int:journey_id>/gaeste/<int:participant_id>/widerrufen/",
        inviting_views.revoke,
        name="guest_revoke",
    ),
    path("gast/", guest_views.door, name="guest"),
    path("gast/anfordern/", guest_views.request_code, name="guest_request"),
    path("gast/code/", guest_views.code, name="guest_code"),
    path("gast/text/", guest_views.read, name="guest_read"),
    path("gast/vorschau/", guest_views.preview, name="guest_preview"),
    path("gast/votum/", guest_views.answer, name="guest_answer"),
    path("gast/danke/", guest_views.thanks, name="guest_thanks"),
    path("gast/neuer-link/", guest_views.request_link, name="guest_new_link"),
    path("gast/beenden/", guest_views.leave, name="guest_leave"),
    # Behind its neighbours: a token is any word.
    path("gast/<str:token>/", guest_views.enter, name="guest_enter"),
]
