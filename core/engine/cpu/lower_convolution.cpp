// Convolution and its gradients through oneDNN, sub-batch by sub-batch. Weights are reordered from the store's plain order at every
// step; every sub-batch gives its own gradient of the weights, and a fixed tree adds them.
#include <algorithm>
#include <array>

#include "core/engine/cpu/lowering.h"
#include "core/engine/cpu/primitive_step.h"

namespace lamina::cpu {

namespace {

using onednn::Description;
using Dims = dnnl::memory::dims;
using Tag = dnnl::memory::format_tag;
constexpr auto f32 = dnnl::memory::data_type::f32;
constexpr std::int64_t wantedSlices = 8;

Tag tagOf(Layout layout) { return layout == Layout::Plain ? Tag::nchw : layout == Layout::Blocked8 ? Tag::nChw8c : Tag::nChw16c; }

struct Geometry {
    Dims x, w, y;
    bool grouped;
    onednn::Convolution window;

    static Dims withBatch(Dims dims, std::int64_t n) {
        dims[0] = n;
        return dims;
    }
    Description plainWeights() const { return Description(w, f32, grouped ? Tag::goihw : Tag::oihw); }
    Description anyWeights() const { return Description(w, f32, Tag::any); }
    Description bias() const { return Description({y[1]}, f32, Tag::x); }
};

Geometry geometryOf(const Shape& x, const Shape& w, const Shape& y, const WindowAttributes& a) {
    const Dims weights = a.groups == 1 ? Dims(w) : Dims{a.groups, w[0] / a.groups, w[1], w[2], w[3]};
    return {x,
            weights,
            y,
            a.groups != 1,
            {{a.stride[0], a.stride[1]}, {a.dilation[0] - 1, a.dilation[1] - 1}, {a.padding[0], a.padding[1]}, {a.padding[2], a.padding[3]}}};
}

/// The layout that a description stands for, if it is one of ours.
std::optional<Layout> layoutOf(const Description& d, const Dims& dims) {
    for (Layout layout : {Layout::Plain, Layout::Blocked16, Layout::Blocked8})
        if (d == Description(dims, f32, tagOf(layout))) return layout;
    return std::nullopt;
}

/// A primitive for sub-batches of n images, with the layouts it wants for x and y.
template <class PrimitiveDescription>
struct Chosen {
    PrimitiveDescription description;
    Layout x, y;
};

struct Tags {
    Tag x, y;
};
/// oneDNN's own choice first, then layouts that we can produce.
const std::vector<Tags> anyTags{{Tag::any, Tag::any}, {Tag::nChw16c, Tag::nChw16c}, {Tag::nChw8c, Tag::nChw8c}, {Tag::nchw, Tag::nchw}};

/// The first layouts of `tags` for which there is a primitive; per layout the automatic algorithm first.
template <class Make>
auto choose(const Geometry& g, std::int64_t n, const std::vector<Tags>& tags, Make&& make) {
    using PrimitiveDescription = decltype(make(dnnl::algorithm::convolution_auto, Description(), Description()));
    const Dims xDims = Geometry::withBatch(g.x, n), yDims = Geometry::withBatch(g.y, n);
    for (const Tags& t : tags)
        for (auto algorithm : {dnnl::algorithm::convolution_auto, dnnl::algorithm::convolution_direct}) {
            try {
                auto description = make(algorithm, Description(xDims, f32, t.x), Description(yDims, f32, t.y));
                const bool backwardData = std::is_same_v<PrimitiveDescription, onednn::BackwardData>;
                const bool backwardWeights = std::is_same_v<PrimitiveDescription, onednn::BackwardWeights>;
                const auto x = layoutOf(backwardData ? description.diff_src_desc() : description.src_desc(), xDims);
                const auto y = layoutOf(backwardData || backwardWeights ? description.diff_dst_desc() : description.dst_desc(), yDims);
                if (x && y) return Chosen<PrimitiveDescription>{std::move(description), *x, *y};
            } catch (const dnnl::error&) {
                // this combination is not implemented; the next one is tried, and the last is rethrown
                if (&t == &tags.back() && algorithm == dnnl::algorithm::convolution_direct) throw;
            }
        }
    throw dnnl::error(dnnl_unimplemented, "no layout of this convolution is known here");
}

/// The primitive for the last sub-batch takes the layouts (and weights) of the others.
template <class PrimitiveDescription>
std::vector<Tags> sameTags(const Chosen<PrimitiveDescription>& whole) {
    return {{tagOf(whole.x), tagOf(whole.y)}};
}

onednn::Forward forwardHint(const Geometry& g, std::int64_t n) {
    const Description x(Geometry::withBatch(g.x, n), f32, Tag::any), y(Geometry::withBatch(g.y, n), f32, Tag::any);
    return onednn::forward(dnnl::algorithm::convolution_auto, x, g.anyWeights(), Description(), y, g.window, onednn::attributes());
}

/// The batch cut into sub-batches: a function of the batch size alone.
Cut batchCut(std::int64_t n) { return {n, std::max<std::int64_t>(1, (n + wantedSlices - 1) / wantedSlices)}; }

std::int64_t bytesOf(const Description& d) { return PlanBuilder::roundedBytes(static_cast<std::int64_t>(d.get_size())); }

template <class Primitive, class PrimitiveDescription>
PrimitiveStep::Form formOf(const PrimitiveDescription& whole, const PrimitiveDescription& last) {
    return {Primitive(whole), Primitive(last), whole.scratchpad_desc(), last.scratchpad_desc()};
}

std::string weightsName(const Description& d) { return std::to_string(d.get_size() / sizeof(float)) + " numbers"; }

/// Adds a step that brings weights from one order to another; gives the buffer that holds them.
int addWeightsReorder(PlanBuilder& builder, const Description& from, int fromBuffer, const Description& to, int toBuffer, const char* what) {
    const dnnl::reorder::primitive_desc description(onednn::engine(), from, onednn::engine(), to, onednn::attributes());
    const Description pad = description.scratchpad_desc();
    const int padBuffer = builder.scratchPerThread(bytesOf(pad) + 64);
    builder.addHelper(std::make_unique<PrimitiveStep>(
                          std::vector<int>{fromBuffer, toBuffer, padBuffer}, 1, builder.threads(),
                          PrimitiveStep::Form{dnnl::reorder(description), dnnl::reorder(description), pad, pad},
                          std::vector<PrimitiveStep::Argument>{{DNNL_ARG_FROM, 0, 0, from, from}, {DNNL_ARG_TO, 1, 0, to, to}}, 2, bytesOf(pad) + 64),
                      std::string("reorder ") + what + ", " + weightsName(to));
    return toBuffer;
}

int weightsIn(PlanBuilder& builder, const Geometry& g, ValueId weights, const Description& wanted) {
    const int plain = builder.in(weights);
    if (wanted == g.plainWeights()) return plain;
    return addWeightsReorder(builder, g.plainWeights(), plain, wanted, builder.scratch(bytesOf(wanted)), "weights oihw→blocked");
}

/// Adds the primitive over all sub-batches. `images`: arguments that move on by sub-batch.
struct Parts {
    std::vector<int> buffers;
    std::vector<PrimitiveStep::Argument> arguments;

