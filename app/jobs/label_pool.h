// The items of a labelling with the classes that people gave them, as data that a network reads. Blocks; any thread.
#pragma once

#include <memory>
#include <vector>

#include "app/jobs/dataset_jobs.h"
#include "core/data/prepared_data.h"
#include "core/project/project.h"

namespace lamina {

/// Members refer to each other; not to be copied. The recipe of the dataset does not count here: items are looked at as they are labelled.
struct LabelPool {
    DatasetRecord dataset;
    LabellingRecord labelling;
    std::vector<WholeClass> items;        ///< in the order of rows
    std::vector<std::int64_t> numbers;    ///< class index → LabelClassRecord::number, ascending: the classes that occur, mergers followed
    std::vector<std::int32_t> labels;     ///< by item: class index that a person gave; -1: none
    Preparation preparation;              ///< its classes are called by their numbers
    std::unique_ptr<PreparedData> data;   ///< by rows of the dataset: items[i].position

    /// Indexes of items that have a class.
    std::vector<std::size_t> labelled() const;
    std::vector<std::int64_t> rowsOf(const std::vector<std::size_t>& which) const;
};

/// `known`: a preparation to go on with where it has the same classes (a model goes on learning); nullptr: fitted anew. Proposals of models, second passes
/// and items that were skipped do not count. "labelling.none", "labelling.no_classes" {dataset}, "labelling.one_class" {dataset}, errors of fitPreparation().
Result<std::unique_ptr<LabelPool>> openLabelPool(Project& project, const DatasetRecord& dataset, const Preparation* known = nullptr, const CancelToken& cancel = {});

}  // namespace lamina
