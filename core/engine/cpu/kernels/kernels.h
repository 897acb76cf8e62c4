// The inner loops of the CPU device, compiled once per instruction set and reached through a table of functions.
// All pointers are to float32; lengths are in numbers. No kernel allocates or knows about threads.
#pragma once

#include <cstdint>

#include "core/engine/formulas/optimizers.h"
#include "core/tensor/random.h"

namespace lamina::cpu {

using Size = std::int64_t;

/// One tile of a matrix product: c[rows, columns] = a·b (+ what c holds) (+ bias) → activation → mask. A place of a packed operand holds the numbers of
/// ProductKernels::perPlace values of k.
struct GemmTile {
    const float* a = nullptr;  ///< packed: k times mr places
    const float* b = nullptr;  ///< k rows of nr places, strideB apart
    Size strideB = 0;
    float* packTo = nullptr;  ///< where b's rows are copied on the way, packed (columns = nr then); nullptr: they are not
    Size k = 0;  ///< places
    float* c = nullptr;
    Size strideC = 0;
    int rows = 0, columns = 0;    ///< ≤ mr, ≤ nr
    bool accumulate = false;      ///< add to c
    const float* bias = nullptr;  ///< one number per column, or nullptr
    bool relu = false;            ///< x > 0 ? x : slope·x, after the bias
    float slope = 0;
    const float* mask = nullptr;  ///< where mask ≤ 0 the result is 0; nullptr: no mask
    Size strideMask = 0;
    /// Places as large as the tile, rows strideSoon apart, that are needed soon: fetched from memory meanwhile. The first nullptr: none.
    const float* soon[3] = {};
    Size strideSoon = 0;
};

/// A pooling window over one plane of `lanes` interleaved channels.
struct PoolShape {
    Size height = 0, width = 0, outHeight = 0, outWidth = 0;
    Size kernelHeight = 1, kernelWidth = 1, strideHeight = 1, strideWidth = 1, dilationHeight = 1, dilationWidth = 1, top = 0, left = 0, bottom = 0,
         right = 0;
    bool countPadding = false;
};

/// How a slice of a dropout is numbered.
struct DropoutNumbers {
    RandomStream stream;
    float rate, scale;
};

/// One row of a layer normalisation; gamma and beta are nullptr where they are not learned.
struct LayerNormRow {
    const float *x, *gamma, *beta;
    float *mean, *rstd;
    Size size;
};

/// One item of a recurrent layer at one time; blocks of `units` numbers. Gates as in ONNX, `extra`: the cell (Lstm) or the recurrent side of the
/// hidden gate (Gru).
struct RecurrentCell {
    Size units = 0;
    float* gates = nullptr;              ///< forward: sums, then what the gates give
    float* extra = nullptr;
    const float* extraBefore = nullptr;  ///< Lstm: the cell one step before
    const float* before = nullptr;       ///< Gru: the state one step before
    float* h = nullptr;                  ///< forward: the state now
    const float* dy = nullptr;           ///< backward: from the output
    float* dh = nullptr;                 ///< backward: from the next step; Gru: then what goes to the state before past the gates
    float* dc = nullptr;                 ///< Lstm backward: from the next step, then for the one before
    float* dGates = nullptr;             ///< backward: of the sums; Gru a fourth block: of the recurrent side of the hidden gate
};

/// How operands of matrix products are brought in order and multiplied.
struct ProductKernels {
    /// Numbers of k in one place (32 bits) of a packed operand: 1, or 2 of 16 bits each (the last place is filled up with 0).
    int perPlace;
    bool readsPlain;  ///< the tile can take rows of B from where they lie, unpacked
    /// rows ≤ mr rows of A into groups of mr places. element(r, k) = a[r·strideRow + k] or, transposed, a[k·strideRow + r].
    void (*packA)(const float* a, Size strideRow, bool transposed, int rows, Size k, float* packed);
    /// columns ≤ nr columns of B into rows of nr places, the rest 0. element(k, c) = b[k·strideRow + c] or, transposed, b[c·strideRow + k].
    void (*packB)(const float* b, Size strideRow, bool transposed, int columns, Size k, float* packed);
    void (*tile)(const GemmTile& tile);

    Size places(Size k) const { return (k + perPlace - 1) / perPlace; }
};

struct Kernels {
    const char* name;  ///< "AVX-512"
    int mr, nr;

    ProductKernels float32, bfloat16;
    const ProductKernels& products(Precision precision) const { return precision == Precision::Bfloat16 ? bfloat16 : float32; }
    /// The processor multiplies bfloat16 by itself.
    bool hasBfloat16() const { return bfloat16.perPlace > 1; }
    /// y = x rounded to bfloat16, in float32 or in 16 bits each.
    void (*roundToBfloat16)(const float* x, float* y, Size n);
    void (*toBfloat16)(const float* x, std::uint16_t* y, Size n);

    void (*unary)(UnaryKind kind, float alpha, const float* x, float* y, Size n);
    void (*unaryBackward)(UnaryKind kind, float alpha, const float* x, const float* y, const float* dy, float* dx, Size n);
    /// strideA, strideB are 0 or 1.
    void (*binary)(BinaryKind kind, const float* a, Size strideA, const float* b, Size strideB, float* y, Size n);
    void (*copy)(const float* x, Size stride, float* y, Size n);

