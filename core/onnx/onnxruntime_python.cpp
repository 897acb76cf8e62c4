#include <stdlib.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "core/onnx/child_process.h"
#include "core/onnx/onnxruntime.h"

namespace lamina {
namespace {

/// A folder of our own that goes away with us.
class ExchangeFolder {
public:
    ExchangeFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "lamina-proof-XXXXXX").string();
        if (mkdtemp(name.data())) m_path = name;
    }
    ~ExchangeFolder() {
        std::error_code ignored;
        if (!m_path.empty()) std::filesystem::remove_all(m_path, ignored);
    }
    ExchangeFolder(const ExchangeFolder&) = delete;
    ExchangeFolder& operator=(const ExchangeFolder&) = delete;
    const Path& path() const { return m_path; }

private:
    Path m_path;
};

Result<void> writeBytes(const Path& path, const void* bytes, std::size_t count) {
    LAMINA_TRY(auto file, files().create(path));
    LAMINA_CHECK(file->write(bytes, count));
    return file->close();
}

Result<nlohmann::json> saveTensor(const OnnxTensor& tensor, const Path& folder, const std::string& name) {
    nlohmann::json json{{"shape", tensor.shape}, {"file", name}};
    if (const auto* texts = std::get_if<std::vector<std::string>>(&tensor.data)) {
        json["type"] = "string";
        const std::string list = nlohmann::json(*texts).dump();
        LAMINA_CHECK(writeBytes(folder / name, list.data(), list.size()));
    } else if (const auto* floats = std::get_if<std::vector<float>>(&tensor.data)) {
        json["type"] = "float32";
        LAMINA_CHECK(writeBytes(folder / name, floats->data(), floats->size() * sizeof(float)));
    } else {
        const auto& integers = std::get<std::vector<std::int64_t>>(tensor.data);
        json["type"] = "int64";
        LAMINA_CHECK(writeBytes(folder / name, integers.data(), integers.size() * sizeof(std::int64_t)));
    }
    return json;
}

template <class T> Result<OnnxTensor> numbersFrom(Shape shape, const std::vector<std::byte>& bytes) {
    const std::int64_t count = checkedElementCount(shape, static_cast<std::int64_t>(bytes.size() / sizeof(T)));
    if (count < 0 || static_cast<std::size_t>(count) * sizeof(T) != bytes.size()) return fail("onnx.runtime_failed", {{"reason", "size of an output"}});
    std::vector<T> numbers(static_cast<std::size_t>(count));
    if (count != 0) std::memcpy(numbers.data(), bytes.data(), bytes.size());
    return OnnxTensor{std::move(shape), std::move(numbers)};
}

Result<OnnxTensor> loadTensor(const nlohmann::json& json, const Path& folder) {
    const Shape shape = json.at("shape").get<Shape>();
    LAMINA_TRY(const auto bytes, readFile(folder / json.at("file").get<std::string>()));
    const auto type = json.at("type").get<std::string>();
    if (type == "float32") return numbersFrom<float>(shape, bytes);
    if (type == "int64") return numbersFrom<std::int64_t>(shape, bytes);
    const auto list = nlohmann::json::parse(reinterpret_cast<const char*>(bytes.data()), reinterpret_cast<const char*>(bytes.data() + bytes.size()));
    return OnnxTensor{shape, list.get<std::vector<std::string>>()};
}

Result<void> writeJob(const std::vector<OnnxRun>& runs, const OnnxRuntimeOptions& options, const Path& folder) {
    nlohmann::json job{{"batch", options.batch}, {"runs", nlohmann::json::array()}};
    for (std::size_t r = 0; r < runs.size(); ++r) {
        nlohmann::json inputs = nlohmann::json::object();
        for (const auto& [name, tensor] : runs[r].inputs) {
            LAMINA_TRY(inputs[name], saveTensor(tensor, folder, "in_" + std::to_string(r) + "_" + std::to_string(inputs.size()) + ".bin"));
        }
        job["runs"].push_back({{"model", std::filesystem::absolute(runs[r].model).string()}, {"inputs", inputs}, {"outputs", runs[r].outputs}});
    }
    const std::string text = job.dump();
    return writeBytes(folder / "job.json", text.data(), text.size());
}

Result<OnnxRunResults> readResults(const Path& folder) {
    LAMINA_TRY(const std::string text, readTextFile(folder / "result.json"));
    const auto json = nlohmann::json::parse(text);
    if (json.contains("error"))
        return fail("onnx.runtime_refused", {{"model", json.at("model").get<std::string>()}, {"reason", json.at("error").get<std::string>()}});
    OnnxRunResults results;
    results.runtime = json.at("runtime").get<std::string>();
    for (const auto& run : json.at("runs")) {
        auto& outputs = results.outputs.emplace_back();
        for (const auto& [name, tensor] : run.at("outputs").items()) {
            LAMINA_TRY(outputs[name], loadTensor(tensor, folder));
        }
    }
    return results;
}

/// The last words of a program that failed.
std::string lastWords(const Path& log) {
    const auto text = readTextFile(log);
    if (!text) return {};
    const std::size_t size = text->size();
    return size > 500 ? text->substr(size - 500) : *text;
}

Path pythonPath() {
    if (const char* chosen = std::getenv("LAMINA_PYTHON")) return chosen;
    return Path(LAMINA_SOURCE_DIR) / ".venv/bin/python";
}

}  // namespace

Result<OnnxRunResults> runInPythonRuntime(const std::vector<OnnxRun>& runs, const OnnxRuntimeOptions& options) try {
    const Path python = pythonPath(), script = Path(LAMINA_SOURCE_DIR) / "resources/proof/onnxruntime_run.py";
    for (const Path& needed : {python, script})
        if (!std::filesystem::exists(needed)) return fail("onnx.no_runtime", {{"reason", needed.string()}});
    const ExchangeFolder folder;
    if (folder.path().empty()) return fail("onnx.runtime_failed", {{"reason", std::filesystem::temp_directory_path().string()}});
    LAMINA_CHECK(writeJob(runs, options, folder.path()));
    const Path log = folder.path() / "log.txt";
    LAMINA_TRY(const int status, runChild({python.string(), "-I", script.string(), folder.path().string()}, log, options.timeoutSeconds, options.cancel));
    if (status == 3) return fail("onnx.no_runtime", {{"reason", lastWords(log)}});
    if (status != 0) return fail("onnx.runtime_failed", {{"reason", lastWords(log)}});
    return readResults(folder.path());
} catch (const std::exception& e) {
    return fail("onnx.runtime_failed", {{"reason", e.what()}});
}

Result<OnnxRunResults> runInOnnxRuntime(const std::vector<OnnxRun>& runs, const OnnxRuntimeOptions& options) {
    auto results = runInRuntimeLibrary(runs, options);
    if (results || results.error().code != "onnx.no_runtime") return results;
    return runInPythonRuntime(runs, options);
}

}  // namespace lamina
