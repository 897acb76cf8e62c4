// COCO: one JSON file with categories, images and annotations (boxes, polygons, run-length masks, key points).
// https://cocodataset.org/#format-data
#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "core/annotation/formats/format_type.h"
#include "core/annotation/mask_runs.h"
#include "core/annotation/seen_bounds.h"

namespace lamina {
namespace coco_annotation_parts {

using nlohmann::json;

constexpr int deepest = 64;

/// Numbers as text, exactly; texts as they are: what other programs call an image or a category.
std::string idOf(const json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !(found->is_number_integer() || found->is_string())) return {};
    return found->is_string() ? found->get<std::string>() : found->dump();
}

std::string textOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::int64_t countOf(const json& object, const char* key) {
    const auto found = object.find(key);
    return found != object.end() && found->is_number() && found->get<double>() >= 0 && found->get<double>() < 1e9 ? found->get<std::int64_t>() : 0;
}

/// Finite numbers, or nothing.
bool numbersOf(const json& list, std::vector<double>& numbers) {
    numbers.clear();
    if (!list.is_array()) return false;
    for (const auto& entry : list) {
        if (!entry.is_number() || !std::isfinite(entry.get<double>())) return false;
        numbers.push_back(entry.get<double>());
    }
    return true;
}

std::vector<ShapePoint> pointsOf(const std::vector<double>& numbers) {
    std::vector<ShapePoint> points;
    for (std::size_t i = 0; i + 1 < numbers.size(); i += 2) points.push_back({numbers[i], numbers[i + 1]});
    return points;
}

bool readMask(const json& object, MaskRuns& mask) {
    std::vector<double> size;
    const auto counts = object.find("counts");
    if (counts == object.end() || !object.contains("size") || !numbersOf(object["size"], size) || size.size() != 2) return false;
    if (size[0] < 1 || size[1] < 1 || size[0] * size[1] > UINT32_MAX) return false;
    mask.height = static_cast<std::int64_t>(size[0]);
    mask.width = static_cast<std::int64_t>(size[1]);
    if (counts->is_string()) {
        if (!unpackRuns(counts->get_ref<const std::string&>(), mask.runs)) return false;
    } else {
        std::vector<double> runs;
        if (!numbersOf(*counts, runs)) return false;
        for (const double run : runs) {
            if (run < 0 || run > UINT32_MAX || run != std::floor(run)) return false;
            mask.runs.push_back(static_cast<std::uint32_t>(run));
        }
    }
    return isWhole(mask);
}

/// Why the shape cannot be used; empty where it can.
std::string readShape(const json& object, AnnotationShape& shape) {
    std::vector<double> numbers;
    shape.crowd = countOf(object, "iscrowd") == 1;
    if (const auto points = object.find("keypoints"); points != object.end() && points->is_array() && !points->empty()) {
        if (!numbersOf(*points, numbers) || numbers.size() % 3 != 0) return "keypoints";
        shape.kind = ShapeKind::Points;
        shape.parts.emplace_back();
        for (std::size_t i = 0; i < numbers.size(); i += 3) {
            shape.parts[0].push_back({numbers[i], numbers[i + 1]});
            shape.visibility.push_back(static_cast<std::uint8_t>(std::clamp(numbers[i + 2], 0.0, 2.0)));
        }
        return {};
    }
    const auto segmentation = object.find("segmentation");
    if (segmentation != object.end() && segmentation->is_object()) {
        shape.kind = ShapeKind::Mask;
        return readMask(*segmentation, shape.mask) ? "" : "segmentation";
    }
    if (segmentation != object.end() && segmentation->is_array() && !segmentation->empty()) {
        shape.kind = ShapeKind::Polygon;
        for (const auto& part : *segmentation) {
            if (!numbersOf(part, numbers) || numbers.size() % 2 != 0) return "segmentation";
            shape.parts.push_back(pointsOf(numbers));
        }
        return {};
    }
    if (!object.contains("bbox")) return "no bbox";
    if (!numbersOf(object["bbox"], numbers) || numbers.size() != 4) return "bbox";
    shape.kind = ShapeKind::Box;
    shape.parts = {{{numbers[0], numbers[1]}, {numbers[0] + numbers[2], numbers[1] + numbers[3]}}};
    return {};
}

void readAttributes(const json& object, std::map<std::string, std::string>& attributes) {
    const auto found = object.find("attributes");
    if (found == object.end() || !found->is_object()) return;
    for (const auto& [key, value] : found->items()) attributes[key] = value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, json::error_handler_t::replace);
}

/// What is read while the file streams by: nothing of it is kept twice.
class CocoReader {
public:
    CocoReader(const Path& folder, const Path& file, AnnotationSet& set) : m_folder(folder), m_file(file), m_set(set) {
        m_subset = subsetOf(file);
    }

