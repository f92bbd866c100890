"""Addresses of what people set for themselves; part of the journeys' own."""

from django.urls import path

from workflow.doors.people import views as people_views

urlpatterns = [
    path("vertretungen/", people_views.deputies, name="deputies"),
    path("vertretungen/<int:pk>/widerrufen/", people_views.revoke, name="deputy_revoke"),
    path("benachrichtigungen/", people_views.letters, name="letters"),
]
