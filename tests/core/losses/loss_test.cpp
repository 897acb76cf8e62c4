// Every loss and its gradient against PyTorch (loss_numbers.py made the list), and what losses refuse.
#include "core/losses/loss_type.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "core/engine/op_type.h"
#include "core/engine/program.h"
#include "tests/support/gradient_check.h"

namespace lamina {
namespace {

std::vector<double> expectedLoss(const std::string& name) {
    std::ifstream file(LAMINA_SOURCE_DIR "/tests/core/losses/loss_numbers.txt");
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(name + ":")) continue;
        std::istringstream words(line.substr(name.size() + 1));
        std::vector<double> numbers;
        for (double number; words >> number;) numbers.push_back(number);
        return numbers;
    }
    return {};
}

/// The formula of loss_numbers.py.
std::vector<double> lossPattern(std::size_t count, std::size_t seed, double low, double high) {
    std::vector<double> numbers(count);
    for (std::size_t i = 0; i < count; ++i) numbers[i] = low + (high - low) * (static_cast<double>((i * 7919 + seed * 104729) % 997) / 997.0);
    return numbers;
}

enum class Last { None, Softmax, Sigmoid };
enum class Target { Labels, Shares, Truth, Numbers };

struct LossCase {
    const char* name;
    const char* loss;
    const char* settings;
    Last last;
    Target target;
    double factor = 1;  ///< of the logits
};
void PrintTo(const LossCase& c, std::ostream* out) { *out << c.name; }

const char* const handWeights = R"({"class_weights": "by_hand", "weights": "0.5, 2 1.25"})";
const LossCase lossCases[] = {
    {"cross_entropy", "cross_entropy", "{}", Last::Softmax, Target::Labels},
    {"cross_entropy_extreme", "cross_entropy", R"({"label_smoothing": 0.1})", Last::Softmax, Target::Labels, 200},
    {"cross_entropy_weights", "cross_entropy", handWeights, Last::Softmax, Target::Labels},
    {"cross_entropy_smoothing", "cross_entropy", R"({"label_smoothing": 0.2})", Last::Softmax, Target::Labels},
    {"cross_entropy_both", "cross_entropy", R"({"class_weights": "by_hand", "weights": "0.5;2;1.25", "label_smoothing": 0.2})", Last::Softmax, Target::Labels},
    {"cross_entropy_shares", "cross_entropy", "{}", Last::Softmax, Target::Shares},
    {"cross_entropy_shares_both", "cross_entropy", R"({"class_weights": "by_hand", "weights": "0.5 2 1.25", "label_smoothing": 0.2})", Last::Softmax,
     Target::Shares},
    {"kl", "kl", "{}", Last::Softmax, Target::Shares},
    {"binary_cross_entropy", "binary_cross_entropy", "{}", Last::Sigmoid, Target::Truth},
    {"binary_cross_entropy_classes", "binary_cross_entropy", "{}", Last::Sigmoid, Target::Labels, 20},
    {"focal", "focal", "{}", Last::Softmax, Target::Labels},
    {"focal_weights", "focal", R"({"gamma": 1.5, "class_weights": "by_hand", "weights": "0.5, 2, 1.25"})", Last::Softmax, Target::Labels},
    {"focal_sigmoid", "focal", R"({"gamma": 3})", Last::Sigmoid, Target::Truth},
    {"dice", "dice", "{}", Last::Softmax, Target::Labels},
    {"dice_sigmoid", "dice", R"({"smoothing": 0.5})", Last::Sigmoid, Target::Truth},
    {"mse", "mse", "{}", Last::None, Target::Numbers},
    {"mae", "mae", "{}", Last::None, Target::Numbers},
    {"huber", "huber", "{}", Last::None, Target::Numbers},
    {"huber_narrow", "huber", R"({"delta": 0.3})", Last::None, Target::Numbers},
    {"quantile", "quantile", R"({"quantile": 0.9})", Last::None, Target::Numbers},
    {"cosine", "cosine", "{}", Last::None, Target::Numbers},
};

std::any settingsOf(const LossType& loss, const char* json) {
    std::any settings = loss.defaults;
    const auto read = propertiesFromJson(loss.properties, nlohmann::json::parse(json), settings);
    EXPECT_TRUE(read.ok()) << (read ? "" : read.error().debugText());
    return settings;
}

std::vector<double> softmaxRows(std::vector<double> numbers) {
    for (std::size_t row = 0; row < numbers.size(); row += 3) {
        double sum = 0;
        for (std::size_t i = row; i < row + 3; ++i) sum += numbers[i] = std::exp(numbers[i]);
        for (std::size_t i = row; i < row + 3; ++i) numbers[i] /= sum;
    }
    return numbers;
}

struct LossGraph {
    Graph g;
    ValueId input, target, loss;
    std::vector<double> inputNumbers, targetNumbers;

    explicit LossGraph(const LossCase& c) {
        const bool numbers = c.target == Target::Numbers;
        const std::int64_t rows = numbers ? 4 : 5;
        const auto count = static_cast<std::size_t>(rows * 3);
        input = g.input("x", {rows, 3});
        target = c.target == Target::Labels ? g.input("target", {rows}, DType::Int32) : g.input("target", {rows, 3});
        inputNumbers = numbers ? lossPattern(count, 4, -3, 3) : lossPattern(count, 1, -4, 4);
        for (double& x : inputNumbers) x *= c.factor;
        switch (c.target) {
            case Target::Labels: targetNumbers = {2, 0, 1, 1, 2}; break;
            case Target::Shares: targetNumbers = softmaxRows(lossPattern(count, 2, -2, 2)); break;
            case Target::Truth: targetNumbers = lossPattern(count, 3, 0, 1); break;
            case Target::Numbers: targetNumbers = lossPattern(count, 5, -2, 2); break;
        }
        const ValueId output = c.last == Last::Softmax ? ops::softmax(g, input) : c.last == Last::Sigmoid ? ops::unary(g, UnaryKind::Sigmoid, input) : input;
        const LossType& type = *findLoss(c.loss);
        loss = type.build(settingsOf(type, c.settings), g, output, target);
    }
};

