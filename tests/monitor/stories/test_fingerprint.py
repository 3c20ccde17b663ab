"""Keys: the same on every machine, shared by texts that share passages."""

from hypothesis import given
from hypothesis import strategies as st

from monitor.stories import fingerprint
from monitor.stories.fingerprint import MIN_KEYS, SAMPLE

PROSE = " ".join(f"{chr(97 + n % 26)}{n * 7919 % 1009}word" for n in range(2_000))


def test_keys_are_the_same_in_every_process_and_release() -> None:
    """They are stored: a change needs a migration that writes all fingerprints anew."""
    found = fingerprint("The old ferry of Port Elm left 12 minutes late on Tuesday")
    assert found.length == 12
    assert found.exact == 6051999849010568786
    assert found.keys[:2] == (20630706196250, 40367556699898)


def test_one_in_eight_passages_of_a_long_text_is_sampled() -> None:
    share = len(fingerprint(PROSE).keys) / 2_000
    assert 0.9 / SAMPLE < share < 1.1 / SAMPLE


def test_a_short_text_has_a_dozen_keys_all_the_same() -> None:
    assert len(fingerprint(" ".join(PROSE.split()[:20])).keys) >= MIN_KEYS


def test_an_excerpt_shares_its_sampled_keys_with_the_whole() -> None:
    whole, part = fingerprint(PROSE), fingerprint(" ".join(PROSE.split()[300:900]))
    assert len(set(part.keys) - set(whole.keys)) <= 1


def test_figures_change_no_key_of_a_passage() -> None:
    text = (
        "the fund had lost {} percent of its value by noon and {} percent by the close of trading"
    )
    one, other = fingerprint(text.format(3, 7)), fingerprint(text.format(11, 15.5))
    assert len(set(one.keys) & set(other.keys)) == MIN_KEYS  # all but the pair of figures
    assert one.exact != other.exact


@given(st.text())
def test_keys_are_sorted_distinct_and_of_48_bits(text: str) -> None:
    keys = fingerprint(text).keys
    assert list(keys) == sorted(set(keys))
    assert all(0 <= key < 1 << 48 for key in keys)
