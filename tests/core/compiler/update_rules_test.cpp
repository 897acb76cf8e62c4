// What is compiled around the updates: clipping, penalties, averages. Nothing of it allocates in a step, all of it gives the same bits on any number of
// threads and the reference's numbers.
#include <gtest/gtest.h>

#include <cstdlib>
#include <map>

#include "core/compiler/compiler.h"
#include "core/tensor/random.h"
#include "tests/support/counted_allocations.h"

namespace lamina {
namespace {

Network denseNetwork() {
    Network network;
    const auto input = network.append("input", {{"shape", {40}}});
    const auto hidden = network.append("relu", nlohmann::json::object(), network.append("dense", {{"units", 64}}, input));
    network.append("softmax", nlohmann::json::object(), network.append("dense", {{"units", 5}}, hidden));
    return network;
}

/// Everything at once.
TrainingPhase wholePhase(const char* optimizer) {
    const LossType& loss = *findLoss("cross_entropy");
    TrainingObjective objective{&loss, loss.defaults};
    EXPECT_TRUE(propertiesFromJson(loss.properties, {{"class_weights", "by_hand"}, {"weights", "1, 2, 1, 0.5, 1"}, {"label_smoothing", 0.1}}, objective.settings).ok());
    const OptimizerType& type = *findOptimizer(optimizer);
    return {{objective}, &type, type.defaults, {.clipValue = 0.5, .clipNorm = 0.1, .l1 = 1e-4, .l2 = 1e-3, .ema = 0.9}};
}

struct Trained {
    std::map<std::string, std::vector<float>> numbers;
    long allocationsPerStep = 0;
};

Trained train(Device& device, const TrainingPhase& phase) {
    Trained trained;
    auto compiled = compileForTraining(denseNetwork(), 32, phase);
    EXPECT_TRUE(compiled.ok()) << (compiled ? "" : compiled.error().debugText());
    if (!compiled) return trained;
    ParameterStore store(device);
    const auto kept = compiled->kept();
    auto program = Program::create(std::move(compiled->graph), device, store, kept, 5);
    EXPECT_TRUE(program.ok()) << (program ? "" : program.error().debugText());
    if (!program) return trained;
    const RandomStream random(1, 2);
    auto rows = (*program)->span<float>(compiled->input);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = random.normal(i);
    auto labels = (*program)->span<std::int32_t>(compiled->target);
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::int32_t>(i % 5);
    StepContext step{.seed = 1, .step = 0, .learningRate = 0.01};
    for (; step.step < 3; ++step.step) (*program)->run(step);
    const long before = allocations.load();
    for (; step.step < 8; ++step.step) (*program)->run(step);
    trained.allocationsPerStep = (allocations.load() - before) / 5;
    for (const auto& [name, entry] : store.entries()) trained.numbers[name] = store.readFloats(name);
    return trained;
}

class UpdateRulesOf : public testing::TestWithParam<const char*> {};

TEST_P(UpdateRulesOf, AStepAllocatesNothingAndGivesTheSameBitsOnAnyNumberOfThreads) {
    const auto one = train(*makeCpuDevice({1, ""}), wholePhase(GetParam()));
    EXPECT_EQ(one.allocationsPerStep, 0);
    for (int threads : {2, 3}) {
        const auto more = train(*makeCpuDevice({threads, ""}), wholePhase(GetParam()));
        EXPECT_EQ(more.numbers, one.numbers) << threads << " threads";
        EXPECT_EQ(more.allocationsPerStep, 0) << threads << " threads";
    }
}

TEST_P(UpdateRulesOf, TheCpuComputesTheReferencesNumbers) {
    // The sign of next to nothing is a matter of rounding.
    if (GetParam() == std::string("lion")) return;
    const auto reference = train(*makeReferenceDevice(DType::Float32), wholePhase(GetParam()));
    const auto cpu = train(*makeCpuDevice(), wholePhase(GetParam()));
    ASSERT_EQ(cpu.numbers.size(), reference.numbers.size());
    for (const auto& [name, numbers] : reference.numbers) {
        double difference = 0, length = 1e-6;
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            difference += std::abs(static_cast<double>(numbers[i]) - static_cast<double>(cpu.numbers.at(name)[i]));
            length += std::abs(static_cast<double>(numbers[i]));
        }
        EXPECT_LT(difference, 2e-3 * length) << name;
    }
}

INSTANTIATE_TEST_SUITE_P(All, UpdateRulesOf, testing::Values("adam", "adamw", "sgd", "nadam", "rmsprop", "adagrad", "lion"),
                         [](const auto& info) { return std::string(info.param); });

}  // namespace
}  // namespace lamina
