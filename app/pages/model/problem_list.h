// What is wrong with the network, in words: each with a way to the layer and, where one is known, a button that mends it.
#pragma once

#include <QScrollArea>

#include "app/pages/model/model_check.h"

class QVBoxLayout;

namespace lamina {

class ProblemList : public QScrollArea {
    Q_OBJECT
public:
    explicit ProblemList(QWidget* parent = nullptr);

    /// Hidden where there is nothing wrong.
    void setProblems(const std::vector<ModelProblem>& problems, bool readOnly);
    QSize sizeHint() const override;

signals:
    void goWanted(const std::string& node);
    void fixWanted(std::size_t problem, std::size_t fix);

private:
    QWidget* makeRow(const ModelProblem& problem, std::size_t index, bool readOnly);

    QVBoxLayout* m_rows;
};

}  // namespace lamina
