// CVAT 1.1: one XML file with the shapes of many pictures, or the tracks of a video.
// https://docs.cvat.ai/docs/manual/advanced/xml_format/
#include <QXmlStreamWriter>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <fstream>
#include <map>

#include "core/annotation/formats/format_type.h"
#include "core/annotation/formats/xml_tree.h"
#include "core/annotation/mask_runs.h"
#include "core/base/number_text.h"

namespace lamina {
namespace cvat_annotation_parts {

constexpr std::uint64_t largestXml = 256u << 20;
constexpr std::int64_t largestMask = std::int64_t{1} << 28;

/// "1.0,2;3,4"
bool pointsFrom(const std::string& text, std::vector<ShapePoint>& points) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(';', at), text.size()), comma = text.find(',', at);
        if (comma >= end) return false;
        const auto x = finiteNumber(text.substr(at, comma - at)), y = finiteNumber(text.substr(comma + 1, end - comma - 1));
        if (!x || !y) return false;
        points.push_back({*x, *y});
        at = end + 1;
    }
    return !points.empty();
}

/// Runs along the rows of the mask's box, the first outside, into runs down the columns of the picture.
std::string readMask(const XmlElement& element, const AnnotatedImage& image, AnnotationShape& shape) {
    const auto left = element.attributeNumber("left"), top = element.attributeNumber("top"), width = element.attributeNumber("width"),
               height = element.attributeNumber("height");
    if (!left || !top || !width || !height || image.width * image.height > largestMask || image.width <= 0 || image.height <= 0) return "mask";
    if (*left < 0 || *top < 0 || *width < 1 || *height < 1 || *left + *width > static_cast<double>(image.width) ||
        *top + *height > static_cast<double>(image.height))
        return "mask";
    const auto x0 = static_cast<std::int64_t>(*left), y0 = static_cast<std::int64_t>(*top), w = static_cast<std::int64_t>(*width),
               h = static_cast<std::int64_t>(*height);
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(image.width * image.height));
    const std::string text = element.attribute("rle");
    std::int64_t at = 0;
    bool inside = false;
    for (const char *p = text.data(), *end = p + text.size(); p < end;) {
        while (p < end && (*p == ' ' || *p == ',')) ++p;
        if (p == end) break;
        std::int64_t run = 0;
        const auto [next, error] = std::from_chars(p, end, run);
        if (error != std::errc() || run < 0 || run > w * h - at) return "rle";
        for (std::int64_t i = at; inside && i < at + run; ++i) pixels[static_cast<std::size_t>((y0 + i / w) * image.width + x0 + i % w)] = 1;
        at += run;
        inside = !inside;
        p = next;
    }
    if (at != w * h) return "rle";
    shape.kind = ShapeKind::Mask;
    shape.mask = runsOfPixels(pixels.data(), image.width, image.height, 1);
    return {};
}

std::string readBox(const XmlElement& element, AnnotationShape& shape) {
    const auto left = element.attributeNumber("xtl"), top = element.attributeNumber("ytl"), right = element.attributeNumber("xbr"),
               bottom = element.attributeNumber("ybr");
    if (!left || !top || !right || !bottom) return "box";
    shape.parts = {{{*left, *top}, {*right, *bottom}}};
    return {};
}

std::string readEllipse(const XmlElement& element, AnnotationShape& shape) {
    const auto x = element.attributeNumber("cx"), y = element.attributeNumber("cy"), rx = element.attributeNumber("rx"),
               ry = element.attributeNumber("ry");
    if (!x || !y || !rx || !ry) return "ellipse";
    shape.kind = ShapeKind::Ellipse;
    shape.parts = {{{*x - *rx, *y - *ry}, {*x + *rx, *y + *ry}}};
    return {};
}

/// Named points; those that the label does not know yet are added to it.
std::string readSkeleton(const XmlElement& element, AnnotationShape& shape, AnnotationLabel& label) {
    shape.kind = ShapeKind::Points;
    shape.parts.emplace_back();
    for (const XmlElement& child : element.children) {
        if (child.name != "points") continue;
        std::vector<ShapePoint> points;
        const std::string name = child.attribute("label");
        if (!pointsFrom(child.attribute("points"), points)) return "skeleton";
        auto place = std::find(label.points.begin(), label.points.end(), name) - label.points.begin();
        if (place == std::ssize(label.points)) label.points.push_back(name);
        if (std::ssize(shape.parts[0]) <= place) {
            shape.parts[0].resize(static_cast<std::size_t>(place) + 1);
            shape.visibility.resize(static_cast<std::size_t>(place) + 1);
        }
        shape.parts[0][static_cast<std::size_t>(place)] = points[0];
        shape.visibility[static_cast<std::size_t>(place)] = child.attribute("outside") == "1" ? 0 : child.attribute("occluded") == "1" ? 1 : 2;
    }
    return shape.parts[0].empty() ? "skeleton" : "";
}

