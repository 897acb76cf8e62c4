// The oracle of gradients: what appendGradients() derives against central finite differences, on the float64 reference device.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "core/engine/op_type.h"
#include "core/engine/ops.h"
#include "core/engine/program.h"
#include "core/tensor/random.h"

namespace lamina {

struct GradientCheck {
    /// Numbers of inputs, parameters and states, by name. What is not named gets spread numbers in [-1, 1]; whole numbers get 0, states stay as they start.
    std::map<std::string, std::vector<double>> numbers;
    /// Inputs and parameters that are not differentiated.
    std::set<std::string> fixed;
    double step = 1e-5;
    double tolerance = 1e-6;  ///< |derived - measured| / max(|derived|, |measured|), Euclidean, per value
    std::int64_t mostElements = 200;  ///< of one value; more are sampled evenly
    StepContext context{.seed = 7, .step = 3, .learningRate = 0};
};

/// `count` different numbers between low and high in a random order, evenly apart, none at the middle: neither two equal numbers in a pooling
/// window nor a number at relu's kink.
inline std::vector<double> spreadNumbers(std::int64_t count, double low, double high, std::string_view name) {
    const auto order = randomOrder(count, RandomStream(11, streamOf(name)));
    const double apart = (high - low) / static_cast<double>(count), shift = count % 2 == 0 ? 0.5 : 0.7;
    std::vector<double> numbers;
    for (auto place : order) numbers.push_back(low + apart * (static_cast<double>(place) + shift));
    return numbers;
}

namespace gradient_check {

inline bool isDifferentiated(const Value& value, const GradientCheck& check) {
    const bool outside = value.role == ValueRole::Input || value.role == ValueRole::Parameter;
    return outside && value.type == DType::Float32 && check.fixed.count(value.name) == 0;
}

inline void fill(Program& program, const GradientCheck& check) {
    const Graph& g = program.graph();
    for (std::size_t i = 0; i < g.values.size(); ++i) {
        const Value& value = g.values[i];
        const auto id = static_cast<ValueId>(i);
        if (value.role == ValueRole::Computed || value.role == ValueRole::Constant) continue;
        if (const auto given = check.numbers.find(value.name); given != check.numbers.end()) program.write(id, given->second);
        else if (value.role != ValueRole::State && value.type == DType::Float32)
            program.write(id, spreadNumbers(elementCount(value.shape), -1, 1, value.name));
    }
}

/// Measured and derived gradient of one value, at the sampled elements.
struct Comparison {
    double difference = 0, derived = 0, measured = 0;
    std::int64_t compared = 0, kinks = 0;
    double relative() const { return std::sqrt(difference) / std::max({std::sqrt(derived), std::sqrt(measured), 1e-4}); }
};

/// `gradient` empty: the loss is said not to depend on the value.
inline Comparison compare(Program& program, ValueId value, ValueId loss, const std::vector<double>& gradient, const GradientCheck& check) {
    Comparison result;
    const auto numbers = program.span<double>(value);
    const auto count = static_cast<std::int64_t>(numbers.size()), stride = std::max<std::int64_t>(1, count / check.mostElements);
    const auto lossWith = [&](std::size_t i, double number) {
        const double before = std::exchange(numbers[i], number);
        program.run(check.context);
        numbers[i] = before;
        return program.read(loss).front();
    };
    for (std::int64_t at = 0; at < count; at += stride) {
        const auto i = static_cast<std::size_t>(at);
        const double x = numbers[i], above = lossWith(i, x + check.step), below = lossWith(i, x - check.step), here = lossWith(i, x);
        const double right = (above - here) / check.step, left = (here - below) / check.step;
        const double measured = (above - below) / (2 * check.step), derived = gradient.empty() ? 0 : gradient[i];
        if (std::abs(right - left) > 0.01 * (std::abs(right) + std::abs(left)) + 1e-3) {
            ++result.kinks;
            continue;
        }
        ++result.compared;
        result.difference += (derived - measured) * (derived - measured);
        result.derived += derived * derived;
        result.measured += measured * measured;
    }
    return result;
}

}  // namespace gradient_check

/// `build` declares its inputs and parameters and gives the value to differentiate (any shape: the loss is its sum with random weights).
/// Every real input and parameter that is not fixed is checked.
inline ::testing::AssertionResult gradientsMatch(const std::function<ValueId(Graph&)>& build, const GradientCheck& check = {}) {
    using namespace gradient_check;
    Graph g;
    const ValueId result = build(g);
    if (g.error()) return ::testing::AssertionFailure() << g.error()->debugText();
    std::vector<ValueId> wanted;
    for (std::size_t i = 0; i < g.values.size(); ++i)
        if (isDifferentiated(g.values[i], check)) wanted.push_back(static_cast<ValueId>(i));
    const ValueId weights = g.input("check/weights", g.shape(result));
    const ValueId loss = ops::reduce(g, ReduceKind::Sum, ops::multiply(g, result, weights), {});
    const auto gradients = appendGradients(g, loss, wanted);
    if (g.error()) return ::testing::AssertionFailure() << g.error()->debugText();

    const auto device = makeReferenceDevice(DType::Float64);
    ParameterStore store(*device);
    std::vector<ValueId> kept(gradients);
    kept.push_back(loss);
    auto program = Program::create(g, *device, store, kept, 1);
    if (!program) return ::testing::AssertionFailure() << program.error().debugText();
    fill(**program, check);
    (*program)->run(check.context);
    std::vector<std::vector<double>> derived;
    for (ValueId id : gradients) derived.push_back(id == noValue ? std::vector<double>{} : (*program)->read(id));

    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto comparison = compare(**program, wanted[i], loss, derived[i], check);
        const auto& name = g.value(wanted[i]).name;
        if (!(comparison.relative() <= check.tolerance))
            return ::testing::AssertionFailure() << "gradient of " << name << " is off by " << comparison.relative() << " of its length";
        if (comparison.kinks > comparison.compared / 4)
            return ::testing::AssertionFailure() << comparison.kinks << " kinks among the numbers of " << name << ": give others";
    }
    return ::testing::AssertionSuccess();
}

}  // namespace lamina
