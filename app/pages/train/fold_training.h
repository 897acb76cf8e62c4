// Training on all folds of a split with one click: run after run, until the last or until somebody stops one.
#pragma once

#include <QPushButton>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/jobs/training_run.h"

namespace lamina {

class Workspace;

/// A button that is there only where the chosen split is one of several folds.
class FoldTraining : public QPushButton {
    Q_OBJECT
public:
    /// `request`: what a training would start with now; empty: none can.
    FoldTraining(Workspace& workspace, std::function<std::optional<TrainingRequest>()> request, QWidget* parent = nullptr);

    /// The split that is chosen; nullptr: none.
    void setSplit(const SplitRecord* split);
    void setReady(bool ready);
    /// Folds are still to come.
    bool underWay() const { return !m_waiting.empty(); }

signals:
    /// "Fold 2 of 5".
    void foldBegins(const QString& words);
    void failed(const QString& words);

protected:
    void changeEvent(QEvent* event) override;

private:
    void begin();
    void next();
    void retranslate();

    Workspace& m_workspace;
    std::function<std::optional<TrainingRequest>()> m_makeRequest;
    TrainingRequest m_request;
    std::string m_series, m_name;
    std::int64_t m_folds = 0;             ///< of the chosen split
    std::vector<SplitRecord> m_waiting;   ///< folds still to be trained, the next one last
    std::size_t m_all = 0;
    bool m_expecting = false;             ///< the training that runs is one of ours
    bool m_starting = false;              ///< within the call that starts it
};

}  // namespace lamina
