// Any bytes as COCO JSON: annotations or an error, never a crash.
#include "tests/fuzz/annotation_target.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(annotation_coco)(const std::uint8_t* data, std::size_t size) {
    lamina::fuzzAnnotationFile("coco", data, size);
    return 0;
}
