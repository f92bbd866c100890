from django.urls import path

from search import feeds, saved_views, views
from search.citing import Form

urlpatterns = [
    path("suche/", views.search, name="search"),
    *(
        path(f"suche/zitate/{form}/", views.citations, {"form": form}, name=f"search-{form}")
        for form in Form
    ),
    path("suche/vorschlaege/", views.suggestions, name="search-suggestions"),
    path("suche/feed.atom", feeds.feed, name="search-feed"),
    path("suche/gespeichert/", saved_views.saved_searches, name="saved_searches"),
    path("suche/gespeichert/neu/", saved_views.save, name="saved_search_new"),
    path("suche/gespeichert/<int:pk>/", saved_views.change, name="saved_search_change"),
    path("suche/gespeichert/<int:pk>/pause/", saved_views.pause, name="saved_search_pause"),
    path("suche/gespeichert/<int:pk>/loeschen/", saved_views.delete, name="saved_search_delete"),
    path("suche/abbestellen/<str:token>/", saved_views.by_letter, name="saved_search_letter"),
]
