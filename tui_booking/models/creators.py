"""The creators (KOC/KOL): who they are, where they post, how to reach them, what they ask, what was noted."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from tui_booking.models.base import (
    Base,
    ChoiceField,
    CodeField,
    CountField,
    CurrencyField,
    DateField,
    FlagField,
    FoldedField,
    JsonField,
    MoneyField,
    RateField,
    Reference,
    TextField,
    lookup,
    sorted_by,
    unique,
)
from tui_booking.models.choices import ContactType, CreatorStatus, Gender, NoteType, Platform, RateType
from tui_booking.models.core import User


class Creator(Base):
    """A person who is booked."""

    lookups = (unique("creator_key"), lookup("status", "name_folded"), sorted_by("priority_score"))
    placeholder = True
    placeholder_note_field = "note_internal"

    creator_key = CodeField()
    name = TextField()
    alias = TextField()  # type: ignore[assignment]  # the domain's word; peewee's own `alias` is peewee.ModelAlias
    gender = ChoiceField(Gender, null=True)
    dob = DateField(null=True)
    location = TextField()
    niche = TextField()
    note_internal = TextField()
    priority_score = CountField(minimum=1, maximum=10, default=5)
    status = ChoiceField(CreatorStatus, default=CreatorStatus.ACTIVE)
    is_placeholder = FlagField(default=False)
    creator_key_folded = FoldedField("creator_key")
    name_folded = FoldedField("name")
    alias_folded = FoldedField("alias")
    niche_folded = FoldedField("niche")
    location_folded = FoldedField("location")


class CreatorChannel(Base):
    """An account of a creator on a platform; its handle is stored without `@`, in lower case."""

    lookups = (
        unique("platform", "handle"),
        unique("platform", "external_id", where="external_id IS NOT NULL"),
        sorted_by("handle"),
        sorted_by("follower_count"),
    )
    placeholder = True

    creator = Reference(Creator, backref="channels")
    creator_id: UUID
    platform = ChoiceField(Platform)
    handle = CodeField()
    profile_url = TextField()
    external_id = CodeField(null=True)
    follower_count = CountField(default=0)
    avg_view_10 = CountField(default=0)
    avg_engagement_rate = RateField(default=0.0)
    data_raw = JsonField()
    is_placeholder = FlagField(default=False)


class CreatorContact(Base):
    """How to reach a creator, directly or through somebody."""

    lookups = (
        unique("creator_id", "contact_type", "name"),
        unique("creator_id", where="is_primary"),
        lookup("phone"),
    )

    creator = Reference(Creator, backref="contacts")
    creator_id: UUID
    contact_type = ChoiceField(ContactType)
    name = CodeField()
    phone = CodeField(default="")
    zalo = TextField()
    email = TextField()
    wechat = TextField(null=True)
    note = TextField()
    is_primary = FlagField(default=False)
    name_folded = FoldedField("name")
    email_folded = FoldedField("email")


class CreatorTag(Base):
    """A word that creators are grouped by."""

    lookups = (unique("name"),)

    name = CodeField()
    description = TextField()
    name_folded = FoldedField("name")


class CreatorTagMap(Base):
    """That a creator has a tag."""

    lookups = (unique("creator_id", "tag_id"),)

    creator = Reference(Creator, backref="tag_maps")
    creator_id: UUID
    tag = Reference(CreatorTag, backref="tag_maps")
    tag_id: UUID


class CreatorNote(Base):
    """What somebody wrote down about a creator, in Markdown."""

    creator = Reference(Creator, backref="notes")
    creator_id: UUID
    user = Reference(User, backref="creator_notes", null=True)
    user_id: UUID | None
    title = TextField()
    content = TextField()
    note_type = ChoiceField(NoteType, default=NoteType.CALL)
    title_folded = FoldedField("title", indexed=100)


class CreatorRateCard(Base):
    """What a creator asks for a kind of work, from a day on."""

    checks: ClassVar[dict[str, str]] = {"dates_order": "valid_to >= valid_from"}
    lookups = (lookup("creator_id", "valid_from"),)

    creator = Reference(Creator, backref="rate_cards")
    creator_id: UUID
    channel = Reference(CreatorChannel, backref="rate_cards", null=True)
    channel_id: UUID | None
    deliverable_type = ChoiceField(RateType)
    description = TextField()
    price = MoneyField(default=Decimal(0))
    currency = CurrencyField()
    valid_from = DateField()
    valid_to = DateField(null=True)
