// Small networks of sequence layers learn something that needs memory: which of two symbols came first.
#include "tests/support/layer_battery.h"

using namespace lamina;

namespace {

constexpr std::int64_t batch = 32, steps = 10, symbols = 5;

struct LayerChoice {
    const char* id;
    nlohmann::json settings;
};

/// Noise in which symbols 0 and 1 stand once each; the label says whether 1 came first.
void makeBatch(const RandomStream& stream, std::span<float> tokens, std::span<std::int32_t> labels) {
    std::uint64_t counter = 0;
    const auto below = [&](std::int64_t limit) { return static_cast<std::int64_t>(stream.below(counter++, static_cast<std::uint64_t>(limit))); };
    for (std::int64_t n = 0; n < batch; ++n) {
        float* const item = tokens.data() + n * steps;
        for (std::int64_t t = 0; t < steps; ++t) item[t] = static_cast<float>(2 + below(symbols - 2));
        const std::int64_t first = below(steps - 1), second = first + 1 + below(steps - 1 - first), label = below(2);
        item[first] = static_cast<float>(label);
        item[second] = static_cast<float>(1 - label);
        labels[static_cast<std::size_t>(n)] = static_cast<std::int32_t>(label);
    }
}

class TinyTraining {
public:
    explicit TinyTraining(const std::vector<LayerChoice>& layers) : m_device(makeCpuDevice({})), m_store(*m_device) {
        m_tokens = m_graph.input("tokens", {batch, steps});
        m_labels = m_graph.input("labels", {batch}, DType::Int32);
        ValueId value = m_tokens;
        for (const auto& [id, settings] : layers) value = append(id, settings, value);
        m_loss = ops::crossEntropy(m_graph, value, m_labels);
        addUpdates();
    }

    /// The mean loss of the last 20 of `count` steps.
    double train(int count) {
        EXPECT_FALSE(m_graph.error()) << m_graph.error()->debugText();
        auto program = Program::create(m_graph, *m_device, m_store, {m_loss}, 3);
        EXPECT_TRUE(program) << program.error().debugText();
        double sum = 0;
        for (int step = 0; step < count; ++step) {
            const auto number = static_cast<std::uint64_t>(step);
            makeBatch(RandomStream(5, streamOf("batches"), number), (*program)->span<float>(m_tokens), (*program)->span<std::int32_t>(m_labels));
            (*program)->run({.seed = 1, .step = number, .learningRate = 0.01});
            if (step >= count - 20) sum += (*program)->read(m_loss).front();
        }
        return sum / 20;
    }

private:
    /// "mean over steps" stands for itself; a + before the layer's name: around the layer goes a shortcut.
    ValueId append(const std::string& name, const nlohmann::json& settings, ValueId input) {
        if (name == "mean over steps") return ops::reduce(m_graph, ReduceKind::Mean, input, {1});
        const bool shortcut = name[0] == '+';
        const ValueId output = appendLayer(name.c_str() + (shortcut ? 1 : 0), settings, input);
        return shortcut ? ops::add(m_graph, input, output) : output;
    }

    ValueId appendLayer(const char* id, const nlohmann::json& settings, ValueId input) {
        const LayerCase layer = layerCase(id, settings, {});
        const std::vector<ValueId> inputs{input};
        LayerContext context(m_graph, std::string(id) + "_" + std::to_string(m_graph.values.size()), inputs, true);
        return layer.type->forward(layer.sample.settings, context);
    }

    void addUpdates() {
        std::vector<ValueId> parameters;
        for (std::size_t i = 0; i < m_graph.values.size(); ++i)
            if (m_graph.values[i].role == ValueRole::Parameter) parameters.push_back(static_cast<ValueId>(i));
        const auto gradients = appendGradients(m_graph, m_loss, parameters);
        const ValueId finite = ops::allFinite(m_graph, gradients);
        for (std::size_t i = 0; i < parameters.size(); ++i) {
            const Value parameter = m_graph.value(parameters[i]);
            const ValueId m = m_graph.state(parameter.name + "#m", parameter.shape, 0), v = m_graph.state(parameter.name + "#v", parameter.shape, 0);
            ops::optimizerUpdate(m_graph, parameters[i], gradients[i], {m, v}, finite, {.kind = OptimizerKind::Adam});
        }
    }

    std::unique_ptr<Device> m_device;
    ParameterStore m_store;
    Graph m_graph;
    ValueId m_tokens = noValue, m_labels = noValue, m_loss = noValue;
};

}  // namespace

TEST(SequenceLearning, RecurrentLayersLearnWhichSymbolCameFirst) {
    for (const char* layer : {"lstm", "gru"}) {
        TinyTraining training({{"embedding", {{"vocabulary", symbols}, {"width", 6}}}, {layer, {{"units", 16}}}, {"dense", {{"units", 2}}}});
        EXPECT_LT(training.train(300), 0.1) << layer;
    }
}

TEST(SequenceLearning, SimpleRecurrenceReadingBothWaysLearnsItToo) {
    TinyTraining training({{"embedding", {{"vocabulary", symbols}, {"width", 6}}},
                           {"simple_rnn", {{"units", 16}, {"direction", "both"}}},
                           {"dense", {{"units", 2}}}});
    EXPECT_LT(training.train(300), 0.2);
}

/// The mean alone cannot tell: without attention the order is lost.
TEST(SequenceLearning, AttentionLearnsWhichSymbolCameFirst) {
    TinyTraining training({{"embedding", {{"vocabulary", symbols}, {"width", 16}}},
                           {"positional_embedding", {{"length", steps}}},
                           {"+multi_head_attention", {{"heads", 4}}},
                           {"layer_norm", nlohmann::json::object()},
                           {"mean over steps", {}},
                           {"dense", {{"units", 16}}},
                           {"relu", nlohmann::json::object()},
                           {"dense", {{"units", 2}}}});
    EXPECT_LT(training.train(600), 0.1);
}
