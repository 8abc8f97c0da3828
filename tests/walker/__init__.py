"""A crowd that taps, types, sends and pays at random over the sandbox, and looks at everything it is shown.

`make walk STEPS=5000 SEED=1`, and in a short form `tests/e2e/test_walker.py`. Imports nothing of `app` or `bot`.

- `speech`: what they say; `acts`: what they do; `weather`: what goes wrong around them meanwhile
- `sight`: what one person has been shown, and what must never be in it
- `walk`: the crowd, the wait for each reaction, the accounts at the end
"""
