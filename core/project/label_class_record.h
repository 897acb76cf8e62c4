// The classes people label with. An id is fixed for life; order and name may change, a class in use is retired, not removed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/store/store.h"

namespace lamina {

struct LabelClassRecord {
    std::string id = newUuid();
    std::string name;
    std::string colour;       ///< "#rrggbb"
    std::string key;          ///< keyboard key; empty: none
    std::int64_t order = 0;   ///< where it stands in lists; never its identity
    bool retired = false;     ///< no longer offered; old labels keep it
};

/// Journaled edits. "label_class.not_found" {class}.
class LabelClassRepository {
public:
    LabelClassRepository(Store& store, const std::string& author) : m_store(store), m_author(author) {}

    EditFuture add(LabelClassRecord record);
    EditFuture rename(const std::string& id, const std::string& name);
    EditFuture setRetired(const std::string& id, bool retired);
    /// By order, then by id.
    Result<std::vector<LabelClassRecord>> all() const;

private:
    Store& m_store;
    const std::string& m_author;
};

}  // namespace lamina
