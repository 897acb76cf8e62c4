// Matrix products in float32. The compiler fuses multiply and add here (this file alone is compiled with contraction). Operands that are to be
// multiplied as bfloat16 are rounded when they are packed.
#include "core/engine/cpu/kernels/gemm_tile.h"
#include "core/tensor/bfloat16.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

struct Float32 {
    static float each(const float* place) { return *place; }
    static void add(Vector& sum, float each, Vector b) { sum += each * b; }
};

/// Numbers of a row that is to be transposed are asked for so long before they are needed.
constexpr Size transposeAhead = 64;

/// lanes columns of A. Every store writes past its mr numbers; the next one puts that right (the caller does the last column alone).
inline void packBlock(const float* a, Size strideRow, int rows, float* packed) {
    Vector block[lanes];
#pragma GCC unroll 16
    for (int r = 0; r < lanes; ++r) block[r] = r < rows ? load(a + r * strideRow) : Vector{};
    transpose(block);
#pragma GCC unroll 16
    for (int i = 0; i < lanes; ++i) store(packed + i * mr, block[i]);
}

void packA(const float* a, Size strideRow, bool transposed, int rows, Size k, float* packed) {
    if (transposed) {
        if (rows == mr)
            for (Size i = 0; i < k; ++i) __builtin_memcpy(packed + i * mr, a + i * strideRow, mr * sizeof(float));
        else
            for (Size i = 0; i < k; ++i)
                for (int r = 0; r < rows; ++r) packed[i * mr + r] = a[i * strideRow + r];
        return;
    }
    Size i = 0;
    if constexpr (mr <= lanes)
        for (; i + lanes < k; i += lanes) packBlock(a + i, strideRow, rows, packed + i * mr);
    for (; i < k; ++i)
        for (int r = 0; r < rows; ++r) packed[i * mr + r] = a[r * strideRow + i];
}

void packBTransposed(const float* b, Size strideRow, int columns, Size k, float* packed) {
    Size i = 0;
    if (columns == nr)
        for (; i + lanes <= k; i += lanes) {
            // more rows than the machine follows by itself
            for (int c = 0; c < nr; ++c) __builtin_prefetch(b + c * strideRow + i + transposeAhead);
            transposeBlock(b + i, strideRow, packed + i * nr, nr);
            transposeBlock(b + lanes * strideRow + i, strideRow, packed + i * nr + lanes, nr);
        }
    for (; i < k; ++i)
        for (int c = 0; c < nr; ++c) packed[i * nr + c] = c < columns ? b[c * strideRow + i] : 0.0f;
}

void packB(const float* b, Size strideRow, bool transposed, int columns, Size k, float* packed) {
    if (transposed) return packBTransposed(b, strideRow, columns, k, packed);
    if (columns == nr) {
        for (Size i = 0; i < k; ++i) {
            __builtin_prefetch(b + (i + 8) * strideRow);
            __builtin_prefetch(b + (i + 8) * strideRow + lanes);
            store(packed + i * nr, load(b + i * strideRow));
            store(packed + i * nr + lanes, load(b + i * strideRow + lanes));
        }
        return;
    }
    for (Size i = 0; i < k; ++i)
        for (int c = 0; c < nr; ++c) packed[i * nr + c] = c < columns ? b[i * strideRow + c] : 0.0f;
}

void roundInPlace(float* x, Size n) {
    for (Size i = 0; i < n; ++i) x[i] = roundToBfloat16(x[i]);
}

void packARounded(const float* a, Size strideRow, bool transposed, int rows, Size k, float* packed) {
    packA(a, strideRow, transposed, rows, k, packed);
    roundInPlace(packed, k * mr);
}

void packBRounded(const float* b, Size strideRow, bool transposed, int columns, Size k, float* packed) {
    packB(b, strideRow, transposed, columns, k, packed);
    roundInPlace(packed, k * nr);
}

void transposeMatrix(const float* x, Size strideX, Size rows, Size columns, float* y, Size strideY) {
    const Size wholeRows = rows / lanes * lanes, wholeColumns = columns / lanes * lanes;
    for (Size r = 0; r < wholeRows; r += lanes)
        for (Size c = 0; c < wholeColumns; c += lanes) transposeBlock(x + r * strideX + c, strideX, y + c * strideY + r, strideY);
    for (Size c = wholeColumns; c < columns; ++c)
        for (Size r = 0; r < wholeRows; ++r) y[c * strideY + r] = x[r * strideX + c];
    for (Size c = 0; c < columns; ++c)
        for (Size r = wholeRows; r < rows; ++r) y[c * strideY + r] = x[r * strideX + c];
}

}  // namespace

void fillGemm(Kernels& table) {
    table.mr = mr;
    table.nr = nr;
    table.float32 = {1, true, packA, packB, runTile<Float32>};
    table.bfloat16 = {1, false, packARounded, packBRounded, runTile<Float32>};
    table.transpose = transposeMatrix;
}

}  // namespace lamina::cpu::LAMINA_ISA
