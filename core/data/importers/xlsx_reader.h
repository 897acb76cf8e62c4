// Workbooks (XLSX, XLSM): a zip of XML parts. Sheets are read as a stream; what a cell shows is what counts, formulas give the value saved with them.
#pragma once

#include <memory>

#include "core/data/importers/cell_table.h"

namespace lamina {

struct XlsxSettings : CellSettings {
    XlsxSettings() { missing = "NA,N/A,n/a,#N/A,<NA>,nan,NaN,NAN,null,NULL,Null,None,?"; }
    std::string sheet;            ///< its name or its number from 1; empty: the first that holds a table
    std::string header = "auto";  ///< auto yes (one row) no 2 3
    std::int64_t headerRow = 0;   ///< the row of the sheet with the names, or the first of several, from 1; 0: found by itself
    std::int64_t skipRows = 0;    ///< rows of the sheet above the table
    std::int64_t skipLast = 0;    ///< rows with values below it
    bool totals = false;          ///< keep rows of totals and footnotes
};

struct XlsxSheet {
    std::string name;
    std::string part;  ///< where in the zip
    bool hidden = false;
};

const ImporterType& xlsx_importer();

class XlsxWorkbook {
public:
    /// Everything but the sheets. "xlsx.not_a_workbook", "xlsx.xml" {part, reason}, "xlsx.too_many_strings" and the archive's, each with {file}.
    static Result<XlsxWorkbook> open(const Path& path, const CancelToken& cancel);
    XlsxWorkbook(XlsxWorkbook&&) noexcept;
    XlsxWorkbook& operator=(XlsxWorkbook&&) noexcept;
    ~XlsxWorkbook();

    const std::vector<XlsxSheet>& sheets() const;
    /// The rows of one sheet as a table; detected: {"header_row": 3}. No rows where the sheet holds no table. "xlsx.xml", the archive's and those of `cells`.
    Result<nlohmann::json> read(const XlsxSheet& sheet, const XlsxSettings& settings, CellTable& cells) const;

    struct Parts;

private:
    explicit XlsxWorkbook(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

}  // namespace lamina
