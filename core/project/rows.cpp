#include "core/project/rows.h"

namespace lamina::rows {

std::string text(const nlohmann::json& document) { return document.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace); }

Result<nlohmann::json> document(const std::string& text) {
    constexpr int deepest = 200;
    bool tooDeep = false;
    const auto watchDepth = [&](int depth, nlohmann::json::parse_event_t, nlohmann::json&) {
        tooDeep = tooDeep || depth > deepest;
        return !tooDeep;
    };
    auto parsed = nlohmann::json::parse(text, watchDepth, false);
    if (parsed.is_discarded() || tooDeep) return fail("project.damaged", {{"reason", "a document in it is not JSON"}});
    return parsed;
}

}  // namespace lamina::rows
