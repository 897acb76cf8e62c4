#include "core/base/number_text.h"

#include <charconv>

namespace lamina {

std::string shortestText(double value) {
    char text[32];
    return std::string(text, std::to_chars(text, text + sizeof text, value).ptr);
}

}  // namespace lamina
