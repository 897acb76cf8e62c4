// Any bytes as a picture file, brought into a frame: a picture of that size or an error, never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/data/importers/image_folder.h"
#include "tests/fuzz/memory_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    const Path path = memoryFile(data, size);
    for (const auto fit : {ImageFit::Pad, ImageFit::Crop, ImageFit::Stretch}) {
        const ImageForm form{size % 2 ? 1 : 3, 5, 9, fit};
        const auto image = readImage(path, form);
        if (!image) break;
        if (image->pixels.size() != static_cast<std::size_t>(form.channels * 45)) std::abort();
    }
    return 0;
}
