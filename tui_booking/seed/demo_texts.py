"""The demo's templates and rules."""

from __future__ import annotations

from typing import Any, NamedTuple

from tui_booking.models.choices import RuleScope, TemplateChannel, TemplateType


class DemoTemplate(NamedTuple):
    """A template; a variable's value is what it means and what stands for it by default."""

    name: str
    kind: TemplateType
    channel: TemplateChannel
    content: str
    variables: dict[str, tuple[str, str]]


class DemoRule(NamedTuple):
    """A rule: all conditions (field, comparison, value) hold for a record of the scope, and an alert says so."""

    name: str
    description: str
    scope: RuleScope
    conditions: tuple[tuple[str, str, object], ...]
    level: str
    message: str


_CREATOR = {"creator_name": ("Tên KOC", "bạn")}
_CAMPAIGN = {"campaign_name": ("Tên chiến dịch", "")}

TEMPLATES = (
    DemoTemplate(
        "DEMO Brief video TikTok",
        TemplateType.BRIEF,
        TemplateChannel.TIKTOK,
        "# Brief: {{campaign_name}}\n\n"
        "**KOC:** {{creator_name}}  \n**Sản phẩm:** {{product_name}}  \n**Hạn đăng:** {{deadline_post}}\n\n"
        "## Thông điệp\n\n{{brief_summary}}\n\n"
        "## Cần có\n\n- 3 giây đầu nêu vấn đề, chưa nhắc nhãn hàng\n- Sản phẩm xuất hiện trước giây thứ 8\n"
        "- Đọc mã giảm giá **{{voucher}}**\n- Gắn nhãn hợp tác trả phí\n\n"
        "## Không nên\n\n- So sánh trực tiếp với nhãn hàng khác\n- Hứa hẹn kết quả điều trị\n",
        {
            **_CAMPAIGN,
            **_CREATOR,
            "product_name": ("Sản phẩm chính", ""),
            "deadline_post": ("Hạn đăng", "sẽ báo sau"),
            "brief_summary": ("Tóm tắt brief của booking", ""),
            "voucher": ("Mã giảm giá của KOC", "sẽ gửi sau"),
        },
    ),
    DemoTemplate(
        "DEMO Tin nhắn mời hợp tác",
        TemplateType.CHAT_MESSAGE,
        TemplateChannel.GENERAL,
        "Chào {{creator_name}}, bên mình đang có chiến dịch **{{campaign_name}}** của {{brand_name}} và rất thích nội "
        "dung của bạn. Bạn cho mình xin báo giá video lẻ và lịch trống trong 2 tuần tới nhé. Cảm ơn bạn!",
        {**_CREATOR, **_CAMPAIGN, "brand_name": ("Nhãn hàng", "bên mình")},
    ),
    DemoTemplate(
        "DEMO Tin nhắn nhắc hạn đăng",
        TemplateType.CHAT_MESSAGE,
        TemplateChannel.TIKTOK,
        "Chào {{creator_name}}, video **{{deliverable_title}}** có hạn đăng {{deadline_post}}. Bạn gửi mình bản nháp "
        "trước 1 ngày để duyệt kịp nhé.",
        {**_CREATOR, "deliverable_title": ("Tên hạng mục", ""), "deadline_post": ("Hạn đăng", "tuần này")},
    ),
    DemoTemplate(
        "DEMO Email xác nhận booking",
        TemplateType.EMAIL,
        TemplateChannel.GENERAL,
        "Kính gửi {{creator_name}},\n\n"
        "Bên em xác nhận booking **{{booking_code}}** thuộc chiến dịch {{campaign_name}}:\n\n"
        "| Nội dung | Chi tiết |\n| --- | --- |\n"
        "| Phí | {{total_fee}} |\n| Thời gian | {{start_date}} – {{end_date}} |\n"
        "| Số hạng mục | {{deliverables_count}} |\n\n"
        "Thanh toán 50% khi xác nhận, 50% sau khi nghiệm thu.\n\nTrân trọng,\n"
        "{{operator_name}}\n",
        {
            **_CREATOR,
            **_CAMPAIGN,
            "booking_code": ("Mã booking", ""),
            "total_fee": ("Phí đã chốt, kèm tiền tệ", ""),
            "start_date": ("Ngày bắt đầu", ""),
            "end_date": ("Ngày kết thúc", ""),
            "deliverables_count": ("Số hạng mục", "1"),
            "operator_name": ("Người phụ trách", ""),
        },
    ),
    DemoTemplate(
        "DEMO Phụ lục hợp đồng",
        TemplateType.CONTRACT,
        TemplateChannel.GENERAL,
        "# Phụ lục {{booking_code}}\n\nBên A: {{brand_name}}  \nBên B: {{creator_name}}\n\n"
        "1. Bên B thực hiện {{deliverables_count}} hạng mục như brief.\n2. Phí dịch vụ: {{total_fee}}, đã gồm thuế.\n"
        "3. Trễ hạn quá 3 ngày không báo trước: giảm 10% phí hạng mục.\n4. Quyền sử dụng lại nội dung: 6 tháng.\n",
        {
            **_CREATOR,
            "brand_name": ("Nhãn hàng", ""),
            "booking_code": ("Mã booking", ""),
            "deliverables_count": ("Số hạng mục", "1"),
            "total_fee": ("Phí đã chốt, kèm tiền tệ", ""),
        },
    ),
)

RULES = (
    DemoRule(
        "DEMO Chiến dịch sắp vượt ngân sách",
        "Đã chi hơn 90% ngân sách trong khi chiến dịch còn chạy.",
        RuleScope.CAMPAIGN,
        (("status", "=", "running"), ("budget_used", ">=", 0.9)),
        "warning",
        "{{code}} đã chi {{budget_used}} ngân sách",
    ),
    DemoRule(
        "DEMO Booking trễ hạn đăng",
        "Có hạng mục quá hạn đăng mà chưa đăng.",
        RuleScope.BOOKING,
        (("status", "in", ["confirmed", "in_progress"]), ("late_deliverables", ">", 0)),
        "warning",
        "{{code}}: {{late_deliverables}} hạng mục trễ hạn",
    ),
    DemoRule(
        "DEMO Video 7 ngày chưa cập nhật",
        "Video đã đăng mà 7 ngày qua không có số liệu mới.",
        RuleScope.VIDEO,
        (("status", "=", "posted"), ("days_since_snapshot", ">=", 7)),
        "info",
        "{{title}} chưa có số liệu mới {{days_since_snapshot}} ngày",
    ),
    DemoRule(
        "DEMO Thanh toán quá hạn",
        "Khoản dự kiến hoặc chờ thanh toán đã qua ngày.",
        RuleScope.FINANCE,
        (("status", "in", ["planned", "pending"]), ("payment_date", "<", "today")),
        "warning",
        "{{payment_ref}} quá hạn từ {{payment_date}}",
    ),
    DemoRule(
        "DEMO KOC hay trễ hạn",
        "Tỷ lệ đúng hạn dưới 60%.",
        RuleScope.CREATOR,
        (("status", "=", "active"), ("on_time_rate", "<", 0.6)),
        "info",
        "{{name}} đúng hạn {{on_time_rate}}",
    ),
)


def condition_of(rule: DemoRule) -> dict[str, Any]:
    """The rule's condition as it is stored."""
    return {"all": [{"field": field, "op": compare, "value": value} for field, compare, value in rule.conditions]}


def action_of(rule: DemoRule) -> dict[str, Any]:
    """The rule's action as it is stored."""
    return {"type": "alert", "level": rule.level, "message": rule.message}