std::string readPoints(const XmlElement& element, ShapeKind kind, AnnotationShape& shape) {
    shape.kind = kind;
    shape.parts.emplace_back();
    if (!pointsFrom(element.attribute("points"), shape.parts[0])) return "points";
    if (kind == ShapeKind::Points) shape.visibility.assign(shape.parts[0].size(), 2);
    return {};
}

/// Why the element is no shape; empty where it is one. nullopt: something else stands there.
std::optional<std::string> readShape(const XmlElement& element, const AnnotatedImage& image, AnnotationShape& shape, AnnotationLabel& label) {
    if (element.name == "box") return readBox(element, shape);
    if (element.name == "ellipse") return readEllipse(element, shape);
    if (element.name == "polygon") return readPoints(element, ShapeKind::Polygon, shape);
    if (element.name == "polyline") return readPoints(element, ShapeKind::Polyline, shape);
    if (element.name == "points") return readPoints(element, ShapeKind::Points, shape);
    if (element.name == "mask") return readMask(element, image, shape);
    if (element.name == "skeleton") return readSkeleton(element, shape, label);
    return std::nullopt;
}

void readCommon(const XmlElement& element, AnnotationShape& shape) {
    shape.rotation = element.attributeNumber("rotation").value_or(0);
    if (element.attribute("occluded") == "1") shape.attributes["occluded"] = "1";
    for (const XmlElement& child : element.children)
        if (child.name == "attribute") shape.attributes[child.attribute("name")] = child.text;
}

class CvatReader {
public:
    CvatReader(const Path& folder, const Path& file, AnnotationSet& set) : m_folder(folder), m_file(file), m_set(set) {}

    Result<void> run(const CancelToken& cancel) {
        LAMINA_TRY(const auto bytes, readFile(m_file, largestXml));
        std::string reason;
        const auto root = readXmlTree(bytes, reason);
        if (!root || root->name != "annotations")
            return fail("annotation.damaged", {{"file", m_file.filename().string()}, {"reason", root ? "<" + root->name + ">" : reason}});
        if (const XmlElement* meta = root->child("meta")) readLabels(*meta);
        for (const XmlElement& element : root->children) {
            if (cancel.cancelled()) return fail("job.cancelled");
            if (element.name == "image") readImage(element);
            else if (element.name == "track") readTrack(element);
        }
        for (auto& [frame, image] : m_frames) m_set.images.push_back(std::move(image));
        return {};
    }

private:
    /// <labels> lies in a task, a project or a job.
    void readLabels(const XmlElement& meta) {
        for (const XmlElement& part : meta.children) {
            const XmlElement* labels = part.name == "labels" ? &part : part.child("labels");
            if (!labels) continue;
            for (const XmlElement& label : labels->children)
                if (!label.textOf("name").empty() && label.textOf("parent").empty()) m_set.label(label.textOf("name"));
        }
        if (const XmlElement* task = meta.child("task"))
            if (const XmlElement* size = task->child("original_size")) {
                m_width = static_cast<std::int64_t>(size->numberOf("width").value_or(0));
                m_height = static_cast<std::int64_t>(size->numberOf("height").value_or(0));
            }
    }

    static std::int64_t sizeOf(const XmlElement& element, const char* name) {
        const double value = element.attributeNumber(name).value_or(0);
        return value >= 1 && value < 1e6 ? static_cast<std::int64_t>(value) : 0;
    }

    void readImage(const XmlElement& element) {
        AnnotatedImage image;
        image.width = sizeOf(element, "width");
        image.height = sizeOf(element, "height");
        image.subset = subsetOfName(element.attribute("subset"));
        image.file = place(element.attribute("name"), element.attribute("subset"));
        for (const XmlElement& child : element.children) addShape(child, image);
        m_set.images.push_back(std::move(image));
    }

