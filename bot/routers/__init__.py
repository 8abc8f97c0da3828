"""The screens of the bot, one module each. `all_routers` is the list of their names, in order of precedence."""