    /// `used` ≤ lanes plain planes into one interleaved plane (the other lanes 0), and back.
    void (*interleave)(const float* x, Size places, Size used, Size lanes, float* y);
    void (*takeApart)(const float* x, Size places, Size used, Size lanes, float* y);

    /// y[c·strideY + r] = x[r·strideX + c]
    void (*transpose)(const float* x, Size strideX, Size rows, Size columns, float* y, Size strideY);

    double (*sum)(const float* x, Size n);
    /// The largest; NaN where any of them is, -∞ of none.
    float (*largest)(const float* x, Size n);
    /// y = the larger of y and x; NaN where either is.
    void (*raiseTo)(float* y, const float* x, Size n);
    /// sums[c] = sum over rows of x[r·stride + c], columns ≤ 256.
    void (*columnSums)(const float* x, Size rows, Size stride, Size columns, double* sums);
    void (*addTo)(float* sum, const float* x, Size n);
    bool (*allFinite)(const float* x, Size n);
    /// The largest |x|; NaN where any of them is.
    float (*largestMagnitude)(const float* x, Size n);

    void (*softmax)(const float* x, float* y, Size n);
    void (*logSoftmax)(const float* x, float* y, Size n);
    void (*softmaxBackward)(const float* y, const float* dy, float* dx, Size n);
    /// The same down each of columns ≤ 64 columns that lie side by side; rows are stride apart.
    void (*softmaxColumns)(const float* x, float* y, Size n, Size stride, Size columns);
    void (*logSoftmaxColumns)(const float* x, float* y, Size n, Size stride, Size columns);
    void (*softmaxBackwardColumns)(const float* y, const float* dy, float* dx, Size n, Size stride, Size columns);
    double (*crossEntropyRow)(const float* logits, Size n, Size label);
    void (*crossEntropyBackwardRow)(const float* logits, Size n, Size label, float scale, float* dx);
    double (*binaryCrossEntropy)(const float* logits, const float* targets, Size n);
    void (*binaryCrossEntropyBackward)(const float* logits, const float* targets, float scale, float* dx, Size n);

    /// x and y begin at element `first` of the whole.
    void (*dropout)(const DropoutNumbers& numbers, const float* x, float* y, Size first, Size n);
    void (*gaussianNoise)(const RandomStream& stream, float deviation, const float* x, float* y, Size first, Size n);
    void (*update)(const OptimizerAttributes& attributes, const formulas::UpdateNumbers<float>& numbers, float* p, const float* g, float* m, float* v, Size n);

    void (*maxPool)(const PoolShape& shape, Size lanes, const float* x, float* y);
    void (*maxPoolBackward)(const PoolShape& shape, Size lanes, bool masked, const float* x, const float* y, const float* dy, float* dx);
    void (*averagePool)(const PoolShape& shape, Size lanes, const float* x, float* y);
    void (*averagePoolBackward)(const PoolShape& shape, Size lanes, const float* dy, float* dx);

    /// sums[l] += sum over count places of x[place·lanes + l]
    void (*laneSums)(const float* x, Size count, Size lanes, float* sums);
    /// sums[l] += sum of (x - mean[l])²
    void (*laneSquares)(const float* x, const float* mean, Size count, Size lanes, float* sums);
    /// sums[l] += sum of dy, products[l] += sum of dy·(x - mean[l])
    void (*laneProducts)(const float* x, const float* dy, const float* mean, Size count, Size lanes, float* sums, float* products);
    /// y = (x - mean[l])·factor[l] + offset[l]
    void (*laneAffine)(const float* x, const float* mean, const float* factor, const float* offset, float* y, Size count, Size lanes);
    /// dx = dy·a[l] + (x - mean[l])·b[l] + c[l]; abc: a, b and c, stride apart
    void (*laneBackward)(const float* x, const float* dy, const float* mean, const float* abc, Size stride, float* dx, Size count, Size lanes);

    /// y and the row's mean and rstd; backward from these and dy. y may be x, dx may be dy.
    void (*layerNorm)(const LayerNormRow& row, double epsilon, bool centered, float* y);
    void (*layerNormBackward)(const LayerNormRow& row, const float* dy, bool centered, float* dx);
    /// dgamma[c] = sum over rows of dy·(x - mean)·rstd, dbeta[c] = sum of dy; columns ≤ 256.
    void (*layerNormSums)(const float* x, const float* dy, const float* mean, const float* rstd, Size rows, Size stride, Size columns, double* dgamma,
                          double* dbeta);
    void (*recurrentForward)(const RecurrentCell& cell, RecurrentKind kind, bool relu);
    void (*recurrentBackward)(const RecurrentCell& cell, RecurrentKind kind, bool relu);
};

/// The best table for this machine; a name ("v2", "v3", "v4") asks for that one (or the best below it that runs here).
const Kernels& kernelsFor(const char* instructionSet);

}  // namespace lamina::cpu
