// Every optimizer of the catalogue against PyTorch (Lion: the paper); optimizer_numbers.py made the list.
#include "core/optimizers/optimizer_type.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "core/engine/formulas/optimizers.h"
#include "core/engine/ops.h"
#include "core/engine/program.h"

namespace lamina {
namespace {

constexpr int updateCount = 8;

std::vector<double> expectedUpdate(const std::string& name) {
    std::ifstream file(LAMINA_SOURCE_DIR "/tests/core/optimizers/optimizer_numbers.txt");
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(name + ":")) continue;
        std::istringstream words(line.substr(name.size() + 1));
        std::vector<double> numbers;
        for (double number; words >> number;) numbers.push_back(number);
        return numbers;
    }
    return {};
}

/// The formula of optimizer_numbers.py.
std::vector<double> updatePattern(std::size_t seed, std::size_t count = 6) {
    std::vector<double> numbers(count);
    for (std::size_t i = 0; i < count; ++i) numbers[i] = -1 + 2 * (static_cast<double>((i * 7919 + seed * 104729) % 997) / 997.0);
    return numbers;
}

struct Updated {
    std::vector<double> parameter, average;
};

/// Eight updates of as many numbers with gradients that change from step to step; an average is kept beside where `decay` is not 0.
Updated train(Device& device, const OptimizerAttributes& attributes, double learningRate, std::size_t count = 6, double decay = 0) {
    Graph g;
    const Shape shape{static_cast<std::int64_t>(count)};
    const ValueId w = g.parameter("w", shape, {}), gradient = g.input("gradient", shape), finite = ops::allFinite(g, {gradient});
    std::vector<ValueId> slots;
    for (int i = 0; i < formulas::updateSlots(attributes); ++i) slots.push_back(g.state("w#" + std::to_string(i), shape, 0));
    ops::optimizerUpdate(g, w, gradient, slots, finite, attributes);
    if (decay > 0) ops::optimizerUpdate(g, w, w, {g.state("w#ema", shape, 0)}, finite, {.kind = OptimizerKind::Ema, .beta2 = decay});
    ParameterStore store(device);
    auto program = Program::create(g, device, store, {}, 1);
    EXPECT_TRUE(program.ok()) << (program ? "" : program.error().debugText());
    if (!program) return {};
    EXPECT_TRUE(store.write("w", updatePattern(22, count)).ok());
    for (int step = 0; step < updateCount; ++step) {
        (*program)->write(gradient, updatePattern(static_cast<std::size_t>(23 + step), count));
        (*program)->run({.step = static_cast<std::uint64_t>(step), .learningRate = learningRate});
    }
    return {store.read("w"), store.read("w#ema")};
}

struct OptimizerCase {
    const char* name;
    const char* optimizer;
    double learningRate;
    const char* json;
};
void PrintTo(const OptimizerCase& s, std::ostream* out) { *out << s.name; }

const OptimizerCase compared[] = {
    {"sgd", "sgd", 0.1, R"({"momentum": 0, "weight_decay": 0.01})"},
    {"sgd_momentum", "sgd", 0.1, R"({"momentum": 0.9, "weight_decay": 0.01})"},
    {"sgd_nesterov", "sgd", 0.1, R"({"momentum": 0.8, "nesterov": true, "weight_decay": 0.01})"},
    {"adam", "adam", 0.1, R"({"weight_decay": 0.01})"},
    {"adamw", "adamw", 0.1, R"({"weight_decay": 0.05})"},
    {"nadam", "nadam", 0.1, R"({"weight_decay": 0.01})"},
    {"nadam_short", "nadam", 0.05, R"({"beta1": 0.5, "beta2": 0.9, "epsilon": 0.001})"},
    {"rmsprop", "rmsprop", 0.1, R"({"kept": 0.95, "weight_decay": 0.01})"},
    {"rmsprop_momentum", "rmsprop", 0.1, R"({"kept": 0.9, "epsilon": 0.001, "momentum": 0.9})"},
    {"adagrad", "adagrad", 0.1, R"({"weight_decay": 0.01})"},
    {"lion", "lion", 0.1, R"({"weight_decay": 0.05})"},
};

