preferences =
    ⚙️ <b>Settings</b>
    Language: { $language }
