// Programs: memory, parameters, running.
#include "core/engine/program.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/engine/ops.h"
#include "tests/support/small_training.h"

using namespace lamina;

TEST(Program, ProgramsShareParametersThroughTheStore) {
    TrainingRun run;
    run.steps(2);
    Graph g;
    const ValueId doubled = ops::scale(g, g.parameter("w2", {27, 3}, {}), 2);
    auto reader = Program::create(g, *run.device, run.store, {doubled}, 99);
    ASSERT_TRUE(reader.ok());
    (*reader)->run({});
    EXPECT_EQ((*reader)->read(doubled)[5], 2 * run.store.read("w2")[5]);
}

TEST(Program, ParameterOfAnotherShapeIsRefused) {
    TrainingRun run;
    Graph g;
    const ValueId y = ops::scale(g, g.parameter("w2", {27, 4}, {}), 2);
    const auto made = Program::create(g, *run.device, run.store, {y}, 1);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, "engine.parameter_shape");
}

TEST(Program, ProblemOfTheGraphComesBack) {
    TrainingRun run;
    Graph g;
    ops::add(g, g.input("a", {2}), g.input("b", {3}));
    const auto made = Program::create(g, *run.device, run.store, {}, 1);
    ASSERT_FALSE(made.ok());
    EXPECT_EQ(made.error().code, "op.broadcast");
}

TEST(Program, KeptValuesSurviveTheRunAndViewsShareTheirMemory) {
    Graph g;
    const ValueId x = g.input("x", {2, 3});
    ValueId y = ops::unary(g, UnaryKind::Square, x);
    const ValueId first = y, view = ops::reshape(g, y, {6});
    for (int i = 0; i < 6; ++i) y = ops::scale(g, y, 2);
    const auto device = makeReferenceDevice(DType::Float64);
    ParameterStore store(*device);
    auto made = Program::create(g, *device, store, {view, y}, 1);
    ASSERT_TRUE(made.ok());
    (*made)->write(x, std::vector<double>{1, 2, 3, 4, 5, 6});
    (*made)->run({});
    EXPECT_EQ((*made)->read(view), (std::vector<double>{1, 4, 9, 16, 25, 36}));
    EXPECT_EQ((*made)->data(view), (*made)->data(first));
    EXPECT_EQ((*made)->read(y)[5], 36 * 64);
    EXPECT_EQ((*made)->describe().size(), g.ops.size());
}

TEST(Program, ArenaIsSmallerThanTheSumOfWhatLivesInIt) {
    Graph g;
    ValueId y = g.input("x", {1000});
    for (int i = 0; i < 10; ++i) y = ops::scale(g, y, 2);
    const auto device = makeReferenceDevice(DType::Float32);
    ParameterStore store(*device);
    auto made = Program::create(g, *device, store, {y}, 1);
    ASSERT_TRUE(made.ok());
    EXPECT_EQ((*made)->arenaBytes(), 2u * 4032);
}

