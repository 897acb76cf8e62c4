// Reviewing: several runs over each other, and what the chosen one gets right and wrong.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/pages/common/page.h"
#include "core/project/removed_runs.h"

class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace lamina {

class EmptyState;
class EvaluationView;
class MetricCards;
class RunList;
class Workspace;

class ReviewPage : public Page {
    Q_OBJECT
public:
    explicit ReviewPage(Workspace& workspace, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void refresh();
    void showCurves();
    void rename(const std::string& id, const QString& name);
    void editNote(const std::string& id);
    void remove(const std::vector<std::string>& ids);
    bool confirmRemoval(const std::vector<std::string>& ids);
    void askAboutSpace();
    void freeSpace(const RemovedRuns& removed);
    /// Runs an edit in the background; tells what went wrong.
    void edit(std::function<EditFuture(RunRepository&)> what);
    void retranslate();

    Workspace& m_workspace;
    QLabel* m_heading;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QPushButton* m_toTrain;
    RunList* m_runs;
    QTabWidget* m_tabs;
    MetricCards* m_cards;
    EvaluationView* m_evaluation;
    bool m_stale = true;  ///< something changed while the page was hidden
    int m_reading = 0;
};

}  // namespace lamina
