// Any bytes as CVAT XML: annotations or an error, never a crash.
#include "tests/fuzz/annotation_target.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(annotation_cvat)(const std::uint8_t* data, std::size_t size) {
    lamina::fuzzAnnotationFile("cvat", data, size);
    return 0;
}
