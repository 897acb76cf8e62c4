#include "app/jobs/label_queue.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

#include "app/jobs/annotation_jobs.h"
#include "core/learning/item_order.h"
#include "core/learning/label_doubts.h"
#include "core/tensor/random.h"

namespace lamina {
namespace {

constexpr const char* orderNames[orderKinds] = {"rows", "random", "entropy", "margin", "different", "suspects"};
/// More would not find more doubts in a time that somebody waits for.
constexpr std::size_t mostLearned = 20'000;
constexpr std::size_t fewestForDoubts = 20;
/// Every tenth item is held out, where there are enough.
constexpr std::size_t heldOutFrom = 100;
constexpr std::uint64_t heldOutOf = 10;
/// Going on: new labels among some of the old ones, so that what was known is not forgotten.
constexpr std::size_t fewestOld = 500, mostOld = 3000, oldForEachNew = 4;
/// Weights are worth going on from while no more than a quarter as many labels came since they began anew; else few labels would decide for long.
constexpr std::int64_t grownPart = 4;

double secondsSince(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// A part of a job that counts for itself in the whole.
ProgressFunction partOf(const ProgressFunction& whole, int part, int parts) {
    if (!whole) return {};
    return [whole, part, parts](const Progress& progress) {
        if (progress.total > 0) whole({progress.stage, part * 1000 + progress.done * 1000 / progress.total, parts * 1000, ""});
    };
}

/// At most so many, drawn; in the order of rows.
std::vector<std::size_t> someOf(std::vector<std::size_t> items, std::size_t most, std::uint64_t seed) {
    if (items.size() <= most) return items;
    const auto order = drawnOrder(items.size(), seed);
    std::vector<std::size_t> some;
    for (std::size_t i = 0; i < most; ++i) some.push_back(items[order[i]]);
    std::sort(some.begin(), some.end());
    return some;
}

Result<std::set<std::int64_t>> acceptedItems(Project& project, std::int64_t labelling) {
    std::set<std::int64_t> accepted;
    constexpr std::int64_t atOnce = 5000;
    for (std::int64_t position = 0;;) {
        LAMINA_TRY(const auto items, project.reviews().queue(labelling, ReviewQueue::Accepted, position, atOnce));
        for (const auto& item : items) accepted.insert(item.key);
        if (std::ssize(items) < atOnce) return accepted;
        position = items.back().position + 1;
    }
}

/// Out-of-fold probabilities, doubts, the queue.
class SuspectSearch {
public:
    SuspectSearch(Project& project, const LabelPool& pool, const OrderRequest& request, const ImportJob& job)
        : m_project(project), m_pool(pool), m_request(request), m_job(job), m_device(makeCpuDevice({.threads = request.threads, .instructionSet = {}})) {}

    Result<OrderOutcome> run() {
        m_items = m_pool.labelled();
        if (m_items.size() < fewestForDoubts)
            return fail("labelling.few_labels", {{"dataset", m_pool.dataset.name}, {"labels", std::to_string(m_items.size())}, {"needed", std::to_string(fewestForDoubts)}});
        for (const std::size_t item : m_items) m_labels.push_back(m_pool.labels[item]);
        m_folds = dealFolds(m_labels, m_request.folds, m_request.seed);
        m_probabilities.resize(m_items.size() * m_pool.numbers.size());
        for (std::int32_t fold = 0; fold < m_request.folds; ++fold) LAMINA_CHECK(judge(fold));
        return queue();
    }

private:
    Result<void> judge(std::int32_t fold) {
        std::vector<std::size_t> learned, places;
        std::vector<std::int64_t> asked;
        for (std::size_t i = 0; i < m_items.size(); ++i) {
            if (m_folds[i] != fold) {
                learned.push_back(m_items[i]);
                continue;
            }
            places.push_back(i);
            asked.push_back(m_pool.items[m_items[i]].position);
        }
        QuickLesson lesson;
        lesson.rows = m_pool.rowsOf(someOf(std::move(learned), mostLearned, m_request.seed));
        lesson.seed = m_request.seed + static_cast<std::uint64_t>(fold);
        const Network network = quickNetwork(m_pool.preparation);
        LAMINA_TRY(const auto model, trainQuickly(m_pool, network, lesson, *m_device, m_job.cancel, partOf(m_job.progress, fold, m_request.folds)));
        LAMINA_TRY(const auto said, askQuickly(m_pool, network, *model.numbers, asked, *m_device, {}, m_job.cancel));
        for (std::size_t i = 0; i < places.size(); ++i)
            std::copy_n(said.numbers.begin() + static_cast<std::ptrdiff_t>(i * said.width), said.width,
                        m_probabilities.begin() + static_cast<std::ptrdiff_t>(places[i] * said.width));
        return {};
    }

    Result<OrderOutcome> queue() {
        const auto doubts = findLabelDoubts(m_probabilities, m_labels, std::ssize(m_pool.numbers));
        LAMINA_TRY(const auto accepted, acceptedItems(m_project, m_pool.labelling.key));
        OrderOutcome outcome;
        outcome.expectedErrors = doubts.expectedErrors();
        for (const std::size_t i : suspectOrder(doubts)) {
            const LabelDoubt& doubt = doubts.items[i];
            const std::int64_t item = m_pool.items[m_items[i]].item;
            if (accepted.count(item)) continue;
            outcome.doubted += doubt.doubted ? 1 : 0;
            outcome.order.entries.push_back({item, static_cast<std::int32_t>(m_pool.numbers[static_cast<std::size_t>(doubt.suggestion)]), static_cast<float>(1 - doubt.selfConfidence)});
        }
        outcome.order.settings = {{"doubted", outcome.doubted}, {"expected_errors", outcome.expectedErrors}, {"folds", m_request.folds}};
        return outcome;
    }

    Project& m_project;
    const LabelPool& m_pool;
    const OrderRequest& m_request;
    const ImportJob& m_job;
    std::unique_ptr<Device> m_device;
    std::vector<std::size_t> m_items;  ///< of the pool: those with a class
    std::vector<std::int32_t> m_labels, m_folds;
    std::vector<float> m_probabilities;
};

bool needsModel(OrderKind kind) { return kind == OrderKind::Entropy || kind == OrderKind::Margin || kind == OrderKind::Different; }

/// Items that nobody gave a class yet.
std::vector<std::size_t> openItemsOf(const LabelPool& pool) {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < pool.items.size(); ++i)
        if (pool.labels[i] < 0 && pool.items[i].state == ItemState::Unlabelled) open.push_back(i);
    return open;
}

std::int32_t likeliest(const LabelModel& model, std::span<const float> probabilities) {
    return static_cast<std::int32_t>(model.numbers[static_cast<std::size_t>(std::max_element(probabilities.begin(), probabilities.end()) - probabilities.begin())]);
}

Result<LabelOrder> uncertainFirst(const LabelPool& pool, const LabelModel& model, OrderKind kind, Device& device, const ImportJob& job) {
    const auto open = openItemsOf(pool);
    LAMINA_TRY(const auto said, askQuickly(pool, model.network, *model.weights, pool.rowsOf(open), device, {}, job.cancel, job.progress));
    std::vector<double> scores;
    for (std::size_t i = 0; i < open.size(); ++i) scores.push_back(kind == OrderKind::Entropy ? entropyOf(said.row(i)) : marginDoubt(said.row(i)));
    LabelOrder order;
    for (const std::size_t i : byFallingScore(scores)) order.entries.push_back({pool.items[open[i]].item, likeliest(model, said.row(i)), static_cast<float>(scores[i])});
    return order;
}

Result<LabelOrder> differentFirst(const LabelPool& pool, const LabelModel& model, std::int64_t centres, int threads, Device& device, const ImportJob& job) {
    auto items = openItemsOf(pool);
    const std::size_t open = items.size();
    const auto labelled = pool.labelled();
    items.insert(items.end(), labelled.begin(), labelled.end());
    LAMINA_TRY(const auto vectors, askQuickly(pool, model.network, *model.weights, pool.rowsOf(items), device, vectorLayer, job.cancel, partOf(job.progress, 0, 2)));
    std::vector<std::size_t> known;
    for (std::size_t i = open; i < items.size(); ++i) known.push_back(i);
    LAMINA_TRY(const auto spread,
               spreadOrder(vectors.numbers, vectors.width, known, static_cast<std::size_t>(centres), threads, job.cancel, partOf(job.progress, 1, 2)));
    LabelOrder order;
    for (std::size_t i = 0; i < spread.items.size(); ++i) order.entries.push_back({pool.items[items[spread.items[i]]].item, 0, static_cast<float>(spread.distances[i])});
    return order;
}

Result<LabelOrder> modelOrder(const LabelPool& pool, const LabelModel& model, const OrderRequest& request, const ImportJob& job) {
    const auto device = makeCpuDevice({.threads = request.threads, .instructionSet = {}});
    auto order = request.kind == OrderKind::Different ? differentFirst(pool, model, request.centres, request.threads, *device, job)
                                                      : uncertainFirst(pool, model, request.kind, *device, job);
    if (order) order->settings = {{"model", model.id}, {"accuracy", std::isnan(model.accuracy) ? nlohmann::json() : nlohmann::json(model.accuracy)}, {"centres", request.centres}};
    return order;
}

Result<LabelOrder> randomOrder(Project& project, const LabellingRecord& labelling, std::uint64_t seed) {
    LAMINA_TRY(const auto items, project.annotations().wholeClasses(labelling.key));
    LabelOrder order;
    order.settings = {{"seed", seed}};
    for (const std::size_t i : drawnOrder(items.size(), seed)) order.entries.push_back({items[i].item, 0, 0});
    return order;
}

nlohmann::json documentOf(const LabelModel& model) {
    return {{"network", networkToJson(model.network)},
            {"preparation", toJson(model.preparation)},
            {"classes", model.numbers},
            {"accuracy", std::isnan(model.accuracy) ? nlohmann::json() : nlohmann::json(model.accuracy)},
            {"held_out", model.heldOut},
            {"labels", model.labels},
            {"labels_afresh", model.labelsAfresh},
            {"learned_until", model.learnedUntil},
            {"id", model.id}};
}

Result<void> keepModel(Project& project, const LabellingRecord& labelling, const LabelModel& model) {
    const auto bytes = checkpointToBytes(*model.weights);
    LabelModelRecord record;
    record.document = documentOf(model);
    LAMINA_TRY(record.fileHash, project.addBytes({reinterpret_cast<const char*>(bytes.data()), bytes.size()}));
    LAMINA_TRY(const auto before, project.labelModels().save(labelling.key, std::move(record)));
    if (!before.empty()) (void)project.removeFile(before);
    return {};
}

bool isHeldOut(const LabelPool& pool, std::size_t item) {
    return RandomStream(1, streamOf("held out")).below(static_cast<std::uint64_t>(pool.items[item].item), heldOutOf) == 0;
}

/// What to learn from: everything the first time; then what is new, among some of the rest.
class LessonPlan {
public:
    LessonPlan(const LabelPool& pool, const LabelModel* before) : m_pool(pool), m_before(before) {
        const auto labelled = pool.labelled();
        const bool holdsOut = labelled.size() >= heldOutFrom;
        for (const std::size_t item : labelled) {
            learnedUntil = std::max(learnedUntil, pool.items[item].time);
            const bool isNew = !before || pool.items[item].time > before->learnedUntil;
            changed += isNew ? 1 : 0;
            (holdsOut && isHeldOut(pool, item) ? m_heldOut : isNew ? m_new : m_old).push_back(item);
        }
        labels = std::ssize(labelled);
    }

