// The scores of an evaluation beside those of the baselines.
#pragma once

#include <QLabel>

#include <nlohmann/json.hpp>

namespace lamina {

class ScoreLabel : public QLabel {
    Q_OBJECT
public:
    explicit ScoreLabel(QWidget* parent = nullptr);

    /// The document of an EvaluationRecord.
    void setDocument(const nlohmann::json& document);
};

}  // namespace lamina
