// What can be set on the CSV importer. What is "auto" is found in the file, and told as an issue where it could be meant otherwise:
//   encoding   byte order mark, zeros of UTF-16, UTF-8, else Chinese (GB 18030), Cyrillic or Western (Windows-1252) by what the bytes look like
//   delimiter  the one that cuts most rows alike, "::", "||" and control characters among them; runs of blanks where nothing else does and a column of numbers
//              comes of it. Any other has to be told
//   header     one row of names, or several: groups above them ("2019" over "men" and "women"), units below ("kg"), where numbers in the columns make it certain
//   quote      single quotes where they enclose most fields; none where quotes do not enclose fields (messages with quotations)
//   lines      a title above and notes below the table are left out; a line of counts instead of names is
//   numbers    1,234.5 in all of a column is a number; so are $5, 45% or 12 km where every value has the same unit (45% is 45; the unit is an issue)
//   dates      a column of dates and times is Time, in UTC; 03/04/2024 by the rest of its column, else by `dates`, else it stays text
//   text       integers with leading zeros or more than 15 digits
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/property.h"

namespace lamina {

struct CsvSettings {
    std::string delimiter = "auto";  ///< auto tab blanks, or one to eight characters: see csvSetDelimiterAsTold()
    std::string header = "auto";     ///< auto yes (one row) no 2 3
    std::string decimal = "auto";    ///< auto . ,
    std::string quote = "auto";      ///< auto " ' none
    std::string comment = "auto";    ///< auto none #
    std::string encoding = "auto";   ///< auto utf8 windows1252 latin1 utf16le utf16be gb18030 big5 shift_jis euc_kr windows1251
    std::string dates = "auto";      ///< auto day-first month-first
    std::string ragged = "error";    ///< error pad skip
    std::string missing = "NA,N/A,n/a,#N/A,<NA>,nan,NaN,NAN,null,NULL,Null,None,?";
    std::string types;               ///< "name=kind,name=kind": number integer boolean category text time; what does not fit becomes missing and is counted
    bool trim = true;
    bool totals = false;             ///< totals, notes and empty rows at the end stay
    std::int64_t skipRows = 0;
    std::int64_t maximumCategories = 1000;
};

std::vector<Property> csvProperties();

}  // namespace lamina
