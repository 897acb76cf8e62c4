// The last stage: trying a trained model, predicting files, exporting it.
#pragma once

#include <vector>

#include "app/pages/common/page.h"
#include "app/pages/use/ready_model.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace lamina {

class EmptyState;
class ExportCard;
class Notice;
class PredictFileCard;
class TryCard;
class Workspace;

class UsePage : public Page {
    Q_OBJECT
public:
    explicit UsePage(Workspace& workspace, QWidget* parent = nullptr);

    bool dropFiles(const QStringList& files) override;

protected:
    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    /// A run that has a best checkpoint.
    struct TrainedRun {
        std::string id, name, best;
    };
    using Question = std::function<Result<UseAnswer>(ReadyModel&)>;

    void build();
    void reload();
    void takeRuns(std::vector<TrainedRun> runs);
    void loadModel();
    void ask(Question question);
    void askNext();
    void choosePicture();
    void forget();
    void retranslate();
    std::string chosenRun() const;

    Workspace& m_workspace;
    std::shared_ptr<ModelDesk> m_desk = std::make_shared<ModelDesk>();
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QPushButton* m_train;
    QLabel *m_title, *m_runLabel;
    QComboBox* m_runs;
    Notice* m_notice;
    TryCard* m_try;
    PredictFileCard* m_predict;
    ExportCard* m_export;
    std::vector<TrainedRun> m_known;
    std::optional<ModelFacts> m_facts;
    std::string m_loaded;          ///< run and best checkpoint of m_facts, or of what is being loaded
    Question m_waiting;            ///< the newest question; older ones that nobody answered yet are dropped
    bool m_asking = false, m_stale = true;
};

}  // namespace lamina
