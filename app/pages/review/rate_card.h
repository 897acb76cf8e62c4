// How finding each class goes from strict to lax thresholds: the ROC curve, or precision against recall.
#pragma once

#include <QFrame>

#include <nlohmann/json.hpp>

class QComboBox;
class QLabel;

namespace lamina {

class RateCurvesView;

class RateCard : public QFrame {
    Q_OBJECT
public:
    explicit RateCard(QWidget* parent = nullptr);

    /// The document of an EvaluationRecord.
    void setDocument(const nlohmann::json& document);
    /// Older evaluations have no curves.
    static bool hasCurves(const nlohmann::json& document);

protected:
    void changeEvent(QEvent* event) override;

private:
    void draw();
    void retranslate();

    nlohmann::json m_document;
    QComboBox* m_kind;
    QLabel *m_title, *m_explanation;
    RateCurvesView* m_view;
};

}  // namespace lamina
