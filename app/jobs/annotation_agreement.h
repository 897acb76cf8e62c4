// How far two annotators of a project agree about the items that both have labelled. Blocks; any thread.
#pragma once

#include <string>

#include "core/base/cancel.h"
#include "core/project/project.h"

namespace lamina {

struct AgreementReport {
    std::int64_t items = 0;                              ///< that both have labelled
    std::int64_t classified = 0;                         ///< of these, with one class of the whole item from each
    double cohen = 0, krippendorff = 0;                  ///< on the classes of whole items; NaN where there are none
    std::int64_t shapesA = 0, shapesB = 0, matched = 0;  ///< shapes, and pairs that overlap by half or more
    double overlap = 0;                                  ///< mean intersection over union of the pairs; NaN without any
    double cohenOfShapes = 0;                            ///< on the classes of the pairs
};

/// "labelling.none" {dataset}, "labelling.agreement_needs_two" {found, known}, "job.cancelled".
Result<AgreementReport> annotatorAgreement(Project& project, const DatasetRecord& dataset, const std::string& a, const std::string& b,
                                           const CancelToken& cancel = {});

}  // namespace lamina
