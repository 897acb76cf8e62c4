// spaCy: texts with their entities as JSON, one text a line or a list of texts; also the older pairs [text, {"entities": …}].
// https://spacy.io/api/data-formats
#include <algorithm>
#include <cmath>
#include <fstream>

#include "core/annotation/formats/format_type.h"
#include "core/annotation/formats/json_file.h"

namespace lamina {
namespace spacy_annotation_parts {

using nlohmann::json;

constexpr std::uint64_t largestFile = 512u << 20;

std::int64_t characters(const std::string& text) {
    return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

/// [0, 5, "PERSON"] or {"start": 0, "end": 5, "label": "PERSON"}
std::string readSpan(const json& object, std::int64_t length, AnnotationShape& shape) {
    shape.kind = ShapeKind::Span;
    const bool list = object.is_array() && object.size() >= 3;
    if (!list && !object.is_object()) return "span";
    const json begin = list ? object[0] : object.value("start", json()), end = list ? object[1] : object.value("end", json());
    const json label = list ? object[2] : object.value("label", json());
    if (!begin.is_number_integer() || !end.is_number_integer() || !label.is_string() || label.get_ref<const std::string&>().empty()) return "span";
    shape.begin = begin.get<double>();
    shape.end = end.get<double>();
    shape.label = label.get<std::string>();
    if (!list && object.contains("attributes")) jsonAttributes(object["attributes"], shape.attributes);
    return shape.begin < 0 || shape.end > static_cast<double>(length) || shape.begin > shape.end ? "outside the text" : "";
}

class SpacyReader {
public:
    SpacyReader(const Path& file, AnnotationSet& set) : m_file(file.filename().string()), m_subset(subsetOfName(file.stem().string())), m_set(set) {}

    /// One text with what is said about it.
    void take(const json& entry) {
        ++m_number;
        AnnotatedImage item;
        const bool pair = entry.is_array() && entry.size() == 2 && entry[0].is_string();
        const json& said = pair ? entry[1] : entry;
        if (!said.is_object() || (!pair && !(said.contains("text") && said["text"].is_string()))) return refuse("no text");
        item.text = pair ? entry[0].get<std::string>() : said["text"].get<std::string>();
        item.file = m_file + "#" + std::to_string(m_number);
        item.subset = m_subset;
        item.state = jsonText(said, "state");
        const std::int64_t length = characters(item.text);
        for (const char* key : {"entities", "ents", "spans"})
            if (const auto spans = said.find(key); spans != said.end()) readSpans(*spans, length, item);
        if (const auto classes = said.find("cats"); classes != said.end() && classes->is_object())
            for (const auto& [name, score] : classes->items())
                if (score.is_number() && score.get<double>() >= 0.5) item.classes.push_back(m_set.label(name).name);
        if (const auto relations = said.find("relations"); relations != said.end() && relations->is_array()) readRelations(*relations, item);
        if (const auto meta = said.find("meta"); meta != said.end()) jsonAttributes(*meta, item.attributes);
        m_set.images.push_back(std::move(item));
    }
    void refuse(const std::string& reason) {
        m_set.issues.push_back(
            {Severity::Warning, fail("annotation.refused", {{"file", m_file}, {"number", std::to_string(m_number)}, {"reason", reason}})});
    }

private:
    void readSpans(const json& spans, std::int64_t length, AnnotatedImage& item) {
        if (spans.is_object()) {  // groups of spans that may overlap
            for (const auto& [name, group] : spans.items())
                if (group.is_array()) readSpans(group, length, item);
            return;
        }
        if (!spans.is_array()) return;
        for (const auto& object : spans) {
            AnnotationShape shape;
            if (const std::string reason = readSpan(object, length, shape); !reason.empty()) {
                refuse(reason);
                continue;
            }
            m_set.label(shape.label);
            item.shapes.push_back(std::move(shape));
        }
    }

    void readRelations(const json& relations, AnnotatedImage& item) {
        for (const auto& object : relations) {
            if (!object.is_object()) continue;
            const json from = object.value("head", json()), to = object.value("child", json());
            const auto count = static_cast<std::int64_t>(item.shapes.size());
            const auto isShape = [&](const json& index) {
                return index.is_number_integer() && index.get<std::int64_t>() >= 0 && index.get<std::int64_t>() < count;
            };
            if (!isShape(from) || !isShape(to)) {
                refuse("relation");
                continue;
            }
            item.relations.push_back({jsonText(object, "label"), from.get<std::size_t>(), to.get<std::size_t>()});
        }
    }

    std::string m_file, m_subset;
    AnnotationSet& m_set;
    std::int64_t m_number = 0;
};

Result<void> readOne(const Path& file, AnnotationSet& set, const CancelToken& cancel) {
    LAMINA_TRY(const auto bytes, readFile(file, largestFile));
    SpacyReader reader(file, set);
    std::string reason;
    if (const auto whole = readJsonText(bytes, reason)) {
        const bool pair = whole->is_array() && whole->size() == 2 && (*whole)[0].is_string();
        if (!whole->is_array() || pair) reader.take(*whole);
        else
            for (const auto& entry : *whole) reader.take(entry);
        return {};
    }
    // Not one value: a value on each line.
    std::size_t values = 0;
    for (std::size_t at = 0; at < bytes.size();) {
        if (cancel.cancelled()) return fail("job.cancelled");
        const auto end = std::find(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.end(), std::byte{'\n'}) - bytes.begin();
        const auto line = std::span(bytes).subspan(at, static_cast<std::size_t>(end) - at);
        at = static_cast<std::size_t>(end) + 1;
        if (std::all_of(line.begin(), line.end(), [](std::byte byte) { return byte == std::byte{' '} || byte == std::byte{'\r'}; })) continue;
        const auto entry = readJsonText(line, reason);
        if (!entry && values == 0) return fail("annotation.damaged", {{"file", file.filename().string()}, {"reason", reason}});
        ++values;
        reader.take(entry ? *entry : json());
    }
    return {};
}

bool looksLikeSpacy(const Path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string head(8192, '\0');
    stream.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(stream.gcount()));
    const auto has = [&](const char* key) { return head.find(key) != std::string::npos; };
    return has("\"entities\"") || (has("\"text\"") && (has("\"ents\"") || has("\"spans\"") || has("\"cats\"")));
}

std::vector<Path> spacyFiles(const Path& source) {
    std::error_code failed;
    if (!std::filesystem::is_directory(source, failed)) return {source};
    std::vector<Path> found;
    for (const Path& file : filesBelow(source, {".json", ".jsonl"}, 100))
        if (looksLikeSpacy(file)) found.push_back(file);
    return found;
}

double probe(const Path& source) {
    std::error_code failed;
    if (std::filesystem::is_directory(source, failed)) return spacyFiles(source).empty() ? 0.0 : 0.6;
    const auto ending = source.extension();
    return (ending == ".json" || ending == ".jsonl") && looksLikeSpacy(source) ? 0.8 : 0.0;
}

Result<AnnotationSet> read(const Path& source, const CancelToken& cancel) {
    std::error_code failed;
    if (!std::filesystem::exists(source, failed)) return fail("file.not_found", {{"file", source.string()}});
    AnnotationSet set;
    for (const Path& file : spacyFiles(source)) LAMINA_CHECK(readOne(file, set, cancel));
    if (set.images.empty()) return set.issues.empty() ? fail("annotation.none", {{"file", source.string()}}) : set.issues.front().what;
    checkShapes(set);
    return set;
}

bool overlap(const std::vector<json>& spans) {
    for (std::size_t i = 1; i < spans.size(); ++i)
        if (spans[i]["start"].get<double>() < spans[i - 1]["end"].get<double>()) return true;
    return false;
}

/// Entities may not overlap; where they do, all spans stand in a group of their own.
json itemToJson(const AnnotatedImage& item, std::vector<Issue>& issues) {
    json object{{"text", item.text}};
    std::vector<json> spans, ordered;
    for (std::size_t i = 0; i < item.shapes.size(); ++i) {
        const AnnotationShape& shape = item.shapes[i];
        if (shape.kind != ShapeKind::Span) {
            issues.push_back({Severity::Warning,
                              fail("annotation.not_written", {{"file", item.file}, {"number", std::to_string(i + 1)}, {"label", shape.label}})});
            continue;
        }
        spans.push_back({{"start", static_cast<std::int64_t>(shape.begin)}, {"end", static_cast<std::int64_t>(shape.end)}, {"label", shape.label}});
        if (!shape.attributes.empty()) spans.back()["attributes"] = shape.attributes;
    }
    ordered = spans;
    std::sort(ordered.begin(), ordered.end(), [](const json& a, const json& b) { return a["start"] < b["start"]; });
    if (overlap(ordered)) object["spans"] = {{"sc", spans}};
    else object["ents"] = spans;
    for (const std::string& name : item.classes) object["cats"][name] = 1.0;
    for (const AnnotationRelation& relation : item.relations)
        object["relations"].push_back({{"head", relation.from}, {"child", relation.to}, {"label", relation.label}});
    if (!item.attributes.empty()) object["meta"] = item.attributes;
    if (!item.state.empty()) object["state"] = item.state;
    return object;
}

Result<WrittenAnnotations> write(const AnnotationSet& set, const Path& folder, const CancelToken& cancel) {
    WrittenAnnotations written;
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return fail("file.failed", {{"file", folder.string()}, {"call", "mkdir"}, {"reason", failed.message()}});
    std::map<std::string, std::string> texts;
    for (const AnnotatedImage& item : set.images) {
        if (cancel.cancelled()) return fail("job.cancelled");
        texts[nameOfSubset(item.subset)] += dumpJson(itemToJson(item, written.issues)) + "\n";
    }
    for (const auto& [name, text] : texts) {
        written.files.push_back(folder / (name + ".jsonl"));
        LAMINA_CHECK(writeFileAtomically(written.files.back(), text));
    }
    return written;
}

}  // namespace spacy_annotation_parts

const AnnotationFormatType& spacy_annotation_format() {
    using namespace spacy_annotation_parts;
    static const AnnotationFormatType type{.id = "spacy",
                                           .title = "spaCy JSON",
                                           .summary = "Texts with their spans, classes and relations, one text a line.",
                                           .holds = {.classes = true, .itemAttributes = true, .shapeAttributes = true, .relations = true, .emptiness = true},
                                           .probe = probe,
                                           .read = read,
                                           .write = write};
    return type;
}

}  // namespace lamina
