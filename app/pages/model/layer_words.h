// Layers, templates and edits in the words of the language in use. GUI thread.
#pragma once

#include <QString>

#include "app/pages/model/model_check.h"
#include "core/layers/layer_type.h"
#include "widgets/graph/graph_types.h"

namespace lamina {

QString layerTitle(const LayerType& type);
QString layerSummary(const LayerType& type);
QString propertyTitle(const LayerType& type, const Property& property);
QString propertyHelp(const LayerType& type, const Property& property);
/// Words for one of the property's choices ("same": "Keep size"); files keep the choice itself.
QString choiceTitle(const LayerType& type, const Property& property, const std::string& choice);
QString templateTitle(const std::string& id);
QString templateSummary(const std::string& id);

/// The catalogue for palette and canvas, category by category.
std::vector<GraphLayer> graphLayers();
/// What stands on every node.
GraphNotes graphNotes(const Network& network, const ModelCheck& check);

/// "32 × 28 × 28"
QString shapeWords(const Shape& shape);
/// "421,642", "1.2 M" where `shortly`.
QString countWords(double count, bool shortly);
QString bytesWords(std::uint64_t bytes);
/// "13 layers · 421,642 parameters · 4.2 M multiply-adds for each item · 1.6 MiB"
QString statisticsWords(const ModelCheck& check);

/// The name in the journal of an edit on the canvas.
EditName editNameOf(const NetworkEdit& edit);

}  // namespace lamina
