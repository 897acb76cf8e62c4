#include "app/studio/sample_projects.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

#include <filesystem>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/road_places.h"
#include "app/jobs/split_jobs.h"

namespace lamina {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(SampleProjects)
};

/// A file inside the program, written out so that an importer can read it.
Result<Path> unpacked(const std::string& source, const QTemporaryDir& folder) {
    const QString inside = QString::fromStdString(source);
    const QString outside = folder.filePath(inside.section('/', -1));
    if (!QFile::copy(inside, outside)) return fail("file.failed", {{"file", outside.toStdString()}, {"call", "copy"}, {"reason", ""}});
    return Path(outside.toStdString());
}

Result<void> fill(Project& project, const SampleProject& sample, const CancelToken& cancel, const ProgressFunction& progress) {
    QTemporaryDir folder;
    ImportRequest request;
    request.source = sample.source;
    if (sample.source.starts_with(":/")) {
        LAMINA_TRY(request.source, unpacked(sample.source, folder));
    }
    LAMINA_TRY(const auto imported, importDataset(project, request, ImportJob{progress, cancel}));
    LAMINA_TRY(const auto split, splitDataset(project, imported.dataset, SplitSettings{}, cancel));
    BuildRequest build;
    build.cancel = cancel;
    LAMINA_CHECK(buildNetwork(project, build));
    return project.close();
}

void removeProject(const Path& file) {
    std::error_code error;
    for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + ending, error);
    std::filesystem::remove_all(file.string() + ".d", error);
}

}  // namespace

std::vector<SampleProject> sampleProjects() {
    const auto garments = roadSource("fashion-mnist");
    return {
        {"garments", Words::tr("Garments"), Words::tr("70,000 small pictures of clothes in ten classes. A network learns to tell them apart in a minute or two."),
         garments ? garments->string() : std::string(), garments.ok()},
        {"iris", Words::tr("Iris flowers"), Words::tr("150 flowers, four measurements each: which of three species is it? Trains in seconds."), ":/samples/iris.csv", true},
    };
}

Result<Path> makeSampleProject(const SampleProject& sample, const Path& folder, const CancelToken& cancel, const ProgressFunction& progress) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const Path file = freeProjectFile(folder / sample.id.toStdString());
    LAMINA_TRY(auto project, Project::create(file));
    const auto filled = fill(*project, sample, cancel, progress);
    project.reset();
    if (filled) return file;
    removeProject(file);
    return filled.error();
}

}  // namespace lamina
