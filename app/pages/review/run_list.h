// The list of runs at the left of the Review page: filter, sort, show, rename, note.
#pragma once

#include <QWidget>

#include "app/pages/review/run_list_model.h"

class QLineEdit;
class QSortFilterProxyModel;
class QToolButton;
class QTreeView;

namespace lamina {

class RunList : public QWidget {
    Q_OBJECT
public:
    explicit RunList(QWidget* parent = nullptr);

    RunListModel& model() { return *m_model; }
    /// Keeps the chosen run and what is shown.
    void setRuns(std::vector<RunRecord> runs);
    std::string current() const;
    void setCurrent(const std::string& id);
    void setReadOnly(bool readOnly);

signals:
    void currentChanged(const std::string& id);
    void noteWanted(const std::string& id);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void showMenu(const QPoint& place);
    void showAll(bool shown);

    RunListModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QLineEdit* m_filter;
    QTreeView* m_view;
    bool m_readOnly = false;
};

}  // namespace lamina
