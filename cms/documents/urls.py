from django.urls import path

from cms.documents import views

# The first name is Wagtail's: its editor links files by it.
urlpatterns = [
    path(
        "dateien/<int:document_id>/<path:document_filename>",
        views.serve_file,
        name="wagtaildocs_serve",
    ),
    path("dateien/<path:path>", views.serve_picture, name="picture"),
]
