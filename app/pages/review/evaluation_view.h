// How good the chosen run is on one part of the data: scores beside the baselines, the confusion matrix, and the items behind its cells.
#pragma once

#include <QWidget>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/pages/review/reviewed_run.h"
#include "core/project/evaluation_record.h"
#include "core/project/run_record.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTabWidget;

namespace lamina {

class CellItems;
class ClassTable;
class EmptyState;
class MatrixCard;
class RateCard;
class ScoreLabel;
class Workspace;

class EvaluationView : public QWidget {
    Q_OBJECT
public:
    explicit EvaluationView(Workspace& workspace, QWidget* parent = nullptr);

    /// nullptr: none. Shows what was evaluated before; nothing is computed unasked.
    void setRun(const RunRecord* run);

protected:
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeHead();
    void fillOutputs();
    void showOutput();
    std::string output() const;
    QWidget* makeResult();
    QWidget* makeTabs();
    void showTabs(const nlohmann::json& document);
    Part part() const;
    void read();
    void updateButton();
    void evaluate();
    void askForFinalCheck();
    bool confirmFinalCheck(const std::vector<std::int64_t>& earlier);
    void startEvaluation();
    void show(const EvaluationRecord* record);
    void wantItems(int actual, int predicted);
    void showItems();
    void retranslate();

    Workspace& m_workspace;
    std::string m_run;
    std::string m_model;                      ///< which state of the run is loaded
    bool m_trained = false;                   ///< the run has a model
    std::shared_ptr<ReviewedRun> m_reviewed;  ///< its model and data, kept while it is looked at
    std::vector<EvaluationRecord> m_records;  ///< of the run, newest first
    std::string m_shown;                      ///< id of the record on the screen
    nlohmann::json m_document;                ///< of that record
    std::string m_output;                     ///< looked at; empty: the main one
    std::shared_ptr<const ReviewedItems> m_items;
    std::optional<std::pair<int, int>> m_cell;
    int m_reading = 0, m_evaluating = 0, m_fetching = 0, m_asking = 0;  ///< tasks under way; 0: none

    QComboBox *m_part, *m_outputs;
    QPushButton* m_evaluate;
    QLabel *m_partText, *m_outputText, *m_when;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QWidget* m_result;
    ScoreLabel *m_scores, *m_more;
    QTabWidget* m_tabs;  ///< matrix, curves, more numbers
    MatrixCard* m_matrix;
    RateCard* m_rates;
    ClassTable* m_classes;
    CellItems* m_cellItems;
};

}  // namespace lamina
