// Any bytes as a picture file, brought into a frame, shrunk while it is decoded, its second page: a picture of that size or an error, never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/data/image_decode.h"
#include "core/data/importers/image_folder.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(image)(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    const Path path = memoryFile(data, size);
    for (const auto fit : {ImageFit::Pad, ImageFit::Crop, ImageFit::Stretch}) {
        const ImageForm form{size % 2 ? 1 : 3, 5, 9, fit};
        const auto image = readImage(path, form);
        if (!image) break;
        if (image->pixels.size() != static_cast<std::size_t>(form.channels * 45)) std::abort();
    }
    const auto bytes = std::as_bytes(std::span(data, size));
    (void)readImageHead(bytes);
    for (const DecodeOptions& options : {DecodeOptions{0, 3, 2}, DecodeOptions{1, 0, 0}}) {
        const auto image = decodeImage(bytes, options);
        if (image && image->pixels.size() != static_cast<std::size_t>(image->channels * image->height * image->width)) std::abort();
    }
    return 0;
}
