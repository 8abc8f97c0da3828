"""People who buy every model by taps alone, and look at what it costs. Imports nothing of `app` or `bot`.

- `shop_screen`: what a screen asks for; `fitting`: what is answered, with files that are real
- `chat`: one person's taps, each with its reaction; `shelves`: the taps that lead to each model
- `buyer`: one purchase from the main menu to the result; `shop`: all of them side by side, and the accounts
"""
