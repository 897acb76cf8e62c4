#include "core/data/loader.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <unordered_map>
#include <vector>

#include "core/base/parallel.h"
#include "core/tensor/random.h"

namespace lamina {

namespace {

/// Labels of classes, or numbers.
struct AnswerBuffer {
    std::vector<std::int32_t> labels;
    std::vector<float> targets;
};

/// The memory of one batch, reused for the loader's life.
struct Buffer {
    Batch batch;
    std::vector<float> inputs;
    std::vector<AnswerBuffer> answers;  ///< of each target
    std::vector<std::int64_t> rows, occurrences;
    std::int64_t claimed = 0, done = 0;  ///< rows that a worker has begun, and ended
};

/// Rows that a worker takes at a time: few, since one may be a large photo.
constexpr std::int64_t rowsPerClaim = 2;

int loaderWorkers(const LoaderSettings& settings, const PreparedData& data) {
    if (settings.workers > 0) return settings.workers;
    const bool heavy = data.decodesPictures() || (settings.augmenter && !settings.augmenter->empty());
    return heavy ? threadCount(0) : 1;
}

}  // namespace

/// Batches are numbered from the last setPosition(): batch i lies in buffer i % buffers.size(). Workers may begin i while
/// i < released + buffers.size(); the caller reads `taken - 1` until it asks for the next one.
struct Loader::State {
    const PreparedData& data;
    LoaderSettings settings;
    std::vector<std::int64_t> rows;   ///< in the given order
    std::vector<std::int64_t> order;  ///< rows as the epoch `orderEpoch` has them
    std::vector<std::int64_t> occurrences;  ///< of order's rows within the epoch; empty where no row is there twice
    std::unordered_map<std::int64_t, std::int64_t> seen;
    std::int64_t orderEpoch = -1;
    std::vector<Buffer> buffers;
    std::vector<AugmentationScratch> scratches;  ///< one for each worker, and next()'s own

    LoaderPosition nextToBegin;
    LoaderPosition nextToTake;

    std::mutex mutex;
    std::condition_variable changed;
    std::int64_t begun = 0, filled = 0, taken = 0;
    bool stop = false;
    std::vector<std::thread> workers;

    State(const PreparedData& d, const LoaderSettings& s) : data(d), settings(s) {}
    ~State() { stopWorkers(); }

    std::int64_t batchSize() const { return std::min<std::int64_t>(settings.batchSize, static_cast<std::int64_t>(rows.size())); }
    std::int64_t batches() const { return (static_cast<std::int64_t>(rows.size()) + batchSize() - 1) / batchSize(); }

    void allocate() {
        order = rows;
        settings.workers = loaderWorkers(settings, data);
        scratches.resize(static_cast<std::size_t>(settings.workers) + 1);
        buffers.resize(static_cast<std::size_t>(std::max(settings.prefetch, 0)) + 1);
        const auto count = static_cast<std::size_t>(batchSize());
        const Preparation& preparation = data.preparation();
        for (auto& buffer : buffers) {
            buffer.inputs.resize(count * static_cast<std::size_t>(data.inputCount()));
            buffer.answers.resize(1 + preparation.moreTargets.size());
            for (std::size_t t = 0; t < buffer.answers.size(); ++t) {
                const bool classes = preparation.targetAt(t).classes;
                buffer.answers[t].labels.resize(classes ? count : 0);
                buffer.answers[t].targets.resize(classes ? 0 : count);
            }
            buffer.batch.parts = preparation.inputs;
            buffer.batch.more.resize(preparation.moreTargets.size());
            buffer.rows.resize(count);
            buffer.occurrences.resize(count);
        }
        noteOccurrences();
        if (seen.size() == rows.size()) {
            seen = {};
            occurrences = {};
        }
    }

    /// The same row twice in an epoch is augmented in two ways.
    void noteOccurrences() {
        seen.clear();
        occurrences.clear();
        for (const std::int64_t row : order) occurrences.push_back(seen[row]++);
    }

    /// A system that gives no more threads gets by with those there are, or with next() itself.
    void startWorkers() {
        if (settings.prefetch <= 0 || !workers.empty()) return;
        try {
            for (int i = 0; i < settings.workers; ++i) workers.emplace_back([this, i] { work(scratches[static_cast<std::size_t>(i) + 1]); });
        } catch (const std::system_error&) {
            if (workers.empty()) settings.prefetch = 0;
        }
    }

