"""Every page of a site is planned, by its path or in order, without being composed."""

import pytest

from harbour import checked_harbour
from sourcebook.graph.graph import build_graph
from sourcebook.graph.traced import Trace, traced
from sourcebook.pages.all_pages import PlansByPath, planned_pages, planned_records


@pytest.fixture(scope="module")
def graph():
    """The invented collection."""
    return checked_harbour().graph


def without(graph, name):
    """The graph without a record."""
    return build_graph(
        [entry for key, entry in graph.entries.items() if key != name], graph.collection, site=graph.site
    )


def test_plans_by_path_are_those_in_order(graph):
    """The same paths in the same order, and at each the same page."""
    plans = PlansByPath(graph)
    ordered = list(planned_pages(graph))
    assert list(plans) == [plan.path for plan in ordered]
    assert len(plans) == len(ordered)
    for plan in ordered:
        found = plans[plan.path]
        assert (found.title, found.facts, found.is_view) == (plan.title, plan.facts, plan.is_view)
        assert found.compose() == plan.compose()


def test_no_other_path_is_planned(graph):
    """Neither a record in the folder of another kind, nor a name that only resembles its file."""
    plans, place = PlansByPath(graph), graph.by_kind["place"][0]
    wrong = (
        f"actors/{place}.md",
        f"places/{place}",
        f"places/{place}.md.md",
        f"{place}.md",
        "places/x.md",
        "",
    )
    assert [path for path in wrong if path in plans] == []
    with pytest.raises(KeyError):
        plans["places/x.md"]


def test_what_came_and_went_is_told(graph):
    """A record that is gone, one that is new; nothing where only words have changed."""
    place = graph.by_kind["place"][0]
    before, after = PlansByPath(graph), PlansByPath(without(graph, place))
    assert f"places/{place}.md" in before.without(after)
    assert before.without(after) >= before.keys() - after.keys()
    assert after.without(before) == after.keys() - before.keys()
    assert before.without(PlansByPath(graph)) == set()


def test_a_page_of_a_record_goes_through_no_whole_kind(graph):
    """Making one does not take longer in a larger collection, nor is one made anew for any other record."""
    trace = Trace()
    plans = list(planned_records(traced(graph, trace)))
    drawn = set()
    for plan in plans:
        trace.taken()
        page = plan.compose()
        if getattr(page, "network", None):
            drawn.add(plan.path)
        read = trace.taken()
        assert [one for one in read if one[0] == "by_kind" or one[1] is None] == [], plan.path
    assert drawn, "no page here has a network, which once read every actor"
