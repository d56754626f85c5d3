"""The form renderer: ``{{ form }}`` and ``{{ form.field.as_field_group }}`` give the look's markup."""

from functools import cached_property
from pathlib import Path
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import DjangoTemplates
from django.forms.widgets import Input
from django.template.backends.django import DjangoTemplates as TemplateBackend

TOOLKIT_TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
DJANGO_TEMPLATES = Path(forms.__file__).resolve().parent / "templates"

# Most specific first: to Django several checkboxes are a radio, a file input is an input.
WIDGET_CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.PasswordInput, "govuk-input govuk-password-input__input govuk-js-password-input-input"),
    (forms.DateInput, "govuk-input govuk-input--width-10"),
    (forms.NumberInput, "govuk-input govuk-input--width-10"),
    (Input, "govuk-input"),
)
OPTION_LISTS = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def widget_class(widget: forms.Widget) -> str:
    """The design system's class for a widget; empty for hidden and unknown ones."""
    if widget.is_hidden:
        return ""
    return next((name for kind, name in WIDGET_CLASSES if isinstance(widget, kind)), "")


class SpoiwoBoundField(BoundField):
    """A field of a form on the page, which knows the names the templates need."""

    def build_widget_attrs(self, attrs: Any, widget: forms.Widget | None = None) -> dict[str, Any]:
        """Add the design system's classes and leave refusals to the server.

        ``required`` is left out on purpose: the browser would stop the form with a bubble in the language of
        the browser, before our error summary could say what to do.
        """
        widget = widget or self.field.widget
        built = dict(super().build_widget_attrs(attrs, widget))
        built.pop("required", None)
        own = widget_class(widget)
        error = f"{own.split()[0]}--error" if own and self.errors and not self.is_choice else ""
        wished = str(widget.attrs.get("class", ""))
        if classes := " ".join(part for part in (own, error, wished) if part):
            built["class"] = classes
        if str(widget.attrs.get("placeholder", "")) == str(self.label):
            built["placeholder"] = False  # a label said twice is noise
        if isinstance(widget, OPTION_LISTS):
            built.pop("aria-invalid", None)
        return built

    @property
    def use_fieldset(self) -> bool:
        """A fieldset is for several controls under one question; one file input has a label."""
        return isinstance(self.field.widget, (*OPTION_LISTS, forms.MultiWidget, forms.SelectDateWidget))

    @property
    def is_single_checkbox(self) -> bool:
        """Whether the label belongs after the control."""
        return isinstance(self.field.widget, forms.CheckboxInput)

    @property
    def is_choice(self) -> bool:
        """Whether the control is a tick or a list of ticks, which have no error border of their own."""
        return isinstance(self.field.widget, (*OPTION_LISTS, forms.CheckboxInput))

    @property
    def is_optional(self) -> bool:
        """Whether the label says that the answer may be left out.

        A form of filters, where nothing is ever required, sets ``mark_optional = False``, and so does a field
        that is one of several of which some are needed.
        """
        wanted = getattr(self.form, "mark_optional", True) and getattr(self.field, "mark_optional", True)
        return bool(wanted) and not self.field.required and not self.is_single_checkbox

    @property
    def error_target(self) -> str:
        """The id that the error summary links to: the control, or the first of several."""
        if isinstance(self.field.widget, OPTION_LISTS):
            return f"{self.auto_id}_0"
        return self.id_for_label or self.auto_id


class SpoiwoRenderer(DjangoTemplates):
    """Renders forms with the templates of the toolkit, which win over Django's own."""

    bound_field_class = SpoiwoBoundField

    @cached_property
    def engine(self) -> TemplateBackend:
        """A template engine that looks into the toolkit, then Django's forms, then the installed apps."""
        return TemplateBackend(
            {
                "APP_DIRS": True,
                "DIRS": [TOOLKIT_TEMPLATES, DJANGO_TEMPLATES],
                "NAME": "spoiwoforms",
                "OPTIONS": {},
            }
        )
