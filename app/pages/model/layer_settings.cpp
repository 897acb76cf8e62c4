#include "app/pages/model/layer_settings.h"

#include <QCoreApplication>

#include <algorithm>

#include "app/pages/model/layer_words.h"

namespace lamina {
namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(lamina::NodeRows)
};

// No setting of a layer has a name like these.
constexpr const char* nameRow = "#name";
constexpr const char* frozenRow = "#frozen";

using Nodes = std::vector<const NetworkNode*>;

Nodes nodesOf(const Network& network, const std::vector<std::string>& ids) {
    Nodes nodes;
    for (const auto& id : ids)
        if (const NetworkNode* node = network.node(id)) nodes.push_back(node);
    return nodes;
}

QString refuseName(const Network& network, const NetworkNode& node, const PropertyValue& value) {
    const std::string& name = std::get<std::string>(value);
    if (name.find_first_not_of(' ') == std::string::npos) return Words::tr("Give the layer a name.");
    if (name.find_first_of("/#") != std::string::npos) return Words::tr("A name may not contain / or #.");
    const bool taken =
        std::any_of(network.nodes.begin(), network.nodes.end(), [&](const auto& other) { return other.id != node.id && other.name == name; });
    return taken ? Words::tr("Another layer has this name already.") : QString();
}

PropertyRow rowForName(const Network& network, const NetworkNode& node) {
    PropertyRow row;
    row.id = QLatin1String(nameRow);
    row.title = Words::tr("Name");
    row.help = Words::tr("The layer's own name in this network. Weights are kept under it.");
    row.kind = PropertyRow::Kind::Text;
    row.value = node.name;
    row.hasStandard = false;
    row.refuse = [network, node](const PropertyValue& value) { return refuseName(network, node, value); };
    return row;
}

bool sameType(const Nodes& nodes) {
    return std::all_of(nodes.begin(), nodes.end(), [&](const auto* node) { return node->type == nodes.front()->type; });
}

QStringList choiceTitles(const LayerType& type, const Property& property) {
    QStringList titles;
    for (const auto& choice : property.limits.choices) titles << choiceTitle(type, property, choice);
    return titles;
}

QStringList columnsOf(const NetworkNeeds* needs) {
    QStringList columns;
    if (needs)
        for (const OfferedColumn& column : needs->columns) columns << QString::fromStdString(column.name);
    return columns;
}

void addSettings(std::vector<PropertyRow>& rows, const Nodes& nodes, const NetworkNeeds* needs) {
    const LayerType* type = findLayer(nodes.front()->type);
    if (!type || !sameType(nodes)) return;
    for (const auto& property : type->properties) {
        const PropertyValue value = property.get(settingsOf(*type, *nodes.front()));
        auto row = propertyRow(property, propertyTitle(*type, property), propertyHelp(*type, property), value, property.get(type->defaults));
        row.choiceTitles = choiceTitles(*type, property);
        if (property.limits.meaning == "column") row.offers = columnsOf(needs);
        row.mixed = std::any_of(nodes.begin(), nodes.end(), [&](const auto* node) { return property.get(settingsOf(*type, *node)) != value; });
        rows.push_back(std::move(row));
    }
}

PropertyRow rowForFrozen(const Nodes& nodes) {
    PropertyRow row;
    row.id = QLatin1String(frozenRow);
    row.title = Words::tr("Frozen");
    row.help = Words::tr("The layer's weights stay as they are while the others are trained.");
    row.kind = PropertyRow::Kind::Boolean;
    row.value = nodes.front()->frozen;
    row.standard = false;
    row.mixed = std::any_of(nodes.begin(), nodes.end(), [&](const auto* node) { return node->frozen != nodes.front()->frozen; });
    return row;
}

QString inputShapes(const Network& network, const NetworkNode& node, const ModelCheck& check) {
    QStringList shapes;
    for (const auto& from : network.inputsOf(node.id)) {
        const auto report = check.nodes.find(from);
        shapes << (report == check.nodes.end() || report->second.shape.empty() ? Words::tr("unknown") : shapeWords(report->second.shape));
    }
    return shapes.isEmpty() ? Words::tr("none") : shapes.join(QStringLiteral("; "));
}

