// "Predict a file": a table comes back with the model's answers beside it.
#pragma once

#include <QFrame>
#include <QPointer>

#include "app/jobs/predict_jobs.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace lamina {

class Workspace;

class PredictFileCard : public QFrame {
    Q_OBJECT
public:
    explicit PredictFileCard(Workspace& workspace, QWidget* parent = nullptr);

    /// Id of the run that answers; empty: none. `cleaningSteps`: of the recipe that the rows go through first.
    void setRun(const std::string& run, bool image, std::int64_t cleaningSteps);
    /// Asks where the answers are to go and begins.
    void predict(const QString& input);
    /// The same with the place known; an existing file is replaced.
    void predictTo(const QString& input, const QString& output);

protected:
    void changeEvent(QEvent* event) override;

private:
    void choose();
    void finished(const Result<CsvOutcome>& outcome);
    void retranslate();
    void updateResult();
    QString hint() const;

    Workspace& m_workspace;
    QLabel *m_title, *m_hint, *m_result;
    QPushButton *m_start, *m_show, *m_open;
    QCheckBox* m_bom;
    std::string m_run;
    std::int64_t m_cleaningSteps = 0;
    bool m_image = false, m_busy = false;
    std::optional<CsvOutcome> m_outcome;
    std::optional<Error> m_error;
};

}  // namespace lamina