    void readTrack(const XmlElement& track) {
        for (const XmlElement& child : track.children) {
            const auto frame = child.attributeNumber("frame");
            if (!frame || *frame < 0 || *frame > 1e9) continue;
            auto [found, added] = m_frames.try_emplace(static_cast<std::int64_t>(*frame));
            if (added) {
                found->second.file = place(frameName(found->first), "");
                found->second.width = m_width;
                found->second.height = m_height;
            }
            if (child.attribute("outside") == "1") continue;
            XmlElement labelled = child;
            labelled.attributes["label"] = track.attribute("label");
            addShape(labelled, found->second);
            if (!found->second.shapes.empty()) found->second.shapes.back().attributes["track"] = track.attribute("id");
        }
    }

    static std::string frameName(std::int64_t frame) {
        const std::string number = std::to_string(frame);
        return "frame_" + std::string(number.size() < 6 ? 6 - number.size() : 0, '0') + number;
    }

    void addShape(const XmlElement& element, AnnotatedImage& image) {
        const std::string name = element.attribute("label");
        if (element.name == "tag") {
            if (!name.empty()) image.classes.push_back(m_set.label(name).name);
            return;
        }
        AnnotationShape shape;
        AnnotationLabel unnamed;
        const auto reason = readShape(element, image, shape, name.empty() ? unnamed : m_set.label(name));
        if (!reason) return;
        ++m_number;
        if (!reason->empty() || name.empty()) {
            m_set.issues.push_back({Severity::Warning, fail("annotation.refused", {{"file", m_file.filename().string()},
                                                                                   {"number", std::to_string(m_number)},
                                                                                   {"reason", name.empty() ? "no label" : *reason}})});
            return;
        }
        shape.label = name;
        readCommon(element, shape);
        image.shapes.push_back(std::move(shape));
    }

    /// Relative to the folder: as it says, or in a folder of pictures near by.
    std::string place(const std::string& name, const std::string& subset) {
        const Path said = Path(name).lexically_normal();
        const bool inside = !said.is_absolute() && (said.empty() || *said.begin() != "..");
        for (const Path& base : {m_folder, m_folder / "images", m_folder / "images" / subset, m_folder / subset})
            for (const char* ending : {"", ".png", ".jpg"}) {
                std::error_code failed;
                const Path candidate = base / (said.generic_string() + ending);
                if (inside && std::filesystem::is_regular_file(candidate, failed))
                    return std::filesystem::relative(candidate, m_folder, failed).generic_string();
            }
        m_set.issues.push_back({Severity::Warning, fail("annotation.no_picture", {{"file", name}})});
        return pictureElsewhere(said);
    }

    Path m_folder, m_file;
    AnnotationSet& m_set;
    std::map<std::int64_t, AnnotatedImage> m_frames;
    std::int64_t m_width = 0, m_height = 0;
    std::size_t m_number = 0;
};

bool looksLikeCvat(const Path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string head(4096, '\0');
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(stream.gcount()));
    return head.find("<annotations") != std::string::npos;
}

std::vector<Path> cvatFiles(const Path& folder) {
    std::vector<Path> found;
    for (const Path& file : filesBelow(folder, {".xml"}, 50))
        if (looksLikeCvat(file)) found.push_back(file);
    return found;
}

double probe(const Path& source) {
    std::error_code failed;
    if (std::filesystem::is_directory(source, failed)) return cvatFiles(source).empty() ? 0.0 : 0.85;
    return source.extension() == ".xml" && looksLikeCvat(source) ? 0.9 : 0.0;
}

Result<AnnotationSet> read(const Path& source, const CancelToken& cancel) {
    std::error_code failed;
    if (!std::filesystem::exists(source, failed)) return fail("file.not_found", {{"file", source.string()}});
    const bool one = std::filesystem::is_regular_file(source, failed);
    AnnotationSet set;
    for (const Path& file : one ? std::vector<Path>{source} : cvatFiles(source))
        LAMINA_CHECK(CvatReader(one ? source.parent_path() : source, file, set).run(cancel));
    if (set.images.empty()) return fail("annotation.none", {{"file", source.string()}});
    checkShapes(set);
    return set;
}

QString q(const std::string& text) { return QString::fromStdString(text); }
void put(QXmlStreamWriter& xml, const char* name, const std::string& value) { xml.writeAttribute(QString::fromLatin1(name), q(value)); }

