// The classes people label with. Id and number are fixed for life; name, order and colour may change, a class in use is retired or merged, not
// removed.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
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
    std::int64_t number = 0;  ///< what labels and files call it; add() gives the next free one where it is 0
    std::string description;
    std::string parent;                         ///< name of the class or group above it; empty: none
    std::int64_t mergedInto = 0;                ///< number of the class that it became a part of; 0: none
    std::vector<std::string> points;            ///< names of its key points
    std::vector<std::pair<int, int>> skeleton;  ///< pairs of key points, from 0
};

/// Which class a label's number stands for now, mergers followed.
class ClassNumbers {
public:
    explicit ClassNumbers(const std::vector<LabelClassRecord>& classes);
    /// The number itself where it was not merged or is not known.
    std::int64_t current(std::int64_t number) const;
    /// All numbers that stand for this class now, ascending, its own among them.
    std::vector<std::int64_t> behind(std::int64_t number) const;

private:
    std::map<std::int64_t, std::int64_t> m_into;
};

/// As a part of another edit. Inside core/project only.
void insertLabelClass(SQLite::Database& database, const LabelClassRecord& record);
/// A colour that the first few hundred classes do not share: "#rrggbb".
std::string classColour(std::int64_t number);

/// Journaled edits. "label_class.not_found" {class}, "label_class.name_taken" {name}, "label_class.empty_name", "label_class.merge_circle" {class}.
class LabelClassRepository {
public:
    LabelClassRepository(Store& store, const std::string& author) : m_store(store), m_author(author) {}

    EditFuture add(LabelClassRecord record);
    EditFuture rename(const std::string& id, const std::string& name);
    EditFuture setRetired(const std::string& id, bool retired);
    /// Colour, key, order, description, parent and key points as in `record`; name, number and state stay.
    EditFuture change(const LabelClassRecord& record);
    /// These classes stand in this order from now on, the first of them first, with the keys that they have here. One edit.
    EditFuture arrange(const std::vector<LabelClassRecord>& classes);
    /// All labels of `from` count as labels of `into` from now on; `from` is no longer offered. Labels keep what they said.
    EditFuture merge(const std::string& from, const std::string& into);
    /// Merged and retired ones too; by order, then by id.
    Result<std::vector<LabelClassRecord>> all() const;
    /// By id, or by name (an active class before a retired one).
    Result<LabelClassRecord> find(const std::string& idOrName) const;

private:
    Store& m_store;
    const std::string& m_author;
};

}  // namespace lamina
