// Numbers as people read them in messages and tables.
#pragma once

#include <string>

namespace lamina {

/// The shortest text that gives the same number: "10", "0.1", "1e-06"; "nan", "inf".
std::string shortestText(double value);

}  // namespace lamina
