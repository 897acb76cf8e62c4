// Functions on whole tensors and numbers of every type, on each device that runs in host memory.
#include "core/engine/host_function.h"

#include <gtest/gtest.h>

#include "core/engine/ops.h"
#include "core/engine/program.h"
#include "core/tensor/half.h"

using namespace lamina;

namespace {

std::vector<std::unique_ptr<Device>> devices() {
    std::vector<std::unique_ptr<Device>> list;
    list.push_back(makeReferenceDevice(DType::Float64));
    list.push_back(makeReferenceDevice(DType::Float32));
    list.push_back(makeCpuDevice({2, ""}));
    return list;
}

/// The remainder of whole numbers, and whether it is 0: two outputs of other types.
class Remainder : public HostFunction {
public:
    std::string name() const override { return "remainder"; }
    Result<std::vector<OpType::Output>> infer(std::span<const Value* const> inputs) const override {
        if (inputs.size() != 2 || inputs[0]->type != DType::Int64) return fail("op.input_count", {{"expected", "2"}, {"found", "?"}});
        return std::vector<OpType::Output>{{inputs[0]->shape, DType::Float32}, {inputs[0]->shape, DType::Bool}};
    }
    void run(std::span<const HostTensor> inputs, std::span<const HostTensor> outputs) const override {
        for (std::int64_t i = 0; i < outputs[0].count(); ++i) {
            const std::int64_t rest = inputs[0].as<std::int64_t>()[i] % inputs[1].as<std::uint8_t>()[0];
            if (outputs[0].type == DType::Float64) outputs[0].as<double>()[i] = static_cast<double>(rest);
            else outputs[0].as<float>()[i] = static_cast<float>(rest);
            outputs[1].as<bool>()[i] = rest == 0;
        }
    }
};

}  // namespace

TEST(HostFunction, RunsBetweenOtherOpsOnNumbersOfItsOwnTypes) {
    for (const auto& device : devices()) {
        Graph g;
        const ValueId x = g.input("x", {2, 3}, DType::Int64), divisor = g.input("divisor", {}, DType::UInt8);
        const auto results = ops::hostFunction(g, std::make_shared<Remainder>(), {ops::reshape(g, x, {6}), divisor});
        const ValueId y = ops::scale(g, results[0], 10), flags = ops::reshape(g, results[1], {3, 2});
        ParameterStore store(*device);
        auto program = Program::create(g, *device, store, {y, flags}, 1);
        ASSERT_TRUE(program.ok()) << program.error().debugText();
        (*program)->write(x, std::vector<double>{1, 2, 3, 4, 5, 1099511627779});
        (*program)->write(divisor, std::vector<double>{3});
        (*program)->run({});
        EXPECT_EQ((*program)->read(y), (std::vector<double>{10, 20, 0, 10, 20, 10})) << device->id();
        EXPECT_EQ((*program)->read(flags), (std::vector<double>{0, 0, 1, 0, 0, 0})) << device->id();
        EXPECT_EQ((*program)->span<bool>(flags).size(), 6u);
    }
}

TEST(HostFunction, IsNamedInThePlanAndRefusesWhatDoesNotFit) {
    const auto device = makeCpuDevice({1, ""});
    Graph g;
    const auto results =
        ops::hostFunction(g, std::make_shared<Remainder>(), {g.input("x", {4}, DType::Int64), g.input("divisor", {}, DType::UInt8)});
    ParameterStore store(*device);
    const auto plan = (*Program::create(g, *device, store, {results[0]}, 1))->describe();
    ASSERT_EQ(plan.size(), 1u);
    EXPECT_EQ(plan[0].op, "host_function");
    EXPECT_EQ(plan[0].implementation, "remainder");

    Graph other;
    ops::hostFunction(other, std::make_shared<Remainder>(), {other.input("x", {4})});
    ASSERT_TRUE(other.error());
    EXPECT_EQ(other.error()->code, "op.input_count");
}

TEST(HostFunction, HasNoGradientAndSaysSo) {
    class Twice : public HostFunction {
    public:
        std::string name() const override { return "twice"; }
        Result<std::vector<OpType::Output>> infer(std::span<const Value* const> inputs) const override {
            return std::vector<OpType::Output>{{inputs[0]->shape}};
        }
        void run(std::span<const HostTensor>, std::span<const HostTensor>) const override {}
    };
    Graph g;
    const ValueId x = g.parameter("x", {3}, {}), y = ops::hostFunction(g, std::make_shared<Twice>(), {x})[0];
    appendGradients(g, ops::reduce(g, ReduceKind::Sum, y, {}), {x});
    ASSERT_TRUE(g.error());
    EXPECT_EQ(g.error()->code, "op.no_gradient");
}

TEST(Program, ReadsAndWritesNumbersOfEveryType) {
    for (const auto& device : devices())
        for (DType type : {DType::Float32, DType::Float64, DType::Int32, DType::Int64, DType::UInt8, DType::Bool, DType::Int8, DType::Int16,
                           DType::UInt16, DType::UInt32, DType::UInt64, DType::Float16}) {
            Graph g;
            const ValueId x = g.input("x", {3}, type), y = ops::reshape(g, x, {3, 1});
            ParameterStore store(*device);
            auto program = Program::create(g, *device, store, {y}, 1);
            ASSERT_TRUE(program.ok()) << program.error().debugText();
            (*program)->write(x, std::vector<double>{0, 1, 1});
            (*program)->run({});
            EXPECT_EQ((*program)->read(y), (std::vector<double>{0, 1, 1})) << dtypeName(type) << " " << device->id();
        }
}

TEST(Half, KeepsWhatItCanAndRoundsToTheNearestEven) {
    for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
        const auto half = static_cast<std::uint16_t>(bits);
        const float number = halfToFloat(half);
        if (number == number) {
            EXPECT_EQ(floatToHalf(number), half);
        } else {
            EXPECT_NE(halfToFloat(floatToHalf(number)), halfToFloat(floatToHalf(number)));
        }
    }
    EXPECT_EQ(halfToFloat(0x3c00), 1.0f);
    EXPECT_EQ(halfToFloat(0x7bff), 65504.0f);
    EXPECT_EQ(halfToFloat(0x0001), 0x1p-24f);
    EXPECT_EQ(floatToHalf(1 + 0x1p-11f), 0x3c00) << "halfway: to the even one";
    EXPECT_EQ(floatToHalf(1 + 3 * 0x1p-11f), 0x3c02);
    EXPECT_EQ(floatToHalf(65519.0f), 0x7bff);
    EXPECT_EQ(floatToHalf(65520.0f), 0x7c00) << "infinity";
    EXPECT_EQ(floatToHalf(-1e-9f), 0x8000);
}
