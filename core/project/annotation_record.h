// Labels as immutable revisions: whoever changes one adds a revision that names its parent; two heads of one item are a conflict, nothing is overwritten.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/store/store.h"

namespace lamina {

struct AnnotationRecord {
    std::string id = newUuid();
    std::string item;            ///< identity of the labelled item (content hash or row id), not its file name
    std::string annotator;
    std::int64_t pass = 1;       ///< first labelling, second opinion …
    std::string parent;          ///< the revision this one replaces; empty: the first
    std::string classId;         ///< may be empty (a document without a class: "looked at, nothing there")
    nlohmann::json document;     ///< shapes, spans, attributes
    std::int64_t time = 0;       ///< wall clock, milliseconds; filled by add where it is 0
};

/// Revisions are only ever added (journaled edits).
class AnnotationRepository {
public:
    AnnotationRepository(Store& store, const std::string& author) : m_store(store), m_author(author) {}

    EditFuture add(AnnotationRecord revision);
    /// The revisions of an item that nothing replaces, oldest first; more than one of the same pass is a conflict to be looked at.
    Result<std::vector<AnnotationRecord>> heads(const std::string& item) const;
    /// Every revision of an item, oldest first.
    Result<std::vector<AnnotationRecord>> revisions(const std::string& item) const;

private:
    Store& m_store;
    const std::string& m_author;
};

}  // namespace lamina
