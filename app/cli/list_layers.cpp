#include <algorithm>
#include <utility>

#include "app/cli/command.h"
#include "core/layers/layer_type.h"

namespace lamina {
namespace list_layers_command_parts {

nlohmann::json limitsToJson(const PropertyLimits& limits) {
    nlohmann::json json = nlohmann::json::object();
    if (limits.minimum > -std::numeric_limits<double>::infinity()) json["minimum"] = limits.minimum;
    if (limits.maximum < std::numeric_limits<double>::infinity()) json["maximum"] = limits.maximum;
    if (limits.exclusiveMinimum) json["exclusive_minimum"] = true;
    if (!limits.choices.empty()) json["choices"] = limits.choices;
    if (limits.length) json["length"] = limits.length;
    return json;
}

nlohmann::json layerToJson(const LayerType& layer, Language language) {
    const auto defaults = propertiesToJson(layer.properties, layer.defaults);
    auto properties = nlohmann::json::array();
    for (const Property& property : layer.properties)
        properties.push_back({{"id", property.id}, {"title", property.title}, {"help", property.help}, {"default", defaults.value(property.id, nlohmann::json())},
                              {"limits", limitsToJson(property.limits)}});
    return {{"id", layer.id},
            {"title", textOr("layer." + layer.id + ".title", language, layer.title)},
            {"category", layer.category},
            {"summary", textOr("layer." + layer.id + ".summary", language, layer.summary)},
            {"inputs", {layer.minimumInputs, layer.maximumInputs}},
            {"properties", properties}};
}

std::string settingsText(const LayerType& layer) {
    const auto defaults = propertiesToJson(layer.properties, layer.defaults);
    std::string line;
    for (const Property& property : layer.properties) line += (line.empty() ? "" : ", ") + property.id + "=" + defaults[property.id].dump();
    return line;
}

/// The categories in the order in which the catalogue first names them.
std::vector<std::string> categories() {
    std::vector<std::string> all;
    for (const LayerType* layer : layerCatalogue())
        if (std::find(all.begin(), all.end(), layer->category) == all.end()) all.push_back(layer->category);
    return all;
}

Result<nlohmann::json> listLayers(Console& console) {
    TerminalTable table({{console.text("cli.head.category")}, {console.text("cli.head.id")}, {console.text("cli.head.name")}, {console.text("cli.head.settings")}});
    auto list = nlohmann::json::array();
    for (const std::string& category : categories()) {
        std::string title = textOr("layer_category." + category, console.language(), category);
        for (const LayerType* layer : layerCatalogue()) {
            if (layer->category != category) continue;
            list.push_back(layerToJson(*layer, console.language()));
            table.add({std::exchange(title, {}), layer->id, list.back()["title"], settingsText(*layer)});
        }
    }
    console.table(table);
    return nlohmann::json{{"layers", list}};
}

}  // namespace list_layers_command_parts

void list_layers_command(Command& command) {
    using namespace list_layers_command_parts;
    command.run = listLayers;
}

}  // namespace lamina