    Result<void> run(const CancelToken& cancel) {
        std::ifstream stream(m_file, std::ios::binary);
        if (!stream) return fail("file.not_found", {{"file", m_file.string()}});
        bool tooDeep = false, stopped = false;
        std::int64_t seen = 0;
        const auto callback = [&](int depth, json::parse_event_t event, json& parsed) {
            if (depth > deepest) tooDeep = true;
            if (++seen % 4096 == 0 && cancel.cancelled()) stopped = true;
            if (tooDeep || stopped) return false;
            if (event == json::parse_event_t::key && depth == 1) m_list = parsed.get<std::string>();
            if (event != json::parse_event_t::object_end || depth != 2) return true;
            return !take(parsed);
        };
        const json rest = json::parse(stream, callback, false);
        if (stopped) return fail("job.cancelled");
        if (tooDeep || rest.is_discarded() || (m_images.empty() && m_pending.empty() && m_categories.empty()))
            return fail("annotation.damaged", {{"file", m_file.filename().string()}, {"reason", tooDeep ? "nested too deep" : "JSON"}});
        for (const auto& late : m_pending) annotate(late);
        return {};
    }

private:
    /// instances_train2017.json; train/_annotations.coco.json
    static std::string subsetOf(const Path& file) {
        std::string stem = file.stem().string();
        if (const auto dash = stem.find_last_of('_'); dash != std::string::npos)
            if (const auto subset = subsetOfName(stem.substr(dash + 1)); !subset.empty()) return subset;
        if (const auto subset = subsetOfName(stem); !subset.empty()) return subset;
        return subsetOfName(file.parent_path().filename().string());
    }

    /// True where the object is done with.
    bool take(const json& object) {
        if (m_list == "categories") return addCategory(object);
        if (m_list == "images") return addImage(object);
        if (m_list != "annotations") return true;
        // Annotations may stand before what they speak of.
        if (m_images.count(idOf(object, "image_id")) && m_categories.count(idOf(object, "category_id"))) annotate(object);
        else m_pending.push_back(object);
        return true;
    }

    bool addCategory(const json& object) {
        const std::string id = idOf(object, "id"), name = textOf(object, "name");
        if (id.empty() || name.empty()) return refuse("category", m_categories.size(), "id"), true;
        m_categories[id] = name;
        AnnotationLabel& label = m_set.label(name);
        if (object["id"].is_number_integer()) label.number = countOf(object, "id");
        label.parent = textOf(object, "supercategory");
        if (const auto points = object.find("keypoints"); points != object.end() && points->is_array()) {
            label.points.clear();
            for (const auto& point : *points)
                if (point.is_string()) label.points.push_back(point.get<std::string>());
        }
        if (const auto skeleton = object.find("skeleton"); skeleton != object.end() && skeleton->is_array()) {
            label.skeleton.clear();
            for (const auto& edge : *skeleton)
                if (edge.is_array() && edge.size() == 2 && edge[0].is_number_integer() && edge[1].is_number_integer())
                    label.skeleton.emplace_back(edge[0].get<int>() - 1, edge[1].get<int>() - 1);
        }
        return true;
    }

    bool addImage(const json& object) {
        const std::string id = idOf(object, "id"), name = textOf(object, "file_name");
        if (id.empty() || name.empty()) return refuse("image", m_images.size(), "id"), true;
        m_images[id] = m_set.images.size();
        AnnotatedImage image;
        image.file = place(name);
        image.width = countOf(object, "width");
        image.height = countOf(object, "height");
        image.subset = m_subset;
        image.state = textOf(object, "state");
        readAttributes(object, image.attributes);
        m_set.images.push_back(std::move(image));
        return true;
    }

    /// Where the picture lies, relative to the folder: as it says, beside the JSON, or in a folder of pictures near by.
    std::string place(const std::string& name) {
        const Path said = Path(name).lexically_normal();
        if (!said.is_absolute() && (said.empty() || *said.begin() != ".."))
            for (const Path& base : {m_file.parent_path(), m_folder, m_folder / "images", m_folder / "images" / nameOfSubset(m_subset), m_folder / nameOfSubset(m_subset)}) {
                std::error_code failed;
                if (std::filesystem::is_regular_file(base / said, failed)) return std::filesystem::relative(base / said, m_folder, failed).generic_string();
            }
        m_set.issues.push_back({Severity::Warning, fail("annotation.no_picture", {{"file", name}})});
        return pictureElsewhere(said);
    }

