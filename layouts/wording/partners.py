"""What a rank is worth: by what it ranks, and among how many partners it holds."""

from __future__ import annotations

from data.queries.partners import Ranking
from layouts.view import View
from layouts.wording import countries


def scope(view: View, ranking: Ranking) -> list[str]:
    """Say among how many partners a rank holds, and which release all of them are from."""
    _ = view.text
    count = _.number(ranking.ranked)
    if ranking.complete:
        return [
            _(
                "Every country that {reporter} traded with is in the list, so a rank is a place among all {count}. "
                "Its own goods that came back count in its trade and are no partner.",
                reporter=countries.subject(_, ranking.reporter),
                count=count,
            ),
            _("All years come from one release, earlier than that of the other pages, whose figures differ slightly."),
        ]
    release = _("All years come from one older release; later figures on other pages differ slightly.")
    if ranking.complete_to is None:
        return [_("Ranks are among the {count} partners in this list.", count=count), release]
    return [
        _(
            "Ranks are among {count} partners: every country that was among the {complete} largest in some year from "
            "{first} to {last}. Ranks down to {complete} are therefore ranks among all countries. "
            "Together the partners make up {share} of the trade.",
            count=count,
            complete=_.number(ranking.complete_to),
            first=ranking.years[0],
            last=ranking.years[1],
            share=_.percent(ranking.table["share"].sum(), 0),
        ),
        release,
    ]
