// Masks as pictures: one grey PNG for each picture, whose values are the numbers of classes (0: none of them), and a list of the classes.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "core/annotation/formats/format_type.h"
#include "core/annotation/mask_runs.h"
#include "core/data/image_decode.h"

namespace lamina {
namespace mask_png_annotation_parts {

constexpr const char* listName = "classes.csv";
constexpr const char* partsName = "parts.csv";  ///< a line for each mask whose folder does not tell the part it is in
constexpr std::uint64_t largestMask = 256u << 20;

/// "value,class" lines; a class may stand in quotes.
std::map<int, std::string> classesOf(const std::vector<std::byte>& bytes) {
    std::map<int, std::string> classes;
    std::string line;
    const auto take = [&] {
        int value = 0;
        const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), value);
        if (error == std::errc() && end < line.data() + line.size() && *end == ',' && value > 0 && value < 256) {
            std::string name = line.substr(static_cast<std::size_t>(end - line.data()) + 1);
            if (name.size() > 1 && name.front() == '"' && name.back() == '"') {
                std::string plain;
                for (std::size_t i = 1; i + 1 < name.size(); ++i) {
                    plain += name[i];
                    if (name[i] == '"' && name[i + 1] == '"') ++i;
                }
                name = plain;
            }
            if (!name.empty()) classes[value] = name;
        }
        line.clear();
    };
    for (const std::byte byte : bytes) {
        if (static_cast<char>(byte) == '\n') take();
        else if (static_cast<char>(byte) != '\r') line += static_cast<char>(byte);
    }
    take();
    return classes;
}

std::string quoted(const std::string& name) {
    std::string text = "\"";
    for (const char c : name) text += c == '"' ? std::string("\"\"") : c == '\n' ? std::string(" ") : std::string(1, c);
    return text + "\"";
}

/// "mask",part: what a mask is called → its part.
std::map<std::string, std::string> partsOf(const Path& folder) {
    std::map<std::string, std::string> parts;
    const auto bytes = readFile(folder / partsName, 64u << 20);
    if (!bytes) return parts;
    std::string line;
    for (const std::byte byte : *bytes) {
        if (static_cast<char>(byte) != '\n') {
            line += static_cast<char>(byte);
            continue;
        }
        if (const auto comma = line.rfind(','); comma != std::string::npos) parts[line.substr(0, comma)] = subsetOfName(line.substr(comma + 1));
        line.clear();
    }
    return parts;
}

Path masksFolder(const Path& source) {
    std::error_code failed;
    return std::filesystem::is_directory(source / "masks", failed) ? source / "masks" : source;
}

double probe(const Path& source) {
    std::error_code failed;
    if (!std::filesystem::is_directory(source, failed)) return 0;
    const Path folder = masksFolder(source);
    return std::filesystem::is_regular_file(folder / listName, failed) && !filesBelow(folder, {".png"}, 1).empty() ? 0.85 : 0.0;
}

/// The picture that a mask belongs to: of the same path below images/ or beside the masks' folder.
std::string findPicture(const Path& source, const Path& relative, bool& there) {
    for (const Path& base : {source / "images", source, source / "JPEGImages"})
        for (const char* ending : {".png", ".jpg", ".jpeg", ".bmp", ".tif", ""}) {  // without any: 1.jpg.png beside 1.png
            std::error_code failed;
            const Path candidate = base / Path(relative).replace_extension(ending);
            there = std::filesystem::is_regular_file(candidate, failed);
            if (there) return std::filesystem::relative(candidate, source, failed).generic_string();
        }
    return relative.generic_string();
}

using MaskParts = std::map<std::string, std::string>;

