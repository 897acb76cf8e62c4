// Matrix products for processors that multiply bfloat16 (AVX512-BF16): a place of a packed operand holds two numbers of k, and one instruction multiplies
// and adds both of them. The instructions take numbers below 2^-126 for 0.
#include <immintrin.h>

#include <algorithm>

#include "core/engine/cpu/kernels/gemm_tile.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

struct Pairs {
    static __m512bh each(const float* place) {
        int pair;
        __builtin_memcpy(&pair, place, sizeof pair);
        return (__m512bh)_mm512_set1_epi32(pair);
    }
    static void add(Vector& sum, __m512bh each, Vector b) { sum = (Vector)_mm512_dpbf16_ps((__m512)sum, each, (__m512bh)b); }
};

/// The first `count` (0 … 16) numbers from p on, 0 for the others.
inline __m512 some(const float* p, Size count) {
    return _mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << std::clamp<Size>(count, 0, lanes)) - 1), p);
}

/// Neighbours of a row as pairs: places of 32 numbers, of which `count` are there.
inline Vector pairsAlong(const float* p, Size count) {
    return (Vector)(__m512)_mm512_cvtne2ps_pbh(some(p + lanes, count - lanes), some(p, count));
}

/// Numbers of two rows as pairs.
inline Vector pairsAcross(__m512 first, __m512 second) {
    alignas(64) static constexpr std::uint16_t order[] = {0, 16, 1, 17, 2,  18, 3,  19, 4,  20, 5,  21, 6,  22, 7,  23,
                                                          8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31};
    const __m512i both = (__m512i)_mm512_cvtne2ps_pbh(second, first);
    return (Vector)(__m512)_mm512_permutexvar_epi16(_mm512_load_si512(order), both);
}

/// A place of A. Every store but the last writes past its mr places; the next one puts that right.
inline void storePlace(float* packed, Vector v, bool last) {
    if (last) _mm512_mask_storeu_ps(packed, (1 << mr) - 1, (__m512)v);
    else store(packed, v);
}

void packTransposedA(const float* a, Size strideRow, int rows, Size k, float* packed) {
    for (Size i = 0; i < k; i += 2) {
        const float* const row = a + i * strideRow;
        storePlace(packed + i / 2 * mr, pairsAcross(some(row, rows), i + 1 < k ? some(row + strideRow, rows) : __m512{}), i + 2 >= k);
    }
}

void packA(const float* a, Size strideRow, bool transposed, int rows, Size k, float* packed) {
    if (transposed) return packTransposedA(a, strideRow, rows, k, packed);
    for (Size i = 0; i < k; i += 2 * lanes) {
        Vector block[lanes];
#pragma GCC unroll 16
        for (int r = 0; r < lanes; ++r) block[r] = r < rows ? pairsAlong(a + r * strideRow + i, k - i) : Vector{};
        transpose(block);
        const Size places = std::min<Size>(lanes, (k - i + 1) / 2);
#pragma GCC unroll 16
        for (int place = 0; place < lanes; ++place)
            if (place < places) storePlace(packed + (i / 2 + place) * mr, block[place], i + 2 * (place + 1) >= k);
    }
}

void packTransposedB(const float* b, Size strideRow, int columns, Size k, float* packed) {
    for (Size i = 0; i < k; i += 2 * lanes)
        for (int first = 0; first < nr; first += lanes) {
            Vector block[lanes];
#pragma GCC unroll 16
            for (int c = 0; c < lanes; ++c) {
                const float* const from = b + (first + c) * strideRow + i;
                __builtin_prefetch(from + 4 * lanes);  // more rows than the machine follows by itself
                __builtin_prefetch(from + 5 * lanes);
                block[c] = first + c < columns ? pairsAlong(from, k - i) : Vector{};
            }
            transpose(block);
            const Size places = std::min<Size>(lanes, (k - i + 1) / 2);
#pragma GCC unroll 16
            for (int place = 0; place < lanes; ++place)
                if (place < places) store(packed + (i / 2 + place) * nr + first, block[place]);
        }
}

void packB(const float* b, Size strideRow, bool transposed, int columns, Size k, float* packed) {
    if (transposed) return packTransposedB(b, strideRow, columns, k, packed);
    for (Size i = 0; i < k; i += 2)
        for (int first = 0; first < nr; first += lanes) {
            const float* const row = b + i * strideRow + first;
            __builtin_prefetch(row + ahead * strideRow);
            __builtin_prefetch(row + (ahead + 1) * strideRow);
            store(packed + i / 2 * nr + first,
                  pairsAcross(some(row, columns - first), i + 1 < k ? some(row + strideRow, columns - first) : __m512{}));
        }
}

}  // namespace

void multiplyBfloat16(Kernels& table) { table.bfloat16 = {2, false, packA, packB, runTile<Pairs>}; }

}  // namespace lamina::cpu::LAMINA_ISA
