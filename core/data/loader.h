// Batches in the order of training: worker threads fill a bounded queue of reused buffers while the caller computes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/data/augmentations/augmenter.h"
#include "core/data/prepared_data.h"

namespace lamina {

struct LoaderSettings {
    std::int64_t batchSize = 64;
    /// Each epoch in its own order, randomOrder(RandomStream(seed, streamOf("shuffle"), epoch)); otherwise in table order.
    bool shuffle = true;
    std::uint64_t seed = 1;
    /// Batches made ahead by worker threads; 0: made by next() itself, without a thread.
    int prefetch = 2;
    /// Threads that share the rows of a batch; 0: one for every core where pictures are decoded or anything is augmented, else one.
    int workers = 0;
    /// How rows are changed, each time anew; nullptr: not at all. Mixtures take their partners from the loader's rows.
    std::shared_ptr<const Augmenter> augmenter = nullptr;
};

/// Which batch comes next; what a checkpoint keeps.
struct LoaderPosition {
    std::int64_t epoch = 0;
    std::int64_t batch = 0;
    bool operator==(const LoaderPosition&) const = default;
};

/// What is known of a further target (Preparation::moreTargets) of a batch's rows; as of the first one.
struct BatchAnswers {
    std::span<const std::int32_t> labels;
    std::span<const float> targets;
    std::string_view column = {};
};

/// Some rows, ready for the first op. The spans point into a buffer of the loader; valid until the next call of next(),
/// setPosition() or the destructor.
struct Batch {
    LoaderPosition position;
    std::int64_t count = 0;              ///< rows; the last batch of an epoch may be short
    bool lastOfEpoch = false;
    std::span<const float> inputs;       ///< count × inputCount(), row-major
    std::span<const std::int32_t> labels;  ///< count class indexes; -1 where the class is unknown. Empty for regression
    std::span<const float> targets;      ///< count standardised targets. Empty for classification
    std::span<const std::int64_t> rows;  ///< count row numbers of the table
    std::span<const InputPart> parts = {};  ///< of a row's numbers, where several inputs read them
    std::vector<BatchAnswers> more = {};    ///< of the further targets
};

/// Gives batches without end: after the last of an epoch comes the first of the next. The batches are a function of the data,
/// the settings and the position only: the same for every prefetch depth, any number of workers and after any setPosition().
/// Used by one thread at a time; the workers are the loader's own. After the first epoch next() allocates nothing where no picture has to be decoded
/// or changed.
class Loader {
public:
    /// `data` must outlive the loader. `rows`: row numbers to draw from (data.rows(Part::Training) …), copied.
    /// Fails with "loader.no_rows" or "loader.batch_size".
    static Result<Loader> create(const PreparedData& data, std::span<const std::int64_t> rows, const LoaderSettings& settings);
    Loader(Loader&&) noexcept;
    Loader& operator=(Loader&&) noexcept;
    /// Stops the workers and waits for them (at most the time of a few rows).
    ~Loader();

    /// The next batch; waits for the workers where it is not ready.
    const Batch& next();
    /// Where next() goes on.
    LoaderPosition position() const;
    /// Goes on elsewhere; batches made ahead are thrown away. `batch` = batchesPerEpoch() means the start of the next epoch.
    void setPosition(LoaderPosition position);

    std::int64_t batchesPerEpoch() const;
    std::int64_t rowCount() const;
    /// Bytes of the batch buffers and orders, for the memory budget.
    std::size_t bytes() const;

private:
    struct State;
    explicit Loader(std::unique_ptr<State> state);
    std::unique_ptr<State> m_state;
};

}  // namespace lamina
