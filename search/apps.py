from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self) -> None:
        from cms.core import doctor, due
        from search import checks, indexing, news, relearning, unanswered  # noqa: F401  (they register themselves)
        from search.health import examine

        doctor.register("search index", examine)
        due.register("relearn abbreviations", relearning.relearn_tonight)
        due.register("forget questions without hits", unanswered.forget)
        news.connect()