class Loss : public testing::TestWithParam<LossCase> {};

TEST_P(Loss, AgreesWithAnotherImplementationAndSoDoesItsGradient) {
    for (auto* made : {makeReferenceDevice(DType::Float64).release(), makeCpuDevice().release()}) {
        const std::unique_ptr<Device> device(made);
        LossGraph c(GetParam());
        const ValueId gradient = appendGradients(c.g, c.loss, {c.input})[0];
        ASSERT_FALSE(c.g.error()) << c.g.error()->debugText();
        ParameterStore store(*device);
        auto program = Program::create(c.g, *device, store, {c.loss, gradient}, 1);
        ASSERT_TRUE(program.ok()) << program.error().debugText();
        (*program)->write(c.input, c.inputNumbers);
        (*program)->write(c.target, c.targetNumbers);
        (*program)->run({});
        auto found = (*program)->read(c.loss);
        for (double x : (*program)->read(gradient)) found.push_back(x);
        const auto numbers = expectedLoss(GetParam().name);
        ASSERT_EQ(found.size(), numbers.size());
        const double tolerance = device->real() == DType::Float64 ? 1e-9 : 2e-5;
        for (std::size_t i = 0; i < numbers.size(); ++i) EXPECT_NEAR(found[i], numbers[i], tolerance * (1 + std::abs(numbers[i]))) << device->id() << ", " << i;
    }
}

TEST_P(Loss, HasTheGradientOfFiniteDifferences) {
    GradientCheck check;
    check.fixed = {"target"};
    const LossGraph numbers(GetParam());
    check.numbers = {{"target", numbers.targetNumbers}, {"x", numbers.inputNumbers}};
    const auto build = [](Graph& g) {
        LossGraph c(GetParam());
        g = std::move(c.g);
        return c.loss;
    };
    if (GetParam().factor != 1) return;  // so far out the differences vanish
    EXPECT_TRUE(gradientsMatch(build, check));
}

INSTANTIATE_TEST_SUITE_P(All, Loss, testing::ValuesIn(lossCases), [](const auto& info) { return std::string(info.param.name); });

TEST(Losses, EachOfTheCatalogueIsCompared) {
    std::set<std::string> named;
    for (const LossCase& c : lossCases) named.insert(c.loss);
    for (const auto* loss : lossCatalogue()) EXPECT_EQ(named.count(loss->id), 1u) << loss->id;
}

std::string problemOf(const char* loss, const char* settings, Last last, std::int64_t width = 3) {
    Graph g;
    const ValueId x = g.input("x", {5, width}), target = g.input("target", {5}, DType::Int32), numbers = g.input("numbers", {5, width});
    const ValueId output = last == Last::Softmax ? ops::softmax(g, x) : last == Last::Sigmoid ? ops::unary(g, UnaryKind::Sigmoid, x) : x;
    const LossType& type = *findLoss(loss);
    type.build(settingsOf(type, settings), g, output, type.target == TargetKind::ClassIndex ? target : numbers);
    return g.error() ? g.error()->code : "";
}

TEST(Losses, SayWhatTheyNeed) {
    EXPECT_EQ(problemOf("cross_entropy", "{}", Last::None), "loss.needs_softmax");
    EXPECT_EQ(problemOf("kl", "{}", Last::Sigmoid), "loss.needs_softmax");
    EXPECT_EQ(problemOf("focal", "{}", Last::None), "loss.needs_softmax");
    EXPECT_EQ(problemOf("dice", "{}", Last::None), "loss.needs_softmax");
    EXPECT_EQ(problemOf("binary_cross_entropy", "{}", Last::Softmax), "loss.needs_sigmoid");
    EXPECT_EQ(problemOf("cosine", "{}", Last::None, 1), "loss.needs_directions");
    EXPECT_EQ(problemOf("cross_entropy", R"({"class_weights": "by_hand", "weights": "1, 2"})", Last::Softmax), "loss.class_weights");
    EXPECT_EQ(problemOf("cross_entropy", R"({"class_weights": "by_hand"})", Last::Softmax), "loss.class_weights");
    EXPECT_EQ(problemOf("focal", R"({"class_weights": "by_hand", "weights": "1, two, 3"})", Last::Softmax), "loss.class_weight");
    EXPECT_EQ(problemOf("focal", R"({"class_weights": "by_hand", "weights": "1, -2, 3"})", Last::Softmax), "loss.class_weight");
    EXPECT_EQ(problemOf("cross_entropy", R"({"class_weights": "off", "weights": "1, 2"})", Last::Softmax), "");
}

TEST(Losses, BalancedWeightsFollowFromTheTrainingRows) {
    const LossType& loss = *findLoss("cross_entropy");
    std::any settings = settingsOf(loss, R"({"class_weights": "balanced"})");
    const std::vector<std::int64_t> counts{10, 30, 0, 40};
    loss.fit(settings, counts);
    EXPECT_EQ(propertiesToJson(loss.properties, settings)["weights"], "2, 0.6666666666666666, 20, 0.5");
    loss.fit(settings, std::vector<std::int64_t>{1, 1, 1, 1});
    EXPECT_EQ(propertiesToJson(loss.properties, settings)["weights"], "2, 0.6666666666666666, 20, 0.5") << "what is filled in stays";
}

}  // namespace
}  // namespace lamina
