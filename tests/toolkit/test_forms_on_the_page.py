import re
from datetime import date

import pytest
from django import forms
from django.template.loader import render_to_string
from django.utils import translation

from spoiwo.toolkit.forms.fields import DateField, described_choices


class Visit(forms.Form):
    surname = forms.CharField(label="Nazwisko", help_text="Tak jak w dowodzie.")
    met_on = DateField(label="Data spotkania")
    note = forms.CharField(label="Notatka", widget=forms.Textarea, required=False)
    place = forms.ChoiceField(label="Miejsce", choices=[("u", "Urząd"), ("d", "Dom")])
    purpose = forms.ChoiceField(
        label="Cel",
        widget=forms.RadioSelect,
        choices=described_choices([("p", "Wspólny plan", "porozumienie"), ("s", "Status", "wniosek")]),
    )
    topics = forms.MultipleChoiceField(
        label="Tematy",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Praca"), ("b", "Dom")],
        required=False,
    )
    agreed = forms.BooleanField(label="Uzgodniono", help_text="Zapiszemy to.")
    secret = forms.CharField(label="Hasło", widget=forms.PasswordInput(attrs={"placeholder": "Hasło"}))
    paper = forms.FileField(label="Plik")
    number = forms.CharField(widget=forms.HiddenInput, required=False)


def field_html(form, name):
    return str(form[name].as_field_group())


def test_a_text_field_is_told_by_label_hint_and_control_that_belong_together():
    html = field_html(Visit(), "surname")

    assert '<label class="govuk-label govuk-label--s" for="id_surname">Nazwisko</label>' in html
    assert '<div class="govuk-hint" id="id_surname_helptext">Tak jak w dowodzie.</div>' in html
    assert 'class="govuk-input"' in html
    assert 'aria-describedby="id_surname_helptext"' in html


def test_a_refused_field_shows_why_and_points_to_the_reason():
    with translation.override("pl"):
        html = field_html(Visit({"surname": ""}), "surname")

    assert "govuk-form-group--error" in html
    assert 'id="id_surname_error"' in html
    assert "Błąd:</span> To pole jest wymagane." in html
    assert 'aria-describedby="id_surname_helptext id_surname_error"' in html
    assert 'aria-invalid="true"' in html
    assert "govuk-input--error" in html


def test_the_browser_never_refuses_before_our_own_words():
    html = str(Visit())

    assert " required" not in html


def test_what_may_be_left_out_says_so():
    with translation.override("pl"):
        optional = field_html(Visit(), "note")
        needed = field_html(Visit(), "surname")

    assert "(nieobowiązkowe)" in optional
    assert "nieobowiązkowe" not in needed


def test_a_form_of_filters_does_not_repeat_that_all_is_optional():
    class Filters(forms.Form):
        mark_optional = False
        commune = forms.CharField(label="Gmina", required=False)

    with translation.override("pl"):
        html = str(Filters())

    assert "nieobowiązkowe" not in html


@pytest.mark.parametrize(("name", "kind"), [("purpose", "radio"), ("topics", "checkbox")])
def test_several_ticks_stand_in_a_fieldset_with_a_legend(name, kind):
    html = field_html(Visit(), name)

    assert html.count("<fieldset") == 1
    assert "<legend" in html
    assert html.count(f'type="{kind}"') == 2
    look = {"radio": "govuk-radios__input", "checkbox": "govuk-checkboxes__input"}[kind]
    assert html.count(f'class="{look}"') == 2  # with the class of the other kind a tick is not seen
    assert f'for="id_{name}_0"' in html


def test_an_option_can_carry_a_hint():
    html = field_html(Visit(), "purpose")

    assert '<div class="govuk-hint govuk-radios__hint">porozumienie</div>' in html


def test_a_single_tick_has_its_label_behind_it_and_its_hint_named():
    html = field_html(Visit(), "agreed")

    assert "<fieldset" not in html
    assert html.index('id="id_agreed"') < html.index("Uzgodniono")
    assert 'aria-describedby="id_agreed_helptext"' in html
    assert 'id="id_agreed_helptext">Zapiszemy to.' in html


@pytest.mark.parametrize(
    ("name", "css"),
    [
        ("place", "govuk-select"),
        ("note", "govuk-textarea"),
        ("met_on", "govuk-input govuk-input--width-10"),
        ("paper", "govuk-file-upload"),
        ("secret", "govuk-input govuk-password-input__input govuk-js-password-input-input"),
    ],
)
def test_each_control_wears_its_class(name, css):
    html = field_html(Visit(), name)

    assert f'class="{css}"' in html


def test_a_placeholder_that_repeats_the_label_is_left_out():
    html = field_html(Visit(), "secret")

    assert "placeholder" not in html


def test_a_hidden_field_is_passed_on_without_a_frame():
    html = str(Visit(initial={"number": "7"}))

    assert re.search(r'<input type="hidden" name="number" value="7"[^>]*>', html)
    assert "govuk-form-group" not in html[html.index('name="number"') :]


@pytest.mark.parametrize(
    "written",
    [
        "3.02.2024",
        "03.02.2024",
        "3.2.2024",
        " 3 . 2 . 2024 ",
        "2024-02-03",
        "3-02-2024",
        "3.02.2024 r.",
        "3/2/2024",
    ],
)
@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_day_is_read_as_offices_write_it(written, language):
    with translation.override(language):
        day = DateField().clean(written)

    assert day == date(2024, 2, 3)


@pytest.mark.parametrize("written", ["31.02.2024", "lutego", "2.2024", "3.02.24"])
def test_what_is_no_day_is_refused_with_an_example(written):
    with translation.override("pl"), pytest.raises(forms.ValidationError) as refusal:
        DateField().clean(written)

    assert refusal.value.messages == ["Wpisz datę jako dzień, miesiąc i rok, na przykład 3.02.2024."]


def test_a_saved_day_comes_back_the_way_it_is_written():
    html = field_html(Visit(initial={"met_on": date(2024, 2, 3)}), "met_on")

    assert 'value="03.02.2024"' in html
    assert 'type="text"' in html


def summary(form):
    return render_to_string("components/error_summary.html", {"form": form})


def test_the_summary_leads_to_the_first_control_of_each_refused_field():
    html = summary(Visit({"met_on": "kiedyś"}))

    targets = set(re.findall(r'href="#([^"]+)"', html))
    page = str(Visit({"met_on": "kiedyś"}))
    assert {"id_surname", "id_met_on", "id_purpose_0", "id_agreed", "id_secret", "id_paper"} <= targets
    assert all(f'id="{target}"' in page for target in targets)


def test_the_summary_tells_refusals_of_the_whole_form_and_of_hidden_fields():
    class Pair(forms.Form):
        version = forms.IntegerField(widget=forms.HiddenInput)

        def clean(self):
            raise forms.ValidationError("Te dwie daty się wykluczają.")

    html = summary(Pair({"version": "x"}))

    assert "Te dwie daty się wykluczają." in html
    assert html.count("<li>") == 2


@pytest.mark.parametrize("form", [pytest.param(Visit(), id="not sent yet"), pytest.param(None, id="no form")])
def test_without_refusals_there_is_no_summary(form):
    assert "govuk-error-summary" not in summary(form)
