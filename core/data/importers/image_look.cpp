#include "core/data/importers/image_look.h"

#include <algorithm>
#include <optional>

#include "core/base/parallel.h"
#include "core/data/image_reader.h"

namespace lamina {

constexpr std::size_t lookedAtImages = 64, lookedAtHeads = 8;

std::pair<std::int64_t, std::int64_t> ImageLook::usualSize() const {
    return std::max_element(sizes.begin(), sizes.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
}

std::vector<std::size_t> evenly(std::size_t count, std::size_t wanted) {
    std::vector<std::size_t> chosen;
    const std::size_t n = std::min(count, wanted);
    for (std::size_t i = 0; i < n; ++i) chosen.push_back(i * count / n);
    return chosen;
}

Result<Image> decodeFile(const ImageFile& file, const ValueRange& values, SampleFacts* facts) {
    LAMINA_TRY(const auto bytes, readImageFile(file.path));
    auto image = decodeImage(bytes, {file.page, 0, 0, values}, facts);
    if (!image) return image.takeError().with("file", file.path.string());
    return image;
}

Result<ImageLook> lookAtImages(const ImageFiles& found, const ImportJob& job) {
    struct Seen {
        std::int64_t width = 0, height = 0, channels = 0;
        SampleFacts facts;
    };
    const auto chosen = evenly(found.files.size(), lookedAtImages);
    std::vector<std::optional<Seen>> seen(chosen.size());
    parallelFor(chosen.size(), job.threads, [&](std::size_t i) {
        if (job.cancel.cancelled()) return;
        SampleFacts facts;
        if (const auto image = decodeFile(found.files[chosen[i]], {}, &facts)) seen[i] = Seen{image->width, image->height, image->channels, facts};
    });
    if (job.cancel.cancelled()) return fail("job.cancelled");
    ImageLook look;
    for (const auto& one : seen) {
        if (!one) continue;
        ++look.sizes[{one->width, one->height}];
        look.channels.add(one->channels);
        look.values.add(one->facts);
        ++look.seen;
    }
    return look;
}

bool anyDeepImage(const ImageFiles& found) {
    const auto chosen = evenly(found.files.size(), lookedAtHeads);
    return std::any_of(chosen.begin(), chosen.end(), [&](std::size_t i) {
        const auto bytes = readImageFile(found.files[i].path);
        return bytes && isDeep(*bytes);
    });
}

}  // namespace lamina
