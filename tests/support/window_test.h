// What tests of widgets and pages share: waiting for what happens in the background, and pictures for people to look at.
#pragma once

#include <QRegularExpression>
#include <QTest>
#include <QWidget>
#include <functional>

namespace lamina {

/// How long a test waits for something that comes in a moment, in milliseconds: long enough for a busy machine.
inline constexpr int patience = 20'000;

inline bool waitFor(const std::function<bool()>& condition) { return QTest::qWaitFor(condition, patience); }

/// Whether the whole of `text` fits `pattern`. Texts with a number in them: "20 row(s) removed" without the English plurals, "20 rows removed" with them.
inline bool fits(const QString& text, const char* pattern) { return QRegularExpression(QRegularExpression::anchoredPattern(pattern)).match(text).hasMatch(); }

/// `widget` as NAME.png in the folder that $LAMINA_SHOTS names; nothing where it names none.
inline void shot(QWidget& widget, const char* name) {
    const QString folder = qEnvironmentVariable("LAMINA_SHOTS");
    if (!folder.isEmpty()) widget.grab().save(folder + "/" + name + ".png");
}

}  // namespace lamina
