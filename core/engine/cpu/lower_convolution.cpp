// Convolution and its gradients through oneDNN, sub-batch by sub-batch. Weights are reordered from the store's plain order at every
// step; every sub-batch gives its own gradient of the weights, and a fixed tree adds them.
#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "core/engine/cpu/lowering.h"
#include "core/engine/cpu/primitive_step.h"
#include "core/engine/op_type.h"

namespace lamina::cpu {

namespace lower_convolution_parts {

using onednn::Description;
using Dims = dnnl::memory::dims;
using Tag = dnnl::memory::format_tag;
using DataType = dnnl::memory::data_type;
constexpr auto f32 = DataType::f32, bf16 = DataType::bf16;
using Algorithms = std::vector<dnnl::algorithm>;
constexpr std::int64_t wantedSlices = 8;

Tag tagOf(Layout layout) { return layout == Layout::Plain ? Tag::nchw : layout == Layout::Blocked8 ? Tag::nChw8c : Tag::nChw16c; }

/// How what is multiplied lies in memory. Rounded: to bfloat16, but still as float32, where the library does not multiply bfloat16 well.
enum class Operands : std::uint8_t { Float32, Rounded, Bfloat16 };

int operandIn(PlanBuilder& builder, ValueId value, Layout layout, Operands operands) {
    return operands == Operands::Float32 ? builder.in(value, layout) : builder.inBfloat16(value, layout, operands == Operands::Rounded);
}

struct Geometry {
    Dims x, w, y;
    bool grouped;
    onednn::Convolution window;
    DataType typeX = f32, typeW = f32, typeY = f32;

