from django.urls import path

from search import views
from search.citing import Form

urlpatterns = [
    path("suche/", views.search, name="search"),
    *(
        path(f"suche/zitate/{form}/", views.citations, {"form": form}, name=f"search-{form}")
        for form in Form
    ),
    path("suche/vorschlaege/", views.suggestions, name="search-suggestions"),
]
