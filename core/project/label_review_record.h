// What reviewers say of labelled items, and the packages that other annotators get.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/project/label_item_record.h"
#include "core/store/store.h"

namespace lamina {

struct ReviewRecord {
    std::int64_t item = 0;  ///< LabelItemRecord::key
    bool accepted = true;
    std::string comment;
    std::string reviewer;   ///< filled by add() where it is empty: the project's author
    std::int64_t time = 0;  ///< wall clock, milliseconds; filled by add() where it is 0
    bool current = true;    ///< no label changed since. Filled when read
};

/// Which items are asked for.
enum class ReviewQueue {
    Waiting,   ///< labelled or checked, and nobody has reviewed them since they last changed
    Rejected,  ///< rejected and not changed since: back to whoever labelled them
    Accepted
};

class ReviewRepository {
public:
    ReviewRepository(Store& store, const std::string& author) : m_store(store), m_author(author) {}

    /// One edit. An accepted item becomes Checked where it is Labelled, a rejected one Labelled where it is Checked. "label_item.not_found".
    EditFuture add(ReviewRecord record);
    /// Newest first.
    Result<std::vector<ReviewRecord>> ofItem(std::int64_t item) const;
    /// In the order of rows, from this row on.
    Result<std::vector<LabelItemRecord>> queue(std::int64_t labelling, ReviewQueue which, std::int64_t fromPosition, std::int64_t limit) const;
    /// Items where opinions met that may differ (a merge, a second pass), in the order of rows: AnnotationRepository::ofItem() and conflicts() say which.
    Result<std::vector<LabelItemRecord>> openItems(std::int64_t labelling, std::int64_t fromPosition, std::int64_t limit) const;

private:
    Store& m_store;
    const std::string& m_author;
};

/// A package for another annotator.
struct LabelSessionRecord {
    std::string id = newUuid();
    bool isPackage = false;      ///< this project is the package; else it was sent from here
    std::int64_t labelling = 0;  ///< of this project
    nlohmann::json settings = nlohmann::json::object();  ///< {"name", "annotator", "pass", "blind", "items", "dataset"}
    std::int64_t created = 0;    ///< wall clock, milliseconds; filled by add() where it is 0
    std::int64_t merged = 0;     ///< when it last came back; 0: not yet
};

/// Of LabelSessionRecord::settings: item (its key) → {"state", "reason", "who", "time"} that a package brought and that differs from what was said here;
/// with "settled" from the edit on that settled the item.
inline constexpr const char* statesInDispute = "disputed_states";

class LabelSessionRepository {
public:
    LabelSessionRepository(Store& store, const std::string& author) : m_store(store), m_author(author) {}

    EditFuture add(EditName name, LabelSessionRecord record);
    /// Oldest first.
    Result<std::vector<LabelSessionRecord>> all() const;
    /// What this project is a package of; none: it is no package.
    Result<std::optional<LabelSessionRecord>> package() const;

private:
    Store& m_store;
    const std::string& m_author;
};

}  // namespace lamina
