// Texts that people type or files hold, read as values of a column's kind.
#pragma once

#include <string>
#include <string_view>

#include "core/data/cleaning/step_tools.h"

namespace lamina {

/// Blanks at both ends left out.
std::string_view withoutOuterBlanks(std::string_view text);
/// A text as a cell of this kind (Number, Integer, Boolean, Time): numbers with a point, whole numbers ("3.0" too), true/false/yes/no/1/0, dates that
/// leave no doubt. False where it is none.
bool readCell(std::string_view text, ColumnKind kind, CellValue& value);
/// Gives the draft's row this value; the draft's kind is one of readCell's.
void putCell(ColumnDraft& draft, std::int64_t row, const CellValue& value);
/// A column's cell as a value; it is there, the kind is one of readCell's.
CellValue cellOf(const ColumnView& view, std::int64_t row);

}  // namespace lamina
