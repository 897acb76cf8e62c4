// The ops as functions: what layers, losses and gradients are written in. Each appends to the graph and gives the new value
// (noValue after a problem, which Graph::error() keeps). Shapes in brackets. B = any shape.
#pragma once

#include "core/engine/graph.h"

namespace lamina::ops {

/// Matrix product [M,K]·[K,N] → [M,N]; transposeA: A is given as [K,M]; transposeB: B is given as [N,K].
ValueId gemm(Graph& g, ValueId a, ValueId b, bool transposeA = false, bool transposeB = false);

/// Cross-correlation (what every framework calls convolution): x[N,C,H,W], w[O,C/groups,kh,kw] → [N,O,Ho,Wo],
/// Ho = floor((H + top + bottom - dilation·(kh-1) - 1) / stride) + 1. `window.kernel` is taken from w.
ValueId conv2d(Graph& g, ValueId x, ValueId w, WindowAttributes window);
/// dL/dx of conv2d from dL/dy and w; window.otherShape = shape of x.
ValueId conv2dBackwardData(Graph& g, ValueId dy, ValueId w, WindowAttributes window);
/// dL/dw of conv2d from x and dL/dy; window.otherShape = shape of w.
ValueId conv2dBackwardWeights(Graph& g, ValueId x, ValueId dy, WindowAttributes window);

/// Largest (the first where equal) or average number of every window, per channel: [N,C,H,W] → [N,C,Ho,Wo]. Padded places never win a maximum
/// and count in the average only with window.countPadding.
ValueId maxPool2d(Graph& g, ValueId x, WindowAttributes window);
ValueId averagePool2d(Graph& g, ValueId x, WindowAttributes window);
/// Gradients; MaxPool2dBackward takes x, y, dy. window.otherShape = shape of x.
ValueId maxPool2dBackward(Graph& g, ValueId x, ValueId y, ValueId dy, WindowAttributes window);
ValueId averagePool2dBackward(Graph& g, ValueId dy, WindowAttributes window);

/// Point-wise f(x), any shape.
ValueId unary(Graph& g, UnaryKind kind, ValueId x, double alpha = 0);
/// dy · f'(x), written in x and y = f(x): each formula says which of the two it reads.
ValueId unaryBackward(Graph& g, UnaryKind kind, ValueId x, ValueId y, ValueId dy, double alpha = 0);
/// Point-wise of two values, with NumPy's broadcasting (sizes equal or 1, aligned at the right).
ValueId binary(Graph& g, BinaryKind kind, ValueId a, ValueId b);
inline ValueId add(Graph& g, ValueId a, ValueId b) { return binary(g, BinaryKind::Add, a, b); }
inline ValueId subtract(Graph& g, ValueId a, ValueId b) { return binary(g, BinaryKind::Subtract, a, b); }
inline ValueId multiply(Graph& g, ValueId a, ValueId b) { return binary(g, BinaryKind::Multiply, a, b); }
inline ValueId scale(Graph& g, ValueId x, double factor) { return unary(g, UnaryKind::Scale, x, factor); }
/// Adds bias[C] along axis 1 of x ([N,C] or [N,C,H,W]); the fusion pass knows this form.
ValueId addBias(Graph& g, ValueId x, ValueId bias);

/// Sum, mean or maximum over axes; empty axes = all of them. The maximum counts as a constant: no gradient passes through it.
ValueId reduce(Graph& g, ReduceKind kind, ValueId x, std::vector<std::int64_t> axes, bool keepAxes = false);
/// Repeats axes of size 1 to `shape`.
ValueId broadcast(Graph& g, ValueId x, Shape shape);
/// The same numbers in the same (logical) order under another shape. No copy where the physical layout is plain.
ValueId reshape(Graph& g, ValueId x, Shape shape);
/// [.., a, ..] and [.., b, ..] → [.., a+b, ..].
ValueId concat(Graph& g, std::vector<ValueId> parts, std::int64_t axis);
ValueId slice(Graph& g, ValueId x, std::int64_t axis, std::int64_t begin, std::int64_t length);

/// Axes in another order: axis i of what comes out is axis axes[i] of x.
ValueId transpose(Graph& g, ValueId x, std::vector<std::int64_t> axes);
/// before[i] and after[i] numbers equal to `value` around axis i.
ValueId pad(Graph& g, ValueId x, std::vector<std::int64_t> before, std::vector<std::int64_t> after, double value = 0);
/// Matrix products of the last two axes, a[.., M,K]·b[.., K,N] → [.., M,N]; the leading axes are equal, or one side has none and serves all
/// (a[M,K] or b[K,N]). transposeA: a is given as [.., K,M]; transposeB: b as [.., N,K].
ValueId matMul(Graph& g, ValueId a, ValueId b, bool transposeA = false, bool transposeB = false);
/// Rows of table[V,D] → [B.., D], by indices[B..] (int32, or float rounded to the nearest whole number). An index outside 0 … V-1 gives zeros
/// and no gradient.
ValueId gather(Graph& g, ValueId table, ValueId indices);
/// dL/dtable of gather: dy's rows summed by index, in their order. `table` is the shape given.
ValueId gatherBackward(Graph& g, ValueId indices, ValueId dy, Shape table);
/// indices[B..] (as in gather) → [B.., classes]: 1 at the index, else 0; all 0 where it is outside. No gradient.
ValueId oneHot(Graph& g, ValueId indices, std::int64_t classes);
/// min(max(x, lowest), highest), in the two binary ops.
ValueId clip(Graph& g, ValueId x, double lowest, double highest);
/// x + number.
inline ValueId offset(Graph& g, ValueId x, double number) { return unary(g, UnaryKind::Offset, x, number); }

/// exp(x - max) / sum along `axis` (negative counts from the end).
ValueId softmax(Graph& g, ValueId x, std::int64_t axis = -1);
ValueId softmaxBackward(Graph& g, ValueId y, ValueId dy, std::int64_t axis);
/// x - max - log Σ exp(x - max) along `axis`.
ValueId logSoftmax(Graph& g, ValueId x, std::int64_t axis = -1);
/// Mean over the batch of -log softmax(logits[N,C])[label[N] int32] → scalar. Stable: log-sum-exp.
/// A label outside 0 … C-1 gives its row neither loss nor gradient; the divisor stays N.
ValueId crossEntropy(Graph& g, ValueId logits, ValueId labels);
/// (softmax(logits) - onehot(labels)) · dLoss / N.
ValueId crossEntropyBackward(Graph& g, ValueId logits, ValueId labels, ValueId dLoss);
/// Mean over all elements of max(z,0) - z·t + log(1 + exp(-|z|)), z = logits[B], t = targets[B] in [0,1] → scalar.
ValueId binaryCrossEntropy(Graph& g, ValueId logits, ValueId targets);
ValueId binaryCrossEntropyBackward(Graph& g, ValueId logits, ValueId targets, ValueId dLoss);

/// Batch normalisation (Ioffe & Szegedy 2015) over all axes but 1 of x[N,C] or [N,C,H,W].
/// Training: y = gamma·(x - mean)·rstd + beta with the batch's own mean and biased variance; updates the states
/// runningMean, runningVariance in place: running += momentum·(batch - running), the variance unbiased there (as PyTorch);
/// a statistic of the batch that is not finite leaves its state as it is.
struct BatchNorm {
    ValueId y, mean, rstd;
};
BatchNorm batchNormTraining(Graph& g, ValueId x, ValueId gamma, ValueId beta, ValueId runningMean, ValueId runningVariance,
                            BatchNormAttributes attributes);
ValueId batchNormInference(Graph& g, ValueId x, ValueId gamma, ValueId beta, ValueId runningMean, ValueId runningVariance,
                           BatchNormAttributes attributes);
struct BatchNormGradient {
    ValueId dx, dgamma, dbeta;
};
BatchNormGradient batchNormBackward(Graph& g, ValueId x, ValueId dy, ValueId gamma, ValueId mean, ValueId rstd, BatchNormAttributes attributes);

/// Layer normalisation (Ba et al. 2016) of every row of x[R,D]: y = (x - mean)·rstd [·gamma[D] + beta[D]], rstd = 1/sqrt(variance + epsilon), biased
/// variance. Not centered (RMSNorm, Zhang & Sennrich 2019): y = x·rstd [·gamma], rstd = 1/sqrt(mean(x²) + epsilon), mean 0. mean[R], rstd[R].
/// gamma and beta are noValue where attributes.affine is false, beta also where not centered.
struct LayerNorm {
    ValueId y, mean, rstd;
};
LayerNorm layerNorm(Graph& g, ValueId x, ValueId gamma, ValueId beta, LayerNormAttributes attributes);
struct LayerNormGradient {
    ValueId dx, dgamma, dbeta;  ///< noValue where there is no gamma or beta
};
LayerNormGradient layerNormBackward(Graph& g, ValueId x, ValueId dy, ValueId gamma, ValueId mean, ValueId rstd, LayerNormAttributes attributes);

/// A recurrent layer over a whole sequence, G gates (Simple 1, Lstm 4, Gru 3): x[N,T,C], w[G·H,C], r[G·H,H], b[G·H] for the input, rb[G·H] for the
/// recurrent side, lengths[N] (float or int32) with attributes.lengths, else noValue. States start at 0. Formulas as ONNX's RNN, LSTM, GRU with
/// linear_before_reset = 1 (PyTorch's form). y[N,T,H]; `reserve` is what the backward pass needs, in a form of the device's own.
struct Recurrent {
    ValueId y, reserve;
};
Recurrent recurrent(Graph& g, ValueId x, ValueId w, ValueId r, ValueId b, ValueId rb, ValueId lengths, RecurrentAttributes attributes);
/// dL/d of recurrent's inputs; `reserve` is that of the forward op. lengths: noValue without attributes.lengths.
struct RecurrentGradient {
    ValueId dx, dw, dr, db, drb;
};
RecurrentGradient recurrentBackward(Graph& g, ValueId x, ValueId w, ValueId r, ValueId reserve, ValueId dy, ValueId lengths, RecurrentAttributes attributes);

/// y = x + deviation · RandomStream(seed, stream, step).normal(element). The gradient passes unchanged.
ValueId gaussianNoise(Graph& g, ValueId x, NoiseAttributes attributes);

/// y = x / (1 - rate) where RandomStream(seed, stream, step).uniform(element) >= rate, else 0. Its gradient is the same op on dy.
ValueId dropout(Graph& g, ValueId x, DropoutAttributes attributes);

/// 1 where every element of every input is finite, else 0 → scalar. Made before any OptimizerUpdate.
ValueId allFinite(Graph& g, std::vector<ValueId> inputs);
/// Updates parameter (and slots) in place from its gradient; does nothing where `finite` is 0. The learning rate and the
/// update's number come with the StepContext. The op's inputs: parameter, gradient, slots…, finite; no outputs.
/// Slots: Sgd with momentum 1, Adam, AdamW and Nadam 2 (m, v), RmsProp 1 (with momentum 2), Adagrad 1, Lion 1. Formulas: formulas/optimizers.h.
/// Ema: inputs parameter, parameter again in the gradient's place, one slot: slot = beta2·slot + (1 - beta2)·parameter; the parameter stays.
void optimizerUpdate(Graph& g, ValueId parameter, ValueId gradient, std::vector<ValueId> slots, ValueId finite, OptimizerAttributes attributes);


/// Runs `function` on the values (core/engine/host_function.h): shapes and types are what it infers. No gradient.
std::vector<ValueId> hostFunction(Graph& g, std::shared_ptr<const HostFunction> function, std::vector<ValueId> inputs);

}  // namespace lamina::ops
