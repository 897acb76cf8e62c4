// What a person can choose for this computer: language, theme, the name their changes carry. Takes effect at once.
#pragma once

#include <QDialog>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace lamina {

class SettingsDialog : public QDialog {
    Q_OBJECT
public:
    explicit SettingsDialog(QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QComboBox *m_language, *m_theme;
    QLineEdit* m_author;
    QLabel *m_languageLabel, *m_themeLabel, *m_authorLabel, *m_authorHelp;
};

}  // namespace lamina
