"""The values that a field may take where it takes one of a few, with what a person calls them in each language."""

from __future__ import annotations

from enum import StrEnum


class Choice(StrEnum):
    """A stored word with its English and Vietnamese label."""

    english: str
    vietnamese: str

    def __new__(cls, value: str, english: str, vietnamese: str) -> Choice:
        member = str.__new__(cls, value)
        member._value_ = value
        member.english = english
        member.vietnamese = vietnamese
        return member


class Gender(Choice):
    MALE = "male", "Male", "Nam"
    FEMALE = "female", "Female", "Nữ"
    OTHER = "other", "Other", "Khác"


class CreatorStatus(Choice):
    ACTIVE = "active", "Active", "Đang hợp tác"
    WATCHLIST = "watchlist", "Watchlist", "Theo dõi"
    BLACKLIST = "blacklist", "Blacklist", "Danh sách đen"


class Platform(Choice):
    TIKTOK = "tiktok", "TikTok", "TikTok"
    YOUTUBE = "youtube", "YouTube", "YouTube"
    INSTAGRAM = "instagram", "Instagram", "Instagram"
    SHOPEE_LIVE = "shopee_live", "Shopee Live", "Shopee Live"
    OTHER = "other", "Other", "Khác"


class ContactType(Choice):
    OWNER = "owner", "Owner", "Chính chủ"
    MANAGER = "manager", "Manager", "Quản lý"
    AGENCY = "agency", "Agency", "Công ty đại diện"


class NoteType(Choice):
    CALL = "call", "Call", "Cuộc gọi"
    MEETING = "meeting", "Meeting", "Cuộc họp"
    COMPLAINT = "complaint", "Complaint", "Phàn nàn"
    COMPLIMENT = "compliment", "Compliment", "Khen ngợi"


class RateType(Choice):
    VIDEO_SINGLE = "video_single", "Single video", "Video lẻ"
    SERIES = "series", "Series", "Chuỗi video"
    LIVE = "live", "Livestream", "Livestream"
    COMBO = "combo", "Combo", "Gói kết hợp"
    OTHER = "other", "Other", "Khác"


class CampaignChannel(Choice):
    TIKTOK = "tiktok", "TikTok", "TikTok"
    MULTI = "multi", "Several channels", "Đa kênh"


class Objective(Choice):
    AWARENESS = "awareness", "Awareness", "Nhận biết"
    TRAFFIC = "traffic", "Traffic", "Lượt truy cập"
    SALE = "sale", "Sale", "Bán hàng"
    LAUNCH = "launch", "Launch", "Ra mắt"
    CLEARANCE = "clearance", "Clearance", "Xả hàng"


class CampaignStatus(Choice):
    DRAFT = "draft", "Draft", "Nháp"
    PLANNED = "planned", "Planned", "Đã lên kế hoạch"
    RUNNING = "running", "Running", "Đang chạy"
    PAUSED = "paused", "Paused", "Tạm dừng"
    FINISHED = "finished", "Finished", "Đã kết thúc"
    CANCELED = "canceled", "Canceled", "Đã hủy"


class CreatorRole(Choice):
    MAIN = "main", "Main", "Chính"
    SUPPORTING = "supporting", "Supporting", "Hỗ trợ"
    TRIAL = "trial", "Trial", "Thử nghiệm"


class BookingType(Choice):
    VIDEO_ONLY = "video_only", "Video only", "Chỉ video"
    LIVE = "live", "Livestream", "Livestream"
    COMBO = "combo", "Combo", "Gói kết hợp"
    BARTER = "barter", "Barter", "Trao đổi sản phẩm"
    AFFILIATE_ONLY = "affiliate_only", "Affiliate only", "Chỉ tiếp thị liên kết"


class BookingStatus(Choice):
    NEGOTIATING = "negotiating", "Negotiating", "Đang thương lượng"
    CONFIRMED = "confirmed", "Confirmed", "Đã chốt"
    IN_PROGRESS = "in_progress", "In progress", "Đang thực hiện"
    COMPLETED = "completed", "Completed", "Hoàn thành"
    CANCELED = "canceled", "Canceled", "Đã hủy"


