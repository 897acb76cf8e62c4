// Pictures that leave the project: without the notes of the camera, and with what nobody is to recognise made coarse.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/annotation/annotation.h"
#include "core/base/result.h"
#include "core/data/image.h"

namespace lamina {

/// Where a shape is, in whole pixels of its picture, with its rotation; empty (right ≤ left) where it has no area or lies outside.
ShapeBounds coveredBy(const AnnotationShape& shape, std::int64_t width, std::int64_t height);

/// A picture file with every box made of a few blocks of one colour: no more than 6 along its longer side, none smaller than 8 pixels. JPEG stays
/// JPEG, all else becomes PNG, bands TIFF; `values` as decodeImage() takes them. Errors of decodeImage(), without {file}.
struct PictureFile {
    std::vector<std::byte> bytes;
    std::string ending;  ///< ".png"; empty: as it was
};
Result<PictureFile> blurred(std::span<const std::byte> file, const std::vector<ShapeBounds>& boxes, const ValueRange& values = {});

}  // namespace lamina
