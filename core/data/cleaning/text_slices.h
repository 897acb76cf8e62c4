// A Text column changed slice by slice: rows that stay as they are lie together in the old column and are copied together, and whole slices can be
// worked on at once.
#pragma once

#include <cstring>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/cleaning/column_memory.h"
#include "core/data/column.h"

namespace lamina {

/// Bytes that grow at their end.
class TextBytes {
public:
    /// So many bytes behind the last one may always be written over.
    static constexpr std::size_t slack = 32;

    std::size_t size() const { return m_size; }
    std::string_view all() const { return {m_memory.data(), m_size}; }
    void clear() { m_size = 0; }
    void reserve(std::size_t bytes) {
        if (bytes + slack > m_memory.size()) grow(bytes);
    }
    /// Where so many more bytes can be written; they count after added().
    char* room(std::size_t more) {
        reserve(m_size + more);
        return m_memory.data() + m_size;
    }
    void added(std::size_t bytes) { m_size += bytes; }
    void append(std::string_view text) {
        if (text.empty()) return;
        std::memcpy(room(text.size()), text.data(), text.size());
        m_size += text.size();
    }
    /// The same; `readable`: up to where bytes behind the text may be read. Short texts, which most are, are copied without a call.
    void append(std::string_view text, const char* readable) {
        if (text.size() > slack || readable - text.data() < static_cast<std::ptrdiff_t>(slack)) return append(text);
        std::memcpy(room(text.size()), text.data(), slack);
        m_size += text.size();
    }

private:
    void grow(std::size_t bytes) {
        ColumnMemory<char> larger(bytes + bytes / 4 + 4096);
        if (m_size > 0) std::memcpy(larger.data(), m_memory.data(), m_size);
        m_memory = std::move(larger);
    }

    ColumnMemory<char> m_memory;
    std::size_t m_size = 0;
};

/// Memory for slices of texts, used for one column after the other. Any thread.
class TextBytesPool {
public:
    TextBytes take() {
        const std::lock_guard lock(m_mutex);
        if (m_free.empty()) return {};
        TextBytes bytes = std::move(m_free.back());
        m_free.pop_back();
        bytes.clear();
        return bytes;
    }
    void give(TextBytes bytes) {
        const std::lock_guard lock(m_mutex);
        m_free.push_back(std::move(bytes));
    }

private:
    std::mutex m_mutex;
    std::vector<TextBytes> m_free;
};

/// The texts of some rows in the making. Rows are given in their order; those that are not given stay as they are, missing ones always do.
class TextSliceEditor {
public:
    /// Where the new texts go: their bytes, `ends[row + 1]`: where in `bytes` a row ends, and the column's bitmap.
    struct Target {
        TextBytes& bytes;
        std::uint64_t* ends;
        std::uint8_t* missingBits;
    };
    /// The rows first … last - 1; `first` is a multiple of 8. `removed` (may be nullptr): rows marked there do not count as changed.
    TextSliceEditor(const ColumnView& view, std::int64_t first, std::int64_t last, Target target, const std::uint16_t* removed);

    std::int64_t first() const { return m_first; }
    std::int64_t last() const { return m_last; }
    bool isMissing(std::int64_t row) const { return bitAt(m_view.missingBits, row); }
    std::string_view text(std::int64_t row) const { return {m_view.textBytes.data() + begin(row), begin(row + 1) - begin(row)}; }
    /// Where a row begins among all bytes of the column.
    std::size_t begin(std::int64_t row) const { return static_cast<std::size_t>(m_view.offsets[static_cast<std::size_t>(row)]); }
    /// The texts of all rows, one behind the other.
    std::string_view allTexts() const { return {m_view.textBytes.data() + begin(m_first), begin(m_last) - begin(m_first)}; }
    /// Up to where bytes of the column may be read.
    const char* readable() const { return m_view.textBytes.data() + m_view.textBytes.size(); }
    /// No missing row holds bytes: allTexts() is what the rows hold.
    bool isPlain() const { return m_plain; }

    /// The new text of a row, which may be a part of the old one.
    void put(std::int64_t row, std::string_view text) {
        write(row, text, text.data());
        countChange(row);
    }
    void putPart(std::int64_t row, std::string_view part) {
        write(row, part, readable());
        countChange(row);
    }
    /// A row by itself, changed or not: quicker than runs of rows where many of them change.
    void writePart(std::int64_t row, std::string_view part, bool changed) {
        m_anything = m_anything || changed;
        copyUntil(row);
        m_target.bytes.append(part, readable());
        m_target.ends[row + 1] = m_target.bytes.size();
        m_copied = row + 1;
        if (changed) countChange(row);
    }
    /// Before and after a changed row's text is appended to bytes() piece by piece.
    void beginRow(std::int64_t row) {
        m_anything = true;
        copyUntil(row);
    }
    void endRow(std::int64_t row) {
        m_target.ends[row + 1] = m_target.bytes.size();
        m_copied = row + 1;
        countChange(row);
    }
    /// The row becomes missing.
    void clear(std::int64_t row) {
        refuse(row);
        countChange(row);
    }
    /// The same, but it does not count as changed.
    void refuse(std::int64_t row);

    /// For those who write all bytes by themselves: the bytes; where in them each row ends; which rows count as changed; and that all is done.
    TextBytes& bytes() { return m_target.bytes; }
    void rowEnds(std::int64_t row, std::size_t bytes) { m_target.ends[row + 1] = bytes; }
    void countChange(std::int64_t row) { m_changed += !m_removed || m_removed[row] == 0; }
    void wroteAll() {
        m_copied = m_last;
        m_anything = true;
    }

    /// The rows that are left.
    void finish() { copyUntil(m_last); }
    std::int64_t changedCells() const { return m_changed; }
    /// Something may not be as it was.
    bool anything() const { return m_anything; }

private:
    void write(std::int64_t row, std::string_view text, const char* textReadable) {
        m_anything = true;
        copyUntil(row);
        m_target.bytes.append(text, textReadable);
        m_target.ends[row + 1] = m_target.bytes.size();
        m_copied = row + 1;
    }
    void copyUntil(std::int64_t end) {
        if (m_copied < end) copyRows(end);
    }
    void copyRows(std::int64_t end);
    void takeMissingBits();

    const ColumnView& m_view;
    const std::int64_t m_first, m_last;
    const Target m_target;
    const std::uint16_t* const m_removed;
    std::int64_t m_copied;  ///< rows before it are written
    std::int64_t m_changed = 0;
    bool m_plain = true, m_anything = false;
};
/// Changes all rows of a slice.
using TextSliceFunction = std::function<void(TextSliceEditor& texts)>;

}  // namespace lamina
