// Labels as immutable revisions: whoever changes one adds a revision that names its parent. Two revisions of the same parent are a conflict that
// somebody has to settle; nothing is overwritten.
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/project/label_class_record.h"
#include "core/store/store.h"

namespace lamina {

enum class ItemState : std::uint8_t;

/// One revision of one label: a shape, a class of the item as a whole, a span of text.
struct AnnotationRecord {
    std::string id = newUuid();                          ///< of the revision
    std::string label;                                   ///< of the label, the same for all its revisions; empty: `id`
    std::string parent;                                  ///< the revision that this one replaces; empty: the first
    std::int64_t item = 0;                               ///< LabelItemRecord::key
    std::int64_t classNumber = 0;                        ///< LabelClassRecord::number; 0: none
    nlohmann::json document = nlohmann::json::object();  ///< the shape (core/annotation/shape_document.h); empty: the item as a whole
    bool removed = false;                                ///< takes the label away
    bool live = true;                                    ///< counts now: no later revision replaces it. Filled when read
    std::string annotator;                               ///< filled by apply() where it is empty: the project's author
    std::string tool;                                    ///< "box", "magic_wand", "import:coco" …
    std::string model;  ///< the run or file whose proposal it is; empty: a person's. Marked until a person accepts it
    double confidence = std::numeric_limits<double>::quiet_NaN();  ///< of a model
    std::int64_t pass = 1;                                         ///< first labelling, second opinion …
    std::int64_t time = 0;                                         ///< wall clock, milliseconds; filled by apply() where it is 0
};

/// What one finished gesture does to one item.
struct LabelGesture {
    std::int64_t item = 0;
    std::vector<AnnotationRecord> revisions;  ///< new labels, changes (with their parents), removals
    std::optional<ItemState> state;  ///< not set: unlabelled and labelled follow from what there is; checked and skipped stay while labels do
    std::string reason;              ///< of ItemState::Skipped
    bool settles = false;            ///< what was open between several opinions about the item is settled with this
    bool disputed = false;         ///< opinions differ though no label says so ("nothing is there"): the item is open from now on
    std::string stateBy{};         ///< who brought the item into `state`; empty: the project's author
    std::int64_t stateTime = 0;    ///< when; 0: now
    std::optional<bool> flagged{};         ///< not set: stays as it is
    std::optional<std::string> comment{};  ///< not set: stays as it is
};

/// What one edit of labels does.
struct LabelEdit {
    std::vector<LabelGesture> gestures;
    std::vector<LabelClassRecord> classes;  ///< new ones that the labels name
    bool mayConflict =
        false;  ///< a parent that was replaced already becomes a conflict instead of an error (labels from another copy of the project)
    std::int64_t labelling = 0;  ///< whose report gets `remarks`; 0: none
    nlohmann::json remarks = nlohmann::json::array();
    std::string session;  ///< LabelSessionRecord::id of the package whose labels these are: with this edit it has come back. Empty: none
    std::optional<nlohmann::json> sessionSettings;  ///< its LabelSessionRecord::settings from now on; not set: they stay
};

/// What an item as a whole is said to be, in short.
struct WholeClass {
    std::int64_t item = 0, position = 0;
    ItemState state{};
    std::int64_t classNumber = 0;  ///< of a person's label; 0: none. Of several the oldest
    std::string revision;          ///< of that label
    std::int64_t time = 0;         ///< of that label
    std::int64_t proposed = 0;     ///< class number that a model proposes; 0: none
    std::string proposal;          ///< the revision that proposes it
    std::string model;             ///< whose it is
    double confidence = 0;         ///< of the proposal
};

/// What people said of proposals of models.
struct JudgedProposals {
    std::int64_t judged = 0;  ///< accepted, changed or rejected
    std::int64_t right = 0;   ///< accepted as they were
};

/// Revisions are only ever added (journaled edits). "label_item.not_found" {item}, "annotation.changed_meanwhile" where a parent was replaced
/// already.
class AnnotationRepository {
public:
    AnnotationRepository(Store& store, const std::string& author) : m_store(store), m_author(author) {}

    /// One durable edit, at most largestEdit revisions ("annotation.too_many" {count, limit}). `name` should say which item it is, so that an undo
    /// can show it.
    EditFuture apply(EditName name, LabelEdit edit);
    EditFuture apply(EditName name, LabelGesture gesture);
    static constexpr std::size_t largestEdit = 200'000;

    /// The labels that count now, oldest first.
    Result<std::vector<AnnotationRecord>> ofItem(std::int64_t item) const;
    /// The classes that whole items have now, of the first pass: one entry for each item with a row, in the order of rows. Many items at once, quickly.
    Result<std::vector<WholeClass>> wholeClasses(std::int64_t labelling) const;
    /// Every revision of an item, oldest first.
    Result<std::vector<AnnotationRecord>> history(std::int64_t item) const;
    /// Heads (revisions that none replaces) of labels that have several: what has to be settled. A label that every head takes away, and a removal
    /// with the tool `settlingTool`, are settled.
    Result<std::vector<AnnotationRecord>> conflicts(std::int64_t item) const;

    /// Of all models, in all of a labelling. Looks at every label.
    Result<JudgedProposals> judgedProposals(std::int64_t labelling) const;

    static constexpr const char* settlingTool = "settle";

private:
    Store& m_store;
    const std::string& m_author;
};

/// As parts of other edits. Inside core/project only.
namespace label_rows {
void insert(SQLite::Database& database, const AnnotationRecord& record, bool live);
}  // namespace label_rows

}  // namespace lamina
