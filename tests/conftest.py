"""Settings of the whole suite."""

from hypothesis import settings

# The same examples in every run: a new counterexample is worth a search of its own, and should not
# stop a change that has nothing to do with it. `--hypothesis-profile=default` searches afresh.
settings.register_profile("steady", derandomize=True)
settings.load_profile("steady")
