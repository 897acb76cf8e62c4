// Pictures of the Label page for people, and whether everything on it has the room that it needs.
#pragma once

#include <QAbstractButton>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLayout>
#include <QTest>
#include <QTranslator>

#include <memory>
#include <vector>

#include "app/workspace/language.h"
#include "widgets/common/elided_label.h"
#include "widgets/common/theme.h"

namespace lamina {

/// What the page has of windows of 1366 × 768 and 1024 × 700.
inline const QSize usualPage{1278, 680}, smallPage{936, 612};

/// Visible buttons, boxes and texts that have less room than their words need.
inline QStringList cutOff(QWidget& page) {
    QStringList cut;
    const auto tell = [&](const QWidget* widget, const QString& text) { cut << QString("%1 “%2” %3x%4").arg(widget->objectName(), text).arg(widget->width()).arg(widget->height()); };
    for (const auto* button : page.findChildren<QAbstractButton*>())
        if (button->isVisible() && !button->text().isEmpty() && (button->width() + 2 < button->minimumSizeHint().width() || button->height() + 4 < button->minimumSizeHint().height())) tell(button, button->text());
    for (const auto* label : page.findChildren<QLabel*>()) {
        if (!label->isVisible() || label->text().isEmpty() || qobject_cast<const ElidedLabel*>(label)) continue;
        const bool low = label->wordWrap() ? label->height() + 1 < label->heightForWidth(label->width()) : label->width() + 1 < label->sizeHint().width();
        if (low) tell(label, label->text());
    }
    for (const auto* widget : page.findChildren<QWidget*>())
        if (widget->isVisible() && widget->parentWidget() == &page && !page.rect().contains(widget->geometry())) tell(widget, "outside");
    return cut;
}

/// Both sizes; where $LAMINA_SHOTS names a folder, also both themes and (with compiled translations in $LAMINA_QM) Chinese, saved there.
inline QStringList lookAt(QWidget& page, const QString& name) {
    const QString shots = qEnvironmentVariable("LAMINA_SHOTS");
    const QDir words(qEnvironmentVariable("LAMINA_QM", "/nowhere"));
    QStringList cut;
    const QSize before = page.size();
    for (const bool chinese : {false, true}) {
        if (chinese && (shots.isEmpty() || !words.exists())) continue;
        if (!shots.isEmpty()) applyLanguage(chinese ? "zh" : "en");  // what messages say, too
        std::vector<std::unique_ptr<QTranslator>> loaded;
        for (const QString& file : words.entryList({chinese ? "*_zh_CN.qm" : "*_en.qm"})) {
            loaded.push_back(std::make_unique<QTranslator>());
            if (loaded.back()->load(words.filePath(file))) QApplication::installTranslator(loaded.back().get());
        }
        for (const QSize size : {usualPage, smallPage}) {
            page.resize(size);
            QTest::qWait(shots.isEmpty() ? 30 : 150);
            for (const QString& each : cutOff(page)) cut << QString("%1 %2 %3: %4").arg(name).arg(size.width()).arg(chinese ? "zh" : "en").arg(each);
            for (const bool dark : {false, true}) {
                if (shots.isEmpty() || (dark && size == smallPage && !chinese)) continue;
                applyTheme(dark ? ThemeChoice::Dark : ThemeChoice::Light);
                QTest::qWait(60);
                page.grab().save(QString("%1/%2_%3_%4_%5.png").arg(shots, name).arg(size.width()).arg(chinese ? "zh" : "en", dark ? "dark" : "light"));
            }
            if (!shots.isEmpty()) applyTheme(ThemeChoice::Light);
        }
        for (const auto& one : loaded) QApplication::removeTranslator(one.get());
    }
    if (!shots.isEmpty()) applyLanguage("en");
    page.resize(before);
    QTest::qWait(30);
    return cut;
}

/// A dialog of the page, as it opens.
inline QStringList lookAtDialog(QWidget& dialog, const QString& name) {
    dialog.show();
    QTest::qWait(60);
    if (const QString shots = qEnvironmentVariable("LAMINA_SHOTS"); !shots.isEmpty()) dialog.grab().save(QString("%1/%2.png").arg(shots, name));
    const QStringList cut = cutOff(dialog);
    dialog.hide();
    return cut;
}

}  // namespace lamina
