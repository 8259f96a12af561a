"""Rules, what came of them, and templates."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.models.choices import RuleResult, RuleScope, RuleTarget, TemplateChannel, TemplateType
from tui_booking.services.declarations import Column, Filter, Listing, Order
from tui_booking.services.listings import parts

_LAST_RUN = "(SELECT MAX(g.created_at) FROM rule_log g WHERE g.rule_id = r.id AND g.deleted_at IS NULL)"

RULES = Listing(
    name="rules",
    label=N_("Rules"),
    kind="rule",
    table="rule",
    columns=(
        Column(name="name", label=N_("Name"), sql="r.name", order="r.name_folded", indexed=True, width=30),
        Column(
            name="scope", label=N_("Scope"), sql="r.scope", kind="choice", order="r.scope", words=RuleScope, width=10
        ),
        Column(name="active", label=N_("Active"), sql="r.is_active", kind="flag", order="r.is_active", width=6),
        Column(name="last_run", label=N_("Last run"), sql=_LAST_RUN, kind="moment", order=_LAST_RUN, width=16),
        Column(name="description", label=N_("Description"), sql="r.description", width=40),
        Column(
            name="condition", label=N_("Condition"), sql="r.condition_json", kind="json", width=30, shown=False
        ),
        Column(name="action", label=N_("Action"), sql="r.action_json", kind="json", width=30, shown=False),
        parts.added(),
        parts.changed(),
    ),
    filters=(
        Filter(name="scope", label=N_("Scope"), kind="choice", sql="r.scope", words=RuleScope),
        parts.is_active(),
    ),
    searches=("r.name_folded", parts.folded("r.description")),
    order=Order("name"),
)  # fmt: skip

TEMPLATES = Listing(
    name="templates",
    label=N_("Templates"),
    kind="template",
    table="template",
    columns=(
        Column(name="name", label=N_("Name"), sql="r.name", order="r.name_folded", indexed=True, width=30),
        Column(
            name="template_type", label=N_("Type"), sql="r.template_type", kind="choice", order="r.template_type",
            words=TemplateType, width=14,
        ),
        Column(
            name="channel", label=N_("Channel"), sql="r.channel", kind="choice", order="r.channel",
            words=TemplateChannel, width=8,
        ),
        Column(name="active", label=N_("Active"), sql="r.is_active", kind="flag", order="r.is_active", width=6),
        Column(name="content", label=N_("Text"), sql="r.content", kind="markdown", width=40),
        Column(name="variables", label=N_("Variables"), sql="r.variables", kind="json", width=30, shown=False),
        parts.added(),
        parts.changed(),
    ),
    filters=(
        Filter(name="template_type", label=N_("Type"), kind="choice", sql="r.template_type", words=TemplateType),
        Filter(name="channel", label=N_("Channel"), kind="choice", sql="r.channel", words=TemplateChannel),
        parts.is_active(),
    ),
    searches=("r.name_folded", parts.folded("r.content")),
    order=Order("name"),
)  # fmt: skip

RULE_LOGS = Listing(
    name="rule_logs",
    label=N_("Log"),
    kind="rule_log",
    table="rule_log",
    joins="LEFT JOIN rule u ON u.id = r.rule_id",
    columns=(
        Column(name="added", label=N_("When"), sql="r.created_at", kind="moment", order="r.id", indexed=True, width=16),
        Column(
            name="rule", label=N_("Rule"), sql="u.name", order=parts.of("rule", "name_folded", "r.rule_id"), width=26
        ),
        Column(
            name="result", label=N_("Result"), sql="r.result", kind="choice", order="r.result", words=RuleResult,
            width=12,
        ),
        Column(
            name="target_type", label=N_("Record"), sql="r.target_type", kind="choice", order="r.target_type",
            words=RuleTarget, width=10,
        ),
        Column(name="target", label=N_("Record's id"), sql="r.target_id", kind="code", width=34),
        Column(name="detail", label=N_("Detail"), sql="r.detail", kind="json", width=40),
    ),
    filters=(
        Filter(name="result", label=N_("Result"), kind="choice", sql="r.result", words=RuleResult),
        Filter(name="target_type", label=N_("Record"), kind="choice", sql="r.target_type", words=RuleTarget),
        parts.reference("rule", N_("Rule"), "rule", "r.rule_id"),
        Filter(name="added", label=N_("When"), kind="period", sql="r.created_at"),
    ),
    searches=(parts.folded("r.target_id"), parts.among("r.rule_id", "rule", "o.name_folded")),
    order=Order("added", descending=True),
    parents={"rule": "r.rule_id"},
)  # fmt: skip

LISTINGS = (RULES, TEMPLATES, RULE_LOGS)