    static Dims withBatch(Dims dims, std::int64_t n) {
        dims[0] = n;
        return dims;
    }
    Description plainWeights() const { return Description(w, f32, grouped ? Tag::goihw : Tag::oihw); }
    Description anyWeights() const { return Description(w, typeW, Tag::any); }
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
std::optional<Layout> layoutOf(const Description& d, const Dims& dims, DataType type) {
    for (Layout layout : {Layout::Plain, Layout::Blocked16, Layout::Blocked8})
        if (d == Description(dims, type, tagOf(layout))) return layout;
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

/// oneDNN's plain loops: hundreds of times slower than any other form, and there for every layout.
template <class PrimitiveDescription>
bool isPlainLoops(const PrimitiveDescription& description) {
    return std::string_view(description.impl_info_str()).starts_with("ref");
}

/// The first layouts of `tags` for which there is a primitive; per layout the first of the algorithms. Plain loops only where there is nothing else.
template <class Make>
auto choose(const Geometry& g, std::int64_t n, const std::vector<Tags>& tags, const Algorithms& algorithms, Make&& make, bool plainLoops = false)
    -> Chosen<decltype(make(dnnl::algorithm::convolution_auto, Description(), Description()))> {
    using PrimitiveDescription = decltype(make(dnnl::algorithm::convolution_auto, Description(), Description()));
    const Dims xDims = Geometry::withBatch(g.x, n), yDims = Geometry::withBatch(g.y, n);
    for (const Tags& t : tags)
        for (auto algorithm : algorithms) {
            try {
                auto description = make(algorithm, Description(xDims, g.typeX, t.x), Description(yDims, g.typeY, t.y));
                const bool backwardData = std::is_same_v<PrimitiveDescription, onednn::BackwardData>;
                const bool backwardWeights = std::is_same_v<PrimitiveDescription, onednn::BackwardWeights>;
                const auto x = layoutOf(backwardData ? description.diff_src_desc() : description.src_desc(), xDims, g.typeX);
                const auto y = layoutOf(backwardData || backwardWeights ? description.diff_dst_desc() : description.dst_desc(), yDims, g.typeY);
                if (x && y && (plainLoops || !isPlainLoops(description))) return Chosen<PrimitiveDescription>{std::move(description), *x, *y};
            } catch (const dnnl::error&) {
                // this combination is not implemented; the next one is tried, and the last is rethrown
                if (plainLoops && &t == &tags.back() && algorithm == algorithms.back()) throw;
            }
        }
    if (!plainLoops) return choose(g, n, tags, algorithms, make, true);
    throw dnnl::error(dnnl_unimplemented, "no layout of this convolution is known here");
}

/// The primitive for the last sub-batch takes the layouts (and weights) of the others.
template <class PrimitiveDescription>
std::vector<Tags> sameTags(const Chosen<PrimitiveDescription>& whole) {
    return {{tagOf(whole.x), tagOf(whole.y)}};
}

onednn::Forward forwardHint(const Geometry& g, std::int64_t n) {
    const DataType type = g.typeX == bf16 || g.typeY == bf16 ? bf16 : f32;
    const Description x(Geometry::withBatch(g.x, n), type, Tag::any), w(g.w, type, Tag::any), y(Geometry::withBatch(g.y, n), type, Tag::any);
    return onednn::forward(dnnl::algorithm::convolution_auto, x, w, Description(), y, g.window, onednn::attributes());
}

/// The batch cut into sub-batches: a function of shapes alone.
Cut batchCut(std::int64_t n) { return {n, std::max<std::int64_t>(1, (n + wantedSlices - 1) / wantedSlices)}; }

/// How a convolution is computed: sub-batches, and the algorithms in the order they are tried.
struct Method {
    Cut cut;
    Algorithms algorithms;
    bool winograd() const { return algorithms.front() == dnnl::algorithm::convolution_winograd; }
};

bool isPlain3x3(const WindowAttributes& a) {
    return a.kernel == std::array<std::int64_t, 2>{3, 3} && a.stride == std::array<std::int64_t, 2>{1, 1} &&
           a.dilation == std::array<std::int64_t, 2>{1, 1} && a.groups == 1;
}

/// Winograd's F(4×4, 3×3) (Lavin & Gray 2016) takes a quarter of the multiplications but transforms the weights first. Where that is done once
/// (fixed weights) it is worth it wherever the tiles fit; else in every sub-batch, which must then have tiles enough and may become larger for that.
/// `made`: the shape of the pictures that are computed; its borders leave a part of the last tiles unused.
Method methodFor(const Geometry& g, const Dims& made, const WindowAttributes& a, Operands operands, bool fixedWeights = false) {
    constexpr std::int64_t leastTiles = 32, leastSlices = 4;
    constexpr double leastUse = 0.55;
    const std::int64_t leastChannels = fixedWeights ? 16 : 32;
    Method method{batchCut(g.x[0]), {dnnl::algorithm::convolution_direct, dnnl::algorithm::convolution_auto}};
    if (operands == Operands::Bfloat16 || !isPlain3x3(a) || std::min(g.x[1], g.y[1]) < leastChannels || g.x[1] % 16 != 0 || g.y[1] % 16 != 0) return method;
    const std::int64_t tiles = (made[2] + 3) / 4 * ((made[3] + 3) / 4);
    if (static_cast<double>(g.y[2] * g.y[3]) < leastUse * 16 * static_cast<double>(tiles)) return method;
    Cut cut = method.cut;
    while (!fixedWeights && cut.unit * tiles < leastTiles && Cut{cut.total, 2 * cut.unit}.slices() >= leastSlices) cut.unit *= 2;
    if (!fixedWeights && cut.unit * tiles < leastTiles) return method;
    method.algorithms.insert(method.algorithms.begin(), dnnl::algorithm::convolution_winograd);
    method.cut = cut;
    return method;
}

std::int64_t bytesOf(const Description& d) { return PlanBuilder::roundedBytes(static_cast<std::int64_t>(d.get_size())); }

template <class Primitive, class PrimitiveDescription>
PrimitiveStep::Form formOf(const PrimitiveDescription& whole, const PrimitiveDescription& last) {
    return {Primitive(whole), Primitive(last), whole.scratchpad_desc(), last.scratchpad_desc()};
}

std::string weightsName(const Description& d) { return std::to_string(d.get_size() / sizeof(float)) + " numbers"; }

/// Weights in plain order and in blocks, cut into parts that lie one after another in both.
struct WeightParts {
    int count = 1;
    Description plain, blocked;                     ///< of one part
    std::int64_t plainBytes = 0, blockedBytes = 0;  ///< from part to part
};

/// Cut by output channels where blocks of them follow one another, else by input channels; small weights stay whole.
WeightParts weightPartsOf(const Geometry& g, const Description& blocked) {
    constexpr std::int64_t least = 1 << 15;
    const Description plain = g.plainWeights();
    const WeightParts whole{1, plain, blocked, 0, 0};
    if (g.grouped || g.w[0] * g.w[1] * g.w[2] * g.w[3] < least) return whole;
    struct Order {
        Tag tag;
        std::size_t axis;
    };
    for (const auto& [tag, axis] : {Order{Tag::OIhw16i16o, 0}, Order{Tag::OIhw16o16i, 0}, Order{Tag::IOhw16o16i, 1}, Order{Tag::IOhw16i16o, 1},
                                    Order{Tag::OIhw8i16o2i, 0}, Order{Tag::OIhw8o16i2o, 0}, Order{Tag::IOhw8o16i2o, 1}}) {
        if (blocked != Description(g.w, g.typeW, tag)) continue;
        for (const int count : {8, 4, 2}) {
            if (g.w[axis] % (16 * count) != 0) continue;
            Dims part = g.w;
            part[axis] /= count;
            const Dims strides{g.w[1] * g.w[2] * g.w[3], g.w[2] * g.w[3], g.w[3], 1};
            const Description partBlocked(part, g.typeW, tag);
            return {count, Description(part, f32, strides), partBlocked, part[axis] * strides[axis] * 4,
                    static_cast<std::int64_t>(partBlocked.get_size())};
        }
    }
    return whole;
}

PrimitiveStep::Form reorderForm(const Description& from, const Description& to, const Description& lastFrom, const Description& lastTo) {
    const dnnl::reorder::primitive_desc whole(onednn::engine(), from, onednn::engine(), to, onednn::attributes());
    const dnnl::reorder::primitive_desc last(onednn::engine(), lastFrom, onednn::engine(), lastTo, onednn::attributes());
    return {dnnl::reorder(whole), dnnl::reorder(last), whole.scratchpad_desc(), last.scratchpad_desc()};
}

std::unique_ptr<Step> reorderStep(PlanBuilder& builder, const PrimitiveStep::Argument& from, const PrimitiveStep::Argument& to, int fromBuffer,
                                  int toBuffer, int slices) {
    PrimitiveStep::Form form = reorderForm(from.whole, to.whole, from.last, to.last);
    const std::int64_t pad = std::max(bytesOf(form.wholeScratchpad), bytesOf(form.lastScratchpad)) + 64;
    const int padBuffer = builder.scratchPerThread(pad);
    return std::make_unique<PrimitiveStep>(std::vector<int>{fromBuffer, toBuffer, padBuffer}, slices, builder.threads(), std::move(form),
                                           std::vector<PrimitiveStep::Argument>{from, to}, 2, pad);
}

std::unique_ptr<Step> weightsReorder(PlanBuilder& builder, const Geometry& g, const Description& blocked, int plainBuffer, int blockedBuffer,
                                     bool toPlain) {
    const WeightParts parts = weightPartsOf(g, blocked);
    const PrimitiveStep::Argument plain{toPlain ? DNNL_ARG_TO : DNNL_ARG_FROM, toPlain ? 1u : 0u, parts.plainBytes, parts.plain, parts.plain};
    const PrimitiveStep::Argument other{toPlain ? DNNL_ARG_FROM : DNNL_ARG_TO, toPlain ? 0u : 1u, parts.blockedBytes, parts.blocked, parts.blocked};
    return toPlain ? reorderStep(builder, other, plain, blockedBuffer, plainBuffer, parts.count)
                   : reorderStep(builder, plain, other, plainBuffer, blockedBuffer, parts.count);
}

/// What a convolution multiplies by, in plain order.
struct Weights {
    int buffer, bias;  ///< bias: -1 where there is none
    bool fixed;        ///< the same in every run, until parameters are written
};

/// Weights in the order a primitive wants, for all its slices.
int weightsIn(PlanBuilder& builder, const Geometry& g, const Weights& weights, const Description& wanted) {
    if (wanted == g.plainWeights()) return weights.buffer;
    const int blocked = weights.fixed ? builder.lasting(bytesOf(wanted)) : builder.scratch(bytesOf(wanted));
    auto step = weightsReorder(builder, g, wanted, weights.buffer, blocked, false);
    const std::string text = "reorder weights oihw→blocked, " + weightsName(wanted);
    weights.fixed ? builder.addOnce(std::move(step), text) : builder.addHelper(std::move(step), text);
    return blocked;
}

void addGradientReorder(PlanBuilder& builder, const Geometry& g, const Description& blocked, int blockedBuffer, int plainBuffer) {
    builder.addHelper(weightsReorder(builder, g, blocked, plainBuffer, blockedBuffer, true),
                      "reorder gradient blocked→oihw, " + weightsName(blocked));
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

void addPrimitive(PlanBuilder& builder, Parts parts, const Cut& cut, PrimitiveStep::Form form, const std::string& implementation, Layout x, Layout y,
                  const char* unit = "images") {
    const std::int64_t padBytes = std::max(bytesOf(form.wholeScratchpad), bytesOf(form.lastScratchpad)) + 64;
    const std::size_t pad = parts.buffers.size();
    parts.buffers.push_back(builder.scratchPerThread(padBytes));
    const std::string note = cut.slices() == 1 ? "one image per slice: a batch of 1 runs on one thread" : "";
    builder.add(std::make_unique<PrimitiveStep>(std::move(parts.buffers), cut.slices(), builder.threads(), std::move(form),
                                                std::move(parts.arguments), pad, padBytes),
                "oneDNN " + implementation + " " + layoutName(x) + "→" + layoutName(y) + ", " + std::to_string(cut.slices()) + " slices of " +
                    std::to_string(cut.unit) + " " + unit,
                note);
}

/// Batches too small to occupy the threads are cut by output channels too: `parts` of `blocks` blocks of 16, the last perhaps smaller.
struct OutputCut {
    std::int64_t parts = 1, blocks = 1;
};

OutputCut outputCut(const Geometry& g, double flops) {
    constexpr std::int64_t wantedParts = 4, leastBlocks = 2;
    constexpr double leastFlops = 1e6;
    const std::int64_t blocks = (g.y[1] + 15) / 16, images = g.x[0];
    const auto wanted = std::min<std::int64_t>(
        {wantedParts / std::max<std::int64_t>(1, images), blocks / leastBlocks, static_cast<std::int64_t>(flops / leastFlops)});
    if (g.grouped || wanted < 2) return {1, blocks};
    const std::int64_t size = (blocks + wanted - 1) / wanted;
    if (images > 1 && g.y[1] % (16 * size) != 0) return {1, blocks};  // only the very last slice may be smaller
    return {(blocks + size - 1) / size, size};
}

Geometry withOutputs(Geometry g, std::int64_t channels) {
    g.y[1] = channels;
    if (!g.grouped) g.w[0] = channels;
    return g;
}

/// What forward convolutions of one kind have in common.
struct ForwardMaker {
    const WindowAttributes& window;
    bool bias;
    bool fixedWeights;
    Algorithms algorithms;

    auto make(const Geometry& g, std::int64_t n, const std::vector<Tags>& tags, const Description& weights) const {
        const float slope = window.activation == UnaryKind::LeakyRelu ? static_cast<float>(window.activationAlpha) : 0.0f;
        const auto attributes = window.activation ? onednn::attributesWithRelu(slope) : onednn::attributes();
        return choose(g, n, tags, algorithms, [&](auto algorithm, const Description& dx, const Description& dy) {
            // Winograd in the form for use takes weights that were transformed before
            const bool forUse = fixedWeights && algorithm == dnnl::algorithm::convolution_winograd;
            return onednn::forward(algorithm, dx, weights, bias ? g.bias() : Description(), dy, g.window, attributes, forUse);
        });
    }
};

/// Every part's weights in the form its primitive wants, one after another.
int addPartWeights(PlanBuilder& builder, const Geometry& part, const Geometry& lastPart, const Weights& weights, const Description& wanted,
                   const Description& lastWanted, std::int64_t parts) {
    const std::int64_t bytes = std::max(bytesOf(wanted), bytesOf(lastWanted));
    const int to = weights.fixed ? builder.lasting(parts * bytes) : builder.scratch(parts * bytes);
    const Description plain = part.plainWeights();
    auto step = reorderStep(builder, {DNNL_ARG_FROM, 0, static_cast<std::int64_t>(plain.get_size()), plain, lastPart.plainWeights()},
                            {DNNL_ARG_TO, 1, bytes, wanted, lastWanted}, weights.buffer, to, static_cast<int>(parts));
    const std::string text = "reorder weights by parts of the channels, " + weightsName(wanted) + " each";
    weights.fixed ? builder.addOnce(std::move(step), text) : builder.addHelper(std::move(step), text);
    return to;
}

/// y = (conv(x, w) + b - mean)·factor + beta as conv(x, w·factor) + (b - mean)·factor + beta, factor = gamma / sqrt(variance + epsilon).
Weights foldedWeights(PlanBuilder& builder, const FusedOp& fused) {
    const Op& norm = *fused.norm;
    const Shape& shape = builder.shape(fused.op.inputs[1]);
    const std::int64_t filters = shape[0], size = elementCount(shape) / std::max<std::int64_t>(1, filters);
    const int weights = builder.lasting(filters * size * 4), bias = builder.lasting(filters * 4);
    const int before = fused.op.as<WindowAttributes>().bias ? builder.in(fused.op.inputs[2]) : -1;
    std::vector<int> buffers{builder.in(fused.op.inputs[1]), before, weights, bias};
    for (std::size_t i = 1; i < 5; ++i) buffers.push_back(builder.in(norm.inputs[i]));
    builder.addOnce(std::make_unique<SlicedStep>(
                        std::move(buffers), 1,
                        [=, epsilon = norm.as<BatchNormAttributes>().epsilon](const RunContext&, void* const* p, int) {
                            const auto from = [&](int i, std::int64_t at) { return static_cast<double>(static_cast<float*>(p[i])[at]); };
                            for (std::int64_t f = 0; f < filters; ++f) {
                                const double factor = from(4, f) / std::sqrt(from(7, f) + epsilon);
                                for (std::int64_t i = f * size; i < (f + 1) * size; ++i)
                                    static_cast<float*>(p[2])[i] = static_cast<float>(from(0, i) * factor);
                                static_cast<float*>(p[3])[f] = static_cast<float>(((p[1] ? from(1, f) : 0) - from(6, f)) * factor + from(5, f));
                            }
                        }),
                    "weights with the batch norm in them");
    return {weights, bias, true};
}

/// In plain order and float32; rounded where that is all that can be done, else the primitive's own order is in bfloat16.
int plainWeightsIn(PlanBuilder& builder, ValueId w, Operands operands) {
    return operandIn(builder, w, Layout::Plain, operands == Operands::Rounded ? operands : Operands::Float32);
}

Weights givenWeights(PlanBuilder& builder, const FusedOp& fused, Operands operands) {
    if (fused.norm) return foldedWeights(builder, fused);
    const ValueId w = fused.op.inputs[1];
    return {plainWeightsIn(builder, w, operands), fused.op.as<WindowAttributes>().bias ? builder.in(fused.op.inputs[2]) : -1, builder.isFixed(w)};
}

void lowerForwardByChannels(PlanBuilder& builder, const FusedOp& fused, const Geometry& g, const ForwardMaker& maker, const OutputCut& cut,
                            const Weights& given, Operands operands) {
    const ValueId x = fused.op.inputs[0], y = fused.op.outputs[0];
    const Geometry part = withOutputs(g, 16 * cut.blocks), lastPart = withOutputs(g, g.y[1] - 16 * cut.blocks * (cut.parts - 1));
    const auto whole = maker.make(part, 1, {{Tag::any, Tag::nChw16c}, {Tag::nChw16c, Tag::nChw16c}, {Tag::nchw, Tag::nChw16c}}, part.anyWeights());
    const auto last = maker.make(lastPart, 1, sameTags(whole), lastPart.anyWeights());
    const int parts = static_cast<int>(cut.parts), images = static_cast<int>(g.x[0]);
    const Description weights = whole.description.weights_desc(), lastWeights = last.description.weights_desc();
    const std::int64_t weightBytes = std::max(bytesOf(weights), bytesOf(lastWeights));
    const auto imageBytes = static_cast<std::int64_t>(whole.description.src_desc().get_size());
    Parts arguments;
    arguments.add(DNNL_ARG_SRC, operandIn(builder, x, whole.x, operands), imageBytes, whole.description.src_desc(), last.description.src_desc());
    arguments.arguments.back().every = parts;
    arguments.add(DNNL_ARG_WEIGHTS, addPartWeights(builder, part, lastPart, given, weights, lastWeights, cut.parts), weightBytes, weights,
                  lastWeights);
    arguments.arguments.back().period = parts;
    if (given.bias >= 0) {
        arguments.add(DNNL_ARG_BIAS, given.bias, 4 * part.y[1], part.bias(), lastPart.bias());
        arguments.arguments.back().period = parts;
    }
    arguments.addImages(DNNL_ARG_DST, builder.out(y, Layout::Blocked16), whole.description.dst_desc(), last.description.dst_desc());
    addPrimitive(builder, std::move(arguments), {cut.parts * images, 1}, formOf<dnnl::convolution_forward>(whole.description, last.description),
                 whole.description.impl_info_str(), whole.x, Layout::Blocked16, "parts of the channels");
}

/// Whether the library multiplies bfloat16 here by more than plain loops.
template <class Choice>
bool isUsable(const Choice& choice, Operands operands) {
    return operands != Operands::Bfloat16 || !isPlainLoops(choice.description);
}

/// false (and nothing was added): these operands have no good primitive.
bool lowerForward(PlanBuilder& builder, const FusedOp& fused, Operands operands) {
    const auto& a = fused.op.as<WindowAttributes>();
    const ValueId x = fused.op.inputs[0], w = fused.op.inputs[1], y = fused.op.outputs[0];
    Geometry g = geometryOf(builder.shape(x), builder.shape(w), builder.shape(y), a);
    const OutputCut parts = outputCut(g, opType(OpKind::Conv2d).flops(builder.graph(), fused.op));
    if (operands == Operands::Bfloat16) {
        if (parts.parts > 1) return false;
        g.typeX = g.typeW = bf16;
    }
    // transformed weights fit sub-batches of one size only
    const bool fixed = builder.isFixed(w) && (parts.parts > 1 || g.x[0] % batchCut(g.x[0]).unit == 0);
    const Method method = methodFor(g, g.y, a, operands, fixed);
    const ForwardMaker maker{a, a.bias || fused.norm, fixed, method.algorithms};
    if (parts.parts > 1) {
        lowerForwardByChannels(builder, fused, g, maker, parts, givenWeights(builder, fused, operands), operands);
        return true;
    }
    const Cut& cut = method.cut;
    const auto whole = maker.make(g, cut.unit, anyTags, g.anyWeights());
    if (!isUsable(whole, operands)) return false;
    const Description weights = whole.description.weights_desc();
    const auto last = maker.make(g, cut.length(cut.slices() - 1), sameTags(whole), weights);
    const Weights given = givenWeights(builder, fused, operands);
    Parts arguments;
    arguments.addImages(DNNL_ARG_SRC, operandIn(builder, x, whole.x, operands), whole.description.src_desc(), last.description.src_desc());
    arguments.addSame(DNNL_ARG_WEIGHTS, weightsIn(builder, g, given, weights), weights);
    if (given.bias >= 0) arguments.addSame(DNNL_ARG_BIAS, given.bias, g.bias());
    arguments.addImages(DNNL_ARG_DST, builder.out(y, whole.y), whole.description.dst_desc(), last.description.dst_desc());
    addPrimitive(builder, std::move(arguments), cut, formOf<dnnl::convolution_forward>(whole.description, last.description),
                 whole.description.impl_info_str(), whole.x, whole.y);
    return true;
}

bool lowerBackwardData(PlanBuilder& builder, const FusedOp& fused, Operands operands) {
    const ValueId dy = fused.op.inputs[0], w = fused.op.inputs[1], dx = fused.op.outputs[0];
    Geometry g = geometryOf(builder.shape(dx), builder.shape(w), builder.shape(dy), fused.op.as<WindowAttributes>());
    if (operands == Operands::Bfloat16) g.typeY = g.typeW = bf16;
    const Method method = methodFor(g, g.x, fused.op.as<WindowAttributes>(), operands);
    const Cut& cut = method.cut;
    const auto chosen = [&](std::int64_t n, const std::vector<Tags>& tags, const Description& weights) {
        const auto hint = forwardHint(g, n);
        return choose(g, n, tags, method.algorithms, [&](auto algorithm, const Description& sx, const Description& sy) {
            return onednn::backwardData(algorithm, sx, weights, sy, g.window, hint);
        });
    };
    const auto whole = chosen(cut.unit, anyTags, g.anyWeights());
    if (!isUsable(whole, operands)) return false;
    const Description weights = whole.description.weights_desc();
    const auto last = chosen(cut.length(cut.slices() - 1), sameTags(whole), weights);
    Parts parts;
    parts.addImages(DNNL_ARG_DIFF_DST, operandIn(builder, dy, whole.y, operands), whole.description.diff_dst_desc(), last.description.diff_dst_desc());
    parts.addSame(DNNL_ARG_WEIGHTS, weightsIn(builder, g, {plainWeightsIn(builder, w, operands), -1, builder.isFixed(w)}, weights), weights);
    parts.addImages(DNNL_ARG_DIFF_SRC, builder.out(dx, whole.x), whole.description.diff_src_desc(), last.description.diff_src_desc());
    addPrimitive(builder, std::move(parts), cut, formOf<dnnl::convolution_backward_data>(whole.description, last.description),
                 whole.description.impl_info_str(), whole.y, whole.x);
    return true;
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

/// Where the gradient of the weights is larger than what it is made of, sums of one gradient per sub-batch would cost more than the work itself: the
/// output channels are then shared out instead, each part over the whole batch. 0: by sub-batches.
std::int64_t channelParts(const Geometry& g, const Method& method) {
    const std::int64_t blocks = g.y[1] / 16, weights = g.x[1] * g.y[1] * g.w[g.w.size() - 2] * g.w.back(),
                       gradient = g.y[0] * g.y[1] * g.y[2] * g.y[3];
    if (method.winograd() || g.grouped || g.y[1] % 16 != 0 || g.x[1] % 16 != 0 || method.cut.slices() * weights < 2 * gradient) return 0;
    for (std::int64_t parts : {8, 6, 4})
        if (blocks % parts == 0) return parts;
    return 0;
}

/// dy with the channels of a part side by side for the whole batch: [parts][N, C/parts, H, W].
int addChannelParts(PlanBuilder& builder, ValueId dy, std::int64_t parts, Operands operands) {
    const Planes planes = planesOf(builder.shape(dy), Layout::Blocked16);
    // counted in 32 bits: two numbers of bfloat16 are copied like one
    const std::int64_t run = planes.groups / parts * planes.planeSize() / (operands == Operands::Bfloat16 ? 2 : 1), images = planes.batch;
    const int from = operandIn(builder, dy, Layout::Blocked16, operands), to = builder.scratch(images * parts * run * 4);
    builder.addSliced(
        {from, to}, static_cast<int>(parts),
        [=](const RunContext& context, void* const* p, int part) {
            for (std::int64_t n = 0; n < images; ++n)
                context.kernels.copy(static_cast<float*>(p[0]) + (n * parts + part) * run, 1, static_cast<float*>(p[1]) + (part * images + n) * run,
                                     run);
        },
        "copy of nChw16c by parts of the channels");
    return to;
}

/// false where there is no primitive for it.
bool lowerBackwardWeightsByChannels(PlanBuilder& builder, const FusedOp& fused, const Geometry& g, std::int64_t parts, Operands operands) {
    const ValueId x = fused.op.inputs[0], dy = fused.op.inputs[1], dw = fused.op.outputs[0];
    const bool withBias = fused.biasGradient != noValue;
    Geometry part = g;
    part.w[0] = part.y[1] = g.y[1] / parts;
    const Description weights(part.w, f32, Tag::OIhw16i16o), images(g.x, g.typeX, Tag::nChw16c), gradient(part.y, g.typeY, Tag::nChw16c);
    onednn::BackwardWeights description;
    try {
        description = onednn::backwardWeights(dnnl::algorithm::convolution_direct, images, weights, withBias ? part.bias() : Description(), gradient,
                                              g.window, forwardHint(part, g.x[0]));
    } catch (const dnnl::error&) {
        return false;
    }
    if (isPlainLoops(description)) return false;
    const Cut cut{parts, 1};
    const int blocked = builder.scratch(parts * bytesOf(weights));
    Parts arguments;
    arguments.addSame(DNNL_ARG_SRC, operandIn(builder, x, Layout::Blocked16, operands), images);
    arguments.addImages(DNNL_ARG_DIFF_DST, addChannelParts(builder, dy, parts, operands), gradient, gradient);
    arguments.addImages(DNNL_ARG_DIFF_WEIGHTS, blocked, weights, weights);
    if (withBias) arguments.addImages(DNNL_ARG_DIFF_BIAS, builder.out(fused.biasGradient), part.bias(), part.bias());
    addPrimitive(builder, std::move(arguments), cut, formOf<dnnl::convolution_backward_weights>(description, description),
                 description.impl_info_str(), Layout::Blocked16, Layout::Blocked16, "parts of the channels");
    addGradientReorder(builder, g, Description(g.w, f32, Tag::OIhw16i16o), blocked, builder.out(dw));
    return true;
}

bool lowerBackwardWeights(PlanBuilder& builder, const FusedOp& fused, Operands operands) {
    const ValueId x = fused.op.inputs[0], dy = fused.op.inputs[1], dw = fused.op.outputs[0];
    Geometry g = geometryOf(builder.shape(x), builder.shape(dw), builder.shape(dy), fused.op.as<WindowAttributes>());
    if (operands == Operands::Bfloat16) g.typeX = g.typeY = bf16;
    const Method method = methodFor(g, g.y, fused.op.as<WindowAttributes>(), operands);
    const Cut& cut = method.cut;
    if (const std::int64_t parts = channelParts(g, method); parts && lowerBackwardWeightsByChannels(builder, fused, g, parts, operands)) return true;
    const bool withBias = fused.biasGradient != noValue;
    const auto chosen = [&](std::int64_t n, const std::vector<Tags>& tags, const Description& weights) {
        const auto hint = forwardHint(g, n);
        return choose(g, n, tags, method.algorithms, [&](auto algorithm, const Description& sx, const Description& sy) {
            return onednn::backwardWeights(algorithm, sx, weights, withBias ? g.bias() : Description(), sy, g.window, hint);
        });
    };
    const auto whole = chosen(cut.unit, anyTags, g.anyWeights());
    if (!isUsable(whole, operands)) return false;
    const Description weights = whole.description.diff_weights_desc();
    const auto last = chosen(cut.length(cut.slices() - 1), sameTags(whole), weights);
    const std::int64_t weightBytes = bytesOf(weights), biasBytes = bytesOf(g.bias());
    const bool direct = cut.slices() == 1 && weights == g.plainWeights();
    const int partial = direct ? builder.out(dw) : builder.scratch(weightBytes * cut.slices());
    const int biasPartial = withBias ? builder.scratch(biasBytes * cut.slices()) : -1;
    Parts parts;
    parts.addImages(DNNL_ARG_SRC, operandIn(builder, x, whole.x, operands), whole.description.src_desc(), last.description.src_desc());
    parts.addImages(DNNL_ARG_DIFF_DST, operandIn(builder, dy, whole.y, operands), whole.description.diff_dst_desc(), last.description.diff_dst_desc());
    parts.add(DNNL_ARG_DIFF_WEIGHTS, partial, weightBytes, weights, weights);
    if (withBias) parts.add(DNNL_ARG_DIFF_BIAS, biasPartial, biasBytes, g.bias(), g.bias());
    addPrimitive(builder, std::move(parts), cut, formOf<dnnl::convolution_backward_weights>(whole.description, last.description),
                 whole.description.impl_info_str(), whole.x, whole.y);
    addTree(builder, partial, cut.slices(), weightBytes / 4, static_cast<std::int64_t>(weights.get_size() / 4), "weight gradients");
    if (!direct) addGradientReorder(builder, g, weights, partial, builder.out(dw));
    if (!withBias) return true;
    addTree(builder, biasPartial, cut.slices(), biasBytes / 4, g.y[1], "bias gradients");
    addCopy(builder, biasPartial, builder.out(fused.biasGradient), g.y[1]);
    return true;
}

bool lowerWith(PlanBuilder& builder, const FusedOp& fused, Operands operands) {
    if (fused.op.kind == OpKind::Conv2d) return lowerForward(builder, fused, operands);
    if (fused.op.kind == OpKind::Conv2dBackwardData) return lowerBackwardData(builder, fused, operands);
    return lowerBackwardWeights(builder, fused, operands);
}

bool lowerInBfloat16(PlanBuilder& builder, const FusedOp& fused) {
    try {
        return builder.kernels().hasBfloat16() && lowerWith(builder, fused, Operands::Bfloat16);
    } catch (const dnnl::error&) {
        return false;  // the library has nothing for it
    }
}

}  // namespace lower_convolution_parts

void lowerConvolution(PlanBuilder& builder, const FusedOp& fused) {
    using namespace lower_convolution_parts;
    const bool rounds = fused.op.as<WindowAttributes>().precision == Precision::Bfloat16;
    if (!rounds || !lowerInBfloat16(builder, fused)) lowerWith(builder, fused, rounds ? Operands::Rounded : Operands::Float32);
}

}  // namespace lamina::cpu
