// Looks at a column while it is imported: does it only number the rows, does it name pictures, do a few words keep it from being numbers?
#pragma once

#include <string>
#include <vector>

#include "core/base/files.h"
#include "core/data/column.h"

namespace lamina {

class CsvColumnWatch {
public:
    /// The next rows.
    void add(const ColumnView& block);
    /// Whole numbers that rise from row to row, none missing, under a name such as id, row_id, PassengerId, index; or that count the rows in a first
    /// column (`firstNamed`: it is that of a table with a header) which has no name.
    bool isIdentifier(const std::string& name, bool firstNamed) const;
    /// Are the first values names of picture files that lie in this folder?
    bool holdsPictures(const Path& folder) const;
    /// The words of a category column, once all rows were added.
    void addWords(const std::vector<std::string>& dictionary);
    /// Of a column of words that holds numbers but for a few: some of the few, "-, n.a."; else empty.
    std::string wordsAmongNumbers() const;

private:
    void addIntegers(const ColumnView& block);
    void addTexts(const ColumnView& block);
    void countNumbers(const ColumnView& block);
    void countNumber(std::string_view text);

    ColumnKind m_kind = ColumnKind::Number;
    std::int64_t m_rows = 0;
    bool m_rising = true, m_counting = true;
    std::int64_t m_last = 0;
    std::vector<std::string> m_firstTexts;
    bool m_mostlyNumbers = true;
    std::int64_t m_numbers = 0, m_others = 0;
    std::vector<std::string> m_someOthers;
};

}  // namespace lamina