TEST(ParameterStore, InitializersHaveTheirSpreadAndDependOnSeedAndName) {
    const auto device = makeReferenceDevice(DType::Float32);
    ParameterStore store(*device);
    const auto make = [&](const char* name, Initializer initializer, std::uint64_t seed = 1) {
        EXPECT_TRUE(store.ensure({name, {100, 100}, DType::Float32, ValueRole::Parameter, initializer}, seed).ok());
        return store.read(name);
    };
    const auto deviation = [](const std::vector<double>& numbers) {
        double sum = 0;
        for (double number : numbers) sum += number * number;
        return std::sqrt(sum / static_cast<double>(numbers.size()));
    };
    using Kind = Initializer::Kind;
    EXPECT_NEAR(deviation(make("glorot", {Kind::GlorotUniform, 0, 100, 200})), std::sqrt(2.0 / 300), 0.002);
    EXPECT_NEAR(deviation(make("he", {Kind::HeUniform, 0, 100, 200})), std::sqrt(2.0 / 100), 0.003);
    EXPECT_NEAR(deviation(make("normal", {Kind::HeNormal, 0, 100, 200})), std::sqrt(2.0 / 100), 0.003);
    EXPECT_NEAR(deviation(make("glorot_normal", {Kind::GlorotNormal, 0, 100, 200})), std::sqrt(2.0 / 300), 0.002);
    EXPECT_NEAR(deviation(make("lecun", {Kind::LecunUniform, 0, 100, 200})), std::sqrt(1.0 / 100), 0.002);
    EXPECT_NEAR(deviation(make("lecun_normal", {Kind::LecunNormal, 0, 100, 200})), std::sqrt(1.0 / 100), 0.002);
    EXPECT_NEAR(deviation(make("orthogonal", {Kind::Orthogonal, 0.5})), 0.5 / std::sqrt(100.0), 1e-7);
    EXPECT_NEAR(deviation(make("uniform", {Kind::Uniform, 0.3, 1, 1})), 0.3 / std::sqrt(3.0), 0.004);
    EXPECT_NEAR(deviation(make("gauss", {Kind::Normal, 0.3, 1, 1})), 0.3, 0.006);
    EXPECT_EQ(make("constant", {Kind::Constant, 0.25, 1, 1}), std::vector<double>(10000, 0.25));
    EXPECT_NE(make("a", {Kind::Normal, 1, 1, 1}), make("b", {Kind::Normal, 1, 1, 1}));
    EXPECT_NE(make("c", {Kind::Normal, 1, 1, 1}, 1), [&] {
        ParameterStore other(*device);
        EXPECT_TRUE(other.ensure({"c", {100, 100}, DType::Float32, ValueRole::Parameter, {Kind::Normal, 1, 1, 1}}, 2).ok());
        return other.read("c");
    }());
}

TEST(ParameterStore, OrthogonalRowsOrColumnsStandAtRightAngles) {
    const auto device = makeReferenceDevice(DType::Float64);
    ParameterStore store(*device);
    for (const Shape& shape : {Shape{30, 30}, Shape{8, 3, 5}, Shape{40, 7}, Shape{6}, Shape{1, 1}}) {
        const std::string name = "w" + shapeText(shape);
        ASSERT_TRUE(store.ensure({name, shape, DType::Float64, ValueRole::Parameter, {Initializer::Kind::Orthogonal}}, 1).ok());
        const auto w = store.read(name);
        const std::size_t rows = static_cast<std::size_t>(shape[0]), columns = w.size() / rows, count = std::min(rows, columns);
        const auto element = [&](std::size_t vector, std::size_t k) { return rows <= columns ? w[vector * columns + k] : w[k * columns + vector]; };
        for (std::size_t i = 0; i < count; ++i)
            for (std::size_t j = 0; j <= i; ++j) {
                double dot = 0;
                for (std::size_t k = 0; k < std::max(rows, columns); ++k) dot += element(i, k) * element(j, k);
                EXPECT_NEAR(dot, i == j ? 1 : 0, 1e-12) << name << " " << i << " " << j;
            }
    }
}

TEST(ParameterStore, WritesAreCheckedAgainstTheShape) {
    const auto device = makeReferenceDevice(DType::Float64);
    ParameterStore store(*device);
    const std::vector<float> numbers{1, 2, 3, 4};
    EXPECT_TRUE(store.writeFloats("w", {2, 2}, ValueRole::Parameter, numbers).ok());
    EXPECT_EQ(store.readFloats("w"), numbers);
    EXPECT_EQ(store.writeFloats("w", {4}, ValueRole::Parameter, numbers).error().code, "engine.parameter_shape");
    EXPECT_EQ(store.writeFloats("v", {3}, ValueRole::Parameter, numbers).error().code, "engine.parameter_count");
    EXPECT_EQ(store.write("w", std::vector<double>{1}).error().code, "engine.parameter_count");
    EXPECT_EQ(store.write("unknown", std::vector<double>{1}).error().code, "engine.parameter_unknown");
    EXPECT_FALSE(store.contains("v"));
}
