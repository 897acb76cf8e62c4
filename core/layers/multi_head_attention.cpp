// Attention (Vaswani et al. 2017): softmax(q·kᵀ / sqrt(width)) · v in several heads, between linear maps.
#include <cmath>

#include "core/layers/recurrence.h"
#include "core/tensor/random.h"

namespace lamina {
namespace multi_head_attention_layer_parts {

struct MultiHeadAttention {
    std::int64_t heads = 4;
    std::int64_t width = 0;
    bool causal = false;
    double dropout = 0;
    bool bias = true;
};

/// Added to scores that do not count: far below all others, and finite.
constexpr double hidden = -1e9;

/// Who gives what: the second input is what is looked at (three axes) or the lengths; the third the lengths.
struct Roles {
    std::size_t source = 0, lengths = 0;  ///< lengths 0: none
};

Roles rolesOf(const std::vector<Shape>& shapes) {
    Roles roles;
    if (shapes.size() > 1) (shapes[1].size() == 3 ? roles.source : roles.lengths) = 1;
    if (shapes.size() > 2) roles.lengths = 2;
    return roles;
}

std::int64_t widthOf(const MultiHeadAttention& settings, const Shape& query) { return settings.width > 0 ? settings.width : query[2] / settings.heads; }

/// A bias of the keys would move all scores of a step alike, which a softmax does not see.
bool hasBias(const MultiHeadAttention& settings, const std::string& name) { return settings.bias && name != "key"; }

/// [T,S]: nothing where step s is not after step t.
std::vector<double> causalMask(std::int64_t targets, std::int64_t sources) {
    std::vector<double> mask;
    for (std::int64_t t = 0; t < targets; ++t)
        for (std::int64_t s = 0; s < sources; ++s) mask.push_back(s > t ? hidden : 0);
    return mask;
}

/// [S+1, S]: row l is the mask of an item of length l. The first step always counts: a softmax over nothing has no value.
std::vector<double> lengthMasks(std::int64_t sources) {
    std::vector<double> masks;
    for (std::int64_t length = 0; length <= sources; ++length)
        for (std::int64_t s = 0; s < sources; ++s) masks.push_back(s >= length && s > 0 ? hidden : 0);
    return masks;
}

class Attention {
public:
    Attention(const MultiHeadAttention& settings, LayerContext& context) : m_settings(settings), m_context(context), m_graph(context.graph) {}

    ValueId build() {
        if (!fits()) return noValue;
        const ValueId source = m_context.inputs[m_roles.source];
        const ValueId query = heads("query", m_context.input()), key = heads("key", source), value = heads("value", source);
        ValueId scores = ops::scale(m_graph, ops::matMul(m_graph, query, key, false, true), 1 / std::sqrt(static_cast<double>(m_width)));
        if (m_settings.causal) scores = ops::add(m_graph, scores, m_graph.constant("causal", {m_targets, m_sources}, causalMask(m_targets, m_sources)));
        if (m_roles.lengths > 0) scores = ops::add(m_graph, scores, lengthMask());
        ValueId weights = ops::softmax(m_graph, scores);
        if (m_context.training && m_settings.dropout > 0)
            weights = ops::dropout(m_graph, weights, {m_settings.dropout, streamOf("dropout:" + m_context.path)});
        const ValueId mixed = ops::transpose(m_graph, ops::matMul(m_graph, weights, value), {0, 2, 1, 3});
        const ValueId y = linear("output", ops::reshape(m_graph, mixed, {m_batch * m_targets, m_settings.heads * m_width}), m_context.shape()[2]);
        return ops::reshape(m_graph, y, m_context.shape());
    }

private:
    bool fits() {
        std::vector<Shape> shapes;
        for (std::size_t i = 0; i < m_context.inputs.size(); ++i) shapes.push_back(m_context.shape(i));
        m_roles = rolesOf(shapes);
        for (const std::size_t i : {std::size_t{0}, m_roles.source})
            if (shapes[i].size() != 3 || shapes[i][1] < 1) return refuse(fail("layer.needs_sequence", {{"shape", shapeText(shapes[i])}}));
        if (m_settings.width == 0 && shapes[0][2] % m_settings.heads != 0)
            return refuse(fail("layer.heads", {{"features", std::to_string(shapes[0][2])}, {"heads", std::to_string(m_settings.heads)}}));
        m_width = widthOf(m_settings, shapes[0]);
        m_batch = shapes[0][0];
        m_targets = shapes[0][1];
        m_sources = shapes[m_roles.source][1];
        return true;
    }

