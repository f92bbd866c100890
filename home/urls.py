from django.urls import path

from home import views

urlpatterns = [
    path("meine-aufgaben/", views.desk, name="desk"),
    path("organisationen/<int:pk>/", views.organisation, name="organisation"),
    path("barriere-melden/", views.report_barrier, name="report_barrier"),
    path("favicon.ico", views.favicon),
    path("health", views.health, name="health"),
]
