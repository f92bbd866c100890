"""The addresses of the house. Packages are named as strings only."""

from django.urls import include, path, reverse_lazy
from django.views.generic import RedirectView

# Wagtail's admin brings password forms of its own. They are shut here, before the
# include, so that nobody signs in past allauth's rules.
CLOSED = ["login/", "password_reset/", "password_reset/done/"]
to_the_login = RedirectView.as_view(url=reverse_lazy("account_login"), query_string=True)

urlpatterns = [
    *(path(f"verwaltung/{door}", to_the_login) for door in CLOSED),
    path("verwaltung/password_reset/confirm/<path:rest>/", to_the_login),
    path("verwaltung/", include("wagtail.admin.urls")),
    path("konto/", include("allauth.account.urls")),
    path("api/v1/", include("home.api.urls")),
    path("", include("search.urls")),
    path("", include("workflow.urls")),
    path("", include("cms.documents.urls")),
    path("", include("cms.archive.urls")),
    path("", include("home.urls")),
    path("", include("wagtail.urls")),
]

handler400 = "home.views.bad_request"
handler403 = "home.views.permission_denied"
handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"
