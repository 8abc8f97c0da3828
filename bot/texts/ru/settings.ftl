preferences =
    ⚙️ <b>Настройки</b>
    Язык: { $language }
