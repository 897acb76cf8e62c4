// The settings of nodes, from their JSON to the rows of the property panel and back.
#pragma once

#include <any>
#include <vector>

#include "app/pages/model/model_check.h"
#include "core/layers/layer_type.h"
#include "widgets/properties/property_row.h"

namespace lamina {

/// The layer's defaults with what the node says; entries that cannot be read count as default.
std::any settingsOf(const LayerType& type, const NetworkNode& node);
nlohmann::json valueToJson(const PropertyValue& value);

/// Rows for these nodes (not empty; all shown ones are of `network`): name, settings where they are of one kind, frozen, shapes and cost.
/// `needs`: of the data, whose columns can be chosen; may be nullptr.
std::vector<PropertyRow> nodeRows(const Network& network, const std::vector<std::string>& nodes, const ModelCheck& check, const NetworkNeeds* needs = nullptr);

struct SettingsEdit {
    Network network;
    EditName name;
};
/// What changing a row means for the network.
SettingsEdit changeRow(const Network& network, const std::vector<std::string>& nodes, const std::string& row, const PropertyValue& value);

}  // namespace lamina
