// What a screen reader says of the canvas: where one is and what it is like there.
#pragma once

#include <QString>

#include <optional>
#include <string>

#include "widgets/graph/graph_scene.h"

namespace lamina {

/// `current`: the node one is at, else the link that is selected, else nothing (an empty text).
QString spokenPlace(const GraphScene& scene, const std::string& current, const std::optional<NetworkEdge>& edge);

}  // namespace lamina
