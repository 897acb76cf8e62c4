#include "app/jobs/pack_jobs.h"

#include <algorithm>
#include <set>

#include "app/jobs/recipe_keys.h"
#include "app/jobs/work_folder.h"
#include "app/jobs/zip_writer.h"
#include "core/base/sha256.h"
#include "core/base/uuid.h"
#include "core/data/column_file.h"
#include "core/data/image_reference.h"
#include "core/data/importers/archive_file.h"

namespace lamina {
namespace {

namespace fs = std::filesystem;

constexpr const char* projectEnding = ".lamina";
constexpr const char* contentFolder = ".lamina.d/files/";
constexpr const char* keysEntry = ".lamina.d/keys.json";

bool isHash(const std::string& text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::vector<Path> contentFilesOf(const Project& project) {
    std::vector<Path> found;
    std::error_code error;
    for (fs::directory_iterator at(project.folder() / "files", error), end; !error && at != end; at.increment(error))
        if (isHash(at->path().filename().string())) found.push_back(at->path());
    std::sort(found.begin(), found.end());
    return found;
}

/// Pictures that stayed where they were are not in the project.
Result<void> notePictures(Project& project, std::vector<Issue>& issues) {
    LAMINA_TRY(const auto all, project.datasets().all());
    for (const DatasetRecord& dataset : all)
        for (const ColumnRecord& column : dataset.columns) {
            if (column.kind != columnKindName(ColumnKind::Image)) continue;
            LAMINA_TRY(const auto file, ColumnFile::open(project.filePath(column.fileHash)));
            const ColumnView view = file.view();
            for (std::int64_t row = 0; row < view.rows; ++row) {
                if (view.isMissing(row) || !isImageReference(view.text(row))) continue;
                issues.push_back({Severity::Warning, fail("pack.pictures_stay", {{"dataset", dataset.name}, {"folder", dataset.sourcePath}}), 1});
                break;
            }
        }
    return {};
}

/// What comes out of a pack, in a folder of its own until all of it is right.
class Unpacking {
public:
    Unpacking(const Path& pack, const Path& folder, const CancelToken& cancel) : m_pack(pack), m_folder(folder), m_work(folder / ("unpack-" + newUuid() + ".part")), m_cancel(cancel) {}
    ~Unpacking() {
        std::error_code ignored;
        fs::remove_all(m_work, ignored);
    }

    Result<PackOutcome> run(const ProgressFunction& progress) {
        LAMINA_CHECK(files().makeFolder(m_work));
        LAMINA_TRY(auto archive, ArchiveFile::open(m_pack));
        for (;;) {
            LAMINA_TRY(const auto entry, archive.next());
            if (!entry) break;
            LAMINA_CHECK(take(archive, *entry));
            if (progress) progress({"unpack", m_outcome.files, 0, "files"});
        }
        if (m_name.empty()) return notAPack("project");
        LAMINA_CHECK(check());
        LAMINA_CHECK(moveIn());
        return m_outcome;
    }

private:
    Error notAPack(const std::string& reason) const { return fail("pack.not_a_pack", {{"file", m_pack.string()}, {"reason", reason}}); }

    Result<void> take(ArchiveFile& archive, const ArchiveEntry& entry) {
        if (!entry.file || safeRelativeName(entry.name) != entry.name) return notAPack(entry.name);
        if (!m_seen.insert(entry.name).second) return notAPack(entry.name);
        if (m_name.empty()) return takeProject(archive, entry);
        if (entry.name == m_name + keysEntry) return takeKeys(archive);
        const std::string start = m_name + contentFolder;
        const std::string hash = entry.name.starts_with(start) ? entry.name.substr(start.size()) : std::string();
        if (!isHash(hash)) return notAPack(entry.name);
        const Path to = m_work / "files" / hash;
        LAMINA_CHECK(extract(archive, to));
        LAMINA_TRY(const auto found, hashOf(to));
        if (found != hash) return fail("pack.file_changed", {{"file", m_pack.string()}, {"entry", entry.name}});
        ++m_outcome.files;
        return {};
    }

    /// The first entry is the project itself; all others lie in its folder.
    Result<void> takeProject(ArchiveFile& archive, const ArchiveEntry& entry) {
        const Path name = entry.name;
        if (name.has_parent_path() || name.extension() != projectEnding || name.stem().empty()) return notAPack(entry.name);
        m_name = name.stem().string();
        LAMINA_CHECK(files().makeFolder(m_work / "files"));
        return extract(archive, m_work / "project.lamina");
    }

    /// Only what is read as keys is taken.
    Result<void> takeKeys(ArchiveFile& archive) {
        const Path to = m_work / "keys.json";
        LAMINA_CHECK(extract(archive, to));
        return readKeys(to) ? Result<void>() : notAPack(m_name + keysEntry);
    }

    Result<void> extract(ArchiveFile& archive, const Path& to) {
        LAMINA_CHECK(archive.extract(to, m_cancel));
        std::error_code ignored;
        m_outcome.bytes += fs::file_size(to, ignored);
        return {};
    }

    Result<std::string> hashOf(const Path& path) const {
        LAMINA_TRY(const auto mapped, MappedFile::open(path));
        Sha256 hash;
        for (auto rest = mapped.bytes(); !rest.empty();) {
            if (m_cancel.cancelled()) return fail("job.cancelled");
            const auto piece = rest.first(std::min<std::size_t>(rest.size(), 4u << 20));
            hash.add(piece.data(), piece.size());
            rest = rest.subspan(piece.size());
        }
        return hash.finish();
    }

    /// Is it a project, with all that it names?
    Result<void> check() {
        const Path file = m_work / "project.lamina", content = file.string() + ".d";
        LAMINA_CHECK(files().makeFolder(content));
        LAMINA_CHECK(files().rename(m_work / "files", content / "files"));
        std::error_code ignored;
        if (fs::exists(m_work / "keys.json", ignored)) LAMINA_CHECK(files().rename(m_work / "keys.json", content / "keys.json"));
        LAMINA_TRY(const auto project, Project::open(file, StoreAccess::Write));
        if (!project->issues().empty()) return project->issues().front().what;
        LAMINA_TRY(const auto issues, project->verify(VerifyLevel::Quick, m_cancel));
        if (!issues.empty()) return issues.front().what;
        return project->close();
    }

    Result<void> moveIn() {
        const Path file = m_folder / (m_name + projectEnding), content = file.string() + ".d";
        std::error_code ignored;
        if (fs::exists(file, ignored) || fs::exists(content, ignored)) return fail("project.exists", {{"file", file.string()}});
        LAMINA_CHECK(files().rename(m_work / "project.lamina.d", content));
        if (auto moved = files().rename(m_work / "project.lamina", file); !moved) {
            fs::remove_all(content, ignored);
            return moved;
        }
        m_outcome.file = file;
        return {};
    }

    Path m_pack, m_folder, m_work;
    CancelToken m_cancel;
    std::string m_name;
    std::set<std::string> m_seen;
    PackOutcome m_outcome;
};

}  // namespace

Result<PackOutcome> packProject(Project& project, const Path& file, const PackRequest& request) {
    const CancelToken& cancel = request.cancel;
    std::error_code ignored;
    if (!request.replace && fs::exists(file, ignored)) return fail("jobs.file_exists", {{"file", file.string()}});
    for (const Issue& issue : project.issues())
        if (issue.severity == Severity::Blocker) return issue.what;
    const WorkFolder work(project, "pack");
    LAMINA_CHECK(files().makeFolder(work.path()));
    // Content files are immutable and never removed while somebody names them: what the snapshot names is there afterwards.
    const Path snapshot = work.path() / "snapshot";
    LAMINA_CHECK(project.snapshot(snapshot));
    LAMINA_TRY(const auto zip, ZipWriter::create(file));
    LAMINA_CHECK(zip->addFile(project.name() + projectEnding, snapshot, cancel));
    PackOutcome outcome;
    outcome.file = file;
    LAMINA_CHECK(notePictures(project, outcome.issues));
    if (fs::exists(keysFile(project), ignored)) {
        if (request.withKeys) LAMINA_CHECK(zip->addFile(project.name() + keysEntry, keysFile(project), cancel));
        outcome.issues.push_back({request.withKeys ? Severity::Warning : Severity::Note, request.withKeys ? fail("pack.with_keys") : fail("pack.without_keys"), 1});
    }
    const auto contents = contentFilesOf(project);
    for (const Path& content : contents) {
        LAMINA_CHECK(zip->addFile(project.name() + contentFolder + content.filename().string(), content, cancel));
        if (request.progress) request.progress({"pack", ++outcome.files, static_cast<std::int64_t>(contents.size()), "files"});
        else ++outcome.files;
    }
    LAMINA_CHECK(zip->finish());
    outcome.bytes = fs::file_size(file, ignored);
    return outcome;
}

Result<PackOutcome> unpackProject(const Path& pack, const Path& folder, const CancelToken& cancel, const ProgressFunction& progress) {
    return Unpacking(pack, folder, cancel).run(progress);
}

}  // namespace lamina
