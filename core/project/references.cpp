#include "core/project/references.h"

#include "core/project/rows.h"

namespace lamina {
namespace {

/// The numbers that a network begins with. Few documents name any; the others are not read as JSON.
std::string weightsIn(const std::string& column) {
    return "CASE WHEN instr(" + column + ", '\"origin\"') > 0 AND json_valid(" + column + ") THEN json_extract(" + column + ", '$.origin.parameters') END";
}

}  // namespace

Result<std::vector<FileReference>> fileReferences(const Store& store) {
    std::vector<FileReference> references;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        SQLite::Statement query(database, "SELECT file_hash, dataset.name || ' / ' || dataset_column.name FROM dataset_column"
                                          "    JOIN dataset ON dataset.id = dataset_column.dataset WHERE file_hash <> ''"
                                          " UNION ALL SELECT assignment_hash, dataset.name || ' / split' FROM split JOIN dataset ON dataset.id = split.dataset"
                                          "    WHERE assignment_hash <> ''"
                                          " UNION ALL SELECT file_hash, run.name || ' / checkpoint ' || generation FROM checkpoint"
                                          "    JOIN run ON run.id = checkpoint.run WHERE file_hash <> ''"
                                          " UNION ALL SELECT file_hash, 'label model ' || labelling FROM label_model WHERE file_hash <> ''"
                                          " UNION ALL SELECT hash, name || ' / weights' FROM (SELECT name, " + weightsIn("document") + " AS hash FROM network"
                                          "    UNION ALL SELECT name, " + weightsIn("network_document") + " FROM run) WHERE hash <> ''"
                                          " ORDER BY 1");
        while (query.executeStep()) references.push_back({query.getColumn(0).getString(), query.getColumn(1).getString()});
        return {};
    }));
    return references;
}

Result<bool> isFileInUse(const Store& store, const std::string& hash) {
    bool inUse = false;
    LAMINA_CHECK(store.read([&](SQLite::Database& database) -> Result<void> {
        // A changeset holds the texts it changes byte for byte.
        SQLite::Statement query(database, "SELECT EXISTS (SELECT 1 FROM checkpoint WHERE file_hash = ?1)"
                                          " OR EXISTS (SELECT 1 FROM label_model WHERE file_hash = ?1)"
                                          " OR EXISTS (SELECT 1 FROM dataset_column WHERE file_hash = ?1)"
                                          " OR EXISTS (SELECT 1 FROM split WHERE assignment_hash = ?1)"
                                          " OR EXISTS (SELECT 1 FROM run WHERE instr(data_version, ?1) > 0 OR instr(best, ?1) > 0 OR instr(network_document, ?1) > 0)"
                                          " OR EXISTS (SELECT 1 FROM network WHERE instr(document, ?1) > 0)"
                                          " OR EXISTS (SELECT 1 FROM edit WHERE instr(changeset, CAST(?1 AS BLOB)) > 0)");
        query.bind(1, hash);
        query.executeStep();
        inUse = query.getColumn(0).getInt() != 0;
        return {};
    }));
    return inUse;
}

}  // namespace lamina
