"""The tables of the domain. Frozen once released: it imports nothing that may change."""

import re

# What each kind of column is called by SQLite and by PostgreSQL.
TYPES = {
    "UUID": ("TEXT", "UUID"),
    "MOMENT": ("TEXT", "TIMESTAMPTZ"),
    "DAY": ("TEXT", "DATE"),
    "CODE": ("TEXT", 'TEXT COLLATE "C"'),
    "FOLDED": ("TEXT NOT NULL DEFAULT ''", "TEXT COLLATE \"C\" NOT NULL DEFAULT ''"),
    "PROSE": ("TEXT NOT NULL DEFAULT ''", "TEXT NOT NULL DEFAULT ''"),
    "COUNT": ("INTEGER NOT NULL DEFAULT 0", "BIGINT NOT NULL DEFAULT 0"),
    "WHOLE": ("INTEGER", "BIGINT"),
    "RATIO": ("REAL", "DOUBLE PRECISION"),
    "FLAG": ("INTEGER", "BOOLEAN"),
    "JSON": ("TEXT", "JSONB"),
    "NOW": ("(strftime('%Y-%m-%d %H:%M:%f000', 'now'))", "now()"),
}

COMMON = """id UUID NOT NULL PRIMARY KEY,
    created_at MOMENT NOT NULL DEFAULT NOW, updated_at MOMENT NOT NULL DEFAULT NOW,
    is_active FLAG NOT NULL DEFAULT true,
    deleted_at MOMENT CONSTRAINT THIS_deleted_inactive CHECK (deleted_at IS NULL OR NOT is_active)"""

