#include "app/studio/settings_dialog.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QEvent>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>

#include "app/settings/settings.h"
#include "app/workspace/language.h"
#include "widgets/common/theme.h"

namespace lamina {

SettingsDialog::SettingsDialog(QWidget* parent)
    : QDialog(parent), m_language(new QComboBox), m_theme(new QComboBox), m_author(new QLineEdit), m_languageLabel(new QLabel), m_themeLabel(new QLabel),
      m_authorLabel(new QLabel), m_authorHelp(new QLabel) {
    setObjectName("settings_dialog");
    setMinimumWidth(420);
    m_language->setObjectName("settings_language");
    m_language->addItem(QString(), QString());
    m_language->addItem("English", "en");
    m_language->addItem(QStringLiteral("简体中文"), "zh");
    m_language->setCurrentIndex(m_language->findData(settings::language()));
    m_theme->setObjectName("settings_theme");
    for (const ThemeChoice choice : {ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark}) m_theme->addItem(QString(), static_cast<int>(choice));
    m_theme->setCurrentIndex(m_theme->findData(static_cast<int>(settings::theme())));
    m_author->setObjectName("settings_author");
    m_author->setText(settings::value("author").toString());
    m_author->setPlaceholderText(qEnvironmentVariable("USER"));
    m_authorHelp->setProperty(ThemeRole::muted, true);
    m_authorHelp->setWordWrap(true);
    auto* form = new QFormLayout(this);
    form->setContentsMargins(20, 20, 20, 16);
    form->setSpacing(12);
    form->addRow(m_languageLabel, m_language);
    form->addRow(m_themeLabel, m_theme);
    form->addRow(m_authorLabel, m_author);
    form->addRow(m_authorHelp);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    form->addRow(buttons);
    m_languageLabel->setBuddy(m_language);
    m_themeLabel->setBuddy(m_theme);
    m_authorLabel->setBuddy(m_author);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_language, &QComboBox::activated, this, [this] {
        settings::setLanguage(m_language->currentData().toString());
        applyLanguage(settings::language());
    });
    connect(m_theme, &QComboBox::activated, this, [this] {
        settings::setTheme(static_cast<ThemeChoice>(m_theme->currentData().toInt()));
        applyTheme(settings::theme());
    });
    connect(m_author, &QLineEdit::editingFinished, this, [this] { settings::setValue("author", m_author->text().trimmed()); });
    retranslate();
}

void SettingsDialog::changeEvent(QEvent* event) {
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

void SettingsDialog::retranslate() {
    setWindowTitle(tr("Settings"));
    m_languageLabel->setText(tr("&Language"));
    m_themeLabel->setText(tr("&Theme"));
    m_authorLabel->setText(tr("Your &name"));
    m_authorHelp->setText(tr("Your name stands beside your changes in the history. It is used from the next project you open."));
    m_language->setItemText(0, tr("As the desktop"));
    m_theme->setItemText(0, tr("As the desktop"));
    m_theme->setItemText(1, tr("Light"));
    m_theme->setItemText(2, tr("Dark"));
    m_language->setAccessibleName(tr("Language"));
    m_theme->setAccessibleName(tr("Theme"));
    m_author->setAccessibleName(tr("Your name"));
}

}  // namespace lamina
