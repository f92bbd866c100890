from django.urls import path

from workflow import views

app_name = "workflow"
urlpatterns = [
    path("umlauf/<int:journey_id>/", views.review, name="review"),
    path("umlauf/<int:journey_id>/votum/", views.decide, name="decide"),
    path("umlauf/<int:journey_id>/rueckgabe/", views.send_back, name="return"),
    path("umlauf/<int:journey_id>/zurueckziehen/", views.withdraw, name="withdraw"),
    path("umlauf/<int:journey_id>/erneut/", views.resubmit, name="resubmit"),
    path("umlauf/<int:journey_id>/vorschau/", views.preview, name="preview"),
]
