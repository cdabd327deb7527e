"""Which test exercises which command of the documents; the longest beginning that fits counts."""

VERBS = "tests/architecture/test_dev.py"
WEBHOOKS = "tests/e2e/test_webhooks.py"

EXERCISED_BY: dict[str, str] = {
    "./dev demo": "tests/e2e/test_demo.py::test_the_demo_plays_the_call_twice_and_finds_what_it_should",
    "./dev demo --voice": "tests/e2e/test_telephone.py::test_a_simulated_caller_and_the_agent_talk",
    "./dev demo --playbook hospital": "tests/e2e/test_hospital_demo.py::test_a_patient_books_in_writing_and_telephones",
    "./dev call": "tests/e2e/test_telephone.py::test_a_telephone_of_ones_own_calls_a_running_server",
    "./dev doctor": "tests/e2e/test_telephone.py::test_the_doctor_names_what_is_ill",
    "./dev serve": f"{VERBS}::test_a_verb_reaches_the_parley_command_with_its_arguments",
    "./dev test": f"{VERBS}::test_test_runs_pytest",
    "./dev check": f"{VERBS}::test_check_runs_every_step_and_names_those_that_failed",
    "parley webhook add": f"{WEBHOOKS}::test_every_event_arrives_signed_also_after_a_kill",
    "parley outbox": f"{WEBHOOKS}::test_dead_letters_are_listed_and_sent_again_by_a_worker_outside",
    "parley worker": f"{WEBHOOKS}::test_dead_letters_are_listed_and_sent_again_by_a_worker_outside",
    "parley encryption-key": "tests/e2e/test_serve.py::test_a_key_of_the_command_seals_what_is_said",
    "parley replay": "tests/e2e/test_replay.py::test_the_command_shows_how_a_call_differs",
    "parley eval-case": "tests/e2e/test_eval_case.py::test_a_turn_becomes_a_row_without_its_people",
    "parley verify-ledger": "tests/e2e/test_ledger.py::test_the_command_verifies_and_finds",
    "python -m tests.e2e.crash": "tests/e2e/test_crash.py::test_thirty_kills_lose_and_double_nothing",
    "curl": "tests/docs/test_readme.py::test_the_curl_lines_work_as_printed",
}

NEEDS = {"docker", "account", "telephone"}
"""What a block may say it needs, as in `sh needs=docker`; such a block is not run by the tests."""
