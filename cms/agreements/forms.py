"""The editor's forms: what only a form knows (the future parent, the removed rows)."""

from typing import Any

from django.db.models import Q
from wagtail.admin.forms import WagtailAdminPageForm

from cms.agreements.rules import Refusal
from cms.agreements.statements import evidence_in
from cms.core import refusals
from cms.networks.models import CriteriaList


class BeginningFromParent(WagtailAdminPageForm):
    """Tells a page in the making where it will stand, which it begins from."""

    def __init__(
        self, data: Any = None, files: Any = None, parent_page: Any = None, *args: Any,
        instance: Any = None, **kwargs: Any,
    ) -> None:  # fmt: skip
        if instance is not None:
            # It has no place in the tree yet; its rules need the parent.
            instance._future_parent = parent_page
            if data is None and instance.pk is None:
                instance.begin_from_parent()
        super().__init__(data, files, parent_page, *args, instance=instance, **kwargs)


class AgreementForm(BeginningFromParent):
    """Keeps the state of an agreement, and from amending itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "state" in self.fields:
            self.fields["state"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.instance.pk and self.instance in cleaned.get("amends", ()):
            self.add_error("amends", refusals.sentence(Refusal.AMENDS_ITSELF))
        return cleaned


class DeclarationForm(WagtailAdminPageForm):
    """Keeps text versions that somebody has signed."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self._removes_a_signed_text():
            self.add_error(None, refusals.sentence(Refusal.TEXT_HAS_ROUNDS))
        return cleaned

    def _removes_a_signed_text(self) -> bool:
        formset = self.formsets.get("texts")
        if formset is None or not formset.is_bound:
            return False
        formset.full_clean()
        removed = [
            form.instance.pk
            for form in formset.initial_forms
            if formset._should_delete_form(form) and form.instance.pk
        ]
        texts = formset.model._default_manager.filter(pk__in=removed)
        return texts.filter(Q(rounds__isnull=False) | Q(accessions__isnull=False)).exists()


class AccessionForm(BeginningFromParent):
    """Offers only what belongs to the declaration."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if declaration := self.instance.declaration_page():
            self._offer(declaration)

    def _offer(self, declaration: Any) -> None:
        offered = {
            "text_version": declaration.texts.get_live_queryset(),
            "signing_round": declaration.rounds.all(),
            "criteria_list": CriteriaList.objects.filter(network=declaration.basis_of_id),
        }
        for name, rows in offered.items():
            if name in self.fields:
                self.fields[name].queryset = rows

    def save(self, commit: bool = True) -> Any:
        # The files named as evidence are hung on the page once its other files are known.
        page = super().save(commit=False)
        page.attach(evidence_in(page.statements))
        if commit:
            page.save()
        return page
