#include <onnx/defs/schema.h>
#include <onnxruntime_cxx_api.h>

#include <algorithm>
#include <iostream>

#include "core/onnx/onnxruntime.h"

namespace lamina {
namespace {

/// Items begin … begin+length of a tensor, as the runtime's own value. Numbers are not copied: `tensor` must outlive it.
Ort::Value itemsOf(const OnnxTensor& tensor, std::int64_t begin, std::int64_t length, Ort::AllocatorWithDefaultOptions& allocator) {
    Shape shape = tensor.shape;
    const std::int64_t perItem = shape[0] == 0 ? 0 : elementCount(shape) / shape[0];
    shape[0] = length;
    const auto offset = static_cast<std::size_t>(begin * perItem), count = static_cast<std::size_t>(length * perItem);
    static const auto memory = Ort::MemoryInfo::CreateCpu(OrtArenaAllocator, OrtMemTypeDefault);
    if (const auto* floats = std::get_if<std::vector<float>>(&tensor.data))
        return Ort::Value::CreateTensor<float>(memory, const_cast<float*>(floats->data()) + offset, count, shape.data(), shape.size());
    if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&tensor.data))
        return Ort::Value::CreateTensor<std::int64_t>(memory, const_cast<std::int64_t*>(integers->data()) + offset, count, shape.data(), shape.size());
    Ort::Value value = Ort::Value::CreateTensor(allocator, shape.data(), shape.size(), ONNX_TENSOR_ELEMENT_DATA_TYPE_STRING);
    std::vector<const char*> texts;
    const auto& all = std::get<std::vector<std::string>>(tensor.data);
    for (std::size_t i = offset; i < offset + count; ++i) texts.push_back(all[i].c_str());
    value.FillStringTensor(texts.data(), texts.size());
    return value;
}

template <class T> void append(OnnxTensor& all, const T* numbers, std::size_t count) {
    if (!std::holds_alternative<std::vector<T>>(all.data)) all.data = std::vector<T>();
    auto& list = std::get<std::vector<T>>(all.data);
    list.insert(list.end(), numbers, numbers + count);
}

void appendItems(OnnxTensor& all, const Ort::Value& part) {
    const auto info = part.GetTensorTypeAndShapeInfo();
    const Shape shape = info.GetShape();
    const std::size_t count = info.GetElementCount();
    if (all.shape.empty()) all.shape = shape;
    else all.shape[0] += shape[0];
    if (info.GetElementType() == ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT) return append(all, part.GetTensorData<float>(), count);
    if (info.GetElementType() == ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64) return append(all, part.GetTensorData<std::int64_t>(), count);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < count; ++i) texts.push_back(part.GetStringTensorElement(i));
    append(all, texts.data(), count);
}

std::map<std::string, OnnxTensor> runOne(Ort::Env& environment, const OnnxRun& run, const OnnxRuntimeOptions& options) {
    Ort::Session session(environment, run.model.c_str(), Ort::SessionOptions());
    Ort::AllocatorWithDefaultOptions allocator;
    std::vector<const char*> inputNames, outputNames;
    for (const auto& [name, tensor] : run.inputs) inputNames.push_back(name.c_str());
    for (const auto& name : run.outputs) outputNames.push_back(name.c_str());
    const std::int64_t items = run.inputs.empty() ? 0 : run.inputs.begin()->second.shape.at(0);

    std::map<std::string, OnnxTensor> outputs;
    for (std::int64_t begin = 0; begin < items && !options.cancel.cancelled(); begin += options.batch) {
        std::vector<Ort::Value> values;
        for (const auto& [name, tensor] : run.inputs) values.push_back(itemsOf(tensor, begin, std::min(options.batch, items - begin), allocator));
        const auto parts = session.Run(Ort::RunOptions(), inputNames.data(), values.data(), values.size(), outputNames.data(), outputNames.size());
        for (std::size_t i = 0; i < parts.size(); ++i) appendItems(outputs[run.outputs[i]], parts[i]);
    }
    return outputs;
}

/// A runtime that shares libonnx with this program (Debian's does) registers the operators a second time, and libonnx writes a line
/// about each of them to std::cerr. Both registrations happen in here, silently.
Ort::Env quietEnvironment() {
    struct Silence {
        std::streambuf* const before = std::cerr.rdbuf(nullptr);
        ~Silence() { std::cerr.rdbuf(before); }
    } silence;
    onnx::OpSchemaRegistry::Schema("Identity");
    return Ort::Env(ORT_LOGGING_LEVEL_FATAL, "lamina");
}

}  // namespace

Result<OnnxRunResults> runInRuntimeLibrary(const std::vector<OnnxRun>& runs, const OnnxRuntimeOptions& options) {
    OnnxRunResults results;
    results.runtime = std::string("ONNX Runtime ") + OrtGetApiBase()->GetVersionString();
    const OnnxRun* current = nullptr;
    try {
        Ort::Env environment = quietEnvironment();
        for (const OnnxRun& run : runs) {
            current = &run;
            results.outputs.push_back(runOne(environment, run, options));
            if (options.cancel.cancelled()) return fail("job.cancelled");
        }
    } catch (const std::exception& e) {
        return fail("onnx.runtime_refused", {{"model", current ? current->model.string() : std::string()}, {"reason", e.what()}});
    }
    return results;
}

}  // namespace lamina
