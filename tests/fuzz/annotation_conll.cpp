// Any bytes as CoNLL: annotations or an error, never a crash.
#include "tests/fuzz/annotation_target.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(annotation_conll)(const std::uint8_t* data, std::size_t size) {
    lamina::fuzzAnnotationFile("conll", data, size);
    return 0;
}
