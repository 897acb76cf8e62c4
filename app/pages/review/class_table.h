// Precision, recall, F1, specificity, area under the ROC curve and number of items of every class.
#pragma once

#include <QTableWidget>

#include <nlohmann/json.hpp>

namespace lamina {

class ClassTable : public QTableWidget {
    Q_OBJECT
public:
    explicit ClassTable(QWidget* parent = nullptr);

    /// The document of an EvaluationRecord; hidden where there are no classes.
    void setDocument(const nlohmann::json& document);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
};

}  // namespace lamina
