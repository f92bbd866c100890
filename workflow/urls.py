from django.urls import include, path

from workflow.doors.review import verbs, views

app_name = "workflow"
urlpatterns = [
    path("umlauf/<int:journey_id>/", views.review, name="review"),
    path("umlauf/<int:journey_id>/vorschau/", views.preview, name="preview"),
    path("umlauf/<int:journey_id>/pdf/", views.as_pdf, name="pdf"),
    path("umlauf/<int:journey_id>/votum/", verbs.decide, name="decide"),
    path("umlauf/<int:journey_id>/bestaetigen/", verbs.confirm, name="confirm"),
    path("umlauf/<int:journey_id>/rueckgabe/", verbs.send_back, name="return"),
    path("umlauf/<int:journey_id>/punkte/<int:point_id>/", verbs.settle, name="settle"),
    path("umlauf/<int:journey_id>/zurueckziehen/", verbs.withdraw, name="withdraw"),
    path("umlauf/<int:journey_id>/erneut/", verbs.resubmit, name="resubmit"),
    path("umlauf/<int:journey_id>/uebersteuern/", verbs.override, name="override"),
    path("", include("workflow.doors.people.urls")),
    path("", include("workflow.doors.guests.urls")),
    path("", include("workflow.doors.follow_ups.urls")),
]
