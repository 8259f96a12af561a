"""The demo's records that have no import file: templates, rules, tags, notes, rate cards; and when it was seeded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from tui_booking.models import (
    Base,
    Creator,
    CreatorChannel,
    CreatorNote,
    CreatorRateCard,
    CreatorTag,
    CreatorTagMap,
    Rule,
    Template,
    User,
)
from tui_booking.models.choices import NoteType, RateType, TemplateType
from tui_booking.seed.demo_people import GIA_HAN, HA_MY, MINH_KHOI, NGOC_DIEP, QUOC_BAO, THAO_VY
from tui_booking.seed.demo_texts import RULES, TEMPLATES, action_of, condition_of

ABOUT = "DEMO Về dữ liệu mẫu"
_CONTENT = (
    "Dữ liệu mẫu lập cho ngày **{{seeded_on}}**: mọi hạn đăng, số liệu và thanh toán nằm quanh ngày đó. Nhãn hàng, "
    "KOC và đơn hàng đều hư cấu; mã của chúng bắt đầu bằng DEMO hoặc demo. Chạy lại `seed` không thay đổi gì.\n"
)

TAGS = (
    ("demo chăm da", "KOC về chăm sóc da, làm đẹp", (HA_MY, THAO_VY)),
    ("demo bếp", "KOC về nấu ăn, đồ bếp", (QUOC_BAO, MINH_KHOI)),
    ("demo gia đình", "KOC về mẹ và bé, đời sống", (NGOC_DIEP, MINH_KHOI)),
    ("demo cần nhắc lịch", "Từng trễ hạn", (GIA_HAN,)),
)
NOTES = (
    (HA_MY, NoteType.COMPLIMENT, "Video routine vượt kỳ vọng", "Nhãn hàng muốn **ký tiếp quý sau**; hỏi giá gói 6."),
    (HA_MY, NoteType.CALL, "Chốt giờ livestream", "20:00, cần 2 mẫu dự phòng và mã giảm giá riêng."),
    (QUOC_BAO, NoteType.MEETING, "Họp kịch bản bữa tối", "- Tập 1: cơm một nồi\n- Tập 2: canh chua\n- Tập 3: chay"),
    (THAO_VY, NoteType.CALL, "Thanh toán USD", "Công ty đại diện gửi hóa đơn trước 3 ngày làm việc."),
    (MINH_KHOI, NoteType.CALL, "Hủy video da dầu", "Trùng lịch thi; hẹn lại tháng sau."),
    (GIA_HAN, NoteType.COMPLAINT, "Trễ hạn lần hai", "Đã nhận quà 10 ngày, chưa gửi bản nháp."),
)  # fmt: skip
# creator, kind, description, price, from and to in days of the demo's
RATE_CARDS = (
    (HA_MY, RateType.VIDEO_SINGLE, "Video 45–60 giây", 15_000_000, "VND", -180, None),
    (HA_MY, RateType.LIVE, "Livestream 90 phút", 26_000_000, "VND", -180, None),
    (QUOC_BAO, RateType.VIDEO_SINGLE, "Giá cũ", 9_000_000, "VND", -360, -181),
    (QUOC_BAO, RateType.VIDEO_SINGLE, "Video công thức", 10_000_000, "VND", -180, None),
    (QUOC_BAO, RateType.COMBO, "3 video + 1 livestream", 52_000_000, "VND", -90, 90),
    (THAO_VY, RateType.VIDEO_SINGLE, "Qua công ty đại diện", 1_200, "USD", -120, None),
    (MINH_KHOI, RateType.VIDEO_SINGLE, "Kèm hoa hồng 8%", 4_000_000, "VND", -150, None),
    (NGOC_DIEP, RateType.SERIES, "Chuỗi 3 video", 14_000_000, "VND", -200, None),
    (GIA_HAN, RateType.VIDEO_SINGLE, "Đập hộp", 6_000_000, "VND", -100, None),
)

Outcome = Literal["created", "updated", "unchanged", "skipped"]


@dataclass(frozen=True, slots=True)
class Seeded:
    """For which day the demo data of a database was made, and whom it belongs to."""

    day: date
    operator: str


def find_seeded(default: Seeded) -> Seeded | None:
    """What the database remembers of its first seeding, None where there was none.

    It stands in the variables of the template ABOUT, where the operator can read it.
    """
    template = Template.get_or_none(Template.name == ABOUT)
    if template is None:
        return None
    # The operator may have written anything there.
    variables: Mapping[str, Any] = template.variables if isinstance(template.variables, dict) else {}
    told = {
        name: str(value["default"])
        for name, value in variables.items()
        if isinstance(value, dict) and "default" in value
    }
    day = default.day
    with suppress(ValueError):
        day = date.fromisoformat(told.get("seeded_on", ""))
    return Seeded(day, told.get("seeded_by") or default.operator)


def remember(seeded: Seeded) -> Outcome:
    """Write down the first seeding."""
    variables = {
        "seeded_on": {"description": "Ngày của dữ liệu mẫu", "default": seeded.day.isoformat()},
        "seeded_by": {"description": "Người lập", "default": seeded.operator},
    }
    values = {"template_type": TemplateType.INTERNAL_NOTE, "content": _CONTENT, "variables": variables}
    return _write(Template, {"name": ABOUT}, values)


def write_records(seeded: Seeded) -> Counter[Outcome]:
    """Write what has no import file, in the transaction of the caller; the demo's creators are there already."""
    creators = {creator.creator_key: creator for creator in Creator.select().where(Creator.creator_key << _creators())}
    user = User.get_or_none(User.username == seeded.operator)
    outcomes: Counter[Outcome] = Counter()
    for template in TEMPLATES:
        variables = {
            name: {"description": meaning, "default": usual} for name, (meaning, usual) in template.variables.items()
        }
        values: dict[str, Any] = {
            "template_type": template.kind,
            "channel": template.channel,
            "content": template.content,
            "variables": variables,
        }
        outcomes[_write(Template, {"name": template.name}, values)] += 1
    for rule in RULES:
        values = {
            "description": rule.description,
            "scope": rule.scope,
            "condition_json": condition_of(rule),
            "action_json": action_of(rule),
        }
        outcomes[_write(Rule, {"name": rule.name}, values)] += 1
    for name, description, tagged in TAGS:
        outcomes[_write(CreatorTag, {"name": name}, {"description": description})] += 1
        tag = CreatorTag.get(CreatorTag.name == name)
        for key in tagged:
            outcomes[_write(CreatorTagMap, {"creator": creators[key], "tag": tag}, {})] += 1
    for key, kind, title, content in NOTES:
        values = {"user": user, "content": content, "note_type": kind}
        outcomes[_write(CreatorNote, {"creator": creators[key], "title": title}, values)] += 1
    for key, rate, description, price, currency, since, until in RATE_CARDS:
        channel = CreatorChannel.get_or_none(
            (CreatorChannel.creator == creators[key]) & (CreatorChannel.platform == "tiktok")
        )
        found_by = {
            "creator": creators[key],
            "deliverable_type": rate,
            "valid_from": seeded.day + timedelta(days=since),
        }
        values = {
            "channel": channel,
            "description": description,
            "price": Decimal(price),
            "currency": currency,
            "valid_to": None if until is None else seeded.day + timedelta(days=until),
        }
        outcomes[_write(CreatorRateCard, found_by, values)] += 1
    return outcomes


def _creators() -> list[str]:
    return [HA_MY, QUOC_BAO, THAO_VY, MINH_KHOI, NGOC_DIEP, GIA_HAN]


def _write(model: type[Base], found_by: Mapping[str, Any], values: Mapping[str, Any]) -> Outcome:
    """Make the record or bring it to these values; one that the operator deleted stays as it is."""
    query = model.select()
    for name, value in found_by.items():
        query = query.where(getattr(model, name) == value)
    record = query.order_by(model.deleted_at.is_null(is_null=False), model.id).first()
    if record is None:
        model.create(**found_by, **values)
        return "created"
    if record.deleted_at is not None:
        return "skipped"
    changed = False
    for name, value in values.items():
        if getattr(record, name) != value:
            setattr(record, name, value)
            changed = True
    return "updated" if changed and record.save() else "unchanged"
