#include <cmath>

#include "core/layers/layer_type.h"

namespace lamina {
namespace gelu_layer_parts {

struct Gelu {
    std::string form = "exact";
};

ValueId forward(const Gelu& settings, LayerContext& context) {
    return ops::unary(context.graph, settings.form == "tanh" ? UnaryKind::GeluTanh : UnaryKind::Gelu, context.input());
}

std::string number(OnnxLayerContext& context, const char* name, double value) {
    return context.constant(name, {{1}, std::vector<float>{static_cast<float>(value)}});
}

/// x / √2 through erf: the form in which PyTorch writes it, too.
std::string exactCurve(OnnxLayerContext& context, const std::string& x) {
    return context.add("Erf", {context.add("Div", {x, number(context, "root_of_two", std::sqrt(2.0))})});
}

/// √(2/π) · (x + 0.044715 · x³) through tanh (Hendrycks & Gimpel 2016).
std::string tanhCurve(OnnxLayerContext& context, const std::string& x) {
    const std::string cube = context.add("Pow", {x, number(context, "three", 3)});
    const std::string small = context.add("Mul", {cube, number(context, "part_of_cube", 0.044715)});
    const std::string sum = context.add("Add", {x, small});
    return context.add("Tanh", {context.add("Mul", {sum, number(context, "root_of_two_by_pi", std::sqrt(2 / std::acos(-1.0)))})});
}

/// The operator Gelu came with a later opset than Lamina writes.
std::string toOnnx(const Gelu& settings, OnnxLayerContext& context) {
    const std::string& x = context.inputs()[0];
    const std::string curve = settings.form == "tanh" ? tanhCurve(context, x) : exactCurve(context, x);
    const std::string raised = context.add("Add", {curve, number(context, "one", 1)});
    return context.add("Mul", {context.add("Mul", {x, raised}), number(context, "half", 0.5)});
}

Result<Gelu> fromOnnx(const OnnxNode& node, OnnxImportContext&) { return Gelu{.form = node.text("approximate", "none") == "tanh" ? "tanh" : "exact"}; }

std::vector<LayerSample> samples() {
    return {{.settings = Gelu{}, .inputs = {{3, 7}}},
            {.settings = Gelu{}, .inputs = {{2, 3, 5, 1}}, .lift = -2},
            {.settings = Gelu{.form = "tanh"}, .inputs = {{3, 7}}},
            {.settings = Gelu{.form = "tanh"}, .inputs = {{2, 3, 5, 1}}, .lift = -2}};
}

}  // namespace gelu_layer_parts

const LayerType& gelu_layer() {
    using namespace gelu_layer_parts;
    static const LayerType type = LayerDescriptor<Gelu, forward, toOnnx>{
        .id = "gelu",
        .title = "GELU",
        .category = "activation",
        .summary = "A smooth ReLU that lets small negative numbers through a little: what transformers use between two layers.",
        .properties = {property("form", &Gelu::form, "Form",
                                "Exact, or the older approximation with tanh that some models were trained with; they differ by less than 0.001.",
                                {.choices = {"exact", "tanh"}})},
        .onnxOps = {"Gelu"},
        .fromOnnx = fromOnnx,
        .samples = samples};
    return type;
}

}  // namespace lamina
