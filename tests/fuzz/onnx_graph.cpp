// Any bytes as an ONNX file of operators: a graph for small inputs or an error, never a crash. Nothing is run but what is known when the graph is made.
#include "core/onnx/graph_import.h"
#include "tests/fuzz/memory_file.h"
#include "tests/fuzz/targets.h"

LAMINA_FUZZ_TARGET(onnx_graph)(const std::uint8_t* data, std::size_t size) {
    const auto model = lamina::readOperatorModel(memoryFile(data, size));
    if (!model) return 0;
    lamina::OperatorGraphOptions options;
    for (const auto& input : model->inputs) {
        auto& shape = options.shapes[input.name] = input.shape;
        for (auto& count : shape)
            if (count < 0) count = 2;
    }
    (void)lamina::importGraph(*model, options);
    return 0;
}