    void add(int name, int buffer, std::int64_t sliceBytes, const Description& whole, const Description& last) {
        arguments.push_back({name, buffers.size(), sliceBytes, whole, last});
        buffers.push_back(buffer);
    }
    void addImages(int name, int buffer, const Description& whole, const Description& last) {
        add(name, buffer, static_cast<std::int64_t>(whole.get_size()), whole, last);
    }
    void addSame(int name, int buffer, const Description& d) { add(name, buffer, 0, d, d); }
};

void addPrimitive(PlanBuilder& builder, Parts parts, const Cut& cut, PrimitiveStep::Form form, const std::string& implementation, Layout x,
                  Layout y) {
    const std::int64_t padBytes = std::max(bytesOf(form.wholeScratchpad), bytesOf(form.lastScratchpad)) + 64;
    const std::size_t pad = parts.buffers.size();
    parts.buffers.push_back(builder.scratchPerThread(padBytes));
    const std::string note = cut.slices() == 1 ? "one image per slice: a batch of 1 runs on one thread" : "";
    builder.add(std::make_unique<PrimitiveStep>(std::move(parts.buffers), cut.slices(), builder.threads(), std::move(form),
                                                std::move(parts.arguments), pad, padBytes),
                "oneDNN " + implementation + " " + layoutName(x) + "→" + layoutName(y) + ", " + std::to_string(cut.slices()) + " slices of " +
                    std::to_string(cut.unit) + " images",
                note);
}

void lowerForward(PlanBuilder& builder, const FusedOp& fused) {
    const auto& a = fused.op.as<WindowAttributes>();
    const ValueId x = fused.op.inputs[0], w = fused.op.inputs[1], y = fused.op.outputs[0];
    const Geometry g = geometryOf(builder.shape(x), builder.shape(w), builder.shape(y), a);
    const Cut cut = batchCut(g.x[0]);
    const float slope = a.activation == UnaryKind::LeakyRelu ? static_cast<float>(a.activationAlpha) : 0.0f;
    const auto attributes = a.activation ? onednn::attributesWithRelu(slope) : onednn::attributes();
    const auto chosen = [&](std::int64_t n, const std::vector<Tags>& tags, const Description& weights) {
        return choose(g, n, tags, [&](auto algorithm, const Description& dx, const Description& dy) {
            return onednn::forward(algorithm, dx, weights, a.bias ? g.bias() : Description(), dy, g.window, attributes);
        });
    };
    const auto whole = chosen(cut.unit, anyTags, g.anyWeights());
    const Description weights = whole.description.weights_desc();
    const auto last = chosen(cut.length(cut.slices() - 1), sameTags(whole), weights);
    Parts parts;
    parts.addImages(DNNL_ARG_SRC, builder.in(x, whole.x), whole.description.src_desc(), last.description.src_desc());
    parts.addSame(DNNL_ARG_WEIGHTS, weightsIn(builder, g, w, weights), weights);
    if (a.bias) parts.addSame(DNNL_ARG_BIAS, builder.in(fused.op.inputs[2]), g.bias());
    parts.addImages(DNNL_ARG_DST, builder.out(y, whole.y), whole.description.dst_desc(), last.description.dst_desc());
    addPrimitive(builder, std::move(parts), cut, formOf<dnnl::convolution_forward>(whole.description, last.description),
                 whole.description.impl_info_str(), whole.x, whole.y);
}

void lowerBackwardData(PlanBuilder& builder, const FusedOp& fused) {
    const ValueId dy = fused.op.inputs[0], w = fused.op.inputs[1], dx = fused.op.outputs[0];
    const Geometry g = geometryOf(builder.shape(dx), builder.shape(w), builder.shape(dy), fused.op.as<WindowAttributes>());
    const Cut cut = batchCut(g.x[0]);
    const auto chosen = [&](std::int64_t n, const std::vector<Tags>& tags, const Description& weights) {
        const auto hint = forwardHint(g, n);
        return choose(g, n, tags, [&](auto algorithm, const Description& sx, const Description& sy) {
            return onednn::backwardData(algorithm, sx, weights, sy, g.window, hint);
        });
    };
    const auto whole = chosen(cut.unit, anyTags, g.anyWeights());
    const Description weights = whole.description.weights_desc();
    const auto last = chosen(cut.length(cut.slices() - 1), sameTags(whole), weights);
    Parts parts;
    parts.addImages(DNNL_ARG_DIFF_DST, builder.in(dy, whole.y), whole.description.diff_dst_desc(), last.description.diff_dst_desc());
    parts.addSame(DNNL_ARG_WEIGHTS, weightsIn(builder, g, w, weights), weights);
    parts.addImages(DNNL_ARG_DIFF_SRC, builder.out(dx, whole.x), whole.description.diff_src_desc(), last.description.diff_src_desc());
    addPrimitive(builder, std::move(parts), cut, formOf<dnnl::convolution_backward_data>(whole.description, last.description),
                 whole.description.impl_info_str(), whole.y, whole.x);
}

/// Adds `parts` arrays of `count` numbers, `stride` apart, in a fixed tree; the sum lands in the first.
void addTree(PlanBuilder& builder, int buffer, int parts, std::int64_t stride, std::int64_t count, const char* what) {
    if (parts == 1) return;
    const Cut cut{count, pointwiseUnit / 4};
    builder.addSliced(
        {buffer}, cut.slices(),
        [=](const RunContext& run, void* const* p, int s) {
            float* const first = static_cast<float*>(p[0]) + cut.first(s);
            for (int step = 1; step < parts; step *= 2)
                for (int i = 0; i + step < parts; i += 2 * step) run.kernels.addTo(first + i * stride, first + (i + step) * stride, cut.length(s));
        },
        std::string("tree of ") + std::to_string(parts) + " " + what);
}

void addCopy(PlanBuilder& builder, int from, int to, std::int64_t count) {
    builder.addSliced(
        {from, to}, 1,
        [=](const RunContext& run, void* const* p, int) { run.kernels.copy(static_cast<float*>(p[0]), 1, static_cast<float*>(p[1]), count); },
        "copy");
}

void lowerBackwardWeights(PlanBuilder& builder, const FusedOp& fused) {
    const ValueId x = fused.op.inputs[0], dy = fused.op.inputs[1], dw = fused.op.outputs[0];
    const Geometry g = geometryOf(builder.shape(x), builder.shape(dw), builder.shape(dy), fused.op.as<WindowAttributes>());
    const Cut cut = batchCut(g.x[0]);
    const bool withBias = fused.biasGradient != noValue;
    const auto chosen = [&](std::int64_t n, const std::vector<Tags>& tags, const Description& weights) {
        const auto hint = forwardHint(g, n);
        return choose(g, n, tags, [&](auto algorithm, const Description& sx, const Description& sy) {
            return onednn::backwardWeights(algorithm, sx, weights, withBias ? g.bias() : Description(), sy, g.window, hint);
        });
    };
    const auto whole = chosen(cut.unit, anyTags, g.anyWeights());
    const Description weights = whole.description.diff_weights_desc();
    const auto last = chosen(cut.length(cut.slices() - 1), sameTags(whole), weights);
    const std::int64_t weightBytes = bytesOf(weights), biasBytes = bytesOf(g.bias());
    const bool direct = cut.slices() == 1 && weights == g.plainWeights();
    const int partial = direct ? builder.out(dw) : builder.scratch(weightBytes * cut.slices());
    const int biasPartial = withBias ? builder.scratch(biasBytes * cut.slices()) : -1;
    Parts parts;
    parts.addImages(DNNL_ARG_SRC, builder.in(x, whole.x), whole.description.src_desc(), last.description.src_desc());
    parts.addImages(DNNL_ARG_DIFF_DST, builder.in(dy, whole.y), whole.description.diff_dst_desc(), last.description.diff_dst_desc());
    parts.add(DNNL_ARG_DIFF_WEIGHTS, partial, weightBytes, weights, weights);
    if (withBias) parts.add(DNNL_ARG_DIFF_BIAS, biasPartial, biasBytes, g.bias(), g.bias());
    addPrimitive(builder, std::move(parts), cut, formOf<dnnl::convolution_backward_weights>(whole.description, last.description),
                 whole.description.impl_info_str(), whole.x, whole.y);
    addTree(builder, partial, cut.slices(), weightBytes / 4, static_cast<std::int64_t>(weights.get_size() / 4), "weight gradients");
    if (!direct) addWeightsReorder(builder, weights, partial, g.plainWeights(), builder.out(dw), "gradient blocked→oihw");
    if (!withBias) return;
    addTree(builder, biasPartial, cut.slices(), biasBytes / 4, g.y[1], "bias gradients");
    addCopy(builder, biasPartial, builder.out(fused.biasGradient), g.y[1]);
}

}  // namespace

void lowerConvolution(PlanBuilder& builder, const FusedOp& fused) {
    if (fused.op.kind == OpKind::Conv2d) return lowerForward(builder, fused);
    if (fused.op.kind == OpKind::Conv2dBackwardData) return lowerBackwardData(builder, fused);
    lowerBackwardWeights(builder, fused);
}

}  // namespace lamina::cpu
