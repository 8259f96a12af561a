"""Other names, English and Vietnamese, under which people head the columns of their import files.

Spelling is compared as headers.py folds it (no case, spaces, marks or punctuation), so `Mã KOC`, `MA_KOC` and `ma koc*`
are one entry here. A key is a column's name, or `kind.column` where one kind needs names of its own: those replace the
column's general names in that kind. Within a kind no two columns may share a name; a test holds that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from tui_booking.errors import BadSetting
from tui_booking.importing.kinds import KINDS
from tui_booking.language import _, filled


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split(", "))


ALIASES: Mapping[str, Sequence[str]] = {
    # Codes and keys that point at a record.
    "code": _names("Mã, Mã số, Code, Ký hiệu, Mã code"),
    "brands.code": _names("Mã, Mã thương hiệu, Mã nhãn hàng, Mã brand, Brand code, Brand ID"),
    "products.code": _names("Mã, Mã sản phẩm, Mã SP, Mã hàng, SKU, Product code, Product SKU, Item code"),
    "campaigns.code": _names("Mã, Mã chiến dịch, Mã campaign, Mã CD, Campaign code, Campaign ID"),
    "bookings.code": _names("Mã, Mã booking, Mã đặt, Mã hợp tác, Booking code, Booking ID, Mã BK"),
    "brand_code": _names("Mã thương hiệu, Mã nhãn hàng, Mã brand, Thương hiệu, Nhãn hàng, Brand, Brand ID"),
    "product_code": _names("Mã sản phẩm, Mã SP, Mã hàng, SKU, Sản phẩm, Product, Product SKU, Item code"),
    "creator_key": _names(
        "Mã KOC, Mã KOL, Mã KOC/KOL, Mã creator, Mã nhà sáng tạo, Mã người sáng tạo, KOC, KOL, Creator, KOC code, "
        "KOL code, KOC ID, KOL ID, Creator code, Creator ID, KOC key"
    ),
    # A bare "KOC" in the list of creators is a name as often as a key, and a key must never be invented.
    "creators.creator_key": _names(
        "Mã, Mã KOC, Mã KOL, Mã KOC/KOL, Mã creator, Mã nhà sáng tạo, Mã người sáng tạo, KOC code, KOL code, KOC "
        "ID, KOL ID, Creator code, Creator ID, KOC key, Key"
    ),
    "campaign_code": _names("Mã chiến dịch, Mã campaign, Mã CD, Chiến dịch, Campaign, Campaign ID"),
    "booking_code": _names("Mã booking, Mã đặt, Mã hợp tác, Mã BK, Booking, Booking ID"),
    "deliverable_code": _names("Mã hạng mục, Mã đầu việc, Mã sản phẩm bàn giao, Deliverable ID, Mã deliverable"),
    "external_id": _names("ID kênh, Mã kênh, Channel ID, Account ID, ID ngoài, TikTok UID, UID"),
    "sapo_id": _names("Mã Sapo, ID Sapo, Sapo product ID, Sapo, Mã sản phẩm Sapo"),
    "shopee_id": _names("Mã Shopee, ID Shopee, Shopee product ID, Shopee, Mã sản phẩm Shopee"),
    "platform_video_id": _names("ID video, Mã video, Video ID, TikTok video ID, ID bài đăng, Post ID, Item ID"),
    "order_code": _names("Mã đơn hàng, Mã đơn, Số đơn hàng, Order, Order ID, Order number, Order No."),
    "order_id_external": _names("Mã đơn ngoài, Mã đơn sàn, ID đơn hàng sàn, External order ID, Platform order ID"),
    "payment_ref": _names("Mã thanh toán, Mã giao dịch, Số tham chiếu, Payment reference, Payment ID, Transaction ID"),
    "invoice_number": _names("Số hóa đơn, Số HĐ, Mã hóa đơn, Invoice, Invoice No., Invoice code"),
    # Names and free text.
    "name": _names("Tên, Tên gọi, Họ tên, Họ và tên, Full name"),
    "brands.name": _names("Tên, Tên thương hiệu, Tên nhãn hàng, Tên brand, Brand name, Thương hiệu, Nhãn hàng, Brand"),
    "products.name": _names("Tên, Tên sản phẩm, Tên SP, Tên hàng, Sản phẩm, Product name, Product, Item name"),
    "creators.name": _names(
        "Tên, Họ tên, Họ và tên, Tên KOC, Tên KOL, Tên creator, Tên nhà sáng tạo, KOC name, KOL name, Creator "
        "name, Full name"
    ),
    "creator_contacts.name": _names(
        "Tên, Họ tên, Họ và tên, Tên liên hệ, Người liên hệ, Contact name, Contact, Full name"
    ),
    "campaigns.name": _names("Tên, Tên chiến dịch, Tên campaign, Chiến dịch, Campaign name, Campaign"),
    "alias": _names("Biệt danh, Nghệ danh, Tên khác, Nickname, Stage name, Bút danh, Also known as"),
    "title": _names("Tiêu đề, Tên video, Tựa đề, Video title, Chủ đề, Subject, Headline"),
    "booking_deliverables.title": _names(
        "Tiêu đề, Tên hạng mục, Hạng mục, Tên đầu việc, Đầu việc, Deliverable, Deliverable title"
    ),
    "deliverable_title": _names("Tên hạng mục, Hạng mục, Tiêu đề hạng mục, Tên đầu việc, Đầu việc, Deliverable"),
    "description": _names("Mô tả, Diễn giải, Nội dung, Giới thiệu, Desc, Details"),
    "category": _names("Danh mục, Ngành hàng, Nhóm hàng, Loại sản phẩm, Nhóm sản phẩm, Product category"),
    "note": _names("Ghi chú, Chú thích, Lưu ý, Notes, Remark, Remarks, Comment"),
    "note_internal": _names("Ghi chú nội bộ, Ghi chú, Lưu ý nội bộ, Internal note, Internal notes, Note, Notes"),
    "internal_note": _names("Ghi chú nội bộ, Ghi chú, Lưu ý nội bộ, Internal notes, Note internal, Note, Notes"),
    "brief_summary": _names("Tóm tắt brief, Brief, Nội dung brief, Tóm tắt yêu cầu, Summary, Yêu cầu brief"),
    "requirements": _names("Yêu cầu, Yêu cầu nội dung, Yêu cầu chi tiết, Requirement, Brief, Điều kiện"),
    # The person.
    "gender": _names("Giới tính, Giới, Sex, Nam/Nữ, Phái"),
    "dob": _names("Ngày sinh, Sinh ngày, Sinh nhật, Date of birth, Birthday, Birth date"),
    "location": _names("Địa điểm, Khu vực, Nơi ở, Thành phố, Tỉnh thành, Tỉnh/Thành phố, Địa chỉ, City, Region, Area"),
    "niche": _names("Lĩnh vực, Ngách, Mảng nội dung, Chủ đề, Thể loại, Topic, Content niche"),
    "priority_score": _names("Điểm ưu tiên, Mức ưu tiên, Độ ưu tiên, Ưu tiên, Priority, Score, Điểm"),
    "priority": _names("Mức ưu tiên, Độ ưu tiên, Ưu tiên, Thứ tự ưu tiên, Priority level, Thứ tự"),
    "contact_type": _names("Loại liên hệ, Kiểu liên hệ, Vai trò liên hệ, Vai trò, Type of contact, Type"),
    "phone": _names("Số điện thoại, Điện thoại, SĐT, SDT, Di động, Phone number, Mobile, Tel"),
    "zalo": _names("Số Zalo, Zalo ID, Tài khoản Zalo, Zalo phone, Nick Zalo"),
    "email": _names("E-mail, Thư điện tử, Địa chỉ email, Email address, Hòm thư, Mail"),
    "wechat": _names("WeChat ID, Tài khoản WeChat, Nick WeChat, Weixin, Vi tín"),
    "is_primary": _names("Liên hệ chính, Chính, Là liên hệ chính, Primary, Primary contact, Main contact"),
    "role": _names("Vai trò, Vị trí, Vai trò KOC, Creator role, KOC role, Nhiệm vụ"),
    "owner_username": _names("Người phụ trách, Phụ trách, Chủ chiến dịch, Owner, Người quản lý, PIC, Person in charge"),
    "created_by_username": _names("Người tạo, Người lập, Tạo bởi, Created by, Người nhập, Creator user"),
    # Where it happens.
    "platform": _names("Nền tảng, Sàn, Mạng xã hội, Kênh, Channel, Network"),
    "channel": _names("Kênh, Kênh triển khai, Kênh truyền thông, Nền tảng, Platform, Media channel"),
    "source_platform": _names("Nền tảng nguồn, Nguồn đơn, Sàn nguồn, Nguồn, Source, Order source"),
    "handle": _names("Tài khoản, Tên tài khoản, Tên kênh, Username, TikTok ID, ID TikTok, Nick, Channel name, Account"),
    "profile_url": _names(
        "Link kênh, Link hồ sơ, Link profile, Đường dẫn kênh, Profile link, Channel URL, Channel link"
    ),
    "url": _names("Link, Đường dẫn, Link video, Video URL, Video link, Link bài đăng, Post URL"),
    "thumbnail_url": _names("Ảnh bìa, Link ảnh bìa, Ảnh thu nhỏ, Thumbnail, Cover, Cover URL"),
    "target_url": _names("Link đích, Đường dẫn đích, Trang đích, Landing page, Destination URL, Target link"),
    "script_link": _names("Link kịch bản, Kịch bản, Đường dẫn kịch bản, Script, Script URL"),
    # Kinds and states.
    "status": _names("Trạng thái, Tình trạng, Tiến độ, State, Tình trạng xử lý"),
    "objective": _names("Mục tiêu, Mục đích, Mục tiêu chiến dịch, Goal, Campaign objective"),
    "booking_type": _names("Loại booking, Hình thức, Hình thức hợp tác, Kiểu booking, Type of booking, Type, Loại"),
    "deliverable_type": _names(
        "Loại hạng mục, Loại nội dung, Loại đầu việc, Hình thức, Type of deliverable, Content type, Type, Loại"
    ),
    "code_type": _names("Loại mã, Kiểu mã, Hình thức mã, Type of code, Tracking type, Type"),
    "code_value": _names(
        "Mã giảm giá, Giá trị mã, Mã voucher, Voucher, Voucher code, Mã theo dõi, Tracking code, Mã giới thiệu"
    ),
    "is_active": _names("Đang dùng, Còn hiệu lực, Hoạt động, Kích hoạt, Active, Enabled, Hiệu lực"),
    "payment_method": _names(
        "Phương thức thanh toán, Hình thức thanh toán, Cách thanh toán, Method, Pay by, Hình thức"
    ),
    # Days and times.
    "start_date": _names("Ngày bắt đầu, Bắt đầu, Từ ngày, Start, Start day, From, From date, Ngày chạy"),
    "end_date": _names("Ngày kết thúc, Kết thúc, Đến ngày, End, End day, To, To date, Finish date"),
    "deadline_shoot": _names("Hạn quay, Ngày quay, Deadline quay, Shooting deadline, Shoot date, Shoot deadline"),
    "deadline_post": _names(
        "Hạn đăng, Hạn đăng bài, Ngày đăng dự kiến, Deadline đăng, Posting deadline, Post deadline"
    ),
    "post_date": _names(
        "Ngày đăng, Ngày đăng bài, Ngày phát hành, Thời gian đăng, Posted at, Published at, Publish date"
    ),
    "snapshot_time": _names(
        "Thời điểm, Thời điểm đo, Thời gian đo, Ngày đo, Ngày lấy số liệu, Snapshot date, Measured at, Captured at"
    ),
    "order_date": _names("Ngày đặt hàng, Ngày đặt, Ngày đơn hàng, Ngày mua, Ordered at, Order time, Purchase date"),
    "payment_date": _names(
        "Ngày thanh toán, Ngày trả, Ngày chi, Ngày chuyển khoản, Paid at, Pay date, Date of payment"
    ),
    # Counts and rates.
    "follower_count": _names(
        "Số người theo dõi, Người theo dõi, Lượt theo dõi, Followers, Follower, Số follower, Số follow"
    ),
    "avg_view_10": _names(
        "View trung bình 10 video, Lượt xem trung bình, View TB, Average views, Avg view, Avg views (10), View TB "
        "10 video"
    ),
    "avg_engagement_rate": _names(
        "Tỷ lệ tương tác trung bình, Tỷ lệ tương tác TB, Tỷ lệ tương tác, Average ER, ER, Engagement rate, Avg ER"
    ),
    "engagement_rate": _names("Tỷ lệ tương tác, Tỉ lệ tương tác, Mức tương tác, ER, ER %, Engagement"),
    "view_count": _names("Lượt xem, Số lượt xem, Views, View, Số view, Video views, Plays"),
    "like_count": _names("Lượt thích, Số lượt thích, Likes, Like, Số like, Tim, Lượt tim"),
    "comment_count": _names("Lượt bình luận, Bình luận, Số bình luận, Comments, Comment, Số comment"),
    "share_count": _names("Lượt chia sẻ, Chia sẻ, Số lượt chia sẻ, Shares, Share, Số share"),
    "save_count": _names("Lượt lưu, Số lượt lưu, Saves, Save, Favorites, Bookmarks, Lượt yêu thích"),
    "quantity": _names("Số lượng, SL, Qty, Số sản phẩm, Amount of items, Units"),
    "deliverables_count_planned": _names(
        "Số video dự kiến, Số hạng mục, Số lượng video, Số hạng mục dự kiến, Planned deliverables, Số đầu việc"
    ),
    "kpi_view": _names("KPI lượt xem, KPI views, Mục tiêu lượt xem, Target views, View KPI"),
    "kpi_order": _names("KPI đơn hàng, KPI đơn, KPI orders, Mục tiêu đơn hàng, Target orders, Order KPI"),
    "kpi_revenue": _names("KPI doanh thu, KPI doanh số, Mục tiêu doanh thu, Target revenue, Revenue KPI"),
    # Money.
    "budget_planned": _names("Ngân sách, Ngân sách dự kiến, Ngân sách kế hoạch, Budget, Planned budget"),
    "total_fee_agreed": _names(
        "Tổng phí, Phí thỏa thuận, Chi phí booking, Phí booking, Tổng chi phí, Fee, Total fee, Agreed fee"
    ),
    "fee": _names("Phí, Chi phí, Thù lao, Đơn giá, Cost, Price"),
    "currency": _names("Tiền tệ, Loại tiền, Đơn vị tiền, Đơn vị tiền tệ, Ccy, Currency code"),
    "revenue": _names("Doanh thu, Doanh số, Giá trị đơn hàng, GMV, Sales, Order value"),
    "amount": _names("Số tiền, Tiền thanh toán, Giá trị thanh toán, Sum, Payment amount, Thành tiền"),
    "exchange_rate": _names("Tỷ giá, Tỉ giá, Tỷ giá quy đổi, FX rate, Rate of exchange, FX"),
    "amount_vnd": _names("Số tiền VND, Quy đổi VND, Thành tiền VND, Tiền Việt, VND amount, Amount in VND"),
}


def require_known_columns(aliases: Mapping[str, Sequence[str]]) -> None:
    """Raise BadSetting where a user's names are those of a column that no file has; they are keyed as ALIASES is."""
    known = {column.name for kind in KINDS for column in kind.columns}
    known |= {f"{kind.name}.{column.name}" for kind in KINDS for column in kind.columns}
    for name in aliases:
        if name not in known:
            near = get_close_matches(name, sorted(known), n=1)
            raise BadSetting(
                filled(_("The setting 'imports.aliases' names a column {column!r} that no file has."), column=name),
                filled(_("Did you mean {column!r}?"), column=near[0])
                if near
                else _("Name a column as the import templates do, or as kind.column."),
            )


def names_of_column(kind: str, column: str, extra: Mapping[str, Sequence[str]] | None = None) -> tuple[str, ...]:
    """All other names of one column of one kind; `extra` (keyed as ALIASES is) adds a user's own to them."""
    known = ALIASES.get(f"{kind}.{column}")
    if known is None:
        known = ALIASES.get(column, ())
    more = (*extra.get(column, ()), *extra.get(f"{kind}.{column}", ())) if extra else ()
    return (*known, *more)