    bool refuse(Error error) {
        m_context.refuse(std::move(error));
        return false;
    }

    /// rows[R, F] → [R, units].
    ValueId linear(const std::string& name, ValueId rows, std::int64_t units) {
        if (rows == noValue) return noValue;
        const std::int64_t features = m_graph.shape(rows)[1];
        const ValueId weight = m_context.parameter((name + "_weight").c_str(), {features, units}, {Initializer::Kind::GlorotUniform, 0, features, units});
        const ValueId y = ops::gemm(m_graph, rows, weight);
        if (!hasBias(m_settings, name)) return y;
        return ops::addBias(m_graph, y, m_context.parameter((name + "_bias").c_str(), {units}, {}));
    }

    /// x[N,T,F] → [N, heads, T, width].
    ValueId heads(const std::string& name, ValueId x) {
        const Shape& shape = m_graph.shape(x);
        const std::int64_t steps = shape[1];
        const ValueId rows = linear(name, ops::reshape(m_graph, x, {m_batch * steps, shape[2]}), m_settings.heads * m_width);
        return ops::transpose(m_graph, ops::reshape(m_graph, rows, {m_batch, steps, m_settings.heads, m_width}), {0, 2, 1, 3});
    }

    ValueId lengthMask() {
        const ValueId masks = m_graph.constant("lengths", {m_sources + 1, m_sources}, lengthMasks(m_sources));
        return ops::reshape(m_graph, ops::gather(m_graph, masks, lengthsInput(m_context, m_roles.lengths)), {m_batch, 1, 1, m_sources});
    }

    const MultiHeadAttention& m_settings;
    LayerContext& m_context;
    Graph& m_graph;
    Roles m_roles;
    std::int64_t m_width = 0, m_batch = 0, m_targets = 0, m_sources = 0;
};

ValueId forward(const MultiHeadAttention& settings, LayerContext& context) { return Attention(settings, context).build(); }

class AttentionExport {
public:
    AttentionExport(const MultiHeadAttention& settings, OnnxLayerContext& context)
        : m_settings(settings), m_context(context), m_roles(rolesOf(context.inputShapes())), m_width(widthOf(settings, context.inputShapes()[0])) {}

