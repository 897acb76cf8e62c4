#include "app/jobs/usual_split.h"

#include <set>

#include "app/jobs/clean_jobs.h"

namespace lamina {
namespace {

void divideFilms(const Table& table, SplitSettings& settings) {
    const auto video = table.find("video"), seconds = table.find("seconds");
    if (!video || table.view(*video).kind != ColumnKind::Category) return;
    const auto codes = table.view(*video).codes;
    const bool enough = std::set<std::int32_t>(codes.begin(), codes.end()).size() >= 3;
    if (!enough && (!seconds || table.view(*seconds).kind != ColumnKind::Number)) return;
    settings.method = enough ? "group" : "time";
    settings.column = enough ? "video" : "seconds";
}

}  // namespace

Result<SplitSettings> usualSplit(Project& project, const DatasetRecord& dataset, const CancelToken& cancel) {
    CleanRequest request;
    request.cancel = cancel;
    LAMINA_TRY(const auto cleaned, cleanTable(project, dataset, request));
    SplitSettings settings;
    settings.subset = subsetColumn(cleaned.dataset);
    if (settings.subset.empty() && dataset.importer == "video") divideFilms(cleaned.clean.table, settings);
    return settings;
}

}  // namespace lamina
