#include "app/studio/sample_projects.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>

#include <chrono>
#include <filesystem>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/network_jobs.h"
#include "app/jobs/road_places.h"
#include "app/jobs/split_jobs.h"
#include "core/base/uuid.h"
#include "core/store/file_lock.h"

namespace lamina {
namespace {

struct SampleWords {
    Q_DECLARE_TR_FUNCTIONS(SampleProjects)
};

constexpr const char* workPrefix = ".making-";
constexpr const char* workLock = "lock";
constexpr auto lockedWithin = std::chrono::minutes(1);  // after it was made; far less in truth

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

/// Gone with all that is in it.
struct WorkPlace {
    Path path;
    FileLock lock;
    ~WorkPlace() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

bool isStale(const std::filesystem::directory_entry& entry) {
    std::error_code error;
    if (!entry.path().filename().string().starts_with(workPrefix) || entry.is_symlink(error) || !entry.is_directory(error)) return false;
    const auto made = std::filesystem::last_write_time(entry.path(), error);
    return !error && std::filesystem::file_time_type::clock::now() - made > lockedWithin && !FileLock::held(entry.path() / workLock);
}

}  // namespace

void sweepSampleWork(const Path& folder) {
    std::error_code error;
    std::vector<Path> stale;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (isStale(*entry)) stale.push_back(entry->path());
    for (const Path& path : stale) std::filesystem::remove_all(path, error);
}

std::vector<SampleProject> sampleProjects() {
    const auto garments = roadSource("fashion-mnist");
    return {
        {"garments", SampleWords::tr("Garments"), SampleWords::tr("70,000 small pictures of clothes in ten classes. A network learns to tell them apart in a minute or two."),
         garments ? garments->string() : std::string(), garments.ok()},
        {"iris", SampleWords::tr("Iris flowers"), SampleWords::tr("150 flowers, four measurements each: which of three species is it? Trains in seconds."), ":/samples/iris.csv", true},
    };
}

Result<Path> makeSampleProject(const SampleProject& sample, const Path& folder, const CancelToken& cancel, const ProgressFunction& progress) {
    // Made aside and moved in when whole: a sample that is there is complete, even where the program was killed while it was made.
    WorkPlace work{folder / (workPrefix + newUuid()), {}};
    std::error_code error;
    std::filesystem::create_directories(work.path, error);
    LAMINA_TRY(work.lock, FileLock::take(work.path / workLock));
    const Path made = work.path / (sample.id.toStdString() + ".lamina");
    LAMINA_TRY(auto project, Project::create(made));
    LAMINA_CHECK(fill(*project, sample, cancel, progress));
    project.reset();
    const Path file = freeProjectFile(folder / sample.id.toStdString());
    std::filesystem::rename(made.string() + ".d", file.string() + ".d", error);
    if (!error) std::filesystem::rename(made, file, error);
    if (error) return fail("file.failed", {{"file", file.string()}, {"call", "rename"}, {"reason", error.message()}});
    return file;
}

}  // namespace lamina
