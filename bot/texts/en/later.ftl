later = ⏳ This is not here yet: we are still building it. It will appear right here, under this button.
later-invite =
    👥 <b>Invite friends</b>
    A bonus for a friend who tops up.
