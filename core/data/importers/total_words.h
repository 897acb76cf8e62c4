// What people write before a row of sums.
#pragma once

#include <string_view>

namespace lamina {

/// "Total", "SUM:", "合计" …, in any case.
bool isTotalWord(std::string_view text);

}  // namespace lamina
