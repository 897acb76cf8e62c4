// Convolution as a matrix product whose second factor is never written down: each block gathers its piece of it from the image.
// Exact float32, sums in a fixed order. The three kinds differ in what is a row, a column and an inner index (per group):
//   Forward:         rows: outputs,  columns: batch × places of y,          inner: channel × window
//   BackwardData:    rows: channels, columns: batch × places of x,          inner: output × window
//   BackwardWeights: rows: outputs,  columns: channel × window,             inner: batch × places of y (cut into parts)
#include <algorithm>

#include "core/engine/cuda/plugin/kernels/kernels.h"
#include "core/engine/cuda/plugin/kernels/launch.cuh"
#include "core/engine/formulas/activations.h"

namespace lamina::cuda {

namespace {

/// A window's corner (or a place of x, seen from y) and where its image begins.
struct Corner {
    int base, row, column;
};

struct Geometry {
    Convolution c;
    FastDivide area, width;  ///< of the image that columns (or inner indices) walk over
    int kernelArea;
};

/// What Forward and BackwardWeights read x by: a corner and a tap.
__device__ float imageAt(const Convolution& c, const float* x, const Corner& corner, const Tap& tap) {
    const int row = corner.row + tap.row, column = corner.column + tap.column;
    const bool inside =
        static_cast<unsigned>(row) < static_cast<unsigned>(c.height) && static_cast<unsigned>(column) < static_cast<unsigned>(c.width);
    return inside ? __ldg(x + corner.base + tap.offset) : 0.0f;
}

/// The corner of the window of y's place `index` (over batch × places), in the group's first channel.
__device__ Corner windowCorner(const Geometry& g, int group, int index) {
    const Convolution& c = g.c;
    const int image = static_cast<int>(g.area(static_cast<std::uint32_t>(index))), place = index - image * c.outHeight * c.outWidth;
    const int i = static_cast<int>(g.width(static_cast<std::uint32_t>(place))), j = place - i * c.outWidth;
    const int row = i * c.strideHeight - c.top, column = j * c.strideWidth - c.left;
    return {(image * c.groups + group) * c.channels * c.height * c.width + row * c.width + column, row, column};
}

struct Forward {
    static constexpr bool innerFastest = false;
    Geometry g;
    const Tap* taps;
    const float *x, *w, *bias;
    Epilogue epilogue;
    float* y;

    using Column = Corner;
    using Inner = Tap;
    __device__ Column column(int group, int n) const { return windowCorner(g, group, n); }
    __device__ Inner inner(int, int k) const { return taps[k]; }
    __device__ float second(const Inner& tap, const Column& corner) const { return imageAt(g.c, x, corner, tap); }
    __device__ float first(int group, int m, int k, const Inner&) const {
        return __ldg(w + (group * g.c.outputs + m) * g.c.channels * g.kernelArea + k);
    }
    /// Where the result's row 0 of this column lies.
    __device__ int place(int group, int, int n) const {
        const int image = static_cast<int>(g.area(static_cast<std::uint32_t>(n))), area = g.c.outHeight * g.c.outWidth;
        return (image * g.c.groups + group) * g.c.outputs * area + n - image * area;
    }
    __device__ void store(int group, int place, int m, float sum) const {
        y[place + m * g.c.outHeight * g.c.outWidth] = activate(bias ? sum + bias[group * g.c.outputs + m] : sum);
    }
    /// Only rectifiers are joined to convolutions.
    __device__ float activate(float x) const {
        if (!epilogue.active) return x;
        return epilogue.activation == UnaryKind::Relu ? formulas::Relu::forward(x, epilogue.alpha) : formulas::LeakyRelu::forward(x, epilogue.alpha);
    }
};

template <bool unitStride>
struct BackwardData {
    static constexpr bool innerFastest = false;
    Geometry g;
    const Tap* taps;
    const float *dy, *w;
    float* dx;