    QuickLesson lesson() {
        QuickLesson lesson;
        auto items = someOf(m_new, mostLearned, 1);
        if (m_before) {
            lesson.from = m_before->weights;
            // Few new labels are no reason to move far from what many have taught.
            lesson.rate = std::clamp(1e-6 * static_cast<double>(items.size()), 5e-5, 5e-4);
            const auto old = someOf(m_old, std::clamp(oldForEachNew * items.size(), fewestOld, mostOld), static_cast<std::uint64_t>(learnedUntil));
            items.insert(items.end(), old.begin(), old.end());
            lesson.steps = std::clamp<std::int64_t>(std::ssize(items) / 12, 40, 200);
        }
        std::sort(items.begin(), items.end());
        lesson.rows = m_pool.rowsOf(items);
        lesson.heldOut = m_pool.rowsOf(someOf(m_heldOut, 2000, 1));
        return lesson;
    }
    std::int64_t labels = 0, changed = 0, learnedUntil = 0;

private:
    const LabelPool& m_pool;
    const LabelModel* m_before;
    std::vector<std::size_t> m_new, m_old, m_heldOut;
};

/// The model of a labelling, brought up to date or made.
class Learning {
public:
    Learning(Project& project, LearnRequest request, const ImportJob& job) : m_project(project), m_request(std::move(request)), m_job(job) {}

