#include "core/annotation/formats/set_writer.h"

#include <algorithm>
#include <set>

namespace lamina {
namespace {

/// How much there is in a set of what some formats have no words for.
struct Extras {
    std::int64_t classes = 0, itemAttributes = 0, shapeAttributes = 0, relations = 0, empty = 0;
};

Extras extrasOf(const AnnotationSet& set) {
    Extras extras;
    for (const AnnotatedImage& image : set.images) {
        extras.classes += std::ssize(image.classes);
        extras.itemAttributes += image.attributes.empty() ? 0 : 1;
        extras.relations += std::ssize(image.relations);
        extras.empty += image.state == "checked_empty" ? 1 : 0;
        extras.shapeAttributes += std::count_if(image.shapes.begin(), image.shapes.end(), [](const AnnotationShape& shape) { return !shape.attributes.empty(); });
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

}  // namespace

bool isLeftOut(const AnnotationFormatType& format, const AnnotatedImage& image) {
    const bool lookedThrough = !image.shapes.empty() || image.state == "checked" || image.state == "checked_empty";
    return format.silenceIsEmptiness && !lookedThrough;
}

Result<WrittenAnnotations> writeAnnotations(const AnnotationFormatType& format, AnnotationSet& set, const Path& folder, const CancelToken& cancel) {
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
    written.issues.insert(written.issues.begin(), std::make_move_iterator(issues.begin()), std::make_move_iterator(issues.end()));
    return written;
}

}  // namespace lamina