    using Column = Corner;
    using Inner = Tap;
    __device__ Column column(int group, int n) const {
        const Convolution& c = g.c;
        const int image = static_cast<int>(g.area(static_cast<std::uint32_t>(n))), place = n - image * c.height * c.width;
        const int h = static_cast<int>(g.width(static_cast<std::uint32_t>(place))), w = place - h * c.width;
        return {(image * c.groups + group) * c.outputs * c.outHeight * c.outWidth, h + c.top, w + c.left};
    }
    __device__ Inner inner(int, int k) const { return taps[k]; }
    __device__ float second(const Inner& tap, const Column& from) const {
        int row = from.row - tap.row, column = from.column - tap.column;
        if constexpr (!unitStride) {
            if (row < 0 || column < 0 || row % g.c.strideHeight != 0 || column % g.c.strideWidth != 0) return 0.0f;
            row /= g.c.strideHeight;
            column /= g.c.strideWidth;
        }
        const bool inside =
            static_cast<unsigned>(row) < static_cast<unsigned>(g.c.outHeight) && static_cast<unsigned>(column) < static_cast<unsigned>(g.c.outWidth);
        return inside ? __ldg(dy + from.base + tap.offset + row * g.c.outWidth + column) : 0.0f;
    }
    __device__ float first(int group, int m, int, const Inner& tap) const {
        return __ldg(w + group * g.c.outputs * g.c.channels * g.kernelArea + tap.weight + m * g.kernelArea);
    }
    __device__ int place(int group, int, int n) const {
        const int area = g.c.height * g.c.width, image = static_cast<int>(g.area(static_cast<std::uint32_t>(n)));
        return (image * g.c.groups + group) * g.c.channels * area + n - image * area;
    }
    __device__ void store(int, int place, int m, float sum) const { dx[place + m * g.c.height * g.c.width] = sum; }
};

struct BackwardWeights {
    static constexpr bool innerFastest = true;
    Geometry g;
    const Tap* taps;
    const float *x, *dy;
    float* dw;  ///< one set of weights per part

