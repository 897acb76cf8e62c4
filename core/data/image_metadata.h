// What picture files tell beside the picture: place, time, camera, owner, a second small picture.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace lamina {

/// The file without that (EXIF with GPS, XMP, IPTC, comments, texts, what hangs on behind its end), for JPEG, PNG and WebP. The pixels are not touched;
/// of EXIF only how the camera was held stays, and the colour profile. Empty for other formats, and where the file cannot be followed to its pixels.
std::optional<std::vector<std::byte>> withoutMetadata(std::span<const std::byte> bytes);

}  // namespace lamina
