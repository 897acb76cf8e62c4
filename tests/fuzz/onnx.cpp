// Any bytes as an ONNX file: a network or an error, never a crash.
#include <cstdlib>
#include <string>

#include "core/onnx/import.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(onnx)(const std::uint8_t* data, std::size_t size) {
    (void)lamina::importOnnx(memoryFile(data, size));
    return 0;
}
