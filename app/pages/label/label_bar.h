// Above the canvas: which item of how many, what is let through, what becomes of the item.
#pragma once

#include <QWidget>

#include "core/project/label_item_record.h"

class QComboBox;
class QLabel;
class QPushButton;
class QToolButton;

namespace lamina {

class ElidedLabel;

class LabelBar : public QWidget {
    Q_OBJECT
public:
    explicit LabelBar(QWidget* parent = nullptr);

    void setDataset(const QString& name) { m_dataset = name; retranslate(); }
    void setCounts(const LabelCounts& counts);
    void setItem(const LabelItemRecord& item);
    void setReadOnly(bool readOnly);
    ItemFilter filter() const;
    /// "saved 14:02:31", "saving …".
    void setSaved(const QString& text);

signals:
    void filterChanged();
    void previousWanted();
    void nextWanted();
    void checkedWanted();
    void skipWanted(const QString& reason);
    void flagWanted(bool flagged);
    void commentWanted();
    void keysWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showItem();
    void askReason();

    QString m_dataset;
    LabelCounts m_counts;
    LabelItemRecord m_item;
    ElidedLabel *m_title, *m_state;
    QLabel *m_place, *m_saved;
    QComboBox* m_filter;
    QToolButton *m_previous, *m_next, *m_skip, *m_flag, *m_comment, *m_keys;
    QPushButton* m_checked;
};

/// "unlabelled", "checked, nothing there" … in the language in use.
QString itemStateWords(ItemState state);

}  // namespace lamina
