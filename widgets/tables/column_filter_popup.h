// The little window in which a column's filter is set.
#pragma once

#include <QFrame>

#include "widgets/tables/row_query.h"

class QCheckBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace lamina {

/// Shows what fits the column's kind: a text to be contained, a range, a list of categories; always: only where the value is missing.
class ColumnFilterPopup : public QFrame {
    Q_OBJECT
public:
    static constexpr int mostCategories = 2000;  ///< listed; the text field above the list finds among all

    explicit ColumnFilterPopup(const ColumnHeading& heading, const ColumnFilter& filter, QWidget* parent = nullptr);

    /// What is set now.
    ColumnFilter filter() const;

signals:
    /// "Apply" or Enter: the filter to use; one that asks nothing removes it.
    void applied(const ColumnFilter& filter);

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeEditor(const ColumnFilter& filter);
    QWidget* makeRange(const ColumnFilter& filter);
    QWidget* makeCategories(const ColumnFilter& filter);
    void apply(const ColumnFilter& filter);

    ColumnHeading m_heading;
    QLineEdit *m_text = nullptr, *m_from = nullptr, *m_to = nullptr;
    QListWidget* m_list = nullptr;
    QCheckBox* m_missing = nullptr;
};

}  // namespace lamina
