"""Ids that layouts and callbacks share."""

URL = "url"
THEME = "theme"
THEME_TOGGLE = "theme-toggle"
OPEN_PANELS = "open-panels"
APPLIED = "applied"
PAGE_TITLE = "page-title"

NAVIGATION = "navigation"
TABS = "tabs"
NOTICES = "notices"
CONTENT = "page"
FILTER_TOGGLE = "filter-toggle"
FILTER_BAR = "filter-bar"
FILTER_REGION = "filters"
CLEAR = "clear"

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

FIND = "find-product"
FIND_QUERY = "find-query"
FOUND = "found-products"
FOUND_COUNT = "found-count"

# What opens below a chart: the table of its data, and all about them.
PANELS = ("metadata", "data")


def panel(chart: str | object, which: str | object) -> dict[str, str | object]:
    """Id of a panel below a chart; callbacks match on both words."""
    return {"type": "panel", "chart": chart, "panel": which}


def panel_button(chart: str | object, which: str | object) -> dict[str, str | object]:
    """Id of the button that opens a panel."""
    return {"type": "panel-button", "chart": chart, "panel": which}