    void annotate(const json& object) {
        ++m_number;
        const auto image = m_images.find(idOf(object, "image_id"));
        const auto category = m_categories.find(idOf(object, "category_id"));
        if (image == m_images.end()) return refuse("annotation", m_number, "image_id");
        AnnotatedImage& target = m_set.images[image->second];
        if (category == m_categories.end()) {
            if (object.contains("caption")) return;  // a sentence about the picture: no shape
            return refuse("annotation", m_number, "category_id");
        }
        if (!object.contains("bbox") && !object.contains("segmentation") && !object.contains("keypoints")) {
            target.classes.push_back(category->second);
            return;
        }
        AnnotationShape shape;
        shape.label = category->second;
        if (const std::string reason = readShape(object, shape); !reason.empty()) return refuse("annotation", m_number, reason);
        readAttributes(object, shape.attributes);
        target.shapes.push_back(std::move(shape));
    }

    void refuse(const char* what, std::size_t number, const std::string& reason) {
        m_set.issues.push_back({Severity::Warning, fail("annotation.refused", {{"file", m_file.filename().string()},
                                                                                {"number", std::to_string(number)},
                                                                                {"reason", std::string(what) + ": " + reason}})});
    }

    Path m_folder, m_file;
    AnnotationSet& m_set;
    std::string m_subset, m_list;
    std::unordered_map<std::string, std::string> m_categories;
    std::unordered_map<std::string, std::size_t> m_images;
    std::vector<json> m_pending;
    std::size_t m_number = 0;
};

/// The first bytes look like COCO?
bool looksLikeCoco(const Path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string head(65536, '\0');
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(stream.gcount()));
    const auto has = [&](const char* key) { return head.find(key) != std::string::npos; };
    return has("{") && (has("\"image_id\"") || (has("\"images\"") && has("\"file_name\"")) || (has("\"categories\"") && has("\"supercategory\"")));
}

std::vector<Path> cocoFiles(const Path& folder) {
    std::vector<Path> found;
    for (const Path& file : filesBelow(folder, {".json"}, 1000))
        if (looksLikeCoco(file)) found.push_back(file);
    return found;
}

double probe(const Path& source) {
    std::error_code failed;
    if (std::filesystem::is_directory(source, failed)) return cocoFiles(source).empty() ? 0.0 : 0.8;
    return source.extension() == ".json" && looksLikeCoco(source) ? 0.9 : 0.0;
}

Result<AnnotationSet> read(const Path& source, const CancelToken& cancel) {
    std::error_code failed;
    if (!std::filesystem::exists(source, failed)) return fail("file.not_found", {{"file", source.string()}});
    const bool one = std::filesystem::is_regular_file(source, failed);
    const auto files = one ? std::vector<Path>{source} : cocoFiles(source);
    Path folder = one ? source.parent_path() : source;
    if (one && folder.filename() == "annotations") folder = folder.parent_path();
    AnnotationSet set;
    for (const Path& file : files) LAMINA_CHECK(CocoReader(folder, file, set).run(cancel));
    if (set.images.empty()) return fail("annotation.none", {{"file", source.string()}});
    checkShapes(set);
    return set;
}

/// Turned boxes and ellipses: their outline says more than the box around it.
bool isDrawnAsOutline(const AnnotationShape& shape) { return shape.kind == ShapeKind::Ellipse || (shape.kind == ShapeKind::Box && shape.rotation != 0); }

json shapeToJson(const AnnotationShape& shape, const AnnotatedImage& image) {
    json object{{"iscrowd", shape.crowd ? 1 : 0}};
    const ShapeBounds bounds = seenBoundsOf(shape, image.width, image.height);
    object["bbox"] = {bounds.left, bounds.top, bounds.width(), bounds.height()};
    const bool outlined = shape.kind == ShapeKind::Polygon || isDrawnAsOutline(shape);
    object["area"] = outlined ? areaOf(shape) : bounds.width() * bounds.height();
    object["segmentation"] = json::array();
    const bool holes = std::find(shape.holes.begin(), shape.holes.end(), true) != shape.holes.end();
    if (shape.kind == ShapeKind::Mask || (holes && image.width > 0)) {
        const MaskRuns mask = shape.kind == ShapeKind::Mask ? shape.mask : rasterise(shape.parts, image.width, image.height);
        object["segmentation"] = {{"size", {mask.height, mask.width}}, {"counts", packRuns(mask.runs)}};
        object["area"] = areaOf(mask);
    } else if (outlined) {
        for (const auto& part : outlineOf(shape)) {
            json ring = json::array();
            for (const auto& point : part) {
                ring.push_back(point.x);
                ring.push_back(point.y);
            }
            object["segmentation"].push_back(std::move(ring));
        }
    } else if (shape.kind == ShapeKind::Points && !shape.parts.empty()) {
        object["keypoints"] = json::array();
        std::int64_t labelled = 0;
        for (std::size_t i = 0; i < shape.parts[0].size(); ++i) {
            const int visible = i < shape.visibility.size() ? shape.visibility[i] : 2;
            labelled += visible > 0;
            object["keypoints"].push_back(shape.parts[0][i].x);
            object["keypoints"].push_back(shape.parts[0][i].y);
            object["keypoints"].push_back(visible);
        }
        object["num_keypoints"] = labelled;
    }
    if (!shape.attributes.empty()) object["attributes"] = shape.attributes;
    return object;
}