class Optimizer : public testing::TestWithParam<OptimizerCase> {
protected:
    OptimizerAttributes attributes() const {
        const OptimizerType& type = *findOptimizer(GetParam().optimizer);
        std::any settings = type.defaults;
        EXPECT_TRUE(propertiesFromJson(type.properties, nlohmann::json::parse(GetParam().json), settings).ok());
        EXPECT_EQ(static_cast<int>(type.slotNames(settings).size()), formulas::updateSlots(type.attributes(settings)));
        return type.attributes(settings);
    }
    void expectNumbers(const std::vector<double>& found, double tolerance) const {
        const auto numbers = expectedUpdate(GetParam().name);
        ASSERT_EQ(found.size(), numbers.size());
        for (std::size_t i = 0; i < numbers.size(); ++i) EXPECT_NEAR(found[i], numbers[i], tolerance * (1 + std::abs(numbers[i]))) << i;
    }
};

TEST_P(Optimizer, AgreesWithAnotherImplementationOverEightUpdates) {
    expectNumbers(train(*makeReferenceDevice(DType::Float64), attributes(), GetParam().learningRate).parameter, 1e-12);
    expectNumbers(train(*makeReferenceDevice(DType::Float32), attributes(), GetParam().learningRate).parameter, 1e-5);
}

TEST_P(Optimizer, AgreesOnTheCpuForEveryInstructionSetAndInLongTensors) {
    constexpr std::size_t many = 40007;
    const auto reference = train(*makeReferenceDevice(DType::Float32), attributes(), GetParam().learningRate, many).parameter;
    for (const char* instructionSet : {"v2", "v3", "v4"}) {
        SCOPED_TRACE(instructionSet);
        expectNumbers(train(*makeCpuDevice({2, instructionSet}), attributes(), GetParam().learningRate).parameter, 1e-5);
        const auto found = train(*makeCpuDevice({2, instructionSet}), attributes(), GetParam().learningRate, many).parameter;
        ASSERT_EQ(found.size(), many);
        for (std::size_t i = 0; i < many; ++i) ASSERT_NEAR(found[i], reference[i], 1e-4 * (1 + std::abs(reference[i]))) << i;
    }
}

INSTANTIATE_TEST_SUITE_P(All, Optimizer, testing::ValuesIn(compared), [](const auto& info) { return std::string(info.param.name); });

TEST(Optimizers, EachOfTheCatalogueIsCompared) {
    std::set<std::string> named;
    for (const OptimizerCase& settings : compared) named.insert(settings.optimizer);
    for (const auto* type : optimizerCatalogue()) EXPECT_EQ(named.count(type->id), 1u) << type->id;
}

TEST(Optimizers, SlotsOfDifferentOptimizersHaveDifferentNames) {
    std::map<std::string, std::string> owner;
    for (const auto* type : optimizerCatalogue())
        for (const auto& slot : type->slotNames(type->defaults)) {
            const auto [place, isNew] = owner.emplace(slot, type->id);
            EXPECT_TRUE(isNew || (slot.starts_with("adam_") && place->second == "adam")) << slot << " of " << type->id;
        }
}

/// Worked out anew: the first average is the parameter, the one after update t keeps min(decay, (t-1)/(t+9)) of the one before.
TEST(Optimizers, TheRunningAverageFollowsTheParameter) {
    const OptimizerAttributes sgd{.kind = OptimizerKind::Sgd};
    for (double decay : {0.2, 0.999}) {
        std::vector<double> parameter = updatePattern(22), average(parameter.size(), 0);
        for (int step = 0; step < updateCount; ++step) {
            const auto gradient = updatePattern(static_cast<std::size_t>(23 + step));
            const double kept = std::min(decay, step / (step + 10.0));
            for (std::size_t i = 0; i < parameter.size(); ++i) {
                parameter[i] -= 0.1 * gradient[i];
                average[i] = kept * average[i] + (1 - kept) * parameter[i];
            }
        }
        for (auto* device : {makeReferenceDevice(DType::Float64).release(), makeCpuDevice().release()}) {
            const std::unique_ptr<Device> owned(device);
            const auto trained = train(*device, sgd, 0.1, 6, decay);
            ASSERT_EQ(trained.average.size(), average.size());
            for (std::size_t i = 0; i < average.size(); ++i) {
                EXPECT_NEAR(trained.average[i], average[i], 1e-6) << device->id();
                EXPECT_NEAR(trained.parameter[i], parameter[i], 1e-6) << device->id();
            }
        }
    }
}

}  // namespace
}  // namespace lamina
