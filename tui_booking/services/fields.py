"""The form of each kind of record that the app edits."""

from __future__ import annotations

from tui_booking.services.forms.declaration import FieldKind, Form, FormField, Narrowing
from tui_booking.services.forms.people import PEOPLE
from tui_booking.services.forms.results import RESULTS
from tui_booking.services.forms.work import WORK

FORMS: dict[str, Form] = {form.kind: form for form in (*PEOPLE, *WORK, *RESULTS)}

__all__ = ["FORMS", "FieldKind", "Form", "FormField", "Narrowing"]
