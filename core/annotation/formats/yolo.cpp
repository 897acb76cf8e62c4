// YOLO: a text file per picture, a line per object: class and numbers from 0 to 1 of the picture's size. Five numbers are a box (middle and size),
// more an outline, and where the YAML file says kpt_shape a box with key points. Classes stand in data.yaml, obj.names or classes.txt.
// https://docs.ultralytics.com/datasets/detect
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>
#include <string_view>

#include "core/annotation/formats/format_type.h"
#include "core/annotation/outer_rings.h"
#include "core/annotation/seen_bounds.h"
#include "core/base/number_text.h"
#include "core/data/image_decode.h"

namespace lamina {
namespace yolo_annotation_parts {

constexpr std::uint64_t largestText = 64u << 20;
constexpr std::size_t mostPoints = 10'000;  // of one object

struct YoloHead {
    std::vector<std::string> names;
    std::size_t points = 0, numbersPerPoint = 0;  ///< kpt_shape
};

std::vector<std::string> linesOf(const std::vector<std::byte>& bytes) {
    std::vector<std::string> lines(1);
    for (const std::byte byte : bytes) {
        const char c = static_cast<char>(byte);
        if (c == '\n') lines.emplace_back();
        else if (c != '\r') lines.back() += c;
    }
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    return lines;
}

/// yaml-cpp throws: caught where it is called.
YoloHead headFromYaml(const std::vector<std::byte>& bytes) {
    const YAML::Node document = YAML::Load(std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
    YoloHead head;
    const YAML::Node names = document["names"];
    if (names.IsSequence()) {
        for (const auto& name : names) head.names.push_back(name.as<std::string>());
    } else if (names.IsMap()) {
        for (const auto& entry : names) {
            const auto index = entry.first.as<std::size_t>();
            if (index >= 100000) throw YAML::Exception(entry.first.Mark(), "class number");
            if (head.names.size() <= index) head.names.resize(index + 1);
            head.names[index] = entry.second.as<std::string>();
        }
    }
    if (const YAML::Node shape = document["kpt_shape"]; shape && shape.IsSequence() && shape.size() == 2) {
        head.points = shape[0].as<std::size_t>();
        head.numbersPerPoint = shape[1].as<std::size_t>();
        // Others would lead past the end of a line, or never to it.
        if (head.points > mostPoints || head.numbersPerPoint < 2 || head.numbersPerPoint > 3) throw YAML::Exception(shape.Mark(), "kpt_shape");
    }
    return head;
}

bool isListOfNames(const Path& file) {
    const std::string name = file.filename().string();
    return file.extension() == ".names" || name == "classes.txt" || name == "labels.txt";
}

/// Deepest YAML nesting that a description of a data set has any need of.
bool isShallow(const std::vector<std::byte>& bytes) {
    int depth = 0;
    for (const std::byte byte : bytes) {
        const char c = static_cast<char>(byte);
        depth += (c == '[' || c == '{') - (c == ']' || c == '}');
        if (depth > 16) return false;
    }
    return true;
}

Result<YoloHead> readHead(const Path& folder) {
    for (const Path& file : filesBelow(folder, {".yaml", ".yml"}, 100)) {
        LAMINA_TRY(const auto bytes, readFile(file, 1u << 20));
        if (!isShallow(bytes)) return fail("annotation.damaged", {{"file", file.filename().string()}, {"reason", "YAML"}});
        try {
            YoloHead head = headFromYaml(bytes);
            if (!head.names.empty()) return head;
        } catch (const YAML::Exception& problem) {
            return fail("annotation.damaged", {{"file", file.filename().string()}, {"reason", problem.what()}});
        }
    }
    for (const Path& file : filesBelow(folder, {".names", ".txt"}))
        if (isListOfNames(file)) {
            LAMINA_TRY(const auto bytes, readFile(file, largestText));
            YoloHead head;
            head.names = linesOf(bytes);
            return head;
        }
    return YoloHead{};
}

/// All numbers of a line; false where one of its words is none.
bool numbersIn(std::string_view line, std::vector<double>& numbers) {
    numbers.clear();
    while (true) {
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
        if (line.empty()) return true;
        double value = 0;
        const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
        if (error != std::errc() || !std::isfinite(value)) return false;
        const auto length = static_cast<std::size_t>(end - line.data());
        if (length < line.size() && line[length] != ' ' && line[length] != '\t') return false;
        numbers.push_back(value);
        line.remove_prefix(length);
    }
}

/// Why the line is no object; empty where it is one.
std::string readLine(const std::vector<double>& numbers, const YoloHead& head, AnnotatedImage& image) {
    if (numbers.empty()) return "no numbers";
    const double index = numbers[0];
    if (index < 0 || index != std::floor(index) || index >= 100000) return "class " + shortestText(index);
    AnnotationShape shape;
    if (static_cast<std::size_t>(index) < head.names.size()) shape.label = head.names[static_cast<std::size_t>(index)];
    if (shape.label.empty()) shape.label = "class " + shortestText(index);
    const double width = static_cast<double>(image.width), height = static_cast<double>(image.height);
    const std::size_t count = numbers.size() - 1;
    if (head.points > 0 && count == 4 + head.points * head.numbersPerPoint) {
        shape.kind = ShapeKind::Points;
        shape.parts.emplace_back();
        for (std::size_t i = 5; i + head.numbersPerPoint <= numbers.size(); i += head.numbersPerPoint) {
            shape.parts[0].push_back({numbers[i] * width, numbers[i + 1] * height});
            const bool nowhere = numbers[i] == 0 && numbers[i + 1] == 0;
            shape.visibility.push_back(head.numbersPerPoint > 2 ? static_cast<std::uint8_t>(std::clamp(numbers[i + 2], 0.0, 2.0)) : nowhere ? 0 : 2);
        }
    } else if (count == 4 || count == 5) {  // the sixth is a model's confidence
        const double w = numbers[3] * width, h = numbers[4] * height, x = numbers[1] * width - w / 2, y = numbers[2] * height - h / 2;
        shape.parts = {{{x, y}, {x + w, y + h}}};
        if (count == 5) shape.attributes["confidence"] = shortestText(numbers[5]);
    } else if (count >= 6 && count % 2 == 0) {
        shape.kind = ShapeKind::Polygon;
        shape.parts.emplace_back();
        for (std::size_t i = 1; i < numbers.size(); i += 2) shape.parts[0].push_back({numbers[i] * width, numbers[i + 1] * height});
    } else {
        return std::to_string(numbers.size()) + " numbers";
    }
    image.shapes.push_back(std::move(shape));
    return {};
}

/// Path without its ending, with "labels" for "images": what a picture and its text have in common.
std::string keyOf(const Path& relative) {
    std::string key;
    const Path stem = Path(relative).replace_extension();
    for (const Path& part : stem) {
        std::string name = part.string();
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        if (name == "labels" || name == "annotations") name = "images";
        key += "/" + name;
    }
    return key;
}

std::string subsetOfPath(const Path& relative) {
    for (const Path& part : relative.parent_path())
        if (const std::string subset = subsetOfName(part.string()); !subset.empty()) return subset;
    const std::string parent = relative.parent_path().filename().string();
    return parent == "obj_train_data" ? "training" : parent == "obj_valid_data" ? "validation" : "";
}

double probe(const Path& source) {
    std::error_code failed;
    if (!std::filesystem::is_directory(source, failed)) return 0;
    for (const Path& file : filesBelow(source, {".yaml", ".yml", ".names"}, 20))
        if (const auto bytes = readFile(file, 1u << 20); bytes) {
            const std::string_view text(reinterpret_cast<const char*>(bytes->data()), bytes->size());
            if (file.extension() == ".names" || text.find("names:") != std::string_view::npos) return 0.7;
        }
    return 0;
}

/// A line of numbers, or nothing at all below "labels": README.txt and lists of pictures are no annotations.
bool looksLikeObjects(const Path& relative, const std::vector<std::string>& lines) {
    std::vector<double> numbers;
    if (!lines.empty()) return numbersIn(lines.front(), numbers) && numbers.size() > 4;
    const Path folder = relative.parent_path();
    return std::any_of(folder.begin(), folder.end(), [](const Path& part) { return part == "labels"; });
}

class YoloReader {
public:
    YoloReader(const Path& source, const CancelToken& cancel) : m_source(source), m_cancel(cancel) {}

    Result<AnnotationSet> run(const PicturesElsewhere& elsewhere) {
        std::error_code failed;
        if (!std::filesystem::is_directory(m_source, failed)) return fail("annotation.needs_folder", {{"file", m_source.string()}});
        LAMINA_TRY(m_head, readHead(m_source));
        for (std::size_t i = 0; i < m_head.names.size(); ++i)
            if (!m_head.names[i].empty()) m_set.label(m_head.names[i]).number = static_cast<std::int64_t>(i) + 1;
        for (const Path& file : filesBelow(m_source, {".txt"}))
            if (!isListOfNames(file)) m_texts[keyOf(relative(file))] = file;
        LAMINA_CHECK(readBeside());
        LAMINA_CHECK(readElsewhere(elsewhere));
        if (m_set.images.empty()) return nothing(elsewhere);
        checkShapes(m_set);
        return std::move(m_set);
    }

private:
    Path relative(const Path& file) const {
        std::error_code failed;
        return std::filesystem::relative(file, m_source, failed);
    }

    Result<void> readBeside() {
        for (const Path& file : filesBelow(m_source, {".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})) {
            if (m_cancel.cancelled()) return fail("job.cancelled");
            AnnotatedImage image;
            const Path place = relative(file);
            image.file = place.generic_string();
            image.subset = subsetOfPath(place);
            readPictureSize(file, image);
            const auto text = m_texts.find(keyOf(place));
            if (image.width == 0) tellNoSize(image);
            else if (text != m_texts.end()) LAMINA_CHECK(readText(text->second, image));
            if (text != m_texts.end()) m_used.insert(text->first);
            m_set.images.push_back(std::move(image));
        }
        return {};
    }

    Result<void> readElsewhere(const PicturesElsewhere& elsewhere) {
        PictureMatch match(elsewhere);
        for (const auto& [key, file] : m_texts) {
            if (m_used.count(key)) continue;
            if (m_cancel.cancelled()) return fail("job.cancelled");
            LAMINA_TRY(const auto bytes, readFile(file, largestText));
            const Path place = relative(file);
            if (!looksLikeObjects(place, linesOf(bytes))) continue;
            ++m_orphans;
            LAMINA_TRY(const auto picture, match.take(place));
            if (!picture) {
                m_example = place.generic_string();
                m_set.issues.push_back({Severity::Warning, fail("annotation.no_picture", {{"file", m_example}})});
                continue;
            }
            AnnotatedImage image;
            image.file = elsewhere.names[*picture];
            image.subset = subsetOfPath(place);
            if (image.subset.empty()) image.subset = subsetOfPath(image.file);
            elsewhere.noteSize(*picture, image);
            if (image.width == 0) tellNoSize(image);
            else LAMINA_CHECK(readText(file, image));
            m_set.images.push_back(std::move(image));
        }
        return {};
    }

    Result<void> readText(const Path& file, AnnotatedImage& image) {
        LAMINA_TRY(const auto bytes, readFile(file, largestText));
        std::vector<double> numbers;
        std::size_t number = 0;
        for (const std::string& line : linesOf(bytes)) {
            ++number;
            if (line.find_first_not_of(" \t") == std::string::npos) continue;
            const std::string reason = numbersIn(line, numbers) ? readLine(numbers, m_head, image) : "no number";
            if (!reason.empty())
                m_set.issues.push_back({Severity::Warning, fail("annotation.refused", {{"file", file.filename().string()}, {"number", std::to_string(number)}, {"reason", reason}})});
            else m_set.label(image.shapes.back().label);
        }
        if (number == 0) image.state = "checked_empty";
        return {};
    }

    void tellNoSize(const AnnotatedImage& image) { m_set.issues.push_back({Severity::Warning, fail("annotation.no_size", {{"file", image.file}})}); }

    Error nothing(const PicturesElsewhere& elsewhere) const {
        if (m_orphans == 0) return fail(m_texts.empty() ? "annotation.none" : "annotation.needs_pictures", {{"file", m_source.string()}});
        if (elsewhere.names.empty()) return fail("annotation.needs_pictures", {{"file", m_source.string()}});
        return fail("annotation.no_such_pictures", {{"file", m_source.string()}, {"example", m_example}, {"pictures", std::to_string(elsewhere.names.size())}});
    }

    const Path m_source;
    const CancelToken& m_cancel;
    YoloHead m_head;
    AnnotationSet m_set;
    std::map<std::string, Path> m_texts;  ///< by keyOf()
    std::set<std::string> m_used;
    std::size_t m_orphans = 0;  ///< texts without a picture beside them
    std::string m_example;
};

Result<AnnotationSet> readApart(const Path& source, const PicturesElsewhere& pictures, const CancelToken& cancel) { return YoloReader(source, cancel).run(pictures); }

Result<AnnotationSet> read(const Path& source, const CancelToken& cancel) { return readApart(source, {}, cancel); }

std::string share(double part, std::int64_t whole) { return shortestText(whole > 0 ? part / static_cast<double>(whole) : 0); }

/// What all lines of a data set are: trainers refuse one in which they differ.
enum class YoloKind { Boxes, Outlines, Points };

YoloKind kindOf(const AnnotationSet& set) {
    bool outlines = false, points = false;
    for (const auto& image : set.images)
        for (const auto& shape : image.shapes) {
            if (shape.kind == ShapeKind::Box && shape.rotation == 0) return YoloKind::Boxes;
            outlines = outlines || shape.kind == ShapeKind::Polygon || shape.kind == ShapeKind::Mask;
            points = points || shape.kind == ShapeKind::Points;
        }
    return outlines ? YoloKind::Outlines : points ? YoloKind::Points : YoloKind::Boxes;
}

/// The lines of one picture.
class YoloLines {
public:
    YoloLines(const AnnotatedImage& image, YoloKind kind, std::size_t points) : m_image(image), m_kind(kind), m_points(points) {}

    /// False where nothing of it can be written.
    bool add(const AnnotationShape& shape, std::size_t label, std::size_t number) {
        if (!hasPlace(shape)) return false;
        if (m_kind == YoloKind::Outlines) return addOutline(shape, label, number);
        addBox(shape, label);
        const bool otherKind = m_kind == YoloKind::Boxes && (shape.kind == ShapeKind::Polygon || shape.kind == ShapeKind::Mask || shape.kind == ShapeKind::Points);
        const bool exact = m_kind == YoloKind::Boxes ? shape.kind == ShapeKind::Box && shape.rotation == 0 : shape.kind == ShapeKind::Points;
        if (otherKind) ++ofOtherKinds;
        else if (!exact) tell("annotation.became_box", shape, number);
        return true;
    }

    std::string text;
    std::vector<Issue> issues;
    std::int64_t ofOtherKinds = 0;  ///< shapes that a data set of their kind alone would have held

private:
    /// Not so: spans of texts, masks that cover nothing, key points of which nobody knows where they are.
    static bool hasPlace(const AnnotationShape& shape) {
        if (shape.kind == ShapeKind::Mask) return areaOf(shape.mask) > 0;
        if (shape.kind >= ShapeKind::Span || shape.parts.empty() || shape.parts[0].empty()) return false;
        return shape.kind != ShapeKind::Points || shape.visibility.empty() || std::any_of(shape.visibility.begin(), shape.visibility.end(), [](int visible) { return visible > 0; });
    }
    bool addOutline(const AnnotationShape& shape, std::size_t label, std::size_t number) {
        OuterRings outer = outerRingsOf(shape);
        const bool asBox = shape.kind == ShapeKind::Points || shape.kind == ShapeKind::Polyline;
        if (asBox) outer.rings = outlineOf(boxOf(shape));
        for (const auto& ring : outer.rings) {
            text += std::to_string(label);
            for (const ShapePoint& point : ring) put(point);
            text += "\n";
        }
        if (outer.rings.empty()) return false;
        if (shape.kind == ShapeKind::Points) ++ofOtherKinds;
        else if (asBox) tell("annotation.became_box", shape, number);
        else if (!outer.exact) tell("annotation.became_outline", shape, number);
        if (outer.rings.size() > 1) tell("annotation.parts_apart", shape, number);
        return true;
    }
    void addBox(const AnnotationShape& shape, std::size_t label) {
        const ShapeBounds bounds = seenBoundsOf(shape, m_image.width, m_image.height);
        text += std::to_string(label);
        put({(bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2});
        put({bounds.width(), bounds.height()});
        for (std::size_t i = 0; m_kind == YoloKind::Points && i < m_points; ++i) {
            const bool there = shape.kind == ShapeKind::Points && i < shape.parts[0].size();
            put(there ? shape.parts[0][i] : ShapePoint{});
            text += there && i < shape.visibility.size() ? " " + std::to_string(shape.visibility[i]) : there ? " 2" : " 0";
        }
        text += "\n";
    }
    AnnotationShape boxOf(const AnnotationShape& shape) const {
        const ShapeBounds bounds = boundsOf(shape);
        return boxShape(shape.label, bounds.left, bounds.top, bounds.right, bounds.bottom);
    }
    void put(const ShapePoint& point) { text += " " + share(point.x, m_image.width) + " " + share(point.y, m_image.height); }
    void tell(const char* code, const AnnotationShape& shape, std::size_t number) {
        issues.push_back({Severity::Warning, fail(code, {{"file", m_image.file}, {"number", std::to_string(number)}, {"label", shape.label}})});
    }

    const AnnotatedImage& m_image;
    YoloKind m_kind;
    std::size_t m_points;
};

/// How many key points every shape has; 0 where there are none.
std::size_t pointsIn(const AnnotationSet& set) {
    std::size_t points = 0;
    for (const auto& image : set.images)
        for (const auto& shape : image.shapes)
            if (shape.kind == ShapeKind::Points && !shape.parts.empty()) points = std::max(points, shape.parts[0].size());
    return points;
}

std::string yamlOf(const AnnotationSet& set, const std::set<std::string>& subsets, std::size_t points) {
    YAML::Emitter yaml;
    yaml << YAML::BeginMap << YAML::Key << "path" << YAML::Value << ".";
    for (const char* name : {"train", "val", "test"})
        if (subsets.count(name)) yaml << YAML::Key << name << YAML::Value << std::string("images/") + name;
    if (points > 0) yaml << YAML::Key << "kpt_shape" << YAML::Value << YAML::Flow << YAML::BeginSeq << points << 3 << YAML::EndSeq;
    yaml << YAML::Key << "names" << YAML::Value << YAML::BeginMap;
    for (std::size_t i = 0; i < set.labels.size(); ++i) yaml << YAML::Key << i << YAML::Value << set.labels[i].name;
    yaml << YAML::EndMap << YAML::EndMap;
    return std::string(yaml.c_str()) + "\n";
}

/// What the texts are called: like their pictures; those of one name keep the folders of their pictures, so that each is found again.
class TextNames {
public:
    explicit TextNames(const AnnotationSet& set) {
        for (const AnnotatedImage& image : set.images)
            for (const std::string& key : {stemOf(image), image.subset + "/" + stemOf(image)}) ++m_pictures[key];
    }
    Result<Path> fileFor(const AnnotatedImage& image, const Path& folder) {
        Path name = Path(image.file).lexically_normal().replace_extension();
        if (!isShared(image) || name.is_absolute() || name.empty() || *name.begin() == "..") name = name.filename();
        if (!m_taken.insert(folder / name).second) {  // 1.png beside 1.jpg
            std::string whole = Path(image.file).generic_string();
            std::replace(whole.begin(), whole.end(), '/', '_');
            name = whole;
        }
        const Path file = folder / (name.string() + ".txt");
        std::error_code failed;
        std::filesystem::create_directories(file.parent_path(), failed);
        if (failed) return fail("file.failed", {{"file", file.parent_path().string()}, {"call", "mkdir"}, {"reason", failed.message()}});
        return file;
    }

private:
    static std::string stemOf(const AnnotatedImage& image) { return Path(image.file).stem().string(); }
    /// Pictures whose folders tell the part they are in need no other ones.
    bool isShared(const AnnotatedImage& image) {
        return m_pictures[image.subset + "/" + stemOf(image)] > 1 || (m_pictures[stemOf(image)] > 1 && subsetOfPath(image.file) != image.subset);
    }

    std::map<std::string, int> m_pictures;  ///< of one name, in all and in a part
    std::set<Path> m_taken;
};

Result<WrittenAnnotations> write(const AnnotationSet& set, const Path& folder, const CancelToken& cancel) {
    WrittenAnnotations written;
    std::map<std::string, std::size_t> numbers;
    for (const AnnotationLabel& label : set.labels) numbers.emplace(label.name, numbers.size());
    const YoloKind kind = kindOf(set);
    const std::size_t points = kind == YoloKind::Points ? pointsIn(set) : 0;
    std::int64_t ofOtherKinds = 0;
    std::set<std::string> subsets;
    TextNames names(set);
    for (const AnnotatedImage& image : set.images) {
        if (cancel.cancelled()) return fail("job.cancelled");
        if (!image.shapes.empty() && (image.width <= 0 || image.height <= 0)) {
            written.issues.push_back({Severity::Warning, fail("annotation.no_size", {{"file", image.file}})});
            continue;
        }
        const std::string subset = image.subset.empty() ? "train" : nameOfSubset(image.subset);
        subsets.insert(subset);
        YoloLines lines(image, kind, points);
        for (std::size_t i = 0; i < image.shapes.size(); ++i) {
            const AnnotationShape& shape = image.shapes[i];
            const auto number = numbers.find(shape.label);
            if (number == numbers.end() || !lines.add(shape, number->second, i + 1))
                written.issues.push_back({Severity::Warning, fail("annotation.not_written", {{"file", image.file}, {"number", std::to_string(i + 1)}, {"label", shape.label}})});
        }
        written.issues.insert(written.issues.end(), lines.issues.begin(), lines.issues.end());
        ofOtherKinds += lines.ofOtherKinds;
        if (lines.text.empty() && !image.shapes.empty()) continue;  // without a line it would say that nothing is there
        LAMINA_TRY(const auto file, names.fileFor(image, folder / "labels" / subset));
        written.files.push_back(file);
        LAMINA_CHECK(writeFileOfMany(file, lines.text));
    }
    if (ofOtherKinds > 0)
        written.issues.push_back({Severity::Warning, fail(kind == YoloKind::Boxes ? "annotation.boxes_only" : "annotation.outlines_only", {{"format", "YOLO"}, {"count", std::to_string(ofOtherKinds)}})});
    written.files.push_back(folder / "data.yaml");
    LAMINA_CHECK(writeFileAtomically(written.files.back(), yamlOf(set, subsets, points)));
    return written;
}

}  // namespace yolo_annotation_parts

const AnnotationFormatType& yolo_annotation_format() {
    using namespace yolo_annotation_parts;
    static const AnnotationFormatType type{.id = "yolo",
                                           .title = "YOLO",
                                           .summary = "A text file for each picture with boxes, outlines or key points in shares of its size.",
                                           .numbersFrom = 0,
                                           .holds = {.emptiness = true},
                                           .silenceIsEmptiness = true,
                                           .probe = probe,
                                           .read = read,
                                           .readApart = readApart,
                                           .write = write};
    return type;
}

}  // namespace lamina