std::string pointsText(const std::vector<ShapePoint>& points) {
    std::string text;
    for (const ShapePoint& point : points) text += (text.empty() ? "" : ";") + shortestText(point.x) + "," + shortestText(point.y);
    return text;
}

void writeMask(QXmlStreamWriter& xml, const MaskRuns& mask) {
    AnnotationShape whole;
    whole.kind = ShapeKind::Mask;
    whole.mask = mask;
    const ShapeBounds box = boundsOf(whole);
    const auto x0 = static_cast<std::int64_t>(box.left), y0 = static_cast<std::int64_t>(box.top), w = static_cast<std::int64_t>(box.width()),
               h = static_cast<std::int64_t>(box.height());
    const auto pixels = pixelsOfRuns(mask);
    std::string rle;
    std::int64_t run = 0;
    std::uint8_t inside = 0;
    for (std::int64_t i = 0; i < w * h; ++i) {
        const std::uint8_t pixel = pixels[static_cast<std::size_t>((y0 + i / w) * mask.width + x0 + i % w)];
        if (pixel != inside) {
            rle += std::to_string(run) + ", ";
            run = 0;
            inside = pixel;
        }
        ++run;
    }
    put(xml, "rle", rle + std::to_string(run));
    for (const auto& [name, value] : {std::pair("left", x0), std::pair("top", y0), std::pair("width", w), std::pair("height", h)})
        put(xml, name, std::to_string(value));
}

void writeSkeleton(QXmlStreamWriter& xml, const AnnotationShape& shape, const AnnotationLabel& label) {
    for (std::size_t i = 0; i < shape.parts[0].size(); ++i) {
        const int visible = i < shape.visibility.size() ? shape.visibility[i] : 2;
        xml.writeStartElement("points");
        put(xml, "label", i < label.points.size() ? label.points[i] : std::to_string(i + 1));
        put(xml, "points", pointsText({shape.parts[0][i]}));
        put(xml, "outside", visible == 0 ? "1" : "0");
        put(xml, "occluded", visible == 1 ? "1" : "0");
        xml.writeEndElement();
    }
}

/// Several rings, or rings with holes, are a mask there.
bool isPlainPolygon(const AnnotationShape& shape) { return shape.kind == ShapeKind::Polygon && shape.parts.size() == 1; }

void writeCommon(QXmlStreamWriter& xml, const AnnotationShape& shape) {
    const auto occluded = shape.attributes.find("occluded");
    put(xml, "occluded", occluded != shape.attributes.end() && occluded->second == "1" ? "1" : "0");
    if (shape.rotation != 0) put(xml, "rotation", shortestText(shape.rotation));
}

void writeAttributes(QXmlStreamWriter& xml, const AnnotationShape& shape) {
    for (const auto& [key, value] : shape.attributes) {
        if (key == "occluded") continue;
        xml.writeStartElement("attribute");
        put(xml, "name", key);
        xml.writeCharacters(q(value));
        xml.writeEndElement();
    }
}

/// Points with names, or some of them not to be seen: only a skeleton says that.
bool isSkeleton(const AnnotationShape& shape, const AnnotationLabel& label) {
    const bool named = !label.points.empty() && !shape.parts.empty() && label.points.size() >= shape.parts[0].size();
    return named || std::any_of(shape.visibility.begin(), shape.visibility.end(), [](int visible) { return visible != 2; });
}

/// The name of the element, or nothing where the format has none for it.
const char* elementOf(const AnnotationShape& shape, const AnnotatedImage& image, const AnnotationLabel& label) {
    switch (shape.kind) {
        case ShapeKind::Box: return "box";
        case ShapeKind::Ellipse: return "ellipse";
        case ShapeKind::Polyline: return "polyline";
        case ShapeKind::Points: return isSkeleton(shape, label) ? "skeleton" : "points";
        case ShapeKind::Mask: return isWhole(shape.mask) && areaOf(shape.mask) > 0 ? "mask" : nullptr;
        case ShapeKind::Polygon: return isPlainPolygon(shape) ? "polygon" : image.width > 0 ? "mask" : nullptr;
        default: return nullptr;
    }
}

