// One row of the panel as a widget: title, editor, "?", back to the default; below it the reason why a value cannot be, and help when "?" is pressed.
#pragma once

#include <QTimer>
#include <QWidget>

#include "widgets/properties/property_row.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace lamina {

class ChoiceBox;
class TextsEditor;

class PropertyField : public QWidget {
    Q_OBJECT
public:
    explicit PropertyField(const PropertyRow& row, QWidget* parent = nullptr);

    /// Can this widget show that row (same id, same kind)?
    bool fits(const PropertyRow& row) const;
    /// Shows new values and words. What a person is typing stays, unless the value itself has become another one.
    void setRow(const PropertyRow& row);
    const PropertyRow& row() const { return m_row; }
    void setReadOnly(bool readOnly);
    /// An edit that still waits is given now.
    void commit();
    QWidget* editor() const { return m_editor; }
    void retranslate();

signals:
    void edited(const QString& id, const lamina::PropertyValue& value);
    /// The editor has the focus, and this is what it is for; empty: it has lost it. Nothing moves in the field itself.
    void explained(const QString& help);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeEditor();
    QWidget* makeCheckBox();
    QWidget* makeChoice();
    void makeOther();
    QWidget* makeLine();
    QWidget* makeText();
    QWidget* makeTexts();
    static bool isWide(const PropertyRow& row);
    void showOffers();
    void typedTexts();
    void showValue();
    void fillChoices();
    void showChoices();
    void choose(int index);
    bool isOpen() const;
    QString lineText() const;
    void showLine(const QString& text);
    void typed(const QString& text);
    void give(const PropertyValue& value);
    void step(int direction);
    void reset();
    void updateMessage();
    void updateFocus();
    void updateReset();

    PropertyRow m_row;
    QLabel* m_title;
    QWidget* m_editor = nullptr;
    QCheckBox* m_check = nullptr;
    ChoiceBox* m_choice = nullptr;
    QLineEdit* m_other = nullptr;  ///< of a list of choices that is open: what is in none of its entries
    QLineEdit* m_line = nullptr;
    QLabel* m_text = nullptr;
    TextsEditor* m_texts = nullptr;
    QToolButton* m_help;
    QToolButton* m_reset;
    QLabel* m_message;
    QTimer m_wait;          ///< quick edits become one
    PropertyValue m_typed;  ///< what will be given when it ends
    QString m_reason;       ///< why the typed text is no value
    const bool m_wide;      ///< the editor stands below the title
    bool m_readOnly = false, m_focused = false;
    bool m_otherAsked = false;  ///< "Other …" was chosen, nothing typed yet
    bool m_showing = false;  ///< the line's text changes, but nobody types
};

}  // namespace lamina
