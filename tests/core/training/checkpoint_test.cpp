#include "core/training/checkpoint.h"

#include <gtest/gtest.h>

namespace lamina {
namespace {

std::vector<std::byte> sampleBytes() {
    auto device = makeReferenceDevice(DType::Float32);
    ParameterStore store(*device);
    EXPECT_TRUE(store.writeFloats("dense_1/weight", {2, 3}, ValueRole::Parameter, std::vector<float>{1, 2, 3, 4, 5, 6}).ok());
    EXPECT_TRUE(store.writeFloats("dense_1/weight#adam_m", {2, 3}, ValueRole::State, std::vector<float>{6, 5, 4, 3, 2, 1}).ok());
    TrainingState state;
    state.epoch = 3;
    state.best = 0.1 + 0.2;
    state.sums.confusion = ConfusionMatrix(2);
    state.sums.confusion.add(1, 0);
    state.device = "test";
    return checkpointToBytes(state, store);
}

TEST(Checkpoint, ComesBackExactly) {
    const auto bytes = sampleBytes();
    const auto read = checkpointFromBytes(bytes);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(read->state.epoch, 3);
    EXPECT_EQ(read->state.best, 0.1 + 0.2);
    EXPECT_EQ(read->state.sums.confusion.at(1, 0), 1);
    auto device = makeReferenceDevice(DType::Float32);
    ParameterStore store(*device);
    ASSERT_TRUE(restoreParameters(*read, store).ok());
    EXPECT_EQ(checkpointToBytes(read->state, store), bytes);
}

TEST(Checkpoint, NoticesEveryFlippedByteAndEveryTruncation) {
    const auto bytes = sampleBytes();
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        auto damaged = bytes;
        damaged[i] ^= std::byte{0x20};
        EXPECT_FALSE(checkpointFromBytes(damaged).ok()) << "byte " << i;
        EXPECT_FALSE(checkpointFromBytes(std::span(bytes).first(i)).ok()) << "length " << i;
    }
}

}  // namespace
}  // namespace lamina
