#include "app/jobs/zip_writer.h"

#include <archive.h>
#include <archive_entry.h>
#include <zlib.h>

#include <algorithm>
#include <vector>

#include "core/base/utf8_locale.h"
#include "core/base/uuid.h"
#include "core/data/source_file.h"

namespace lamina {

/// What libarchive calls.
struct ZipOutput {
    static la_ssize_t write(archive*, void* client, const void* bytes, std::size_t count) {
        auto& writer = *static_cast<ZipWriter*>(client);
        writer.m_written = writer.m_output->write(bytes, count);
        return writer.m_written ? static_cast<la_ssize_t>(count) : -1;
    }
};

namespace {

/// Would compressing be worth it? Asked of the beginning alone.
bool shrinks(std::span<const std::byte> beginning) {
    std::vector<Bytef> compressed(compressBound(beginning.size()));
    uLongf size = compressed.size();
    if (compress2(compressed.data(), &size, reinterpret_cast<const Bytef*>(beginning.data()), beginning.size(), 1) != Z_OK) return false;
    return size < beginning.size() * 9 / 10;
}

}  // namespace

ZipWriter::ZipWriter(Path file) : m_file(std::move(file)), m_temporary(m_file) { m_temporary += "." + newUuid().substr(0, 8) + ".part"; }

ZipWriter::~ZipWriter() {
    if (m_archive) {
        archive_write_fail(m_archive);
        archive_write_free(m_archive);
    }
    if (m_finished || !m_output) return;
    m_output.reset();
    (void)files().remove(m_temporary);
}

Result<std::unique_ptr<ZipWriter>> ZipWriter::create(const Path& file) {
    std::unique_ptr<ZipWriter> writer(new ZipWriter(file));
    LAMINA_TRY(writer->m_output, files().create(writer->m_temporary));
    writer->m_archive = archive_write_new();
    const Utf8Locale locale;
    archive* const a = writer->m_archive;
    if (archive_write_set_format_zip(a) != ARCHIVE_OK || archive_write_set_options(a, "zip:compression-level=1,zip:zip64,zip:hdrcharset=UTF-8") < ARCHIVE_WARN ||
        archive_write_set_bytes_in_last_block(a, 1) != ARCHIVE_OK || archive_write_open(a, writer.get(), nullptr, ZipOutput::write, nullptr) != ARCHIVE_OK)
        return writer->failed();
    return writer;
}

Error ZipWriter::failed() const {
    if (!m_written) return m_written.error();
    const char* reason = m_archive ? archive_error_string(m_archive) : nullptr;
    return fail("zip.failed", {{"file", m_file.string()}, {"reason", reason ? reason : "libarchive"}});
}

Result<void> ZipWriter::begin(const std::string& name, std::uint64_t bytes, bool compress) {
    const Utf8Locale locale;
    if ((compress ? archive_write_zip_set_compression_deflate(m_archive) : archive_write_zip_set_compression_store(m_archive)) != ARCHIVE_OK) return failed();
    archive_entry* const entry = archive_entry_new();
    archive_entry_set_pathname_utf8(entry, name.c_str());
    archive_entry_set_size(entry, static_cast<la_int64_t>(bytes));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    const int result = archive_write_header(m_archive, entry);
    archive_entry_free(entry);
    return result == ARCHIVE_OK ? Result<void>() : failed();
}

Result<void> ZipWriter::write(std::span<const std::byte> bytes) {
    if (bytes.empty()) return {};
    return archive_write_data(m_archive, bytes.data(), bytes.size()) == static_cast<la_ssize_t>(bytes.size()) ? Result<void>() : failed();
}

Result<void> ZipWriter::addFile(const std::string& name, const Path& path, const CancelToken& cancel) {
    LAMINA_TRY(const auto file, SourceFile::open(path));
    std::vector<std::byte> piece(1u << 20);
    bool begun = false;
    for (std::uint64_t at = 0; at < file.size() || !begun; at += piece.size()) {
        if (cancel.cancelled()) return fail("job.cancelled");
        piece.resize(static_cast<std::size_t>(std::min<std::uint64_t>(1u << 20, file.size() - at)));
        LAMINA_CHECK(file.read(at, piece));
        if (!begun) LAMINA_CHECK(begin(name, file.size(), shrinks(std::span(piece).first(std::min<std::size_t>(piece.size(), 1u << 16)))));
        begun = true;
        LAMINA_CHECK(write(piece));
        if (piece.empty()) break;
    }
    return {};
}

Result<void> ZipWriter::finish() {
    const Utf8Locale locale;
    if (archive_write_close(m_archive) != ARCHIVE_OK) return failed();
    LAMINA_CHECK(m_output->sync());
    LAMINA_CHECK(m_output->close());
    LAMINA_CHECK(files().rename(m_temporary, m_file));
    m_finished = true;
    return {};
}

}  // namespace lamina
