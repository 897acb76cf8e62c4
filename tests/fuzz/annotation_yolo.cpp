// Any bytes as YOLO's lines and as its YAML: annotations or an error, never a crash.
#include "core/data/image_decode.h"
#include "tests/fuzz/annotation_target.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(annotation_yolo)(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    static const AnnotationFuzzFolder folder;
    static const bool ready = [] {
        const auto picture = encodePng(Image{1, 10, 20, std::vector<std::uint8_t>(200, 128)});
        if (!picture) std::abort();
        folder.write("images/a.png", reinterpret_cast<const std::uint8_t*>(picture->data()), picture->size());
        return true;
    }();
    (void)ready;
    constexpr std::uint8_t names[] = "names: [cat, dog]\nkpt_shape: [2, 3]\n", lines[] = "0 0.5 0.5 0.5 0.5\n1 0.5 0.5 0.2 0.2 0.4 0.4 2\n";
    for (const bool yaml : {false, true}) {
        folder.write("data.yaml", yaml ? data : names, yaml ? size : sizeof names - 1);
        folder.write("labels/a.txt", yaml ? lines : data, yaml ? sizeof lines - 1 : size);
        if (const auto set = findAnnotationFormat("yolo")->read(folder.path(), {})) checkSet(*set);
    }
    return 0;
}
