// The keys by which a step finds rows of another table, as pairs: a column here, the same one there. In the settings they are two lists side by side.
#pragma once

#include "app/pages/clean/step_rows.h"

namespace lamina {

/// Two rows for each pair and one for a pair more.
std::vector<PropertyRow> keyRows(const std::vector<std::string>& keys, const std::vector<std::string>& otherKeys, const StepSurroundings& around);
/// Is it a row of keyRows()? Then both lists follow what was chosen.
bool changeKeys(RecipeStep& step, const QString& row, const std::string& column, const std::optional<OtherTable>& other);

}  // namespace lamina