Result<void> readOne(const Path& source, const Path& folder, const Path& file, const std::map<int, std::string>& classes, const MaskParts& parts, AnnotationSet& set) {
    LAMINA_TRY(const auto bytes, readFile(file, largestMask));
    const auto mask = decodeImage(bytes);
    const std::string name = file.filename().string();
    if (!mask || mask->channels != 1) {
        set.issues.push_back({Severity::Warning, fail("annotation.damaged", {{"file", name}, {"reason", mask ? "colours" : mask.error().code}})});
        return {};
    }
    AnnotatedImage image;
    bool there = false;
    const Path relative = file.lexically_relative(folder);
    image.file = findPicture(source, relative, there);
    if (!there) set.issues.push_back({Severity::Warning, fail("annotation.no_picture", {{"file", image.file}})});
    image.width = mask->width;
    image.height = mask->height;
    image.subset = subsetOfName(relative.parent_path().filename().string());
    if (const auto part = parts.find(quoted(relative.generic_string())); part != parts.end()) image.subset = part->second;
    std::set<std::uint8_t> values(mask->pixels.begin(), mask->pixels.end());
    values.erase(0);
    if (values.empty()) image.state = "checked_empty";
    for (const std::uint8_t value : values) {
        AnnotationShape shape;
        shape.kind = ShapeKind::Mask;
        const auto known = classes.find(value);
        shape.label = known == classes.end() ? "class " + std::to_string(value) : known->second;
        shape.mask = runsOfPixels(mask->pixels.data(), mask->width, mask->height, value);
        set.label(shape.label);
        image.shapes.push_back(std::move(shape));
    }
    set.images.push_back(std::move(image));
    return {};
}

Result<AnnotationSet> read(const Path& source, const CancelToken& cancel) {
    std::error_code failed;
    if (!std::filesystem::is_directory(source, failed)) return fail("annotation.needs_folder", {{"file", source.string()}});
    const Path folder = masksFolder(source);
    AnnotationSet set;
    std::map<int, std::string> classes;
    if (const auto list = readFile(folder / listName, 1u << 20)) classes = classesOf(*list);
    for (const auto& [value, name] : classes) set.label(name).number = value;
    const auto parts = partsOf(folder);
    for (const Path& file : filesBelow(folder, {".png"})) {
        if (cancel.cancelled()) return fail("job.cancelled");
        LAMINA_CHECK(readOne(source, folder, file, classes, parts, set));
    }
    if (set.images.empty()) return set.issues.empty() ? fail("annotation.none", {{"file", source.string()}}) : set.issues.front().what;
    return set;
}

MaskRuns maskOf(const AnnotationShape& shape, const AnnotatedImage& image) {
    if (shape.kind == ShapeKind::Mask) return shape.mask;
    return rasterise(outlineOf(shape), image.width, image.height);
}

/// The pixels of one picture. What other formats keep apart is one here: shapes of a class, and what lies under another shape.
class Painting {
public:
    explicit Painting(const AnnotatedImage& image) : pixels(static_cast<std::size_t>(image.width * image.height)), m_image(image), m_owners(pixels.size()) {}

    /// False where it covers nothing: a line, a point, a mask of another size.
    bool add(const AnnotationShape& shape, std::uint8_t value) {
        const MaskRuns mask = maskOf(shape, m_image);
        if (mask.width != m_image.width || mask.height != m_image.height || areaOf(mask) == 0) return false;
        const auto covered = pixelsOfRuns(mask);
        ++m_shapes;
        for (std::size_t i = 0; i < covered.size() && i < pixels.size(); ++i) {
            if (covered[i] == 0) continue;
            if (pixels[i] != 0 && pixels[i] != value) m_hidden.insert(m_owners[i]);
            pixels[i] = value;
            m_owners[i] = m_shapes;
        }
        m_values.insert(value);
        return true;
    }
    std::vector<std::uint8_t> pixels;
    std::int64_t shapes() const { return m_shapes; }
    std::int64_t merged() const { return m_shapes - std::ssize(m_values); }   ///< that are one with an earlier shape of their class
    std::int64_t hidden() const { return std::ssize(m_hidden); }              ///< that lie under a shape of another class, in part at least

private:
    const AnnotatedImage& m_image;
    std::vector<std::uint32_t> m_owners;
    std::uint32_t m_shapes = 0;
    std::set<std::uint8_t> m_values;
    std::set<std::uint32_t> m_hidden;
};

