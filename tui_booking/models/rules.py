"""What is written again and again, and what is to be noticed without looking for it."""

from __future__ import annotations

from uuid import UUID

from tui_booking.models.base import (
    Base,
    ChoiceField,
    CodeField,
    FoldedField,
    JsonField,
    Reference,
    TextField,
    lookup,
    unique,
)
from tui_booking.models.choices import RuleResult, RuleScope, RuleTarget, TemplateChannel, TemplateType


class Template(Base):
    """A text in Markdown with variables (name to description and default)."""

    lookups = (unique("name"),)

    name = CodeField()
    template_type = ChoiceField(TemplateType)
    channel = ChoiceField(TemplateChannel, default=TemplateChannel.GENERAL)
    content = TextField()
    variables = JsonField()
    name_folded = FoldedField("name")


class Rule(Base):
    """A condition over records, and what is to be done where it holds."""

    lookups = (unique("name"),)

    name = CodeField()
    description = TextField()
    scope = ChoiceField(RuleScope)
    condition_json = JsonField()
    action_json = JsonField()
    name_folded = FoldedField("name")


class RuleLog(Base):
    """What came of a rule for one record."""

    lookups = (lookup("rule_id", "created_at"), lookup("target_type", "target_id"))

    rule = Reference(Rule, backref="logs")
    rule_id: UUID
    target_type = ChoiceField(RuleTarget)
    target_id = CodeField()
    result = ChoiceField(RuleResult)
    detail = JsonField()
