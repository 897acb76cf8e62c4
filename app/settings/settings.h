// What a person has chosen for this computer, kept in the desktop's place for settings. GUI thread.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include "widgets/common/theme.h"

namespace lamina::settings {

/// "en", "zh"; empty: as the desktop speaks.
QString language();
void setLanguage(const QString& code);

ThemeChoice theme();
void setTheme(ThemeChoice choice);

/// Files, newest first, at most twelve; those that are gone are left out.
QStringList recentProjects();
void addRecentProject(const QString& file);
void removeRecentProject(const QString& file);

/// Anything a view wants to find again, by a name of its own ("window/geometry", "review/smoothing").
QVariant value(const QString& key, const QVariant& otherwise = {});
void setValue(const QString& key, const QVariant& value);
/// The same, for one project file.
QVariant projectValue(const QString& file, const QString& key);
void setProjectValue(const QString& file, const QString& key, const QVariant& value);

}  // namespace lamina::settings