    struct Inner {
        Corner corner;
        int dy;
    };
    using Column = Tap;
    __device__ Column column(int, int n) const { return taps[n]; }
    __device__ Inner inner(int group, int k) const {
        const int area = g.c.outHeight * g.c.outWidth, image = static_cast<int>(g.area(static_cast<std::uint32_t>(k)));
        return {windowCorner(g, group, k), (image * g.c.groups + group) * g.c.outputs * area + k - image * area};
    }
    __device__ float second(const Inner& inner, const Column& tap) const { return imageAt(g.c, x, inner.corner, tap); }
    __device__ float first(int, int m, int, const Inner& inner) const { return __ldg(dy + inner.dy + m * g.c.outHeight * g.c.outWidth); }
    __device__ int place(int group, int part, int n) const { return (part * g.c.groups + group) * g.c.outputs * g.c.channels * g.kernelArea + n; }
    __device__ void store(int, int place, int m, float sum) const { dw[place + m * g.c.channels * g.kernelArea] = sum; }
};

/// A block makes rows × columns sums, a thread threadRows × threadColumns of them. The next piece is fetched while this one is multiplied.
/// together: how many of a thread's columns lie side by side; 4 reads shared memory faster, 1 writes results side by side.
template <int rows_, int columns_, int depth_, int threadRows_, int threadColumns_, int together_ = 1>
struct Tile {
    static constexpr int rows = rows_, columns = columns_, depth = depth_, threadRows = threadRows_, threadColumns = threadColumns_;
    static constexpr int across = columns / threadColumns, threads = rows / threadRows * across;
    static constexpr int together = together_;
    /// Column j of the thread that is the i-th of those that share rows.
    __device__ static constexpr int column(int i, int j) { return (j / together * across + i) * together + j % together; }
    static constexpr int firstPerThread = rows * depth / threads, secondPerThread = columns * depth / threads;
    static_assert(rows * depth % threads == 0 && columns * depth % threads == 0 && threads % depth == 0);
};

/// Numbers that lie side by side, four at once where there are so many; `from` is then aligned to them.
template <int count>
__device__ void take(const float* from, float* to) {
    if constexpr (count % 4 == 0) {
#pragma unroll
        for (int i = 0; i < count / 4; ++i) reinterpret_cast<float4*>(to)[i] = reinterpret_cast<const float4*>(from)[i];
    } else {
#pragma unroll
        for (int i = 0; i < count; ++i) to[i] = from[i];
    }
}

template <class T, class Source>
__global__ void __launch_bounds__(T::threads)
    productKernel(const __grid_constant__ Source source, int rows, int columns, int depth, int parts, int partDepth) {
    __shared__ __align__(16) float firsts[2][T::depth][T::rows + 4];
    __shared__ __align__(16) float seconds[2][T::depth][T::columns + 4];
    const int thread = static_cast<int>(threadIdx.x), row = static_cast<int>(blockIdx.y) * T::rows,
              column = static_cast<int>(blockIdx.x) * T::columns;
    const int group = static_cast<int>(blockIdx.z) / parts, part = static_cast<int>(blockIdx.z) % parts;
    const int begin = part * partDepth, end = min(depth, begin + partDepth);

    // Which numbers this thread fetches: always one inner index of the first factor; of the second either one column or one inner index.
    constexpr int rowStep = T::threads / T::depth;
    const int innerOfThread = thread % T::depth, firstRow = thread / T::depth;
    constexpr int columnStep = Source::innerFastest ? T::threads / T::depth : 0;
    constexpr int depthStep = Source::innerFastest ? 0 : T::threads / T::columns;
    static_assert(Source::innerFastest || T::threads % T::columns == 0);
    constexpr int columnCount = Source::innerFastest ? T::secondPerThread : 1;
    const int firstColumn = Source::innerFastest ? thread / T::depth : thread % T::columns;
    const int secondInner = Source::innerFastest ? innerOfThread : thread / T::columns;
    typename Source::Column own[columnCount];
#pragma unroll
    for (int i = 0; i < columnCount; ++i) {
        const int n = column + firstColumn + i * columnStep;
        own[i] = source.column(group, n < columns ? n : 0);
    }

    float nextFirst[T::firstPerThread], nextSecond[T::secondPerThread];
    const auto fetch = [&](int k) {
        const int kFirst = k + innerOfThread;
        const bool inFirst = kFirst < end;
        const typename Source::Inner inner = source.inner(group, inFirst ? kFirst : begin);
#pragma unroll
        for (int i = 0; i < T::firstPerThread; ++i) {
            const int m = row + firstRow + i * rowStep;
            nextFirst[i] = inFirst && m < rows ? source.first(group, m, kFirst, inner) : 0.0f;
        }
#pragma unroll
        for (int i = 0; i < T::secondPerThread; ++i) {
            if constexpr (Source::innerFastest) {
                nextSecond[i] = inFirst && column + firstColumn + i * columnStep < columns ? source.second(inner, own[i]) : 0.0f;
            } else {
                const int kSecond = k + secondInner + i * depthStep;
                nextSecond[i] = kSecond < end && column + firstColumn < columns ? source.second(source.inner(group, kSecond), own[0]) : 0.0f;
            }
        }
    };
    const auto put = [&](int buffer) {
#pragma unroll
        for (int i = 0; i < T::firstPerThread; ++i) firsts[buffer][innerOfThread][firstRow + i * rowStep] = nextFirst[i];
#pragma unroll
        for (int i = 0; i < T::secondPerThread; ++i) seconds[buffer][secondInner + i * depthStep][firstColumn + i * columnStep] = nextSecond[i];
    };

    float sums[T::threadRows][T::threadColumns] = {};
    const int ownRow = thread / T::across * T::threadRows, ownColumn = thread % T::across;
    if (begin < end) {
        fetch(begin);
        put(0);
    }
    __syncthreads();
    int buffer = 0;
    for (int k = begin; k < end; k += T::depth, buffer ^= 1) {
        const bool more = k + T::depth < end;
        if (more) fetch(k + T::depth);
#pragma unroll
        for (int d = 0; d < T::depth; ++d) {
            __align__(16) float a[T::threadRows];
            __align__(16) float b[T::threadColumns];
            take<T::threadRows>(&firsts[buffer][d][ownRow], a);
#pragma unroll
            for (int j = 0; j < T::threadColumns; j += T::together) take<T::together>(&seconds[buffer][d][T::column(ownColumn, j)], b + j);
#pragma unroll
            for (int i = 0; i < T::threadRows; ++i)
#pragma unroll
                for (int j = 0; j < T::threadColumns; ++j) sums[i][j] = fmaf(a[i], b[j], sums[i][j]);
        }
        if (more) put(buffer ^ 1);
        __syncthreads();
    }
#pragma unroll
    for (int j = 0; j < T::threadColumns; ++j) {
        const int n = column + T::column(ownColumn, j);
        if (n >= columns) continue;
        const int place = source.place(group, part, n);
#pragma unroll
        for (int i = 0; i < T::threadRows; ++i)
            if (row + ownRow + i < rows) source.store(group, place, row + ownRow + i, sums[i][j]);
    }
}

struct Product {
    int rows, columns, depth, groups, parts, partDepth;
};

template <class T, class Source>
void launchTile(cudaStream_t stream, const Product& p, const Source& source) {
    const dim3 grid(blocksFor(p.columns, T::columns), blocksFor(p.rows, T::rows), static_cast<unsigned>(p.groups * p.parts));
    productKernel<T><<<grid, T::threads, 0, stream>>>(source, p.rows, p.columns, p.depth, p.parts, p.partDepth);
}

/// Large tiles where that still makes enough blocks for the multiprocessors of a large card. A function of the shape alone.
template <class Source>
void multiply(cudaStream_t stream, const Product& p, const Source& source) {
    if (p.rows <= 0 || p.columns <= 0 || p.groups <= 0) return;
    if constexpr (Source::innerFastest) {
        if (p.columns <= 16) return launchTile<Tile<32, 16, 32, 2, 1>>(stream, p, source);
        return launchTile<Tile<64, 64, 16, 4, 4, 4>>(stream, p, source);
    } else {
        const auto blocks = [&](int rows, int columns) {
            return static_cast<std::int64_t>(blocksFor(p.rows, rows)) * blocksFor(p.columns, columns) * p.groups;
        };
        if (p.rows <= 8) return launchTile<Tile<8, 128, 16, 2, 4>>(stream, p, source);
        if (p.rows <= 32 && blocks(32, 128) >= 200) return launchTile<Tile<32, 128, 16, 4, 4>>(stream, p, source);
        if (p.rows <= 32) return launchTile<Tile<32, 64, 16, 4, 2>>(stream, p, source);
        if (blocks(64, 256) >= 120) return launchTile<Tile<64, 256, 8, 8, 8, 4>>(stream, p, source);
        if (blocks(64, 64) >= 200) return launchTile<Tile<64, 64, 16, 4, 4>>(stream, p, source);
        launchTile<Tile<64, 32, 16, 4, 2>>(stream, p, source);
    }
}

Geometry geometryOf(const Convolution& c, int height, int width) {
    return {c, FastDivide(static_cast<std::uint32_t>(height * width)), FastDivide(static_cast<std::uint32_t>(width)), c.kernelHeight * c.kernelWidth};
}

/// 32 weights per block; its warps share the parts.
__global__ void addPartsKernel(std::uint32_t count, int parts, const float* partials, float* dw) {
    __shared__ double sums[32][33];
    const std::uint32_t i = blockIdx.x * 32 + threadIdx.x;
    double sum = 0;
    if (i < count)
#pragma unroll 4
        for (int part = static_cast<int>(threadIdx.y); part < parts; part += 32) sum += partials[static_cast<std::size_t>(part) * count + i];
    sums[threadIdx.y][threadIdx.x] = sum;
    __syncthreads();
    for (std::uint32_t half = 16; half > 0; half /= 2) {
        if (threadIdx.y < half) sums[threadIdx.y][threadIdx.x] += sums[threadIdx.y + half][threadIdx.x];
        __syncthreads();
    }
    if (threadIdx.y == 0 && i < count) dw[i] = static_cast<float>(sums[0][threadIdx.x]);
}

int windowArea(const Convolution& c) { return c.kernelHeight * c.kernelWidth; }
int places(const Convolution& c) { return c.batch * c.outHeight * c.outWidth; }
/// A multiple of every tile's depth, so that no piece of the sum is cut twice.
int depthOfPart(const Convolution& c) {
    const int parts = weightParts(c);
    return ((places(c) + parts - 1) / parts + 31) / 32 * 32;
}

}  // namespace

int tapCount(ConvolutionKind kind, const Convolution& c) { return (kind == ConvolutionKind::BackwardData ? c.outputs : c.channels) * windowArea(c); }

void fillTaps(ConvolutionKind kind, const Convolution& c, Tap* taps) {
    const bool data = kind == ConvolutionKind::BackwardData;
    for (int channel = 0; channel < (data ? c.outputs : c.channels); ++channel)
        for (int i = 0; i < c.kernelHeight; ++i)
            for (int j = 0; j < c.kernelWidth; ++j) {
                const int row = i * c.dilationHeight, column = j * c.dilationWidth, place = i * c.kernelWidth + j;
                const int offset = data ? channel * c.outHeight * c.outWidth : (channel * c.height + row) * c.width + column;
                *taps++ = {offset, row, column, channel * c.channels * windowArea(c) + place};
            }
}

void convolve(cudaStream_t stream, const Convolution& c, const Tap* taps, const float* x, const float* w, const float* bias, const Epilogue& epilogue,
              float* y) {
    const int depth = c.channels * windowArea(c);
    const Product p{c.outputs, places(c), depth, c.groups, 1, depth};
    multiply(stream, p, Forward{geometryOf(c, c.outHeight, c.outWidth), taps, x, w, bias, epilogue, y});
}

void convolveBackwardData(cudaStream_t stream, const Convolution& c, const Tap* taps, const float* dy, const float* w, float* dx) {
    const int depth = c.outputs * windowArea(c);
    const Product p{c.channels, c.batch * c.height * c.width, depth, c.groups, 1, depth};
    const Geometry g = geometryOf(c, c.height, c.width);
    if (c.strideHeight == 1 && c.strideWidth == 1) multiply(stream, p, BackwardData<true>{g, taps, dy, w, dx});
    else multiply(stream, p, BackwardData<false>{g, taps, dy, w, dx});
}

/// Parts enough for about a thousand blocks, each long enough to be worth its start. A function of the shape alone, not of the card.
int weightParts(const Convolution& c) {
    const int columns = c.channels * windowArea(c);
    const int blocks = columns <= 16 ? (c.outputs + 31) / 32 : (c.outputs + 63) / 64 * ((columns + 63) / 64);
    const int wanted = std::max(1, 1024 / std::max(1, blocks * c.groups));
    return std::max(1, std::min({wanted, places(c) / 256, 512}));
}

void convolveBackwardWeights(cudaStream_t stream, const Convolution& c, const Tap* taps, const float* x, const float* dy, float* partials,
                             float* dw) {
    const int parts = weightParts(c), columns = c.channels * windowArea(c);
    const Product p{c.outputs, columns, places(c), c.groups, parts, depthOfPart(c)};
    multiply(stream, p, BackwardWeights{geometryOf(c, c.outHeight, c.outWidth), taps, x, dy, parts > 1 ? partials : dw});
    const auto weights = static_cast<std::uint32_t>(c.groups * c.outputs * columns);
    if (parts > 1 && weights > 0) addPartsKernel<<<blocksFor(weights, 32), dim3(32, 32), 0, stream>>>(weights, parts, partials, dw);
}

}  // namespace lamina::cuda
