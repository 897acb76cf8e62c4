#include "app/pages/clean/state_source.h"

#include <algorithm>

namespace lamina {
namespace {

bool sameColumn(const TableColumn& a, const TableColumn& b) {
    const auto start = [](const ColumnView& view) {
        const void* starts[] = {view.numbers.data(), view.integers.data(), view.booleans.data(),
                                view.codes.data(),   view.offsets.data(),  view.elements.data()};
        return *std::find_if(std::begin(starts), std::end(starts) - 1, [](const void* start) { return start != nullptr; });
    };
    return a.info.kind == b.info.kind && a.owner == b.owner && start(a.view) == start(b.view) && a.info.dictionary == b.info.dictionary;
}

int columnBefore(const Table& table, const ColumnInfo& info) {
    int byName = -1;
    for (std::size_t column = 0; column < table.columnCount(); ++column) {
        if (!info.id.empty() && table.info(column).id == info.id) return static_cast<int>(column);
        if (table.info(column).name == info.name) byName = static_cast<int>(column);
    }
    return byName;
}

}  // namespace

StateSource::StateSource(const CleanTable& state, const ImageReader& reader) : TableSource(state.table, reader), m_state(state) {}

StateSource::StateSource(const CleanTable& before, const CleanTable& after, std::uint16_t number, const StepReport& report, const ImageReader& reader)
    : TableSource(after.table, reader), m_state(after), m_input(before), m_number(number) {
    // Rows of a step's own have no cells before it.
    m_compared = before.origin == after.origin && before.table.rows() == after.table.rows();
    compareColumns();
    for (const RefusedCell& cell : report.refused)
        if (const auto column = after.table.find(cell.column)) m_refused.insert({cell.row, static_cast<int>(*column)});
    m_anyGone =
        after.removedBy && std::any_of(after.removedBy->begin(), after.removedBy->end(), [&](std::uint16_t by) { return by != 0 && by != number; });
}

void StateSource::compareColumns() {
    for (std::size_t column = 0; column < m_state.table.columnCount(); ++column) {
        Before before;
        before.column = columnBefore(m_input.table, m_state.table.info(column));
        before.isNew = before.column < 0;
        before.same = !before.isNew && sameColumn(m_input.table.column(static_cast<std::size_t>(before.column)), m_state.table.column(column));
        m_before.push_back(before);
    }
}

bool StateSource::changed(std::int64_t row, std::size_t column) const {
    const Before& before = m_before[column];
    if (before.same) return false;
    if (before.isNew) return true;
    const auto old = static_cast<std::size_t>(before.column);
    const ColumnView was = m_input.table.view(old), is = m_state.table.view(column);
    if (was.isMissing(row) != is.isMissing(row)) return true;
    if (is.isMissing(row)) return false;
    if (was.kind == ColumnKind::Number && is.kind == ColumnKind::Number) return was.number(row) != is.number(row);
    const bool texts =
        (was.kind == ColumnKind::Text || was.kind == ColumnKind::Category) && (is.kind == ColumnKind::Text || is.kind == ColumnKind::Category);
    if (texts) return was.text(row) != is.text(row);
    if (was.kind == is.kind && storedAsInteger(is.kind))
        return was.integers[static_cast<std::size_t>(row)] != is.integers[static_cast<std::size_t>(row)];
    return displayText(was, m_input.table.info(old), row) != displayText(is, m_state.table.info(column), row);
}

int StateSource::touchedColumn() const {
    const auto touched = std::find_if(m_before.begin(), m_before.end(), [](const Before& before) { return before.isNew || !before.same; });
    return !m_compared || touched == m_before.end() ? -1 : static_cast<int>(touched - m_before.begin());
}

CellTint StateSource::tint(std::int64_t row, int column) const {
    if (!m_refused.empty() && m_refused.contains({row, column})) return CellTint::Refused;
    return m_compared && changed(row, static_cast<std::size_t>(column)) ? CellTint::Changed : CellTint::None;
}

RowState StateSource::state(std::int64_t row) const {
    if (!m_state.removedBy) return RowState::There;
    const std::uint16_t by = (*m_state.removedBy)[static_cast<std::size_t>(row)];
    return by == 0 ? RowState::There : by == m_number ? RowState::Struck : RowState::Gone;
}

}  // namespace lamina
