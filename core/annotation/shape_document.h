// A shape as the JSON document that a project keeps: {"kind": "box", "parts": [[x, y, x, y]], …}; the class is not in it.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/annotation/annotation.h"

namespace lamina {

nlohmann::json shapeToDocument(const AnnotationShape& shape);
/// What shapeToDocument() wrote, with this class. "annotation.damaged_document" {reason}: the reason names the member that is wrong.
Result<AnnotationShape> shapeFromDocument(const nlohmann::json& document, std::string label);

}  // namespace lamina
