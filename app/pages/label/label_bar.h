// Above the canvas: which item of how many, what is let through, what becomes of the item.
#pragma once

#include <QWidget>

#include <functional>

#include "core/project/label_item_record.h"

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace lamina {

class ElidedLabel;
enum class DeskKind;

class LabelBar : public QWidget {
    Q_OBJECT
public:
    explicit LabelBar(QWidget* parent = nullptr);

    void setDataset(const QString& name) { m_dataset = name; retranslate(); }
    /// Its place among those that are shown, from 0 (-1: it is not among them), how many these are, and how many there are in all.
    void setPlace(std::int64_t place, std::int64_t shown, std::int64_t all);
    void setItem(const LabelItemRecord& item);
    /// What a model proposes for the whole item; empty: nothing.
    void setProposal(const QString& text);
    void setReadOnly(bool readOnly);
    /// The keys in use, for tooltips: by the ids of LabelKeys.
    void setKeyTexts(std::function<QString(const char* id)> keyText);
    /// What is labelled: the words for it.
    void setKind(DeskKind kind);
    /// There is no other one to go to.
    void setOneItem(bool one);
    /// Beside the place.
    void addToRow(QWidget* widget);
    /// "saved 14:02:31", "saving …".
    void setSaved(const QString& text);

signals:
    void jumpWanted();
    void previousWanted();
    void nextWanted();
    void checkedWanted();
    void skipWanted(const QString& reason);
    void flagWanted(bool flagged);
    void commentWanted();
    void keysWanted();
    void lookWanted(QWidget* below);  ///< how picture and shapes are shown

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showItem();
    void askReason();

    QString m_dataset;
    DeskKind m_kind{};
    bool m_one = false;
    QHBoxLayout* m_row;
    std::int64_t m_among = -1, m_shown = 0, m_all = 0;
    LabelItemRecord m_item;
    QString m_proposal;
    std::function<QString(const char*)> m_keyText = [](const char*) { return QString(); };
    ElidedLabel *m_title, *m_state;
    QLabel* m_saved;
    QToolButton *m_place, *m_previous, *m_next, *m_skip, *m_flag, *m_comment, *m_look, *m_keys;
    QPushButton* m_checked;
};

/// "unlabelled", "checked, nothing there" … in the language in use.
QString itemStateWords(ItemState state);
/// Why an item was skipped: one of the reasons that the page offers, in the language in use, or what somebody wrote.
QString skipReasonWords(const QString& reason);

}  // namespace lamina
