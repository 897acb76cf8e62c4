#include "app/jobs/interpolate_labels.h"

#include <algorithm>

#include "app/jobs/annotation_jobs.h"
#include "core/annotation/interpolation.h"
#include "core/annotation/shape_document.h"
#include "core/data/importers/importer.h"
#include "core/data/importers/video_file.h"

namespace lamina {
namespace {

constexpr std::int64_t longestWay = 10'000;

/// What a person drew on a picture.
struct DrawnShapes {
    LabelItemRecord item;
    std::vector<AnnotationShape> shapes;        ///< their labels are class numbers as text
    std::vector<AnnotationRecord> interpolated; ///< what an earlier run left
};

Result<DrawnShapes> drawnOn(Project& project, const LabellingRecord& labelling, std::int64_t row) {
    DrawnShapes drawn;
    LAMINA_TRY(auto item, project.labelItems().at(labelling.key, row));
    if (!item) return fail("label_item.not_found", {{"item", std::to_string(row + 1)}});
    drawn.item = std::move(*item);
    LAMINA_TRY(const auto records, project.annotations().ofItem(drawn.item.key));
    for (const auto& record : records) {
        if (!record.document.contains("kind")) continue;
        if (record.model == interpolationModel) drawn.interpolated.push_back(record);
        if (!record.model.empty()) continue;
        LAMINA_TRY(auto shape, shapeFromDocument(record.document, std::to_string(record.classNumber)));
        if (shape.kind != ShapeKind::Span && shape.kind != ShapeKind::Range) drawn.shapes.push_back(std::move(shape));
    }
    return drawn;
}

/// The film that a frame is of, by its name "walk/a.mp4/frame_000012.jpg"; empty: none.
std::string filmOf(const std::string& identity) {
    const Path film = Path(identity).parent_path();
    return fitsPatterns(film, videoPatterns()) ? film.string() : std::string();
}

/// Nothing moves from one film into another.
Result<DrawnShapes> beginning(Project& project, const LabellingRecord& labelling, const InterpolateRequest& request, const std::string& film) {
    if (request.from >= 0) return drawnOn(project, labelling, request.from);
    for (std::int64_t row = request.to - 1; row >= std::max<std::int64_t>(0, request.to - longestWay); --row) {
        LAMINA_TRY(auto drawn, drawnOn(project, labelling, row));
        if (filmOf(drawn.item.identity) != film) break;
        if (!drawn.shapes.empty()) return drawn;
    }
    return fail("interpolate.no_start", {{"row", std::to_string(request.to + 1)}});
}

/// What was interpolated here before goes, what is interpolated now comes.
LabelGesture gestureFor(const DrawnShapes& here, const std::vector<AnnotationShape>& shapes) {
    LabelGesture gesture;
    gesture.item = here.item.key;
    gesture.state = here.item.state;  // proposals label nothing
    gesture.reason = here.item.reason;
    for (AnnotationRecord gone : here.interpolated) {
        gone.parent = gone.id;
        gone.id = newUuid();
        gone.removed = true;
        gone.time = 0;
        gesture.revisions.push_back(std::move(gone));
    }
    for (const auto& shape : shapes) {
        AnnotationRecord record;
        record.label = record.id;
        record.classNumber = std::stoll(shape.label);
        record.document = shapeToDocument(shape);
        record.tool = "interpolate";
        record.model = interpolationModel;
        gesture.revisions.push_back(std::move(record));
    }
    return gesture;
}

}  // namespace

Result<InterpolateOutcome> interpolateLabels(Project& project, const InterpolateRequest& request, const ImportJob& job) {
    LAMINA_TRY(const auto dataset, findDataset(project, request.dataset));
    LAMINA_TRY(const auto labelling, labellingOf(project, dataset));
    LAMINA_TRY(const auto end, drawnOn(project, labelling, request.to));
    LAMINA_TRY(const auto start, beginning(project, labelling, request, filmOf(end.item.identity)));
    const auto pairs = continuations(start.shapes, end.shapes);
    InterpolateOutcome outcome;
    outcome.from = start.item.position;
    const std::int64_t way = request.to - outcome.from;
    LabelEdit edit;
    for (std::int64_t row = outcome.from + 1; row < request.to && way <= longestWay; ++row) {
        if (job.cancel.cancelled()) return fail("job.cancelled");
        LAMINA_TRY(const auto here, drawnOn(project, labelling, row));
        if (!here.shapes.empty()) continue;
        std::vector<AnnotationShape> shapes;
        for (const auto& [from, to] : pairs)
            if (auto shape = shapeBetween(start.shapes[from], end.shapes[to], static_cast<double>(row - outcome.from) / static_cast<double>(way))) shapes.push_back(std::move(*shape));
        if (shapes.empty()) continue;
        ++outcome.items;
        outcome.labels += std::ssize(shapes);
        edit.gestures.push_back(gestureFor(here, shapes));
        if (job.progress) job.progress({"labels", row - outcome.from, way, "items"});
    }
    if (edit.gestures.empty()) return fail("interpolate.nothing", {{"from", std::to_string(outcome.from + 1)}, {"to", std::to_string(request.to + 1)}});
    LAMINA_TRY(outcome.receipt, project.annotations()
                                    .apply(editName("edit.interpolate_labels", {{"labels", std::to_string(outcome.labels)}, {"items", std::to_string(outcome.items)}}), std::move(edit))
                                    .get());
    return outcome;
}

}  // namespace lamina
