// What the reference device promises in a whole training step. A program of its own, because it counts allocations.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tests/support/counted_allocations.h"
#include "tests/support/small_training.h"

using namespace lamina;

TEST(ReferenceDevice, TrainingLowersTheLoss) {
    TrainingRun run;
    run.steps(1);
    const double first = run.loss();
    run.steps(60);
    EXPECT_LT(run.loss(), 0.5 * first);
}

TEST(ReferenceDevice, SameRunTwiceGivesTheSameBits) {
    TrainingRun a, b;
    a.steps(5);
    b.steps(5);
    for (const auto& [name, entry] : a.store.entries()) EXPECT_EQ(a.store.readFloats(name), b.store.readFloats(name)) << name;
}

TEST(ReferenceDevice, RunAllocatesNothing) {
    TrainingRun run;
    run.steps(1);
    const long before = allocations;
    run.steps(3);
    EXPECT_EQ(allocations - before, 0);
}

TEST(ReferenceDevice, UpdateIsSkippedWhereAGradientIsNotFinite) {
    TrainingRun run;
    run.steps(1);
    const auto weights = run.store.read("w2"), slots = run.store.read("w2#adam_m");
    const auto variance = run.store.read("variance");
    run.program->span<float>(run.training.images)[0] = std::numeric_limits<float>::quiet_NaN();
    run.steps(1);
    EXPECT_EQ(run.program->read(run.training.finite).front(), 0);
    EXPECT_EQ(run.store.read("w2"), weights);
    EXPECT_EQ(run.store.read("w2#adam_m"), slots);
    for (double number : run.store.read("variance")) EXPECT_TRUE(std::isfinite(number));
    EXPECT_EQ(run.store.read("variance"), variance);
}