    void stopWorkers() {
        {
            const std::lock_guard lock(mutex);
            stop = true;
        }
        changed.notify_all();
        for (auto& worker : workers) worker.join();
        workers.clear();
        stop = false;
    }

    Buffer& bufferOf(std::int64_t number) { return buffers[static_cast<std::size_t>(number) % buffers.size()]; }

    /// The batch that rows can be claimed from; nullptr where all buffers are full or taken. Call with the lock.
    Buffer* claimable() {
        if (begun > filled && bufferOf(begun - 1).claimed < bufferOf(begun - 1).batch.count) return &bufferOf(begun - 1);
        // One buffer stays with the caller: the batch taken last.
        if (begun >= std::max<std::int64_t>(taken - 1, 0) + static_cast<std::int64_t>(buffers.size())) return nullptr;
        begin(bufferOf(begun++));
        return &bufferOf(begun - 1);
    }

    /// Batches are begun in their order, ended in any.
    void work(AugmentationScratch& scratch) {
        std::unique_lock lock(mutex);
        for (;;) {
            Buffer* buffer = nullptr;
            changed.wait(lock, [&] { return stop || (buffer = claimable()) != nullptr; });
            if (stop) return;
            const std::int64_t first = buffer->claimed, count = std::min(rowsPerClaim, buffer->batch.count - first);
            buffer->claimed += count;
            lock.unlock();
            for (std::int64_t i = first; i < first + count; ++i) fill(*buffer, i, scratch);
            lock.lock();
            buffer->done += count;
            const std::int64_t before = filled;
            while (filled < begun && bufferOf(filled).done == bufferOf(filled).batch.count) ++filled;
            if (filled != before) changed.notify_all();
        }
    }

    void orderEpochRows(std::int64_t epoch) {
        if (!settings.shuffle || orderEpoch == epoch) return;
        std::copy(rows.begin(), rows.end(), order.begin());
        shuffle(order, RandomStream(settings.seed, streamOf("shuffle"), static_cast<std::uint64_t>(epoch)));
        orderEpoch = epoch;
        if (!occurrences.empty()) noteOccurrences();
    }

    LoaderPosition after(LoaderPosition position) const {
        if (++position.batch < batches()) return position;
        return {position.epoch + 1, 0};
    }

    /// Which rows the next batch has; their numbers are filled in afterwards.
    void begin(Buffer& buffer) {
        orderEpochRows(nextToBegin.epoch);
        const std::int64_t first = nextToBegin.batch * batchSize();
        const std::int64_t count = std::min(batchSize(), static_cast<std::int64_t>(rows.size()) - first);
        std::copy_n(order.begin() + first, count, buffer.rows.begin());
        if (occurrences.empty()) std::fill_n(buffer.occurrences.begin(), count, 0);
        else std::copy_n(occurrences.begin() + first, count, buffer.occurrences.begin());
        buffer.claimed = buffer.done = 0;
        describe(buffer, count);
        nextToBegin = after(nextToBegin);
    }

    void fill(Buffer& buffer, std::int64_t i, AugmentationScratch& scratch) {
        constexpr std::int64_t rowsAhead = 8;
        const auto place = static_cast<std::size_t>(i);
        const std::int64_t row = buffer.rows[place];
        if (i + rowsAhead < buffer.batch.count) data.expect(buffer.rows[place + rowsAhead]);
        float* const input = buffer.inputs.data() + i * data.inputCount();
        if (settings.augmenter && !settings.augmenter->empty()) return fillAugmented(buffer, place, input, scratch);
        data.writeInput(row, input);
        for (std::size_t t = 0; t < buffer.answers.size(); ++t) {
            if (!buffer.answers[t].labels.empty()) buffer.answers[t].labels[place] = data.label(row, t);
            else buffer.answers[t].targets[place] = data.target(row, t);
        }
    }

    void fillAugmented(Buffer& buffer, std::size_t place, float* input, AugmentationScratch& scratch) {
        const std::int64_t row = buffer.rows[place];
        const AugmentedItem item{settings.seed, buffer.batch.position.epoch, row, buffer.occurrences[place]};
        const auto geometry = settings.augmenter->writeInput(data, item, rows, scratch, input);
        for (std::size_t t = 0; t < buffer.answers.size(); ++t) answerMixture(buffer.answers[t], place, item, geometry, t);
    }

