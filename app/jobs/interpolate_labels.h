// Shapes for the pictures of a sequence that lie between two labelled ones, as proposals. Blocks; any thread.
#pragma once

#include <string>

#include "app/jobs/dataset_jobs.h"

namespace lamina {

struct InterpolateRequest {
    std::string dataset;     ///< id or name; empty: the newest
    std::int64_t to = 0;     ///< row of the later labelled picture, from 0
    std::int64_t from = -1;  ///< of the earlier one; -1: the nearest before it, in the same film, on which a person drew
};

struct InterpolateOutcome {
    std::int64_t from = 0;  ///< the row it began at
    std::int64_t items = 0, labels = 0;
    EditReceipt receipt;    ///< empty where there was nothing to do
};

/// Shapes of the same class and kind are paired by their distance; pictures between them on which a person drew already are left alone, earlier
/// interpolations there are replaced. One edit; what it makes has the model interpolationModel until a person accepts it. "labelling.none" {dataset},
/// "interpolate.no_start" {row}, "interpolate.nothing" {from, to}.
Result<InterpolateOutcome> interpolateLabels(Project& project, const InterpolateRequest& request, const ImportJob& job = {});

inline constexpr const char* interpolationModel = "interpolation";

}  // namespace lamina
