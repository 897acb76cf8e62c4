// Pooling over one plane whose channels are interleaved `Lanes` at a time, so that every loop over channels is one or two vectors.
#include <limits>

#include "core/engine/cpu/kernels/isa.h"

namespace lamina::cpu::LAMINA_ISA {

namespace {

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
    for (Size oh = 0; oh < s.outHeight; ++oh)
        for (Size ow = 0; ow < s.outWidth; ++ow) visit(oh * s.outWidth + ow, rowsOf(s, oh), columnsOf(s, ow), oh, ow);
}

template <int Lanes>
void maxPoolOf(const PoolShape& s, const float* x, float* y) {
    eachWindow(s, [&](Size out, Span rows, Span columns, Size, Size) {
        float best[Lanes];
        for (int l = 0; l < Lanes; ++l) best[l] = -std::numeric_limits<float>::infinity();
        eachPlace(s, rows, columns, [&](Size place) {
            const float* p = x + place * Lanes;
            for (int l = 0; l < Lanes; ++l) best[l] = p[l] > best[l] || p[l] != p[l] ? p[l] : best[l];
        });
        for (int l = 0; l < Lanes; ++l) y[out * Lanes + l] = best[l];
    });
}

/// dy goes to the first place of the window that holds the maximum. `masked`: and only where that maximum is > 0.
template <int Lanes>
void maxPoolBackwardOf(const PoolShape& s, bool masked, const float* x, const float* y, const float* dy, float* dx) {
    for (Size i = 0; i < s.height * s.width * Lanes; ++i) dx[i] = 0;
    eachWindow(s, [&](Size out, Span rows, Span columns, Size, Size) {
        float top[Lanes], left[Lanes];
        for (int l = 0; l < Lanes; ++l) {
            top[l] = y[out * Lanes + l];
            left[l] = masked && !(top[l] > 0) ? 0.0f : dy[out * Lanes + l];
        }
        eachPlace(s, rows, columns, [&](Size place) {
            const float* p = x + place * Lanes;
            float* d = dx + place * Lanes;
            for (int l = 0; l < Lanes; ++l) {
                const bool wins = p[l] == top[l];
                d[l] += wins ? left[l] : 0.0f;
                left[l] = wins ? 0.0f : left[l];
            }
        });
    });
}

float averageDivisor(const PoolShape& s, Span rows, Span columns, Size oh, Size ow) {
    const auto count = [](Size first, Size last, Size dilation) { return last > first ? (last - first + dilation - 1) / dilation : 0; };
    if (!s.countPadding) return 1.0f / static_cast<float>(count(rows.first, rows.last, s.dilationHeight) * count(columns.first, columns.last, s.dilationWidth));
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
        float total[Lanes] = {};
        eachPlace(s, rows, columns, [&](Size place) {
            for (int l = 0; l < Lanes; ++l) total[l] += x[place * Lanes + l];
        });
        const float factor = averageDivisor(s, rows, columns, oh, ow);
        for (int l = 0; l < Lanes; ++l) y[out * Lanes + l] = total[l] * factor;
    });
}

template <int Lanes>
void averagePoolBackwardOf(const PoolShape& s, const float* dy, float* dx) {
    for (Size i = 0; i < s.height * s.width * Lanes; ++i) dx[i] = 0;
    eachWindow(s, [&](Size out, Span rows, Span columns, Size oh, Size ow) {
        const float factor = averageDivisor(s, rows, columns, oh, ow);
        float share[Lanes];
        for (int l = 0; l < Lanes; ++l) share[l] = dy[out * Lanes + l] * factor;
        eachPlace(s, rows, columns, [&](Size place) {
            for (int l = 0; l < Lanes; ++l) dx[place * Lanes + l] += share[l];
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
