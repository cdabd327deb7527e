"""`parley demo --exit`: the real server, the shipped call, as text and as sound."""

import shutil

from tests.e2e.process import new_data_dir, run_parley


def test_the_demo_plays_the_call_twice_and_finds_what_it_should() -> None:
    data_dir = new_data_dir()
    played = run_parley("demo", "--exit", "--data-dir", str(data_dir))
    shutil.rmtree(data_dir)
    assert played.returncode == 0, played.stdout + played.stderr
    said = played.stdout
    for engine in ("builtin", "pocketsphinx", "embedded"):
        assert engine in said
    assert "The dataset is what the call sheet expects." in said
    assert "Facts found from sound:" in said
    assert "Turns answered: 24 of 24. Invented: 0." in said


def test_a_playbook_without_a_call_is_a_clear_error() -> None:
    played = run_parley("demo", "--exit", "--playbook", "plumber")
    assert played.returncode == 2
    assert "plumber" in played.stderr
    assert "lumen" in played.stderr
