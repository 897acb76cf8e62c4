// What the name of a column says about its numbers.
#pragma once

#include <string>

namespace lamina {

/// id, row_id, PassengerId, index …: a column that only names or counts its rows.
bool namesAnIdentifier(const std::string& name);
/// income, Total price, 人口 …: something that was counted or measured, so that different values in every row mean nothing.
bool namesAQuantity(const std::string& name);

}  // namespace lamina
