// `lamina label`: what becomes of labels outside the window: a data set to train on, stretches of series as tables, shapes between pictures.
#include "app/cli/label.h"
#include "app/cli/report.h"
#include "app/cli/shared.h"
#include "app/jobs/interpolate_labels.h"
#include "app/jobs/labelled_dataset.h"
#include "app/jobs/series_ranges.h"

namespace lamina {

Result<nlohmann::json> labelDataset(const LabelArguments& arguments, Console& console) {
    LAMINA_TRY(const auto desk, openLabelCommand(arguments, StoreAccess::Write, console));
    LAMINA_TRY(const auto made, datasetOfLabels(*desk.project, desk.dataset, {console.progress(), console.cancel(), 0}));
    console.say("cli.label.dataset_made", {{"dataset", made.dataset.name}, {"rows", std::to_string(made.dataset.rows)}});
    nlohmann::json result{{"dataset", datasetToJson(made.dataset)}, {"edits", labelReceipts(made.receipt, console)}};
    LAMINA_CHECK(desk.project->close());
    return result;
}

Result<nlohmann::json> labelRanges(const LabelArguments& arguments, Console& console) {
    const bool in = arguments.what == "in";
    if ((!in && arguments.what != "out") || arguments.file.empty()) return fail("cli.label.ranges_usage");
    LAMINA_TRY(const auto desk, openLabelCommand(arguments, in ? StoreAccess::Write : StoreAccess::ReadOnly, console));
    const Path file(arguments.file);
    if (!in) {
        LAMINA_TRY(const auto written, exportRanges(*desk.project, desk.dataset, file));
        console.say("cli.label.ranges_written", {{"ranges", std::to_string(written.ranges)}, {"file", arguments.file}});
        return nlohmann::json{{"ranges", written.ranges}, {"file", arguments.file}};
    }
    LAMINA_TRY(const auto read, importRanges(*desk.project, desk.dataset, file, {console.progress(), console.cancel(), 0}));
    console.say("cli.label.ranges_read", {{"ranges", std::to_string(read.ranges)}, {"file", arguments.file}});
    auto edits = nlohmann::json::array();
    for (const auto& receipt : read.receipts)
        for (const auto& entry : labelReceipts(receipt, console)) edits.push_back(entry);
    LAMINA_CHECK(desk.project->close());
    return nlohmann::json{{"ranges", read.ranges}, {"new_classes", read.newClasses}, {"edits", edits}};
}

Result<nlohmann::json> labelInterpolate(const LabelArguments& arguments, Console& console) {
    if (arguments.rows.empty() || arguments.rows.size() > 2) return fail("cli.label.interpolate_usage");
    LAMINA_TRY(const auto desk, openLabelCommand(arguments, StoreAccess::Write, console));
    InterpolateRequest request;
    request.dataset = desk.dataset.id;
    request.to = arguments.rows.back() - 1;
    if (arguments.rows.size() == 2) request.from = arguments.rows.front() - 1;
    LAMINA_TRY(const auto outcome, interpolateLabels(*desk.project, request, {console.progress(), console.cancel(), 0}));
    console.say("cli.label.interpolated", {{"labels", std::to_string(outcome.labels)}, {"items", std::to_string(outcome.items)}});
    nlohmann::json result{{"from", outcome.from}, {"to", request.to}, {"items", outcome.items}, {"labels", outcome.labels}, {"edits", labelReceipts(outcome.receipt, console)}};
    LAMINA_CHECK(desk.project->close());
    return result;
}

}  // namespace lamina
