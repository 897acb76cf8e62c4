#include "core/network/network_template.h"

#include "core/base/uuid.h"

namespace lamina {

/// Generated from resources/templates: the text of every file.
const std::vector<std::string>& templateTexts();

namespace {

nlohmann::json fill(nlohmann::json settings, const TemplateBlanks& blanks) {
    for (auto& [key, value] : settings.items()) {
        if (value == "$input") value = blanks.inputShape;
        else if (value == "$outputs") value = blanks.outputs;
    }
    return settings;
}

}  // namespace

const std::vector<NetworkTemplate>& templateCatalogue() {
    static const std::vector<NetworkTemplate> all = [] {
        std::vector<NetworkTemplate> templates;
        for (const auto& text : templateTexts()) {
            const auto json = nlohmann::json::parse(text);
            templates.push_back({json.at("id"), json.at("title"), json.at("summary"), json.at("input"), json.at("nodes")});
        }
        return templates;
    }();
    return all;
}

const NetworkTemplate* findTemplate(const std::string& id) {
    for (const auto& candidate : templateCatalogue())
        if (candidate.id == id) return &candidate;
    return nullptr;
}

Network networkFromTemplate(const NetworkTemplate& from, const TemplateBlanks& blanks) {
    Network network;
    network.id = newUuid();
    network.name = from.id;
    std::string last;
    for (const auto& node : from.nodes) {
        const std::string type = node.at("type") == "$head" ? blanks.head : node.at("type").get<std::string>();
        if (type.empty() || (node.value("onlyForImages", false) && blanks.inputShape.size() < 2)) continue;
        last = network.append(type, fill(node.value("settings", nlohmann::json::object()), blanks), last);
    }
    return network;
}

}  // namespace lamina
