invite =
    👥 <b>Invite friends</b>
    Send a friend your link. When somebody who has come by it for the first time tops up for the first time, you get { $bonus } as a bonus, but no more than the friend paid, once for each friend.

    The bonus is spent first. If a friend's payment goes back, so does the bonus for it.

    Your link: { $link }
invite-nobody = Nobody has come by it yet.
invite-record = Came: { $came } · topped up: { $paid } · earned: { $earned }
invite-message = Pictures, video and music from your words. Try it!
button-invite-share = 📨 Send to a friend
button-invite-copy = 📋 Copy the link
referral-earned = 🎉 A friend who came by your link has topped up. Your bonus: { $bonus }.
referral-taken-back = ↩️ A payment of a friend who came by your link went back. The bonus for it is taken back: { $bonus }.
