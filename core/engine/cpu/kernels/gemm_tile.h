// The micro-kernel of matrix products, for the file that says how two numbers are multiplied and added: a tile of C stays in registers while k runs.
// `Multiply::each(place)` is one place of packed A for all lanes; `Multiply::add(sum, each, b)` adds its product with a vector of packed B.
#pragma once

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

/// At most half of a tile's columns: one vector per row (what an output layer of few classes needs).
template <class Multiply, int Rows>
__attribute__((noinline)) void narrowTile(const GemmTile& t) {
    Vector sums[Rows] = {};
    const float *a = t.a, *b = t.b;
    for (Size k = t.k; k > 0; --k) {
        const Vector b0 = load(b);
#pragma GCC unroll 16
        for (int r = 0; r < Rows; ++r) Multiply::add(sums[r], Multiply::each(a + r), b0);
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

template <class Multiply, int Rows, Besides besides>
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
            const auto q = Multiply::each(a + r);
            Multiply::add(sums[r][0], q, b0);
            Multiply::add(sums[r][1], q, b1);
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
template <class Multiply, std::size_t... Index>
struct Tiles {
    static constexpr TileFunction plain[] = {tile<Multiply, Index + 1, Besides::Nothing>...}, packing[] = {tile<Multiply, Index + 1, Besides::Pack>...},
                                  fetching[] = {tile<Multiply, Index + 1, Besides::Fetch>...}, narrow[] = {narrowTile<Multiply, Index + 1>...};
};
template <class Multiply, std::size_t... Index>
Tiles<Multiply, Index...> tilesOf(std::index_sequence<Index...>);

/// The tile in the form that its rows, columns and settings ask for.
template <class Multiply>
void runTile(const GemmTile& t) {
    using All = decltype(tilesOf<Multiply>(std::make_index_sequence<mr>()));
    const bool narrow = t.columns <= lanes && !t.packTo;
    (t.packTo ? All::packing : narrow ? All::narrow : t.soon[0] ? All::fetching : All::plain)[t.rows - 1](t);
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

}  // namespace

}  // namespace lamina::cpu::LAMINA_ISA
