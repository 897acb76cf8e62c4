#include "core/data/loader.h"

#include <gtest/gtest.h>

#include <set>

#include "core/tensor/random.h"
#include "tests/core/data/made_table.h"
#include "tests/support/counted_allocations.h"

namespace lamina {
namespace {

/// 23 rows for training: 0 … 22; x is the row number before it is standardised.
struct Rows {
    MadeTable files;
    Table table;
    std::unique_ptr<PreparedData> data;

    explicit Rows(bool classes = true) {
        std::vector<double> x, price;
        std::vector<bool> y;
        Split split;
        for (int i = 0; i < 25; ++i) {
            x.push_back(i);
            price.push_back(i * 0.5);
            y.push_back(i % 3 == 0);
            split.parts.push_back(i < 23 ? 0 : 1);
        }
        table = files.number("x", x).number("price", price).boolean("y", y).open();
        PreparationSettings settings;
        settings.target = classes ? "y" : "price";
        settings.features = {"x"};
        data = std::make_unique<PreparedData>(std::move(*PreparedData::create(table, *fitPreparation(table, split, settings), split)));
    }
    Loader loader(const LoaderSettings& settings) const { return std::move(*Loader::create(*data, data->rows(Part::Training), settings)); }
};

LoaderSettings withPrefetch(int prefetch) { return {.batchSize = 5, .shuffle = true, .seed = 7, .prefetch = prefetch}; }

struct Seen {
    LoaderPosition position;
    std::vector<float> inputs, targets;
    std::vector<std::int32_t> labels;
    std::vector<std::int64_t> rows;
    bool last = false;
    bool operator==(const Seen&) const = default;
};

template <class T>
std::vector<T> copy(std::span<const T> span) {
    return {span.begin(), span.end()};
}

std::vector<Seen> take(Loader& loader, int count) {
    std::vector<Seen> seen;
    for (int i = 0; i < count; ++i) {
        const Batch& b = loader.next();
        EXPECT_EQ(b.count, static_cast<std::int64_t>(b.rows.size()));
        seen.push_back({b.position, copy(b.inputs), copy(b.targets), copy(b.labels), copy(b.rows), b.lastOfEpoch});
    }
    return seen;
}

TEST(Loader, AnEpochHasEveryRowOnceAndKeepsTheShortBatch) {
    const Rows rows;
    Loader loader = rows.loader(withPrefetch(2));
    EXPECT_EQ(loader.batchesPerEpoch(), 5);
    for (std::int64_t epoch = 0; epoch < 3; ++epoch) {
        std::set<std::int64_t> seen;
        for (int i = 0; i < 5; ++i) {
            const Batch& batch = loader.next();
            EXPECT_EQ(batch.position, (LoaderPosition{epoch, i}));
            EXPECT_EQ(batch.count, i < 4 ? 5 : 3);
            EXPECT_EQ(batch.lastOfEpoch, i == 4);
            seen.insert(batch.rows.begin(), batch.rows.end());
        }
        EXPECT_EQ(seen.size(), 23u);
        EXPECT_EQ(*seen.rbegin(), 22);
    }
}

TEST(Loader, TheOrderIsTheRandomOrderOfTheEpoch) {
    const Rows rows;
    Loader loader = rows.loader(withPrefetch(1));
    const auto seen = take(loader, 10);
    for (std::uint64_t epoch = 0; epoch < 2; ++epoch) {
        const auto order = randomOrder(23, RandomStream(7, streamOf("shuffle"), epoch));
        for (std::size_t i = 0; i < 23; ++i) EXPECT_EQ(seen[epoch * 5 + i / 5].rows[i % 5], order[i]);
    }
    EXPECT_NE(seen[0].rows, seen[5].rows);
}

TEST(Loader, InputsAndLabelsBelongToTheRows) {
    const Rows rows;
    Loader loader = rows.loader(withPrefetch(3));
    for (const Seen& batch : take(loader, 7)) {
        ASSERT_EQ(batch.inputs.size(), batch.rows.size());
        EXPECT_TRUE(batch.targets.empty());
        for (std::size_t i = 0; i < batch.rows.size(); ++i) {
            EXPECT_NEAR(batch.inputs[i] * rows.data->preparation().features[0].deviation + 11.0, static_cast<double>(batch.rows[i]), 1e-5);
            EXPECT_EQ(batch.labels[i], batch.rows[i] % 3 == 0 ? 1 : 0);
        }
    }
}

TEST(Loader, RegressionGivesTargets) {
    const Rows rows(false);
    Loader loader = rows.loader(withPrefetch(2));
    const Batch& batch = loader.next();
    EXPECT_TRUE(batch.labels.empty());
    for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(rows.data->preparation().target.original(batch.targets[i]), 0.5 * static_cast<double>(batch.rows[i]), 1e-5);
}

TEST(Loader, EveryPrefetchDepthGivesTheSameBatches) {
    const Rows rows;
    Loader direct = rows.loader(withPrefetch(0));
    const auto expected = take(direct, 23);
    for (const int prefetch : {1, 2, 3, 8, 40}) {
        Loader loader = rows.loader(withPrefetch(prefetch));
        EXPECT_EQ(take(loader, 23), expected) << prefetch;
    }
}

TEST(Loader, GoesOnExactlyFromAPosition) {
    const Rows rows;
    Loader first = rows.loader(withPrefetch(2));
    const auto all = take(first, 20);
    for (const int prefetch : {0, 1, 4}) {
        Loader loader = rows.loader(withPrefetch(prefetch));
        take(loader, 3);
        loader.setPosition({1, 3});
        EXPECT_EQ(loader.position(), (LoaderPosition{1, 3}));
        EXPECT_EQ(take(loader, 12), std::vector<Seen>(all.begin() + 8, all.end()));
        loader.setPosition({0, 5});
        EXPECT_EQ(loader.position(), (LoaderPosition{1, 0}));
        EXPECT_EQ(take(loader, 1)[0], all[5]);
    }
}

TEST(Loader, WithoutShuffleRowsComeInTheirOrder) {
    const Rows rows;
    Loader loader = rows.loader({.batchSize = 100, .shuffle = false, .seed = 1, .prefetch = 2});
    EXPECT_EQ(loader.batchesPerEpoch(), 1);
    for (const Seen& batch : take(loader, 3)) {
        EXPECT_EQ(batch.rows.size(), 23u);
        EXPECT_TRUE(std::is_sorted(batch.rows.begin(), batch.rows.end()));
        EXPECT_TRUE(batch.last);
    }
}

TEST(Loader, AllocatesNothingOnceItRuns) {
    const Rows rows;
    for (const int prefetch : {0, 2}) {
        Loader loader = rows.loader(withPrefetch(prefetch));
        for (int i = 0; i < 12; ++i) loader.next();
        const std::int64_t before = allocations;
        for (int i = 0; i < 50; ++i) loader.next();
        EXPECT_EQ(allocations - before, 0) << prefetch;
    }
}

TEST(Loader, CanBeDroppedAtAnyMoment) {
    const Rows rows;
    for (int taken = 0; taken < 12; ++taken) {
        Loader loader = rows.loader(withPrefetch(1 + taken % 3));
        for (int i = 0; i < taken; ++i) loader.next();
        Loader moved = std::move(loader);
        if (taken > 0) moved.next();
    }
}

TEST(Loader, RefusesNothingToLoad) {
    const Rows rows;
    EXPECT_EQ(codeOf(Loader::create(*rows.data, rows.data->rows(Part::Test), withPrefetch(1))), "loader.no_rows");
    EXPECT_EQ(codeOf(Loader::create(*rows.data, rows.data->rows(Part::Training), {.batchSize = 0})), "loader.batch_size");
}

}  // namespace
}  // namespace lamina
