#include "app/workspace/language.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

#include <atomic>
#include <memory>
#include <vector>

namespace lamina {
namespace {

std::atomic<Language> inUse{Language::English};

std::vector<std::unique_ptr<QTranslator>>& installed() {
    static std::vector<std::unique_ptr<QTranslator>> translators;
    return translators;
}

void install(const QString& file) {
    auto translator = std::make_unique<QTranslator>();
    if (translator->load(file) && QCoreApplication::installTranslator(translator.get())) installed().push_back(std::move(translator));
}

}  // namespace

Language currentLanguage() { return inUse; }

void applyLanguage(const QString& code) {
    inUse = code == QLatin1String("zh") ? Language::Chinese : code == QLatin1String("en") ? Language::English : languageFromEnvironment();
    for (const auto& translator : installed()) QCoreApplication::removeTranslator(translator.get());
    installed().clear();
    const bool chinese = inUse == Language::Chinese;
    QLocale::setDefault(chinese ? QLocale(QLocale::Chinese, QLocale::China) : QLocale(QLocale::English, QLocale::UnitedStates));
    if (chinese) install(QLibraryInfo::path(QLibraryInfo::TranslationsPath) + "/qtbase_zh_CN.qm");
    for (const QString& file : QDir(":/translations").entryList({chinese ? "*_zh_CN.qm" : "*_en.qm"})) install(":/translations/" + file);
    if (!installed().empty()) return;
    // Without any translator nothing would tell the widgets to say their texts again.
    QEvent change(QEvent::LanguageChange);
    QCoreApplication::sendEvent(qApp, &change);
}

QString messageText(const std::string& id, const QString& otherwise) {
    return QString::fromStdString(textOr(id, currentLanguage(), otherwise.toStdString()));
}

}  // namespace lamina
