// Records of a JSON text, or of JSON Lines, as rows of cells. Read front to back once, whatever the size.
#pragma once

#include "core/data/importers/cell_table.h"
#include "core/data/source_file.h"

namespace lamina {

struct JsonSettings : CellSettings {
    std::string records;  ///< where the list of records is: "data.items"; empty: found by itself
    std::string lines = "auto";  ///< auto yes no: one JSON text per line
    std::string bad = "skip";  ///< skip error: a line that is no JSON object
};

/// What was found out on the way, as settings.
struct JsonForm {
    bool lines = false;
    std::string records;  ///< dotted path of the list; empty: the text itself is the list
};

const ImporterType& json_importer();

/// Does the text have one JSON text per line? Looks at its beginning.
bool isJsonLines(std::string_view beginning);
/// Objects in objects become columns "outer.inner"; lists in records stay JSON text. Errors: json.not_json {position, reason}, json.no_records,
/// json.too_deep, json.line (where bad lines are errors) and those of `cells`; the caller adds {file}.
Result<JsonForm> readJson(const SourceFile& file, const JsonSettings& settings, CellTable& cells);

}  // namespace lamina
