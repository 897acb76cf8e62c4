// Precision, recall, F1, number of items, specificity and area under the ROC curve of every class.
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
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void fitColumns();
    QString allScores(const QString* cells) const;
};

}  // namespace lamina
