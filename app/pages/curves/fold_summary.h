// What the runs on the folds of one split have in common: mean and standard deviation of their figures.
#pragma once

#include <QLabel>

#include <optional>
#include <string>

#include "app/jobs/fold_jobs.h"

namespace lamina {

class Workspace;

/// One line of words, hidden where the run belongs to no series of folds.
class FoldSummary : public QLabel {
    Q_OBJECT
public:
    explicit FoldSummary(Workspace& workspace, QWidget* parent = nullptr);

    /// Reads in the background. Empty: none.
    void setRun(const std::string& run);
    /// The same run again, after something changed.
    void refresh() { setRun(m_run); }

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    Workspace& m_workspace;
    std::string m_run;
    std::optional<FoldSeries> m_series;
    int m_reading = 0;
};

}  // namespace lamina
