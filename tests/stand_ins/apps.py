from django.apps import AppConfig


class StandInsConfig(AppConfig):
    name = "tests.stand_ins"
    label = "stand_ins"

    def ready(self) -> None:
        from django.db.models import Q

        from cms.core import kernel
        from tests.stand_ins.models import Paper, PaperPage
        from workflow import subjects
        from workflow.rules.states import ParticipantKind

        subjects.register(
            PaperPage,
            kind="paper_page",
            label="Paper page",
            parties=lambda page: parties_by_paper(page),
            guests=lambda page: guests_of_page(page),
        )
        subjects.register(
            Paper, kind="paper", label="Paper", parties=lambda paper: parties_by_paper(paper)
        )
        subjects.register_representatives(
            ParticipantKind.PARTY, keys_of=towns_of_user, people_of=people_of_towns
        )
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


def guests_of_page(page):
    from workflow.subjects import Guest

    return [Guest(mail, mail.partition("@")[0].title()) for mail in page.guests.split()]


def towns_of_user(user):
    """Somebody speaks for the town that their address names: wera@aldorf.example."""
    return [f"town:{user.email.partition('@')[2].partition('.')[0]}"]


def people_of_towns(keys):
    from cms.accounts.models import User

    found = {}
    for user in User.objects.all():
        for key in towns_of_user(user):
            if key in keys:
                found.setdefault(key, set()).add(user.pk)
    return found
