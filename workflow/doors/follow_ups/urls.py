"""Addresses of a person's own follow-ups; `workflow.urls` includes them in its namespace."""

from django.urls import path

from workflow.doors.follow_ups import views

urlpatterns = [
    path("umlauf/<int:journey_id>/wiedervorlage/", views.note, name="follow_up"),
    path(
        "umlauf/<int:journey_id>/wiedervorlage/<int:follow_up_id>/",
        views.change,
        name="change_follow_up",
    ),
    path("wiedervorlage/<int:follow_up_id>/", views.finish, name="finish_follow_up"),
]
