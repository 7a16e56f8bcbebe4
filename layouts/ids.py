"""Ids that layouts and callbacks share."""

URL = "url"
THEME = "theme"
THEME_TOGGLE = "theme-toggle"
OPEN_TABLES = "open-tables"
APPLIED = "applied"
PAGE_TITLE = "page-title"

NAVIGATION = "navigation"
NOTICES = "notices"
CONTENT = "page"
FILTER_TOGGLE = "filter-toggle"
FILTER_BAR = "filter-bar"

COUNTRY = "filter-country"
PARTNER = "filter-partner"
FIRST_YEAR = "filter-first-year"
LAST_YEAR = "filter-last-year"
FREQUENCY = "filter-frequency"
CURRENCY = "filter-currency"

TARIFF_DAY = "tariff-day"
TARIFF_CHANGE = "tariff-change"
EVENT_CATEGORY = "event-category"

FILTERS = (COUNTRY, PARTNER, FIRST_YEAR, LAST_YEAR, FREQUENCY, CURRENCY)
