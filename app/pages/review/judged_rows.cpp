#include "app/pages/review/judged_rows.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace lamina {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(JudgedRows)
};

}  // namespace

JudgedRows::JudgedRows(std::shared_ptr<const TableSource> table, std::vector<JudgedItem> items, QStringList classes)
    : m_table(std::move(table)), m_items(std::move(items)), m_classes(std::move(classes)) {
    const bool classification = !m_classes.isEmpty();
    const CellKind kind = classification ? CellKind::Category : CellKind::Number;
    m_headings[Actual] = {Words::tr("Actual"), kind, 0, {}, m_classes};
    m_headings[Predicted] = {Words::tr("Predicted"), kind, 0, {}, m_classes};
    m_headings[Sure] = {classification ? Words::tr("Probability") : Words::tr("Error"), CellKind::Number, 0, {}, {}};
}

ColumnHeading JudgedRows::heading(int column) const { return column < ownColumns ? m_headings[column] : m_table->heading(column - ownColumns); }

bool JudgedRows::missing(std::int64_t row, int column) const { return column >= ownColumns && m_table->missing(item(row).row, column - ownColumns); }

double JudgedRows::number(std::int64_t row, int column) const {
    const JudgedItem& judged = item(row);
    const bool classification = !m_classes.isEmpty();
    switch (column) {
        case Actual: return classification ? judged.actual : judged.target;
        case Predicted: return classification ? judged.predicted : judged.value;
        case Sure: return classification ? static_cast<double>(judged.probability) : judged.value - judged.target;
        default: return m_table->number(judged.row, column - ownColumns);
    }
}

std::string_view JudgedRows::utf8(std::int64_t row, int column) const { return m_table->utf8(item(row).row, column - ownColumns); }

QString JudgedRows::text(std::int64_t row, int column) const {
    if (column >= ownColumns) return m_table->text(item(row).row, column - ownColumns);
    if (!m_classes.isEmpty() && column != Sure) return m_classes.value(static_cast<int>(number(row, column)));
    return QLocale().toString(number(row, column), 'g', 5);
}

}  // namespace lamina
