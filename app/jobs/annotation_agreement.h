// How far two annotators of a project agree about the items that both have labelled. Blocks; any thread.
#pragma once

#include <string>
#include <vector>

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

/// What somebody said is the newest that they said of each label, whatever became of it later: decisions between several people do not change it.
/// "labelling.none" {dataset}, "labelling.agreement_needs_two" {found, known}, "job.cancelled".
Result<AgreementReport> annotatorAgreement(Project& project, const DatasetRecord& dataset, const std::string& a, const std::string& b,
                                           const CancelToken& cancel = {});

struct AgreementPair {
    std::string a, b;
    AgreementReport report;
};
/// Of any number of people.
struct GroupAgreement {
    std::vector<std::string> people;
    std::vector<std::string> known;  ///< all who could be compared: people, models, and those whose labels all came with the data
    std::int64_t items = 0;     ///< of which at least two of them said something
    std::int64_t complete = 0;  ///< with one class of the whole item from each of them
    double fleiss = 0;          ///< on these; NaN without any
    double krippendorff = 0;    ///< nominal, on all items with one class of the whole item from at least two of them
    std::vector<AgreementPair> pairs;
    std::int64_t matched = 0;   ///< pairs of shapes that overlap by half or more, of all pairs of people
    double overlap = 0;         ///< mean intersection over union of these; NaN without any
};
/// `people`: names of people or models; empty: all people who said something themselves, not only by an import or from a column (with these, where there are not
/// two others). Errors as above.
Result<GroupAgreement> groupAgreement(Project& project, const DatasetRecord& dataset, std::vector<std::string> people, const CancelToken& cancel = {});

}  // namespace lamina
