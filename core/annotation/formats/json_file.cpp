#include "core/annotation/formats/json_file.h"

#include <cmath>

namespace lamina {

std::optional<nlohmann::json> readJsonText(std::span<const std::byte> bytes, std::string& reason, const std::string& left) {
    constexpr int deepestJson = 64;
    bool tooDeep = false;
    std::string key;
    const auto watch = [&](int depth, nlohmann::json::parse_event_t event, nlohmann::json& parsed) {
        tooDeep = tooDeep || depth > deepestJson;
        if (!left.empty() && event == nlohmann::json::parse_event_t::key) key = parsed.get_ref<const std::string&>();
        if (!left.empty() && event == nlohmann::json::parse_event_t::value && key == left) parsed = nullptr;
        return !tooDeep;
    };
    const auto* first = reinterpret_cast<const char*>(bytes.data());
    auto parsed = nlohmann::json::parse(first, first + bytes.size(), watch, false);
    if (!parsed.is_discarded() && !tooDeep) return parsed;
    reason = tooDeep ? "nested too deep" : "JSON";
    return std::nullopt;
}

std::string jsonText(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

double jsonNumber(const nlohmann::json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number() && std::isfinite(found->get<double>()) ? found->get<double>() : 0.0;
}

void jsonAttributes(const nlohmann::json& object, std::map<std::string, std::string>& attributes) {
    if (!object.is_object()) return;
    for (const auto& [key, value] : object.items())
        if (!value.is_null()) attributes[key] = value.is_string() ? value.get<std::string>() : dumpJson(value);
}

std::string dumpJson(const nlohmann::json& value) { return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace); }

}  // namespace lamina
