from django.urls import path

from cms.documents import permanent_views, views
from search.citing import Form

# The first name is Wagtail's: its editor links files by it.
urlpatterns = [
    path(
        "dateien/<int:document_id>/<path:document_filename>",
        views.serve_file,
        name="wagtaildocs_serve",
    ),
    path("dateien/<path:path>", views.serve_picture, name="picture"),
    path("d/<slug:permanent_id>", permanent_views.paper, name="permanent"),
    path("d/<slug:permanent_id>/<int:number>", permanent_views.version, name="permanent_version"),
    *(
        path(
            f"d/<slug:permanent_id>/zitat/{form}",
            permanent_views.reference,
            {"form": form},
            name=f"permanent_{form}",
        )
        for form in Form
    ),
]
