// The matrix product's micro-kernel. A tile of C stays in registers while k runs; the compiler fuses multiply and add here
// (this file alone is compiled with contraction).
#include <utility>

#include "core/engine/cpu/kernels/isa.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

#if defined(__AVX512F__)
constexpr int lanes = 16, mr = 14;
#elif defined(__AVX2__)
constexpr int lanes = 8, mr = 6;
#else
constexpr int lanes = 4, mr = 6;
#endif
constexpr int nr = 2 * lanes;

typedef float Vector __attribute__((vector_size(lanes * 4)));
typedef float LooseVector __attribute__((vector_size(lanes * 4), aligned(4), may_alias));
typedef std::int32_t Indices __attribute__((vector_size(lanes * 4)));

inline Vector load(const float* p) { return *reinterpret_cast<const LooseVector*>(p); }
inline void store(float* p, Vector v) { *reinterpret_cast<LooseVector*>(p) = v; }

inline Vector finish(Vector x, const GemmTile& t, int row, int column) {
    if (t.accumulate) x += load(t.c + row * t.strideC + column);
    if (t.bias) x += load(t.bias + column);
    if (t.relu) x = x > 0.0f ? x : x * t.slope;
    if (t.mask) x = load(t.mask + row * t.strideMask + column) > 0.0f ? x : Vector{};
    return x;
}

inline float finish(float x, const GemmTile& t, int row, int column) {
    if (t.accumulate) x += t.c[row * t.strideC + column];
    if (t.bias) x += t.bias[column];
    if (t.relu) x = x > 0.0f ? x : x * t.slope;
    if (t.mask) x = t.mask[row * t.strideMask + column] > 0.0f ? x : 0.0f;
    return x;
}

/// The tile at the right border: fewer than nr columns.
void storeEdge(const float* sums, const GemmTile& t) {
    for (int r = 0; r < t.rows; ++r)
        for (int c = 0; c < t.columns; ++c) t.c[r * t.strideC + c] = finish(sums[r * nr + c], t, r, c);
}

/// Rows of B that are asked for before they are needed: about 400 cycles, the way to memory.
constexpr Size ahead = 16;

/// The same for the numbers of a row that is to be transposed.
constexpr Size transposeAhead = 64;

/// At most half of a tile's columns: one vector per row (what an output layer of few classes needs).
template <int Rows>
__attribute__((noinline)) void narrowTile(const GemmTile& t) {
    Vector sums[Rows] = {};
    const float *a = t.a, *b = t.b;
    for (Size k = t.k; k > 0; --k) {
        const Vector b0 = load(b);
#pragma GCC unroll 16
        for (int r = 0; r < Rows; ++r) sums[r] += a[r] * b0;
        a += mr;
        b += t.strideB;
    }
    float edge[Rows * nr];
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) store(edge + r * nr, sums[r]);
    storeEdge(edge, t);
}

/// Cache lines of a tile's row.
constexpr Size rowLines = nr > 16 ? nr / 16 : 1;

/// One line of each place that is needed soon. One per step of k, so that the loads of the product are not held up.
inline void fetch(const GemmTile& t, Size line) {
    const Size place = line / rowLines * t.strideSoon + line % rowLines * 16;
    for (const float* soon : t.soon) __builtin_prefetch(soon + place, 0, 2);
}

/// What a tile does while it multiplies: it copies the rows of B, or fetches what is needed soon.
enum class Besides { Nothing, Pack, Fetch };

template <int Rows, Besides besides>
__attribute__((noinline)) void tile(const GemmTile& t) {
    Vector sums[Rows][2] = {};
    const float* a = t.a;
    const float* b = t.b;
    float* packed = t.packTo;
    const Size strideB = t.strideB;
    Size line = 0;
    for (Size k = t.k; k > 0; --k) {
        const Vector b0 = load(b), b1 = load(b + lanes);
        if constexpr (besides == Besides::Fetch)
            if (line < Rows * rowLines) fetch(t, line++);
        if constexpr (besides == Besides::Pack) {
            __builtin_prefetch(b + ahead * strideB);
            __builtin_prefetch(b + ahead * strideB + lanes);
            store(packed, b0);
            store(packed + lanes, b1);
            packed += nr;
        }
#pragma GCC unroll 16
        for (int r = 0; r < Rows; ++r) {
            const float q = a[r];
            sums[r][0] += q * b0;
            sums[r][1] += q * b1;
        }
        a += mr;
        b += strideB;
    }
    if (t.columns < nr) {
        float edge[Rows * nr];
#pragma GCC unroll 16
        for (int r = 0; r < Rows; ++r) {
            store(edge + r * nr, sums[r][0]);
            store(edge + r * nr + lanes, sums[r][1]);
        }
        storeEdge(edge, t);
        return;
    }
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
        store(t.c + r * t.strideC, finish(sums[r][0], t, r, 0));
        store(t.c + r * t.strideC + lanes, finish(sums[r][1], t, r, lanes));
    }
}

using TileFunction = void (*)(const GemmTile&);
template <std::size_t... Index>
struct Tiles {
    static constexpr TileFunction plain[] = {tile<Index + 1, Besides::Nothing>...}, packing[] = {tile<Index + 1, Besides::Pack>...},
                                  fetching[] = {tile<Index + 1, Besides::Fetch>...}, narrow[] = {narrowTile<Index + 1>...};
};
template <std::size_t... Index>
Tiles<Index...> tilesOf(std::index_sequence<Index...>);
using AllTiles = decltype(tilesOf(std::make_index_sequence<mr>()));

void gemmTile(const GemmTile& t) {
    const bool narrow = t.columns <= lanes && !t.packTo;
    (t.packTo ? AllTiles::packing : narrow ? AllTiles::narrow : t.soon[0] ? AllTiles::fetching : AllTiles::plain)[t.rows - 1](t);
}

/// lanes × lanes numbers transposed in registers: log2(lanes) rounds of pairwise exchange.
inline void transpose(Vector (&rows)[lanes]) {
#pragma GCC unroll 4
    for (int distance = 1; distance < lanes; distance *= 2) {
        Indices low, high;
#pragma GCC unroll 16
        for (int lane = 0; lane < lanes; ++lane) {
            const bool second = (lane & distance) != 0;
            low[lane] = second ? lanes + lane - distance : lane;
            high[lane] = second ? lanes + lane : lane + distance;
        }
#pragma GCC unroll 16
        for (int i = 0; i < lanes; ++i) {
            if (i & distance) continue;
            const Vector x = rows[i], y = rows[i + distance];
            rows[i] = __builtin_shuffle(x, y, low);
            rows[i + distance] = __builtin_shuffle(x, y, high);
        }
    }
}

/// lanes rows (stride apart) of lanes numbers, given as columns `outStride` apart.
inline void transposeBlock(const float* x, Size stride, float* y, Size outStride) {
    Vector rows[lanes];
#pragma GCC unroll 16
    for (int i = 0; i < lanes; ++i) rows[i] = load(x + i * stride);
    transpose(rows);
#pragma GCC unroll 16
    for (int i = 0; i < lanes; ++i) store(y + i * outStride, rows[i]);
}

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
    table.packA = packA;
    table.packB = packB;
    table.gemmTile = gemmTile;
    table.transpose = transposeMatrix;
}

}  // namespace lamina::cpu::LAMINA_ISA
