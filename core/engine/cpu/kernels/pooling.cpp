// Pooling over one plane whose channels are interleaved `Lanes` at a time, so that every loop over channels is one or two vectors.
#include <limits>

#include "core/engine/cpu/kernels/isa.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

/// The numbers of one place: a vector, or a single number in plain layout.
template <int Lanes>
struct Pack {
    typedef float Type __attribute__((vector_size(Lanes * 4)));
    typedef float Loose __attribute__((vector_size(Lanes * 4), aligned(4), may_alias));
};
template <>
struct Pack<1> {
    using Type = float;
    using Loose = float;
};
template <int Lanes>
using Number = typename Pack<Lanes>::Type;

template <int Lanes>
inline void get(Number<Lanes>& to, const float* from, Size place) {
    to = *reinterpret_cast<const typename Pack<Lanes>::Loose*>(from + place * Lanes);
}
template <int Lanes>
inline void put(float* to, Size place, const Number<Lanes>& from) {
    *reinterpret_cast<typename Pack<Lanes>::Loose*>(to + place * Lanes) = from;
}

/// The part of a window that lies inside the picture: positions first, first + dilation, … < last.
struct Span {
    Size first, last;
};

Span inside(Size out, Size stride, Size pad, Size kernel, Size dilation, Size size) {
    Size first = out * stride - pad;
    const Size end = first + kernel * dilation;
    if (first < 0) first += (-first + dilation - 1) / dilation * dilation;
    return {first, end < size ? end : size};
}

Span rowsOf(const PoolShape& s, Size out) { return inside(out, s.strideHeight, s.top, s.kernelHeight, s.dilationHeight, s.height); }
Span columnsOf(const PoolShape& s, Size out) { return inside(out, s.strideWidth, s.left, s.kernelWidth, s.dilationWidth, s.width); }

template <class Visit>
inline void eachPlace(const PoolShape& s, Span rows, Span columns, Visit&& visit) {
    for (Size h = rows.first; h < rows.last; h += s.dilationHeight)
        for (Size w = columns.first; w < columns.last; w += s.dilationWidth) visit(h * s.width + w);
}

template <class Visit>
inline void eachWindow(const PoolShape& s, Visit&& visit) {
    for (Size oh = 0; oh < s.outHeight; ++oh) {
        const Span rows = rowsOf(s, oh);
        for (Size ow = 0; ow < s.outWidth; ++ow) visit(oh * s.outWidth + ow, rows, columnsOf(s, ow), oh, ow);
    }
}

template <int Lanes>
void maxPoolOf(const PoolShape& s, const float* x, float* y) {
    eachWindow(s, [&](Size out, Span rows, Span columns, Size, Size) {
        Number<Lanes> best = Number<Lanes>{} - std::numeric_limits<float>::infinity(), p;
        eachPlace(s, rows, columns, [&](Size place) {
            get<Lanes>(p, x, place);
            best = ((p > best) | (p != p)) ? p : best;
        });
        put<Lanes>(y, out, best);
    });
}

/// Windows that do not share places write their gradient, others add it.
bool disjoint(const PoolShape& s) {
    return s.strideHeight >= (s.kernelHeight - 1) * s.dilationHeight + 1 && s.strideWidth >= (s.kernelWidth - 1) * s.dilationWidth + 1;
}
bool covering(const PoolShape& s) {
    return s.strideHeight == s.kernelHeight && s.strideWidth == s.kernelWidth && s.dilationHeight == 1 && s.dilationWidth == 1 &&
           s.outHeight * s.strideHeight >= s.height + s.top && s.outWidth * s.strideWidth >= s.width + s.left;
}

/// dy goes to the first place of the window that holds the maximum. `masked`: and only where that maximum is > 0.
template <int Lanes, bool Disjoint>
void spreadMaximum(const PoolShape& s, bool masked, const float* x, const float* y, const float* dy, float* dx) {
    const Number<Lanes> zero{};
    eachWindow(s, [&](Size out, Span rows, Span columns, Size, Size) {
        Number<Lanes> top, left, p, d = zero;
        get<Lanes>(top, y, out);
        get<Lanes>(left, dy, out);
        if (masked) left = top > zero ? left : zero;
        eachPlace(s, rows, columns, [&](Size place) {
            get<Lanes>(p, x, place);
            if constexpr (!Disjoint) get<Lanes>(d, dx, place);
            put<Lanes>(dx, place, d + (p == top ? left : zero));
            left = p == top ? zero : left;
        });
    });
}

