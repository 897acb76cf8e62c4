// Resizing pictures: one definition for training, prediction and export.
//
// Each output pixel is a weighted mean of input pixels, along rows and then along columns, so that a resize is two matrix products.
// The weight of the input pixel with centre c for the output pixel with centre m (both in input pixels: m = (j + ½) · from / to) is
// max(0, 1 - |c - m| / s), s = max(1, from / to), divided by their sum: linear interpolation where the picture grows, and a mean over all
// pixels that an output pixel covers where it shrinks, so that nothing is skipped and nothing flickers.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/data/image.h"

namespace lamina {

/// How a picture comes into a frame of another shape: whole, with black at two sides; filling it, cut at two sides; or pulled to fit.
enum class ImageFit : std::uint8_t { Pad, Crop, Stretch };

/// "pad", "crop", "stretch"
const char* imageFitName(ImageFit fit);
/// Pad where the word is none of them.
ImageFit imageFitFromName(const std::string& name);

/// What every picture is made into before a network sees it.
struct ImageForm {
    std::int64_t channels = 3, height = 64, width = 64;
    ImageFit fit = ImageFit::Pad;
    ValueRange values = {};  ///< of files that keep more than a byte of each value; not given: as the file says
};

/// One output pixel: weights[i] is that of input pixel first + i; their sum is 1.
struct ResizeWeights {
    std::int64_t first = 0;
    std::vector<float> weights;
};
/// For each of `to` output pixels; both at least 1.
std::vector<ResizeWeights> resizeWeights(std::int64_t from, std::int64_t to);

/// Values are rounded once, at the end. Sizes at least 1.
Image resizeImage(const Image& image, std::int64_t height, std::int64_t width);
/// The picture in a frame of this size. Pad: scaled to touch two sides, in the middle. Crop: the largest part in the middle that has
/// the frame's shape.
Image fitImage(const Image& image, std::int64_t height, std::int64_t width, ImageFit fit);
/// Grey and colours are made of anything; another number of channels is not: "image.channels" {found, wanted}.
Result<void> checkChannels(const Image& image, const ImageForm& form);
/// In the form's channels and frame. The error of checkChannels().
Result<Image> imageInForm(Image image, const ImageForm& form);

}  // namespace lamina
