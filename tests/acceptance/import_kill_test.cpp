// kill -9 at random moments of an import, as the window and the command line do it: a dataset is there whole or not at all, and nothing is left over.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <random>
#include <set>

#include "app/jobs/dataset_jobs.h"
#include "app/jobs/split_jobs.h"
#include "tests/support/temporary_folder.h"

namespace lamina {
namespace {

constexpr int importKills = 20;
constexpr std::int64_t tableRows = 20000, pictures = 60;

Path writeImportedTable(const Path& file) {
    std::ofstream out(file);
    out << "x;y;note;kind\n";
    for (std::int64_t i = 0; i < tableRows; ++i) out << i * 37 % 1001 / 8.0 << ';' << i << ";note " << i << ';' << (i % 3 ? "a" : "b") << '\n';
    return file;
}

Path writePictures(const Path& folder) {
    for (std::int64_t i = 0; i < pictures; ++i) {
        const Path place = folder / (i % 2 ? "dark" : "bright");
        std::filesystem::create_directories(place);
        std::ofstream out(place / (std::to_string(i) + ".pgm"));
        out << "P2 64 64 255\n";
        for (int pixel = 0; pixel < 64 * 64; ++pixel) out << (pixel + i) % 200 << ' ';
    }
    return folder;
}

Result<void> import(Project& project, const Path& source) {
    ImportRequest request;
    request.source = source;
    LAMINA_TRY(const auto imported, importDataset(project, request, {{}, {}, 2}));
    LAMINA_CHECK(splitDataset(project, imported.dataset, {}));
    return {};
}

/// Imports and divides the source again and again until it is killed.
[[noreturn]] void importForever(const Path& file, const Path& source) {
    auto project = Project::open(file, StoreAccess::Write);
    if (!project) _exit(1);
    for (;;)
        if (!import(**project, source)) _exit(2);
}

/// How long opening the project and one import take on this machine as it is.
int wholeMilliseconds(const Path& file, const Path& source) {
    const auto begin = std::chrono::steady_clock::now();
    auto project = Project::open(file, StoreAccess::Write);
    EXPECT_TRUE(project.ok() && import(**project, source).ok());
    project->reset();
    return static_cast<int>(std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begin).count());
}

void killImport(const Path& file, const Path& source, int milliseconds) {
    const pid_t child = fork();
    if (child == 0) importForever(file, source);
    usleep(static_cast<useconds_t>(milliseconds) * 1000);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
}

/// Every file beside the project but its lock and what is noted of the sources.
std::size_t filesBeside(const Project& project) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(project.folder()))
        count += entry.is_regular_file() && entry.path().filename() != "lock" && entry.path().parent_path().filename() != "sources";
    return count;
}

/// Datasets whose sources are noted.
std::set<std::string> notedSources(const Project& project) {
    std::set<std::string> noted;
    if (!std::filesystem::exists(project.folder() / "sources")) return noted;
    for (const auto& entry : std::filesystem::directory_iterator(project.folder() / "sources"))
        if (entry.path().extension() == ".json") noted.insert(entry.path().stem().string());
    return noted;
}

void expectWhole(Project& project) {
    EXPECT_TRUE(project.verify(VerifyLevel::Full)->empty());
    std::set<std::string> named;
    const auto datasets = *project.datasets().all();
    for (const DatasetRecord& dataset : datasets) {
        EXPECT_EQ(dataset.rows, dataset.importer == "csv" ? tableRows : pictures);
        for (const ColumnRecord& column : dataset.columns) named.insert(column.fileHash);
        const auto table = openTable(project, dataset);
        EXPECT_TRUE(table.ok() && table->rows() == dataset.rows);
        const auto splits = *project.splits().ofDataset(dataset.id);
        for (const SplitRecord& split : splits) named.insert(split.assignmentFileHash);
    }
    EXPECT_EQ(filesBeside(project), named.size()) << "something half imported is left";
    for (const auto& id : notedSources(project))
        EXPECT_TRUE(std::any_of(datasets.begin(), datasets.end(), [&](const auto& dataset) { return dataset.id == id; })) << id << " is no dataset's source";
}

TEST(ImportKill, ADatasetIsThereWholeOrNotAtAll) {
    const TemporaryFolder folder;
    const Path file = folder / "p.lamina";
    ASSERT_TRUE(Project::create(file));
    const Path sources[] = {writeImportedTable(folder / "table.csv"), writePictures(folder / "photos")};
    std::mt19937 random(11);
    const int whole[] = {wholeMilliseconds(file, sources[0]), wholeMilliseconds(file, sources[1])};
    for (int round = 0; round < importKills; ++round) {
        ASSERT_NO_FATAL_FAILURE(killImport(file, sources[round % 2], std::uniform_int_distribution<int>(1, 2 * whole[round % 2])(random)));
        auto project = Project::open(file, StoreAccess::Write);
        ASSERT_TRUE(project) << project.error().debugText();
        expectWhole(**project);
    }
    auto project = Project::open(file, StoreAccess::Write);
    EXPECT_GT((*project)->datasets().all()->size(), 2u) << "too slow to prove anything";
}

}  // namespace
}  // namespace lamina
