// Pooling: a thread per window forward; backward a thread per place of x gathers from the windows that see it, in their order.
#include "core/engine/cuda/plugin/kernels/kernels.h"
#include "core/engine/cuda/plugin/kernels/launch.cuh"

namespace lamina::cuda {

namespace {

/// Calls use(place in the plane) for the places of a window that are not padding.
template <class Use>
__device__ void forEachPlace(const Pooling& p, int row, int column, Use&& use) {
    const int top = row * p.strideHeight - p.top, left = column * p.strideWidth - p.left;
    for (int i = 0; i < p.kernelHeight; ++i) {
        const int h = top + i * p.dilationHeight;
        if (h < 0 || h >= p.height) continue;
        for (int j = 0; j < p.kernelWidth; ++j) {
            const int w = left + j * p.dilationWidth;
            if (w >= 0 && w < p.width) use(h * p.width + w);
        }
    }
}

/// The first of the largest; a NaN wins over everything, so that it is seen later.
__device__ int winner(const Pooling& p, const float* plane, int row, int column) {
    int best = -1;
    float largest = 0;
    forEachPlace(p, row, column, [&](int place) {
        const float x = plane[place];
        if (best >= 0 && !(x > largest) && (x == x || largest != largest)) return;
        best = place;
        largest = x;
    });
    return best;
}

__device__ float divisor(const Pooling& p, int row, int column) {
    if (p.countPadding) return static_cast<float>(p.kernelHeight * p.kernelWidth);
    int places = 0;
    forEachPlace(p, row, column, [&](int) { ++places; });
    return static_cast<float>(places);
}

struct Place {
    int plane, row, column;
};
/// From the number of a place among planes of one size to the place.
struct Walk {
    FastDivide width, height;
    Walk(int height, int width) : width(static_cast<std::uint32_t>(width)), height(static_cast<std::uint32_t>(height)) {}
    __device__ Place operator()(std::uint32_t i) const {
        const std::uint32_t row = width(i), plane = height(row);
        return {static_cast<int>(plane), static_cast<int>(row - plane * height.divisor), static_cast<int>(i - row * width.divisor)};
    }
};

__global__ void maxKernel(Pooling p, Walk walk, std::uint32_t total, const float* x, float* y) {
    const std::uint32_t i = threadNumber();
    if (i >= total) return;
    const Place at = walk(i);
    const float* const plane = x + static_cast<std::size_t>(at.plane) * p.height * p.width;
    const int best = winner(p, plane, at.row, at.column);
    y[i] = best < 0 ? 0.0f : plane[best];  // a dilated window may see padding alone
}

__global__ void averageKernel(Pooling p, Walk walk, std::uint32_t total, const float* x, float* y) {
    const std::uint32_t i = threadNumber();
    if (i >= total) return;
    const Place at = walk(i);
    const float* const plane = x + static_cast<std::size_t>(at.plane) * p.height * p.width;
    double sum = 0;
    forEachPlace(p, at.row, at.column, [&](int place) { sum += plane[place]; });
    y[i] = static_cast<float>(sum / divisor(p, at.row, at.column));
}

/// Calls use(row, column) for the windows that see (h, w), in row-major order.
template <class Use>
__device__ void forEachWindow(const Pooling& p, int h, int w, Use&& use) {
    const int extentH = (p.kernelHeight - 1) * p.dilationHeight, extentW = (p.kernelWidth - 1) * p.dilationWidth;
    const int firstRow = max(0, (h + p.top - extentH + p.strideHeight - 1) / p.strideHeight),
              lastRow = min(p.outHeight - 1, (h + p.top) / p.strideHeight);
    const int firstColumn = max(0, (w + p.left - extentW + p.strideWidth - 1) / p.strideWidth),
              lastColumn = min(p.outWidth - 1, (w + p.left) / p.strideWidth);
    for (int row = firstRow; row <= lastRow; ++row) {
        if ((h + p.top - row * p.strideHeight) % p.dilationHeight != 0) continue;
        for (int column = firstColumn; column <= lastColumn; ++column)
            if ((w + p.left - column * p.strideWidth) % p.dilationWidth == 0) use(row, column);
    }
}

__global__ void maxBackwardKernel(Pooling p, Walk walk, bool masked, std::uint32_t total, const float* x, const float* dy, float* dx) {
    const std::uint32_t i = threadNumber();
    if (i >= total) return;
    const Place at = walk(i);
    const float* const plane = x + static_cast<std::size_t>(at.plane) * p.height * p.width;
    const float* const planeDy = dy + static_cast<std::size_t>(at.plane) * p.outHeight * p.outWidth;
    const int own = at.row * p.width + at.column;
    float sum = 0;
    if (!masked || plane[own] > 0)
        forEachWindow(p, at.row, at.column, [&](int row, int column) {
            if (winner(p, plane, row, column) == own) sum += planeDy[row * p.outWidth + column];
        });
    dx[i] = sum;
}

/// Where no place lies in two windows: a thread per window writes all of its places.
__global__ void maxBackwardApartKernel(Pooling p, Walk walk, bool masked, std::uint32_t total, const float* x, const float* dy, float* dx) {
    const std::uint32_t i = threadNumber();
    if (i >= total) return;
    const Place at = walk(i);
    const std::size_t plane = static_cast<std::size_t>(at.plane) * p.height * p.width;
    const int best = winner(p, x + plane, at.row, at.column);
    const float gradient = best >= 0 && (!masked || x[plane + best] > 0) ? dy[i] : 0.0f;
    forEachPlace(p, at.row, at.column, [&](int place) { dx[plane + place] = place == best ? gradient : 0.0f; });
}

__global__ void averageBackwardKernel(Pooling p, Walk walk, std::uint32_t total, const float* dy, float* dx) {
    const std::uint32_t i = threadNumber();
    if (i >= total) return;
    const Place at = walk(i);
    const float* const planeDy = dy + static_cast<std::size_t>(at.plane) * p.outHeight * p.outWidth;
    float sum = 0;
    forEachWindow(p, at.row, at.column, [&](int row, int column) { sum += planeDy[row * p.outWidth + column] / divisor(p, row, column); });
    dx[i] = sum;
}

std::uint32_t windows(const Pooling& p) { return static_cast<std::uint32_t>(p.planes) * static_cast<std::uint32_t>(p.outHeight * p.outWidth); }
std::uint32_t places(const Pooling& p) { return static_cast<std::uint32_t>(p.planes) * static_cast<std::uint32_t>(p.height * p.width); }

bool windowsLieApart(const Pooling& p) {
    return p.dilationHeight == 1 && p.dilationWidth == 1 && p.kernelHeight <= p.strideHeight && p.kernelWidth <= p.strideWidth;
}
bool windowsCoverAll(const Pooling& p) {
    return p.kernelHeight == p.strideHeight && p.kernelWidth == p.strideWidth && p.outHeight * p.strideHeight - p.top >= p.height &&
           p.outWidth * p.strideWidth - p.left >= p.width;
}
Walk overWindows(const Pooling& p) { return {p.outHeight, p.outWidth}; }
Walk overPlaces(const Pooling& p) { return {p.height, p.width}; }

}  // namespace

void maxPool(cudaStream_t stream, const Pooling& p, const float* x, float* y) {
    if (windows(p) > 0) maxKernel<<<blocksFor(windows(p)), threadsPerBlock, 0, stream>>>(p, overWindows(p), windows(p), x, y);
}
void maxPoolBackward(cudaStream_t stream, const Pooling& p, bool masked, const float* x, const float* dy, float* dx) {
    if (places(p) == 0) return;
    if (windows(p) == 0 || !windowsLieApart(p)) {
        maxBackwardKernel<<<blocksFor(places(p)), threadsPerBlock, 0, stream>>>(p, overPlaces(p), masked, places(p), x, dy, dx);
        return;
    }
    if (!windowsCoverAll(p)) cudaMemsetAsync(dx, 0, places(p) * sizeof(float), stream);
    maxBackwardApartKernel<<<blocksFor(windows(p)), threadsPerBlock, 0, stream>>>(p, overWindows(p), masked, windows(p), x, dy, dx);
}
void averagePool(cudaStream_t stream, const Pooling& p, const float* x, float* y) {
    if (windows(p) > 0) averageKernel<<<blocksFor(windows(p)), threadsPerBlock, 0, stream>>>(p, overWindows(p), windows(p), x, y);
}
void averagePoolBackward(cudaStream_t stream, const Pooling& p, const float* dy, float* dx) {
    if (places(p) > 0) averageBackwardKernel<<<blocksFor(places(p)), threadsPerBlock, 0, stream>>>(p, overPlaces(p), places(p), dy, dx);
}

}  // namespace lamina::cuda
