from django.urls import path

from cms.archive import views

urlpatterns = [
    path("archiv/<int:pk>/", views.paper, name="archive_paper"),
    path("archiv/<int:pk>/text/<int:number>/", views.text, name="archive_text"),
]
