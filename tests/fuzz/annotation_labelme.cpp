// Any bytes as LabelMe JSON: annotations or an error, never a crash.
#include "tests/fuzz/annotation_target.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(annotation_labelme)(const std::uint8_t* data, std::size_t size) {
    lamina::fuzzAnnotationFile("labelme", data, size);
    return 0;
}
