"""Telegram's side of the product: routers, keyboards and texts, one module per screen."""
