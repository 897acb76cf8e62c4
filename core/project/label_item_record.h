// The items of a labelled dataset and how far each of them is: unlabelled, labelled, checked …; and the datasets that are labelled.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/project/annotation_record.h"
#include "core/project/label_class_record.h"
#include "core/store/store.h"

namespace lamina {

/// Persisted as these numbers: never renumber.
enum class ItemState : std::uint8_t {
    Unlabelled = 0,
    Labelled = 1,
    Checked = 2,       ///< a person looked at all of it and found it right
    CheckedEmpty = 3,  ///< checked, and there is nothing to label
    Skipped = 4        ///< `reason` says why
};
inline constexpr int itemStates = 5;
/// "unlabelled", "labelled", "checked", "checked_empty", "skipped"
const char* itemStateName(ItemState state);
std::optional<ItemState> itemStateFromName(const std::string& name);

struct LabelItemRecord {
    std::int64_t key = 0;                ///< what labels name it by
    std::int64_t position = 0;           ///< row of the dataset; negative: it has no such row any more, its labels wait for its return
    std::string identity;                ///< what stays when rows move: a picture's file name, a row's key
    std::int64_t width = 0, height = 0;  ///< of a picture, in pixels, upright; 0: nobody said
    ItemState state = ItemState::Unlabelled;
    bool flagged = false;
    std::string reason;  ///< why it was skipped
    std::string comment;
    std::string annotator;  ///< who brought it into this state
    std::int64_t time = 0;  ///< when; wall clock, milliseconds
};

/// A dataset that is labelled.
struct LabellingRecord {
    std::int64_t key = 0;
    std::string datasetId;
    std::int64_t created = 0;
    nlohmann::json report = nlohmann::json::array();  ///< what imports had to remark: [{"code", "arguments", "count", "item" (key), "label" (id)}]
};

/// An item with its labels, as an import brings it.
struct LabelledItem {
    LabelItemRecord item;
    std::vector<AnnotationRecord> labels;
};

struct LabelCounts {
    std::array<std::int64_t, itemStates> states{};  ///< items, by ItemState
    std::int64_t flagged = 0, commented = 0;        ///< items
    std::map<std::int64_t, std::int64_t> classes;   ///< labels, by the number they were given (see ClassNumbers)
    std::map<std::int64_t, std::int64_t> proposals; ///< of models that nobody has accepted: none of them is in `classes`
    std::int64_t items() const;
    std::int64_t labels() const;
    std::int64_t proposed() const;
    /// Adds what is counted of another labelling.
    void add(const LabelCounts& other);
    bool operator==(const LabelCounts&) const = default;
};

/// Which items are asked for; what is not set does not matter.
struct ItemFilter {
    std::optional<ItemState> state;
    bool flagged = false, commented = false;
    std::vector<std::int64_t> classNumbers;  ///< holds a label of one of them
};

/// Items, states and counts. Queries take well under 5 ms at 100,000 items with 20 labels each.
/// "labelling.not_found" {dataset}, "label_item.not_found" {item}.
class LabelItemRepository {
public:
    LabelItemRepository(Store& store, const std::string& author) : m_store(store), m_author(author) {}

    // Making a dataset a labelled one. Items and labels of an import may be many: they are written in pieces outside the journal and count from the
    // edit of finish() on, which undo takes back as one.

    /// A key that no labelling has; what an import that was broken off left behind is removed.
    Result<std::int64_t> begin();
    /// One transaction: some thousand items at a time. Fills their keys and those of their labels' items.
    Result<void> append(std::int64_t labelling, std::vector<LabelledItem>& items);
    /// The edit that makes it count, after append() has written all; waits for the store. `classes`: new ones that its labels name.
    /// "labelling.exists" {dataset}.
    EditFuture finish(EditName name, LabellingRecord labelling, std::vector<LabelClassRecord> classes);
    /// Removes what append() wrote for a labelling that never was finished.
    Result<void> abandon(std::int64_t labelling);

    /// None where the dataset is not labelled.
    Result<std::optional<LabellingRecord>> ofDataset(const std::string& datasetId) const;

    // Queries.

    Result<LabelItemRecord> find(std::int64_t key) const;
    Result<std::optional<LabelItemRecord>> at(std::int64_t labelling, std::int64_t position) const;
    Result<std::optional<LabelItemRecord>> byIdentity(std::int64_t labelling, const std::string& identity) const;
    /// The first item from `position` on that the filter lets through, beginning anew at 0 behind the last; none: there is none.
    Result<std::optional<LabelItemRecord>> next(std::int64_t labelling, const ItemFilter& filter, std::int64_t position) const;
    /// In the order of positions.
    Result<std::vector<LabelItemRecord>> list(std::int64_t labelling, const ItemFilter& filter, std::int64_t fromPosition, std::int64_t limit) const;
    /// Takes as long as there are open proposals: a tenth of a second for 100,000, nothing where there are none, however many labels there are.
    Result<LabelCounts> counts(std::int64_t labelling) const;
    /// The same, counted anew from items and labels: takes seconds where there are many.
    Result<LabelCounts> countAnew(std::int64_t labelling) const;

    // Changes: each is an edit.

    EditFuture setState(const std::vector<std::int64_t>& keys, ItemState state, const std::string& reason = {});
    EditFuture setFlagged(const std::vector<std::int64_t>& keys, bool flagged);
    EditFuture setComment(std::int64_t key, const std::string& comment);

private:
    Store& m_store;
    const std::string& m_author;
    std::set<std::int64_t> m_open;  ///< keys of begin() that are at work; the store thread's alone
};

/// As parts of other edits. Inside core/project only.
namespace label_items {
constexpr std::int64_t countOfStates = 0, countOfClasses = 1, countOfFlagged = 2, countOfComments = 3;
void addToCount(SQLite::Database& database, std::int64_t labelling, std::int64_t kind, std::int64_t key, std::int64_t difference);
Result<LabelItemRecord> read(SQLite::Database& database, std::int64_t key, std::int64_t& labelling);
/// The dataset was read again: items go where their identities are now, rows that nobody knew become new ones. Nothing where it is not labelled.
void reseat(SQLite::Database& database, const std::string& datasetId, const std::vector<std::string>& identities);
void changeState(SQLite::Database& database, std::int64_t labelling, const LabelItemRecord& before, ItemState state, const std::string& reason,
                 const std::string& annotator, std::int64_t time);
void changeFlag(SQLite::Database& database, std::int64_t labelling, const LabelItemRecord& before, bool flagged);
void changeComment(SQLite::Database& database, std::int64_t labelling, const LabelItemRecord& before, const std::string& comment);
}  // namespace label_items

}  // namespace lamina
