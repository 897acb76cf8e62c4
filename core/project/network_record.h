// A network as the project keeps it: its document and the dataset and task it is meant for.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/uuid.h"
#include "core/store/store.h"

namespace lamina {

struct NetworkRecord {
    std::string id = newUuid();
    std::string name;
    std::string datasetId;     ///< may be empty
    std::string taskId;        ///< "classification" …
    nlohmann::json document;   ///< the network itself
    std::int64_t revision = 1; ///< counts saves of the document
};

/// add, rename, save, remove are journaled edits. "network.not_found" {network}.
class NetworkRepository {
public:
    NetworkRepository(Store& store, const std::string& author) : m_store(store), m_author(author) {}

    EditFuture add(NetworkRecord record);
    EditFuture rename(const std::string& id, const std::string& name);
    /// Replaces the document and counts the revision up. `what` says it in the journal ("edit.change_network" by default).
    EditFuture save(const std::string& id, nlohmann::json document, EditName what = editName("edit.change_network"));
    EditFuture remove(const std::string& id);

    /// In order of creation.
    Result<std::vector<NetworkRecord>> all() const;
    /// By id, or by name where exactly one is called so ("network.ambiguous" otherwise).
    Result<NetworkRecord> find(const std::string& idOrName) const;

private:
    Store& m_store;
    const std::string& m_author;
};

}  // namespace lamina
