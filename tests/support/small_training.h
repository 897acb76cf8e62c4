// A small classifier with everything a training step has, on the float32 reference device.
#pragma once

#include <gtest/gtest.h>

#include "core/engine/op_type.h"
#include "core/engine/ops.h"
#include "core/engine/program.h"
#include "core/tensor/random.h"

namespace lamina {

struct Training {
    Graph g;
    ValueId images, labels, loss, finite;

    Training() {
        g.origin = "net";
        images = g.input("images", {4, 2, 6, 6});
        labels = g.input("labels", {4}, DType::Int32);
        std::vector<ValueId> parameters;
        const auto parameter = [&](const char* name, const Shape& shape, Initializer initializer = {}) {
            return parameters.emplace_back(g.parameter(name, shape, initializer));
        };
        WindowAttributes window;
        window.padding = {1, 1, 1, 1};
        ValueId y = ops::conv2d(g, images, parameter("w1", {3, 2, 3, 3}, {Initializer::Kind::HeNormal, 0, 18, 27}), window);
        y = ops::batchNormTraining(g, y, parameter("gamma", {3}, {.value = 1}), parameter("beta", {3}), g.state("mean", {3}, 0), g.state("variance", {3}, 1), {}).y;
        y = ops::dropout(g, ops::unary(g, UnaryKind::Relu, y), {.rate = 0.3, .stream = 5});
        WindowAttributes pool;
        pool.kernel = pool.stride = {2, 2};
        y = ops::reshape(g, ops::maxPool2d(g, y, pool), {4, 27});
        y = ops::addBias(g, ops::gemm(g, y, parameter("w2", {27, 3}, {Initializer::Kind::GlorotUniform, 0, 27, 3})), parameter("b2", {3}));
        loss = ops::crossEntropy(g, y, labels);
        const auto gradients = appendGradients(g, loss, parameters);
        finite = ops::allFinite(g, gradients);
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const std::string name = g.value(parameters[i]).name;
            const ValueId m = g.state(name + "#adam_m", g.shape(parameters[i]), 0), v = g.state(name + "#adam_v", g.shape(parameters[i]), 0);
            ops::optimizerUpdate(g, parameters[i], gradients[i], {m, v}, finite, {.kind = OptimizerKind::Adam});
        }
    }
};

struct TrainingRun {
    std::unique_ptr<Device> device = makeReferenceDevice(DType::Float32);
    ParameterStore store{*device};
    Training training;
    std::unique_ptr<Program> program;

    TrainingRun() {
        auto made = Program::create(training.g, *device, store, {training.loss, training.finite}, 3);
        EXPECT_TRUE(made.ok()) << (made ? "" : made.error().debugText());
        if (made) program = std::move(*made);
        const RandomStream random(1, 2);
        auto images = program->span<float>(training.images);
        for (std::size_t i = 0; i < images.size(); ++i) images[i] = random.normal(i);
        program->write(training.labels, std::vector<double>{0, 1, 2, 1});
    }
    void steps(int count) {
        for (int step = 0; step < count; ++step) program->run({.seed = 9, .step = static_cast<std::uint64_t>(step), .learningRate = 0.01});
    }
    double loss() const { return program->read(training.loss).front(); }
};

}  // namespace lamina
