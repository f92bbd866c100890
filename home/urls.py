from django.urls import path

from home import desk_views, views

urlpatterns = [
    path("meine-aufgaben/", desk_views.desk, name="desk"),
    path("meine-aufgaben/uebernehmen/", desk_views.claim, name="desk_claim"),
    path("meine-aufgaben/zuruecklegen/", desk_views.release, name="desk_release"),
    path("meine-aufgaben/zustimmen/", desk_views.agree_together, name="desk_agree"),
    path("organisationen/<int:pk>/", views.organisation, name="organisation"),
    path("barriere-melden/", views.report_barrier, name="report_barrier"),
    path("favicon.ico", views.favicon),
    path("health", views.health, name="health"),
]
