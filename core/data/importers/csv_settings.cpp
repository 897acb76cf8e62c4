#include "core/data/importers/csv_settings.h"

namespace lamina {

std::vector<Property> csvProperties() {
    return {
        property("delimiter", &CsvSettings::delimiter, "Delimiter", "What stands between two fields; auto finds it in the first rows. Up to eight characters; \\t is a tab, \\x01 the character of that number.",
                 {.choices = {"auto", ",", ";", "|", "tab", "blanks", ":", "::", "||", "^", "~", "#", "&", "\\x01", "\\x1F"}, .meaning = "open"}),
        property("header", &CsvSettings::header, "Header rows",
                 "Do the first rows hold the column names? Two or three: groups stand above the names, or units below them.", {.choices = {"auto", "yes", "no", "2", "3"}}),
        property("decimal", &CsvSettings::decimal, "Decimal mark",
                 "The character before the fraction of a number: 3.5 or 3,5; auto finds it in the first rows.", {.choices = {"auto", ".", ","}}),
        property("quote", &CsvSettings::quote, "Quote", "The character around fields that hold delimiters or line ends.",
                 {.choices = {"auto", "\"", "'", "none"}}),
        property("comment", &CsvSettings::comment, "Comment lines", "Lines that begin with this character are left out.",
                 {.choices = {"auto", "none", "#"}}),
        property("encoding", &CsvSettings::encoding, "Encoding", "How the bytes of the file mean characters.",
                 {.choices = {"auto", "utf8", "windows1252", "latin1", "utf16le", "utf16be", "gb18030", "big5", "shift_jis", "euc_kr", "windows1251"}}),
        property("dates", &CsvSettings::dates, "Order of dates",
                 "What 03/04/2024 means where no value of the column tells: the 3rd of April or March 4th.", {.choices = {"auto", "day-first", "month-first"}}),
        property("ragged", &CsvSettings::ragged, "Rows of another length",
                 "Stop at a row with too few or too many fields, fill and cut it, or leave it out.", {.choices = {"error", "pad", "skip"}}),
        property("missing", &CsvSettings::missing, "Missing values",
                 "Words that mean \"no value\", separated by commas. The empty field always does."),
        property("types", &CsvSettings::types, "Column kinds",
                 "Kinds you choose yourself, as name=kind separated by commas: number, integer, boolean, category, text, time."),
        property("trim", &CsvSettings::trim, "Drop blanks", "Leaves out blanks around values that are not quoted."),
        property("skip_rows", &CsvSettings::skipRows, "Lines to skip", "How many lines to leave out at the beginning of the file.",
                 {.minimum = 0, .maximum = 1e6}),
        property("totals", &CsvSettings::totals, "Keep totals and notes", "Keep rows at the end that look like totals or footnotes."),
        property("maximum_categories", &CsvSettings::maximumCategories, "Most categories",
                 "A text column with more different values than this stays text.", {.minimum = 2, .maximum = 100000}),
    };
}

}  // namespace lamina
