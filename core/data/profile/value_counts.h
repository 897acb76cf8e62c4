// How often each value of a text or category column is there, and which value each row has.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/cancel.h"
#include "core/data/column.h"

namespace lamina {

/// The values are numbered in the order they come first (Category: by their codes, Boolean: false and true).
struct ValueCounts {
    struct Value {
        std::int64_t rows = 0;
        std::int64_t first = -1;  ///< the first row with it
    };
    std::vector<Value> values;
    std::vector<std::int32_t> valueOf;  ///< per row of the table: its value; -1 where missing or removed
    std::int64_t present = 0;           ///< rows with a value
    std::int64_t distinct = 0;          ///< values that are there at all
};

/// Text, Image and Tensor by 64-bit hashes, Category, Boolean. "job.cancelled".
Result<ValueCounts> countValues(const ColumnView& view, std::span<const std::uint16_t> removedBy, const CancelToken& cancel);

/// Numbers 64-bit keys in the order they come: an open table that grows.
class KeyNumbers {
public:
    explicit KeyNumbers(std::size_t expected = 0);
    /// The number of `key`, a new one where it is new.
    std::int32_t add(std::uint64_t key);
    /// A hint: this key comes soon.
    void expect(std::uint64_t key) const { __builtin_prefetch(&m_slots[placeOf(key)]); }
    /// Its number, or -1.
    std::int32_t find(std::uint64_t key) const;
    std::int32_t count() const { return m_count; }

private:
    struct Slot {
        std::uint64_t key = 0;
        std::int32_t number = -1;
    };
    std::size_t placeOf(std::uint64_t key) const { return static_cast<std::size_t>((key * 0x9e3779b97f4a7c15ull) >> 32) & (m_slots.size() - 1); }
    std::size_t slotOf(std::uint64_t key) const;
    void grow();
    std::vector<Slot> m_slots;
    std::int32_t m_count = 0;
};

}  // namespace lamina
