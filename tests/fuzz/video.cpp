// Any bytes as a film: its frames or an error, never a crash, no frame before the one that was asked for, and no more memory than pictures may have.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/data/importers/video_file.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(video)(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    auto film = VideoFile::open(memoryFile(data, size), {}, {1, LAMINA_VIDEO_MODULE_FILE});
    if (!film) return 0;
    std::int64_t number = 0;
    for (int i = 0; i < 20; ++i) {
        const auto frame = film->next(0, number);
        if (!frame || !*frame) return 0;
        if ((*frame)->number < number) std::abort();
        const auto picture = film->picture(32);
        if (picture && (picture->width > 32 || picture->height > 32)) std::abort();
        number = (*frame)->number + 2;
    }
    return 0;
}
