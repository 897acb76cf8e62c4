// "Export": the model as an ONNX file, with the proof that it gives the same answers, said in words.
#pragma once

#include <QFrame>

#include <optional>

#include "app/jobs/export_jobs.h"
#include "app/pages/use/ready_model.h"

class QLabel;
class QPushButton;

namespace lamina {

class Workspace;

class ExportCard : public QFrame {
    Q_OBJECT
public:
    explicit ExportCard(Workspace& workspace, QWidget* parent = nullptr);

    void setModel(const ModelFacts& facts);
    void clearModel();
    /// Replaces a file that is there: whoever calls has asked.
    void exportTo(const QString& file);

signals:
    void exported(const QString& file);

protected:
    void changeEvent(QEvent* event) override;

private:
    void choose();
    void finished(const Result<ExportOutcome>& outcome);
    void retranslate();
    void updateResult();
    QStringList proofLines() const;
    QString insideText() const;

    Workspace& m_workspace;
    QLabel *m_title, *m_hint, *m_inside, *m_verdict, *m_result;
    QPushButton *m_start, *m_open;
    std::string m_run;
    QString m_runName;
    Preparation m_preparation;
    std::vector<AnswerFacts> m_answers;
    bool m_cleans = false;
    bool m_busy = false;
    std::optional<ExportOutcome> m_outcome;
    std::optional<Error> m_error;
};

}  // namespace lamina
