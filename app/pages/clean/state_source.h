// The table in one state of the recipe as rows to look at: what the step before it changed, could not read and removed is marked.
#pragma once

#include <set>
#include <vector>

#include "app/sources/table_source.h"
#include "core/data/cleaning/step_type.h"

namespace lamina {

class StateSource : public TableSource {
public:
    /// The source data itself. `reader`: of picture files.
    explicit StateSource(const CleanTable& state, const ImageReader& reader = ImageReader());
    /// Behind step `number` (from 1), whose input was `before`.
    StateSource(const CleanTable& before, const CleanTable& after, std::uint16_t number, const StepReport& report, const ImageReader& reader = ImageReader());

    CellTint tint(std::int64_t row, int column) const override;
    RowState state(std::int64_t row) const override;
    bool anyGone() const override { return m_anyGone; }
    /// Was the column not there before the step?
    bool isNew(int column) const { return m_compared && m_before[static_cast<std::size_t>(column)].isNew; }

    /// The first column that the step made or may have changed; -1: none.
    int touchedColumn() const;

private:
    struct Before {
        bool isNew = false, same = true;
        int column = -1;  ///< of the table before
    };
    void compareColumns();
    bool changed(std::int64_t row, std::size_t column) const;

    CleanTable m_state, m_input;
    std::uint16_t m_number = 0;
    bool m_compared = false, m_anyGone = false;
    std::vector<Before> m_before;
    std::set<std::pair<std::int64_t, int>> m_refused;
};

}  // namespace lamina
