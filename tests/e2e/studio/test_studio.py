"""The development server runs turns, shows their state and draws the graph."""

from langgraph_sdk.client import LangGraphClient

from tests.unit.graph.test_studio import studio as compiled


async def test_a_thread_runs_turns_and_shows_state_and_history(client: LangGraphClient) -> None:
    thread = (await client.threads.create())["thread_id"]
    said = [
        {"speaker": "Lumen", "raw_text": "How many website visitors do you get a month?"},
        {"speaker": "User", "raw_text": "um around five hundred"},
    ]
    for turn in said:
        result = await client.runs.wait(thread, "turn", input=turn)
    assert isinstance(result, dict)
    assert result["result"]["cleaned_text"] == "around five hundred"
    assert [call["function_name"] for call in result["result"]["function_calls"]] == ["log_metric"]

    state = await client.threads.get_state(thread)
    assert state["next"] == []
    values = state["values"]
    assert isinstance(values, dict)
    assert values["dataset"]["business_insights"]["metrics"] == {"monthly_website_visitors": "around five hundred"}
    history = await client.threads.get_history(thread, limit=50)
    assert len(history) > len(said)


async def test_studio_draws_the_same_graph_and_reads_its_schemas(client: LangGraphClient) -> None:
    assistant = (await client.assistants.search())[0]["assistant_id"]
    drawn = await client.assistants.get_graph(assistant)
    ours = compiled().get_graph()
    assert {node["id"] for node in drawn["nodes"]} == set(ours.nodes)
    assert {(edge["source"], edge["target"]) for edge in drawn["edges"]} == {
        (edge.source, edge.target) for edge in ours.edges
    }
    schemas = await client.assistants.get_schemas(assistant)
    assert schemas["input_schema"] is not None
    assert set(schemas["input_schema"]["properties"]) == {"speaker", "raw_text", "playbook"}
