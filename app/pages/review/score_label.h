// The scores of an evaluation beside those of the baselines: the few that everybody reads, or all the others with a sentence on each.
#pragma once

#include <QLabel>

#include <nlohmann/json.hpp>

namespace lamina {

class ScoreLabel : public QLabel {
    Q_OBJECT
public:
    enum class Shows { Headlines, Others };
    explicit ScoreLabel(Shows shows, QWidget* parent = nullptr);

    /// The document of an EvaluationRecord.
    void setDocument(const nlohmann::json& document);
    /// Is there anything beyond the headlines?
    static bool hasOthers(const nlohmann::json& document);

private:
    const Shows m_shows;
};

}  // namespace lamina