class DeliverableType(Choice):
    VIDEO_FEED = "video_feed", "Feed video", "Video đăng kênh"
    VIDEO_STORY = "video_story", "Story video", "Video story"
    LIVE = "live", "Livestream", "Livestream"
    SERIES = "series", "Series", "Chuỗi video"
    SHORT = "short", "Short", "Video ngắn"
    OTHER = "other", "Other", "Khác"


class DeliverableStatus(Choice):
    PLANNED = "planned", "Planned", "Đã lên kế hoạch"
    SHOOTING = "shooting", "Shooting", "Đang quay"
    WAITING_APPROVE = "waiting_approve", "Waiting for approval", "Chờ duyệt"
    SCHEDULED = "scheduled", "Scheduled", "Đã lên lịch"
    POSTED = "posted", "Posted", "Đã đăng"
    REJECTED = "rejected", "Rejected", "Bị từ chối"
    CANCELED = "canceled", "Canceled", "Đã hủy"


class VideoChannel(Choice):
    TIKTOK = "tiktok", "TikTok", "TikTok"
    OTHER = "other", "Other", "Khác"


class VideoStatus(Choice):
    POSTED = "posted", "Posted", "Đã đăng"
    DELETED = "deleted", "Deleted", "Đã xóa"
    HIDDEN = "hidden", "Hidden", "Đã ẩn"
    PENDING = "pending", "Pending", "Chờ đăng"


class CodeType(Choice):
    VOUCHER = "voucher", "Voucher", "Mã giảm giá"
    LINK = "link", "Link", "Liên kết"
    REFERRAL_CODE = "referral_code", "Referral code", "Mã giới thiệu"


class TrackingPlatform(Choice):
    TIKTOK_SHOP = "tiktok_shop", "TikTok Shop", "TikTok Shop"
    WEB = "web", "Web", "Trang web"
    SHOPEE = "shopee", "Shopee", "Shopee"
    OTHER = "other", "Other", "Khác"


class PaymentMethod(Choice):
    BANK_TRANSFER = "bank_transfer", "Bank transfer", "Chuyển khoản"
    CASH = "cash", "Cash", "Tiền mặt"
    OTHER = "other", "Other", "Khác"


class PaymentStatus(Choice):
    PLANNED = "planned", "Planned", "Dự kiến"
    PENDING = "pending", "Pending", "Chờ thanh toán"
    PAID = "paid", "Paid", "Đã thanh toán"
    CANCELED = "canceled", "Canceled", "Đã hủy"


class TemplateType(Choice):
    BRIEF = "brief", "Brief", "Brief"
    CHAT_MESSAGE = "chat_message", "Chat message", "Tin nhắn"
    EMAIL = "email", "Email", "Email"
    CONTRACT = "contract", "Contract", "Hợp đồng"
    INTERNAL_NOTE = "internal_note", "Internal note", "Ghi chú nội bộ"


class TemplateChannel(Choice):
    TIKTOK = "tiktok", "TikTok", "TikTok"
    GENERAL = "general", "General", "Chung"


class RuleScope(Choice):
    CAMPAIGN = "campaign", "Campaign", "Chiến dịch"
    BOOKING = "booking", "Booking", "Booking"
    VIDEO = "video", "Video", "Video"
    FINANCE = "finance", "Finance", "Tài chính"
    CREATOR = "creator", "Creator", "KOC/KOL"


class RuleTarget(Choice):
    CAMPAIGN = "campaign", "Campaign", "Chiến dịch"
    BOOKING = "booking", "Booking", "Booking"
    VIDEO = "video", "Video", "Video"
    CREATOR = "creator", "Creator", "KOC/KOL"
    PAYMENT = "payment", "Payment", "Thanh toán"


class RuleResult(Choice):
    MATCHED = "matched", "Matched", "Khớp"
    NOT_MATCHED = "not_matched", "Not matched", "Không khớp"
    EXECUTED = "executed", "Executed", "Đã thực hiện"


class FileStatus(Choice):
    IMPORTED = "imported", "Imported", "Đã nhập"
    PARTLY_IMPORTED = "partly_imported", "Partly imported", "Nhập một phần"
    ROLLED_BACK = "rolled_back", "Rolled back", "Đã hoàn lại"
    NOT_RECOGNISED = "not_recognised", "Not recognised", "Không nhận ra"
    UNREADABLE = "unreadable", "Unreadable", "Không đọc được"
