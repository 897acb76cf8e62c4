#include "core/base/result.h"

namespace lamina {

Error Error::with(std::string name, std::string value) const& { return Error(*this).with(std::move(name), std::move(value)); }

Error Error::with(std::string name, std::string value) && {
    for (const auto& argument : arguments)
        if (argument.first == name) return std::move(*this);
    arguments.emplace_back(std::move(name), std::move(value));
    return std::move(*this);
}

std::string Error::argument(std::string_view name) const {
    for (const auto& [key, value] : arguments)
        if (key == name) return value;
    return {};
}

std::string Error::debugText() const {
    std::string text = code;
    for (const auto& [key, value] : arguments) text += " " + key + "=" + value;
    return text;
}

Error fail(const char* code, std::initializer_list<std::pair<const char*, std::string>> arguments) {
    Error error{code, {}};
    for (const auto& [key, value] : arguments) error.arguments.emplace_back(key, value);
    return error;
}

}  // namespace lamina
