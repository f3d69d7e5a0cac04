-- event_days_apart(event_type): days between two tellings that are of one event.
CREATE OR REPLACE MACRO event_days_apart(event_type) AS
CASE
    WHEN event_type IN ('work_week_cut', 'work_week_restored', 'production_cut', 'contract', 'agreement') THEN 14
    WHEN event_type IN ('investment_guidance', 'project_status', 'payment_halt') THEN 31
    WHEN event_type IN ('finance_halt', 'forecast') THEN 62
    WHEN event_type IN ('flash_figure') THEN 45
    WHEN event_type IN ('statement', 'import_ban', 'import_ban_lifted', 'import_ban_update', 'market_access', 'visa_waiver') THEN 7
    WHEN event_type IN ('antidumping_duty', 'fee_change', 'export_control', 'tariff', 'purchase_halt') THEN 7
    ELSE 3
END;
