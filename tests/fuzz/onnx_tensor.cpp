// Any bytes as a tensor of an ONNX file: numbers or an error, never a crash and no memory that the bytes do not account for.
#include "core/onnx/operator_model.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(onnx_tensor)(const std::uint8_t* data, std::size_t size) {
    (void)lamina::readTensorFile(memoryFile(data, size));
    return 0;
}