bool writeShape(QXmlStreamWriter& xml, const AnnotationShape& shape, const AnnotatedImage& image, const AnnotationLabel& label) {
    const char* element = elementOf(shape, image, label);
    if (!element || (shape.kind != ShapeKind::Mask && (shape.parts.empty() || shape.parts[0].empty()))) return false;
    const ShapeBounds box = boundsOf(shape);
    MaskRuns mask;
    if (std::string(element) == "mask") {
        mask = shape.kind == ShapeKind::Mask ? shape.mask : rasterise(shape.parts, image.width, image.height);
        if (areaOf(mask) == 0) return false;
    }
    xml.writeStartElement(element);
    put(xml, "label", shape.label);
    writeCommon(xml, shape);
    if (shape.kind == ShapeKind::Box) {
        for (const auto& [name, value] :
             {std::pair("xtl", box.left), std::pair("ytl", box.top), std::pair("xbr", box.right), std::pair("ybr", box.bottom)})
            put(xml, name, shortestText(value));
    } else if (shape.kind == ShapeKind::Ellipse) {
        for (const auto& [name, value] : {std::pair("cx", (box.left + box.right) / 2), std::pair("cy", (box.top + box.bottom) / 2),
                                          std::pair("rx", box.width() / 2), std::pair("ry", box.height() / 2)})
            put(xml, name, shortestText(value));
    } else if (!mask.runs.empty()) {
        writeMask(xml, mask);
    } else if (std::string(element) == "skeleton") {
        writeSkeleton(xml, shape, label);
    } else {
        put(xml, "points", pointsText(shape.parts[0]));
    }
    writeAttributes(xml, shape);
    xml.writeEndElement();
    return true;
}

void writeLabels(QXmlStreamWriter& xml, const AnnotationSet& set) {
    xml.writeStartElement("meta");
    xml.writeStartElement("task");
    xml.writeStartElement("labels");
    for (const AnnotationLabel& label : set.labels) {
        xml.writeStartElement("label");
        xml.writeTextElement("name", q(label.name));
        xml.writeEndElement();
    }
    for (int i = 0; i < 3; ++i) xml.writeEndElement();
}

Result<WrittenAnnotations> write(const AnnotationSet& set, const Path& folder, const CancelToken& cancel) {
    WrittenAnnotations written;
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return fail("file.failed", {{"file", folder.string()}, {"call", "mkdir"}, {"reason", failed.message()}});
    std::map<std::string, const AnnotationLabel*> labels;
    for (const AnnotationLabel& label : set.labels) labels[label.name] = &label;
    const AnnotationLabel none;
    QByteArray text;
    QXmlStreamWriter xml(&text);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement("annotations");
    xml.writeTextElement("version", "1.1");
    writeLabels(xml, set);
    std::size_t number = 0;
    for (const AnnotatedImage& image : set.images) {
        if (cancel.cancelled()) return fail("job.cancelled");
        xml.writeStartElement("image");
        put(xml, "id", std::to_string(number++));
        put(xml, "name", image.file);
        if (!image.subset.empty()) put(xml, "subset", nameOfSubset(image.subset));
        put(xml, "width", std::to_string(image.width));
        put(xml, "height", std::to_string(image.height));
        for (const std::string& name : image.classes) {
            xml.writeStartElement("tag");
            put(xml, "label", name);
            xml.writeEndElement();
        }
        for (std::size_t i = 0; i < image.shapes.size(); ++i) {
            const auto label = labels.find(image.shapes[i].label);
            if (!writeShape(xml, image.shapes[i], image, label == labels.end() ? none : *label->second))
                written.issues.push_back(
                    {Severity::Warning,
                     fail("annotation.not_written", {{"file", image.file}, {"number", std::to_string(i + 1)}, {"label", image.shapes[i].label}})});
        }
        xml.writeEndElement();
    }
    xml.writeEndDocument();
    written.files.push_back(folder / "annotations.xml");
    LAMINA_CHECK(writeFileAtomically(written.files.back(), std::string_view(text.constData(), static_cast<std::size_t>(text.size()))));
    return written;
}

}  // namespace cvat_annotation_parts

const AnnotationFormatType& cvat_annotation_format() {
    using namespace cvat_annotation_parts;
    static const AnnotationFormatType type{.id = "cvat",
                                           .title = "CVAT",
                                           .summary = "One XML file with boxes, polygons, lines, points, masks and skeletons of many pictures.",
                                           .holds = {.classes = true, .shapeAttributes = true},
                                           .probe = probe,
                                           .read = read,
                                           .write = write};
    return type;
}

}  // namespace lamina
