#include "core/data/image_resize.h"

#include <algorithm>
#include <cmath>

namespace lamina {
namespace {

/// A part of a picture.
struct ImagePart {
    std::int64_t top = 0, left = 0, height = 0, width = 0;
};

std::uint8_t toByte(float value) { return static_cast<std::uint8_t>(std::clamp(std::floor(value + 0.5f), 0.0f, 255.0f)); }

/// Rows first: `rows` holds part.height × width values of one channel.
void resizeRows(const Image& image, std::int64_t channel, const ImagePart& part, const std::vector<ResizeWeights>& columns, std::vector<float>& rows) {
    rows.resize(static_cast<std::size_t>(part.height) * columns.size());
    float* out = rows.data();
    for (std::int64_t y = 0; y < part.height; ++y) {
        const std::uint8_t* const line = image.plane(channel) + (part.top + y) * image.width + part.left;
        for (const auto& column : columns) {
            float sum = 0;
            const std::uint8_t* pixel = line + column.first;
            for (const float weight : column.weights) sum += weight * static_cast<float>(*pixel++);
            *out++ = sum;
        }
    }
}

/// Then columns, into the frame at (top, left) of `out`.
void resizeColumns(const std::vector<float>& rows, std::size_t width, const std::vector<ResizeWeights>& lines, std::uint8_t* out,
                   std::int64_t outWidth) {
    std::vector<float> sums(width);
    for (const auto& line : lines) {
        std::fill(sums.begin(), sums.end(), 0.0f);
        for (std::size_t i = 0; i < line.weights.size(); ++i) {
            const float* const row = rows.data() + (static_cast<std::size_t>(line.first) + i) * width;
            for (std::size_t x = 0; x < width; ++x) sums[x] += line.weights[i] * row[x];
        }
        std::transform(sums.begin(), sums.end(), out, toByte);
        out += outWidth;
    }
}

/// The part, resized to the frame's size, into a frame within a black picture.
Image resizePart(const Image& image, const ImagePart& part, std::int64_t height, std::int64_t width, const ImagePart& frame) {
    Image result{image.channels, height, width, std::vector<std::uint8_t>(static_cast<std::size_t>(image.channels * height * width))};
    const auto columns = resizeWeights(part.width, frame.width), lines = resizeWeights(part.height, frame.height);
    std::vector<float> rows;
    for (std::int64_t channel = 0; channel < image.channels; ++channel) {
        resizeRows(image, channel, part, columns, rows);
        resizeColumns(rows, columns.size(), lines, result.plane(channel) + frame.top * width + frame.left, width);
    }
    return result;
}

/// round(a · b / c), at least 1 and at most `most`.
std::int64_t scaled(std::int64_t a, std::int64_t b, std::int64_t c, std::int64_t most) {
    return std::clamp<std::int64_t>((2 * a * b + c) / (2 * c), 1, most);
}

/// The largest part in the middle of height × width that has the shape of toHeight × toWidth.
ImagePart middle(std::int64_t height, std::int64_t width, std::int64_t toHeight, std::int64_t toWidth) {
    ImagePart part{0, 0, height, width};
    if (width * toHeight > toWidth * height) part.width = scaled(height, toWidth, toHeight, width);
    else part.height = scaled(width, toHeight, toWidth, height);
    part.top = (height - part.height) / 2;
    part.left = (width - part.width) / 2;
    return part;
}

}  // namespace

std::vector<ResizeWeights> resizeWeights(std::int64_t from, std::int64_t to) {
    std::vector<ResizeWeights> all(static_cast<std::size_t>(to));
    const double scale = static_cast<double>(from) / static_cast<double>(to), support = std::max(1.0, scale);
    for (std::int64_t j = 0; j < to; ++j) {
        const double centre = (static_cast<double>(j) + 0.5) * scale;
        const auto first = std::max<std::int64_t>(0, static_cast<std::int64_t>(std::floor(centre - support + 0.5)));
        const auto last = std::min(from, static_cast<std::int64_t>(std::ceil(centre + support - 0.5)));
        std::vector<double> weights;
        double sum = 0;
        for (std::int64_t i = first; i < last; ++i) {
            weights.push_back(std::max(0.0, 1.0 - std::abs(static_cast<double>(i) + 0.5 - centre) / support));
            sum += weights.back();
        }
        auto& out = all[static_cast<std::size_t>(j)];
        out.first = first;
        for (const double weight : weights) out.weights.push_back(static_cast<float>(weight / sum));
    }
    return all;
}

const char* imageFitName(ImageFit fit) { return fit == ImageFit::Crop ? "crop" : fit == ImageFit::Stretch ? "stretch" : "pad"; }

ImageFit imageFitFromName(const std::string& name) { return name == "crop" ? ImageFit::Crop : name == "stretch" ? ImageFit::Stretch : ImageFit::Pad; }

Image resizeImage(const Image& image, std::int64_t height, std::int64_t width) { return fitImage(image, height, width, ImageFit::Stretch); }

Image fitImage(const Image& image, std::int64_t height, std::int64_t width, ImageFit fit) {
    if (image.height == height && image.width == width) return image;
    const ImagePart whole{0, 0, image.height, image.width}, frame{0, 0, height, width};
    if (fit == ImageFit::Crop) return resizePart(image, middle(image.height, image.width, height, width), height, width, frame);
    if (fit == ImageFit::Pad) return resizePart(image, whole, height, width, middle(height, width, image.height, image.width));
    return resizePart(image, whole, height, width, frame);
}

Result<void> checkChannels(const Image& image, const ImageForm& form) {
    if (image.channels == form.channels || form.channels == 1 || form.channels == 3) return {};
    return fail("image.channels", {{"found", std::to_string(image.channels)}, {"wanted", std::to_string(form.channels)}});
}

Result<Image> imageInForm(Image image, const ImageForm& form) {
    LAMINA_CHECK(checkChannels(image, form));
    return fitImage(withChannels(std::move(image), form.channels), form.height, form.width, form.fit);
}

}  // namespace lamina
