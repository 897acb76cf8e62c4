// One editor for each column a table model looks at: numbers as text fields, categories as choices. What was not understood stands under its field.
#pragma once

#include <QWidget>

#include <string>
#include <vector>

#include "app/jobs/row_reader.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;

namespace lamina {

class TypedRowForm : public QWidget {
    Q_OBJECT
public:
    explicit TypedRowForm(QWidget* parent = nullptr);

    void setColumns(const std::vector<FeatureColumn>& columns);
    /// One text for each column; no edited().
    void setTexts(const std::vector<std::string>& texts);
    std::vector<std::string> texts() const;
    void setRemarks(const std::vector<ValueRemark>& remarks);
    void retranslate();

signals:
    /// A person changed a value.
    void edited();

private:
    struct Field {
        QLineEdit* number = nullptr;    ///< or
        QComboBox* category = nullptr;
        QLabel* remark = nullptr;
    };
    QWidget* addNumber(const FeatureColumn& column, Field& field);
    QWidget* addCategory(const FeatureColumn& column, Field& field);
    static std::string textOf(const Field& field);
    void setText(const Field& field, const QString& text);

    QFormLayout* m_layout;
    std::vector<Field> m_fields;
    std::vector<FeatureColumn> m_columns;
};

}  // namespace lamina