/// In the order in which a reader needs them.
std::string textOfDocument(const json& document) {
    std::string text = "{";
    for (const char* key : {"info", "licenses", "categories", "images", "annotations"})
        text += std::string(text.size() > 1 ? ",\n" : "\n") + "\"" + key + "\": " + document[key].dump(-1, ' ', false, json::error_handler_t::replace);
    return text + "\n}\n";
}

/// One file for each part that there is.
json cocoOf(const AnnotationSet& set, const std::string& subset, std::vector<Issue>& issues) {
    json document{{"info", {{"description", "Lamina"}}}, {"licenses", json::array()}, {"images", json::array()}, {"annotations", json::array()}, {"categories", json::array()}};
    std::unordered_map<std::string, std::int64_t> ids;
    const auto numbers = numbersOfTheirOwn(set.labels);
    for (std::size_t i = 0; i < set.labels.size(); ++i) {
        const AnnotationLabel& label = set.labels[i];
        ids.emplace(label.name, numbers[i]);
        json category{{"id", numbers[i]}, {"name", label.name}, {"supercategory", label.parent}};
        if (!label.points.empty()) category["keypoints"] = label.points;
        for (const auto& [from, to] : label.skeleton) category["skeleton"].push_back({from + 1, to + 1});
        document["categories"].push_back(std::move(category));
    }
    std::size_t imageId = 0, shapeId = 0;
    for (const AnnotatedImage& image : set.images) {
        if (image.subset != subset) continue;
        json entry{{"id", ++imageId}, {"file_name", image.file}, {"width", image.width}, {"height", image.height}};
        if (!image.state.empty()) entry["state"] = image.state;
        if (!image.attributes.empty()) entry["attributes"] = image.attributes;
        document["images"].push_back(std::move(entry));
        for (const std::string& name : image.classes)
            if (ids.count(name)) document["annotations"].push_back({{"id", ++shapeId}, {"image_id", imageId}, {"category_id", ids[name]}});
        for (std::size_t i = 0; i < image.shapes.size(); ++i) {
            const AnnotationShape& shape = image.shapes[i];
            const bool written = shape.kind < ShapeKind::Span && ids.count(shape.label) > 0;
            const char* lost = !written                              ? "annotation.not_written"
                               : isDrawnAsOutline(shape)             ? "annotation.became_outline"
                               : shape.kind == ShapeKind::Polyline ? "annotation.became_box"
                                                                     : nullptr;
            if (lost) issues.push_back({Severity::Warning, fail(lost, {{"file", image.file}, {"number", std::to_string(i + 1)}, {"label", shape.label}})});
            if (!written) continue;
            json object = shapeToJson(shape, image);
            object["id"] = ++shapeId;
            object["image_id"] = imageId;
            object["category_id"] = ids[shape.label];
            document["annotations"].push_back(std::move(object));
        }
    }
    return document;
}

Result<WrittenAnnotations> write(const AnnotationSet& set, const Path& folder, const CancelToken& cancel) {
    WrittenAnnotations written;
    std::error_code failed;
    std::filesystem::create_directories(folder / "annotations", failed);
    if (failed) return fail("file.failed", {{"file", folder.string()}, {"call", "mkdir"}, {"reason", failed.message()}});
    std::set<std::string> subsets;
    for (const AnnotatedImage& image : set.images) subsets.insert(image.subset);
    for (const std::string& subset : subsets) {
        if (cancel.cancelled()) return fail("job.cancelled");
        written.files.push_back(folder / "annotations" / ("instances_" + nameOfSubset(subset) + ".json"));
        LAMINA_CHECK(writeFileAtomically(written.files.back(), textOfDocument(cocoOf(set, subset, written.issues))));
    }
    return written;
}

}  // namespace coco_annotation_parts

const AnnotationFormatType& coco_annotation_format() {
    using namespace coco_annotation_parts;
    static const AnnotationFormatType type{.id = "coco",
                                           .title = "COCO",
                                           .summary = "One JSON file with boxes, polygons, masks and key points of many pictures.",
                                           .holds = {.classes = true, .numbers = true, .itemAttributes = true, .shapeAttributes = true, .emptiness = true, .crowds = true},
                                           .probe = probe,
                                           .read = read,
                                           .write = write};
    return type;
}

}  // namespace lamina
