"""Every refusal of every package has its sentence, and no two are mistaken for each other."""

import importlib
from collections import Counter
from enum import StrEnum
from pathlib import Path

import pytest

from cms.core import refusals

ROOT = Path(__file__).resolve().parents[2]


def packages_with_refusals() -> dict[str, type[StrEnum]]:
    """Return the `Refusal` of each package that has rules, by the package's name."""
    found = {}
    for path in [*ROOT.glob("*/rules/refusals.py"), *ROOT.glob("cms/*/rules.py")]:
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        package = module.partition(".rules")[0]
        if refusal := getattr(importlib.import_module(module), "Refusal", None):
            found[package] = refusal
    return found


PACKAGES = packages_with_refusals()


def test_the_search_for_refusals_finds_some():
    """Without this, a moved file would let everything below pass on nothing."""
    assert {"workflow", "cms.agreements", "cms.events", "cms.publications"} <= set(PACKAGES)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_refusal_is_worded(package):
    wording = importlib.import_module(f"{package}.wording")

    assert set(wording.REFUSALS) == set(PACKAGES[package])


@pytest.mark.parametrize("package", PACKAGES)
def test_every_sentence_is_on_offer_at_start_up(package):
    for refusal in PACKAGES[package]:
        assert refusal in refusals._sentences, f"{refusal!r} is worded but not registered"


def test_a_refusal_that_nobody_has_worded_is_a_bug():
    class Stranger(StrEnum):
        UNHEARD_OF = "elsewhere.unheard_of"

    with pytest.raises(KeyError):
        refusals.sentence(Stranger.UNHEARD_OF)


@pytest.mark.parametrize("package", PACKAGES)
def test_a_refusal_carries_the_name_of_its_package(package):
    last = package.rpartition(".")[2]

    assert all(one.value == f"{last}.{one.name.lower()}" for one in PACKAGES[package])


def test_no_two_refusals_have_the_same_value():
    """The registry is keyed by them, and equal texts are equal keys."""
    values = Counter(one.value for refusal in PACKAGES.values() for one in refusal)

    assert [value for value, times in values.items() if times > 1] == []