template <int Lanes>
void maxPoolBackwardOf(const PoolShape& s, bool masked, const float* x, const float* y, const float* dy, float* dx) {
    if (!covering(s)) __builtin_memset(dx, 0, static_cast<std::size_t>(s.height * s.width * Lanes) * sizeof(float));
    (disjoint(s) ? spreadMaximum<Lanes, true> : spreadMaximum<Lanes, false>)(s, masked, x, y, dy, dx);
}

float averageDivisor(const PoolShape& s, Span rows, Span columns, Size oh, Size ow) {
    const auto count = [](Size first, Size last, Size dilation) { return last > first ? (last - first + dilation - 1) / dilation : 0; };
    if (!s.countPadding)
        return 1.0f / static_cast<float>(count(rows.first, rows.last, s.dilationHeight) * count(columns.first, columns.last, s.dilationWidth));
    const auto padded = [&](Size out, Size stride, Size pad, Size kernel, Size dilation, Size limit) {
        const Size first = out * stride - pad, end = first + kernel * dilation;
        return count(first, end < limit ? end : limit, dilation);
    };
    return 1.0f / static_cast<float>(padded(oh, s.strideHeight, s.top, s.kernelHeight, s.dilationHeight, s.height + s.bottom) *
                                     padded(ow, s.strideWidth, s.left, s.kernelWidth, s.dilationWidth, s.width + s.right));
}

template <int Lanes>
void averagePoolOf(const PoolShape& s, const float* x, float* y) {
    eachWindow(s, [&](Size out, Span rows, Span columns, Size oh, Size ow) {
        Number<Lanes> total{}, p;
        eachPlace(s, rows, columns, [&](Size place) {
            get<Lanes>(p, x, place);
            total += p;
        });
        put<Lanes>(y, out, total * averageDivisor(s, rows, columns, oh, ow));
    });
}

template <int Lanes>
void averagePoolBackwardOf(const PoolShape& s, const float* dy, float* dx) {
    for (Size i = 0; i < s.height * s.width * Lanes; ++i) dx[i] = 0;
    eachWindow(s, [&](Size out, Span rows, Span columns, Size oh, Size ow) {
        Number<Lanes> share, d;
        get<Lanes>(share, dy, out);
        share *= averageDivisor(s, rows, columns, oh, ow);
        eachPlace(s, rows, columns, [&](Size place) {
            get<Lanes>(d, dx, place);
            put<Lanes>(dx, place, d + share);
        });
    });
}

void maxPool(const PoolShape& s, Size lanes, const float* x, float* y) {
    lanes == 16 ? maxPoolOf<16>(s, x, y) : lanes == 8 ? maxPoolOf<8>(s, x, y) : maxPoolOf<1>(s, x, y);
}
void maxPoolBackward(const PoolShape& s, Size lanes, bool masked, const float* x, const float* y, const float* dy, float* dx) {
    const auto function = lanes == 16 ? maxPoolBackwardOf<16> : lanes == 8 ? maxPoolBackwardOf<8> : maxPoolBackwardOf<1>;
    function(s, masked, x, y, dy, dx);
}
void averagePool(const PoolShape& s, Size lanes, const float* x, float* y) {
    lanes == 16 ? averagePoolOf<16>(s, x, y) : lanes == 8 ? averagePoolOf<8>(s, x, y) : averagePoolOf<1>(s, x, y);
}
void averagePoolBackward(const PoolShape& s, Size lanes, const float* dy, float* dx) {
    lanes == 16 ? averagePoolBackwardOf<16>(s, dy, dx) : lanes == 8 ? averagePoolBackwardOf<8>(s, dy, dx) : averagePoolBackwardOf<1>(s, dy, dx);
}

}  // namespace

void fillPooling(Kernels& table) {
    table.maxPool = maxPool;
    table.maxPoolBackward = maxPoolBackward;
    table.averagePool = averagePool;
    table.averagePoolBackward = averagePoolBackward;
}

}  // namespace lamina::cpu::LAMINA_ISA
