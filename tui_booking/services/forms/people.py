"""The forms of users, brands and products, and of creators with what is known of them."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.models.choices import ContactType, CreatorStatus, Gender, NoteType, Platform, RateType
from tui_booking.services.forms.declaration import (
    LINK_BYTES,
    TEXT_LENGTH,
    Form,
    FormField,
    Narrowing,
    choice,
    count,
    money,
)

IN_USE = FormField(
    "is_active", N_("In use"), "flag", default=True, help=N_("What is out of use is kept, and not offered any more.")
)
CURRENCY = FormField("currency", N_("Currency"), "currency", required=True, default="VND", help=N_("VND, USD …"))
DATA = FormField(
    "data_raw", N_("Raw data"), "json", default={}, help=N_("What an interface of the platform answered, whole.")
)

PEOPLE = (
    Form(
        "user",
        N_("User"),
        (
            FormField("username", N_("User name"), "code", required=True, help=N_("As settings and files write it.")),
            FormField("full_name", N_("Full name")),
            IN_USE,
        ),
    ),
    Form(
        "brand",
        N_("Brand"),
        (
            FormField("code", N_("Code"), "code", required=True, help=N_("Short, as files write it.")),
            FormField("name", N_("Name"), required=True),
            FormField("description", N_("Description"), "long_text"),
            IN_USE,
        ),
    ),
    Form(
        "product",
        N_("Product"),
        (
            FormField("brand", N_("Brand"), "reference", required=True, reference="brand"),
            FormField("code", N_("Code"), "code", required=True, help=N_("Another brand may have the same one.")),
            FormField("name", N_("Name"), required=True),
            FormField("category", N_("Category"), longest=TEXT_LENGTH),
            FormField("sapo_product_id", N_("Id in Sapo"), "code", nullable=True),
            FormField("shopee_product_id", N_("Id on Shopee"), "code", nullable=True),
            FormField("note", N_("Note"), "long_text"),
            IN_USE,
        ),
    ),
    Form(
        "creator",
        N_("Creator"),
        (
            FormField("name", N_("Name"), required=True),
            FormField(
                "creator_key", N_("Key"), "code", help=N_("By which files name the person; empty: made of the name.")
            ),
            FormField("alias", N_("Stage name")),
            choice("status", N_("Status"), CreatorStatus.ACTIVE),
            FormField(
                "priority_score", N_("Score"), "count", required=True, default=5, minimum=1, maximum=10,
                help=N_("1 to 10; 10 is whom we want most."),
            ),
            FormField("niche", N_("Niche"), help=N_("What the content is about.")),
            FormField("location", N_("Location")),
            FormField("gender", N_("Gender"), "choice", words=Gender),
            FormField("dob", N_("Born on"), "date"),
            FormField("note_internal", N_("Internal note"), "long_text", help=N_("Does not leave the team.")),
            IN_USE,
        ),
    ),
    Form(
        "creator_channel",
        N_("Channel"),
        (
            FormField("creator", N_("Creator"), "reference", required=True, reference="creator"),
            choice("platform", N_("Platform"), Platform.TIKTOK),
            FormField(
                "handle", N_("Handle"), "code", required=True, reads="handle",
                help=N_("@name, or the address of the profile."),
            ),
            FormField("profile_url", N_("Profile"), longest=LINK_BYTES, reads="link"),
            FormField(
                "external_id", N_("Id on the platform"), "code", nullable=True,
                help=N_("It stays when the handle changes."),
            ),
            count("follower_count", N_("Followers")),
            count("avg_view_10", N_("Average views"), about=N_("Of the last ten videos.")),
            FormField(
                "avg_engagement_rate", N_("Engagement rate"), "percent", required=True, default=0.0,
                help=N_("8.5%"),
            ),
            DATA,
            IN_USE,
        ),
    ),
    Form(
        "creator_contact",
        N_("Contact"),
        (
            FormField("creator", N_("Creator"), "reference", required=True, reference="creator"),
            choice("contact_type", N_("Type"), ContactType.OWNER),
            FormField("name", N_("Name"), "code", required=True, longest=255),
            FormField("phone", N_("Phone"), "code", reads="phone"),
            FormField("zalo", N_("Zalo"), reads="phone"),
            FormField("email", N_("E-mail"), reads="email"),
            FormField("wechat", N_("WeChat"), longest=TEXT_LENGTH, nullable=True),
            FormField(
                "is_primary", N_("Primary"), "flag", default=False,
                help=N_("The one to try first; it takes over from the one that was."),
            ),
            FormField("note", N_("Note"), "long_text"),
            IN_USE,
        ),
    ),
    Form(
        "creator_tag",
        N_("Tag"),
        (
            FormField("name", N_("Name"), "code", required=True),
            FormField("description", N_("Description"), "long_text"),
            IN_USE,
        ),
    ),
    Form(
        "creator_tag_map",
        N_("Tag of a creator"),
        (
            FormField("creator", N_("Creator"), "reference", required=True, reference="creator"),
            FormField("tag", N_("Tag"), "reference", required=True, reference="creator_tag"),
        ),
    ),
    Form(
        "creator_note",
        N_("Note"),
        (
            FormField("creator", N_("Creator"), "reference", required=True, reference="creator"),
            choice("note_type", N_("Occasion"), NoteType.CALL),
            FormField("title", N_("Title"), required=True, longest=TEXT_LENGTH),
            FormField("content", N_("Content"), "markdown"),
            FormField("user", N_("Written by"), "reference", reference="user", help=N_("You, where empty.")),
        ),
    ),
    Form(
        "creator_rate_card",
        N_("Rate card"),
        (
            FormField("creator", N_("Creator"), "reference", required=True, reference="creator"),
            FormField(
                "channel", N_("Channel"), "reference", reference="creator_channel",
                narrowed_by=Narrowing("creator", "t.creator_id = ?", needed=True), help=N_("Empty: on any."),
            ),
            choice("deliverable_type", N_("Type"), RateType.VIDEO_SINGLE),
            money("price", N_("Price"), currency="currency"),
            CURRENCY,
            FormField("valid_from", N_("Valid from"), "date", required=True, starts_today=True),
            FormField("valid_to", N_("Valid to"), "date", help=N_("Empty: until further notice.")),
            FormField("description", N_("Description"), "long_text", help=N_("What the price includes.")),
            IN_USE,
        ),
    ),
)  # fmt: skip
