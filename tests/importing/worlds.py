"""Random folders of a world that agrees with itself: what points at what depends on the key alone, values do not."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st

# A key of each kind, and a value that may be blank.
Row = tuple[int, str]
Folder = dict[str, list[Row]]

KEYS = 4


def _campaign(booking: int) -> int:
    return booking % 3


def _brand(campaign: int) -> int:
    return campaign % 2


# Header, and what makes a line of a key and a value.
_KINDS: dict[str, tuple[str, Callable[[int, str], str]]] = {
    "brands": ("code,name,description", lambda k, v: f"b{k},Brand {v},{v}"),
    "products": ("brand_code,code,name,sapo_id", lambda k, v: f"b{_brand(k)},p{k},Product {v},{v}"),
    "creators": ("creator_key,name,niche,priority_score", lambda k, v: f"k{k},Người {k},{v},{v}"),
    "creator_channels": (
        "creator_key,platform,handle,external_id,follower_count",
        lambda k, v: f"k{k},tiktok,@h{k},{'' if k % 2 else 900 + k},{v}",
    ),
    "creator_contacts": (
        "creator_key,contact_type,name,email,is_primary",
        lambda k, v: f"k{k % 2},{'owner' if k < 2 else 'agency'},C{k},{v},{int(k < 2)}",
    ),
    "campaigns": (
        "code,name,brand_code,start_date,end_date,kpi_view,owner_username",
        lambda k, v: f"c{k},Campaign {k},b{_brand(k)},2027-01-01,2027-02-0{v or 1},{v},u{v}",
    ),
    "campaign_products": (
        "campaign_code,brand_code,product_code,note",
        lambda k, v: f"c{k},{'' if k % 2 else f'b{_brand(k)}'},p{_brand(k)},{v}",
    ),
    "campaign_creators": ("campaign_code,creator_key,note", lambda k, v: f"c{_campaign(k)},k{k},{v}"),
    "bookings": (
        "code,campaign_code,creator_key,handle,product_code,total_fee_agreed,status",
        lambda k, v: (
            f"B{k},c{_campaign(k)},k{k % 3},{f'h{k % 3}' if v else ''},p{_brand(_campaign(k))},{v},"
            + {"": "", "1": "confirmed", "2": "completed"}[v]
        ),
    ),
    "booking_deliverables": (
        "booking_code,deliverable_code,deliverable_type,title,quantity",
        lambda k, v: f"B{k % 2},{f'D{k}' if k % 2 else ''},live,Title {k},{v}",
    ),
    "videos": (
        "booking_code,campaign_code,creator_key,channel,platform_video_id,url,title,post_date",
        lambda k, v: (
            f"{f'B{k},,' if k < 2 else f',c{_campaign(k)},k{k}'},tiktok,"
            f"{f'7{k}' if k % 2 else ''},"
            f"{'' if k % 2 else f'https://www.tiktok.com/@h/video/7000{k}'},T{v},{f'2027-01-0{v}' if v else ''}"
        ),
    ),
    "video_snapshots": (
        "channel,platform_video_id,snapshot_time,view_count",
        lambda k, v: f"tiktok,{f'7{k}' if k % 2 else f'7000{k}'},2027-01-01 0{k}:00,{v}",
    ),
    "tracking_assets": (
        "campaign_code,booking_code,creator_key,code_type,code_value,platform,note",
        lambda k, v: f"c{_campaign(k)},{f'B{k}' if k < 2 else ''},k{k % 3},voucher,V{k},web,{v}",
    ),
    "conversions": (
        "platform,code_type,code_value,order_code,order_date,revenue",
        lambda k, v: f"web,voucher,V{k},O{k},2027-01-01,{v}",
    ),
    "payments": (
        "payment_ref,booking_code,amount,currency,exchange_rate,payment_date,status,note",
        lambda k, v: (
            f"{f'R{k}' if k % 2 else ''},B{k},{k + 1}00,{'USD,25000.5' if k == 1 else ','},2027-01-01,"
            f"{'paid' if k < 3 else ''},{v}"
        ),
    ),
}
# Rows that are wrong in themselves, or differ from one that may be there.
_MISTAKES = {
    "brands": ["b0,other,", ",no code,", "b9,,"],
    "products": ["b0,p0,other,", "b0,,n,"],
    "creators": ["k0,Người khác,,11", "k9,Chín,,x"],
    "creator_channels": ["k1,tiktok,@h0,,1", "k0,tiktok,@h1,900,1"],
    "campaigns": ["c0,n,b0,2027-02-01,2027-01-01,,", "c9,n,b0,1/2/26,không,,"],
    "bookings": ["B0,c1,k2,h0,,,confirmed", "B9,c0,k0,,,1.5.0,runing"],
    "videos": ["B0,c2,,tiktok,79,,,", ",,,tiktok,,,,"],
    "video_snapshots": ["tiktok,71,yesterday,1"],
    "payments": [",B0,100,USD,,2027-01-01,paid,", "R1,B0,100,,,2027-01-01,paid,"],
}

# What a placeholder can stand for.
_OWN = {"brands", "products", "creators", "creator_channels", "campaigns", "bookings", "videos", "tracking_assets"}

_values = st.sampled_from(["", "1", "2"])
_some = st.lists(st.tuples(st.integers(0, KEYS - 1), _values), max_size=KEYS, unique_by=lambda row: row[0])
_all = st.lists(_values, min_size=KEYS, max_size=KEYS).map(lambda values: list(enumerate(values)))
folders: st.SearchStrategy[Folder] = st.fixed_dictionaries(dict.fromkeys(_KINDS, _some))
# Folders in which everything that is pointed at has a row of its own.
whole_folders: st.SearchStrategy[Folder] = st.fixed_dictionaries(
    {kind: _all if kind in _OWN else _some for kind in _KINDS}
)
mistakes: st.SearchStrategy[dict[str, list[str]]] = st.fixed_dictionaries(
    {kind: st.lists(st.sampled_from(rows), max_size=2) for kind, rows in _MISTAKES.items()}
)


def lines_of(folder: Folder, wrong: dict[str, list[str]] | None = None, name: str = "") -> dict[str, tuple[str, ...]]:
    """The files of a folder, by stem; kinds without rows have none."""
    files = {}
    for kind, (header, line) in _KINDS.items():
        rows = [line(key, value) for key, value in folder[kind]] + (wrong or {}).get(kind, [])
        if rows:
            files[kind + name] = (header, *rows)
    return files