    Result<void> run() {
        const auto start = std::chrono::steady_clock::now();
        LAMINA_TRY(const auto dataset, findDataset(m_project, m_request.dataset));
        LAMINA_TRY(const auto labelling, labellingOf(m_project, dataset));
        LAMINA_TRY(auto before, labelModelOf(m_project, labelling));
        if (m_request.afresh) before.reset();
        LAMINA_TRY(pool, openLabelPool(m_project, dataset, before ? &before->preparation : nullptr, m_job.cancel));
        LAMINA_CHECK(learn(before && before->numbers == pool->numbers ? &*before : nullptr));
        LAMINA_CHECK(keepModel(m_project, labelling, outcome.model));
        outcome.learnSeconds = secondsSince(start);
        return {};
    }

    LearnOutcome outcome;
    std::unique_ptr<LabelPool> pool;

private:
    Result<void> learn(const LabelModel* before) {
        LessonPlan plan(*pool, before);
        if (before && std::max(plan.labels - before->labelsAfresh, plan.changed) * grownPart > before->labelsAfresh) return learn(nullptr);
        LabelModel& model = outcome.model;
        outcome.wentOn = before != nullptr;
        outcome.changed = plan.changed;
        model.network = before ? before->network : quickNetwork(pool->preparation);
        model.preparation = pool->preparation;
        model.numbers = pool->numbers;
        model.labels = plan.labels;
        model.labelsAfresh = before ? before->labelsAfresh : plan.labels;
        model.learnedUntil = plan.learnedUntil;
        model.id = "label model " + newUuid();
        const auto device = makeCpuDevice({.threads = m_request.threads, .instructionSet = {}});
        const QuickLesson lesson = plan.lesson();
        LAMINA_TRY(auto learned, trainQuickly(*pool, model.network, lesson, *device, m_job.cancel, m_job.progress));
        model.heldOut = std::ssize(lesson.heldOut);
        model.weights = std::move(learned.numbers);
        model.accuracy = learned.accuracy;
        return {};
    }