    void answerMixture(AnswerBuffer& answers, std::size_t place, const AugmentedItem& item, const AugmentedGeometry& geometry, std::size_t target) const {
        const std::int64_t row = item.row;
        if (!answers.labels.empty()) {
            const bool others = Augmenter::takesOtherAnswer(item, geometry) && data.label(geometry.other, target) >= 0;
            answers.labels[place] = data.label(others ? geometry.other : row, target);
            return;
        }
        const float own = data.target(row, target);
        answers.targets[place] =
            geometry.other < 0 ? own : static_cast<float>(geometry.ownShare * own + (1 - geometry.ownShare) * data.target(geometry.other, target));
    }

    void describe(Buffer& buffer, std::int64_t count) const {
        const auto n = static_cast<std::size_t>(count);
        buffer.batch.position = nextToBegin;
        buffer.batch.count = count;
        buffer.batch.lastOfEpoch = nextToBegin.batch + 1 == batches();
        buffer.batch.inputs = std::span(buffer.inputs).first(n * static_cast<std::size_t>(data.inputCount()));
        for (std::size_t t = 0; t < buffer.answers.size(); ++t) {
            const AnswerBuffer& answers = buffer.answers[t];
            const BatchAnswers shown{std::span(answers.labels).first(answers.labels.empty() ? 0 : n),
                                     std::span(answers.targets).first(answers.targets.empty() ? 0 : n)};
            if (t > 0) buffer.batch.more[t - 1] = {shown.labels, shown.targets, data.preparation().moreTargets[t - 1].name};
            else buffer.batch.labels = shown.labels, buffer.batch.targets = shown.targets;
        }
        buffer.batch.rows = std::span(buffer.rows).first(n);
    }

    const Batch& take() {
        nextToTake = after(nextToTake);
        startWorkers();
        if (settings.prefetch <= 0) {
            begin(buffers[0]);
            for (std::int64_t i = 0; i < buffers[0].batch.count; ++i) fill(buffers[0], i, scratches[0]);
            return buffers[0].batch;
        }
        std::unique_lock lock(mutex);
        const std::int64_t number = taken++;
        changed.notify_all();
        changed.wait(lock, [&] { return filled > number; });
        return bufferOf(number).batch;
    }
};

Loader::Loader(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Loader::Loader(Loader&&) noexcept = default;
Loader& Loader::operator=(Loader&&) noexcept = default;
Loader::~Loader() = default;

Result<Loader> Loader::create(const PreparedData& data, std::span<const std::int64_t> rows, const LoaderSettings& settings) try {
    if (rows.empty()) return fail("loader.no_rows");
    if (settings.batchSize < 1) return fail("loader.batch_size", {{"size", std::to_string(settings.batchSize)}});
    auto state = std::make_unique<State>(data, settings);
    state->rows.assign(rows.begin(), rows.end());
    state->allocate();
    return Loader(std::move(state));
} catch (const std::exception&) {
    return fail("loader.memory", {{"size", std::to_string(settings.batchSize)}});
}

const Batch& Loader::next() { return m_state->take(); }
LoaderPosition Loader::position() const { return m_state->nextToTake; }

void Loader::setPosition(LoaderPosition position) {
    m_state->stopWorkers();
    if (position.batch >= m_state->batches()) position = {position.epoch + 1, 0};
    m_state->nextToBegin = m_state->nextToTake = position;
    m_state->begun = m_state->filled = m_state->taken = 0;
}

std::int64_t Loader::batchesPerEpoch() const { return m_state->batches(); }
std::int64_t Loader::rowCount() const { return static_cast<std::int64_t>(m_state->rows.size()); }

std::size_t Loader::bytes() const {
    std::size_t bytes = (2 * m_state->rows.size() + m_state->occurrences.size()) * sizeof(std::int64_t);
    for (const auto& b : m_state->buffers) {
        bytes += b.inputs.size() * sizeof(float) + b.answers.size() * b.rows.size() * sizeof(float) + 2 * b.rows.size() * sizeof(std::int64_t);
    }
    return bytes;
}

}  // namespace lamina
