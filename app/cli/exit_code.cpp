#include "app/cli/exit_code.h"

#include <string_view>
#include <utility>

namespace lamina {
namespace {

constexpr std::pair<std::string_view, ExitCode> table[] = {
    {"cli.", ExitCode::Usage},
    {"property.", ExitCode::BadInput},
    {"file.", ExitCode::BadInput},
    {"csv.", ExitCode::BadInput},
    {"idx.", ExitCode::BadInput},
    {"json.", ExitCode::BadInput},
    {"arff.", ExitCode::BadInput},
    {"cifar.", ExitCode::BadInput},
    {"text_folder.", ExitCode::BadInput},
    {"image.", ExitCode::BadInput},
    {"video.", ExitCode::BadInput},
    {"inputs.", ExitCode::BadInput},
    {"expression.", ExitCode::BadInput},
    {"sqlite.", ExitCode::BadInput},
    {"npy.", ExitCode::BadInput},
    {"xlsx.", ExitCode::BadInput},
    {"archive.", ExitCode::BadInput},
    {"import.", ExitCode::BadInput},
    {"data.", ExitCode::BadInput},
    {"table.", ExitCode::BadInput},
    {"split.", ExitCode::BadInput},
    {"preparation.", ExitCode::BadInput},
    {"network.", ExitCode::BadInput},
    {"layer.", ExitCode::BadInput},
    {"op.", ExitCode::BadInput},
    {"compiler.", ExitCode::BadInput},
    {"template.", ExitCode::BadInput},
    {"task.", ExitCode::BadInput},
    {"predict.", ExitCode::BadInput},
    {"onnx.", ExitCode::BadInput},
    {"model.", ExitCode::BadInput},
    {"jobs.", ExitCode::BadInput},
    {"annotation.", ExitCode::BadInput},
    {"cleaning.", ExitCode::BadInput},
    {"recipe.", ExitCode::BadInput},
    {"reimport.", ExitCode::BadInput},
    {"export.", ExitCode::BadInput},
    {"pack.", ExitCode::BadInput},
    {"project.", ExitCode::Project},
    {"store.", ExitCode::Project},
    {"migration.", ExitCode::Project},
    {"disk.full", ExitCode::DiskFull},
    {"job.cancelled", ExitCode::Interrupted},
};

}  // namespace

ExitCode exitCodeFor(const std::string& errorCode) {
    std::size_t longest = 0;
    ExitCode result = ExitCode::Failed;
    for (const auto& [start, exitCode] : table)
        if (start.size() > longest && errorCode.starts_with(start)) {
            longest = start.size();
            result = exitCode;
        }
    return result;
}

}  // namespace lamina
