link-unknown = There is no such link. Open History in the bot and take the file there.
link-expired = The link is too old, or the file is kept no more. Open History in the bot: if the file is still there, a new link comes.
