#include "core/annotation/formats/set_writer.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

namespace lamina {
namespace {

/// How much there is in a set of what some formats have no words for.
struct Extras {
    std::int64_t classes = 0, itemAttributes = 0, shapeAttributes = 0, relations = 0, empty = 0, crowds = 0;
};

Extras extrasOf(const AnnotationSet& set) {
    Extras extras;
    for (const AnnotatedImage& image : set.images) {
        extras.classes += std::ssize(image.classes);
        extras.itemAttributes += image.attributes.empty() ? 0 : 1;
        extras.relations += std::ssize(image.relations);
        extras.empty += image.state == "checked_empty" ? 1 : 0;
        extras.shapeAttributes += std::count_if(image.shapes.begin(), image.shapes.end(), [](const AnnotationShape& shape) { return !shape.attributes.empty(); });
        extras.crowds += std::count_if(image.shapes.begin(), image.shapes.end(), [](const AnnotationShape& shape) { return shape.crowd; });
    }
    return extras;
}

void tell(std::vector<Issue>& issues, const char* code, const AnnotationFormatType& format, std::int64_t count) {
    if (count > 0) issues.push_back({Severity::Warning, fail(code, {{"format", format.title}, {"count", std::to_string(count)}})});
}

/// Shapes that are in none of the files, as the issues of write() tell.
std::int64_t leftOut(const AnnotationSet& set, const std::vector<Issue>& issues) {
    std::int64_t shapes = 0;
    std::set<std::string> withoutSize;
    for (const Issue& issue : issues) {
        if (issue.what.code == "annotation.not_written") shapes += issue.count;
        if (issue.what.code == "annotation.no_size") withoutSize.insert(issue.what.argument("file"));
    }
    for (const AnnotatedImage& image : set.images)
        if (withoutSize.count(image.file)) shapes += std::ssize(image.shapes);
    return shapes;
}

/// The numbers that the files use for the classes of the set.
std::vector<std::int64_t> numbersInFiles(const AnnotationSet& set, const AnnotationFormatType& format) {
    auto numbers = numbersOfTheirOwn(set.labels);
    if (format.numbersFrom >= 0) std::iota(numbers.begin(), numbers.end(), format.numbersFrom);
    return numbers;
}

std::string mapCell(const std::string& text) {
    if (text.find_first_of("\",\n\r") == std::string::npos) return text;
    std::string cell = "\"";
    for (const char c : text) cell += c == '"' ? std::string("\"\"") : std::string(1, c);
    return cell + "\"";
}

}  // namespace

void joinSameImages(AnnotationSet& set) {
    std::unordered_map<std::string, std::size_t> places;
    std::vector<AnnotatedImage> joined;
    for (AnnotatedImage& image : set.images) {
        // Of texts the file says nothing: many lie in one.
        const auto [place, isFirst] = places.emplace(image.file, joined.size());
        if (isFirst || !image.text.empty()) {
            joined.push_back(std::move(image));
            continue;
        }
        AnnotatedImage& whole = joined[place->second];
        for (AnnotationRelation& relation : image.relations) {
            relation.from += whole.shapes.size();
            relation.to += whole.shapes.size();
            whole.relations.push_back(std::move(relation));
        }
        std::move(image.shapes.begin(), image.shapes.end(), std::back_inserter(whole.shapes));
        for (std::string& name : image.classes)
            if (std::find(whole.classes.begin(), whole.classes.end(), name) == whole.classes.end()) whole.classes.push_back(std::move(name));
        whole.attributes.merge(image.attributes);
        if (whole.subset.empty()) whole.subset = image.subset;
        if (whole.state.empty()) whole.state = image.state;
        if (whole.width == 0) std::tie(whole.width, whole.height) = std::pair(image.width, image.height);
        // Found empty by one, but not by the other.
        if (whole.state == "checked_empty" && !whole.shapes.empty()) whole.state.clear();
    }
    set.images = std::move(joined);
}

bool isLeftOut(const AnnotationFormatType& format, const AnnotatedImage& image) {
    const bool lookedThrough = !image.shapes.empty() || image.state == "checked" || image.state == "checked_empty";
    return format.silenceIsEmptiness && !lookedThrough;
}

Result<WrittenAnnotations> writeAnnotations(const AnnotationFormatType& format, AnnotationSet& set, const Path& folder, const CancelToken& cancel) {
    joinSameImages(set);
    const Extras extras = extrasOf(set);  // of what is left out, too
    const auto unseen = std::erase_if(set.images, [&](const AnnotatedImage& image) { return isLeftOut(format, image); });
    LAMINA_TRY(auto written, format.write(set, folder, cancel));
    written.labels = set.shapeCount() - leftOut(set, written.issues) + (format.holds.classes ? extras.classes : 0);
    std::vector<Issue> issues;
    tell(issues, "annotation.unseen_left_out", format, static_cast<std::int64_t>(unseen));
    const auto lost = [&](bool held, const char* code, std::int64_t count) { tell(issues, code, format, held ? 0 : count); };
    lost(format.holds.classes, "annotation.classes_lost", extras.classes);
    lost(format.holds.itemAttributes, "annotation.item_attributes_lost", extras.itemAttributes);
    lost(format.holds.shapeAttributes, "annotation.shape_attributes_lost", extras.shapeAttributes);
    lost(format.holds.relations, "annotation.relations_lost", extras.relations);
    lost(format.holds.emptiness, "annotation.emptiness_lost", extras.empty);
    lost(format.holds.crowds, "annotation.crowds_lost", extras.crowds);
    written.issues.insert(written.issues.begin(), std::make_move_iterator(issues.begin()), std::make_move_iterator(issues.end()));
    return written;
}

bool isRenumbered(const AnnotationSet& set, const AnnotationFormatType& format) {
    if (format.numbersFrom < 0 && !format.holds.numbers) return false;
    const auto numbers = numbersInFiles(set, format);
    bool same = true, shifted = format.numbersFrom == 0;
    for (std::size_t i = 0; i < set.labels.size(); ++i) {
        if (set.labels[i].number < 0) continue;  // it had none
        same = same && set.labels[i].number == numbers[i];
        // Counting from 0 instead of from 1 is a way of counting, no other order.
        shifted = shifted && set.labels[i].number == numbers[i] + 1;
    }
    return !same && !shifted;
}

Result<Path> writeClassNumbers(const AnnotationSet& set, const AnnotationFormatType& format, const std::string& origin, const Path& folder) {
    std::string map = "class,number in the " + origin + ",number in the files\n";
    const auto numbers = numbersInFiles(set, format);
    for (std::size_t i = 0; i < set.labels.size(); ++i)
        map += mapCell(set.labels[i].name) + "," + (set.labels[i].number < 0 ? std::string() : std::to_string(set.labels[i].number)) + "," + std::to_string(numbers[i]) + "\n";
    const Path file = folder / "class_numbers.csv";
    LAMINA_CHECK(writeFileAtomically(file, map));
    return file;
}

Result<void> markUnfinished(const Path& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed) return fail("file.failed", {{"file", folder.string()}, {"call", "mkdir"}, {"reason", failed.message()}});
    constexpr std::string_view words = "This export was broken off: files are missing here. Export again into this folder.\n"
                                       "此导出已中断：此处缺少文件。请重新导出到此文件夹。\n";
    return writeFileAtomically(folder / unfinishedExport, words);
}

Result<void> markFinished(const Path& folder) {
    LAMINA_CHECK(files().syncAll(folder));  // the pictures and their labels were written without waiting for the disk
    return files().remove(folder / unfinishedExport);
}

std::vector<Issue> unfinishedIssues(const Path& source) {
    std::error_code failed;
    const Path folder = std::filesystem::is_directory(source, failed) ? source : source.parent_path();
    for (const Path& whole : {folder, std::filesystem::absolute(folder, failed).parent_path()})  // annotations/train.json was asked for
        if (std::filesystem::exists(whole / unfinishedExport, failed)) return {{Severity::Warning, fail("annotation.unfinished", {{"file", whole.string()}})}};
    return {};
}

}  // namespace lamina
