#include "app/cli/settings_words.h"

#include <algorithm>

namespace lamina {
namespace {

Result<const Property*> findProperty(const std::vector<Property>& properties, const std::string& id) {
    std::string known;
    for (const Property& property : properties) {
        if (property.id == id) return &property;
        known += (known.empty() ? "" : ", ") + property.id;
    }
    return fail("property.unknown", {{"property", id}, {"known", known}});
}

}  // namespace

Result<nlohmann::json> settingsFromWords(const std::vector<Property>& properties, const std::any& defaults, const std::vector<std::string>& words) {
    nlohmann::json settings = nlohmann::json::object();
    for (const std::string& word : words) {
        const auto equals = word.find('=');
        if (equals == std::string::npos) return fail("cli.setting_form", {{"text", word}});
        LAMINA_TRY(const Property* property, findProperty(properties, word.substr(0, equals)));
        LAMINA_TRY(const auto value, propertyFromText(*property, property->get(defaults), std::string_view(word).substr(equals + 1)));
        std::visit([&](const auto& v) { settings[property->id] = v; }, value);
    }
    return settings;
}

}  // namespace lamina
