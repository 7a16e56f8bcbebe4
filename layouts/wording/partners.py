"""What a rank is worth: among how many partners it holds, and which places missing flows leave open."""

from __future__ import annotations

from data.partners import COMPLETE_TO, Ranking
from layouts import countries
from layouts.text import Text
from layouts.view import View


def place(_: Text, row) -> str:
    """Write the place of a partner among all that are listed, or the places that are left open."""
    best, worst = (_.number(row[end]) for end in ("best", "worst"))
    return best if best == worst else _("{best}–{worst}", best=best, worst=worst)


def scope(view: View, ranking: Ranking) -> list[str]:
    """Say among how many partners a rank holds, and why that is all."""
    _ = view.text
    complete = COMPLETE_TO.get(ranking.reporter)
    if complete:
        return [
            _(
                "A rank holds among {count} partners: every country that was among the {complete} largest in some "
                "year from {first} to {last}. Ranks down to {complete} are therefore ranks among all countries. "
                "Together the partners make up {share} of the trade.",
                count=_.number(ranking.ranked),
                complete=_.number(complete),
                first=ranking.years[0],
                last=ranking.years[1],
                share=_.percent(ranking.table["share"].sum(), 0),
            ),
            _("One older release throughout; later figures on the other pages differ a little."),
        ]
    said = [
        _(
            "A rank holds among {count} partners: those listed here with both exports and imports. A country that is "
            "not listed cannot appear.",
            count=_.number(ranking.ranked),
        )
    ]
    if ranking.unranked:
        said += _open_places(view, ranking)
    return said


def _open_places(view: View, ranking: Ranking) -> list[str]:
    """Say which totals are not known, what they are at least, and what that leaves of the ranks."""
    _, chosen = view.text, view.selection
    table = ranking.table.set_index("partner")
    least = _.listing(
        _("{name} at least {amount}", name=countries.name(_, p), amount=_.money(table.at[p, "low"], chosen.currency))
        for p in ranking.unranked
    )
    certain = _.ngettext(
        "Only the first place is certain.", "Only the first {count} places are certain.", ranking.certain
    )
    said = [
        _("Only exports are held, so the total is not known: {least}.", least=least),
        _(
            "{certain} The others are given as a span, in which imports that are not held are taken to be no larger "
            "than those from the second-largest supplier.",
            certain=certain,
        ),
    ]
    row, first = ranking.row(chosen.partner), table.loc[ranking.unranked[0]]
    if row is not None and first["low"] < row["total"] and row["worst"] > row["best"]:
        said.append(
            _(
                "{name}: with imports above {amount} it would pass {partner}.",
                amount=_.money(row["total"] - first["low"], chosen.currency),
                name=countries.name(_, ranking.unranked[0]),
                partner=countries.subject(_, chosen.partner),
            )
        )
    return said
