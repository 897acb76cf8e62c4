// What augmentations make of a dataset's own training rows: for a gallery. All functions block; any thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/jobs/clean_jobs.h"
#include "core/data/augmentations/augmenter.h"
#include "core/data/image.h"
#include "core/data/prepared_data.h"

namespace lamina {

/// What the augmentations of a dataset change: its only feature, a picture or a series; else rows of a table, in which pictures may stand.
AugmentedData augmentedData(const DatasetRecord& dataset);
/// What usually helps: for photos (pictures in colours) they are turned a little, mirrored, shifted, lighter and darker; nothing for other data, where what
/// a change leaves as it was is not known.
std::vector<AugmentationStep> usualAugmentations(const DatasetRecord& dataset);

/// Training rows as a network reads them, opened once. Immutable.
struct AugmentationSample {
    CleanedData cleaned;
    PreparedData data;
    AugmentedData kind = AugmentedData::Table;
};
/// As a training of `network` (id) on `split` (id) would open them. Errors of cleanTable(), prepareDataset(), PreparedData::create().
Result<std::shared_ptr<const AugmentationSample>> openAugmentationSample(Project& project, const std::string& network, const std::string& split,
                                                                         const CancelToken& cancel = {});

/// One form of a row; which member counts is the sample's kind.
struct AugmentedVersion {
    Image picture;
    std::vector<float> series;         ///< the first feature, step after step
    std::vector<std::string> numbers;  ///< "age 34.5", in the columns' own units
};
struct AugmentedRow {
    std::int64_t row = 0;
    std::string answer;                      ///< name of its class; empty: none
    std::vector<AugmentedVersion> versions;  ///< the row as it is, then as the epochs 0, 1, … would see it
};
struct AugmentationLook {
    std::vector<AugmentationStep> steps;
    std::int64_t rows = 4, versions = 5;
    std::uint64_t seed = 1;
    std::int64_t first = 0;  ///< another number shows other rows
};
/// Errors of Augmenter::create(), "job.cancelled".
Result<std::vector<AugmentedRow>> augmentRows(const AugmentationSample& sample, const AugmentationLook& look, const CancelToken& cancel = {});

}  // namespace lamina
