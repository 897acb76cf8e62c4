// The editor of a list of texts: ticked in a list of what is there (columns), or typed one to a line.
#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QLineEdit;
class QListWidget;
class QPlainTextEdit;
class QPushButton;

namespace lamina {

class TextsEditor : public QWidget {
    Q_OBJECT
public:
    /// `ticked`: chosen from the offers; otherwise typed.
    explicit TextsEditor(bool ticked, QWidget* parent = nullptr);

    /// What can be ticked. Chosen texts that are not offered stay in the list, marked. `ordered`: each chosen one shows its place in the order.
    /// `titles`: what the offers are called, in their order; empty: as they are.
    void setOffers(const QStringList& offers, bool ordered = false, const QStringList& titles = {});
    void setTexts(const QStringList& texts);
    const QStringList& texts() const { return m_texts; }
    void setReadOnly(bool readOnly);
    void retranslate();
    /// The widget that has the focus.
    QWidget* focusWidgetInside() const;

signals:
    /// Somebody ticked or typed.
    void edited();

protected:
    void changeEvent(QEvent* event) override;

private:
    void makeTicks();
    void makeLines();
    void fill();
    void find(const QString& text);
    void tickAll(bool on);
    void readTicks();
    void showCount();
    void showPlaces();

    bool m_showing = false, m_readOnly = false, m_ordered = false;
    QString titleOf(const QString& text) const;

    QStringList m_offers, m_titles, m_texts;
    QLineEdit* m_search = nullptr;
    QListWidget* m_list = nullptr;
    QPlainTextEdit* m_lines = nullptr;
    QLabel* m_count = nullptr;
    QPushButton *m_all = nullptr, *m_none = nullptr;
};

}  // namespace lamina
