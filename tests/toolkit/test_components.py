import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation


def component(name, /, *, path="/klienci/?gmina=Lubiszyn&page=3", **context):
    request = RequestFactory().get(path)
    with translation.override("pl"):
        return render_to_string(f"components/{name}.html", context, request=request)


class Message:
    def __init__(self, level, text):
        self.level_tag = level
        self.text = text

    def __str__(self):
        return self.text


def test_pages_keep_the_other_parameters():
    html = component("pagination", page=Paginator(range(100), 10).page(3))

    assert '<p class="on-paper">strona 3 z 10</p>' in html
    assert 'href="?gmina=Lubiszyn&amp;page=2" rel="prev"' in html
    assert 'href="?gmina=Lubiszyn&amp;page=4" rel="next"' in html
    assert re.search(r'page=3"\s+aria-current="page" aria-label="Strona 3"', html)


def test_one_page_needs_no_pages():
    html = component("pagination", page=Paginator(range(5), 10).page(1))

    assert "<nav" not in html
    assert "on-paper" not in html


@pytest.mark.parametrize(
    ("sort", "aria", "link"),
    [
        pytest.param("name", 'aria-sort="ascending"', "sort=-name", id="turns round"),
        pytest.param("-name", 'aria-sort="descending"', "sort=name", id="turns back"),
        pytest.param("since", "", "sort=name", id="another column sorts"),
    ],
)
def test_a_heading_sorts_and_starts_again_at_the_first_page(sort, aria, link):
    html = component("sort_header", label="Osoba", key="name", sort=sort)

    assert (aria in html) if aria else ("aria-sort" not in html)
    assert f'href="?gmina=Lubiszyn&amp;{link}"' in html
    assert "page=" not in html


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "dane sprzed 1 dnia"),
        (2, "dane sprzed 2 dni"),
        (5, "dane sprzed 5 dni"),
        (12, "dane sprzed 12 dni"),
        (22, "dane sprzed 22 dni"),
        (112, "dane sprzed 112 dni"),
    ],
)
def test_old_data_say_how_old_they_are(days, words):
    html = component("source_chip", kind="OPS", name="OPS Lubiszyn", as_of=date(2020, 1, 1), stale_days=days)

    assert '<span class="src kind-ops">OPS Lubiszyn</span>' in html
    assert f'<span class="asof asof--old">{words}</span>' in html
    assert "stycznia" not in html


def test_fresh_data_say_their_day():
    html = component("source_chip", kind="PUP", name="PUP Gorzów", as_of=date(2020, 1, 1))

    assert '<span class="asof">1 stycznia 2020</span>' in html


@pytest.mark.parametrize(
    ("level", "role"), [("success", "status"), ("info", "status"), ("warning", "alert"), ("error", "alert")]
)
def test_good_news_wait_and_trouble_speaks_up(level, role):
    html = component("notice", messages=[Message(level, "Zapisano <plan>.")])

    assert f'role="{role}"' in html
    assert "Zapisano &lt;plan&gt;." in html


def test_a_stacked_table_names_each_cell_for_the_phone():
    html = component(
        "stack_table",
        caption="Osoby",
        columns=[{"label": "Osoba"}, {"label": "Kwota", "numeric": True}],
        rows=[["Wanda <M.>", "12,00 zł"]],
    )

    assert '<td data-l="Osoba">Wanda &lt;M.&gt;</td>' in html
    assert '<td data-l="Kwota" class="num">12,00 zł</td>' in html
    assert '<th scope="col" class="num">Kwota</th>' in html


def test_a_conflict_shows_both_values_and_who_saved():
    html = component(
        "conflict",
        conflicts=[{"label": "Telefon", "yours": "111", "saved": "222"}],
        saved_by="OPS Lubiszyn",
        saved_at=datetime(2024, 2, 3, 8, 14, tzinfo=ZoneInfo("Europe/Warsaw")),
        reload_url="/plan/",
    )

    assert "3 lutego 2024, 08:14" in html
    assert html.index("111") < html.index("222")
    assert 'name="overwrite" value="1"' in html
    assert 'href="/plan/"' in html


@pytest.mark.parametrize(("value", "maximum", "width"), [(31, 38, "82%"), (0, 38, "0%"), (1, 0, "0%")])
def test_a_meter_is_as_long_as_its_share(value, maximum, width):
    html = component("meter", label="31 z 38", value=value, maximum=maximum)

    assert f'class="meter__bar" width="{width}"' in html


def test_progress_asks_again_only_while_it_is_told_where():
    running = component("progress", label="Import", done=3000, total=10000, text="3000", poll_url="/praca/1/")
    finished = component("progress", label="Import", done=10000, total=10000, text="koniec")

    assert 'hx-get="/praca/1/"' in running
    assert 'value="3000" max="10000"' in running
    assert "hx-get" not in finished
