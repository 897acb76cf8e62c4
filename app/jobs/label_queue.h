// In which order items come to be labelled, and the quick model that says it: learns from what is labelled, goes on learning, finds doubtful labels.
// Blocks; any thread.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/jobs/label_pool.h"
#include "app/jobs/quick_classifier.h"
#include "core/project/project.h"

namespace lamina {

enum class OrderKind {
    Rows,       ///< as they lie in the dataset: no order is kept
    Random,     ///< drawn from a seed
    Entropy,    ///< what the model knows least about first; items without a class
    Margin,     ///< where the two likeliest classes are nearest to each other first; items without a class
    Different,  ///< what is most unlike all that is labelled first; items without a class
    Suspects    ///< labels that are probably wrong first; items with a class
};
inline constexpr int orderKinds = 6;
/// Persisted: "rows", "random", "entropy", "margin", "different", "suspects".
const char* orderName(OrderKind kind);
std::optional<OrderKind> orderFromName(const std::string& name);

struct OrderRequest {
    std::string dataset;  ///< id or name; empty: the newest
    OrderKind kind = OrderKind::Random;
    std::uint64_t seed = 1;
    std::int32_t folds = 4;       ///< Suspects: each part is judged by a model that learned from the others
    std::int64_t centres = 1000;  ///< Different: so many are chosen one after the other, the rest by its distance to these
    int threads = 0;
};

struct OrderOutcome {
    LabelOrder order;           ///< as it is kept now
    double expectedErrors = 0;  ///< Suspects: how many labels are wrong as far as can be told
    std::int64_t doubted = 0;   ///< Suspects: how many of the first are confidently taken for another class
};

/// Makes the order and keeps it in the project. Where a model is needed and there is none yet, it learns first. Labels that a reviewer accepted as they are
/// are no suspects. "labelling.none", "labelling.no_classes", "labelling.one_class", "labelling.few_labels" {dataset, labels, needed}, "job.cancelled".
Result<OrderOutcome> orderItems(Project& project, const OrderRequest& request, const ImportJob& job = {});

/// The model of a labelling, loaded.
struct LabelModel {
    Network network;
    Preparation preparation;
    std::vector<std::int64_t> numbers;  ///< class index → LabelClassRecord::number
    std::shared_ptr<const Checkpoint> weights;
    double accuracy = 0;           ///< on items held out; NaN: none were
    std::int64_t heldOut = 0;      ///< so many were when it learned last
    std::int64_t labels = 0;       ///< it learned from
    std::int64_t labelsAfresh = 0; ///< so many there were when it began anew
    std::int64_t learnedUntil = 0; ///< time of the newest of them, wall clock, milliseconds
    std::string id;                ///< what its proposals name as their model
};
/// None where nobody has let it learn yet.
Result<std::optional<LabelModel>> labelModelOf(Project& project, const LabellingRecord& labelling);

struct LearnRequest {
    std::string dataset;   ///< id or name; empty: the newest
    bool afresh = false;   ///< forget what it learned before
    int threads = 0;
};
struct LearnOutcome {
    LabelModel model;
    bool wentOn = false;       ///< from the weights of the last time
    std::int64_t changed = 0;  ///< labels that are new since then
    double learnSeconds = 0, orderSeconds = 0;
    std::optional<LabelOrder> order;  ///< what the queue is now, where it was made of a model
};
/// "Train now": learns what is labelled, keeps the model and orders the queue anew. Goes on from the weights of the last time where the classes are the same
/// and few labels came since.
/// Errors as orderItems().
Result<LearnOutcome> learnLabels(Project& project, const LearnRequest& request, const ImportJob& job = {});

/// A labelling in which every row has the class that this column says (empty: the target): what was labelled elsewhere and is to be looked through. Classes
/// that the project has not yet are added. One edit. "labelling.exists", "jobs.no_column", "labelling.not_classes" {column}.
Result<LabellingRecord> beginLabellingFrom(Project& project, const DatasetRecord& dataset, std::string column, const ImportJob& job = {});

}  // namespace lamina
