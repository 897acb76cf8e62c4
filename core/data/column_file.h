// Column files: one column, immutable, named by the SHA-256 of its bytes ("<hash>.column"). Written in one pass with bounded
// memory, read through a memory mapping without copying.
//
// Layout (little endian, sections start at multiples of 64):
//   0        "LAMCOL01", then zeros up to 64
//   values   Number float64, Integer and Time int64, Boolean uint8, Category int32, Text UTF-8 bytes, Image bytes, Tensor elements
//   offsets  Text, Image: rows + 1 of uint64
//   missing  one bit per row (absent where nothing is missing, and for Number and Category)
//   words    Category: uint64 count, count + 1 uint64 offsets, UTF-8 bytes
//   end      ColumnFileEnd: the sizes of all of these, kind, rows, a CRC-32 of itself
// Equal values give equal bytes, so equal columns share one file. Names and ids are not in the file.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "core/base/files.h"
#include "core/base/sha256.h"
#include "core/data/column.h"

namespace lamina {

/// A column on disk.
struct StoredColumn {
    ColumnInfo info;
    Path path;         ///< folder / (hash + ".column")
    std::string hash;  ///< SHA-256 of the file
    std::uint64_t bytes = 0;
    bool created = false;  ///< false: a file with this content was there before
};

/// folder / (hash + ".column")
Path columnPath(const Path& folder, const std::string& hash);

/// Writes one column, in chunks, into a temporary file in `folder`; nothing is visible under a final name before publish().
/// One thread at a time. A writer that dies unpublished removes its temporaries. Errors are those of core/base/files.h
/// and "column.bad_chunk" where a chunk does not fit the column.
class ColumnFileWriter {
public:
    /// `info` says kind, name and id and for a Tensor elementType (UInt8 or Float32) and elementShape; rows and missing are counted here.
    /// Creates the folder where needed. `expectedBytes` (0: unknown) is checked against the free space first.
    static Result<std::unique_ptr<ColumnFileWriter>> create(const Path& folder, ColumnInfo info, std::uint64_t expectedBytes = 0);
    ~ColumnFileWriter();
    ColumnFileWriter(const ColumnFileWriter&) = delete;
    ColumnFileWriter& operator=(const ColumnFileWriter&) = delete;

    /// Appends all rows of `chunk`, which has the column's kind. Category: codes count in the final dictionary.
    Result<void> append(const ColumnView& chunk);
    /// Tensor: appends count × elementBytes(info) bytes, none missing.
    Result<void> appendElements(std::span<const std::byte> bytes);
    /// Category: the texts of the codes; before seal().
    void setDictionary(std::vector<std::string> texts) { m_info.dictionary = std::move(texts); }

    std::int64_t rows() const { return m_info.rows; }
    /// Writes the end, syncs and closes; no more append(). The file still has its temporary name.
    Result<void> seal();
    /// Gives the sealed file its final name (or drops it where a file of this content is there already).
    Result<StoredColumn> publish();
    /// seal() and publish().
    Result<StoredColumn> finish();

private:
    ColumnFileWriter(Path folder, ColumnInfo info);
    Result<void> put(const void* bytes, std::size_t count);
    Result<void> flush();
    Result<void> align();
    Result<void> appendText(const ColumnView& chunk);
    Result<void> writeOffsets();
    void noteMissing(const ColumnView& chunk);

    Path m_folder, m_path, m_offsetsPath;
    ColumnInfo m_info;
    std::unique_ptr<OutputFile> m_file, m_offsetsFile;
    Sha256 m_hash;
    std::string m_hashText;
    std::vector<std::byte> m_buffer;
    std::uint64_t m_written = 0;
    std::uint64_t m_textBytes = 0;
    std::vector<std::uint8_t> m_missingBits;
    bool m_published = false;
};

/// An opened column file. Opening checks everything that later reading relies on: magic, version, checksum of the end, every size
/// against the mapped bytes, text offsets, category codes, booleans; a file that lies gives "column.damaged" {file, reason}.
/// Views stay valid while the ColumnFile lives (it may be moved). Any number of threads may read.
class ColumnFile {
public:
    static Result<ColumnFile> open(const Path& path);
    ColumnFile() = default;

    /// Kind, element type and shape, rows, missing, dictionary; id, name and role are empty (the file does not know them).
    const ColumnInfo& info() const { return m_info; }
    ColumnView view() const;

private:
    MappedFile m_file;
    ColumnInfo m_info;
    std::uint64_t m_valuesSize = 0, m_offsetsAt = 0, m_missingAt = 0, m_missingSize = 0;
};

/// Reads the whole file and compares its SHA-256 with its name: "column.damaged" where they differ.
Result<void> verifyColumnFile(const Path& path);

}  // namespace lamina
