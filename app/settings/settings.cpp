#include "app/settings/settings.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSettings>

namespace lamina::settings {
namespace {

constexpr int mostRecent = 12;

QSettings store() { return QSettings(QSettings::IniFormat, QSettings::UserScope, "Lamina", "studio"); }

QString projectKey(const QString& file, const QString& key) {
    const QByteArray name = QCryptographicHash::hash(QFileInfo(file).absoluteFilePath().toUtf8(), QCryptographicHash::Sha1).toHex();
    return QStringLiteral("project/%1/%2").arg(QString::fromLatin1(name.left(16)), key);
}

}  // namespace

QVariant value(const QString& key, const QVariant& otherwise) { return store().value(key, otherwise); }
void setValue(const QString& key, const QVariant& value) { store().setValue(key, value); }

QString language() { return value("language").toString(); }
void setLanguage(const QString& code) { setValue("language", code); }

ThemeChoice theme() {
    const QString name = value("theme").toString();
    return name == QLatin1String("light") ? ThemeChoice::Light : name == QLatin1String("dark") ? ThemeChoice::Dark : ThemeChoice::System;
}

void setTheme(ThemeChoice choice) {
    setValue("theme", choice == ThemeChoice::Light ? "light" : choice == ThemeChoice::Dark ? "dark" : "system");
}

QStringList recentProjects() {
    QStringList there;
    for (const QString& file : value("recent").toStringList())
        if (QFileInfo::exists(file)) there << file;
    return there;
}

void addRecentProject(const QString& file) {
    QStringList files = value("recent").toStringList();
    files.removeAll(file);
    files.prepend(file);
    setValue("recent", QStringList(files.mid(0, mostRecent)));
}

void removeRecentProject(const QString& file) {
    QStringList files = value("recent").toStringList();
    files.removeAll(file);
    setValue("recent", files);
}

QVariant projectValue(const QString& file, const QString& key) { return value(projectKey(file, key)); }
void setProjectValue(const QString& file, const QString& key, const QVariant& newValue) { setValue(projectKey(file, key), newValue); }

}  // namespace lamina::settings
