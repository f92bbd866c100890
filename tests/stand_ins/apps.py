from django.apps import AppConfig


class StandInsConfig(AppConfig):
    name = "tests.stand_ins"
    label = "stand_ins"

    def ready(self) -> None:
        from django.db.models import Q

        from cms.core import kernel
        from tests.stand_ins.models import Paper, PaperPage
        from workflow import subjects

        subjects.register(PaperPage, kind="paper_page", label="Paper page")
        subjects.register(
            Paper, kind="paper", label="Paper", parties=lambda paper: parties_by_paper(paper)
        )
        subjects.register_parties_of(lambda user: parties_by_user(user))
        kernel.register(
            Paper,
            kernel.Grant(
                frozenset({kernel.Verb.SUBMIT, kernel.Verb.EDIT, kernel.Verb.VIEW}),
                q=lambda user: Q(author=user.pk),
                because="author",
            ),
        )


def parties_by_paper(paper):
    from workflow.subjects import Party

    return [Party("town", name, name.title()) for name in paper.towns.split()]


def parties_by_user(user):
    from workflow.subjects import Party

    town = user.email.partition("@")[2].partition(".")[0]
    return [Party("town", town, town.title())]
