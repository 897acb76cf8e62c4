// The bytes as a project file somebody sent: opened for reading, looked at from all sides, verified.
#include <unistd.h>

#include <cstdint>
#include <string>

#include "core/project/project.h"
#include "tests/fuzz/targets.h"

namespace {

using lamina::Path;
using lamina::Project;

const Path& folder() {
    static const Path path = [] {
        std::error_code error;
        const Path memory = "/dev/shm";
        const Path base = std::filesystem::is_directory(memory, error) ? memory : std::filesystem::temp_directory_path();
        return base / ("lamina-fuzz-" + std::to_string(getpid()));
    }();
    return path;
}

void lookAtEverything(Project& project) {
    (void)project.datasets().all();
    (void)project.networks().all();
    (void)project.labelClasses().all();
    (void)project.annotations().history(1);
    (void)project.labelItems().list(1, {}, 0, 10);
    (void)project.labelItems().counts(1);
    (void)project.history();
    if (const auto runs = project.runs().all())
        for (const auto& run : *runs) {
            (void)project.runs().attempts(run.id);
            (void)project.metrics().clean(run.id);
            if (const auto names = project.metrics().names(run.id))
                for (const auto& [split, name] : *names) (void)project.metrics().series(run.id, name, split, 3, 1000, 100);
            (void)project.checkpoints().ofRun(run.id);
            (void)project.evaluations().ofRun(run.id);
        }
    (void)project.verify(lamina::VerifyLevel::Full);
}

}  // namespace

LAMINA_FUZZ_TARGET(project)(const std::uint8_t* data, std::size_t size) {
    using namespace lamina;
    std::error_code error;
    std::filesystem::create_directories(folder(), error);
    const Path file = folder() / "p.lamina";
    {
        auto output = FileSystem().create(file);
        if (!output || !(*output)->write(data, size)) return 0;
    }
    if (auto project = Project::open(file, StoreAccess::ReadOnly)) lookAtEverything(**project);
    std::filesystem::remove_all(folder(), error);
    return 0;
}
