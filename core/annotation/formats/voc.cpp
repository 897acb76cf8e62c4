// Pascal VOC: one XML file per picture (Annotations/), the pictures beside it (JPEGImages/), the parts in ImageSets/Main/*.txt.
// http://host.robots.ox.ac.uk/pascal/VOC/voc2012/devkit_doc.pdf
#include <QXmlStreamWriter>
#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

#include "core/annotation/formats/format_type.h"
#include "core/annotation/formats/xml_tree.h"
#include "core/annotation/seen_bounds.h"
#include "core/base/number_text.h"

namespace lamina {
namespace voc_annotation_parts {

constexpr std::uint64_t largestXml = 16u << 20;
constexpr const char* flagsOfObjects[] = {"pose", "truncated", "difficult", "occluded"};

Error refused(const Path& file, std::size_t number, const std::string& reason) {
    return fail("annotation.refused", {{"file", file.filename().string()}, {"number", std::to_string(number)}, {"reason", reason}});
}

/// LabelMe's web tool writes XML that looks like VOC's and has outlines: <polygon><pt><x>1</x><y>2</y></pt>…</polygon>.
std::optional<AnnotationShape> polygonOf(const XmlElement& object) {
    const XmlElement* polygon = object.child("polygon");
    if (!polygon) return std::nullopt;
    AnnotationShape shape;
    shape.kind = ShapeKind::Polygon;
    shape.parts.emplace_back();
    for (const XmlElement& point : polygon->children) {
        if (point.name != "pt") continue;
        const auto x = point.numberOf("x"), y = point.numberOf("y");
        if (!x || !y) return std::nullopt;
        shape.parts[0].push_back({*x, *y});
    }
    if (shape.parts[0].size() < 3) return std::nullopt;
    return shape;
}

void addObject(const XmlElement& object, const Path& file, std::size_t number, AnnotationSet& set, AnnotatedImage& image) {
    const std::string name = object.textOf("name");
    const XmlElement* box = object.child("bndbox");
    if (const XmlElement* mask = object.child("segm"); mask && !box) {
        box = mask->child("box");
        if (box) set.issues.push_back({Severity::Warning, fail("annotation.mask_as_box", {{"file", image.file}, {"number", std::to_string(number)}, {"label", name}})});
    }
    if (object.textOf("deleted") == "1") return;
    if (!box && !name.empty())
        if (auto outline = polygonOf(object)) {
            outline->label = name;
            set.label(name);
            image.shapes.push_back(std::move(*outline));
            return;
        }
    if (name.empty() || !box) {
        set.issues.push_back({Severity::Warning, refused(file, number, name.empty() ? "no name" : "no bndbox")});
        return;
    }
    const auto left = box->numberOf("xmin"), top = box->numberOf("ymin"), right = box->numberOf("xmax"), bottom = box->numberOf("ymax");
    if (!left || !top || !right || !bottom) {
        set.issues.push_back({Severity::Warning, refused(file, number, "bndbox")});
        return;
    }
    AnnotationShape shape = boxShape(name, *left, *top, *right, *bottom);
    for (const char* flag : flagsOfObjects)
        if (const std::string value = object.textOf(flag); !value.empty() && value != "0" && value != "Unspecified") shape.attributes[flag] = value;
    if (const XmlElement* attributes = object.child("attributes"))
        for (const XmlElement& attribute : attributes->children)
            if (attribute.name == "attribute") shape.attributes[attribute.textOf("name")] = attribute.textOf("value");
    set.label(name);
    image.shapes.push_back(std::move(shape));
}

/// Stem of a picture → its part, from ImageSets/*/train.txt and so on.
std::unordered_map<std::string, std::string> partsOf(const Path& folder) {
    std::unordered_map<std::string, std::string> parts, ofFirstWords;
    for (const Path& file : filesBelow(folder / "ImageSets", {".txt"})) {
        const std::string subset = subsetOfName(file.stem().string());
        const auto text = readFile(file, largestXml);
        if (subset.empty() || file.stem().string().find('_') != std::string::npos || !text) continue;
        std::string line;
        for (std::size_t i = 0; i <= text->size(); ++i) {
            const char c = i < text->size() ? static_cast<char>((*text)[i]) : '\n';
            if (c != '\n') {
                line += c;
                continue;
            }
            while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.pop_back();
            // Names may hold blanks; in lists of classes a blank and 1 or -1 follow.
            if (!line.empty()) parts.emplace(line, subset);
            if (const auto end = line.find_first_of(" \t"); end != std::string::npos && end > 0) ofFirstWords.emplace(line.substr(0, end), subset);
            line.clear();
        }
    }
    parts.merge(ofFirstWords);  // a picture of just this name has its own line
    return parts;
}

/// Where the picture lies: beside its XML, or in a folder of pictures near by. Relative to `folder`; the name alone where it is nowhere.
std::string findPicture(const Path& folder, const Path& xml, const std::string& name, bool& found) {
    found = true;
    std::error_code none;
    const Path alike = folder / "Images" / std::filesystem::relative(xml.parent_path(), folder / "Annotations", none);
    for (const Path& place : {alike, xml.parent_path(), xml.parent_path().parent_path() / "JPEGImages", xml.parent_path().parent_path() / "images", folder / "JPEGImages",
                              folder / "images", folder})
        for (const std::string& candidate : {name, xml.stem().string() + Path(name).extension().string(), xml.stem().string() + ".jpg", xml.stem().string() + ".png"}) {
            std::error_code failed;
            if (!candidate.empty() && Path(candidate).filename() == candidate && std::filesystem::is_regular_file(place / candidate, failed))
                return std::filesystem::relative(place / candidate, folder, failed).generic_string();
        }
    found = false;
    const Path below = xml.parent_path().lexically_relative(folder / "Annotations");
    const bool parted = !below.empty() && *below.begin() != ".." && below != ".";
    return pictureElsewhere((parted ? below : Path()) / (name.empty() ? xml.stem() : Path(name).filename()));
}

double probe(const Path& source) {
    std::error_code failed;
    if (std::filesystem::is_directory(source, failed)) {
        if (std::filesystem::is_directory(source / "Annotations", failed) && !filesBelow(source / "Annotations", {".xml"}, 1).empty()) return 0.9;
        return !filesBelow(source, {".xml"}, 1).empty() ? 0.4 : 0.0;
    }
    return source.extension() == ".xml" ? 0.5 : 0.0;
}

void readOne(const Path& folder, const Path& file, const std::unordered_map<std::string, std::string>& parts, AnnotationSet& set) {
    auto bytes = readFile(file, largestXml);
    if (!bytes) {
        set.issues.push_back({Severity::Warning, bytes.takeError()});
        return;
    }
    std::string reason;
    const auto root = readXmlTree(*bytes, reason);
    if (!root || root->name != "annotation") {
        set.issues.push_back({Severity::Warning, fail("annotation.damaged", {{"file", file.filename().string()}, {"reason", root ? "<" + root->name + ">" : reason}})});
        return;
    }
    AnnotatedImage image;
    bool there = false;
    image.file = findPicture(folder, file, root->textOf("filename"), there);
    if (const XmlElement* size = root->child("size")) {
        image.width = static_cast<std::int64_t>(size->numberOf("width").value_or(0));
        image.height = static_cast<std::int64_t>(size->numberOf("height").value_or(0));
    } else if (const XmlElement* rows = root->child("imagesize")) {
        image.width = static_cast<std::int64_t>(rows->numberOf("ncols").value_or(0));
        image.height = static_cast<std::int64_t>(rows->numberOf("nrows").value_or(0));
    }
    if (const auto part = parts.find(file.stem().string()); part != parts.end()) image.subset = part->second;
    std::size_t number = 0;
    for (const XmlElement& object : root->children)
        if (object.name == "object") addObject(object, file, ++number, set, image);
    if (number == 0) image.state = "checked_empty";
    if (!there) set.issues.push_back({Severity::Warning, fail("annotation.no_picture", {{"file", image.file}})});
    set.images.push_back(std::move(image));
}

Result<AnnotationSet> read(const Path& source, const CancelToken& cancel) {
    std::error_code failed;
    if (!std::filesystem::exists(source, failed)) return fail("file.not_found", {{"file", source.string()}});
    const bool one = std::filesystem::is_regular_file(source, failed);
    const Path folder = one ? source.parent_path() : source;
    const auto files = one ? std::vector<Path>{source} : filesBelow(folder, {".xml"});
    const auto parts = partsOf(folder);
    AnnotationSet set;
    for (const Path& file : files) {
        if (cancel.cancelled()) return fail("job.cancelled");
        readOne(folder, file, parts, set);
    }
    if (set.images.empty()) return set.issues.empty() ? fail("annotation.none", {{"file", source.string()}}) : set.issues.front().what;
    checkShapes(set);
    return set;
}

void writeElement(QXmlStreamWriter& xml, const char* name, const std::string& text) {
    xml.writeTextElement(QString::fromLatin1(name), QString::fromStdString(text));
}

/// Those that have no element of their own.
void writeAttributes(QXmlStreamWriter& xml, const AnnotationShape& shape) {
    auto others = shape.attributes;
    for (const char* flag : flagsOfObjects) others.erase(flag);
    if (others.empty()) return;
    xml.writeStartElement("attributes");
    for (const auto& [name, value] : others) {
        xml.writeStartElement("attribute");
        writeElement(xml, "name", name);
        writeElement(xml, "value", value);
        xml.writeEndElement();
    }
    xml.writeEndElement();
}

std::string xmlOf(const AnnotatedImage& image, std::vector<Issue>& issues) {
    QByteArray text;
    QXmlStreamWriter xml(&text);
    xml.setAutoFormatting(true);
    xml.writeStartElement("annotation");
    writeElement(xml, "filename", Path(image.file).filename().string());
    xml.writeStartElement("size");
    writeElement(xml, "width", std::to_string(image.width));
    writeElement(xml, "height", std::to_string(image.height));
    writeElement(xml, "depth", "3");
    xml.writeEndElement();
    for (std::size_t i = 0; i < image.shapes.size(); ++i) {
        const AnnotationShape& shape = image.shapes[i];
        if (shape.kind >= ShapeKind::Span) {
            issues.push_back({Severity::Warning, fail("annotation.not_written", {{"file", image.file}, {"number", std::to_string(i + 1)}, {"label", shape.label}})});
            continue;
        }
        if (shape.kind != ShapeKind::Box || shape.rotation != 0)
            issues.push_back({Severity::Warning, fail("annotation.became_box", {{"file", image.file}, {"number", std::to_string(i + 1)}, {"label", shape.label}})});
        const ShapeBounds bounds = seenBoundsOf(shape, image.width, image.height);
        xml.writeStartElement("object");
        writeElement(xml, "name", shape.label);
        for (const char* flag : flagsOfObjects)
            if (const auto value = shape.attributes.find(flag); value != shape.attributes.end()) writeElement(xml, flag, value->second);
        xml.writeStartElement("bndbox");
        writeElement(xml, "xmin", shortestText(bounds.left));
        writeElement(xml, "ymin", shortestText(bounds.top));
        writeElement(xml, "xmax", shortestText(bounds.right));
        writeElement(xml, "ymax", shortestText(bounds.bottom));
        xml.writeEndElement();
        writeAttributes(xml, shape);
        xml.writeEndElement();
    }
    xml.writeEndElement();
    return text.toStdString();
}

/// File names without folders, one each: a second picture of the same name gets its folder in front.
std::string stemFor(const AnnotatedImage& image, std::set<std::string>& taken) {
    std::string stem = Path(image.file).stem().string();
    if (!taken.insert(stem).second) {
        stem = Path(image.file).replace_extension().generic_string();
        std::replace(stem.begin(), stem.end(), '/', '_');
        taken.insert(stem);
    }
    return stem;
}

Result<WrittenAnnotations> write(const AnnotationSet& set, const Path& folder, const CancelToken& cancel) {
    WrittenAnnotations written;
    std::error_code failed;
    std::filesystem::create_directories(folder / "Annotations", failed);
    if (!failed) std::filesystem::create_directories(folder / "ImageSets" / "Main", failed);
    if (failed) return fail("file.failed", {{"file", folder.string()}, {"call", "mkdir"}, {"reason", failed.message()}});
    std::set<std::string> taken;
    std::map<std::string, std::string> lists;
    for (const AnnotatedImage& image : set.images) {
        if (cancel.cancelled()) return fail("job.cancelled");
        const std::string stem = stemFor(image, taken);
        written.files.push_back(folder / "Annotations" / (stem + ".xml"));
        LAMINA_CHECK(writeFileOfMany(written.files.back(), xmlOf(image, written.issues)));
        if (!image.subset.empty()) lists[nameOfSubset(image.subset)] += stem + "\n";
    }
    for (const auto& [name, text] : lists) {
        written.files.push_back(folder / "ImageSets" / "Main" / (name + ".txt"));
        LAMINA_CHECK(writeFileAtomically(written.files.back(), text));
    }
    return written;
}

}  // namespace voc_annotation_parts

const AnnotationFormatType& voc_annotation_format() {
    using namespace voc_annotation_parts;
    static const AnnotationFormatType type{.id = "voc",
                                           .title = "Pascal VOC",
                                           .summary = "One XML file with boxes for each picture.",
                                           .holds = {.shapeAttributes = true, .emptiness = true},
                                           .silenceIsEmptiness = true,
                                           .probe = probe,
                                           .read = read,
                                           .write = write};
    return type;
}

}  // namespace lamina
