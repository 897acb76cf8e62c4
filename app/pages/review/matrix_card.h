// The confusion matrix in its card: what stands in the cells can be chosen, and the counts exported.
#pragma once

#include <QFrame>

#include <nlohmann/json.hpp>

class QComboBox;
class QLabel;
class QToolButton;

namespace lamina {

class ConfusionMatrixView;
class Workspace;
struct MatrixValues;

class MatrixCard : public QFrame {
    Q_OBJECT
public:
    explicit MatrixCard(Workspace& workspace, QWidget* parent = nullptr);

    /// The document of an EvaluationRecord.
    void setDocument(const nlohmann::json& document);
    const MatrixValues& values() const;

signals:
    void cellActivated(int actual, int predicted);

protected:
    void changeEvent(QEvent* event) override;

private:
    void exportCounts();
    void retranslate();

    Workspace& m_workspace;
    QLabel* m_title;
    QComboBox* m_unit;
    QToolButton* m_export;
    ConfusionMatrixView* m_matrix;
};

}  // namespace lamina
