#include "core/project/content_files.h"

#include <algorithm>

#include "core/base/sha256.h"
#include "core/base/uuid.h"

namespace lamina {
namespace {

Result<std::string> hashOf(const Path& file, const CancelToken& cancel) {
    constexpr std::size_t piece = 4 << 20;
    LAMINA_TRY(const auto mapped, MappedFile::open(file));
    auto rest = mapped.bytes();
    Sha256 hash;
    while (!rest.empty()) {
        if (cancel.cancelled()) return fail("job.cancelled");
        const std::size_t count = std::min(piece, rest.size());
        hash.add(rest.data(), count);
        rest = rest.subspan(count);
    }
    return hash.finish();
}

std::vector<Path> filesIn(const Path& folder) {
    std::vector<Path> found;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (entry->is_regular_file(error)) found.push_back(entry->path());
    return found;
}

/// Folders in which a job worked that was killed.
void removeWorkFolders(const Path& folder) {
    std::error_code error;
    std::vector<Path> found;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (entry->is_directory(error) && entry->path().extension() == ".part") found.push_back(entry->path());
    for (const Path& path : found) std::filesystem::remove_all(path, error);
}

}  // namespace

bool isContentHash(const std::string& text) {
    return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Path ContentFiles::temporary(std::string_view purpose) const { return m_folder / (std::string(purpose) + "-" + newUuid() + ".part"); }

bool ContentFiles::has(const std::string& hash) const {
    std::error_code error;
    return isContentHash(hash) && std::filesystem::is_regular_file(path(hash), error);
}

Result<std::string> ContentFiles::take(const Path& temporary) {
    LAMINA_TRY(const auto hash, hashOf(temporary, {}));
    const std::lock_guard guard(m_mutex);
    if (has(hash)) LAMINA_CHECK(files().remove(temporary));
    else LAMINA_CHECK(files().rename(temporary, path(hash)));
    return hash;
}

Result<std::string> ContentFiles::add(std::string_view bytes) {
    const std::string hash = sha256(bytes.data(), bytes.size());
    const std::lock_guard guard(m_mutex);
    if (has(hash)) return hash;
    LAMINA_CHECK(checkFreeSpace(path(hash), bytes.size()));
    LAMINA_CHECK(writeFileAtomically(path(hash), bytes));
    return hash;
}

Result<void> ContentFiles::remove(const std::string& hash) {
    const std::lock_guard guard(m_mutex);
    return files().remove(path(hash));
}

Result<void> ContentFiles::prepare() {
    LAMINA_CHECK(files().makeFolder(m_folder / "files"));
    for (const Path& folder : {m_folder, m_folder / "files"})
        for (const Path& file : filesIn(folder))
            if (file.extension() == ".part") LAMINA_CHECK(files().remove(file));
    removeWorkFolders(m_folder);
    return {};
}

std::vector<std::string> ContentFiles::all() const {
    std::vector<std::string> hashes;
    for (const Path& file : filesIn(m_folder / "files"))
        if (isContentHash(file.filename().string())) hashes.push_back(file.filename().string());
    std::sort(hashes.begin(), hashes.end());
    return hashes;
}

Result<void> ContentFiles::check(const std::string& hash, const CancelToken& cancel) const {
    LAMINA_TRY(const auto found, hashOf(path(hash), cancel));
    if (found != hash) return fail("project.file_changed", {{"file", path(hash).string()}});
    return {};
}

}  // namespace lamina
