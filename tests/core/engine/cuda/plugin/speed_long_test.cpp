// Times of whole training steps on the GPU, upload of the batch and download of the results included; printed, for the README.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "core/compiler/compiler.h"
#include "core/tensor/random.h"
#include "tests/core/engine/cuda/plugin/gpu.h"

namespace lamina {
namespace {

Network dense(std::initializer_list<int> hidden) {
    Network n;
    std::string last = n.append("input", {{"shape", Shape{784}}});
    for (int units : hidden) last = n.append("relu", nlohmann::json::object(), n.append("dense", {{"units", units}}, last));
    n.append("softmax", nlohmann::json::object(), n.append("dense", {{"units", 10}}, last));
    return n;
}

Network mlp() { return dense({1024, 512}); }
Network wide() { return dense({4096, 4096}); }

Network lenet() {
    Network n;
    const auto none = nlohmann::json::object();
    std::string last = n.append("input", {{"shape", Shape{1, 28, 28}}});
    for (int channels : {32, 64})
        last = n.append("max_pool2d", none,
                        n.append("relu", none, n.append("conv2d", {{"filters", channels}, {"kernel", Shape{3, 3}}, {"padding", "valid"}}, last)));
    last = n.append("flatten", none, last);
    last = n.append("relu", none, n.append("dense", {{"units", 128}}, last));
    n.append("softmax", none, n.append("dense", {{"units", 10}}, last));
    return n;
}

/// Median milliseconds of a step.
double millisecondsPerStep(const Network& network, std::int64_t batch, Device& device) {
    const TrainingObjective objective{findLoss("cross_entropy"), findLoss("cross_entropy")->defaults};
    const OptimizerType& adam = *findOptimizer("adam");
    auto compiled = compileForTraining(network, batch, objective, adam, adam.defaults);
    EXPECT_TRUE(compiled) << compiled.error().debugText();
    ParameterStore store(device);
    const auto kept = compiled->kept();
    const auto program = Program::create(std::move(compiled->graph), device, store, kept, 1);
    EXPECT_TRUE(program) << program.error().debugText();
    const RandomStream numbers(1, 2);
    const auto x = (*program)->span<float>(compiled->input);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = numbers.uniform(i);
    const auto labels = (*program)->span<std::int32_t>(compiled->target);
    for (std::size_t i = 0; i < labels.size(); ++i) labels[i] = static_cast<std::int32_t>(i % 10);
    std::vector<double> times;
    StepContext context;
    for (int step = 0; step < 320; ++step, ++context.step) {
        const auto begin = std::chrono::steady_clock::now();
        (*program)->run(context);
        if (step >= 20) times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    EXPECT_EQ((*program)->span<float>(compiled->finite)[0], 1.0f);
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

struct Steps {
    const char* name;
    Network (*network)();
    std::int64_t batch;
};
void PrintTo(const Steps& s, std::ostream* out) { *out << s.name << s.batch; }

class CudaSpeed : public testing::TestWithParam<Steps> {};

TEST_P(CudaSpeed, OfATrainingStep) {
    LAMINA_NEEDS_GPU();
    const Steps& s = GetParam();
    std::printf("%s, batch %d: %.4f ms, with TF32 %.4f ms\n", s.name, static_cast<int>(s.batch), millisecondsPerStep(s.network(), s.batch, **gpu()),
                millisecondsPerStep(s.network(), s.batch, **tensorCores()));
}

/// What evaluating and predicting would take on the GPU: the forward pass alone, inputs up and answers down.
TEST_P(CudaSpeed, OfTenThousandAnswers) {
    LAMINA_NEEDS_GPU();
    const Steps& s = GetParam();
    auto compiled = compileForInference(s.network(), s.batch);
    ASSERT_TRUE(compiled) << compiled.error().debugText();
    ParameterStore store(**gpu());
    const auto kept = compiled->kept();
    const auto program = Program::create(std::move(compiled->graph), **gpu(), store, kept, 1);
    ASSERT_TRUE(program) << program.error().debugText();
    for (int run = 0; run < 3; ++run) (*program)->run({});
    const auto begin = std::chrono::steady_clock::now();
    for (std::int64_t done = 0; done < 10000; done += s.batch) (*program)->run({});
    std::printf("%s, batches of %d: 10,000 answers in %.2f ms\n", s.name, static_cast<int>(s.batch),
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
}

INSTANTIATE_TEST_SUITE_P(All, CudaSpeed,
                         testing::Values(Steps{"mlp", mlp, 64}, Steps{"mlp", mlp, 512}, Steps{"mlp", mlp, 4096}, Steps{"lenet", lenet, 64},
                                         Steps{"lenet", lenet, 512}, Steps{"lenet", lenet, 4096}, Steps{"wide", wide, 64}, Steps{"wide", wide, 512},
                                         Steps{"wide", wide, 4096}),
                         [](const auto& info) { return std::string(info.param.name) + "_" + std::to_string(info.param.batch); });

}  // namespace
}  // namespace lamina
