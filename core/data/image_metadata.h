// What picture files tell beside the picture: place, time, camera, owner, a second small picture.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace lamina {

/// The file without that (EXIF with GPS, XMP, IPTC, comments, texts, what hangs on behind its end), for JPEG, PNG, WebP and TIFF. The pixels are not
/// touched; of EXIF only how the camera was held stays, and the colour profile. Of a TIFF all pages stay, small second pictures do not; what is taken out of
/// it leaves zeros. Empty for other formats, and where the file cannot be followed to its pixels.
std::optional<std::vector<std::byte>> withoutMetadata(std::span<const std::byte> bytes);

}  // namespace lamina
