// The memory plan of the arena.
#include <gtest/gtest.h>

#include "core/engine/program.h"
#include "core/tensor/random.h"

using namespace lamina;

namespace {

using Buffers = std::vector<DevicePlan::Buffer>;

bool overlapInTime(const DevicePlan::Buffer& a, const DevicePlan::Buffer& b) { return a.firstStep <= b.lastStep && b.firstStep <= a.lastStep; }

Buffers randomBuffers(std::uint64_t seed) {
    const RandomStream random(seed, streamOf("arena test"));
    Buffers buffers;
    const std::uint64_t count = 1 + random.below(0, 60), steps = 1 + random.below(1, 30);
    for (std::uint64_t i = 0; i < count; ++i) {
        const int first = static_cast<int>(random.below(10 + 4 * i, steps));
        const int length = static_cast<int>(random.below(11 + 4 * i, steps));
        buffers.push_back({random.below(12 + 4 * i, 5000), first, first + length, noValue});
    }
    return buffers;
}

}  // namespace

TEST(Arena, BuffersThatLiveAtOnceNeverShareMemory) {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        const Buffers buffers = randomBuffers(seed);
        std::vector<std::size_t> offsets;
        const std::size_t total = planArena(buffers, std::vector<bool>(buffers.size(), true), offsets);
        for (std::size_t i = 0; i < buffers.size(); ++i) {
            ASSERT_EQ(offsets[i] % 64, 0u);
            ASSERT_LE(offsets[i] + buffers[i].bytes, total);
            for (std::size_t j = 0; j < i; ++j) {
                const bool apart = offsets[i] + buffers[i].bytes <= offsets[j] || offsets[j] + buffers[j].bytes <= offsets[i];
                ASSERT_TRUE(apart || !overlapInTime(buffers[i], buffers[j]) || buffers[i].bytes == 0 || buffers[j].bytes == 0)
                    << "seed " << seed << ": buffers " << i << " and " << j;
            }
        }
    }
}

TEST(Arena, BuffersThatFollowEachOtherShareMemory) {
    std::vector<std::size_t> offsets;
    const Buffers chain{{640, 0, 1, noValue}, {640, 1, 2, noValue}, {640, 2, 3, noValue}, {640, 3, 4, noValue}};
    EXPECT_EQ(planArena(chain, std::vector<bool>(4, true), offsets), 1280u);
}

TEST(Arena, WhatLivesElsewhereTakesNoPlace) {
    std::vector<std::size_t> offsets;
    EXPECT_EQ(planArena({{1000, 0, 5, noValue}, {64, 0, 5, noValue}}, {false, true}, offsets), 64u);
}
