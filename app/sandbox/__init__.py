"""The stand-ins for Telegram and KIE, and the browser chat."""
