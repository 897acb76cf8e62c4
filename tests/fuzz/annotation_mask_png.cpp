// Any bytes as a list of classes beside a mask: annotations or an error, never a crash.
#include "core/data/image_decode.h"
#include "tests/fuzz/annotation_target.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(annotation_mask_png)(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    static const AnnotationFuzzFolder folder;
    static const bool ready = [] {
        std::vector<std::uint8_t> pixels(200);
        for (std::size_t i = 0; i < pixels.size(); ++i) pixels[i] = static_cast<std::uint8_t>(i / 50);
        const auto picture = encodePng(Image{1, 10, 20, pixels});
        if (!picture) std::abort();
        folder.write("masks/a.png", reinterpret_cast<const std::uint8_t*>(picture->data()), picture->size());
        return true;
    }();
    (void)ready;
    folder.write("masks/classes.csv", data, size);
    const auto set = findAnnotationFormat("mask_png")->read(folder.path(), {});
    if (!set || set->images.size() != 1 || set->images[0].shapes.size() != 3) std::abort();
    checkSet(*set);
    return 0;
}
