"""Rules that every template and style sheet keeps, whatever page it is for."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import render_to_string

ROOT = Path(settings.BASE_DIR)
OURS = [ROOT / name for name in ("cms", "home", "search", "workflow")]
TEMPLATES = sorted(
    path for folder in OURS for path in folder.rglob("*.html") if "templates" in path.parts
)
SHEETS = sorted((ROOT / "cms" / "static").rglob("*.css"))
FOREIGN = re.compile(r"""(?:src|action|srcset|url)\s*[=(]\s*["']?(?:https?:)?//""")
# #123, #123456, rgb(), a colour word: anything that would not follow the theme.
COLOUR = re.compile(
    r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|oklab)a?\(|:\s*(?:white|black|red|green|blue|grey)\b"
)


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_a_template_parses_and_loads_nothing_from_elsewhere(path: Path):
    text = path.read_text()

    engines["django"].from_string(text)

    assert not FOREIGN.search(text)
    assert "@import" not in text
    # A mail program knows no style sheets; a page may not set styles past its policy.
    assert "mail" in path.parts or " style=" not in text
    assert " onclick=" not in text


@pytest.mark.parametrize("path", SHEETS, ids=name_of)
def test_a_style_sheet_names_no_colour_and_no_foreign_host(path: Path):
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL)

    assert not COLOUR.findall(text)
    assert "//" not in text
    assert "@import" not in text


def test_the_rule_on_colours_would_notice_one():
    """The negative control of the test above."""
    for line in ("color: #fff;", "border: 1px solid rgb(0 0 0)", "background: white;"):
        assert COLOUR.search(line)
    assert not COLOUR.search("color: var(--text); border-color: CanvasText;")


def test_no_template_fixes_the_theme():
    for path in TEMPLATES:
        assert "data-kern-theme" not in path.read_text(), path


@pytest.mark.parametrize(
    ("state", "tone"),
    [
        ("in_force", "success"),
        ("in_signature", "warning"),
        ("overdue", "danger"),
        ("expired", "line"),
        ("internal_review", "info"),
        ("drafting", "neutral"),
        ("a state nobody has heard of", "neutral"),
    ],
)
def test_a_badge_shows_its_state_in_words_and_tone(state: str, tone: str):
    text = render_to_string("parts/badge.html", {"state": state, "label": "In Kraft"})

    assert f"kern-badge--{tone}" in text
    assert "In Kraft" in text


def test_a_gap_in_a_timeline_is_drawn_as_a_gap():
    steps = [
        {"state": "done", "when": "1995", "what": "Die erste"},
        {"state": "gap", "when": "unbekannt", "what": "Die zweite"},
        {"state": "current", "when": "2012", "what": "Die dritte", "url": "/x/"},
    ]

    text = render_to_string("parts/timeline.html", {"steps": steps})

    assert text.count("<li") == 3
    assert '<li data-state="gap">' in text
    assert '<li data-state="current" aria-current="step">' in text
    assert '<a href="/x/">Die dritte</a>' in text


def test_facts_leave_out_what_is_empty():
    text = render_to_string("parts/facts.html", {"facts": [("Ort", "Tal"), ("Datum", "")]})

    assert "<dt>Ort</dt>" in text
    assert "Datum" not in text


def test_what_a_label_says_is_escaped():
    text = render_to_string("parts/badge.html", {"state": "", "label": "<b>fett</b>"})

    assert "&lt;b&gt;" in text
