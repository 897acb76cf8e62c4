// The list of runs at the left of the Review page: filter, sort, show, rename, note, delete.
#pragma once

#include <QWidget>

#include "app/pages/review/run_list_model.h"

class QAction;
class QLineEdit;
class QMenu;
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
    /// All that are picked, in the order of the list.
    std::vector<std::string> selected() const;
    void setReadOnly(bool readOnly);

signals:
    void currentChanged(const std::string& id);
    void noteWanted(const std::string& id);
    void removeWanted(const std::vector<std::string>& ids);
    /// The space of deleted runs shall be given back.
    void freeSpaceWanted();

protected:
    void changeEvent(QEvent* event) override;

private:
    QAction* makeAction(const char* name, const char* icon, const QKeySequence& key, void (RunList::*act)());
    void makeActions();
    void prepareView();
    void makeColumnMenu();
    void updateActions();
    void retranslate();
    void renameCurrent();
    void wantNote();
    void wantRemoval();
    void showAll();
    void hideAll();
    void showAlone();

    RunListModel* m_model;
    QSortFilterProxyModel* m_sorted;
    QLineEdit* m_filter;
    QToolButton* m_more;
    QTreeView* m_view;
    QMenu *m_menu, *m_columns;
    QAction *m_rename, *m_note, *m_remove, *m_alone, *m_all, *m_none, *m_free;
    bool m_readOnly = false;
};

}  // namespace lamina