void addReport(std::vector<PropertyRow>& rows, const Network& network, const NetworkNode& node, const ModelCheck& check) {
    if (node.type != "input")
        rows.push_back(readOnlyRow(QStringLiteral("#inputs"), Words::tr("Takes"), inputShapes(network, node, check),
                                   Words::tr("Sizes of what comes in for one item.")));
    const auto report = check.nodes.find(node.id);
    if (report == check.nodes.end()) return;
    const QString output = report->second.shape.empty() ? Words::tr("unknown") : shapeWords(report->second.shape);
    rows.push_back(readOnlyRow(QStringLiteral("#output"), Words::tr("Gives"), output, Words::tr("Sizes of what goes out for one item.")));
    rows.push_back(readOnlyRow(QStringLiteral("#parameters"), Words::tr("Parameters"),
                               countWords(static_cast<double>(report->second.parameters), false), Words::tr("How many numbers the layer learns.")));
    rows.push_back(readOnlyRow(QStringLiteral("#cost"), Words::tr("Multiply-adds"), countWords(report->second.flops / 2, true),
                               Words::tr("What the layer costs for one item: how often two numbers are multiplied and added.")));
}

bool learns(const Nodes& nodes, const ModelCheck& check) {
    return std::any_of(nodes.begin(), nodes.end(), [&](const auto* node) {
        const auto report = check.nodes.find(node->id);
        return node->frozen || (report != check.nodes.end() && report->second.parameters > 0);
    });
}

EditName nameOfChange(const Nodes& nodes, const std::string& row, const PropertyValue& value) {
    const std::string& layer = nodes.front()->name;
    const std::string count = std::to_string(nodes.size()), text = valueText(value).toStdString();
    if (row == nameRow) return editName("edit.rename_layer", {{"layer", layer}, {"to", text}});
    if (row == frozenRow && nodes.size() == 1)
        return std::get<bool>(value) ? editName("edit.freeze_layer", {{"layer", layer}}) : editName("edit.unfreeze_layer", {{"layer", layer}});
    if (row == frozenRow)
        return std::get<bool>(value) ? editName("edit.freeze_layers", {{"count", count}}) : editName("edit.unfreeze_layers", {{"count", count}});
    if (nodes.size() == 1) return editName("edit.set_layer_setting", {{"setting", row}, {"layer", layer}, {"value", text}});
    return editName("edit.set_layers_setting", {{"setting", row}, {"count", count}, {"value", text}});
}

}  // namespace

std::any settingsOf(const LayerType& type, const NetworkNode& node) {
    std::any settings = type.defaults;
    if (propertiesFromJson(type.properties, node.settings, settings)) return settings;
    settings = type.defaults;
    for (const auto& property : type.properties) {
        const auto found = node.settings.find(property.id);
        if (found == node.settings.end()) continue;
        std::any with = settings;
        if (propertiesFromJson(type.properties, {{property.id, *found}}, with)) settings = with;
    }
    return settings;
}

nlohmann::json valueToJson(const PropertyValue& value) {
    return std::visit([](const auto& v) { return nlohmann::json(v); }, value);
}

std::vector<PropertyRow> nodeRows(const Network& network, const std::vector<std::string>& ids, const ModelCheck& check, const NetworkNeeds* needs) {
    const Nodes nodes = nodesOf(network, ids);
    std::vector<PropertyRow> rows;
    if (nodes.empty()) return rows;
    if (nodes.size() == 1) rows.push_back(rowForName(network, *nodes.front()));
    addSettings(rows, nodes, needs);
    if (learns(nodes, check)) rows.push_back(rowForFrozen(nodes));
    if (nodes.size() == 1) addReport(rows, network, *nodes.front(), check);
    return rows;
}

SettingsEdit changeRow(const Network& network, const std::vector<std::string>& ids, const std::string& row, const PropertyValue& value) {
    SettingsEdit edit{network, nameOfChange(nodesOf(network, ids), row, value)};
    for (auto& node : edit.network.nodes) {
        if (std::find(ids.begin(), ids.end(), node.id) == ids.end()) continue;
        if (row == nameRow) node.name = std::get<std::string>(value);
        else if (row == frozenRow) node.frozen = std::get<bool>(value);
        else node.settings[row] = valueToJson(value);
    }
    return edit;
}

}  // namespace lamina