Result<WrittenAnnotations> write(const AnnotationSet& set, const Path& folder, const CancelToken& cancel) {
    if (set.labels.size() > 255) return fail("annotation.too_many_classes", {{"count", std::to_string(set.labels.size())}, {"limit", "255"}});
    WrittenAnnotations written;
    std::map<std::string, std::uint8_t> values;
    std::string list = "value,class\n";
    std::set<Path> taken;
    std::string parts;
    std::int64_t merged = 0, hidden = 0;
    for (const AnnotationLabel& label : set.labels) {
        values.emplace(label.name, static_cast<std::uint8_t>(values.size() + 1));
        list += std::to_string(values[label.name]) + "," + quoted(label.name) + "\n";
    }
    for (const AnnotatedImage& image : set.images) {
        if (cancel.cancelled()) return fail("job.cancelled");
        if (image.width <= 0 || image.height <= 0 || image.width * image.height > (std::int64_t{1} << 28)) {
            written.issues.push_back({Severity::Warning, fail("annotation.no_size", {{"file", image.file}})});
            continue;
        }
        Painting painting(image);
        for (std::size_t i = 0; i < image.shapes.size(); ++i) {
            const auto value = values.find(image.shapes[i].label);
            if (value == values.end() || !painting.add(image.shapes[i], value->second))
                written.issues.push_back(
                    {Severity::Warning,
                     fail("annotation.not_written", {{"file", image.file}, {"number", std::to_string(i + 1)}, {"label", image.shapes[i].label}})});
        }
        if (painting.shapes() == 0 && !image.shapes.empty()) continue;  // an empty mask would say that nothing is there
        merged += painting.merged();
        hidden += painting.hidden();
        LAMINA_TRY(const auto png, encodePng(Image{1, image.height, image.width, std::move(painting.pixels)}));
        Path place = Path(image.file).lexically_normal();
        if (place.is_absolute() || place.empty() || *place.begin() == "..") place = place.filename();
        if (!place.empty() && *place.begin() == "images") place = place.lexically_relative("images");
        if (place.parent_path().empty() && !image.subset.empty()) place = Path(nameOfSubset(image.subset)) / place;
        Path file = folder / "masks" / Path(place).replace_extension(".png");
        if (!taken.insert(file).second) file = folder / "masks" / (place.generic_string() + ".png");
        if (subsetOfName(file.parent_path().filename().string()) != image.subset)
            parts += quoted(file.lexically_relative(folder / "masks").generic_string()) + "," + nameOfSubset(image.subset) + "\n";
        std::error_code failed;
        std::filesystem::create_directories(file.parent_path(), failed);
        if (failed) return fail("file.failed", {{"file", file.parent_path().string()}, {"call", "mkdir"}, {"reason", failed.message()}});
        written.files.push_back(file);
        LAMINA_CHECK(writeFileOfMany(file, std::span(png)));
    }
    written.files.push_back(folder / "masks" / listName);
    std::error_code failed;
    std::filesystem::create_directories(folder / "masks", failed);
    LAMINA_CHECK(writeFileAtomically(written.files.back(), list));
    if (!parts.empty()) {
        written.files.push_back(folder / "masks" / partsName);
        LAMINA_CHECK(writeFileAtomically(written.files.back(), parts));
    }
    if (merged > 0) written.issues.push_back({Severity::Warning, fail("annotation.instances_merged", {{"count", std::to_string(merged)}})});
    if (hidden > 0) written.issues.push_back({Severity::Warning, fail("annotation.shapes_hidden", {{"count", std::to_string(hidden)}})});
    return written;
}

}  // namespace mask_png_annotation_parts

const AnnotationFormatType& mask_png_annotation_format() {
    using namespace mask_png_annotation_parts;
    static const AnnotationFormatType type{.id = "mask_png",
                                           .title = "Mask pictures (PNG)",
                                           .summary = "A grey picture for each picture whose values are the numbers of classes.",
                                           .numbersFrom = 1,
                                           .holds = {.emptiness = true},
                                           .silenceIsEmptiness = true,
                                           .probe = probe,
                                           .read = read,
                                           .write = write};
    return type;
}

}  // namespace lamina
