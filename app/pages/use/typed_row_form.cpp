#include "app/pages/use/typed_row_form.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QSignalBlocker>
#include <QStyle>

#include <cmath>

#include "app/workspace/workspace.h"
#include "widgets/common/theme.h"

namespace lamina {

TypedRowForm::TypedRowForm(QWidget* parent) : QWidget(parent), m_layout(new QFormLayout(this)) {
    m_layout->setContentsMargins(0, 0, 8, 0);
    m_layout->setHorizontalSpacing(12);
    m_layout->setVerticalSpacing(6);
    m_layout->setRowWrapPolicy(QFormLayout::WrapLongRows);
    m_layout->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
}

void TypedRowForm::setColumns(const std::vector<FeatureColumn>& columns) {
    while (m_layout->rowCount() > 0) m_layout->removeRow(0);
    m_fields.clear();
    m_columns = columns;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        Field field;
        QWidget* editor = columns[i].kind == FeatureKind::Number || columns[i].categories.empty() ? addNumber(columns[i], field) : addCategory(columns[i], field);
        const QString name = QString::fromStdString(columns[i].name);
        editor->setObjectName(QStringLiteral("field_%1").arg(i));
        editor->setAccessibleName(name);
        auto* label = new QLabel(fontMetrics().elidedText(name, Qt::ElideMiddle, 180));
        label->setTextFormat(Qt::PlainText);
        label->setToolTip(name);
        label->setBuddy(editor);
        field.remark = new QLabel;
        field.remark->setTextFormat(Qt::PlainText);
        field.remark->setWordWrap(true);
        field.remark->hide();
        m_layout->addRow(label, editor);
        m_layout->addRow(field.remark);
        m_fields.push_back(field);
    }
    retranslate();
}

QWidget* TypedRowForm::addNumber(const FeatureColumn&, Field& field) {
    field.number = new QLineEdit;
    connect(field.number, &QLineEdit::textChanged, this, &TypedRowForm::edited);  // typed, or set by a screen reader
    return field.number;
}

QWidget* TypedRowForm::addCategory(const FeatureColumn& column, Field& field) {
    field.category = new QComboBox;
    field.category->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    field.category->addItem(QString(), QString());
    for (const auto& category : column.categories) field.category->addItem(QString::fromStdString(category), QString::fromStdString(category));
    connect(field.category, &QComboBox::currentIndexChanged, this, &TypedRowForm::edited);
    return field.category;
}

void TypedRowForm::retranslate() {
    const QLocale locale;
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        const Field& field = m_fields[i];
        if (field.category) field.category->setItemText(0, tr("(no value)"));
        if (!field.number) continue;
        if (m_columns[i].kind == FeatureKind::Tensor) {
            field.number->setPlaceholderText(m_columns[i].picture ? tr("file of a picture") : tr("numbers (%1)").arg(m_columns[i].outputCount));
            continue;
        }
        field.number->setPlaceholderText(tr("no value"));
        if (std::isfinite(m_columns[i].mean))
            field.number->setToolTip(tr("In the training data: %1 on average, usually within %2 of that.")
                                         .arg(locale.toString(m_columns[i].mean, 'g', 4), locale.toString(m_columns[i].deviation, 'g', 3)));
    }
}

void TypedRowForm::setText(const Field& field, const QString& text) {
    const QSignalBlocker quiet(field.number ? static_cast<QObject*>(field.number) : field.category);
    if (field.number) return field.number->setText(text);
    int index = field.category->findData(text);
    if (index < 0) {  // the data has a category that training did not see
        field.category->addItem(text, text);
        index = field.category->count() - 1;
    }
    field.category->setCurrentIndex(index);
}

void TypedRowForm::setTexts(const std::vector<std::string>& texts) {
    for (std::size_t i = 0; i < m_fields.size() && i < texts.size(); ++i) setText(m_fields[i], QString::fromStdString(texts[i]));
}

std::string TypedRowForm::textOf(const Field& field) {
    return (field.number ? field.number->text() : field.category->currentData().toString()).toStdString();
}

std::vector<std::string> TypedRowForm::texts() const {
    std::vector<std::string> texts;
    for (const Field& field : m_fields) texts.push_back(textOf(field));
    return texts;
}

void TypedRowForm::setRemarks(const std::vector<ValueRemark>& remarks) {
    for (const Field& field : m_fields) field.remark->hide();
    for (const ValueRemark& remark : remarks) {
        if (remark.feature >= m_fields.size()) continue;
        QLabel* label = m_fields[remark.feature].remark;
        label->setText(Workspace::words(remark.what));
        label->setProperty(ThemeRole::tone, remark.refused ? "bad" : "warning");
        label->style()->unpolish(label);
        label->style()->polish(label);
        label->show();
    }
}

}  // namespace lamina
