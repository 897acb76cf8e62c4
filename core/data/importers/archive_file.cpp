#include "core/data/importers/archive_file.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "core/base/utf8_locale.h"
#include "core/data/utf8.h"

namespace lamina {
namespace {

constexpr std::uint64_t archiveGrace = std::uint64_t{64} << 20;
constexpr std::size_t archivePiece = std::size_t{1} << 18;

std::string archiveEntryName(archive_entry* entry) {
    if (const char* name = archive_entry_pathname_utf8(entry)) return name;
    // Without a UTF-8 locale the library may refuse to convert: the bytes as they are, or as Latin-1.
    const char* raw = archive_entry_pathname(entry);
    if (!raw) return {};
    std::string name = raw;
    if (invalidUtf8At(name) == std::string_view::npos) return name;
    std::string utf8;
    appendLatin1(utf8, name);
    return utf8;
}

void allowFormats(archive* reader, bool single) {
    archive_read_support_format_zip(reader);
    archive_read_support_format_tar(reader);
    archive_read_support_format_gnutar(reader);
    if (single) archive_read_support_format_raw(reader);
    archive_read_support_filter_gzip(reader);
    archive_read_support_filter_bzip2(reader);
    archive_read_support_filter_xz(reader);
    archive_read_support_filter_zstd(reader);
}

}  // namespace

Result<ArchiveFile> ArchiveFile::open(const Path& path, bool single, ArchiveLimits limits) {
    LAMINA_TRY(const auto source, SourceFile::open(path));
    ArchiveFile file(path);
    file.m_limits = limits;
    file.m_size = source.size();
    file.m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    file.m_archive = archive_read_new();
    if (file.m_descriptor < 0 || !file.m_archive) return fail("archive.unreadable", {{"file", path.string()}, {"reason", "open"}});
    allowFormats(file.m_archive, single);
    if (archive_read_open_fd(file.m_archive, file.m_descriptor, 1 << 16) != ARCHIVE_OK) {
        const char* reason = archive_error_string(file.m_archive);
        return fail("archive.unreadable", {{"file", path.string()}, {"reason", reason ? reason : ""}});
    }
    return file;
}

ArchiveFile::ArchiveFile(ArchiveFile&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_archive(std::exchange(other.m_archive, nullptr)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_limits(other.m_limits),
      m_size(other.m_size),
      m_read(other.m_read),
      m_entries(other.m_entries),
      m_single(other.m_single) {}

ArchiveFile::~ArchiveFile() {
    if (m_archive) archive_read_free(m_archive);
    if (m_descriptor >= 0) ::close(m_descriptor);
}

Error ArchiveFile::damaged() const {
    const char* reason = archive_error_string(m_archive);
    const std::string text = reason ? reason : "";
    if (text.find("ncrypt") != std::string::npos || text.find("assphrase") != std::string::npos) return fail("archive.password", {{"file", m_path.string()}});
    return fail("archive.damaged", {{"file", m_path.string()}, {"reason", text}});
}

Result<std::optional<ArchiveEntry>> ArchiveFile::next() {
    const Utf8Locale locale;  // in "C" the library would give no name that has other letters
    archive_entry* entry = nullptr;
    const int state = archive_read_next_header(m_archive, &entry);
    if (state == ARCHIVE_EOF) return std::optional<ArchiveEntry>();
    if (state != ARCHIVE_OK && state != ARCHIVE_WARN) return damaged();
    if (archive_entry_is_encrypted(entry)) return fail("archive.password", {{"file", m_path.string()}});
    if (++m_entries > m_limits.entries) return fail("archive.too_many_entries", {{"file", m_path.string()}, {"limit", std::to_string(m_limits.entries)}});
    m_single = archive_format(m_archive) == ARCHIVE_FORMAT_RAW;
    ArchiveEntry found;
    found.name = m_single ? m_path.stem().string() : archiveEntryName(entry);
    found.file = m_single || (archive_entry_filetype(entry) == AE_IFREG && !archive_entry_hardlink(entry) && !archive_entry_symlink(entry));
    found.folder = !m_single && archive_entry_filetype(entry) == AE_IFDIR;
    return std::optional(std::move(found));
}

Result<std::size_t> ArchiveFile::read(std::span<std::byte> bytes) {
    const auto got = archive_read_data(m_archive, bytes.data(), bytes.size());
    if (got < 0) return damaged();
    m_read += static_cast<std::uint64_t>(got);
    const bool swollen = m_read > archiveGrace && m_read / m_limits.ratio > m_size;
    if (m_read > m_limits.bytes || swollen)
        return fail("archive.too_large", {{"file", m_path.string()}, {"limit", std::to_string(swollen ? archiveGrace : m_limits.bytes)}});
    return static_cast<std::size_t>(got);
}

Result<void> ArchiveFile::extract(const Path& to, const CancelToken& cancel, std::uint64_t mostBytes) {
    LAMINA_TRY(auto out, files().create(to));
    std::vector<std::byte> piece(archivePiece);
    std::uint64_t written = 0, checked = 0;
    while (written < mostBytes) {
        if (cancel.cancelled()) return fail("job.cancelled");
        LAMINA_TRY(const auto got, read(std::span(piece).first(static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), mostBytes - written)))));
        if (got == 0) break;
        if (written >= checked) {
            checked = written + (std::uint64_t{64} << 20);
            LAMINA_CHECK(checkFreeSpace(to.parent_path(), checked - written));
        }
        LAMINA_CHECK(out->write(piece.data(), got));
        written += got;
    }
    return out->close();
}

Result<std::string> ArchiveFile::text(std::size_t limit) {
    std::string text;
    std::vector<std::byte> piece(archivePiece);
    while (true) {
        LAMINA_TRY(const auto got, read(piece));
        if (got == 0) return text;
        if (text.size() + got > limit) return fail("archive.too_large", {{"file", m_path.string()}, {"limit", std::to_string(limit)}});
        text.append(reinterpret_cast<const char*>(piece.data()), got);
    }
}

std::string safeRelativeName(const std::string& name) {
    if (name.empty() || name.size() > 4096 || name[0] == '/' || name[0] == '\\' || (name.size() > 1 && name[1] == ':')) return {};
    std::string safe, part;
    for (std::size_t i = 0; i <= name.size(); ++i) {
        const char c = i < name.size() ? name[i] : '/';
        if (static_cast<unsigned char>(c) < 32 || c == 127) return {};
        if (c != '/' && c != '\\') {
            part += c;
            continue;
        }
        if (part == ".." || part.size() > 255) return {};
        if (!part.empty() && part != ".") safe += (safe.empty() ? "" : "/") + part;
        part.clear();
    }
    return safe;
}

}  // namespace lamina
