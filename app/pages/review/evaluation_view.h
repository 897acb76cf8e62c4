// How good the chosen run is on one part of the data: scores beside the baselines, the confusion matrix, and the items behind its cells.
#pragma once

#include <QWidget>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/jobs/judged_items.h"
#include "app/pages/data/column_pictures.h"
#include "app/pages/data/table_source.h"
#include "core/project/evaluation_record.h"

class QComboBox;
class QLabel;
class QPushButton;
class QStackedWidget;
class QTableWidget;
class QToolButton;

namespace lamina {

class ConfusionMatrixView;
class DataTable;
class EmptyState;
class ThumbnailGallery;
class Workspace;

class EvaluationView : public QWidget {
    Q_OBJECT
public:
    explicit EvaluationView(Workspace& workspace, QWidget* parent = nullptr);

    /// Empty: none. Shows what was evaluated before; nothing is computed unasked.
    void setRun(const std::string& run);

protected:
    void changeEvent(QEvent* event) override;

private:
    /// What the items of a run are drawn from.
    struct Items {
        std::vector<JudgedItem> judged;
        std::shared_ptr<const TableSource> table;
        std::shared_ptr<const ColumnPictures> pictures;  ///< nullptr: rows are shown as text
    };
    static Result<Items> readItems(Project& project, const std::string& run, Part part, const CancelToken& cancel);

    QWidget* makeHead();
    QWidget* makeMatrix();
    QWidget* makeItems();
    Part part() const;
    void read();
    void evaluate();
    bool confirmFinalCheck();
    void show(const EvaluationRecord* record);
    void showScores(const nlohmann::json& document);
    void showClasses(const nlohmann::json& document);
    void showMatrix(const nlohmann::json& document);
    void wantItems(int actual, int predicted);
    void showItems();
    void exportMatrix();
    void retranslate();

    Workspace& m_workspace;
    std::string m_run;
    std::vector<EvaluationRecord> m_records;  ///< of the run, newest first
    std::string m_shown;                      ///< id of the record on the screen
    std::shared_ptr<const Items> m_items;
    std::optional<std::pair<int, int>> m_cell;
    int m_reading = 0, m_evaluating = 0, m_fetching = 0;  ///< tasks under way; 0: none

    QComboBox *m_part, *m_unit;
    QPushButton* m_evaluate;
    QToolButton* m_export;
    QLabel *m_partText, *m_when, *m_scores, *m_matrixTitle, *m_itemsTitle;
    QStackedWidget* m_stack;
    EmptyState* m_empty;
    QWidget* m_result;
    QWidget* m_matrixPart;
    ConfusionMatrixView* m_matrix;
    QTableWidget* m_classes;
    QStackedWidget* m_itemsStack;
    QLabel* m_itemsHint;
    ThumbnailGallery* m_gallery;
    DataTable* m_table;
};

}  // namespace lamina
