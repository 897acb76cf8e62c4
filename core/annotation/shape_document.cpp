#include "core/annotation/shape_document.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "core/annotation/mask_runs.h"

namespace lamina {
namespace {

using nlohmann::json;

Error damagedShape(const char* reason) { return fail("annotation.damaged_document", {{"reason", reason}}); }

bool takeNumber(const json& document, const char* key, double& value) {
    const auto found = document.find(key);
    if (found == document.end()) return true;
    if (!found->is_number() || !std::isfinite(found->get<double>())) return false;
    value = found->get<double>();
    return true;
}

bool takeParts(const json& document, AnnotationShape& shape) {
    const auto found = document.find("parts");
    if (found == document.end()) return true;
    if (!found->is_array()) return false;
    for (const auto& part : *found) {
        if (!part.is_array() || part.size() % 2 != 0) return false;
        auto& points = shape.parts.emplace_back();
        for (std::size_t i = 0; i < part.size(); i += 2) {
            if (!part[i].is_number() || !part[i + 1].is_number()) return false;
            points.push_back({part[i].get<double>(), part[i + 1].get<double>()});
        }
    }
    return true;
}

bool takeMask(const json& document, MaskRuns& mask) {
    const auto found = document.find("mask");
    if (found == document.end()) return true;
    if (!found->is_array() || found->size() != 3 || !(*found)[0].is_number_integer() || !(*found)[1].is_number_integer() || !(*found)[2].is_string())
        return false;
    mask.width = (*found)[0].get<std::int64_t>();
    mask.height = (*found)[1].get<std::int64_t>();
    return unpackRuns((*found)[2].get<std::string>(), mask.runs) && isWhole(mask);
}

bool takeFlags(const json& document, AnnotationShape& shape) {
    for (const auto& hole : document.value("holes", json::array())) {
        if (!hole.is_number_integer()) return false;
        shape.holes.push_back(hole.get<int>() != 0);
    }
    for (const auto& visible : document.value("visibility", json::array())) {
        if (!visible.is_number_integer()) return false;
        shape.visibility.push_back(static_cast<std::uint8_t>(std::clamp(visible.get<int>(), 0, 2)));
    }
    const auto crowd = document.find("crowd");
    if (crowd != document.end() && !crowd->is_boolean()) return false;
    shape.crowd = crowd != document.end() && crowd->get<bool>();
    return true;
}

bool takeAttributes(const json& document, AnnotationShape& shape) {
    const auto found = document.find("attributes");
    if (found == document.end()) return true;
    if (!found->is_object()) return false;
    for (const auto& [key, value] : found->items()) {
        if (!value.is_string()) return false;
        shape.attributes[key] = value.get<std::string>();
    }
    return true;
}

}  // namespace

json shapeToDocument(const AnnotationShape& shape) {
    json document{{"kind", shapeKindName(shape.kind)}};
    for (const auto& part : shape.parts) {
        json points = json::array();
        for (const ShapePoint& point : part) {
            points.push_back(point.x);
            points.push_back(point.y);
        }
        document["parts"].push_back(std::move(points));
    }
    if (!shape.holes.empty()) {
        json holes = json::array();
        for (const bool hole : shape.holes) holes.push_back(hole ? 1 : 0);
        document["holes"] = std::move(holes);
    }
    if (!shape.visibility.empty()) document["visibility"] = std::vector<int>(shape.visibility.begin(), shape.visibility.end());
    if (shape.rotation != 0) document["rotation"] = shape.rotation;
    if (shape.kind == ShapeKind::Mask) document["mask"] = {shape.mask.width, shape.mask.height, packRuns(shape.mask.runs)};
    if (shape.begin != 0 || shape.end != 0) {
        document["begin"] = shape.begin;
        document["end"] = shape.end;
    }
    if (shape.crowd) document["crowd"] = true;
    if (!shape.attributes.empty()) document["attributes"] = shape.attributes;
    return document;
}

Result<AnnotationShape> shapeFromDocument(const json& document, std::string label) {
    AnnotationShape shape;
    shape.label = std::move(label);
    if (!document.is_object() || !document.contains("kind") || !document["kind"].is_string()) return damagedShape("kind");
    const auto name = document["kind"].get<std::string>();
    int kind = 0;
    while (kind < shapeKinds && name != shapeKindName(static_cast<ShapeKind>(kind))) ++kind;
    if (kind == shapeKinds) return damagedShape("kind");
    shape.kind = static_cast<ShapeKind>(kind);
    if (!takeParts(document, shape)) return damagedShape("parts");
    if (!takeMask(document, shape.mask)) return damagedShape("mask");
    if (!takeFlags(document, shape)) return damagedShape("flags");
    if (!takeAttributes(document, shape)) return damagedShape("attributes");
    if (!takeNumber(document, "rotation", shape.rotation) || !takeNumber(document, "begin", shape.begin) || !takeNumber(document, "end", shape.end))
        return damagedShape("numbers");
    return shape;
}

}  // namespace lamina
