#include "app/pages/data/asked_kinds.h"

#include <utility>
#include <vector>

namespace lamina {
namespace {

using Asked = std::vector<std::pair<std::string, std::string>>;

Asked parsed(const std::string& types) {
    Asked asked;
    for (std::size_t at = 0; at < types.size();) {
        const std::size_t end = std::min(types.find(',', at), types.size());
        const std::string entry = types.substr(at, end - at);
        const std::size_t equals = entry.rfind('=');
        if (equals != std::string::npos) asked.emplace_back(entry.substr(0, equals), entry.substr(equals + 1));
        at = end + 1;
    }
    return asked;
}

}  // namespace

std::string askedKind(const std::string& types, const std::string& column) {
    for (const auto& [name, kind] : parsed(types))
        if (name == column) return kind;
    return {};
}

std::string withAskedKind(const std::string& types, const std::string& column, const std::string& kind) {
    Asked asked = parsed(types);
    std::erase_if(asked, [&](const auto& one) { return one.first == column; });
    if (!kind.empty()) asked.emplace_back(column, kind);
    std::string text;
    for (const auto& [name, of] : asked) text += (text.empty() ? "" : ",") + name + "=" + of;
    return text;
}

}  // namespace lamina
