"""Who uses the app, and the brands and products that creators are booked for."""

from __future__ import annotations

from uuid import UUID

from tui_booking.models.base import Base, CodeField, FlagField, FoldedField, Reference, TextField, unique


class User(Base):
    """One of the people that owner, changed_by and created_by point at."""

    lookups = (unique("username"),)

    username = CodeField()
    full_name = TextField()

    class Meta:
        table_name = "app_user"


class Brand(Base):
    """Whose products are advertised."""

    lookups = (unique("code"),)
    placeholder = True
    placeholder_note_field = "description"

    code = CodeField()
    name = TextField()
    description = TextField()
    is_placeholder = FlagField(default=False)
    code_folded = FoldedField("code")
    name_folded = FoldedField("name")


class Product(Base):
    """What is advertised."""

    lookups = (unique("brand_id", "code"),)
    placeholder = True
    placeholder_note_field = "note"

    brand = Reference(Brand, backref="products")
    brand_id: UUID
    code = CodeField()
    name = TextField()
    category = TextField()
    sapo_product_id = CodeField(null=True)
    shopee_product_id = CodeField(null=True)
    note = TextField()
    is_placeholder = FlagField(default=False)
    code_folded = FoldedField("code")
    name_folded = FoldedField("name")