    Project& m_project;
    const LearnRequest m_request;
    const ImportJob& m_job;
};

/// What the queue is made of after learning: the order that was chosen, where a model makes it.
Result<OrderRequest> orderAfterLearning(Project& project, const LabelPool& pool, const LearnRequest& request) {
    OrderRequest order;
    order.kind = OrderKind::Entropy;
    order.threads = request.threads;
    LAMINA_TRY(const auto kept, project.labelOrders().of(pool.labelling.key));
    if (!kept) return order;
    order.kind = orderFromName(kept->kind).value_or(OrderKind::Rows);
    order.centres = kept->settings.value("centres", order.centres);
    return order;
}

}  // namespace

const char* orderName(OrderKind kind) { return orderNames[static_cast<std::size_t>(kind)]; }

std::optional<OrderKind> orderFromName(const std::string& name) {
    for (int i = 0; i < orderKinds; ++i)
        if (name == orderNames[i]) return static_cast<OrderKind>(i);
    return std::nullopt;
}

Result<std::optional<LabelModel>> labelModelOf(Project& project, const LabellingRecord& labelling) {
    LAMINA_TRY(const auto record, project.labelModels().of(labelling.key));
    if (!record) return std::optional<LabelModel>();
    const nlohmann::json& document = record->document;
    const auto number = [&](const char* key) {
        const auto found = document.find(key);
        return found != document.end() && found->is_number() ? found->get<double>() : std::nan("");
    };
    LabelModel model;
    LAMINA_TRY(model.network, networkFromJson(document.value("network", nlohmann::json())));
    LAMINA_TRY(model.preparation, preparationFromJson(document.value("preparation", nlohmann::json())));
    for (const auto& entry : document.value("classes", nlohmann::json::array()))
        if (entry.is_number_integer()) model.numbers.push_back(entry.get<std::int64_t>());
    if (std::ssize(model.numbers) != model.preparation.outputCount()) return fail("preparation.damaged", {{"what", "classes"}});
    model.accuracy = number("accuracy");
    model.heldOut = document.value("held_out", std::int64_t{0});
    model.labels = document.value("labels", std::int64_t{0});
    model.labelsAfresh = document.value("labels_afresh", std::int64_t{0});
    model.learnedUntil = document.value("learned_until", std::int64_t{0});
    model.id = document.value("id", std::string());
    LAMINA_TRY(const auto bytes, readFile(project.filePath(record->fileHash)));
    LAMINA_TRY(auto weights, checkpointFromBytes(bytes));
    model.weights = std::make_shared<const Checkpoint>(std::move(weights));
    return std::optional(std::move(model));
}

Result<LearnOutcome> learnLabels(Project& project, const LearnRequest& request, const ImportJob& job) {
    Learning learning(project, request, job);
    LAMINA_CHECK(learning.run());
    const auto start = std::chrono::steady_clock::now();
    LAMINA_TRY(const auto wanted, orderAfterLearning(project, *learning.pool, request));
    if (needsModel(wanted.kind)) {
        LAMINA_TRY(auto order, modelOrder(*learning.pool, learning.outcome.model, wanted, job));
        order.kind = orderName(wanted.kind);
        LAMINA_CHECK(project.labelOrders().save(learning.pool->labelling.key, order).get());
        learning.outcome.order = std::move(order);
    }
    learning.outcome.orderSeconds = secondsSince(start);
    return std::move(learning.outcome);
}

Result<OrderOutcome> orderItems(Project& project, const OrderRequest& request, const ImportJob& job) {
    LAMINA_TRY(const auto dataset, findDataset(project, request.dataset));
    LAMINA_TRY(const auto labelling, labellingOf(project, dataset));
    OrderOutcome outcome;
    if (request.kind == OrderKind::Rows) {
        LAMINA_CHECK(project.labelOrders().clear(labelling.key).get());
        outcome.order.kind = orderName(request.kind);
        return outcome;
    }
    if (request.kind == OrderKind::Random) {
        LAMINA_TRY(outcome.order, randomOrder(project, labelling, request.seed));
    } else if (request.kind == OrderKind::Suspects) {
        LAMINA_TRY(const auto pool, openLabelPool(project, dataset, nullptr, job.cancel));
        LAMINA_TRY(outcome, SuspectSearch(project, *pool, request, job).run());
    } else {
        LAMINA_TRY(auto model, labelModelOf(project, labelling));
        LAMINA_TRY(auto pool, openLabelPool(project, dataset, model ? &model->preparation : nullptr, job.cancel));
        if (!model || model->numbers != pool->numbers) {
            Learning learning(project, {request.dataset, false, request.threads}, job);
            LAMINA_CHECK(learning.run());
            model = std::move(learning.outcome.model);
            pool = std::move(learning.pool);
        }
        LAMINA_TRY(outcome.order, modelOrder(*pool, *model, request, job));
    }
    outcome.order.kind = orderName(request.kind);
    LAMINA_CHECK(project.labelOrders().save(labelling.key, outcome.order).get());
    return outcome;
}

}  // namespace lamina