    std::string write() {
        const std::string query = heads("query", 0, {0, 2, 1, 3}), key = heads("key", m_roles.source, {0, 2, 3, 1}),
                          value = heads("value", m_roles.source, {0, 2, 1, 3});
        const std::int64_t targets = m_context.inputShapes()[0][1], sources = m_context.inputShapes()[m_roles.source][1];
        const std::string factor = m_context.constant("factor", {{}, std::vector<float>{static_cast<float>(1 / std::sqrt(static_cast<double>(m_width)))}});
        std::string scores = m_context.add("Mul", {m_context.add("MatMul", {query, key}), factor});
        if (m_settings.causal) scores = m_context.add("Add", {scores, floats("causal", {targets, sources}, causalMask(targets, sources))});
        if (m_roles.lengths > 0) scores = m_context.add("Add", {scores, lengthMask(sources)});
        const std::string mixed = m_context.add("MatMul", {m_context.add("Softmax", {scores}, {{"axis", std::int64_t{-1}}}), value});
        const std::string back = m_context.add("Transpose", {mixed}, {{"perm", std::vector<std::int64_t>{0, 2, 1, 3}}});
        return linear("output", reshape(back, {0, 0, -1}));
    }

private:
    std::string floats(const char* name, Shape shape, const std::vector<double>& numbers) {
        return m_context.constant(name, {std::move(shape), std::vector<float>(numbers.begin(), numbers.end())});
    }
    std::string reshape(const std::string& x, std::vector<std::int64_t> shape) {
        return m_context.add("Reshape", {x, m_context.constant("shape", {{static_cast<std::int64_t>(shape.size())}, shape})});
    }
    std::string linear(const std::string& name, const std::string& x) {
        const std::string y = m_context.add("MatMul", {x, m_context.parameter(name + "_weight")});
        return hasBias(m_settings, name) ? m_context.add("Add", {y, m_context.parameter(name + "_bias")}) : y;
    }
    std::string heads(const std::string& name, std::size_t input, std::vector<std::int64_t> axes) {
        const std::string split = reshape(linear(name, m_context.inputs()[input]), {0, 0, m_settings.heads, m_width});
        return m_context.add("Transpose", {split}, {{"perm", std::move(axes)}});
    }
    std::string lengthMask(std::int64_t sources) {
        const std::string lengths = m_context.add("Cast", {reshape(m_context.inputs()[m_roles.lengths], {-1})}, {{"to", std::int64_t{6}}});
        const std::string masks = floats("lengths", {sources + 1, sources}, lengthMasks(sources));
        return reshape(m_context.add("Gather", {masks, lengths}, {{"axis", std::int64_t{0}}}), {-1, 1, 1, sources});
    }

    const MultiHeadAttention& m_settings;
    OnnxLayerContext& m_context;
    const Roles m_roles;
    const std::int64_t m_width;
};

std::string toOnnx(const MultiHeadAttention& settings, OnnxLayerContext& context) { return AttentionExport(settings, context).write(); }

std::vector<LayerSample> samples() {
    return {{.settings = MultiHeadAttention{.heads = 2}, .inputs = {{2, 5, 6}}},
            {.settings = MultiHeadAttention{.heads = 3, .width = 2, .causal = true, .bias = false}, .inputs = {{2, 4, 5}}},
            {.settings = MultiHeadAttention{.heads = 1, .dropout = 0.3}, .inputs = {{3, 1, 1}, {3, 6, 4}}},
            {.settings = MultiHeadAttention{.heads = 2, .width = 4}, .inputs = {{3, 2, 4}, {3, 5, 3}, {3, 1}}, .wholeNumbers = {0, 0, 6}},
            {.settings = MultiHeadAttention{.heads = 2, .causal = true}, .inputs = {{4, 3, 4}, {4, 1}}, .wholeNumbers = {0, 4}}};
}

}  // namespace multi_head_attention_layer_parts

const LayerType& multi_head_attention_layer() {
    using namespace multi_head_attention_layer_parts;
    static const LayerType type = LayerDescriptor<MultiHeadAttention, forward, toOnnx>{
        .id = "multi_head_attention",
        .title = "Multi-head attention",
        .category = "sequence",
        .summary = "Every step looks at all steps and takes over what fits it. With two inputs the steps of the first look at the second; "
                   "an input of single numbers says how long each sequence is.",
        .properties = {property("heads", &MultiHeadAttention::heads, "Heads", "How many times the steps are compared side by side, each time in another respect.",
                                {.minimum = 1, .maximum = 1024}),
                       property("width", &MultiHeadAttention::width, "Width of a head",
                                "How many numbers each head compares. 0: the features of a step shared out among the heads.",
                                {.minimum = 0, .maximum = 1 << 16}),
                       property("causal", &MultiHeadAttention::causal, "Causal", "No step sees later ones: needed where the network is to say what comes next."),
                       property("dropout", &MultiHeadAttention::dropout, "Dropout", "Part of the connections that is switched off while training.",
                                {.minimum = 0, .maximum = 0.99}),
                       property("bias", &MultiHeadAttention::bias, "Bias", "Adds learned numbers after the linear maps (but those of the keys, where they would change nothing).")},
        .minimumInputs = 1,
        .maximumInputs = 3,
        .samples = samples};
    return type;
}

}  // namespace lamina
