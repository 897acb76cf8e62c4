#include "core/network/network_template.h"

#include <map>

#include "core/base/uuid.h"
#include "core/network/network_edits.h"

namespace lamina {

/// Generated from resources/templates: the text of every file.
const std::vector<std::string>& templateTexts();

namespace {

nlohmann::json fill(nlohmann::json settings, const TemplateBlanks& blanks) {
    for (auto& [key, value] : settings.items()) {
        if (value == "$input") value = blanks.inputShape;
        else if (value == "$outputs") value = blanks.outputs;
        else if (value == "$vocabulary") value = blanks.vocabulary;
    }
    return settings;
}

bool isWanted(const nlohmann::json& node, const std::string& type, const TemplateBlanks& blanks) {
    const bool row = blanks.inputShape.size() < 2;
    return !type.empty() && !(node.value("onlyForImages", false) && row) && !(node.value("onlyForRows", false) && !row);
}

/// Appends nodes in the template's order and links each to the last one or to those it names.
class Filling {
public:
    explicit Filling(Network& network) : m_network(network) {}

    void append(const nlohmann::json& node, const std::string& type, nlohmann::json settings) {
        const auto names = node.value("inputs", std::vector<std::string>());
        m_last = m_network.append(type, std::move(settings), names.empty() ? m_last : std::string());
        for (std::size_t port = 0; port < names.size(); ++port) m_network.edges.push_back({m_ids.at(names[port]), m_last, static_cast<int>(port)});
        if (node.contains("name")) m_ids[node.at("name").get<std::string>()] = m_last;
    }

private:
    Network& m_network;
    std::string m_last;
    std::map<std::string, std::string> m_ids;  ///< by the name within the template
};

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
    Filling filling(network);
    for (const auto& node : from.nodes) {
        const std::string type = node.at("type") == "$head" ? blanks.head : node.at("type").get<std::string>();
        if (isWanted(node, type, blanks)) filling.append(node, type, fill(node.value("settings", nlohmann::json::object()), blanks));
    }
    // A chain stands well as it is.
    if (network.edges.size() + 1 != network.nodes.size()) arrangeNodes(network);
    return network;
}

}  // namespace lamina
