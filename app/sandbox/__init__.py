"""The sandbox: stand-ins for Telegram and KIE in one process, with a page in the browser.

Started as a child by its command line (`python -m app.sandbox`); nothing in the product imports it.
"""
