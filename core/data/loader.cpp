#include "core/data/loader.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <system_error>
#include <thread>
#include <vector>

#include "core/tensor/random.h"

namespace lamina {

namespace {

/// The memory of one batch, reused for the loader's life.
struct Buffer {
    Batch batch;
    std::vector<float> inputs, targets;
    std::vector<std::int32_t> labels;
    std::vector<std::int64_t> rows;
};

}  // namespace

/// Batches are numbered from the last setPosition(): batch i lies in buffer i % buffers.size(). The worker may fill i while
/// i < released + buffers.size(); the caller reads `taken - 1` until it asks for the next one.
struct Loader::State {
    const PreparedData& data;
    LoaderSettings settings;
    std::vector<std::int64_t> rows;   ///< in the given order
    std::vector<std::int64_t> order;  ///< rows as the epoch `orderEpoch` has them
    std::int64_t orderEpoch = -1;
    std::vector<Buffer> buffers;

    LoaderPosition nextToFill;  ///< the worker's, or next()'s where there is none
    LoaderPosition nextToTake;

    std::mutex mutex;
    std::condition_variable changed;
    std::int64_t filled = 0, taken = 0;
    bool stop = false;
    std::thread worker;

    State(const PreparedData& d, const LoaderSettings& s) : data(d), settings(s) {}
    ~State() { stopWorker(); }

    std::int64_t batchSize() const { return std::min<std::int64_t>(settings.batchSize, static_cast<std::int64_t>(rows.size())); }
    std::int64_t batches() const { return (static_cast<std::int64_t>(rows.size()) + batchSize() - 1) / batchSize(); }

    void allocate() {
        order = rows;
        buffers.resize(static_cast<std::size_t>(std::max(settings.prefetch, 0)) + 1);
        const auto count = static_cast<std::size_t>(batchSize());
        const bool classes = data.preparation().target.classes;
        for (auto& buffer : buffers) {
            buffer.inputs.resize(count * static_cast<std::size_t>(data.inputCount()));
            buffer.labels.resize(classes ? count : 0);
            buffer.targets.resize(classes ? 0 : count);
            buffer.rows.resize(count);
        }
    }

    /// A system that gives no more threads gets the batches made by next() itself.
    void startWorker() {
        if (settings.prefetch <= 0 || worker.joinable()) return;
        try {
            worker = std::thread([this] { work(); });
        } catch (const std::system_error&) {
            settings.prefetch = 0;
        }
    }

    void stopWorker() {
        {
            const std::lock_guard lock(mutex);
            stop = true;
        }
        changed.notify_all();
        if (worker.joinable()) worker.join();
        stop = false;
    }

    void work() {
        std::unique_lock lock(mutex);
        for (;;) {
            // One buffer stays with the caller: the batch taken last.
            changed.wait(lock, [&] { return stop || filled < std::max<std::int64_t>(taken - 1, 0) + static_cast<std::int64_t>(buffers.size()); });
            if (stop) return;
            Buffer& buffer = bufferOf(filled);
            lock.unlock();
            fill(buffer);
            lock.lock();
            ++filled;
            changed.notify_all();
        }
    }

    Buffer& bufferOf(std::int64_t number) { return buffers[static_cast<std::size_t>(number) % buffers.size()]; }

    void orderEpochRows(std::int64_t epoch) {
        if (!settings.shuffle || orderEpoch == epoch) return;
        std::copy(rows.begin(), rows.end(), order.begin());
        shuffle(order, RandomStream(settings.seed, streamOf("shuffle"), static_cast<std::uint64_t>(epoch)));
        orderEpoch = epoch;
    }

    LoaderPosition after(LoaderPosition position) const {
        if (++position.batch < batches()) return position;
        return {position.epoch + 1, 0};
    }

    void fill(Buffer& buffer) {
        orderEpochRows(nextToFill.epoch);
        const std::int64_t first = nextToFill.batch * batchSize(), inputCount = data.inputCount();
        const std::int64_t count = std::min(batchSize(), static_cast<std::int64_t>(rows.size()) - first);
        for (std::int64_t i = 0; i < count; ++i) {
            const auto place = static_cast<std::size_t>(i);
            const std::int64_t row = order[static_cast<std::size_t>(first + i)];
            buffer.rows[place] = row;
            data.writeInput(row, buffer.inputs.data() + i * inputCount);
            if (!buffer.labels.empty()) buffer.labels[place] = data.label(row);
            else buffer.targets[place] = data.target(row);
        }
        describe(buffer, count);
        nextToFill = after(nextToFill);
    }

    void describe(Buffer& buffer, std::int64_t count) const {
        const auto n = static_cast<std::size_t>(count);
        buffer.batch.position = nextToFill;
        buffer.batch.count = count;
        buffer.batch.lastOfEpoch = nextToFill.batch + 1 == batches();
        buffer.batch.inputs = std::span(buffer.inputs).first(n * static_cast<std::size_t>(data.inputCount()));
        buffer.batch.labels = std::span(buffer.labels).first(buffer.labels.empty() ? 0 : n);
        buffer.batch.targets = std::span(buffer.targets).first(buffer.targets.empty() ? 0 : n);
        buffer.batch.rows = std::span(buffer.rows).first(n);
    }

    const Batch& take() {
        nextToTake = after(nextToTake);
        startWorker();
        if (settings.prefetch <= 0) {
            fill(buffers[0]);
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
    m_state->stopWorker();
    if (position.batch >= m_state->batches()) position = {position.epoch + 1, 0};
    m_state->nextToFill = m_state->nextToTake = position;
    m_state->filled = m_state->taken = 0;
}

std::int64_t Loader::batchesPerEpoch() const { return m_state->batches(); }
std::int64_t Loader::rowCount() const { return static_cast<std::int64_t>(m_state->rows.size()); }

std::size_t Loader::bytes() const {
    std::size_t bytes = 2 * m_state->rows.size() * sizeof(std::int64_t);
    for (const auto& b : m_state->buffers) {
        bytes += b.inputs.size() * sizeof(float) + b.targets.size() * sizeof(float) + b.labels.size() * sizeof(std::int32_t) + b.rows.size() * sizeof(std::int64_t);
    }
    return bytes;
}

}  // namespace lamina
