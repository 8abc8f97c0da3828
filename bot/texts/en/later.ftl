later = ⏳ Not ready yet. It will soon be here, under this button.
later-invite =
    👥 <b>Invite friends</b>
    You get a bonus for each friend who tops up.