SCHEMA = """
CREATE TABLE app_user (
    COMMON,
    username CODE NOT NULL, full_name PROSE
);
CREATE UNIQUE INDEX app_user_username_unique ON app_user (username);
CREATE TABLE brand (
    COMMON,
    code CODE NOT NULL, name PROSE, description PROSE, is_placeholder FLAG NOT NULL DEFAULT false, code_folded FOLDED,
    name_folded FOLDED
);
CREATE UNIQUE INDEX brand_code_unique ON brand (code);
CREATE INDEX brand_code_folded_id_index ON brand (code_folded, id);
CREATE INDEX brand_name_folded_id_index ON brand (name_folded, id);
CREATE TABLE product (
    COMMON,
    brand_id UUID NOT NULL CONSTRAINT product_brand_id_fk REFERENCES brand (id) ON DELETE RESTRICT, code CODE NOT NULL,
    name PROSE, category PROSE, sapo_product_id CODE, shopee_product_id CODE, note PROSE,
    is_placeholder FLAG NOT NULL DEFAULT false, code_folded FOLDED, name_folded FOLDED
);
CREATE UNIQUE INDEX product_brand_id_code_unique ON product (brand_id, code);
CREATE INDEX product_code_folded_id_index ON product (code_folded, id);
CREATE INDEX product_name_folded_id_index ON product (name_folded, id);
CREATE TABLE creator (
    COMMON,
    creator_key CODE NOT NULL, name PROSE, alias PROSE,
    gender TEXT CONSTRAINT creator_gender_choice CHECK (gender IN ('male', 'female', 'other')), dob DAY, location PROSE,
    niche PROSE, note_internal PROSE,
    priority_score WHOLE NOT NULL DEFAULT 5 CONSTRAINT creator_priority_score_range CHECK (priority_score BETWEEN 1 AND
        10),
    status TEXT NOT NULL DEFAULT 'active' CONSTRAINT creator_status_choice CHECK (status IN ('active', 'watchlist',
        'blacklist')),
    is_placeholder FLAG NOT NULL DEFAULT false, creator_key_folded FOLDED, name_folded FOLDED, alias_folded FOLDED,
    niche_folded FOLDED, location_folded FOLDED
);
CREATE UNIQUE INDEX creator_creator_key_unique ON creator (creator_key);
CREATE INDEX creator_status_name_folded_index ON creator (status, name_folded);
CREATE INDEX creator_priority_score_id_index ON creator (priority_score, id);
CREATE INDEX creator_creator_key_folded_id_index ON creator (creator_key_folded, id);
CREATE INDEX creator_name_folded_id_index ON creator (name_folded, id);
CREATE INDEX creator_alias_folded_id_index ON creator (alias_folded, id);
CREATE INDEX creator_niche_folded_id_index ON creator (niche_folded, id);
CREATE INDEX creator_location_folded_id_index ON creator (location_folded, id);
CREATE TABLE creator_channel (
    COMMON,
    creator_id UUID NOT NULL CONSTRAINT creator_channel_creator_id_fk REFERENCES creator (id) ON DELETE RESTRICT,
    platform TEXT NOT NULL CONSTRAINT creator_channel_platform_choice CHECK (platform IN ('tiktok', 'youtube',
        'instagram', 'shopee_live', 'other')),
    handle CODE NOT NULL, profile_url PROSE, external_id CODE,
    follower_count COUNT CONSTRAINT creator_channel_follower_count_range CHECK (follower_count >= 0),
    avg_view_10 COUNT CONSTRAINT creator_channel_avg_view_10_range CHECK (avg_view_10 >= 0),
    avg_engagement_rate RATIO NOT NULL DEFAULT 0.0 CONSTRAINT creator_channel_avg_engagement_rate_range CHECK
        (avg_engagement_rate >= 0),
    data_raw JSON NOT NULL DEFAULT '{}', is_placeholder FLAG NOT NULL DEFAULT false
);
CREATE UNIQUE INDEX creator_channel_platform_handle_unique ON creator_channel (platform, handle);
CREATE UNIQUE INDEX creator_channel_platform_external_id_unique ON creator_channel (platform, external_id) WHERE
    external_id IS NOT NULL;
CREATE INDEX creator_channel_handle_id_index ON creator_channel (handle, id);
CREATE INDEX creator_channel_follower_count_id_index ON creator_channel (follower_count, id);
CREATE INDEX creator_channel_creator_id_index ON creator_channel (creator_id);
CREATE TABLE creator_contact (
    COMMON,
    creator_id UUID NOT NULL CONSTRAINT creator_contact_creator_id_fk REFERENCES creator (id) ON DELETE RESTRICT,
    contact_type TEXT NOT NULL CONSTRAINT creator_contact_contact_type_choice CHECK (contact_type IN ('owner',
        'manager', 'agency')),
    name CODE NOT NULL, phone FOLDED, zalo PROSE, email PROSE, wechat TEXT, note PROSE,
    is_primary FLAG NOT NULL DEFAULT false, name_folded FOLDED, email_folded FOLDED
);
CREATE UNIQUE INDEX creator_contact_creator_id_contact_type_name_unique ON creator_contact (creator_id,
    contact_type, name);
CREATE UNIQUE INDEX creator_contact_creator_id_unique ON creator_contact (creator_id) WHERE is_primary;
CREATE INDEX creator_contact_phone_index ON creator_contact (phone);
CREATE INDEX creator_contact_name_folded_id_index ON creator_contact (name_folded, id);
CREATE INDEX creator_contact_email_folded_id_index ON creator_contact (email_folded, id);
CREATE TABLE creator_tag (
    COMMON,
    name CODE NOT NULL, description PROSE, name_folded FOLDED
);
CREATE UNIQUE INDEX creator_tag_name_unique ON creator_tag (name);
CREATE INDEX creator_tag_name_folded_id_index ON creator_tag (name_folded, id);
CREATE TABLE creator_tag_map (
    COMMON,
    creator_id UUID NOT NULL CONSTRAINT creator_tag_map_creator_id_fk REFERENCES creator (id) ON DELETE RESTRICT,
    tag_id UUID NOT NULL CONSTRAINT creator_tag_map_tag_id_fk REFERENCES creator_tag (id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX creator_tag_map_creator_id_tag_id_unique ON creator_tag_map (creator_id, tag_id);
CREATE INDEX creator_tag_map_tag_id_index ON creator_tag_map (tag_id);
CREATE TABLE creator_note (
    COMMON,
    creator_id UUID NOT NULL CONSTRAINT creator_note_creator_id_fk REFERENCES creator (id) ON DELETE RESTRICT,
    user_id UUID CONSTRAINT creator_note_user_id_fk REFERENCES app_user (id) ON DELETE RESTRICT, title PROSE,
    content PROSE,
    note_type TEXT NOT NULL DEFAULT 'call' CONSTRAINT creator_note_note_type_choice CHECK (note_type IN ('call',
        'meeting', 'complaint', 'compliment')),
    title_folded FOLDED
);
CREATE INDEX creator_note_creator_id_index ON creator_note (creator_id);
CREATE INDEX creator_note_user_id_index ON creator_note (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX creator_note_title_folded_id_index ON creator_note (substr(title_folded, 1, 100), id);
CREATE TABLE creator_rate_card (
    COMMON,
    creator_id UUID NOT NULL CONSTRAINT creator_rate_card_creator_id_fk REFERENCES creator (id) ON DELETE RESTRICT,
    channel_id UUID CONSTRAINT creator_rate_card_channel_id_fk REFERENCES creator_channel (id) ON DELETE RESTRICT,
    deliverable_type TEXT NOT NULL CONSTRAINT creator_rate_card_deliverable_type_choice CHECK (deliverable_type IN
        ('video_single', 'series', 'live', 'combo', 'other')),
    description PROSE, price COUNT CONSTRAINT creator_rate_card_price_range CHECK (price >= 0),
    currency CODE NOT NULL DEFAULT 'VND' CONSTRAINT creator_rate_card_currency_code CHECK (length(currency) = 3 AND
        currency = upper(currency)),
    valid_from DAY NOT NULL, valid_to DAY, CONSTRAINT creator_rate_card_dates_order CHECK (valid_to >= valid_from)
);
CREATE INDEX creator_rate_card_creator_id_valid_from_index ON creator_rate_card (creator_id, valid_from);
CREATE INDEX creator_rate_card_channel_id_index ON creator_rate_card (channel_id) WHERE channel_id IS NOT NULL;
CREATE TABLE campaign (
    COMMON,
    code CODE NOT NULL, name PROSE,
    brand_id UUID NOT NULL CONSTRAINT campaign_brand_id_fk REFERENCES brand (id) ON DELETE RESTRICT,
    channel TEXT NOT NULL DEFAULT 'tiktok' CONSTRAINT campaign_channel_choice CHECK (channel IN ('tiktok', 'multi')),
    objective TEXT NOT NULL DEFAULT 'awareness' CONSTRAINT campaign_objective_choice CHECK (objective IN ('awareness',
        'traffic', 'sale', 'launch', 'clearance')),
    description PROSE, start_date DAY, end_date DAY,
    budget_planned COUNT CONSTRAINT campaign_budget_planned_range CHECK (budget_planned >= 0),
    budget_actual COUNT CONSTRAINT campaign_budget_actual_range CHECK (budget_actual >= 0),
    kpi_view COUNT CONSTRAINT campaign_kpi_view_range CHECK (kpi_view >= 0),
    kpi_order COUNT CONSTRAINT campaign_kpi_order_range CHECK (kpi_order >= 0),
    kpi_revenue COUNT CONSTRAINT campaign_kpi_revenue_range CHECK (kpi_revenue >= 0),
    status TEXT NOT NULL DEFAULT 'draft' CONSTRAINT campaign_status_choice CHECK (status IN ('draft', 'planned',
        'running', 'paused', 'finished', 'canceled')),
    owner_id UUID CONSTRAINT campaign_owner_id_fk REFERENCES app_user (id) ON DELETE RESTRICT,
    is_placeholder FLAG NOT NULL DEFAULT false, code_folded FOLDED, name_folded FOLDED,
    CONSTRAINT campaign_dates_order CHECK (end_date >= start_date),
    CONSTRAINT campaign_dates_known CHECK (is_placeholder OR (start_date IS NOT NULL AND end_date IS NOT NULL))
);
CREATE UNIQUE INDEX campaign_code_unique ON campaign (code);
CREATE INDEX campaign_brand_id_start_date_index ON campaign (brand_id, start_date);
CREATE INDEX campaign_status_start_date_index ON campaign (status, start_date);
CREATE INDEX campaign_start_date_id_index ON campaign (start_date, id);
CREATE INDEX campaign_end_date_id_index ON campaign (end_date, id);
CREATE INDEX campaign_owner_id_index ON campaign (owner_id) WHERE owner_id IS NOT NULL;
CREATE INDEX campaign_code_folded_id_index ON campaign (code_folded, id);
CREATE INDEX campaign_name_folded_id_index ON campaign (name_folded, id);
CREATE TABLE campaign_product (
    COMMON,
    campaign_id UUID NOT NULL CONSTRAINT campaign_product_campaign_id_fk REFERENCES campaign (id) ON DELETE RESTRICT,
    product_id UUID NOT NULL CONSTRAINT campaign_product_product_id_fk REFERENCES product (id) ON DELETE RESTRICT,
    priority COUNT CONSTRAINT campaign_product_priority_range CHECK (priority >= 0), note PROSE
);
CREATE UNIQUE INDEX campaign_product_campaign_id_product_id_unique ON campaign_product (campaign_id, product_id);
CREATE INDEX campaign_product_product_id_index ON campaign_product (product_id);
CREATE TABLE campaign_creator (
    COMMON,
    campaign_id UUID NOT NULL CONSTRAINT campaign_creator_campaign_id_fk REFERENCES campaign (id) ON DELETE RESTRICT,
    creator_id UUID NOT NULL CONSTRAINT campaign_creator_creator_id_fk REFERENCES creator (id) ON DELETE RESTRICT,
    role TEXT NOT NULL DEFAULT 'main' CONSTRAINT campaign_creator_role_choice CHECK (role IN ('main', 'supporting',
        'trial')),
    note PROSE
);
CREATE UNIQUE INDEX campaign_creator_campaign_id_creator_id_unique ON campaign_creator (campaign_id, creator_id);
CREATE INDEX campaign_creator_creator_id_index ON campaign_creator (creator_id);
CREATE TABLE booking (
    COMMON,
    code CODE NOT NULL,
    campaign_id UUID NOT NULL CONSTRAINT booking_campaign_id_fk REFERENCES campaign (id) ON DELETE RESTRICT,
    creator_id UUID NOT NULL CONSTRAINT booking_creator_id_fk REFERENCES creator (id) ON DELETE RESTRICT,
    channel_id UUID CONSTRAINT booking_channel_id_fk REFERENCES creator_channel (id) ON DELETE RESTRICT,
    brand_id UUID NOT NULL CONSTRAINT booking_brand_id_fk REFERENCES brand (id) ON DELETE RESTRICT,
    product_focus_id UUID CONSTRAINT booking_product_focus_id_fk REFERENCES product (id) ON DELETE RESTRICT,
    booking_type TEXT NOT NULL DEFAULT 'video_only' CONSTRAINT booking_booking_type_choice CHECK (booking_type IN
        ('video_only', 'live', 'combo', 'barter', 'affiliate_only')),
    brief_summary PROSE, contract_file TEXT, start_date DAY, end_date DAY,
    total_fee_agreed COUNT CONSTRAINT booking_total_fee_agreed_range CHECK (total_fee_agreed >= 0),
    currency CODE NOT NULL DEFAULT 'VND' CONSTRAINT booking_currency_code CHECK (length(currency) = 3 AND currency =
        upper(currency)),
    deliverables_count_planned COUNT CONSTRAINT booking_deliverables_count_planned_range CHECK
        (deliverables_count_planned >= 0),
    status TEXT NOT NULL DEFAULT 'negotiating' CONSTRAINT booking_status_choice CHECK (status IN ('negotiating',
        'confirmed', 'in_progress', 'completed', 'canceled')),
    internal_note PROSE, is_placeholder FLAG NOT NULL DEFAULT false, code_folded FOLDED,
    CONSTRAINT booking_dates_order CHECK (end_date >= start_date)
);
CREATE UNIQUE INDEX booking_code_unique ON booking (code);
CREATE INDEX booking_campaign_id_status_index ON booking (campaign_id, status);
CREATE INDEX booking_creator_id_status_index ON booking (creator_id, status);
CREATE INDEX booking_status_id_index ON booking (status, id);
CREATE INDEX booking_start_date_id_index ON booking (start_date, id);
CREATE INDEX booking_end_date_id_index ON booking (end_date, id);
CREATE INDEX booking_total_fee_agreed_id_index ON booking (total_fee_agreed, id);
CREATE INDEX booking_channel_id_index ON booking (channel_id) WHERE channel_id IS NOT NULL;
CREATE INDEX booking_brand_id_index ON booking (brand_id);
CREATE INDEX booking_product_focus_id_index ON booking (product_focus_id) WHERE product_focus_id IS NOT NULL;
CREATE INDEX booking_code_folded_id_index ON booking (code_folded, id);
CREATE TABLE booking_deliverable (
    COMMON,
    booking_id UUID NOT NULL CONSTRAINT booking_deliverable_booking_id_fk REFERENCES booking (id) ON DELETE RESTRICT,
    deliverable_code CODE,
    deliverable_type TEXT NOT NULL CONSTRAINT booking_deliverable_deliverable_type_choice CHECK (deliverable_type IN
        ('video_feed', 'video_story', 'live', 'series', 'short', 'other')),
    title PROSE, script_link PROSE, requirements PROSE, deadline_shoot DAY, deadline_post DAY,
    quantity WHOLE NOT NULL DEFAULT 1 CONSTRAINT booking_deliverable_quantity_range CHECK (quantity >= 0),
    fee WHOLE CONSTRAINT booking_deliverable_fee_range CHECK (fee >= 0),
    status TEXT NOT NULL DEFAULT 'planned' CONSTRAINT booking_deliverable_status_choice CHECK (status IN ('planned',
        'shooting', 'waiting_approve', 'scheduled', 'posted', 'rejected', 'canceled')),
    title_folded FOLDED
);
CREATE UNIQUE INDEX booking_deliverable_booking_id_deliverable_code_unique ON booking_deliverable (booking_id,
    deliverable_code) WHERE deliverable_code IS NOT NULL;
CREATE INDEX booking_deliverable_booking_id_deadline_post_index ON booking_deliverable (booking_id, deadline_post);
CREATE INDEX booking_deliverable_status_deadline_post_index ON booking_deliverable (status, deadline_post);
CREATE INDEX booking_deliverable_deadline_post_id_index ON booking_deliverable (deadline_post, id);
CREATE INDEX booking_deliverable_deadline_shoot_id_index ON booking_deliverable (deadline_shoot, id);
CREATE INDEX booking_deliverable_title_folded_id_index ON booking_deliverable (substr(title_folded, 1, 100), id);
CREATE TABLE booking_status_history (
    COMMON,
    booking_id UUID NOT NULL CONSTRAINT booking_status_history_booking_id_fk REFERENCES booking (id) ON DELETE RESTRICT,
    from_status TEXT CONSTRAINT booking_status_history_from_status_choice CHECK (from_status IN ('negotiating',
        'confirmed', 'in_progress', 'completed', 'canceled')),
    to_status TEXT NOT NULL CONSTRAINT booking_status_history_to_status_choice CHECK (to_status IN ('negotiating',
        'confirmed', 'in_progress', 'completed', 'canceled')),
    changed_by_id UUID CONSTRAINT booking_status_history_changed_by_id_fk REFERENCES app_user (id) ON DELETE RESTRICT,
    note PROSE, changed_at MOMENT NOT NULL DEFAULT NOW
);
CREATE INDEX booking_status_history_booking_id_changed_at_index ON booking_status_history (booking_id, changed_at);
CREATE INDEX booking_status_history_changed_by_id_index ON booking_status_history (changed_by_id) WHERE
    changed_by_id IS NOT NULL;
CREATE TABLE video (
    COMMON,
    booking_deliverable_id UUID CONSTRAINT video_booking_deliverable_id_fk REFERENCES booking_deliverable (id) ON DELETE
        RESTRICT,
    booking_id UUID CONSTRAINT video_booking_id_fk REFERENCES booking (id) ON DELETE RESTRICT,
    campaign_id UUID NOT NULL CONSTRAINT video_campaign_id_fk REFERENCES campaign (id) ON DELETE RESTRICT,
    creator_id UUID NOT NULL CONSTRAINT video_creator_id_fk REFERENCES creator (id) ON DELETE RESTRICT,
    channel TEXT NOT NULL CONSTRAINT video_channel_choice CHECK (channel IN ('tiktok', 'other')),
    platform_video_id CODE, url FOLDED, title PROSE, post_date DAY, thumbnail_url PROSE,
    status TEXT NOT NULL DEFAULT 'posted' CONSTRAINT video_status_choice CHECK (status IN ('posted', 'deleted',
        'hidden', 'pending')),
    is_placeholder FLAG NOT NULL DEFAULT false, title_folded FOLDED,
    CONSTRAINT video_identified CHECK (platform_video_id IS NOT NULL OR url <> '')
);
CREATE UNIQUE INDEX video_channel_platform_video_id_unique ON video (channel, platform_video_id) WHERE
    platform_video_id IS NOT NULL;
CREATE UNIQUE INDEX video_url_unique ON video (url) WHERE platform_video_id IS NULL;
CREATE INDEX video_campaign_id_post_date_index ON video (campaign_id, post_date);
CREATE INDEX video_creator_id_post_date_index ON video (creator_id, post_date);
CREATE INDEX video_status_post_date_index ON video (status, post_date);
CREATE INDEX video_post_date_id_index ON video (post_date, id);
CREATE INDEX video_booking_deliverable_id_index ON video (booking_deliverable_id) WHERE booking_deliverable_id IS
    NOT NULL;
CREATE INDEX video_booking_id_index ON video (booking_id) WHERE booking_id IS NOT NULL;
CREATE INDEX video_title_folded_id_index ON video (substr(title_folded, 1, 100), id);
CREATE TABLE video_metric_snapshot (
    COMMON,
    video_id UUID NOT NULL CONSTRAINT video_metric_snapshot_video_id_fk REFERENCES video (id) ON DELETE RESTRICT,
    snapshot_time MOMENT NOT NULL,
    view_count COUNT CONSTRAINT video_metric_snapshot_view_count_range CHECK (view_count >= 0),
    like_count COUNT CONSTRAINT video_metric_snapshot_like_count_range CHECK (like_count >= 0),
    comment_count COUNT CONSTRAINT video_metric_snapshot_comment_count_range CHECK (comment_count >= 0),
    share_count COUNT CONSTRAINT video_metric_snapshot_share_count_range CHECK (share_count >= 0),
    save_count COUNT CONSTRAINT video_metric_snapshot_save_count_range CHECK (save_count >= 0),
    engagement_rate RATIO CONSTRAINT video_metric_snapshot_engagement_rate_range CHECK (engagement_rate >= 0),
    data_raw JSON NOT NULL DEFAULT '{}'
);
CREATE UNIQUE INDEX video_metric_snapshot_video_id_snapshot_time_unique ON video_metric_snapshot (video_id,
    snapshot_time);
CREATE TABLE tracking_asset (
    COMMON,
    campaign_id UUID NOT NULL CONSTRAINT tracking_asset_campaign_id_fk REFERENCES campaign (id) ON DELETE RESTRICT,
    booking_id UUID CONSTRAINT tracking_asset_booking_id_fk REFERENCES booking (id) ON DELETE RESTRICT,
    creator_id UUID CONSTRAINT tracking_asset_creator_id_fk REFERENCES creator (id) ON DELETE RESTRICT,
    code_type TEXT NOT NULL CONSTRAINT tracking_asset_code_type_choice CHECK (code_type IN ('voucher', 'link',
        'referral_code')),
    code_value CODE NOT NULL,
    platform TEXT NOT NULL CONSTRAINT tracking_asset_platform_choice CHECK (platform IN ('tiktok_shop', 'web', 'shopee',
        'other')),
    target_url TEXT, note PROSE, is_placeholder FLAG NOT NULL DEFAULT false, code_value_folded FOLDED
);
CREATE UNIQUE INDEX tracking_asset_platform_code_type_code_value_unique ON tracking_asset (platform, code_type,
    code_value);
CREATE INDEX tracking_asset_campaign_id_index ON tracking_asset (campaign_id);
CREATE INDEX tracking_asset_booking_id_index ON tracking_asset (booking_id) WHERE booking_id IS NOT NULL;
CREATE INDEX tracking_asset_creator_id_index ON tracking_asset (creator_id) WHERE creator_id IS NOT NULL;
CREATE INDEX tracking_asset_code_value_folded_id_index ON tracking_asset (code_value_folded, id);
CREATE TABLE tracking_conversion (
    COMMON,
    tracking_asset_id UUID NOT NULL CONSTRAINT tracking_conversion_tracking_asset_id_fk REFERENCES tracking_asset (id)
        ON DELETE RESTRICT,
    order_code CODE NOT NULL, order_id_external CODE, order_date DAY NOT NULL, revenue COUNT,
    currency CODE NOT NULL DEFAULT 'VND' CONSTRAINT tracking_conversion_currency_code CHECK (length(currency) = 3 AND
        currency = upper(currency)),
    source_platform PROSE,
    product_id UUID CONSTRAINT tracking_conversion_product_id_fk REFERENCES product (id) ON DELETE RESTRICT,
    quantity WHOLE CONSTRAINT tracking_conversion_quantity_range CHECK (quantity >= 0),
    data_raw JSON NOT NULL DEFAULT '{}', order_code_folded FOLDED
);
CREATE UNIQUE INDEX tracking_conversion_tracking_asset_id_order_code_unique ON tracking_conversion
    (tracking_asset_id, order_code);
CREATE INDEX tracking_conversion_tracking_asset_id_order_date_index ON tracking_conversion (tracking_asset_id,
    order_date);
CREATE INDEX tracking_conversion_order_date_id_index ON tracking_conversion (order_date, id);
CREATE INDEX tracking_conversion_product_id_index ON tracking_conversion (product_id) WHERE product_id IS NOT NULL;
CREATE INDEX tracking_conversion_order_code_folded_id_index ON tracking_conversion (order_code_folded, id);
CREATE TABLE payment (
    COMMON,
    booking_id UUID NOT NULL CONSTRAINT payment_booking_id_fk REFERENCES booking (id) ON DELETE RESTRICT,
    creator_id UUID NOT NULL CONSTRAINT payment_creator_id_fk REFERENCES creator (id) ON DELETE RESTRICT,
    campaign_id UUID NOT NULL CONSTRAINT payment_campaign_id_fk REFERENCES campaign (id) ON DELETE RESTRICT,
    amount WHOLE NOT NULL CONSTRAINT payment_amount_range CHECK (amount >= 0),
    currency CODE NOT NULL DEFAULT 'VND' CONSTRAINT payment_currency_code CHECK (length(currency) = 3 AND currency =
        upper(currency)),
    exchange_rate WHOLE CONSTRAINT payment_exchange_rate_range CHECK (exchange_rate >= 0),
    amount_vnd WHOLE NOT NULL CONSTRAINT payment_amount_vnd_range CHECK (amount_vnd >= 0), payment_date DAY NOT NULL,
    payment_method TEXT NOT NULL DEFAULT 'bank_transfer' CONSTRAINT payment_payment_method_choice CHECK (payment_method
        IN ('bank_transfer', 'cash', 'other')),
    status TEXT NOT NULL DEFAULT 'planned' CONSTRAINT payment_status_choice CHECK (status IN ('planned', 'pending',
        'paid', 'canceled')),
    invoice_number CODE, payment_ref CODE, note PROSE,
    created_by_id UUID CONSTRAINT payment_created_by_id_fk REFERENCES app_user (id) ON DELETE RESTRICT,
    invoice_number_folded FOLDED
);
CREATE UNIQUE INDEX payment_payment_ref_unique ON payment (payment_ref) WHERE payment_ref IS NOT NULL;
CREATE INDEX payment_campaign_id_payment_date_index ON payment (campaign_id, payment_date);
CREATE INDEX payment_creator_id_payment_date_index ON payment (creator_id, payment_date);
CREATE INDEX payment_status_payment_date_index ON payment (status, payment_date);
CREATE INDEX payment_booking_id_payment_date_index ON payment (booking_id, payment_date);
CREATE INDEX payment_payment_date_id_index ON payment (payment_date, id);
CREATE INDEX payment_amount_vnd_id_index ON payment (amount_vnd, id);
CREATE INDEX payment_created_by_id_index ON payment (created_by_id) WHERE created_by_id IS NOT NULL;
CREATE INDEX payment_invoice_number_folded_id_index ON payment (invoice_number_folded, id);
CREATE TABLE template (
    COMMON,
    name CODE NOT NULL,
    template_type TEXT NOT NULL CONSTRAINT template_template_type_choice CHECK (template_type IN ('brief',
        'chat_message', 'email', 'contract', 'internal_note')),
    channel TEXT NOT NULL DEFAULT 'general' CONSTRAINT template_channel_choice CHECK (channel IN ('tiktok', 'general')),
    content PROSE, variables JSON NOT NULL DEFAULT '{}', name_folded FOLDED
);
CREATE UNIQUE INDEX template_name_unique ON template (name);
CREATE INDEX template_name_folded_id_index ON template (name_folded, id);
CREATE TABLE rule (
    COMMON,
    name CODE NOT NULL, description PROSE,
    scope TEXT NOT NULL CONSTRAINT rule_scope_choice CHECK (scope IN ('campaign', 'booking', 'video', 'finance',
        'creator')),
    condition_json JSON NOT NULL DEFAULT '{}', action_json JSON NOT NULL DEFAULT '{}', name_folded FOLDED
);
CREATE UNIQUE INDEX rule_name_unique ON rule (name); CREATE INDEX rule_name_folded_id_index ON rule (name_folded, id);
CREATE TABLE rule_log (
    COMMON,
    rule_id UUID NOT NULL CONSTRAINT rule_log_rule_id_fk REFERENCES rule (id) ON DELETE RESTRICT,
    target_type TEXT NOT NULL CONSTRAINT rule_log_target_type_choice CHECK (target_type IN ('campaign', 'booking',
        'video', 'creator', 'payment')),
    target_id CODE NOT NULL,
    result TEXT NOT NULL CONSTRAINT rule_log_result_choice CHECK (result IN ('matched', 'not_matched', 'executed')),
    detail JSON NOT NULL DEFAULT '{}'
);
CREATE INDEX rule_log_rule_id_created_at_index ON rule_log (rule_id, created_at);
CREATE INDEX rule_log_target_type_target_id_index ON rule_log (target_type, target_id);
"""


def migrate(migrator, database, *, fake=False):
    sqlite = "Sqlite" in type(database).__name__
    words = re.compile(r"\b(" + "|".join(TYPES) + r")\b")
    for statement in SCHEMA.split(";")[:-1]:
        table = re.search(r"CREATE TABLE (\w+)", statement)
        if table:
            statement = statement.replace("COMMON", COMMON.replace("THIS", table[1]))
            statement = words.sub(lambda word: TYPES[word[0]][0 if sqlite else 1], statement)
            # SQLite keeps to the types of columns only where it is told to.
            statement += " STRICT" if sqlite else ""
        migrator.sql(statement.strip())


def rollback(migrator, database, *, fake=False):
    for table in reversed(re.findall(r"CREATE TABLE (\w+)", SCHEMA)):
        migrator.sql("DROP TABLE " + table)
