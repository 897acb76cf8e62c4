#include "core/layers/layer_type.h"

namespace lamina {
namespace log_layer_parts {

/// The smallest number that a float holds with all its digits.
constexpr double tiny = 1.17549435e-38;

struct Log {
    double smallest = 1e-7;
};

ValueId forward(const Log& settings, LayerContext& context) {
    Graph& g = context.graph;
    const ValueId raised = ops::binary(g, BinaryKind::Maximum, context.input(), g.constant("smallest", {}, {settings.smallest}));
    return ops::unary(g, UnaryKind::Log, raised);
}

std::string toOnnx(const Log& settings, OnnxLayerContext& context) {
    const std::string smallest = context.constant("smallest", {{}, std::vector<float>{static_cast<float>(settings.smallest)}});
    return context.add("Log", {context.add("Clip", {context.inputs()[0], smallest})});
}

Result<Log> fromOnnx(const OnnxNode&, OnnxImportContext&) { return Log{.smallest = tiny}; }

std::vector<LayerSample> samples() {
    return {{.settings = Log{}, .inputs = {{3, 7}}, .lift = 1.5},
            {.settings = Log{.smallest = 0.5}, .inputs = {{2, 3, 5, 1}}}};
}

}  // namespace log_layer_parts

const LayerType& log_layer() {
    using namespace log_layer_parts;
    static const LayerType type = LayerDescriptor<Log, forward, toOnnx>{
        .id = "log",
        .title = "Logarithm",
        .category = "math",
        .summary = "The natural logarithm: brings numbers of very different sizes close together, such as prices or counts.",
        .properties = {property("smallest", &Log::smallest, "Smallest number", "Anything below counts as this number: 0 and negative numbers have no logarithm.",
                                {.minimum = tiny, .maximum = 1e30})},
        .onnxOps = {"Log"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
