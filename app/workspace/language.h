// The language of the window: Qt's translations and the texts of app/messages change together. GUI thread.
#pragma once

#include <QString>

#include "app/messages/messages.h"

namespace lamina {

Language currentLanguage();
/// "en", "zh"; empty: what the desktop speaks. Every widget gets a QEvent::LanguageChange.
void applyLanguage(const QString& code);
/// Text of an id in app/messages ("layer.dense.title") in the language in use; `otherwise` where there is none.
QString messageText(const std::string& id, const QString& otherwise = {});

}  // namespace lamina
