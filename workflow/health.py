"""What the doctor says about journeys: nothing may wait where nobody can decide."""

from django.utils.translation import gettext as _

from cms.core.doctor import Finding
from workflow import subjects
from workflow.calling import who_is_waited_for
from workflow.feasibility import faults_of_this_house
from workflow.models import Route, Stage
from workflow.rules.states import ParticipantKind, StageStatus
from workflow.wording import fault_sentence


def examine() -> Finding:
    without = [kind for kind in subjects.kinds() if Route.objects.for_kind(kind) is None]
    if without:
        return Finding(
            False,
            _("There is no route for: %(kinds)s.") % {"kinds": ", ".join(without)},
            _("Load one: manage.py routes load FILE"),
        )
    stages = Stage.objects.filter(status=StageStatus.OPEN.value).select_related("journey")
    stuck = [stage for stage in stages if _is_stuck(stage)]
    if stuck:
        titles = "; ".join(f"{stage.journey} ({stage})" for stage in stuck)
        return Finding(
            False,
            _("Nobody can decide: %(papers)s.") % {"papers": titles},
            _("Give somebody who has not written the text the role the stage asks for."),
        )
    open_stages = _("%(count)d stages open, somebody can decide in each")
    return Finding(True, open_stages % {"count": len(stages)})


def examine_routes() -> Finding:
    """Say behind which participants of the routes in force nobody stands any more."""
    present = [route for kind in subjects.kinds() if (route := Route.objects.for_kind(kind))]
    faults = [
        f"{route.key}: {fault_sentence(fault)}"
        for route in present
        for fault in faults_of_this_house(route.definition)
    ]
    if faults:
        return Finding(
            False,
            " ".join(faults),
            _("Put people into these groups and posts, or load a route that asks others."),
        )
    in_force = _("%(count)d routes in force, somebody stands behind each participant")
    return Finding(True, in_force % {"count": len(present)})


def _is_stuck(stage: Stage) -> bool:
    # A guest has no account and can always be reached.
    if stage.participants.filter(kind=ParticipantKind.GUEST.value, gone_at=None).exists():
        return False
    return stage.journey.subject is None or not who_is_waited_for(stage)
