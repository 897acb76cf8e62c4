// LabelMe: one JSON file per picture, beside it. https://github.com/wkentaro/labelme
#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <set>

#include "core/annotation/formats/format_type.h"
#include "core/annotation/formats/json_file.h"
#include "core/annotation/outer_rings.h"

namespace lamina {
namespace labelme_annotation_parts {

using nlohmann::json;

constexpr std::uint64_t largestFile = 256u << 20;

std::string readPoints(const json& object, std::vector<ShapePoint>& points) {
    const auto found = object.find("points");
    if (found == object.end() || !found->is_array()) return "points";
    for (const auto& point : *found) {
        if (!point.is_array() || point.size() != 2 || !point[0].is_number() || !point[1].is_number()) return "points";
        points.push_back({point[0].get<double>(), point[1].get<double>()});
        if (!std::isfinite(points.back().x) || !std::isfinite(points.back().y)) return "points";
    }
    return points.empty() ? "points" : "";
}

void makeBox(AnnotationShape& shape) {
    const ShapeBounds box = boundsOf(shape);
    shape.parts = {{{box.left, box.top}, {box.right, box.bottom}}};
}

/// Why it is no shape; empty where it is one.
std::string readShape(const json& object, AnnotationShape& shape) {
    if (!object.is_object()) return "shape";
    shape.label = jsonText(object, "label");
    if (shape.label.empty()) return "label";
    shape.parts.emplace_back();
    if (auto reason = readPoints(object, shape.parts[0]); !reason.empty()) return reason;
    const std::string type = jsonText(object, "shape_type");
    auto& points = shape.parts[0];
    if (type.empty() || type == "polygon") {
        shape.kind = ShapeKind::Polygon;
    } else if (type == "rectangle") {
        if (points.size() != 2 && points.size() != 4) return "rectangle";
        makeBox(shape);
    } else if (type == "circle") {
        if (points.size() != 2) return "circle";
        const double radius = std::hypot(points[1].x - points[0].x, points[1].y - points[0].y);
        shape.kind = ShapeKind::Ellipse;
        shape.parts = {{{points[0].x - radius, points[0].y - radius}, {points[0].x + radius, points[0].y + radius}}};
    } else if (type == "line" || type == "linestrip") {
        shape.kind = ShapeKind::Polyline;
    } else if (type == "point" || type == "points") {
        shape.kind = ShapeKind::Points;
        shape.visibility.assign(points.size(), 2);
    } else {
        return type;  // masks are pictures within the text
    }
    if (const auto flags = object.find("flags"); flags != object.end()) jsonAttributes(*flags, shape.attributes);
    if (const std::string description = jsonText(object, "description"); !description.empty()) shape.attributes["description"] = description;
    if (const auto group = object.find("group_id"); group != object.end() && group->is_number_integer()) shape.attributes["group"] = group->dump();
    return {};
}

/// Where the picture lies, relative to the folder; the name alone where it is not there.
std::string findPicture(const Path& folder, const Path& file, const std::string& said, bool& there) {
    std::string name = said;
    std::replace(name.begin(), name.end(), '\\', '/');
    const Path base = Path(name).filename();
    for (const Path& candidate :
         {file.parent_path() / base, file.parent_path().parent_path() / "images" / base, folder / base, folder / "images" / base}) {
        std::error_code failed;
        there = !base.empty() && std::filesystem::is_regular_file(candidate, failed);
        if (there) return std::filesystem::relative(candidate, folder, failed).generic_string();
    }
    return pictureElsewhere(file.parent_path().lexically_relative(folder) / name);
}

/// Flags that are set are classes of the picture, those that are not name classes that it could have; other values are its attributes.
void readImageFlags(const json& document, AnnotationSet& set, AnnotatedImage& image) {
    const auto flags = document.find("flags");
    if (flags == document.end() || !flags->is_object()) return;
    json attributes = json::object();
    for (const auto& [name, value] : flags->items()) {
        if (!value.is_boolean()) attributes[name] = value;
        else if (set.label(name); value.get<bool>()) image.classes.push_back(name);
    }
    jsonAttributes(attributes, image.attributes);
}

/// Class and group → the first of the picture's shapes that is such a polygon.
using GroupedShapes = std::map<std::pair<std::string, std::string>, std::size_t>;

/// Polygons of one class in one group are the parts of one thing: the shape becomes a part of the one that is there.
bool joinsItsGroup(const AnnotationShape& shape, AnnotatedImage& image, GroupedShapes& grouped) {
    const auto group = shape.attributes.find("group");
    if (shape.kind != ShapeKind::Polygon || group == shape.attributes.end()) return false;
    const auto [place, isFirst] = grouped.emplace(std::pair(shape.label, group->second), image.shapes.size());
    if (isFirst) return false;
    AnnotationShape& whole = image.shapes[place->second];
    whole.parts.push_back(shape.parts[0]);
    whole.attributes.erase("group");  // said by the parts
    return true;
}

void readOne(const Path& folder, const Path& file, AnnotationSet& set) {
    const std::string name = file.filename().string();
    auto bytes = readFile(file, largestFile);
    if (!bytes) {
        set.issues.push_back({Severity::Warning, bytes.takeError()});
        return;
    }
    std::string reason;
    const auto document = readJsonText(*bytes, reason, "imageData");
    if (!document || !document->is_object() || !document->contains("shapes") || !(*document)["shapes"].is_array()) {
        set.issues.push_back({Severity::Warning, fail("annotation.damaged", {{"file", name}, {"reason", document ? "no shapes" : reason}})});
        return;
    }
    AnnotatedImage image;
    bool there = false;
    image.file = findPicture(folder, file, jsonText(*document, "imagePath"), there);
    if (!there) set.issues.push_back({Severity::Warning, fail("annotation.no_picture", {{"file", image.file}})});
    image.width = static_cast<std::int64_t>(std::clamp(jsonNumber(*document, "imageWidth"), 0.0, 1e6));
    image.height = static_cast<std::int64_t>(std::clamp(jsonNumber(*document, "imageHeight"), 0.0, 1e6));
    image.subset = subsetOfName(file.parent_path().filename().string());
    readImageFlags(*document, set, image);
    if (const auto state = image.attributes.find("state"); state != image.attributes.end()) {
        image.state = state->second;
        image.attributes.erase(state);
    }
    if (const auto part = image.attributes.find("part"); part != image.attributes.end() && part->second == nameOfSubset(subsetOfName(part->second))) {  // else it is somebody's own
        image.subset = subsetOfName(part->second);
        image.attributes.erase(part);
    }
    std::size_t number = 0;
    GroupedShapes grouped;
    for (const auto& object : (*document)["shapes"]) {
        ++number;
        AnnotationShape shape;
        if (const std::string problem = readShape(object, shape); !problem.empty()) {
            set.issues.push_back(
                {Severity::Warning, fail("annotation.refused", {{"file", name}, {"number", std::to_string(number)}, {"reason", problem}})});
            continue;
        }
        set.label(shape.label);
        if (!joinsItsGroup(shape, image, grouped)) image.shapes.push_back(std::move(shape));
    }
    set.images.push_back(std::move(image));
}

bool looksLikeLabelme(const Path& file) {
    const auto holds = [](const std::string& text) {
        return text.find("\"imagePath\"") != std::string::npos || text.find("\"shapes\"") != std::string::npos;
    };
    std::ifstream stream(file, std::ios::binary);
    std::string head(4096, '\0');
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(stream.gcount()));
    return holds(head);
}

double probe(const Path& source) {
    std::error_code failed;
    if (!std::filesystem::is_directory(source, failed)) return source.extension() == ".json" && looksLikeLabelme(source) ? 0.85 : 0.0;
    for (const Path& file : filesBelow(source, {".json"}, 3))
        if (looksLikeLabelme(file)) return 0.75;
    return 0;
}

Result<AnnotationSet> read(const Path& source, const CancelToken& cancel) {
    std::error_code failed;
    if (!std::filesystem::exists(source, failed)) return fail("file.not_found", {{"file", source.string()}});
    const bool one = std::filesystem::is_regular_file(source, failed);
    AnnotationSet set;
    for (const Path& file : one ? std::vector<Path>{source} : filesBelow(source, {".json"})) {
        if (cancel.cancelled()) return fail("job.cancelled");
        readOne(one ? source.parent_path() : source, file, set);
    }
    if (set.images.empty()) return set.issues.empty() ? fail("annotation.none", {{"file", source.string()}}) : set.issues.front().what;
    checkShapes(set);
    return set;
}

json pointsToJson(const std::vector<ShapePoint>& points) {
    json list = json::array();
    for (const ShapePoint& point : points) list.push_back({point.x, point.y});
    return list;
}

/// Without those of which nobody knows where they are: there is no word for that.
std::vector<ShapePoint> pointsThatAreThere(const AnnotationShape& shape) {
    std::vector<ShapePoint> there;
    for (std::size_t i = 0; !shape.parts.empty() && i < shape.parts[0].size(); ++i)
        if (i >= shape.visibility.size() || shape.visibility[i] != 0) there.push_back(shape.parts[0][i]);
    return there;
}

/// What a shape becomes there: a type and one list of points or, of a polygon of several parts, several that share a group.
struct LabelmePieces {
    std::string type;
    std::vector<json> points;  ///< empty: there is no type for it
    bool exact = true;         ///< nothing is lost
};

LabelmePieces piecesOf(const AnnotationShape& shape) {
    const ShapeBounds box = boundsOf(shape);
    switch (shape.kind) {
        case ShapeKind::Box:
            if (shape.rotation == 0) return {"rectangle", {pointsToJson({{box.left, box.top}, {box.right, box.bottom}})}};
            break;
        case ShapeKind::Ellipse:
            if (std::abs(box.width() - box.height()) < 1e-9) {
                const ShapePoint middle{(box.left + box.right) / 2, (box.top + box.bottom) / 2};
                return {"circle", {pointsToJson({middle, {box.right, middle.y}})}};
            }
            break;
        case ShapeKind::Polygon:
            if (shape.parts.size() == 1) return {"polygon", {pointsToJson(shape.parts[0])}};
            break;
        case ShapeKind::Polyline:
            if (!shape.parts.empty()) return {shape.parts[0].size() == 2 ? "line" : "linestrip", {pointsToJson(shape.parts[0])}};
            break;
        case ShapeKind::Points:
            if (const auto there = pointsThatAreThere(shape); !there.empty()) return {there.size() == 1 ? "point" : "points", {pointsToJson(there)}};
            break;
        default: break;
    }
    const OuterRings outer = outerRingsOf(shape);
    LabelmePieces pieces{"polygon", {}, outer.exact};
    for (const auto& ring : outer.rings) pieces.points.push_back(pointsToJson(ring));
    return pieces;
}

json flagsOf(const AnnotationShape& shape) {
    json flags = json::object();
    for (const auto& [key, value] : shape.attributes)
        if (key != "description" && key != "group") flags[key] = value == "true" ? json(true) : value == "false" ? json(false) : json(value);
    return flags;
}

/// A group that no shape of the picture is in.
std::int64_t freeGroup(const AnnotatedImage& image) {
    constexpr std::int64_t highest = std::int64_t{1} << 52;
    std::int64_t group = 1;
    for (const AnnotationShape& shape : image.shapes)
        if (const auto taken = shape.attributes.find("group"); taken != shape.attributes.end())
            group = std::max<std::int64_t>(group, std::min<std::int64_t>(std::atoll(taken->second.c_str()), highest) + 1);
    return group;
}

/// `place`: of the file, whose folder may tell the part.
json flagsOf(const AnnotatedImage& image, const Path& place) {
    json flags = json::object();
    if (subsetOfName(place.parent_path().filename().string()) != image.subset) flags["part"] = nameOfSubset(image.subset);
    for (const auto& [key, value] : image.attributes) flags[key] = value;
    for (const std::string& name : image.classes) flags[name] = true;
    if (!image.state.empty()) flags["state"] = image.state;
    return flags;
}

std::string textOf(const AnnotatedImage& image, const Path& place, std::vector<Issue>& issues) {
    json document{{"version", "5.0.1"},   {"flags", flagsOf(image, place)},    {"shapes", json::array()},
                  {"imageData", nullptr}, {"imageHeight", image.height}, {"imageWidth", image.width}};
    document["imagePath"] = Path(image.file).filename().string();
    std::int64_t nextGroup = freeGroup(image);
    for (std::size_t i = 0; i < image.shapes.size(); ++i) {
        const AnnotationShape& shape = image.shapes[i];
        const LabelmePieces pieces = piecesOf(shape);
        const auto tell = [&](const char* code) { issues.push_back({Severity::Warning, fail(code, {{"file", image.file}, {"number", std::to_string(i + 1)}, {"label", shape.label}})}); };
        if (pieces.points.empty()) {
            tell("annotation.not_written");
            continue;
        }
        const bool seen = std::all_of(shape.visibility.begin(), shape.visibility.end(), [](int visible) { return visible == 2; });
        if (shape.kind == ShapeKind::Points && !seen) tell("annotation.visibility_lost");
        if (!pieces.exact) tell("annotation.became_outline");
        json object{{"label", shape.label}, {"group_id", nullptr}, {"shape_type", pieces.type}, {"flags", flagsOf(shape)}};
        if (const auto text = shape.attributes.find("description"); text != shape.attributes.end()) object["description"] = text->second;
        if (const auto group = shape.attributes.find("group"); group != shape.attributes.end()) object["group_id"] = std::atoll(group->second.c_str());
        else if (pieces.points.size() > 1) object["group_id"] = nextGroup++;
        for (const json& points : pieces.points) {
            object["points"] = points;
            document["shapes"].push_back(object);
        }
    }
    return document.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<WrittenAnnotations> write(const AnnotationSet& set, const Path& folder, const CancelToken& cancel) {
    WrittenAnnotations written;
    std::set<Path> taken;
    for (const AnnotatedImage& image : set.images) {
        if (cancel.cancelled()) return fail("job.cancelled");
        std::error_code failed;
        // Beside the picture, where its path is one within the folder.
        Path place = Path(image.file).lexically_normal();
        if (place.is_absolute() || place.empty() || *place.begin() == "..") place = place.filename();
        if (place.parent_path().empty() && !image.subset.empty()) place = Path(nameOfSubset(image.subset)) / place;
        Path file = folder / Path(place).replace_extension(".json");
        if (!taken.insert(file).second) file = folder / (place.generic_string() + ".json");
        std::filesystem::create_directories(file.parent_path(), failed);
        if (failed) return fail("file.failed", {{"file", file.parent_path().string()}, {"call", "mkdir"}, {"reason", failed.message()}});
        written.files.push_back(file);
        LAMINA_CHECK(writeFileOfMany(file, textOf(image, place, written.issues)));
    }
    return written;
}

}  // namespace labelme_annotation_parts

const AnnotationFormatType& labelme_annotation_format() {
    using namespace labelme_annotation_parts;
    static const AnnotationFormatType type{.id = "labelme",
                                           .title = "LabelMe",
                                           .summary = "One JSON file for each picture with polygons, rectangles, circles, lines and points.",
                                           .holds = {.classes = true, .itemAttributes = true, .shapeAttributes = true, .emptiness = true},
                                           .probe = probe,
                                           .read = read,
                                           .write = write};
    return type;
}

}  // namespace lamina
